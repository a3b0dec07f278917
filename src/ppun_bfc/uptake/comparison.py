"""What is done under the policy, by two kinds at once, and under two versions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from ..canonical import Json
from ..cards import Card, Section, Shown
from ..errors import UnknownId, nearest
from ..languages import Language, Phrase, euros
from ..models import ENTITY_TYPES, Entity
from ..release import NOTICE
from ..vocabulary import Kind
from .answer import AMOUNT, FULL, SPLIT, TITLE, Line, Rule, Uptake, count_words, money_words

__all__ = ["Crossed", "CrossedCell", "Shift", "ShiftLine"]

_SHIFT = Phrase(
    "What counts otherwise under the other version ({count})",
    "Ce qui compte autrement sous l’autre version ({count})",
)


class CrossedCell(NamedTuple):
    """How many items count for both, and what they come to; None where that is not shown."""

    items: int | None
    cents: int | None


@dataclass(frozen=True, repr=False)
class Crossed(Shown):
    """
    A matrix of counts and amounts.

    Attributes:
        version: the version of the policy.
        by: the kinds of its rows and columns.
        rule: "full" or "split".
        rows: its rows.
        columns: its columns.
        items: how many items there are.
        outside: how many count for no cell.

    """

    version: str
    by: tuple[Kind, Kind]
    rule: Rule
    rows: tuple[Entity, ...]
    columns: tuple[Entity, ...]
    _cells: Mapping[tuple[str, str], CrossedCell] = field(hash=False)
    _nothing: int | None
    items: int | None
    outside: int | None

    def cell(self, row: str, column: str) -> CrossedCell:
        """
        One cell.

        Raises:
            UnknownId: where there is no such row or column.

        """
        for id, side in ((row, self.rows), (column, self.columns)):
            known = [one.id for one in side]
            if id not in known:
                raise UnknownId(id, self.version, nearest(id, known))
        return self._cells.get((row, column), CrossedCell(0, self._nothing))

    def to_dict(self) -> dict[str, Json]:
        """The matrix as JSON; only cells that something counts for."""
        return {
            "version": self.version,
            "by": list(self.by),
            "rule": self.rule,
            "cells": [
                {"row": row, "column": column, "items": cell.items, "cents": cell.cents}
                for (row, column), cell in self._cells.items()
            ],
            "items": self.items,
            "outside": self.outside,
        }

    def table(self, lang: Language = "fr") -> list[list[str]]:
        """Texts of the header and of each row."""
        head = ["", *(one.acronym or one.label.text(lang) for one in self.columns)]
        return [head] + [
            [row.label.text(lang), *(self._told(row, column, lang) for column in self.columns)]
            for row in self.rows
        ]

    def _told(self, row: Entity, column: Entity, lang: Language) -> str:
        cell = self._cells.get((row.id, column.id))
        if cell is None:
            return ""
        if cell.items is None or cell.cents is None:
            return count_words(cell.items, lang)
        return f"{cell.items} – {euros(Decimal(cell.cents) / 100, lang)}"

    def card(self, lang: Language = "fr") -> Card:
        """What a person is shown of it."""
        kinds = " × ".join(ENTITY_TYPES[kind].noun.text(lang) for kind in self.by)
        table = tuple(map(tuple, self.table(lang)))
        note = (FULL if self.rule == "full" else SPLIT).text(lang)
        return Card(
            TITLE.text(lang, kind=kinds), f"PPUN-BFC {self.version}",
            sections=(Section("", table=table),), notes=(note, NOTICE.text(lang)),
        )  # fmt: skip

    def __repr__(self) -> str:
        return f"<Crossed {len(self.rows)} × {len(self.columns)} of {self.version}: {self.items} items>"


# -- two versions --------------------------------------------------------------------------------


class ShiftLine(NamedTuple):
    """What counts for one thing under two versions; None where one of them has no such thing."""

    key: str
    before: Line | None
    after: Line | None


@dataclass(frozen=True, repr=False)
class Shift(Shown):
    """The same items under two versions of the policy."""

    before: Uptake
    after: Uptake

    @property
    def lines(self) -> tuple[ShiftLine, ...]:
        """The lines whose counts or amounts differ; those of the later version first."""
        old = {line.key: line for line in self.before.lines}
        new = {line.key: line for line in self.after.lines}
        pairs = (ShiftLine(key, old.get(key), new.get(key)) for key in {**new, **old})
        return tuple(pair for pair in pairs if _counts(pair.before) != _counts(pair.after))

    def to_dict(self) -> dict[str, Json]:
        """The answer as JSON: both counts, and the keys of the lines that differ."""
        return {
            "before": self.before.to_dict(),
            "after": self.after.to_dict(),
            "differ": [line.key for line in self.lines],
        }

    def table(self, lang: Language = "fr") -> list[list[str]]:
        """Texts of the header and of each line that differs."""
        noun = ENTITY_TYPES[self.after.by].noun.text(lang).capitalize()
        versions = [self.before.version, self.after.version]
        amounts = [f"{AMOUNT.text(lang)}, {version}" for version in versions]
        head = [noun, *versions, *(amounts if self.after.cents is not None else [])]
        body: list[list[str]] = []
        for _, before, after in self.lines:
            told = after or before
            assert told is not None
            row = [told.headline(lang)]
            row += [count_words(line.items, lang) if line else "–" for line in (before, after)]
            if self.after.cents is not None:
                row += [money_words(line.cents, lang) if line else "–" for line in (before, after)]
            body.append(row)
        return [head, *body]

    def card(self, lang: Language = "fr") -> Card:
        """What a person is shown of it."""
        table = tuple(map(tuple, self.table(lang)))
        title = _SHIFT.text(lang, count=len(self.lines))
        versions = f"PPUN-BFC {self.before.version} → {self.after.version}"
        sections = (Section("", table=table),) if self.lines else ()
        return Card(title, versions, sections=sections, notes=(NOTICE.text(lang),))

    def __repr__(self) -> str:
        return f"<Shift {self.before.version} → {self.after.version}: {len(self.lines)} lines>"


def _counts(line: Line | None) -> tuple[int | None, int | None]:
    return (0, 0) if line is None else (line.items, line.cents or 0)
