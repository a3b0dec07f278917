"""The cells of CSV files, each with where it begins."""

import re
from collections.abc import Sequence

from .. import problems
from ..errors import InvalidData, Place
from .sources import Source

__all__ = ["cells"]


def cells(
    source: Source, columns: Sequence[str], delimiter: str | None
) -> tuple[list[tuple[int, str]], bool]:
    """The cells of a CSV file with their places, and whether they are those of chosen columns."""
    mark = _delimiter(source) if delimiter is None else delimiter
    if len(mark) != 1 or mark in '"\r\n':
        raise InvalidData.of(problems.BAD_DELIMITER, Place(str(source.path)), value=mark)
    rows = _rows(source.text, mark)
    names = [text for _, text in rows[0]]
    # A name with a point that is no column here is one of a database.
    wanted = [name for name in columns if name in names or "." not in name]
    for name in wanted:
        if name not in names:
            raise _no_column(str(source.path), name, names, mark)
    if not wanted:
        return [cell for row in rows for cell in row], False
    positions = {names.index(name) for name in wanted}
    chosen = [cell for row in rows[1:] for at, cell in enumerate(row) if at in positions]
    return chosen, True


def _no_column(place: str, name: str, names: Sequence[str], mark: str) -> InvalidData:
    return InvalidData.of(
        problems.NO_COLUMN, Place(place), name=name, names=", ".join(names)[:200], delimiter=mark
    )


def _rows(text: str, mark: str) -> list[list[tuple[int, str]]]:
    plain = rf"[^{re.escape(mark)}\r\n]*"
    cell = re.compile(rf'"(?P<q>(?:""|[^"])*+)"{plain}|(?P<p>{plain})')
    line_end = re.compile(r"\r?\n|\r")
    rows: list[list[tuple[int, str]]] = [[]]
    at = len(text) - len(text.removeprefix("\ufeff"))
    while True:
        match = cell.match(text, at)
        assert match is not None  # it matches no text, too
        group = match.lastgroup or "p"
        value = match[group]
        blank = len(value) - len(value.lstrip())
        rows[-1].append((match.start(group) + blank, value.strip()))
        at = match.end()
        if end := line_end.match(text, at):
            rows.append([])
            at = end.end()
        elif text.startswith(mark, at):
            at += 1
        else:
            return rows


def _delimiter(source: Source) -> str:
    """What parts the cells: the likeliest mark of the first line."""
    first = source.text.partition("\n")[0]
    return max(",;\t|", key=first.count)
