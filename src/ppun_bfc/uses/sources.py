"""Files of an application: which are read, what each is, and where in it something stands."""

import codecs
import os
import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path
from typing import Literal, TypeAlias, get_args

from .. import problems
from ..errors import Finding, InvalidData, Place, UnreadableFile
from ..files import read_file
from ..languages import Phrase

__all__ = [
    "FORMATS",
    "IDS",
    "PATHS",
    "TEXTS",
    "FileFormat",
    "Passed",
    "Source",
    "Use",
    "Walk",
    "is_meant",
    "read_source",
]

#: What callers are to give.
PATHS = Phrase("a path, or several", "un chemin, ou plusieurs")
IDS = Phrase("an id, or several", "un identifiant, ou plusieurs")
TEXTS = Phrase("a text, or several", "un texte, ou plusieurs")

FileFormat: TypeAlias = Literal[
    "python", "json", "notebook", "yaml", "toml", "csv", "sql", "markdown", "sqlite"
]
#: Files that are read, by the end of their name.
FORMATS: Mapping[str, FileFormat] = {
    ".py": "python",
    ".pyi": "python",
    ".json": "json",
    ".jsonl": "json",
    ".ndjson": "json",
    ".geojson": "json",
    ".ipynb": "notebook",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".toml": "toml",
    ".csv": "csv",
    ".tsv": "csv",
    ".sql": "sql",
    ".md": "markdown",
    ".db": "sqlite",
    ".sqlite": "sqlite",
    ".sqlite3": "sqlite",
}

_LARGEST = 64 * 1024 * 1024
_BLOCK = 1 << 20
#: Folders that hold nothing of the application's own, as a rule; what is passed over is told.
_NOT_OURS = frozenset({"node_modules", "__pycache__", "build", "dist", "site-packages", "venv"})
_UTF16: Mapping[bytes, str] = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


@dataclass(frozen=True)
class Use:
    """
    One place where a file names an id.

    Attributes:
        id: the id.
        place: the file, with line and column, or with the row of a database.
        whole: whether it is a value of its own or one of a list, and not a part of a longer text.
        start: where its spelling begins in the text of the file.
        end: where it ends.
        among: what it must be unique among, such as the keys of one mapping; None where anything
            may stand twice.

    """

    id: str
    place: Place
    whole: bool
    start: int
    end: int
    among: tuple[int, ...] | None = None


Reason: TypeAlias = Literal["folder", "hidden", "excluded", "kind"]
"""Why something was passed over, in the order in which it is told."""


@dataclass(frozen=True)
class Passed:
    """Something in a folder that was passed over: why, its name or kind, and how often."""

    reason: Reason
    name: str
    count: int


@dataclass(frozen=True)
class Source:
    """A file that can be read: what its values are, and how its text is encoded."""

    path: Path
    format: FileFormat
    encoding: str

    @cached_property
    def text(self) -> str:
        """The whole text; a byte order mark is its first character."""
        return read_file(self.path, _LARGEST).decode(self.encoding)

    def lines(self) -> Iterator[str]:
        """The lines of the text, one after the other, each with its end."""
        try:
            with self.path.open(encoding=self.encoding, newline="") as file:
                yield from file
        except OSError as error:
            raise UnreadableFile(str(self.path), error.strerror or str(error)) from None

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    def place(self, start: int) -> Place:
        """The line and column of an offset, from 1."""
        line = bisect(self._starts, start)
        return Place(str(self.path), line, start - self._starts[line - 1] + 1)


