"""Moving ids to another version: never guessed, never half-written, nothing else touched."""

import dataclasses
import json
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
import yaml
from hypothesis import given

import ppun_bfc
import versions as v
from ppun_bfc import UnknownVersion, UnreadableFile, migrate, migrate_files
from ppun_bfc.migration import Move
from test_pins import KILL
from test_uses import VALUES

LATER = v.later()


@pytest.fixture
def app(tmp_path, monkeypatch):
    folder = tmp_path / "app"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def test_where_ids_go():
    ids = ["scheme:srdeii", v.RENAMED, v.MERGED, v.SPLIT, v.WITHDRAWN, "scheme:srdei", "x"]
    assert migrate(ids, LATER) == (
        Move("scheme:srdeii", "kept", "scheme:srdeii"),
        Move(v.RENAMED, "replaced", v.RENAMED_TO),
        Move(v.MERGED, "replaced", v.MERGED_INTO),
        Move(v.SPLIT, "choose", None, tuple(v.SPLIT_INTO)),
        Move(v.WITHDRAWN, "withdrawn"),
        Move(
            "scheme:srdei",
            "unknown",
            None,
            ("scheme:srdeii", "scheme:sresri", "scheme:sraddet-bfc"),
        ),
        Move("x", "unknown"),
    )
    assert migrate(["scheme:srdeii"])[0].outcome == "kept"
    assert migrate(["action:pass-numeriques"], "2020.10.1")[0].outcome == "unknown"
    with pytest.raises(UnknownVersion):
        migrate([], "2020.10.99")


def test_a_chain_of_renamings_is_followed_to_its_end():
    from ppun_bfc.rules import check
    from ppun_bfc.snapshots import assemble

    snapshot = json.loads(LATER.to_json())
    records = {record["id"]: record for record in snapshot["entities"]}
    newest = {**records[v.RENAMED_TO], "id": "scheme:sraddet-2030"}
    records[v.RENAMED_TO].update(status="deprecated", replaced_by="scheme:sraddet-2030")
    snapshot["entities"].append(newest)
    checked = check(snapshot)
    assert not checked.findings
    assert migrate([v.RENAMED], assemble(checked))[0].to == "scheme:sraddet-2030"


def test_every_id_of_every_version_goes_somewhere():
    for row in ppun_bfc.versions():
        ids = [entity.id for entity in ppun_bfc.load(row.version).entities(deprecated=True)]
        assert {m.outcome for m in migrate(ids)} <= {"kept", "replaced", "choose", "withdrawn"}


FILES = {
    "a.json": (
        '{\n\t"%s":  ["%s",\r\n "é", "a %s here"], "n": 1.50}',
        '{\n\t"%s":  ["%s",\r\n "é", "a %s here"], "n": 1.50}',
    ),
    "b.yaml": (
        "# %s stays\nx:   %s # c\n'%s': &a [1, *a]\n---\ny: |\n  text\n",
        None,
    ),
    "c.csv": ('id;n\r\n"%s";%s\r\nvoir %s;é\r\n', None),
}


def filled(name, *ids):
    return (FILES[name][0] % ids).encode()


@pytest.mark.parametrize(
    ("name", "after", "left"),
    [
        ("a.json", (v.RENAMED_TO, v.RENAMED_TO, v.RENAMED), 1),
        ("b.yaml", (v.RENAMED, v.RENAMED_TO, v.RENAMED_TO), 0),
        ("c.csv", (v.RENAMED_TO, v.RENAMED_TO, v.RENAMED), 1),
    ],
)
def test_a_file_keeps_everything_but_its_ids(app, name, after, left):
    Path(name).write_bytes(filled(name, v.RENAMED, v.RENAMED, v.RENAMED))
    dry = migrate_files(["."], LATER, dry_run=True)
    assert not dry.written
    assert Path(name).read_bytes() == filled(name, v.RENAMED, v.RENAMED, v.RENAMED)
    done = migrate_files(["."], LATER)
    assert done == dataclasses.replace(dry, written=True)
    assert Path(name).read_bytes() == filled(name, *after)
    assert [(r.old, r.new) for r in done.rewrites] == [(v.RENAMED, v.RENAMED_TO)] * 2
    # An id inside a longer text is left to a person.
    assert [f.code for f in done.findings] == ["replaced-use"] * left
    again = migrate_files(["."], LATER)
    assert again.rewrites == ()
    assert Path(name).read_bytes() == filled(name, *after)


