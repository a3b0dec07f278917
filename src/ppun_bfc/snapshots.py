"""Published files: find them, check their digests, read them, keep what was read."""

import json
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from .canonical import FORMAT, Json, dump_snapshot, parse, version_key
from .canonical import digest as digest_of
from .errors import (
    DigestMismatch,
    Finding,
    InvalidData,
    Place,
    PpunError,
    UnknownVersion,
    UnsupportedFormat,
)
from .files import read_file
from .models import ENTITY_TYPES, Record
from .policy import PolicyVersion

if TYPE_CHECKING:
    from .rules import Checked

__all__ = [
    "PublishedVersion",
    "assemble",
    "check_published",
    "load",
    "published_folder",
    "read",
    "read_index",
    "version_of",
    "versions",
]

_LARGEST = 64 * 1024 * 1024
_LOCK = threading.RLock()


@dataclass(frozen=True)
class PublishedVersion:
    """
    One line of the index of published versions.

    Attributes:
        version: `edition.N`.
        edition: the adopted text that it encodes.
        released: the day it was published.
        previous: the version before it; None for the first.
        format: the format of its file.
        size: the length of its file in bytes.
        digest: `sha256:` and the SHA-256 of its file.
        package: the first release of the package that shipped it.
        current: whether `load()` gives it.

    """

    version: str
    edition: str
    released: str
    previous: str | None
    format: int
    size: int
    digest: str
    package: str
    current: bool


def published_folder() -> Path:
    """
    The folder of published files: in the installed package, or else in the checkout.

    An editable install has no copy in the package and reads `data/` of its checkout.
    """
    package = Path(__file__).parent
    installed = package / "data" / "published"
    return installed if installed.is_dir() else package.parents[1] / "data" / "published"


def read_index(folder: Path) -> tuple[PublishedVersion, ...]:
    """
    The published versions that a folder's index lists, oldest first.

    Raises:
        UnreadableFile: where there is no index.
        InvalidData: where it is not one.
        UnsupportedFormat: where it is newer than this release.

    """
    path = folder / "index.json"
    place = str(path)
    value = parse(read_file(path, _LARGEST), place)
    try:
        index = cast("Mapping[str, Json]", value)
        found_format, current = index["format"], index["current"]
        rows = cast("list[dict[str, Json]]", index["versions"])
        found = [
            PublishedVersion(**row, current=row["version"] == current)  # type: ignore[arg-type]
            for row in rows
        ]
        found.sort(key=lambda row: version_key(row.version))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        given = (("value", path.name), ("problem", str(error)))
        raise InvalidData(place, (Finding("bad-value", Place(file=place), given),)) from None
    if found_format != FORMAT:
        raise UnsupportedFormat(place, str(found_format), FORMAT)
    return tuple(found)


def versions() -> tuple[PublishedVersion, ...]:
    """
    The versions that ship with this package, oldest first.

    Examples:
        >>> import ppun_bfc
        >>> ppun_bfc.versions()[0].version
        '2020.10.1'

    """
    return read_index(published_folder())


def version_of(digest: str) -> PublishedVersion:
    """
    The shipped version that has a digest.

    Raises:
        UnknownVersion: where none has it.

    Examples:
        >>> import ppun_bfc
        >>> ppun_bfc.version_of(ppun_bfc.load("2020.10.1").digest).version
        '2020.10.1'

    """
    found = versions()
    for row in found:
        if row.digest == digest:
            return row
    raise UnknownVersion(digest, tuple(row.digest for row in found))


def check_published(folder: str | Path | None = None) -> tuple[Finding, ...]:
    """
    Read every published file again: its bytes against the index, its records against the rules.

    Args:
        folder: the published files; by default those that ship with this package.

    Raises:
        UnreadableFile: where there is no index.
        InvalidData: where the index is none.

    Examples:
        >>> import ppun_bfc
        >>> ppun_bfc.check_published()
        ()

    """
    target = Path(folder) if folder is not None else published_folder()
    rows = read_index(target)
    findings: list[Finding] = []
    newest: dict[str, str] = {}
    for row in rows:
        path = target / f"{row.version}.json"
        place = Place(file=str(path))
        try:
            policy = read(path, digest=row.digest)
        except InvalidData as error:
            findings += [replace(f, place=replace(f.place, file=str(path))) for f in error.findings]
            continue
        except PpunError as error:
            findings.append(Finding("unsound", place, (("problem", str(error)),)))
            continue
        said = (row.version, row.edition, row.released, row.previous, row.format, row.size)
        size = path.stat().st_size
        actual = (
            policy.version,
            policy.edition,
            str(policy.released),
            policy.previous,
            policy.format,
            size,
        )
        if said != actual or policy.to_json() != read_file(path, _LARGEST):
            given = (("expected", " ".join(map(str, said))), ("actual", " ".join(map(str, actual))))
            findings.append(Finding("index-mismatch", place, given))
        if row.previous != newest.get(row.edition):
            given = (("expected", str(newest.get(row.edition))), ("actual", str(row.previous)))
            findings.append(Finding("index-mismatch", place, given))
        newest[row.edition] = row.version
    known = {"index.json", *(f"{row.version}.json" for row in rows)}
    strays = [path for path in sorted(target.iterdir()) if path.name not in known]
    findings += [Finding("stray-file", Place(file=str(path))) for path in strays]
    return tuple(findings)


