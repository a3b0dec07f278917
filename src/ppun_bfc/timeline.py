"""What is dated, in order: events, when grant schemes open and close, what is due in between."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias, cast

from .canonical import Json
from .cards import Card, Item, Listed, Section
from .languages import Language, Phrase, day_words
from .models import Aid, Citation, CitedDate, EdtfDate, Entity, Event
from .records import Records

__all__ = ["Moment", "Sort", "Timeline", "timeline"]

#: What a moment is: an event, the day an aid opens or closes, a day by which something is due, the
#: adoption of something, or the period for which it holds.
Sort: TypeAlias = Literal["event", "opens", "closes", "deadline", "adopted", "period"]

_SORTS: Mapping[Sort, Phrase] = {
    "event": Phrase("event", "événement"),
    "opens": Phrase("opens", "ouverture"),
    "closes": Phrase("closes", "clôture"),
    "deadline": Phrase("due", "échéance"),
    "adopted": Phrase("adopted", "adoption"),
    "period": Phrase("in force", "période"),
}
_TITLE = Phrase("Timeline", "Calendrier")
_NOTHING = Phrase("nothing is dated so", "rien n’est daté ainsi")


@dataclass(frozen=True)
class Moment:
    """
    Something dated.

    Attributes:
        date: as precise as its source.
        sort: what it is.
        entity: what is dated: an event, an aid, a scheme, a programme or the policy.
        about: the id of what an event is about; of all else, its own.
        citations: where the date stands.

    """

    date: EdtfDate
    sort: Sort
    entity: Entity
    about: str
    citations: tuple[Citation, ...]
    _said: tuple[str, str]

    def text(self, lang: Language = "fr") -> str:
        """What it is, in words."""
        return self._said[lang == "en"]

    def to_dict(self, lang: Language = "fr") -> dict[str, Json]:
        """The moment as JSON."""
        return {
            "date": str(self.date),
            "first": str(self.date.first),
            "last": str(self.date.last),
            "sort": self.sort,
            "id": self.entity.id,
            "about": self.about,
            "text": self.text(lang),
            "citations": [cited.to_dict() for cited in self.citations],
        }

    def __repr__(self) -> str:
        return f"<Moment {self.date} {self.sort} {self.entity.id}>"


class Timeline(Listed[Moment]):
    """Moments, earliest first."""

    def card(self, lang: Language = "fr") -> Card:
        """What a person is shown of it."""
        items = tuple(
            Item(f"{day_words(one.date.text, lang)} · {one.text(lang)}", one.entity.id)
            for one in self
        )
        return Card(
            _TITLE.text(lang), sections=(Section("", items or (Item(_NOTHING.text(lang)),)),)
        )

    def to_dict(self, lang: Language = "fr") -> list[dict[str, Json]]:
        """The moments as JSON."""
        return [moment.to_dict(lang) for moment in self]


def timeline(
    records: Records, start: date | None, end: date | None, sorts: Sequence[Sort] | None = None
) -> Timeline:
    """The moments that touch the days from `start` to `end`, both among them."""
    found = [
        moment
        for moment in _moments(records)
        if (sorts is None or moment.sort in sorts)
        and (start is None or moment.date.last >= start)
        and (end is None or moment.date.first <= end)
    ]
    return Timeline(
        sorted(found, key=lambda one: (one.date.first, one.date.last, one.entity.id, one.sort))
    )


def _moments(records: Records) -> Iterator[Moment]:
    for entity in records.entities(records.ids("event")):
        event = cast("Event", entity)
        if event.date is not None:
            said = (event.label.text("fr"), event.label.text("en"))
            yield Moment(event.date, "event", event, event.about, event.citations, said)
    for kind in ("aid", "scheme", "programme", "policy"):
        for entity in records.entities(records.ids(kind)):
            yield from _dated(entity)
            if isinstance(entity, Aid):
                for due in entity.deadlines:
                    label = entity.label
                    said = (f"{label.fr} : {due.text.fr}", f"{label.text('en')}: {due.text.en}")
                    yield Moment(due.date, "deadline", entity, entity.id, due.citations, said)


def _dated(entity: Entity) -> Iterator[Moment]:
    sorts: Iterable[Sort] = ("opens", "closes", "adopted", "period")
    for sort in sorts:
        found = getattr(entity, sort, None)
        if isinstance(found, CitedDate):
            said = (
                f"{entity.label.fr} : {_SORTS[sort].fr}",
                f"{entity.label.text('en')}: {_SORTS[sort].en}",
            )
            yield Moment(found.date, sort, entity, entity.id, found.citations, said)
