"""What a search gives: things, each with why it was found."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Self

from ..canonical import Json
from ..cards import Card, Item, Listed, Section
from ..languages import Language, Phrase
from ..models import Entity
from ..records import Records
from .index import Found

__all__ = ["Hit", "Hits"]

#: So many letters of a text are shown around the first word that counts.
_BEFORE, _AFTER = 40, 110


@dataclass(frozen=True)
class Hit(Found):
    """
    One thing that was found, and why.

    Attributes:
        id: its id.
        score: how well it fits what was asked; it compares hits of one search only.
        where: the field that says so best, such as "label", "summary" or "as_written"; "hidden"
            where people say so and no source does.
        lang: the language of that field; "" where it has none.
        text: what stands there.
        spans: where in it the words that count are, as (first, past the last) letters.

    """

    _records: Records = field(repr=False, compare=False)

    @property
    def entity(self) -> Entity:
        """The thing itself."""
        return self._records.entity(self.id)

    def snippet(self, before: str = "**", after: str = "**") -> str:
        """
        The text around the words that count, which stand between two marks.

        Nothing is escaped: a caller that writes markup escapes the text itself, by `spans`.
        """
        first = self.spans[0][0] if self.spans else 0
        start = max(0, first - _BEFORE)
        start = self.text.rfind(" ", 0, start) + 1 if start else 0
        end = min(len(self.text), max(first + _AFTER, start))
        end = (
            len(self.text)
            if end == len(self.text)
            else max(self.text.rfind(" ", start, end), start)
        )
        told, at = "…" if start else "", start
        for one, other in self.spans:
            if start <= one and other <= end:
                told += f"{self.text[at:one]}{before}{self.text[one:other]}{after}"
                at = other
        return f"{told}{self.text[at:end]}{'…' if end < len(self.text) else ''}"

    def why(self, lang: Language = "fr", before: str = "**", after: str = "**") -> str:
        """The snippet; words that no source has, since people only say so, are told as such."""
        words = self.snippet(before, after)
        return _SAID.text(lang, words=words) if self.where == "hidden" else words

    def to_dict(self, lang: Language = "fr") -> dict[str, Json]:
        """The hit as JSON."""
        return {
            "id": self.id,
            "label": self._records.name(self.id, lang),
            "score": self.score,
            "where": self.where,
            "lang": self.lang,
            "snippet": self.snippet(),
            "spans": [list(span) for span in self.spans],
            "text": self.text,
        }

    def __repr__(self) -> str:
        return f"<Hit {self.id} {self.score:.2f}, {self.where}>"


class Hits(Listed[Hit]):
    """
    What was found, best first.

    `asked` is the text that was searched for; `total` how many there are, also past the limit.
    """

    asked: str
    total: int

    def __new__(cls, asked: str, found: "list[Found]", records: Records, limit: int | None) -> Self:
        """Make the answer; what is found stands in order."""
        shown = found if limit is None else found[:limit]
        self = super().__new__(cls, (Hit(**vars(one), _records=records) for one in shown))
        kinds = Counter(one.id.partition(":")[0] for one in found)
        for name, value in (("asked", asked), ("total", len(found)), ("_kinds", kinds)):
            object.__setattr__(self, name, value)
        return self

    @property
    def kinds(self) -> Mapping[str, int]:
        """How many there are of each kind, also past the limit."""
        return MappingProxyType(self.__dict__["_kinds"])

    @property
    def entities(self) -> tuple[Entity, ...]:
        """The things themselves."""
        return tuple(hit.entity for hit in self)

    def card(self, lang: Language = "fr") -> Card:
        """What a person is shown of it: each thing, and the words that were found."""
        items = tuple(
            Item(
                one.entity.headline(lang),
                one.id,
                below=() if one.where in _NAMED else (Item(one.why(lang, "«", "»")),),
            )
            for one in self
        )
        title = _FOUND.text(lang, count=self.total, asked=self.asked)
        rest = self.total - len(self)
        notes = (_REST.text(lang, count=rest),) if rest else ()
        return Card(title, sections=(Section("", items),) if items else (), notes=notes)

    def __repr__(self) -> str:
        first = ", ".join(hit.id for hit in self[:3])
        return (
            f"<Hits {self.total} for {self.asked[:40]!r}: {first}{'…' if len(self) > _FEW else ''}>"
        )


_FEW = 3
#: Where what is found is shown already.
_NAMED = ("label", "acronym", "id", "kind", "notation")
_SAID = Phrase("people say: {words}", "on dit\u00a0: {words}")
_FOUND = Phrase("{count} found for “{asked}”", "{count} pour « {asked} »")
_REST = Phrase(
    "{count} more: ask with a higher limit.", "{count} autres : demander une limite plus haute."
)
