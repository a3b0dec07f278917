"""A folder of published versions: its index, loading by digest, and a second look at every byte."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import cast

from . import problems
from .canonical import FORMAT as NEWEST
from .canonical import Json, Snapshot, digest, dump_line, parse, version_key
from .errors import (
    DigestMismatch,
    Finding,
    InvalidData,
    Place,
    PpunError,
    UnknownVersion,
    UnsupportedFormat,
)
from .files import Readable, list_folder, parsing, read_file
from .policy import PolicyVersion
from .records import Elsewhere

__all__ = [
    "Publications",
    "PublishedVersion",
    "check_published",
    "index_bytes",
    "load",
    "published_folder",
    "read",
    "shipped",
    "version_of",
    "versions",
]

#: No file of a published folder has more bytes.
_LARGEST = 64 * 1024 * 1024
#: The format of the index, which has a number of its own.
_INDEX_FORMAT = 1


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

    def __post_init__(self) -> None:
        for name, kind in PublishedVersion.__annotations__.items():
            if not isinstance(value := getattr(self, name), kind):
                raise TypeError(f"{name} is {value!r}"[:200])


class Publications:
    """
    The versions in a folder; each is loaded once and shared.

    Examples:
        >>> from ppun_bfc.published import Publications, published_folder
        >>> publications = Publications(published_folder())
        >>> publications.load("2020.10.1") is publications.load("2020.10.1")
        True

    """

    def __init__(self, folder: str | Path | Readable) -> None:
        """Name a folder; nothing is read yet."""
        self.folder = Path(folder) if isinstance(folder, str) else folder
        self._index: tuple[PublishedVersion, ...] = ()
        self._loaded: dict[str, PolicyVersion] = {}

    def read_index(self) -> tuple[PublishedVersion, ...]:
        """
        The versions that the index lists now, oldest first.

        Raises:
            UnreadableFile: where there is no index.
            InvalidData: where it is not one.
            UnsupportedFormat: where it is newer than this release.

        """
        path = self.folder / "index.json"
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
            given = {"value": "index.json", "problem": str(error)}
            raise InvalidData.of(problems.BAD_VALUE, Place(place), **given) from None
        if found_format != _INDEX_FORMAT:
            raise UnsupportedFormat(place, str(found_format), _INDEX_FORMAT)
        return tuple(found)

    @property
    def index(self) -> tuple[PublishedVersion, ...]:
        """The versions that the index listed when it was first read, oldest first."""
        self._index = self._index or self.read_index()
        return self._index

    def load(self, version: str | None = None, *, digest: str | None = None) -> PolicyVersion:
        """
        A version of the folder, its digest checked; loaded once and shared.

        Raises:
            UnknownVersion: where there is no such version.
            DigestMismatch: where the bytes are not those, or not those of the index.

        """
        row = _choose(self.index, version)
        # No lock: a process may fork while another thread is here. Two threads may both load, and
        # both get the version of the one that was done first.
        policy = self._loaded.get(row.version)
        if policy is None:
            policy = self._loaded.setdefault(row.version, self._load(row))
        if digest is not None and digest != policy.digest:
            owner = next((row.version for row in self.index if row.digest == digest), None)
            raise DigestMismatch(f"version {policy.version}", digest, policy.digest, owner)
        return policy

    def _load(self, row: PublishedVersion) -> PolicyVersion:
        path = self.folder / f"{row.version}.json"
        data = read_file(path, _LARGEST)
        actual = digest(data)
        if actual != row.digest:
            raise DigestMismatch(path.name, row.digest, actual)
        with parsing(path.name):
            snapshot: Snapshot = json.loads(data)
            if snapshot["format"] > NEWEST:
                raise UnsupportedFormat(path.name, str(snapshot["format"]), NEWEST)
            said = (row.version, row.edition)
            if (snapshot["version"], snapshot["edition"]) != said:
                given = {"expected": " ".join(said), "actual": str(snapshot["version"])}
                raise InvalidData.of(problems.INDEX_MISMATCH, Place(path.name), **given)
        reopen = (_reopen, (row.version, actual)) if self is shipped() else None
        return PolicyVersion(snapshot, actual, reopen, self.elsewhere(row.version))

    def elsewhere(self, version: str) -> Elsewhere:
        """Tells which other versions of the folder have an id."""
        return partial(self._others, version)

    def _others(self, version: str, id: str) -> tuple[tuple[str, ...], str | None]:
        """The other versions that have an id, and what the newest of them replaces it by."""
        others = [self.load(row.version) for row in self.index if row.version != version]
        having = [policy for policy in others if id in policy]
        heir = having[-1].record(id).get("replaced_by") if having else None
        return tuple(policy.version for policy in having), str(heir) if heir else None

    def audit(self) -> tuple[Finding, ...]:
        """
        Read every file again: its bytes against the index, its records against the rules.

        Raises:
            UnreadableFile: where there is no index.
            InvalidData: where the index is none.

        """
        rows = self.read_index()
        newest: dict[str, str] = {}
        findings: list[Finding] = []
        for row in rows:
            path = self.folder / f"{row.version}.json"
            findings += self._audit(row, path, newest.get(row.edition))
            newest[row.edition] = row.version
        known = {"index.json", *(f"{row.version}.json" for row in rows)}
        strays = [path for path in list_folder(self.folder) if path.name not in known]
        findings += [Finding.of(problems.STRAY_FILE, Place(str(path))) for path in strays]
        return tuple(findings)

    def _audit(
        self, row: PublishedVersion, path: Readable, previous: str | None
    ) -> Iterator[Finding]:
        from .snapshots import read_snapshot

        place = Place(str(path))
        try:
            policy = read_snapshot(path, row.digest)
        except InvalidData as error:
            for found in error.findings:
                yield replace(found, place=replace(found.place, file=place.file))
            return
        except PpunError as error:
            yield Finding.of(problems.UNSOUND, place, problem=str(error))
            return
        data = read_file(path, _LARGEST)
        said = asdict(row)
        actual = {
            "version": policy.version,
            "edition": policy.edition,
            "released": str(policy.released),
            "previous": policy.previous,
            "format": policy.format,
            "size": len(data),
        }
        if any(said[name] != value for name, value in actual.items()) or policy.to_json() != data:
            expected = " ".join(str(said[name]) for name in actual)
            told = " ".join(map(str, actual.values()))
            yield Finding.of(problems.INDEX_MISMATCH, place, expected=expected, actual=told)
        if row.previous != previous:
            given = {"expected": str(previous), "actual": str(row.previous)}
            yield Finding.of(problems.INDEX_MISMATCH, place, **given)


def index_bytes(rows: Iterable[PublishedVersion], current: str) -> bytes:
    """The index that lists these versions."""
    records = ({k: v for k, v in asdict(row).items() if k != "current"} for row in rows)
    lines = ",".join(f"\n{dump_line(record)}" for record in records)
    head = f'{{"current":{dump_line(current)},\n"format":{_INDEX_FORMAT},\n"versions":['
    return f"{head}{lines}\n]}}\n".encode()


def _choose(index: tuple[PublishedVersion, ...], version: str | None) -> PublishedVersion:
    for row in reversed(index):
        if version in (row.version, row.edition) or (version is None and row.current):
            return row
    raise UnknownVersion(str(version), tuple(row.version for row in index))


def published_folder(package: Path = Path(__file__).parent) -> Path | Readable:
    """
    The folder of published files: in the installed package, or else in the checkout.

    An editable install has no copy in the package and reads `data/` of its checkout; a package in
    a zip file has its copy there, or, where it was made of an editable install, reads that checkout.
    """
    for folder in (package / "data" / "published", package.parents[1] / "data" / "published"):
        if folder.is_dir():
            return folder
    from importlib.resources import files

    inside = files("ppun_bfc") / "data" / "published"
    return inside if inside.is_dir() else checkout_folder() or inside


def checkout_folder() -> Path | None:
    """The published files of the checkout that this package is installed from, if it is (PEP 610)."""
    from importlib.metadata import PackageNotFoundError, distribution
    from urllib.parse import urlsplit
    from urllib.request import url2pathname

    try:
        told = json.loads(distribution("ppun-bfc").read_text("direct_url.json") or "{}")
    except PackageNotFoundError:
        return None
    origin = cast("Mapping[str, object]", told)
    if not cast("Mapping[str, object]", origin.get("dir_info", {})).get("editable"):
        return None
    return Path(url2pathname(urlsplit(str(origin["url"])).path), "data", "published")


@cache
def shipped() -> Publications:
    """The versions that ship with this package."""
    return Publications(published_folder())


def versions() -> tuple[PublishedVersion, ...]:
    """
    The versions that ship with this package, oldest first.

    Examples:
        >>> import ppun_bfc
        >>> ppun_bfc.versions()[0].version
        '2020.10.1'

    """
    return shipped().index


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
    return (shipped() if folder is None else Publications(folder)).audit()


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
    return shipped().load(version, digest=digest)


def _reopen(version: str, digest: str) -> PolicyVersion:
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
    from .snapshots import read_snapshot

    return read_snapshot(path, digest, shipped().elsewhere(""))
