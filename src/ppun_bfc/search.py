"""Find entities by words, whatever their case and accents."""

import re
import unicodedata
from collections.abc import Iterable

from .canonical import ParsedEntity

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
    """The folded texts of some parsed entities, in the order in which they were given."""

    def __init__(self, entities: Iterable[ParsedEntity]) -> None:
        self._rows = [(entity["id"], *_texts(entity)) for entity in entities]

    def find(self, text: str) -> tuple[str, ...]:
        """
        The ids of the entities in which every word of `text` begins a word, best first.

        A whole name or acronym comes first, then a name that holds the words together, then names
        that hold them apart, then other texts; of equals the shortest name, then official order.
        """
        wanted = fold(text)
        words = wanted.split()
        if not words:
            return ()
        ranked: list[tuple[tuple[int, int], int, str]] = []
        for position, (id, names, rest) in enumerate(self._rows):
            everything = f" {' '.join(names)} {rest}"
            if all(f" {word}" in everything for word in words):
                ranked.append((_rank(wanted, words, names), position, id))
        ranked.sort(key=lambda row: row[:2])
        return tuple(id for _, _, id in ranked)


def _rank(wanted: str, words: list[str], names: list[str]) -> tuple[int, int]:
    """How well the names match, and how long the one is that matches best."""
    if wanted in names:
        return 0, 0
    if found := [len(name) for name in names if f" {wanted}" in f" {name}"]:
        return 1, min(found)
    if found := [len(n) for n in names if all(f" {word}" in f" {n}" for word in words)]:
        return 2, min(found)
    return 3, 0


def _texts(entity: ParsedEntity) -> tuple[list[str], str]:
    labels = [entity["label"], *(wording["label"] for wording in entity.get("wordings", ()))]
    names = [name for label in labels for name in (label["fr"], label.get("en")) if name]
    own = (entity.get("acronym"), entity.get("notation"), entity["id"].partition(":")[2])
    names += [name for name in own if name]
    summary = entity.get("summary", {})
    rest = [summary[lang] for lang in ("fr", "en") if lang in summary]
    rest += [value for _, value in entity.get("codes", ())]
    return [fold(name) for name in names], fold(" ".join(rest))
