"""Files of an application: which are read, what each is, and where in it something stands."""

import os
import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Literal, TypeAlias

from .. import problems
from ..errors import Finding, InvalidData, Place
from ..files import read_file
from ..languages import Phrase

__all__ = [
    "FORMATS",
    "IDS",
    "PATHS",
    "TEXTS",
    "FileFormat",
    "Source",
    "Use",
    "files_in",
    "read_source",
]

#: What callers are to give.
PATHS = Phrase("a path, or several", "un chemin, ou plusieurs")
IDS = Phrase("an id, or several", "un identifiant, ou plusieurs")
TEXTS = Phrase("a text, or several", "un texte, ou plusieurs")

FileFormat: TypeAlias = Literal["python", "json", "yaml", "toml", "csv", "sql", "sqlite"]
#: Files that are read, by the end of their name.
FORMATS: Mapping[str, FileFormat] = {
    ".py": "python",
    ".pyi": "python",
    ".json": "json",
    ".jsonl": "json",
    ".geojson": "json",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".toml": "toml",
    ".csv": "csv",
    ".tsv": "csv",
    ".sql": "sql",
    ".db": "sqlite",
    ".sqlite": "sqlite",
    ".sqlite3": "sqlite",
}

_LARGEST = 64 * 1024 * 1024
#: Folders that hold nothing of the application's own.
_NOT_OURS = frozenset({"node_modules", "__pycache__", "build", "dist", "site-packages", "venv"})


@dataclass(frozen=True)
class Use:
    """
    One place where a file names an id.

    Attributes:
        id: the id.
        place: the file, with line and column, or with the row of a database.
        whole: whether it is a value of its own, and not a part of a longer text.
        start: where it begins in the text of the file.

    """

    id: str
    place: Place
    whole: bool
    start: int


@dataclass(frozen=True)
class Source:
    """A file that was read: its text, how it was encoded, and what its values are."""

    path: Path
    format: FileFormat
    text: str
    encoding: str

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    def place(self, start: int) -> Place:
        """The line and column of an offset, from 1."""
        line = bisect(self._lines, start)
        return Place(str(self.path), line, start - self._lines[line - 1] + 1)


def files_in(paths: Iterable[Path]) -> Iterator[tuple[Path, Path | None]]:
    """
    The files that are named, and those of the folders that are, each once, in order of names.

    Each comes with the named folder that it is in, if any. Hidden folders and those of installed
    packages are passed over; links to folders are not followed, so that no circle of them matters.
    """
    seen: set[Path] = set()
    for named in paths:
        for path in _walk(named):
            # Not resolved: a link in a circle could not be, and will be told when it is read.
            if (absolute := path.absolute()) not in seen:
                seen.add(absolute)
                yield path, None if path is named else named


def _walk(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
    else:
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(
                name for name in folders if not name.startswith(".") and name not in _NOT_OURS
            )
            for name in sorted(names):
                found = Path(folder, name)
                if found.suffix.lower() in FORMATS and not name.startswith("."):
                    yield found


def read_source(path: Path, folder: Path | None = None) -> Source:
    """
    Read a file whose format its name tells; a database is not read here.

    Of a file found in a folder, a link that leads out of that folder is not followed.

    Any encoding that extends ASCII serves, since ids are ASCII: what is not UTF-8 is kept byte by
    byte.

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
        raise InvalidData.of(problems.NOT_A_FORMAT, Place(place), names=" ".join(FORMATS))
    if form == "sqlite":
        return Source(path, form, "", "")
    data = read_file(path, _LARGEST)
    if b"\0" in data:
        raise InvalidData.of(problems.BINARY, Place(place))
    try:
        return Source(path, form, data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return Source(path, form, data.decode("latin-1"), "latin-1")


def _leads_out(path: Path, folder: Path) -> bool:
    try:
        return not path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # a circle of links, which reading will tell
        return False
