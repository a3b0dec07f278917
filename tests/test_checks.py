"""What an application is told of the ids that it uses."""

import json
import shutil
from pathlib import Path

import jsonschema
import pytest

import ppun_bfc
import versions as v
from ppun_bfc import Pin, check_files
from ppun_bfc.checks import judge

FIRST = ppun_bfc.load("2020.10.1")


@pytest.fixture
def app(tmp_path, monkeypatch):
    folder = tmp_path / "app"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def codes(report):
    return [(f.code, f.place.line, f.severity) for f in report.findings]


def test_a_pinned_application_that_is_sound(app):
    Path("a.py").write_text('A = "scheme:srdeii"\nB = "goal:sdg-12"\n')
    report = check_files(["."], pinned=FIRST)
    assert (report.findings, report.failed) == ((), False)
    assert (report.version, report.pinned, report.files) == ("2020.10.1", "2020.10.1", 1)
    assert [use.id for use in report.uses] == ["scheme:srdeii", "goal:sdg-12"]


def test_every_sort_of_finding(app):
    ids = [
        "scheme:srdeii", v.RENAMED, v.MERGED, v.SPLIT, v.WITHDRAWN, v.CHANGED, v.GROWN,
        "priority:transformation-economie", "scheme:srdei", "theme:xyzxyzxyz", "policy:no",
        "action:pass-numeriques", v.RENAMED_TO,
    ]  # fmt: skip
    Path("ids.json").write_text(json.dumps(ids, indent=0))
    report = check_files(["ids.json"], pinned=FIRST, against=v.later())
    assert codes(report) == [
        ("replaced-use", 3, "error"),
        ("replaced-use", 4, "error"),
        ("split-use", 5, "error"),
        ("withdrawn-use", 6, "error"),
        ("changed-use", 7, "error"),
        ("grown-use", 8, "warning"),
        ("unknown-use", 10, "error"),
        ("stray-use", 11, "error"),
        ("unknown-use", 12, "error"),
        ("elsewhere-use", 13, "error"),
    ]
    messages = "\n".join(map(str, report.findings))
    assert f"replaced by {v.RENAMED_TO}" in messages
    assert "choose among: scheme:srdeii, scheme:sresri" in messages
    assert "than in 2020.10.1: label.fr" in messages
    assert "scheme:srdeii, scheme:sresri" in messages
    assert "but 2020.10.2" in messages
    assert report.failed


def test_against_the_pinned_version_itself_nothing_has_changed(app):
    Path("ids.json").write_text(json.dumps([v.CHANGED, v.RENAMED]))
    assert check_files(["ids.json"], pinned=FIRST).findings == ()
    assert check_files(["ids.json"]).version == ppun_bfc.load().version


def test_from_2020_10_1_to_2020_10_2_nothing_breaks(app):
    Path("ids.json").write_text(json.dumps([entity.id for entity in FIRST]))
    report = check_files(["ids.json"], pinned=FIRST, against=ppun_bfc.load("2020.10.2"))
    assert {f.code for f in report.findings} == {"grown-use"}
    assert not report.failed


def test_what_only_looks_like_an_id_is_ignored(app):
    Path("a.json").write_text('["theme:dark", "scheme:srdei"]')
    report = check_files(["a.json"], ignore=["theme:dark"])
    assert [f.code for f in report.findings] == ["unknown-use"]


def test_an_id_of_a_kind_that_is_none():
    assert judge("kind:x", FIRST, FIRST, None).code == "stray-use"


def test_the_command_reads_the_pin_and_what_it_ignores(app, cli):
    Path("pyproject.toml").write_text("[tool.ppun-bfc]\nignore = ['theme:dark']\n")
    Pin.of("2020.10.1").write("pyproject.toml")
    Path("a.py").write_text("x = 'theme:dark', 'scheme:srdeii', 'action:pass-numeriques'\n")
    done = cli("check", ".")
    assert done.returncode == 1
    assert "a.py:1:37: version 2020.10.1 has no 'action:pass-numeriques'" in done.stdout
    assert "held against 2020.10.1: 1 problem" in done.stdout
    done = cli("check", "a.py", "--against", "2020.10.2")
    assert done.returncode == 0
    assert "0 problem(s), 0 notice(s)" in done.stdout
    Path("b.py").write_text("x = 'priority:inclusion-citoyenne'\n")
    done = cli("check", "b.py", "--against", "2020.10.2")
    assert (done.returncode, "[grown-use]" in done.stdout) == (0, True)
    assert "0 problem(s), 1 notice(s)" in done.stdout
    done = cli("check", "a.py", "--ignore", "action:pass-numeriques", lang="fr")
    assert (done.returncode, done.stdout) == (
        0,
        "1 identifiant(s) dans 1 fichier(s), version 2020.10.1 : 0 problème(s), 0 avis\n",
    )


