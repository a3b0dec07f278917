"""
Where an application's own files name ids of the policy.

A file is read for its values only, never run or built: the strings of Python, JSON, TOML and SQL,
the scalars of YAML, the cells of CSV. A value that is an id as a whole is a use of it. Inside a
longer text only what some shipped version knows counts, since much else looks like an id there.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from .. import problems
from ..errors import Finding, InvalidData, Place, UnreadableFile
from ..models import ENTITY_TYPES
from .cells import cells
from .columns import in_database
from .scalars import scalars
from .sources import FORMATS, IDS, PATHS, TEXTS, Source, Use, files_in, read_source
from .strings import strings

__all__ = [
    "FORMATS",
    "IDS",
    "PATHS",
    "TEXTS",
    "Scan",
    "Source",
    "Use",
    "files_in",
    "read_all",
    "read_source",
    "scan",
    "uses_in",
]

_KINDS = "|".join(ENTITY_TYPES)
_ID = rf"(?:{_KINDS}):[a-z0-9]+(?:-[a-z0-9]+)*"
_WHOLE = re.compile(_ID)
#: An id in a text, apart from what stands around it: no part of an address, a path or a word.
_INSIDE = re.compile(rf"(?<![\w:/.@-]){_ID}(?![\w:/@-]|\.\w)")


@dataclass(frozen=True)
class Scan:
    """What a look through some files found: uses of ids, and files that could not be read."""

    uses: tuple[Use, ...]
    findings: tuple[Finding, ...]
    files: int


def uses_in(
    source: Source,
    known: Callable[[str], bool],
    columns: Sequence[str] = (),
    delimiter: str | None = None,
) -> tuple[Use, ...]:
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
    if source.format == "sqlite":
        return tuple(in_database(source.path, columns))
    chosen = False
    if source.format == "csv":
        values, chosen = cells(source, columns, delimiter)
    elif source.format == "yaml":
        values = [*scalars(source)]
    else:
        values = [*strings(source)]
    found: list[Use] = []
    for start, text in values:
        if _WHOLE.fullmatch(text) or (chosen and text):
            found.append(Use(text, source.place(start), True, start))
            continue
        for match in _INSIDE.finditer(text):
            if known(match[0]):
                at = start + match.start()
                found.append(Use(match[0], source.place(at), False, at))
    return tuple(found)


def scan(
    paths: Iterable[Path],
    known: Callable[[str], bool],
    columns: Sequence[str] = (),
    delimiter: str | None = None,
) -> Scan:
    """Look through files and folders; what cannot be read is a finding, and the rest goes on."""
    findings: list[Finding] = []
    found = [uses for _, uses in read_all(paths, known, findings, columns, delimiter)]
    return Scan(tuple(use for uses in found for use in uses), tuple(findings), len(found))


def read_all(
    paths: Iterable[Path],
    known: Callable[[str], bool],
    findings: list[Finding],
    columns: Sequence[str] = (),
    delimiter: str | None = None,
) -> Iterator[tuple[Source, tuple[Use, ...]]]:
    """Each file that can be read, with its uses; each that cannot is added to `findings`."""
    for path, folder in files_in(paths):
        try:
            source = read_source(path, folder)
            yield source, uses_in(source, known, columns, delimiter)
        except InvalidData as error:
            findings += error.findings
        except UnreadableFile as error:
            place = Place(str(path))
            findings.append(Finding.of(problems.UNREADABLE, place, reason=error.reason))
