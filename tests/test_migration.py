"""Moving ids to another version: never guessed, never half-written, nothing else touched."""

import dataclasses
import errno
import json
import os
import signal
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

import pytest
import yaml
from hypothesis import given

import ppun_bfc
import versions as v
from ppun_bfc import UnknownVersion, migrate, migrate_files
from ppun_bfc.migration import Move
from test_pins import KILL
from test_uses import VALUES
from test_uses_places import PIECES, together, unmarked

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
    Path("d.txt").touch()
    done = migrate_files([".", "d.txt"], LATER)
    assert Path("a.csv").read_bytes() == f"été;{v.RENAMED_TO}".encode("cp1252")
    assert [f.code for f in done.findings] == ["binary", "unreadable", "not-a-format"]
    assert done.files == 1


def test_a_file_that_may_not_be_written_stops_the_work(app):
    Path("a.json").write_text(f'"{v.RENAMED}"')
    Path("a.json").chmod(0o444)
    Path("b.json").write_text(f'"{v.RENAMED}"')
    done = migrate_files(["a.json", "b.json"], LATER)
    assert [(f.code, f.place.file) for f in done.findings] == [("unwritable", "a.json")]
    assert (done.failed, done.rewrites) == (True, ())
    for name in ("a.json", "b.json"):  # seen before the first write
        assert Path(name).read_text() == f'"{v.RENAMED}"'


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


DOUBLES = {
    "keys of one mapping": ("a.json", {"x": {v.MERGED: 1, v.MERGED_INTO: 2}}, 1),
    "items of one list": ("a.json", [[v.MERGED, v.MERGED_INTO], v.MERGED], 1),
    "two values of one mapping are no loss": ("a.json", {"a": v.MERGED, "b": v.MERGED_INTO}, 0),
    "the same id twice stays twice": ("a.json", [v.MERGED, v.MERGED], 0),
    "an id in one cell with its heir": ("a.csv", f"id;x\n1;{v.MERGED}|{v.MERGED_INTO}\n", 1),
    "ids in two cells": ("a.csv", f"id;x\n{v.MERGED};{v.MERGED_INTO}\n", 0),
    "keys of YAML": ("a.yaml", f"x:\n  {v.MERGED}: 1\n  '{v.MERGED_INTO}': 2\n", 1),
    "items of YAML": ("a.yaml", f"x: [{v.MERGED_INTO}, {v.MERGED}]\ny: {v.MERGED}\n", 1),
    "a set of YAML": ("a.yaml", f"? {v.MERGED}\n? {v.MERGED_INTO}\n", 1),
}


@pytest.mark.parametrize("case", DOUBLES)
def test_two_that_become_one_are_left_to_a_person(app, case):
    name, content, left = DOUBLES[case]
    text = content if isinstance(content, str) else json.dumps(content)
    Path(name).write_text(text)
    done = migrate_files(name, LATER)
    assert [f.code for f in done.findings] == ["two-in-one"] * left
    assert done.failed == bool(left)
    assert len(done.rewrites) == text.count(v.MERGED) - left
    assert Path(name).read_text().count(v.MERGED) == left


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("a.json", '["OLD|NEW", "x\\nOLD"]', None),
        ("a.json", r'["scheme\u003asraddet"]', '["NEW"]'),
        ("a.json", "[\"['OLD', 'scheme:srdeii']\"]", "[\"['NEW', 'scheme:srdeii']\"]"),
        ("a.csv", "id;x\n1;OLD|scheme:srdeii\n", "id;x\n1;NEW|scheme:srdeii\n"),
        (
            "a.csv",
            'id;x\n1;"{""OLD"",""scheme:srdeii""}"\n',
            'id;x\n1;"{""NEW"",""scheme:srdeii""}"\n',
        ),
        ("a.yaml", "a: 'OLD'\nb: \"scheme\\x3asraddet\"\n", "a: 'NEW'\nb: \"NEW\"\n"),
    ],
)
def test_an_id_is_moved_however_it_is_spelled(app, name, before, after):
    before = before.replace("OLD", v.RENAMED).replace("NEW", v.RENAMED_TO)
    Path(name).write_text(before)
    migrate_files(name, LATER)
    wanted = before if after is None else after.replace("NEW", v.RENAMED_TO)
    assert Path(name).read_text() == wanted