@dataclass
class Walk:
    """
    A look through files and folders, each file once, in order of names.

    Attributes:
        exclude: patterns of paths that are left out, as in `.gitignore`: `*` stays in a folder,
            `**` does not, and a pattern without `/` counts at any depth.
        passed: what was passed over, by reason and name; known when the walk is over.
        findings: folders and files that may not be looked at.

    """

    exclude: tuple[str, ...] = ()
    findings: list[Finding] = field(default_factory=list[Finding])
    _passed: dict[tuple[Reason, str], int] = field(default_factory=dict[tuple[Reason, str], int])

    @property
    def passed(self) -> tuple[Passed, ...]:
        """What was passed over."""
        order: tuple[Reason, ...] = get_args(Reason)
        found = sorted(self._passed.items(), key=lambda one: (order.index(one[0][0]), one[0][1]))
        return tuple(Passed(reason, name, count) for (reason, name), count in found)

    def files(self, paths: Iterable[Path]) -> Iterator[tuple[Path, Path | None]]:
        """
        The files that are named, and those of the folders that are.

        Each comes with the named folder that it is in, if any. Links to folders are not followed,
        so that no circle of them matters.
        """
        seen: set[Path] = set()
        for named in paths:
            for path in self._walk(named):
                # Not resolved: a link in a circle could not be, and will be told when it is read.
                if (absolute := path.absolute()) not in seen:
                    seen.add(absolute)
                    yield path, None if path is named else named

    def leave_out(self, path: Path) -> None:
        """Tell that a file was left out on demand."""
        self._pass("excluded", path.as_posix())

    def _pass(self, reason: Reason, name: str) -> None:
        self._passed[reason, name] = self._passed.get((reason, name), 0) + 1

    def _walk(self, path: Path) -> Iterator[Path]:
        if not os.path.isdir(path):  # noqa: PTH112 - unlike Path, it never raises
            if self._is_excluded(path, path):
                self._pass("excluded", path.as_posix())
            else:
                yield path
            return
        for folder, folders, names in os.walk(path, onerror=self._tell):
            here = Path(folder)
            folders[:] = [name for name in sorted(folders) if self._enters(here / name, path)]
            for name in sorted(names):
                found = here / name
                if self._is_excluded(found, path):
                    self._pass("excluded", found.as_posix())
                elif name.startswith("."):
                    self._pass("hidden", found.as_posix())
                elif found.suffix.lower() not in FORMATS:
                    self._pass("kind", found.suffix.lower() or found.name)
                else:
                    yield found

    def _enters(self, folder: Path, root: Path) -> bool:
        if self._is_excluded(folder, root):
            self._pass("excluded", folder.as_posix())
        elif folder.name.startswith("."):
            self._pass("hidden", folder.as_posix())
        elif folder.name in _NOT_OURS:
            self._pass("folder", folder.name)
        else:
            return True
        return False

    def _is_excluded(self, path: Path, root: Path) -> bool:
        return any(is_meant(path, root, pattern) for pattern in self.exclude)

    def _tell(self, error: OSError) -> None:
        place = Place(str(error.filename))
        reason = error.strerror or str(error)
        self.findings.append(Finding.of(problems.UNREADABLE, place, reason=reason))


def is_meant(path: Path, root: Path, pattern: str) -> bool:
    """Whether a path, seen from the folder that was named or from the working one, is meant."""
    texts = {path.as_posix(), Path(os.path.relpath(path, root)).as_posix()}
    pattern = pattern.removeprefix("./").rstrip("/")
    if "/" not in pattern:
        return any(fnmatchcase(part, pattern) for part in path.parts)
    stem = pattern.removesuffix("/**")
    deep = "**" in stem
    parts = stem.count("/")
    return any(
        fnmatchcase(text, stem)
        or fnmatchcase(text, f"*/{stem}")
        or (pattern != stem and (fnmatchcase(text, pattern) or fnmatchcase(text, f"*/{pattern}")))
        for text in texts
        if deep or pattern != stem or text.count("/") >= parts
    )


def read_source(path: Path, folder: Path | None = None) -> Source:
    """
    Look at a file whose format its name tells: whether it is text, and how it is encoded.

    Of a file found in a folder, a link that leads out of that folder is not followed.

    Any encoding that extends ASCII serves, since ids are ASCII, and UTF-16 with its mark: what is
    written back has the bytes that were read.

    Raises:
        UnreadableFile: where it cannot be read.
        InvalidData: where it is too large, binary, outside, or of no format that is read.

    """
    place = str(path)
    if folder is not None and path.is_symlink() and _leads_out(path, folder):
        found = Finding.of(problems.OUTSIDE, Place(place))
        raise InvalidData(place, (replace(found, severity="warning"),))
    form = FORMATS.get(path.suffix.lower())
    if form is None:
        if not os.path.lexists(path):
            raise UnreadableFile(place, "no such file")
        raise InvalidData.of(problems.NOT_A_FORMAT, Place(place), names=" ".join(FORMATS))
    if form == "sqlite":
        return Source(path, form, "")
    if form == "csv":
        return Source(path, form, _encoding(path, _blocks(path)))
    return Source(path, form, _encoding(path, [read_file(path, _LARGEST)]))


def _blocks(path: Path) -> Iterator[bytes]:
    try:
        if not path.is_file():
            raise UnreadableFile(str(path), "not a file" if path.exists() else "no such file")
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                yield block
    except OSError as error:
        if isinstance(error, UnreadableFile):
            raise
        raise UnreadableFile(str(path), error.strerror or str(error)) from None


def _encoding(path: Path, blocks: Iterable[bytes]) -> str:
    """How a file is encoded; UTF-8, unless its bytes say otherwise."""
    decode = codecs.getincrementaldecoder("utf-8")().decode
    found, undefined = "utf-8", False
    for number, block in enumerate(blocks):
        if number == 0 and (wide := _UTF16.get(block[:2])):
            return wide
        if b"\0" in block:
            raise InvalidData.of(problems.BINARY, Place(str(path)))
        if found == "utf-8":
            try:
                decode(block)
            except UnicodeDecodeError:
                found = "cp1252"
        undefined = undefined or any(byte in block for byte in b"\x81\x8d\x8f\x90\x9d")
    if found == "utf-8":
        try:
            decode(b"", final=True)
        except UnicodeDecodeError:
            found = "cp1252"
    # Some bytes have no meaning on Windows; there each byte stands for itself.
    return "latin-1" if found == "cp1252" and undefined else found


def _leads_out(path: Path, folder: Path) -> bool:
    try:
        return not path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # a circle of links, which reading will tell
        return False
