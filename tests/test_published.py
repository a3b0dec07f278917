"""Published files: what is loaded is what was published, or one clear error."""

import concurrent.futures
import hashlib
import json
import pickle
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ppun_bfc
from ppun_bfc import (
    DigestMismatch,
    InvalidData,
    PpunError,
    UnknownId,
    UnknownVersion,
    UnreadableFile,
    check_published,
    load,
    read,
    versions,
)
from ppun_bfc.canonical import digest as digest_of
from ppun_bfc.errors import UnsupportedFormat
from ppun_bfc.published import Publications, published_folder
from ppun_bfc.snapshots import read_snapshot
from versions import MERGED, MERGED_INTO, later

PUBLISHED = Path(str(published_folder()))
NEWEST = PUBLISHED / f"{versions()[-1].version}.json"


@pytest.fixture
def published(tmp_path):
    """A copy of the published files."""
    return Path(shutil.copytree(PUBLISHED, tmp_path / "published"))


def test_the_index_tells_the_truth():
    for row in versions():
        data = (PUBLISHED / f"{row.version}.json").read_bytes()
        assert row.digest == f"sha256:{hashlib.sha256(data).hexdigest()}"
        assert row.size == len(data)
        assert load(row.version).digest == row.digest
        assert str(load(row.version).released) == row.released
        assert load(row.version).to_json() == data
    assert [row.current for row in versions()].count(True) == 1
    assert {path.stem for path in PUBLISHED.glob("2*.json")} == {row.version for row in versions()}


def test_published_bytes_are_canonical_and_valid():
    for row in versions():
        path = PUBLISHED / f"{row.version}.json"
        policy = read(path, digest=row.digest)
        assert policy.digest == row.digest
        assert policy == load(row.version)
        lines = path.read_text(encoding="utf-8").splitlines()
        assert len(lines) > len(policy) + len(policy.links)


def test_load_by_version_edition_and_digest():
    current = load()
    assert load("2020.10") is current is load(current.version)
    assert load(current.version, digest=current.digest) is current
    with pytest.raises(DigestMismatch, match="correct the digest in the pin"):
        load(digest="sha256:0")
    with pytest.raises(UnknownVersion, match=r"known: 2020\.10\.1"):
        load("2020.11")
    with pytest.raises(UnknownVersion):
        load("../2020.10.1")


def test_threads_get_one_object(published):
    load = Publications(published).load
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: load(), range(32)))
        assert len({id(policy) for policy in found}) == 1
        entities = list(pool.map(lambda _: found[0].get("scheme:sraddet"), range(64)))
    assert len({id(entity) for entity in entities}) == 1


SPAWN = """
import multiprocessing, operator, ppun_bfc
if __name__ == "__main__":
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        policy = ppun_bfc.load()
        assert pool.map(operator.attrgetter("digest"), [policy]) == [policy.digest]
"""


def test_a_policy_travels_between_processes(tmp_path):
    script = tmp_path / "spawn.py"
    script.write_text(SPAWN)
    subprocess.run([sys.executable, script], check=True, timeout=60)


@given(st.data())
def test_any_changed_byte_is_detected(data):
    raw = NEWEST.read_bytes()
    position = data.draw(st.integers(0, len(raw) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda value: value != raw[position]))
    changed = raw[:position] + bytes([byte]) + raw[position + 1 :]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(PUBLISHED / "index.json", folder)
        (folder / NEWEST.name).write_bytes(changed)
        with pytest.raises(DigestMismatch):
            Publications(folder).load(NEWEST.stem)
        with pytest.raises(DigestMismatch):
            read(folder / NEWEST.name, digest=versions()[-1].digest)


def test_a_truncated_file_is_detected(published):
    path = published / NEWEST.name
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(DigestMismatch, match="reinstall"):
        Publications(published).load()
    with pytest.raises(InvalidData):
        read(path)


def test_a_missing_file_is_one_error(published):
    (published / NEWEST.name).unlink()
    with pytest.raises(UnreadableFile, match=NEWEST.name):
        Publications(published).load()
    (published / "index.json").unlink()
    with pytest.raises(UnreadableFile, match=r"index\.json"):
        Publications(published).read_index()


def _forge(folder, **changes):
    """Rewrite the newest file and its line in the index, consistently."""
    snapshot = json.loads((folder / NEWEST.name).read_bytes())
    snapshot.update(changes)
    data = json.dumps(snapshot).encode()
    (folder / NEWEST.name).write_bytes(data)
    index = json.loads((folder / "index.json").read_bytes())
    index["versions"][-1]["digest"] = f"sha256:{hashlib.sha256(data).hexdigest()}"
    (folder / "index.json").write_text(json.dumps(index))


