"""What an application is told of the ids that it uses."""

import json
import shutil
import subprocess
from pathlib import Path

import jsonschema
import pytest

import ppun_bfc
import versions as v
from ppun_bfc import Finding, Pin, check_files, problems
from ppun_bfc.checks import judge
from ppun_bfc.errors import Place
from ppun_bfc.export import sarif
from ppun_bfc.export.report import Report

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
    assert "but it is in 2020.10.2" in messages
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
    assert (done.returncode, done.stderr) == (1, "")
    assert "tool.ppun-bfc.version: expected text" in done.stdout
    for form in ("json", "sarif", "github"):
        for options in (["a.py"], ["a.py", "--pin", "pyproject.toml"]):
            done = cli("check", *options, "--format", form)
            assert (done.returncode, done.stderr) == (1, "")
            assert "wrong-type" in done.stdout
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


def test_the_nearest_pin_counts_for_each_file(app, cli):
    for name, version in (("one", "2020.10.1"), ("two", "2020.10.2")):
        Path(name, "deep").mkdir(parents=True)
        Path(name, "pyproject.toml").write_text("[project]\n")
        Pin.of(version).write(Path(name, "pyproject.toml"))
        Path(name, "deep", "a.py").write_text("X = 'action:pass-numeriques'\n")
    Path("one/deep/pyproject.toml").write_text("[project]\n")  # no pin: passed over
    report = check_files(".", find_pins=True)
    assert [f.place.file for f in report.findings] == ["one/deep/a.py"]
    assert (report.version, report.pinned) == ("2020.10.1, 2020.10.2",) * 2
    done = cli("check", ".", cwd=Path("one/deep"))
    assert done.returncode == 1
    assert "held against 2020.10.1: 1 problem(s)" in done.stdout


def test_without_a_pin_the_report_says_so_and_may_fail(app, cli):
    Path("a.py").write_text("X = 'scheme:srdeii'\n")
    assert "(no pin found): 0 problem(s)" in cli("check", "a.py").stdout
    done = cli("check", "a.py", "--require-pin")
    assert (done.returncode, "[no-pin]" in done.stdout) == (1, True)
    assert cli("check", "a.py", "--require-pin", lang="fr").returncode == 1


def test_what_is_left_out_and_passed_over_is_told(app, cli):
    git = ["git", "init", "-q", "."]
    subprocess.run(git, check=True)
    for name in ("build/a.csv", "chart/t.yaml", ".secret/a.py", "src/a.py", "logo.png", "b.csv.gz"):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text("{{ x }}: [\n" if "chart" in name else "'scheme:srdeii'")
    assert cli("check", ".").returncode == 1
    done = cli("check", ".", "--exclude", "chart/**")
    assert done.returncode == 0
    for told in (
        "folders passed over: build",
        "hidden, passed over: .git, .secret",
        "left out as asked: chart",
        "kinds of files that are not read: .gz, .png",
    ):
        assert told in done.stdout
    Path("pyproject.toml").write_text("[tool.ppun-bfc]\nexclude = ['chart', '*.md']\n")
    Pin.of("2020.10.2").write("pyproject.toml")
    assert cli("check", ".").returncode == 0
    found = json.loads(cli("check", ".", "--format", "json").stdout)["passed"]
    assert {"reason": "folder", "name": "build", "count": 1} in found
    (run,) = json.loads(cli("check", ".", "--format", "sarif").stdout)["runs"]
    notes = run["invocations"][0]["toolExecutionNotifications"]
    assert "folder: build (1)" in [note["message"]["text"] for note in notes]
    for number in range(12):
        Path(f"x.k{number}").touch()
    assert "and 6 more" in cli("check", ".").stdout


@pytest.mark.parametrize(
    ("pattern", "left"),
    [
        ("a.py", {"b/c.py"}),
        ("b", {"a.py"}),
        ("b/", {"a.py"}),
        ("./b/*", {"a.py"}),
        ("b/**", {"a.py"}),
        ("**/c.py", {"a.py"}),
        ("*.py", set()),
        ("c/*", {"a.py", "b/c.py"}),
        ("b/*.json", {"a.py", "b/c.py"}),
    ],
)
def test_patterns_of_what_is_left_out(app, pattern, left):
    Path("b").mkdir()
    for name in ("a.py", "b/c.py"):
        Path(name).write_text("'scheme:srdeii'")
    assert {use.place.file for use in check_files(".", exclude=pattern).uses} == left


