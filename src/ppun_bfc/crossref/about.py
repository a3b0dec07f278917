"""Everything that concerns one thing, on one page; each part is worked out when it is asked for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from ..canonical import Json
from ..cards import Card, Item, Listed, Reference, Section, Shown
from ..languages import BASES, MODALITIES, Language, Phrase, day_words
from ..models import (
    ENTITY_TYPES,
    Aid,
    Citation,
    Discrepancy,
    Entity,
    Event,
    Figure,
    Link,
    Relation,
)
from ..once import Immutable
from ..records import Records

if TYPE_CHECKING:
    from .network import Network

__all__ = ["About", "Related", "disputes", "strength_words"]


@dataclass(frozen=True)
class Related:
    """
    The links of one thing by one relation, in one direction.

    Attributes:
        relation: the relation.
        name: its name in this direction: of what leads to the thing, the inverse.
        direction: "out" where the links start from the thing, "in" where they lead to it.
        links: the links.
        entities: the other end of each, in the same order.

    """

    relation: Relation
    name: str
    direction: str
    links: tuple[Link, ...]
    entities: tuple[Entity, ...]

    def label(self, lang: Language = "fr") -> str:
        """The relation in words, from the thing on."""
        told = self.relation.label if self.direction == "out" else self.relation.inverse_label
        return told.text(lang)

    def __iter__(self) -> Iterator[tuple[Link, Entity]]:
        return iter(zip(self.links, self.entities, strict=True))

    def __len__(self) -> int:
        return len(self.links)


class About(Immutable, Shown):
    """
    Everything that concerns one thing.

    Attributes:
        entity: the thing itself.
        version: the version that was asked.

    Two are equal where they tell the same.

    """

    __slots__ = ("_network", "_records", "entity", "version")
    entity: Entity
    version: str
    _records: Records
    _network: "Network"

    def __init__(self, records: Records, network: "Network", id: str) -> None:
        for name, value in (
            ("_records", records),
            ("_network", network),
            ("entity", records.entity(id)),
            ("version", records.version),
        ):
            object.__setattr__(self, name, value)

    def __reduce__(self) -> "tuple[type[About], tuple[Records, Network, str]]":
        return About, (self._records, self._network, self.id)

    @property
    def id(self) -> str:
        """The id of the thing."""
        return self.entity.id

    @property
    def ancestors(self) -> Listed[Entity]:
        """What it is a part of, nearest first."""
        return Listed(self._records.entities(self._network.ancestors(self.id)))

    @property
    def children(self) -> Mapping[str, Listed[Entity]]:
        """What is directly a part of it, by kind, in official order."""
        found: dict[str, list[Entity]] = {}
        for child in self._network.children(self.id):
            found.setdefault(child.partition(":")[0], []).append(self._records.entity(child))
        kinds = [kind for kind in ENTITY_TYPES if kind in found]
        return MappingProxyType({kind: Listed(found[kind]) for kind in kinds})

    @property
    def links(self) -> Mapping[str, Related]:
        """Its links by the name of their relation, those that lead to it by its inverse name."""
        groups: dict[tuple[str, str], list[Link]] = {}
        for link in self._records.links_of(self.id):
            # Of a link from the thing to itself there is one direction only.
            direction = "out" if link.source == self.id else "in"
            groups.setdefault((direction, link.relation), []).append(link)
        found: dict[str, Related] = {}
        for (direction, name), links in sorted(groups.items(), key=lambda one: one[0][0] == "in"):
            relation = self._records.relations[name]
            shown = name if direction == "out" else relation.inverse
            # What is its own inverse reads the same in both directions.
            before = found.get(shown)
            every = (*(before.links if before else ()), *links)
            ends = self._records.entities(link.other(self.id) for link in every)
            way = before.direction if before else direction
            found[shown] = Related(relation, shown, way, every, ends)
        return MappingProxyType(found)

    def _said(self, kind: str) -> Iterator[Entity]:
        parsed = cast("Mapping[str, Mapping[str, object]]", self._records.parsed)
        for id in self._records.ids(kind):
            if parsed[id].get("about") == self.id:
                yield self._records.entity(id)

    @property
    def figures(self) -> Listed[Figure]:
        """The figures about it."""
        return Listed(cast("Iterable[Figure]", self._said("figure")))

    @property
    def events(self) -> Listed[Event]:
        """The events about it, earliest first; those without a date come last."""
        found = cast("list[Event]", list(self._said("event")))
        return Listed(sorted(found, key=lambda event: (event.date is None, str(event.date))))

    @property
    def aids(self) -> Listed[Aid]:
        """The grant schemes that deliver it, or that are open to it, or that are a part of it."""
        ids = {
            link.source for link in self._records.links_of(self.id) if link.relation == "delivers"
        }
        ids |= {id for id in self._network.children(self.id) if id.startswith("aid:")}
        parsed = cast(
            "Mapping[str, Mapping[str, Sequence[Mapping[str, str]]]]", self._records.parsed
        )
        names = {self.id, *self._network.ancestors(self.id)}
        for id in self._records.ids("aid"):
            if any(entry["who"] in names for entry in parsed[id].get("eligible", ())):
                ids.add(id)
        ordered = [id for id in self._records.ids("aid") if id in ids and id != self.id]
        return Listed(cast("tuple[Aid, ...]", self._records.entities(ordered)))

    @property
    def disputes(self) -> Listed[Discrepancy]:
        """Where sources disagree about it, its figures or its events; what matters first."""
        return disputes(self._records, self.id, deep=True)

    @property
    def citations(self) -> tuple[Reference, ...]:
        """Where it stands in the sources, each place as a person finds it, with its address."""
        return self._places(self.entity.citations)

    def _places(self, citations: Iterable[Citation]) -> tuple[Reference, ...]:
        documents = self._records.documents
        return tuple(dict.fromkeys(documents[cited.document].place(cited) for cited in citations))

    def to_dict(self, lang: Language = "fr") -> dict[str, Json]:
        """The whole page as JSON: the record, and beside each id the name of what it is."""

        def named(entity: Entity) -> dict[str, Json]:
            return {"id": entity.id, "label": entity.label.text(lang)}

        links: dict[str, Json] = {
            name: [
                {
                    **named(end),
                    "direction": group.direction,
                    "basis": link.basis,
                    "modality": link.modality,
                    "citations": [cited.to_dict() for cited in link.citations],
                    "rationale": link.rationale.to_dict() if link.rationale else None,
                }
                for link, end in group
            ]
            for name, group in self.links.items()
        }
        return {
            "version": self.version,
            "entity": self.entity.to_dict(),
            "ancestors": [named(one) for one in self.ancestors],
            "children": {
                kind: [named(one) for one in found] for kind, found in self.children.items()
            },
            "links": links,
            "figures": [one.to_dict() for one in self.figures],
            "events": [one.to_dict() for one in self.events],
            "aids": [named(one) for one in self.aids],
            "disputes": [one.to_dict() for one in self.disputes],
            "citations": [{"text": place.text, "url": place.url} for place in self.citations],
        }

    def __eq__(self, other: object) -> bool:
        return isinstance(other, About) and self.to_dict() == other.to_dict()

    def __hash__(self) -> int:
        return hash((self.version, self.id))

    def __repr__(self) -> str:
        return f"<About {self.id} in {self.version}>"

    # -- shown -----------------------------------------------------------------------------------

    def card(self, lang: Language = "fr") -> Card:
        """What a person is shown of it."""
        whole = self.entity.card(lang, lambda one: self._records.name(one, lang))
        return Card(
            whole.title,
            whole.id,
            whole.lead,
            tuple(self._sections(lang, whole.sections)),
            whole.notes,
        )

    def _sections(self, lang: Language, own: Iterable[Section]) -> Iterator[Section]:
        if self.ancestors:
            yield Section(_PART_OF.text(lang), tuple(_item(one, lang) for one in self.ancestors))
        if self.disputes:
            yield Section(_DISPUTES.text(lang), tuple(_dispute(one, lang) for one in self.disputes))
        yield from own
        for kind, found in self.children.items():
            title = ENTITY_TYPES[kind].noun.text(lang, len(found)).capitalize()
            yield Section(f"{title} ({len(found)})", tuple(_item(one, lang) for one in found))
        for group in self.links.values():
            items = tuple(self._end(link, end, lang) for link, end in group)
            yield Section(group.label(lang).capitalize(), items)
        if self.figures:
            yield Section(
                ENTITY_TYPES["figure"].noun.text(lang, _MANY).capitalize(),
                tuple(
                    Item(
                        one.headline(lang),
                        one.id,
                        self._mark(one.id, lang),
                        self._places(one.citations),
                    )
                    for one in self.figures
                ),
            )
        if self.events:
            yield Section(
                ENTITY_TYPES["event"].noun.text(lang, _MANY).capitalize(),
                tuple(
                    Item(
                        f"{day_words(one.date.text, lang) if one.date else '—'} · {one.label.text(lang)}",
                        one.id,
                        self._mark(one.id, lang),
                        self._places(one.citations),
                    )
                    for one in self.events
                ),
            )
        if self.aids:
            yield Section(_AIDS.text(lang), tuple(_item(one, lang) for one in self.aids))
        # What is told of the thing itself stands in the list of places below.
        yield Section(
            _STANDS.text(lang), (Item(_IN.text(lang), places=self._places(self.entity.citations)),)
        )

    def _mark(self, id: str, lang: Language) -> str:
        return _DISPUTED.text(lang) if disputes(self._records, id) else ""

    def _end(self, link: Link, end: Entity, lang: Language) -> Item:
        below = (Item(link.rationale.text(lang)),) if link.rationale else ()
        mark = strength_words(link, lang)
        return Item(end.headline(lang), end.id, mark, self._places(link.citations), below)


_PART_OF = Phrase("Part of", "Fait partie de")
_DISPUTES = Phrase("Where sources disagree", "Désaccords entre les sources")
_DISPUTED = Phrase("disputed", "contesté")
_AIDS = Phrase("Grant schemes", "Aides")
_STANDS = Phrase("In the sources", "Dans les sources")
_IN = Phrase("It stands here:", "À ces endroits :")
_MINOR = Phrase("minor", "mineur")
#: The plural of a noun.
_MANY = 2


def strength_words(link: Link, lang: Language) -> str:
    """How a link is founded, and what the source commits to."""
    words = [BASES[link.basis].text(lang)]
    words += [MODALITIES[link.modality].text(lang)] if link.modality else []
    return ", ".join(words)


def _item(entity: Entity, lang: Language) -> Item:
    return Item(entity.headline(lang), entity.id)


def _dispute(one: Discrepancy, lang: Language) -> Item:
    mark = _MINOR.text(lang) if one.weight == "minor" else ""
    return Item(
        one.label.text(lang), one.id, mark, below=tuple(Item(r.words(lang)) for r in one.readings)
    )


def disputes(records: Records, id: str, *, deep: bool = False) -> Listed[Discrepancy]:
    """The discrepancies about a thing, deep also those about its figures and events; what matters first."""
    parsed = cast("Mapping[str, Mapping[str, object]]", records.parsed)
    ids = {id}
    if deep:
        ids |= {
            said
            for kind in ("figure", "event")
            for said in records.ids(kind)
            if parsed[said]["about"] == id
        }
    found = [
        cast("Discrepancy", records.entity(one))
        for one in records.ids("discrepancy")
        if ids.intersection(cast("Sequence[str]", parsed[one]["about"]))
    ]
    return Listed(sorted(found, key=lambda one: one.weight == "minor"))