def test_a_forged_record_is_one_error_when_it_is_read(published):
    entities = json.loads((published / NEWEST.name).read_bytes())["entities"]
    _forge(published, entities=[{**entity, "label": "x"} for entity in entities])
    with pytest.raises(InvalidData, match=r"scheme:sraddet\.label"):
        Publications(published).load().get("scheme:sraddet")


def test_a_file_that_calls_itself_otherwise(published):
    _forge(published, version="2020.10.99")
    with pytest.raises(InvalidData, match="the index says 2020"):
        Publications(published).load()


def test_a_newer_format_in_the_package(published):
    _forge(published, format=9)
    with pytest.raises(UnsupportedFormat):
        Publications(published).load()


def test_a_pin_catches_a_consistent_forgery(published):
    digest = versions()[-1].digest
    _forge(published, released="2030-01-01")
    assert Publications(published).load().released
    with pytest.raises(DigestMismatch):
        Publications(published).load(NEWEST.stem, digest=digest)


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "{}",
        "null",
        '{"format": 1, "current": "x", "versions": [{"version": "x"}]}',
        '{"format": 1, "current": "x", "versions": {"a": 1}}',
        "{",
        "",
        '{"format": 1, "current": "x", "versions": [{"version": "x", "edition": "", "released": "",'
        ' "previous": null, "format": 1, "size": 1, "digest": ""}]}',
    ],
)
def test_an_index_that_is_none(published, text):
    (published / "index.json").write_text(text)
    with pytest.raises(InvalidData):
        Publications(published).read_index()


def test_an_index_in_a_newer_format(published):
    index = json.loads((published / "index.json").read_text())
    (published / "index.json").write_text(json.dumps({**index, "format": 2}))
    with pytest.raises(UnsupportedFormat):
        Publications(published).read_index()


@pytest.mark.parametrize("name", ["none.json", "folder", "a\0b"])
def test_read_tells_what_it_cannot_open(tmp_path, name):
    (tmp_path / "folder").mkdir()
    with pytest.raises(UnreadableFile) as raised:
        read(f"{tmp_path}/{name}")
    assert isinstance(raised.value, OSError)


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that cannot be read")
def test_read_tells_why_a_file_cannot_be_read():
    with pytest.raises(UnreadableFile, match="Input/output error"):
        read("/proc/self/mem")


def test_read_refuses_a_file_beyond_measure(tmp_path):
    path = tmp_path / "big.json"
    with path.open("wb") as file:
        file.truncate(65 * 1024 * 1024)
    with pytest.raises(InvalidData, match="more than the"):
        read(path)


