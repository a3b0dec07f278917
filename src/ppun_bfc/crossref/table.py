"""A matrix as plain text, in bands that fit a width."""

import itertools
from collections.abc import Sequence

from ..languages import wrap

__all__ = ["Table", "as_text"]

#: The texts of a header and of each row; the first of each is its name.
Table = Sequence[Sequence[str]]

#: The width that the names of rows and the columns have, unless a word in them is longer.
_ROW_NAME, _COLUMN = 32, 10
_GAP = "  "


def as_text(table: Table, width: int) -> str:
    """
    The table in bands of as many columns as fit in `width`; no word is broken.

    >>> print(as_text([["", "SRDEII"], ["Inclusion", "énoncé"]], 40))
                   SRDEII
    -------------  ----------
    Inclusion      énoncé
    """
    least = [max(map(_longest_word, column)) for column in zip(*table, strict=True)]
    name = max(least[0], min(_ROW_NAME, width // 3))
    widths = [name, *(max(word, _COLUMN) for word in least[1:])]
    bands: list[list[int]] = [[]]
    for column in range(1, len(widths)):
        used = sum(widths[at] + len(_GAP) for at in (0, *bands[-1]))
        if bands[-1] and used + widths[column] > width:
            bands.append([])
        bands[-1].append(column)
    return "\n\n".join(_band(table, widths, [0, *band]) for band in bands)


def _longest_word(text: str) -> int:
    return max(map(len, wrap(text, 1)), default=0)


def _band(table: Table, widths: Sequence[int], columns: Sequence[int]) -> str:
    lines: list[str] = []
    for number, row in enumerate(table):
        wrapped = [wrap(row[at], widths[at]) for at in columns]
        for texts in itertools.zip_longest(*wrapped, fillvalue=""):
            cells = (f"{text:<{widths[at]}}" for at, text in zip(columns, texts, strict=True))
            lines.append(_GAP.join(cells).rstrip())
        if number == 0:
            lines.append(_GAP.join("-" * widths[at] for at in columns))
    return "\n".join(lines)
