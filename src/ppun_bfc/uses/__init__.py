"""
Where an application's own files name ids of the policy.

A file is read for its values only, never run or built: the strings of Python, JSON, TOML and SQL,
the scalars of YAML, the cells of CSV, the text of Markdown. A value that is an id as a whole, or a
list of ids, uses them. Inside a longer text only what some shipped version knows counts, since much
else looks like an id there.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

from .. import problems
from ..errors import Finding, InvalidData, Place, UnreadableFile
from ..files import parsing
from .cells import cells
from .columns import in_database
from .scalars import scalars
from .sources import FORMATS, IDS, PATHS, TEXTS, Passed, Source, Use, Walk, is_meant, read_source
from .sql import sql_strings
from .strings import (
    Reader,
    json_strings,
    markdown_strings,
    notebook_strings,
    python_strings,
    toml_strings,
)
from .values import Value, named

__all__ = [
    "FORMATS",
    "IDS",
    "MOST",
    "PATHS",
    "TEXTS",
    "Passed",
    "Source",
    "Spot",
    "Use",
    "Walk",
    "is_meant",
    "read_all",
    "read_source",
    "spots_in",
    "use_at",
]

_T = TypeVar("_T")
#: So many findings, and uses, are told of one look; of more, that there are more.
MOST = 10_000
#: A line with these words is left alone.
_IGNORE = re.compile(r"ppun-bfc:\s*ignore\b")
_READERS: Mapping[str, Reader] = {
    "python": python_strings,
    "json": json_strings,
    "notebook": notebook_strings,
    "toml": toml_strings,
    "sql": sql_strings,
    "markdown": markdown_strings,
}


class Spot(NamedTuple):
    """Where a file names an id, before it is known whether anybody wants to know the place."""

    id: str
    start: int
    end: int
    whole: bool
    among: tuple[int, ...] | None
    place: Place | None = None
    line: int = 0
    column: int = 0


def use_at(source: Source, spot: Spot) -> Use:
    """The use at a spot, with its place."""
    place = spot.place or (
        Place(str(source.path), spot.line, spot.column) if spot.line else source.place(spot.start)
    )
    return Use(spot.id, place, spot.whole, spot.start, spot.end, spot.among)


def spots_in(
    source: Source,
    known: Callable[[str], bool],
    columns: Sequence[str] = (),
    delimiter: str | None = None,
) -> Iterator[Spot]:
    """
    Where a file names ids.

    Args:
        source: the file.
        known: whether some version has an id, for ids inside longer texts.
        columns: of a CSV file, the columns to read; of a database, `table.column`.
        delimiter: what parts the cells of a CSV file; by default it is found out.

    Raises:
        InvalidData: where a column is not there, or the file is not of its format.

    """
    place = str(source.path)
    if source.format == "sqlite":
        for where, text in in_database(source.path, columns):
            for found in named(Value(text, 0), known, chosen=True):
                yield Spot(found.id, 0, 0, True, None, where)
    elif source.format == "csv":
        for record, values, chosen in cells(source.lines(), place, columns, delimiter):
            for value in values:
                for found in named(value, known, chosen=chosen):
                    at = found.start - record.start
                    lines = record.text.count("\n", 0, at)
                    column = at - (record.text.rfind("\n", 0, at) if lines else -1)
                    yield Spot(*found, None, record.line + lines, column)
    else:
        yield from _in_text(source, known)


def _in_text(source: Source, known: Callable[[str], bool]) -> Iterator[Spot]:
    text = source.text
    values = (
        scalars(text, str(source.path))
        if source.format == "yaml"
        else _READERS[source.format](text)
    )
    ignored = {source.place(match.start()).line for match in _IGNORE.finditer(text)}
    seen: set[int] = set()
    for value in values:
        for found in named(value, known):
            # Some SQL is read in two ways, and says the same in both.
            if found.start in seen:
                continue
            seen.add(found.start)
            if not ignored or source.place(found.start).line not in ignored:
                yield Spot(*found)


def read_all(
    walk: Walk,
    paths: Iterable[Path],
    known: Callable[[str], bool],
    columns: Sequence[str] = (),
    delimiter: str | None = None,
    keeps: Callable[[Path], bool] = lambda _: True,
) -> Iterator[tuple[Source, Iterator[Spot]]]:
    """
    Each file that can be looked at, with where it names ids.

    What cannot be read is added to `walk.findings`, some of it only while the spots are gone
    through: what was found before in such a file does not count for it as a whole.
    """
    for path, folder in walk.files(paths):
        if not keeps(path):
            walk.leave_out(path)
            continue
        for source in _guarded(walk, path, _one(path, folder)):
            yield source, _guarded(walk, path, spots_in(source, known, columns, delimiter))


def _one(path: Path, folder: Path | None) -> Iterator[Source]:
    yield read_source(path, folder)


def _guarded(walk: Walk, path: Path, found: Iterator[_T]) -> Iterator[_T]:
    """Go through what a reader finds, and tell what stops it."""
    try:
        with parsing(str(path)):
            yield from found
    except InvalidData as error:
        walk.findings += error.findings
    except UnreadableFile as error:
        place = Place(str(path))
        walk.findings.append(Finding.of(problems.UNREADABLE, place, reason=error.reason))