def test_sarif_of_a_finding_in_a_record_and_no_file(tmp_path):
    finding = Finding.of(problems.STRAY_USE, Place(record="scheme:x"), id="x", version="1")
    (run,) = json.loads(sarif.log(Report([finding], tmp_path), "en"))["runs"]
    (result,) = run["results"]
    assert result["locations"] == [{"logicalLocations": [{"fullyQualifiedName": "scheme:x"}]}]


def test_what_is_named_may_be_left_out_too(app):
    Path(".a.py").write_text("'scheme:srdeii'")
    Path("b.py").write_text("'scheme:srdeii'")
    Path(".c.json").write_text('"scheme:srdeii"')
    report = check_files(["b.py", "."], exclude=["*.py"])
    assert report.files == 0
    assert [(p.reason, p.name) for p in report.passed] == [
        ("hidden", ".c.json"),
        ("excluded", ".a.py"),
        ("excluded", "b.py"),
    ]


def test_a_longer_text_holds_ids_that_some_version_has(app):
    Path("a.py").write_text("X = 'see scheme:srdeii, not scheme:nothing'\n")
    (use,) = check_files("a.py").uses
    assert (use.id, use.whole) == ("scheme:srdeii", False)


def test_a_line_may_say_that_it_is_left_alone(app):
    Path("a.py").write_text("X = 'scheme:x'  # ppun-bfc: ignore\nY = 'scheme:y'\n")
    assert [f.place.line for f in check_files("a.py").findings] == [2]


def test_places_are_told_from_the_root_of_the_repository(app, cli):
    subprocess.run(["git", "init", "-q", "."], check=True)
    Path("apps/portail").mkdir(parents=True)
    Path("apps/portail/a.py").write_text("X = 'scheme:srdei'\n")
    inside = Path("apps/portail")
    said = cli("check", "a.py", "--format", "github", cwd=inside).stdout
    assert said.startswith(
        "::error file=apps/portail/a.py,line=1,col=6,title=ppun-bfc unknown-use::"
    )
    (run,) = json.loads(cli("check", "a.py", "--format", "sarif", cwd=inside).stdout)["runs"]
    artifact = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact == {"uri": "apps/portail/a.py", "uriBaseId": "%SRCROOT%"}
    base = run["originalUriBaseIds"]["%SRCROOT%"]["uri"]
    assert base == f"{Path().absolute().as_uri()}/"
    other = cli("check", "a.py", "--format", "github", "--root", "apps", cwd=inside).stdout
    assert "file=a.py" in other or "portail" in other


def test_names_of_files_write_no_lines_and_no_escape_codes(app, cli):
    Path("a\n::error::x.py").write_text("X = 'scheme:srdei'\n")
    Path("i.csv").write_text('"a\n::error file=x::pwned \033[31m",b\n1,2\n')
    for form in ("text", "github"):
        done = cli("check", ".", "--column", "nope", "--format", form)
        assert not [line for line in done.stdout.splitlines() if line.startswith("::error::x")]
        assert not [line for line in done.stdout.splitlines() if "::error file=x::" in line[:20]]
        assert "\x1b" not in done.stdout


def test_a_name_that_is_not_utf8_is_told_in_every_form(app, cli):
    with open(b"bad\xff.py", "w") as file:
        file.write("X = 'scheme:srdei'\n")
    for form in ("text", "json", "sarif", "github"):
        done = cli("check", ".", "--format", form)
        assert (done.returncode, done.stderr) == (1, "")


def test_there_is_a_limit_to_what_is_told(app):
    Path("a.json").write_text(json.dumps(["scheme:x"] * 10_100))
    report = check_files("a.json")
    assert (report.used, len(report.uses), len(report.findings)) == (10_100, 10_000, 10_001)
    assert report.findings[-1].code == "too-many"
    later = v.later()
    Path("a.json").write_text(json.dumps([v.SPLIT] * 10_100))
    assert ppun_bfc.migrate_files("a.json", later).findings[-1].code == "too-many"