def test_both_places_of_the_data(tmp_path):
    assert published_folder().name == "published"
    package = tmp_path / "site" / "ppun_bfc"
    shutil.copytree(Path(ppun_bfc.__file__).parent, package)
    target = package / "data" / "published"
    shutil.copytree(PUBLISHED, target, dirs_exist_ok=True)
    code = "import ppun_bfc.published as p; print(p.published_folder()); p.load()"
    found = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path / "site",
        env={"PYTHONPATH": str(tmp_path / "site")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(found.stdout.strip()) == target


def test_every_error_has_one_base(tmp_path):
    with pytest.raises(PpunError):
        read(tmp_path)


def test_versions_stand_side_by_side():
    first, second = ppun_bfc.load("2020.10.1"), ppun_bfc.load("2020.10.2")
    assert "action:pass-numeriques" in second
    assert "action:pass-numeriques" not in first
    assert first != second
    assert {first: 1, second: 2}[ppun_bfc.load("2020.10.1")] == 1
    assert first.get("scheme:srdeii").label == second.get("scheme:srdeii").label


def test_an_id_that_another_version_has_says_so(tmp_path):
    with pytest.raises(UnknownId, match=r"it is in 2020\.10\.2.*: load such a version") as caught:
        ppun_bfc.load("2020.10.1").get("action:pass-numeriques")
    assert caught.value.elsewhere[0] == "2020.10.2"
    with pytest.raises(UnknownId, match="did you mean") as caught:
        ppun_bfc.load("2020.10.1").get("scheme:srdei")
    assert caught.value.elsewhere == ()
    # An export that did not ship knows the shipped ones too.
    path = tmp_path / "export.json"
    path.write_bytes(ppun_bfc.load("2020.10.1").to_json())
    with pytest.raises(UnknownId, match=r"it is in 2020\.10\.2"):
        ppun_bfc.read(path).get("action:pass-numeriques")


def test_an_id_that_another_version_replaces_names_the_heir(published):
    write_versions(published, ppun_bfc.load("2020.10.1"), later())
    snapshot = json.loads(later().to_json())
    snapshot["version"] = "2020.10.8"
    snapshot["entities"] = [e for e in snapshot["entities"] if e["id"] != MERGED]
    snapshot["links"] = [x for x in snapshot["links"] if MERGED not in (x["source"], x["target"])]
    path = published / "mine.json"
    path.write_text(json.dumps(snapshot))
    mine = read_snapshot(path, elsewhere=Publications(published).elsewhere(""))
    with pytest.raises(UnknownId, match=f"({MERGED} → {MERGED_INTO})") as caught:
        mine.get(MERGED)
    assert caught.value.elsewhere == ("2020.10.1", "2020.10.9")
    assert caught.value.replaced_by == MERGED_INTO


def write_versions(folder, *policies):
    rows = []
    for policy in policies:
        data = policy.to_json()
        (folder / f"{policy.version}.json").write_bytes(data)
        rows.append(
            {
                "version": policy.version,
                "edition": policy.edition,
                "released": str(policy.released),
                "previous": policy.previous,
                "format": policy.format,
                "size": len(data),
                "digest": policy.digest,
                "package": "0.1.0",
            }
        )
    index = {"current": policies[-1].version, "format": 1, "versions": rows}
    (folder / "index.json").write_text(json.dumps(index))


def test_a_pickle_holds_the_version_and_the_digest_only():
    for row in versions():
        data = pickle.dumps(load(row.version))
        assert row.digest.encode() in data
        assert len(data) < 300
        assert pickle.loads(data) is load(row.version)


def test_a_digest_leads_back_to_its_version():
    for row in ppun_bfc.versions():
        assert ppun_bfc.version_of(row.digest) == row
    with pytest.raises(UnknownVersion, match="sha256:0"):
        ppun_bfc.version_of("sha256:0")


def test_every_shipped_byte_is_checked():
    assert check_published() == ()


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(PUBLISHED, tmp_path / "published")


@given(data=st.data())
@settings(max_examples=20)
def test_a_flipped_byte_in_any_shipped_file_is_found(data, tmp_path_factory):
    folder = tmp_path_factory.mktemp("p") / "published"
    shutil.copytree(PUBLISHED, folder)
    name = data.draw(st.sampled_from(sorted(path.name for path in folder.iterdir())))
    content = bytearray((folder / name).read_bytes())
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= 1 << data.draw(st.integers(0, 7))
    (folder / name).write_bytes(content)
    try:
        findings = check_published(folder)
    except PpunError:
        assert name == "index.json"
        return
    # The release of the package that shipped a version is nowhere else to be held against.
    assert findings or b'"package"' in content


def edited_index(folder, **changes):
    index = json.loads((folder / "index.json").read_text())
    index["versions"][1].update(changes)
    (folder / "index.json").write_text(json.dumps(index))
    return [finding.code for finding in check_published(folder)]


def test_what_is_unsound_in_published_files(folder):
    assert edited_index(folder, size=3) == ["index-mismatch"]
    assert edited_index(folder, size=ppun_bfc.versions()[1].size) == []
    assert edited_index(folder, previous=None) == ["index-mismatch", "index-mismatch"]
    assert edited_index(folder, previous="2020.10.1", digest="sha256:0") == ["unsound"]
    (folder / "2020.10.2.json").write_text("{}")
    digest = digest_of(b"{}")
    assert "missing-field" in edited_index(folder, digest=digest)
    (folder / "2020.10.2.json").unlink()
    (folder / "2020.10.99.json").write_text("{}")
    assert edited_index(folder) == ["unsound", "stray-file"]


def test_bytes_that_are_sound_but_not_canonical_are_found(folder):
    path = folder / "2020.10.2.json"
    path.write_text(json.dumps(json.loads(path.read_text())))
    data = path.read_bytes()
    assert edited_index(folder, size=len(data), digest=digest_of(data)) == ["index-mismatch"]


def test_one_version_is_current_whatever_its_number(folder):
    index = json.loads((folder / "index.json").read_text())
    for wanted in [row["version"] for row in index["versions"]]:
        (folder / "index.json").write_text(json.dumps(index | {"current": wanted}))
        rows = Publications(folder).read_index()
        assert [row.version for row in rows if row.current] == [wanted]