def test_a_file_that_changed_since_it_was_read_is_left(app, monkeypatch):
    Path("a.json").write_text(f'"{v.RENAMED}"')
    real = Path.read_bytes

    def read(path):
        return b"another wrote this" if path.name == "a.json" else real(path)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", read)
        done = migrate_files("a.json", LATER)
    assert [f.code for f in done.findings] == ["changed-file"]
    assert done.rewrites == ()
    assert Path("a.json").read_text() == f'"{v.RENAMED}"'


def test_a_file_that_cannot_be_written_leaves_the_others_moved(app, monkeypatch):
    for name in ("a.json", "b.json"):
        Path(name).write_text(f'"{v.RENAMED}"')
    real = tempfile.mkstemp
    full = iter([OSError(errno.ENOSPC, "No space left on device")])

    def make(**given):
        for error in full:
            raise error
        return real(**given)

    monkeypatch.setattr(tempfile, "mkstemp", make)
    done = migrate_files(["a.json", "b.json"], LATER)
    assert [(f.code, f.place.file) for f in done.findings] == [("unwritable", "a.json")]
    assert [rewrite.place.file for rewrite in done.rewrites] == ["b.json"]


def test_a_file_that_cannot_be_read_to_its_end_is_not_moved(app):
    Path("a.yaml").write_text(f"a: {v.RENAMED}\nb: [\n")
    done = migrate_files("a.yaml", LATER)
    assert [f.code for f in done.findings] == ["syntax"]
    assert done.files == 0
    assert v.RENAMED in Path("a.yaml").read_text()


def test_hard_links_are_told_and_attributes_survive(app):
    Path("a.json").write_text(f'"{v.RENAMED}"')
    Path("a.json").chmod(0o4640)
    Path("b.json").hardlink_to("a.json")
    done = migrate_files(["a.json"], LATER)
    assert [f.code for f in done.findings] == ["unwritable"]
    assert "hard links" in str(done.findings[0])
    Path("b.json").unlink()
    attributed = hasattr(os, "setxattr")
    if attributed:
        try:
            os.setxattr("a.json", "user.mine", b"yes")
        except OSError:
            attributed = False
    assert migrate_files(["a.json"], LATER).rewrites
    assert Path("a.json").stat().st_mode & 0o7777 == 0o4640
    if attributed:
        assert os.getxattr("a.json", "user.mine") == b"yes"


def test_what_a_killed_write_left_is_cleared_by_the_next(app):
    Path("a.json").write_text(f'"{v.RENAMED}"')
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    for name in (f".ppun-{gone.pid}-x.tmp", ".ppun-old.tmp"):
        Path(name).write_text("half")
    mine = Path(f".ppun-{os.getpid()}-y.tmp")
    mine.write_text("another thread's")
    migrate_files(["a.json"], LATER)
    assert sorted(path.name for path in Path().glob(".ppun-*")) == [mine.name]


def test_what_is_excluded_is_not_moved(app):
    Path("chart").mkdir()
    Path("chart/a.json").write_text(f'"{v.RENAMED}"')
    done = migrate_files(".", LATER, exclude="chart/**")
    assert done.files == 0
    assert [(p.reason, p.name) for p in done.passed] == [("excluded", "chart")]
    assert done.to_dict()["passed"] == [{"reason": "excluded", "name": "chart", "count": 1}]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("name", ["a.json", "a.yaml", "a.csv"])
def test_each_value_is_moved_at_its_own_place_and_nothing_else(app, name, end):
    pieces = PIECES[name][0]
    for one, other in zip(pieces, [*pieces[1:], pieces[0]], strict=True):
        text = together(name, [one, other, one]).replace("\n", end)
        (app / name).write_bytes(unmarked(text)[0].encode())
        migrate_files([app / name], LATER)
        moved = unmarked(text.replace(f"«{v.MERGED}»", f"«{v.MERGED_INTO}»"))[0]
        assert (app / name).read_bytes().decode() == moved
