"""
Where an application's own files name ids of the policy.

A file is read for its values only, never run or built: the strings of Python, JSON, TOML and SQL,
the scalars of YAML, the cells of CSV, the text of Markdown. A value that is an id as a whole, or a
list of ids, uses them. Inside a longer text only what some shipped version knows counts, since much
else looks like an id there.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

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
    "Scan",
    "Source",
    "Use",
    "Walk",
    "is_meant",
    "read_all",
    "read_source",
    "scan",
    "uses_in",
]

#: So many findings are told of one look; of more, that there are more.
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


@dataclass(frozen=True)
class Scan:
    """What a look through some files found: uses of ids, files that could not be read, the rest."""

    uses: tuple[Use, ...]
    findings: tuple[Finding, ...]
    files: int
    passed: tuple[Passed, ...]


def uses_in(
    source: Source,
    known: Callable[[str], bool],
    columns: Sequence[str] = (),
    delimiter: str | None = None,
) -> Iterator[Use]:
    """
    The ids that a file names.

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
                yield Use(found.id, where, whole=True, start=0, end=0)
    elif source.format == "csv":
        for record, values, chosen in cells(source.lines(), place, columns, delimiter):
            for value in values:
                for found in named(value, known, chosen=chosen):
                    at = found.start - record.start
                    begun = record.text.rfind("\n", 0, at) + 1
                    line = record.line + record.text.count("\n", 0, at)
                    where = Place(place, line, at - begun + 1)
                    spot = (found.start, found.end, found.among)
                    yield Use(found.id, where, found.whole, *spot)
    else:
        yield from _in_text(source, known)


def _in_text(source: Source, known: Callable[[str], bool]) -> Iterator[Use]:
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
            where = source.place(found.start)
            if where.line not in ignored:
                yield Use(found.id, where, found.whole, found.start, found.end, found.among)


def scan(
    paths: Iterable[Path],
    known: Callable[[str], bool],
    columns: Sequence[str] = (),
    delimiter: str | None = None,
    exclude: Sequence[str] = (),
) -> Scan:
    """Look through files and folders; what cannot be read is a finding, and the rest goes on."""
    walk = Walk(tuple(exclude))
    found = [uses for _, uses in read_all(walk, paths, known, columns, delimiter)]
    uses = tuple(use for uses in found for use in uses)
    return Scan(uses, tuple(walk.findings), len(found), walk.passed)


def read_all(
    walk: Walk,
    paths: Iterable[Path],
    known: Callable[[str], bool],
    columns: Sequence[str] = (),
    delimiter: str | None = None,
    keeps: Callable[[Path], bool] = lambda _: True,
) -> Iterator[tuple[Source, tuple[Use, ...]]]:
    """Each file that can be read, with its uses; each that cannot is added to `walk.findings`."""
    for path, folder in walk.files(paths):
        if not keeps(path):
            walk.leave_out(path)
            continue
        try:
            with parsing(str(path)):
                source = read_source(path, folder)
                uses = tuple(uses_in(source, known, columns, delimiter))
            yield source, uses
        except InvalidData as error:
            walk.findings += error.findings
        except UnreadableFile as error:
            place = Place(str(path))
            walk.findings.append(Finding.of(problems.UNREADABLE, place, reason=error.reason))
