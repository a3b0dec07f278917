"""Publishing: what it writes, what it refuses, and that it never leaves half a file."""

import datetime as dt
import json
import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from ppun_bfc import (
    DigestMismatch,
    InvalidData,
    UnreadableFile,
    check_published,
    diff,
    migrate,
    read,
)
from ppun_bfc.authoring import draft, publish
from ppun_bfc.errors import AlreadyPublished, NothingToPublish, WrongType
from ppun_bfc.files import write_file

DAY = dt.date(2026, 11, 24)


def replace(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_first_version(tiny, tmp_path):
    out = tmp_path / "published"
    done = publish(tiny, out, released=DAY)
    assert (done.version, done.path) == ("2020.10.1", str(out / "2020.10.1.json"))
    policy = read(done.path, digest=done.digest)
    assert (policy.version, str(policy.released), policy.previous) == (
        "2020.10.1",
        "2026-11-24",
        None,
    )
    assert {entity.introduced_in for entity in policy} == {"2020.10.1"}
    index = json.loads((out / "index.json").read_text())
    assert index["current"] == "2020.10.1"
    assert index["versions"][0]["digest"] == done.digest
    assert sorted(path.name for path in out.iterdir()) == ["2020.10.1.json", "index.json"]


def test_the_next_version_leaves_the_first_alone(tiny, tmp_path):
    out = tmp_path / "published"
    first = publish(tiny, out)
    before = (out / "2020.10.1.json").read_bytes()
    replace(tiny / "b.yaml", "entities:\n", "entities:\n" + NEW)
    second = publish(tiny, out)
    assert second.version == "2020.10.2"
    assert (out / "2020.10.1.json").read_bytes() == before
    policy = read(second.path)
    assert policy.previous == first.version
    assert policy.purposes["neuve"].introduced_in == "2020.10.2"
    assert policy.priorities["une"].introduced_in == "2020.10.1"


NEW = """\
  - id: purpose:neuve
    label: {fr: Neuve}
    citations: [{document: document:page, page: un.md}]
"""


def test_what_publishing_refuses(tiny, tmp_path):
    out = tmp_path / "published"
    publish(tiny, out)
    with pytest.raises(NothingToPublish, match=r"says the same as version 2020\.10\.1"):
        publish(tiny, out)
    with pytest.raises(AlreadyPublished, match=r"publish under the next number, 2020\.10\.2"):
        publish(tiny, out, version="2020.10.1")
    with pytest.raises(InvalidData, match=r"write one of: 2020\.10\.2"):
        publish(tiny, out, version="2020.10.7")
    replace(tiny / "b.yaml", "label: {fr: Total}", "lable: {fr: Total}")
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    with pytest.raises(InvalidData, match=r"b\.yaml:"):
        publish(tiny, out)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_an_id_never_vanishes(tiny, tmp_path):
    out = tmp_path / "published"
    publish(tiny, out)
    text = (tiny / "b.yaml").read_text(encoding="utf-8")
    (tiny / "b.yaml").write_text(re.sub(r"(?s)  - id: event:debut.*", "", text), encoding="utf-8")
    with pytest.raises(InvalidData, match="event:debut: this id of version"):
        publish(tiny, out)
    assert not (out / "2020.10.2.json").exists()


def test_a_stray_file_is_never_overwritten(tiny, tmp_path):
    out = tmp_path / "published"
    out.mkdir()
    (out / "2020.10.1.json").write_text("precious")
    with pytest.raises(UnreadableFile, match="exists"):
        publish(tiny, out)
    assert (out / "2020.10.1.json").read_text() == "precious"
    assert not (out / "index.json").exists()


def test_a_place_that_cannot_be_written(tiny, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="file"):
        publish(tiny, tmp_path / "file" / "published")


def test_bytes_depend_on_content_only(tiny, tmp_path):
    first = draft(tiny)
    # Other file names, other key order, other link order: the same bytes.
    _, links = (tiny / "c.yaml").read_text(encoding="utf-8").split("links:\n")
    one, two = links.split("  - source: priority:deux")
    turned = "links:\n  - source: priority:deux" + two + one
    (tiny / "c.yaml").unlink()
    (tiny / "0.yaml").write_text(turned, encoding="utf-8")
    replace(
        tiny / "b.yaml",
        "    label: {fr: Total}\n    about: scheme:plan\n",
        "    about: scheme:plan\n    label: {fr: Total}\n",
    )
    assert draft(tiny).to_json() == first.to_json()
    # Another order of the records of a kind is another content.
    text = (tiny / "b.yaml").read_text(encoding="utf-8")
    (tiny / "b.yaml").write_text(
        text.replace("priority:une", "?")
        .replace("priority:deux", "priority:une")
        .replace("?", "priority:deux"),
        encoding="utf-8",
    )
    assert draft(tiny).to_json() != first.to_json()


def test_a_killed_process_leaves_no_half_file(tiny, tmp_path):
    out = tmp_path / "published"
    code = f"""
        import os, signal
        from ppun_bfc import files
        real = os.fsync
        def die(handle):
            real(handle)
            os.kill(os.getpid(), signal.SIGKILL)
        files.os.fsync = die
        from ppun_bfc.authoring import publish
        publish({str(tiny)!r}, {str(out)!r})
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], check=False)
    assert done.returncode == -9
    assert not list(out.glob("*.json"))
    assert publish(tiny, out).version == "2020.10.1"


def test_a_publication_that_was_killed_goes_on(tiny, tmp_path):
    out = tmp_path / "published"
    done = publish(tiny, out, released=DAY)
    (out / "index.json").unlink()
    assert publish(tiny, out, released=DAY) == done
    assert (out / "index.json").exists()


def test_a_published_file_that_was_changed_is_noticed(tiny, tmp_path):
    out = tmp_path / "published"
    path = publish(tiny, out).path
    replace(Path(path), "scheme:plan", "scheme:plat")
    replace(tiny / "b.yaml", "entities:\n", "entities:\n" + NEW)
    with pytest.raises(DigestMismatch):
        publish(tiny, out)


def test_a_file_is_written_through_a_link_and_nothing_else_is_replaced(tmp_path):
    real, link, pipe = (tmp_path / name for name in ("real", "link", "pipe"))
    real.write_text("old")
    real.chmod(0o600)
    link.symlink_to(real)
    write_file(link, b"new")
    assert (real.read_text(), link.is_symlink()) == ("new", True)
    assert real.stat().st_mode & 0o777 == 0o600
    os.mkfifo(pipe)
    with pytest.raises(UnreadableFile, match="not a file"):
        write_file(pipe, b"x")
    assert pipe.is_fifo()


def test_a_kind_never_changes(tiny, tmp_path):
    out = tmp_path / "published"
    publish(tiny, out)
    replace(tiny / "b.yaml", "objective:but\n    label", "axis:but\n    label")
    replace(tiny / "c.yaml", "objective:but", "scheme:plan")
    with pytest.raises(InvalidData, match=r"objective:but: this id .* is now axis:but") as caught:
        publish(tiny, out)
    assert "`replaced_by: axis:but`" in str(caught.value)
    assert not (out / "2020.10.2.json").exists()


HEIR = """\
  - id: objective:autre
    label: {fr: But du plan}
    part_of: scheme:plan
    citations: [{document: document:page, page: un.md}]
"""


SUCCESSIONS = {
    "renamed or merged": (["status: deprecated", "replaced_by: objective:autre"], "replaced"),
    "split": (["status: deprecated", "consider: [objective:autre, scheme:plan]"], "choose"),
    "withdrawn": (["status: deprecated"], "withdrawn"),
}
BAD_SUCCESSIONS = {
    "two-ways": ["status: deprecated", "replaced_by: objective:autre", "consider: [scheme:plan]"],
    "needs-deprecated": ["replaced_by: objective:autre"],
    "unknown-reference": ["status: deprecated", "replaced_by: objective:nulle-part"],
    "dead-end": ["status: deprecated", "replaced_by: objective:but"],
}


def succeed(tiny, lines):
    """Give `objective:but` these fields, beside a new objective."""
    text = (tiny / "b.yaml").read_text(encoding="utf-8")
    head = "  - id: objective:but\n"
    fields = "".join(f"    {line}\n" for line in lines)
    (tiny / "b.yaml").write_text(text.replace(head, head + fields) + HEIR, encoding="utf-8")
    replace(tiny / "c.yaml", "target: objective:but", "target: objective:autre")


@pytest.mark.parametrize("case", SUCCESSIONS)
def test_an_entity_that_is(tiny, tmp_path, case):
    lines, outcome = SUCCESSIONS[case]
    out = tmp_path / "published"
    first = publish(tiny, out)
    succeed(tiny, lines)
    old, new = read(first.path), read(publish(tiny, out).path)
    (change,) = [c for c in diff(old, new) if c.key == "objective:but"]
    assert (change.action, change.impact) == ("deprecated", "breaking")
    assert migrate(["objective:but"], new)[0].outcome == outcome


@pytest.mark.parametrize("code", BAD_SUCCESSIONS)
def test_a_succession_that_cannot_be(tiny, tmp_path, code):
    out = tmp_path / "published"
    publish(tiny, out)
    succeed(tiny, BAD_SUCCESSIONS[code])
    with pytest.raises(InvalidData) as caught:
        publish(tiny, out)
    assert [finding.code for finding in caught.value.findings] == [code]


def edition(tiny, name, drop=()):
    """A folder of another edition, without some records."""
    folder = Path(shutil.copytree(tiny, tiny.parent / name))
    replace(folder / "a.yaml", "2020.10", name)
    for id in drop:
        text = (folder / "b.yaml").read_text(encoding="utf-8")
        text = re.sub(rf"(?ms)^  - id: {id}\n.*?(?=^  - id: |\Z)", "", text)
        (folder / "b.yaml").write_text(text, encoding="utf-8")
    return folder


def test_ids_hold_across_editions(tiny, tmp_path):
    out = tmp_path / "published"
    first = read(publish(tiny, out).path)
    later = edition(tiny, "2025.03", drop=["event:debut", "figure:total"])
    replace(later / "b.yaml", "entities:\n", "entities:\n" + NEW)
    done = read(publish(later, out).path)
    assert (done.version, done.previous) == ("2025.03.1", None)
    records = {entity.id: entity for entity in done.entities(deprecated=True)}
    assert {entity.id for entity in first} <= set(records)
    # What the new edition lacks is carried, as deprecated; what it has keeps its first version.
    assert {id for id, e in records.items() if e.status == "deprecated"} == {
        "event:debut",
        "figure:total",
    }
    assert records["event:debut"].label == first.get("event:debut").label
    assert {e.introduced_in for id, e in records.items() if id in first} == {"2020.10.1"}
    assert records["purpose:neuve"].introduced_in == "2025.03.1"
    assert migrate(["event:debut", "priority:une"], done)[0].outcome == "withdrawn"
    # And so it stays in the versions after it, without a word of the author's.
    replace(later / "b.yaml", "Neuve", "Encore neuve")
    again = read(publish(later, out).path)
    assert (again.version, again.previous) == ("2025.03.2", "2025.03.1")
    assert set(records) == {entity.id for entity in again.entities(deprecated=True)}
    with pytest.raises(NothingToPublish):
        publish(later, out)


def test_a_kind_never_changes_across_editions(tiny, tmp_path):
    out = tmp_path / "published"
    publish(tiny, out)
    later = edition(tiny, "2025.03")
    replace(later / "b.yaml", "objective:but\n    label", "axis:but\n    label")
    replace(later / "c.yaml", "objective:but", "scheme:plan")
    policy = read(publish(later, out).path)
    # The id of before is still there, under its own kind.
    assert policy.entities("objective", deprecated=True)[0].status == "deprecated"
    assert policy.get("axis:but").introduced_in == "2025.03.1"


def test_an_heir_of_an_earlier_edition_is_followed_while_it_is_active(tiny, tmp_path):
    out = tmp_path / "published"
    publish(tiny, out)
    later = edition(tiny, "2025.03")
    succeed(tiny, ["status: deprecated", "replaced_by: objective:autre"])
    publish(tiny, out)
    replace(later / "b.yaml", "objective:but", "objective:autre")
    replace(later / "c.yaml", "target: objective:but", "target: objective:autre")
    policy = read(publish(later, out).path)
    assert migrate("objective:but", policy)[0].to == "objective:autre"
    assert migrate("objective:autre", policy)[0].outcome == "kept"


def test_an_older_edition_may_still_be_corrected(tiny, tmp_path):
    out = tmp_path / "published"
    publish(tiny, out)
    later = edition(tiny, "2025.03")
    replace(later / "b.yaml", "entities:\n", "entities:\n" + NEW)
    publish(later, out)
    replace(tiny / "b.yaml", "label: {fr: Total}", "label: {fr: Somme}")
    policy = read(publish(tiny, out).path)
    assert policy.version == "2020.10.2"
    assert "purpose:neuve" not in policy


def test_two_publications_at_once_lose_nothing(tiny, tmp_path):
    out = tmp_path / "published"
    editions = [edition(tiny, f"2021.0{number}") for number in (1, 2, 3, 4)]
    code = "import sys; from ppun_bfc.authoring import publish; publish(sys.argv[1], sys.argv[2])"
    running = [subprocess.Popen([sys.executable, "-c", code, f, out]) for f in editions]
    assert [process.wait(timeout=60) for process in running] == [0] * 4
    index = json.loads((out / "index.json").read_text())
    assert {row["edition"] for row in index["versions"]} == {f"2021.0{n}" for n in (1, 2, 3, 4)}
    assert check_published(out) == ()


def test_a_day_may_be_text_and_what_is_none_is_told(tiny, tmp_path):
    with pytest.raises(WrongType, match="a day"):
        publish(tiny, tmp_path / "out", released="soon")
    assert not (tmp_path / "out").exists()
    assert publish(tiny, tmp_path / "out", released="2021-06-15").version == "2020.10.1"