def test_the_command_without_a_pin_and_with_a_broken_one(app, cli):
    Path("a.py").write_text("x = 'action:pass-numeriques'\n")
    assert cli("check", "a.py").returncode == 0
    Path("pyproject.toml").write_text("[project]\n")
    assert cli("check", "a.py").returncode == 0
    done = cli("check", "a.py", "--pin", "pyproject.toml")
    assert done.returncode == 1
    assert "write one with `ppun-bfc pin --into pyproject.toml`" in done.stderr
    Path("pyproject.toml").write_text("[tool.ppun-bfc]\nversion = 1\n")
    done = cli("check", "a.py")
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    done = cli("check", "nowhere.py", "--pin", "nowhere.toml")
    assert done.returncode == 1
    assert "no such file" in done.stderr


def test_columns_of_csv_and_databases(app, cli):
    Path("a.csv").write_text("id;note\npas un id;scheme:srdei\n")
    done = cli("check", "a.csv", "--column", "id", "--delimiter", ";", "--against", "2020.10.2")
    assert done.returncode == 1
    assert "a.csv:2:1: version 2020.10.2 has no 'pas un id'" in done.stdout
    assert "srdei" not in done.stdout
    done = cli("check", "a.csv", "--column", "id", "--delimiter", ",")
    assert "id;note" in done.stdout


MINIMAL_SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "items": {
                "required": ["tool", "results"],
                "properties": {
                    "results": {
                        "items": {
                            "required": ["ruleId", "level", "message", "locations"],
                            "properties": {
                                "level": {"enum": ["error", "warning"]},
                                "message": {"required": ["text"]},
                            },
                        }
                    }
                },
            }
        },
    },
}


def test_sarif_names_each_place_by_a_relative_address(app, cli):
    Path("dossier à part").mkdir()
    Path("dossier à part/a.py").write_text("\nx = 'é', 'scheme:srdei'\n")
    outside = app.parent / "b.py"
    outside.write_text("'scheme:srdei'")
    done = cli("check", ".", "../b.py", "--format", "sarif")
    assert done.returncode == 1
    log = json.loads(done.stdout)
    jsonschema.validate(log, MINIMAL_SARIF)
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    second, first = run["results"]
    assert rules[first["ruleIndex"]] == first["ruleId"] == "unknown-use"
    physical = first["locations"][0]["physicalLocation"]
    assert physical["artifactLocation"] == {
        "uri": "dossier%20%C3%A0%20part/a.py",
        "uriBaseId": "%SRCROOT%",
    }
    assert physical["region"] == {"startLine": 2, "startColumn": 11}
    physical = second["locations"][0]["physicalLocation"]
    assert physical["artifactLocation"]["uri"] == outside.as_uri()


def test_sarif_of_a_file_without_lines(app, cli):
    Path("a.db").write_text("x")
    done = cli("check", "a.db", "--column", "t.id", "--format", "sarif")
    (result,) = json.loads(done.stdout)["runs"][0]["results"]
    assert "region" not in result["locations"][0]["physicalLocation"]


def test_a_row_of_a_database_has_a_logical_place(app, cli):
    import sqlite3

    with sqlite3.connect("a.db") as base:
        base.execute("CREATE TABLE t (id TEXT)")
        base.execute("INSERT INTO t VALUES ('scheme:srdei')")
    base.close()
    done = cli("check", "a.db", "--column", "t.id", "--format", "sarif")
    (result,) = json.loads(done.stdout)["runs"][0]["results"]
    assert result["locations"][0]["logicalLocations"] == [{"fullyQualifiedName": "t[1].id"}]
    done = cli("check", "a.db", "--column", "t.id", "--format", "github")
    assert done.stdout.startswith("::error file=a.db,title=ppun-bfc unknown-use::t[1].id: ")


def test_annotations_of_github_escape_what_they_must(app, cli):
    Path("a,b%.py").write_text("x = 'scheme:srdei'\n")
    done = cli("check", ".", "--format", "github")
    assert done.stdout.startswith(
        "::error file=a%2Cb%25.py,line=1,col=6,title=ppun-bfc unknown-use::"
    )
    assert done.returncode == 1


def test_json_counts_what_it_read(app, cli):
    Path("a.py").write_text("x = 'scheme:srdei'\n")
    done = cli("check", "a.py", "--format", "json", "--against", "2020.10.1")
    report = json.loads(done.stdout)
    assert (report["files"], report["uses"], report["pinned"]) == (1, 1, None)
    assert report["findings"][0]["line"] == 1


def test_against_a_draft_and_a_file(app, cli):
    Path("a.py").write_text("x = 'priority:une'\n")
    Path("draft").mkdir()
    shutil.copytree(Path(__file__).parent / "tiny", "tiny", symlinks=True)
    assert cli("check", "a.py", "--against", "tiny").returncode == 0
    Path("later.json").write_bytes(v.later().to_json())
    Path("b.py").write_text(f"x = '{v.RENAMED}'\n")
    done = cli("check", "b.py", "--against", "later.json")
    assert "replaced by scheme:sraddet-bfc" in done.stdout
