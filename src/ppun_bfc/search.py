"""Find entities by words, whatever their case and accents."""

import re
import unicodedata
from collections.abc import Iterable

from .models import Entity

__all__ = ["SearchIndex", "fold"]


def fold(text: str) -> str:
    """
    Lower case, without accents, words apart by one space.

    >>> fold("L’Écosystème  CAPéCO")
    'l ecosysteme capeco'
    """
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE"))
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(re.findall(r"[a-z0-9]+", letters.casefold()))


class SearchIndex:
    """The folded texts of some entities, in the order in which they were given."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._rows = [(entity, *_texts(entity)) for entity in entities]

    def find(self, text: str) -> tuple[Entity, ...]:
        """
        Entities in which every word of `text` begins a word, best first.

        A whole name or acronym comes first, then a name that holds the words together, then names
        that hold them apart, then other texts; of equals the shortest name, then official order.
        """
        wanted = fold(text)
        words = wanted.split()
        if not words:
            return ()
        ranked = []
        for position, (entity, names, rest) in enumerate(self._rows):
            everything = f" {' '.join(names)} {rest}"
            if all(f" {word}" in everything for word in words):
                ranked.append((_rank(wanted, words, names), position, entity))
        ranked.sort(key=lambda row: row[:2])
        return tuple(entity for _, _, entity in ranked)


def _rank(wanted: str, words: list[str], names: list[str]) -> tuple[int, int]:
    """How well the names match, and how long the one is that matches best."""
    if wanted in names:
        return 0, 0
    if found := [len(name) for name in names if f" {wanted}" in f" {name}"]:
        return 1, min(found)
    if found := [len(n) for n in names if all(f" {word}" in f" {n}" for word in words)]:
        return 2, min(found)
    return 3, 0


def _texts(entity: Entity) -> tuple[list[str], str]:
    labels = [entity.label, *(wording.label for wording in entity.wordings)]
    names = [name for label in labels for name in (label.fr, label.en) if name]
    names += [name for name in (entity.acronym, entity.notation, entity.slug) if name]
    rest = [entity.summary.fr, entity.summary.en] if entity.summary else []
    rest += [value for _, value in entity.codes]
    return [fold(name) for name in names], fold(" ".join(rest))