@given(VALUES)
def test_what_a_file_says_changes_in_its_ids_only(tmp_path_factory, value):
    def moved(item):
        if isinstance(item, dict):
            return {moved(key): moved(one) for key, one in item.items()}
        if isinstance(item, list):
            return [moved(one) for one in item]
        return v.RENAMED_TO if item == v.RENAMED else item

    text = json.dumps(value, ensure_ascii=False).replace("theme:dark", v.RENAMED)
    said = json.loads(text)
    folder = tmp_path_factory.mktemp("app")
    (folder / "a.json").write_bytes(text.encode())
    (folder / "b.yaml").write_bytes(yaml.safe_dump(said, allow_unicode=True).encode())
    # PyYAML does not bring every line end back that it wrote: what it read before is compared.
    read_before = yaml.safe_load((folder / "b.yaml").read_bytes())
    migrate_files([folder], LATER, ignore=["action:pass-numeriques"])
    assert json.loads((folder / "a.json").read_bytes()) == moved(said)
    assert yaml.safe_load((folder / "b.yaml").read_bytes()) == moved(read_before)


def test_what_a_person_must_decide_is_left(app):
    Path("a.json").write_text(json.dumps([v.SPLIT, v.WITHDRAWN, "scheme:srdei", "scheme:srdeii"]))
    before = Path("a.json").read_bytes()
    done = migrate_files(["a.json"], LATER)
    assert [f.code for f in done.findings] == ["split-use", "withdrawn-use", "unknown-use"]
    assert Path("a.json").read_bytes() == before


def test_files_of_other_formats_are_told_and_not_rewritten(app):
    for name, text in {"a.py": f"'{v.RENAMED}'", "b.toml": f"a='{v.RENAMED}'"}.items():
        Path(name).write_text(text)
    done = migrate_files(["."], LATER)
    assert [(f.place.file, f.code) for f in done.findings] == [
        ("a.py", "replaced-use"),
        ("b.toml", "replaced-use"),
    ]
    assert Path("a.py").read_text() == f"'{v.RENAMED}'"


def test_encodings_and_hostile_files(app):
    Path("a.csv").write_bytes(f"été;{v.RENAMED}".encode("cp1252"))
    Path("b.json").write_bytes(b"\0")
    Path("c.json").symlink_to("nowhere")
    done = migrate_files([".", "d.txt"], LATER)
    assert Path("a.csv").read_bytes() == f"été;{v.RENAMED_TO}".encode("cp1252")
    assert [f.code for f in done.findings] == ["binary", "unreadable", "not-a-format"]
    assert done.files == 1


def test_a_file_that_may_not_be_written_stops_the_work(app):
    Path("a.json").write_text(f'"{v.RENAMED}"')
    Path("a.json").chmod(0o444)
    with pytest.raises(UnreadableFile, match="read-only"):
        migrate_files(["a.json"], LATER)
    assert Path("a.json").read_text() == f'"{v.RENAMED}"'


def test_a_killed_migration_leaves_whole_files_and_can_go_on(app):
    for name in ("a.json", "b.json"):
        Path(name).write_text(json.dumps([v.RENAMED] * 3))
    Path("later.json").write_bytes(LATER.to_json())
    code = textwrap.dedent(KILL) + textwrap.dedent(
        """
        import ppun_bfc
        ppun_bfc.migrate_files(["a.json", "b.json"], ppun_bfc.read("later.json"))
        """
    )
    done = subprocess.run([sys.executable, "-c", code], check=False)
    assert done.returncode == -signal.SIGKILL
    for name in ("a.json", "b.json"):
        assert set(json.loads(Path(name).read_text())) == {v.RENAMED}
    migrate_files(["a.json", "b.json"], LATER)
    for name in ("a.json", "b.json"):
        assert set(json.loads(Path(name).read_text())) == {v.RENAMED_TO}


def test_the_command_line(app, cli):
    Path("later.json").write_bytes(LATER.to_json())
    Path("a.yaml").write_text(f"x: {v.RENAMED}\ny: {v.SPLIT}\n")
    done = cli("migrate", "a.yaml", "--to", "later.json", "--dry-run")
    assert done.returncode == 1
    assert f"a.yaml:1:4: {v.RENAMED} → {v.RENAMED_TO}" in done.stdout
    assert "1 id(s) to rewrite in 1 file(s) for 2020.10.9; 1 left to a person" in done.stdout
    assert Path("a.yaml").read_text() == f"x: {v.RENAMED}\ny: {v.SPLIT}\n"
    done = cli("migrate", "a.yaml", "--to", "later.json", "--format", "json")
    report = json.loads(done.stdout)
    assert report["rewrites"][0]["new"] == v.RENAMED_TO
    assert [found["code"] for found in report["findings"]] == ["split-use"]
    assert Path("a.yaml").read_text() == f"x: {v.RENAMED_TO}\ny: {v.SPLIT}\n"
    done = cli("migrate", "a.yaml", "--to", "2020.10.1", "--ignore", v.RENAMED_TO)
    assert done.returncode == 0
    assert cli("migrate", "a.yaml", "--to", "2020.10.99").returncode == 1


def test_the_command_line_heeds_what_the_pin_ignores(app, cli):
    Path("pyproject.toml").write_text(
        "[tool.ppun-bfc]\nversion='a'\ndigest='b'\nignore=['theme:dark']\n"
    )
    Path("a.json").write_text('"theme:dark"')
    assert cli("migrate", "a.json").returncode == 0
