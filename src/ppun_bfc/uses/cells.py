"""The cells of CSV files as people have them, each with where it is spelled."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from .. import problems
from ..errors import InvalidData, Place
from .sql import doubled
from .values import Value

__all__ = ["Sheet", "cells"]

_MARKS = ";\t,|"
#: So many records tell what parts the cells, and where the header is.
_HEAD = 30
#: No record is longer; an opening quotation mark that is never closed ends here.
_LONGEST = 1 << 20
_SEP = re.compile(r"\ufeff?sep=(.)\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Sheet:
    """
    How a CSV file is laid out.

    Attributes:
        mark: what parts its cells.
        first: the position of the record with the names of its columns.
        positions: the columns that were chosen; None for all.

    """

    mark: str
    first: int
    positions: frozenset[int] | None


class Record(NamedTuple):
    """One record: its text, where it begins in the file, and the line on which it does."""

    text: str
    start: int
    line: int


def cells(
    lines: Iterable[str], place: str, columns: Sequence[str] = (), delimiter: str | None = None
) -> Iterator[tuple[Record, list[Value], bool]]:
    """
    The records of a CSV file that may hold ids, with their cells, and whether those were chosen.

    Args:
        lines: the lines of the file, each with its end.
        place: the file, for messages.
        columns: the columns to read; those of databases, with a point, are left aside.
        delimiter: what parts the cells; by default it is found out.

    Raises:
        InvalidData: where a column is not there, or the delimiter parts nothing.

    """
    records = iter(_records(lines))
    head = [record for _, record in zip(range(_HEAD), records, strict=False)]
    sheet = _sheet(head, place, columns, delimiter)
    for number, record in enumerate(_chain(head, records)):
        if sheet.positions is None:
            # Most records of a large file name nothing: they are not taken apart.
            if ":" in record.text:
                yield record, _cells(record, sheet.mark, ":"), False
        elif number > sheet.first and record.text.strip():
            found = _cells(record, sheet.mark)
            yield record, [cell for at, cell in enumerate(found) if at in sheet.positions], True


def _chain(head: Iterable[Record], rest: Iterator[Record]) -> Iterator[Record]:
    yield from head
    yield from rest


def _records(lines: Iterable[str]) -> Iterator[Record]:
    """Lines, put together where a quoted cell goes on over their end."""
    start = length = 0
    waiting: list[str] = []
    begun = (0, 1)
    is_open = False
    for line, text in enumerate(lines, 1):
        if not waiting:
            begun, length = (start, line), 0
            is_open = '"' in text and _is_open(text)
        elif text.count('"') % 2:
            is_open = not is_open
        waiting.append(text)
        start += len(text)
        length += len(text)
        if not is_open or length > _LONGEST:
            yield Record("".join(waiting), *begun)
            waiting = []
    if waiting:
        yield Record("".join(waiting), *begun)


_OPENING = re.compile(rf'(?:^|[{_MARKS}\r\n\ufeff])[ ]*+"')
_QUOTED = re.compile(r'(?:[^"]++|"")*+("?)')


def _is_open(text: str) -> bool:
    """Whether a quoted cell that began in the text goes on after it."""
    at = 0
    while match := _OPENING.search(text, at):
        run = _QUOTED.match(text, match.end())
        assert run is not None  # it matches no text, too
        if not run[1]:
            return True
        at = run.end()
    return False


@cache
def _cell(mark: str) -> re.Pattern[str]:
    plain = rf"[^{re.escape(mark)}\r\n]*+"
    return re.compile(rf'(?P<b>[ ]*+)(?:"(?P<q>(?:[^"]++|"")*+)"{plain}|(?P<p>{plain}))')


def _cells(record: Record, mark: str, holding: str = "") -> list[Value]:
    """The cells of a record in which a text stands."""
    text, found = record.text, list[Value]()
    if '"' not in text:
        start = record.start
        for cell in text.rstrip("\r\n").split(mark):
            if holding in cell:
                plain = cell.strip(" \t\ufeff")
                blank = cell.index(plain) if plain != cell else 0
                found.append(Value(plain, start + blank))
            start += len(cell) + 1
        return found
    at = len(text) - len(text.removeprefix("\ufeff"))
    while True:
        match = _cell(mark).match(text, at)
        assert match is not None  # it matches no text, too
        group = "p" if match["q"] is None else "q"
        raw = match[group]
        if holding in raw:
            blank = len(raw) - len(raw.lstrip())
            start = record.start + match.start(group) + blank
            found.append(
                doubled(raw.strip(), start, '"') if group == "q" else Value(raw.strip(), start)
            )
        at = match.end()
        if not text.startswith(mark, at):
            return found
        at += 1


def _sheet(
    head: Sequence[Record], place: str, columns: Sequence[str], delimiter: str | None
) -> Sheet:
    if delimiter is not None and (len(delimiter) != 1 or delimiter in '"\r\n'):
        raise InvalidData.of(problems.BAD_DELIMITER, Place(place), value=delimiter)
    said = _SEP.fullmatch(head[0].text) if head else None
    mark = delimiter or (said[1] if said else _likeliest(head))
    rows = [[_name(cell.text) for cell in _cells(record, mark)] for record in head]
    start = 1 if said else 0
    usual = Counter(map(len, rows[start:])).most_common(1)
    width = usual[0][0] if usual else 1
    wide = (n for n, row in enumerate(rows) if n >= start and len(row) == width and any(row))
    first = next(wide, start)
    given = {_name(column): column for column in columns}
    with_names = (
        n for n, row in enumerate(rows) if n >= start and any(name in row for name in given)
    )
    first = next(with_names, first)
    names = rows[first] if first < len(rows) else []
    # A name with a point that is no column here is one of a database.
    wanted = [name for name in given if name in names or "." not in name]
    for name in wanted:
        if name not in names:
            told = {"name": given[name], "names": ", ".join(names)[:200], "delimiter": mark}
            raise InvalidData.of(problems.NO_COLUMN, Place(place), **told)
    positions = frozenset(at for at, name in enumerate(names) if name in wanted)
    return Sheet(mark, first, positions if wanted else None)


def _name(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _likeliest(head: Sequence[Record]) -> str:
    """The mark by which most records have one number of cells, more than one."""

    def score(mark: str) -> tuple[float, int, int]:
        counts = [len(_cells(record, mark)) for record in head if record.text.strip()]
        usual = [(n, count) for count, n in Counter(counts).items() if count > 1]
        times, width = max(usual, default=(0, 1))
        return times / max(len(counts), 1), width, -_MARKS.index(mark)

    return max(_MARKS, key=score)