def load(version: str | None = None, *, digest: str | None = None) -> PolicyVersion:
    """
    A shipped version, its digest checked; loaded once and shared.

    Args:
        version: `"2020.10.1"` for exactly that, `"2020.10"` for the newest of that edition, None
            for the current one.
        digest: `"sha256:…"`; refuse any other bytes.

    Raises:
        UnknownVersion: where no such version ships with this package.
        DigestMismatch: where the bytes are not those, or not those of the index.

    Examples:
        >>> import ppun_bfc
        >>> policy = ppun_bfc.load("2020.10.1")
        >>> policy is ppun_bfc.load("2020.10.1")
        True

    """
    with _LOCK:
        index = _index()
        found = _choose(index, version)
        policy = _load(found.version)
    if digest is not None and digest != policy.digest:
        owner = next((row.version for row in index if row.digest == digest), None)
        raise DigestMismatch(f"version {policy.version}", digest, policy.digest, owner)
    return policy


@lru_cache(maxsize=1)
def _index() -> tuple[PublishedVersion, ...]:
    return versions()


def _choose(index: tuple[PublishedVersion, ...], version: str | None) -> PublishedVersion:
    for row in reversed(index):
        if version in (row.version, row.edition) or (version is None and row.current):
            return row
    raise UnknownVersion(str(version), tuple(row.version for row in index))


@lru_cache(maxsize=32)
def _load(version: str) -> PolicyVersion:
    row = _choose(_index(), version)
    path = published_folder() / f"{version}.json"
    data = read_file(path, _LARGEST)
    actual = digest_of(data)
    if actual != row.digest:
        raise DigestMismatch(path.name, row.digest, actual)
    snapshot = json.loads(data)
    if snapshot["format"] > FORMAT:
        raise UnsupportedFormat(path.name, str(snapshot["format"]), FORMAT)
    said = (version, row.edition)
    if (snapshot["version"], snapshot["edition"]) != said:
        given = (("expected", " ".join(said)), ("actual", str(snapshot["version"])))
        place = Place(file=path.name)
        raise InvalidData(path.name, (Finding("index-mismatch", place, given),))
    reopen = (_reload, (version, actual))
    return PolicyVersion(snapshot, actual, reopen, partial(_elsewhere, version))


def _elsewhere(version: str, id: str) -> tuple[tuple[str, ...], str | None]:
    """The other shipped versions that have an id, and what the newest of them replaces it by."""
    others = [load(row.version) for row in _index() if row.version != version]
    having = [policy for policy in others if id in policy]
    heir = having[-1].record(id).get("replaced_by") if having else None
    return tuple(policy.version for policy in having), str(heir) if heir else None


def _reload(version: str, digest: str) -> PolicyVersion:
    """What a pickle of a shipped version holds."""
    return load(version, digest=digest)


def read(path: str | Path, *, digest: str | None = None) -> PolicyVersion:
    """
    A snapshot file that did not ship with the package: an export, a copy, a draft.

    Everything in it is validated.

    Args:
        path: the file.
        digest: `"sha256:…"`; refuse a file with any other bytes.

    Raises:
        UnreadableFile: where there is no such file.
        DigestMismatch: where its bytes are not those.
        UnsupportedFormat: where it is newer than this release.
        InvalidData: with every finding, where it breaks a rule.

    """
    place = str(path)
    data = read_file(Path(path), _LARGEST)
    if digest is not None and (actual := digest_of(data)) != digest:
        raise DigestMismatch(place, digest, actual)
    snapshot = parse(data, place)
    if not isinstance(snapshot, Mapping):
        given = (("expected", "a mapping"),)
        raise InvalidData(place, (Finding("wrong-type", Place(file=place), given),))
    found = snapshot.get("format")
    if isinstance(found, int) and found > FORMAT:
        raise UnsupportedFormat(place, str(found), FORMAT)
    from .rules import check

    checked = check(snapshot)
    if checked.findings:
        raise InvalidData(place, tuple(checked.findings))
    return assemble(checked)


def assemble(checked: "Checked") -> PolicyVersion:
    """A version from records that passed every check, in canonical order and form."""
    kinds = list(ENTITY_TYPES)
    documents = sorted((document for _, document in checked.documents), key=lambda d: d.id)
    relations = sorted((relation for _, relation in checked.relations), key=lambda r: r.name)
    entities = sorted((e for _, e in checked.entities), key=lambda e: kinds.index(e.kind))
    links = sorted((link for _, link in checked.links), key=lambda link: link.key)
    assert checked.header is not None
    snapshot: dict[str, Json] = {
        **checked.header.model_dump(mode="json"),
        "documents": _dump(documents),
        "relations": _dump(relations),
        "entities": _dump(entities),
        "links": _dump(links),
    }
    digest = digest_of(dump_snapshot(snapshot))
    return PolicyVersion(snapshot, digest, elsewhere=partial(_elsewhere, checked.header.version))


def _dump(records: Sequence[Record]) -> list[Json]:
    # What equals its default is left out: a default never changes within a format.
    return [record.model_dump(mode="json", exclude_defaults=True) for record in records]
