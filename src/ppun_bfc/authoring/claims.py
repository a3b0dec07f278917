"""
What each record claims that a source says: the phrases to look for, and what they must say.

Claims are found by the types of fields, so that a new field or kind is checked like any other.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

from ..models import Citation, EdtfDate, Entity, Link
from ..models.walk import Path, Said, said

__all__ = ["Claim", "Sort", "claims"]

Sort: TypeAlias = Literal["label", "acronym", "figure", "date", "anchor", "section"]


@dataclass(frozen=True)
class Claim:
    """
    A phrase that stands in a source.

    Attributes:
        record: the id of the entity, or the three parts of a link.
        field: where in the record it stands.
        sort: what it is.
        text: the phrase; None where a citation has no anchor and nothing else to look for.
        citations: the places of which one must have it; for an anchor or section, the very place.
        exact: whether apostrophes and quotation marks must be as printed.

    """

    record: str
    field: str
    sort: Sort
    text: str | None
    citations: tuple[Citation, ...]
    exact: bool


@dataclass(frozen=True)
class Reading:
    """
    Phrases that together say some numbers or dates.

    Attributes:
        record: the id of the entity.
        field: where the phrases stand.
        phrases: the phrases.
        numbers: the numbers that they must give, whatever the order.
        dates: the date that they must give.
        unit: the unit that they must name, if they name one.

    """

    record: str
    field: str
    phrases: tuple[str, ...]
    numbers: tuple[Decimal, ...]
    dates: tuple[EdtfDate, ...]
    unit: str | None


def claims(record: Entity | Link) -> Iterator[Claim | Reading]:
    """Everything that a record claims, also in the records inside it."""
    named = record.id if isinstance(record, Entity) else " ".join(record.key)
    for part in said(record):
        yield from _phrases(named, part)
        yield from _places(named, part)
        if part.written and (part.numbers or part.dates):
            where = _field(part.written[0][0][: len(part.path) + 1])
            unit = getattr(part.record, "unit", None)
            phrases = tuple(text for _, text in part.written)
            yield Reading(named, where, phrases, part.numbers, part.dates, unit)


def _phrases(named: str, part: Said) -> Iterator[Claim]:
    for where, text in part.names:
        sort: Sort = "acronym" if where[-1] == "acronym" else "label"
        field = where[:-1] if where[-1] == "fr" else where
        yield Claim(named, _field(field), sort, text, part.citations, exact=True)
    for where, text in part.written:
        dated: Sort = "date" if part.dates else "figure"
        yield Claim(named, _field(where), dated, text, part.citations, exact=True)


def _places(named: str, part: Said) -> Iterator[Claim]:
    """Every anchor and section; without an anchor, the phrase itself stands in the place."""
    shown = next((text for _, text in (*part.names, *part.written)), None)
    for position, citation in enumerate(part.citations):
        where = _field((*part.path, "citations", position))
        text = citation.anchor or shown
        yield Claim(named, f"{where}.anchor", "anchor", text, (citation,), exact=False)
        if title := citation.section:
            yield Claim(named, f"{where}.section", "section", title, (citation,), exact=False)


def _field(path: Path) -> str:
    return ".".join(map(str, path))
