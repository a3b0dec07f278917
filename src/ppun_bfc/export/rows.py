"""Rows of texts as CSV and Markdown, for spreadsheets and for what one writes."""

import csv
import io
from collections.abc import Sequence

from ..languages import in_markdown

__all__ = ["as_csv", "as_markdown"]

Rows = Sequence[Sequence[str]]


def as_csv(header: Sequence[str], rows: Rows) -> str:
    r"""
    The rows as CSV (RFC 4180); what begins like a formula is left as it is.

    >>> as_csv(["id", "label"], [["a:b", "so, so"]])
    'id,label\r\na:b,"so, so"\r\n'
    """
    made = io.StringIO(newline="")
    csv.writer(made).writerows([header, *rows])
    return made.getvalue()


def as_markdown(header: Sequence[str], rows: Rows) -> str:
    r"""
    The rows as a Markdown table.

    >>> as_markdown(["a", "b"], [["1 | 2", "*"]])
    '| a | b |\n| --- | --- |\n| 1 \\| 2 | \\* |\n'
    """
    lines = [header, ["---"] * len(header), *([in_markdown(cell) for cell in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
