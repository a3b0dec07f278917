"""
What the explorer shows, compiled: the page only draws it, crosses links and follows rules.

A text stands once, in `strings`; cards and lines of search name it by its number.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Protocol, cast

from ..canonical import Json
from ..cards import Card, Item, Reference
from ..crossref import Network
from ..crossref.about import About
from ..grants import grant
from ..grants.answers import REASONS
from ..languages import BASES, LANGUAGES, MODALITIES, STRENGTHS, Language, Phrase
from ..models import (
    ENTITY_TYPES,
    Aid,
    Bonus,
    Bracket,
    Citation,
    CitedDate,
    Deadline,
    Rule,
)
from ..policy import PolicyVersion, lineages_of, records_of
from ..release import LICENCE, NOTICE
from ..search import SearchIndex
from ..timeline import Moment

__all__ = ["compiled"]


class _Told(Protocol):
    """What tells itself in a language."""

    def text(self, lang: Language, /) -> str: ...


class _Strings:
    """Texts, each once."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def at(self, text: str) -> int:
        """The number of a text."""
        return self.numbers.setdefault(text, len(self.numbers))

    def card(self, card: Card) -> list[Json]:
        """A card by the numbers of its texts."""
        return [
            self.at(card.title),
            self.at(card.id),
            [self.at(text) for text in card.lead],
            [
                [
                    self.at(section.title),
                    [self._item(item) for item in section.items],
                    [[self.at(cell) for cell in row] for row in section.table],
                ]
                for section in card.sections
            ],
            [self.at(text) for text in card.notes],
        ]

    def _item(self, item: Item) -> list[Json]:
        return [
            self.at(item.text),
            self.at(item.id),
            self.at(item.mark),
            self.places(item.places),
            [self._item(below) for below in item.below],
        ]

    def places(self, places: Sequence[Reference]) -> list[Json]:
        """Places by the numbers of their texts and addresses."""
        return [[self.at(place.text), self.at(place.url)] for place in places]


def compiled(policy: PolicyVersion) -> dict[str, Json]:
    """Everything that the explorer shows of a version, in both languages."""
    records, strings = records_of(policy), _Strings()
    network = Network(records)
    every = policy.entities(deprecated=True)
    numbers = {one.id: at for at, one in enumerate(every)}
    documents = {id: at for at, id in enumerate(policy.documents)}

    def places(citations: Sequence[Citation]) -> list[Json]:
        return strings.places([records.documents[c.document].place(c) for c in citations])

    pages = [About(records, network, one.id) for one in every]
    cards: dict[str, Json] = {
        lang: [strings.card(page.card(lang)) for page in pages] for lang in LANGUAGES
    }
    links: list[Json] = [
        [
            numbers[link.source],
            link.relation,
            numbers[link.target],
            link.basis,
            link.modality,
            places(link.citations),
            _both(link.rationale),
        ]
        for link in policy.links
    ]
    things: list[Json] = [
        [
            one.id,
            one.label.fr,
            one.label.text("en"),
            one.acronym,
            numbers[one.part_of] if one.part_of else None,
            one.status == "active",
            sorted({documents[cited.document] for cited in one.citations}),
            strings.at(policy.cite(one).paragraph()) if one.status == "active" else None,
        ]
        for one in every
    ]
    index = SearchIndex((records.parsed[id] for id in records.ids()), records.neighbours)
    search = cast("dict[str, Json]", index.to_dict())
    lines = cast("list[tuple[int, str, str, str]]", search.pop("lines"))
    order = [numbers[id] for id in cast("list[str]", search.pop("ids"))]
    search["lines"] = [
        [order[entity], where, lang, strings.at(text)] for entity, where, lang, text in lines
    ]
    search["neighbours"] = [
        [numbers[other] for other in dict.fromkeys(records.neighbours(one.id))] for one in every
    ]
    return {
        "version": policy.version,
        "digest": policy.digest,
        "licence": LICENCE,
        "notice": _phrase(NOTICE),
        "documents": [one.title for one in policy.documents.values()],
        "kinds": [
            [kind, [*model.noun.fr], [*model.noun.en]] for kind, model in ENTITY_TYPES.items()
        ],
        "relations": {
            name: [_both(relation.label), _both(relation.inverse_label)]
            for name, relation in policy.relations.items()
        },
        "words": {
            "strengths": {name: _phrase(one) for name, one in STRENGTHS.items()},
            "bases": {name: _phrase(one) for name, one in BASES.items()},
            "modalities": {name: _phrase(one) for name, one in MODALITIES.items()},
            "reasons": {name: _phrase(one) for name, one in REASONS.items()},
        },
        "things": things,
        "links": links,
        "disputes": [
            [numbers[one.id], [numbers[about] for about in one.about]]
            for one in policy.discrepancies
            if one.weight == "substantive"
        ],
        "moments": [_moment(one, numbers) for one in policy.timeline()],
        "aids": [_rule(lineage, numbers) for lineage in lineages_of(policy)],
        "applicants": [numbers[one.id] for one in policy.applicants()],
        "search": search,
        "cards": cards,
        "strings": list(strings.numbers),
    }


def _both(text: _Told | None) -> Json:
    """A text in French and English."""
    return None if text is None else [text.text("fr"), text.text("en")]


def _phrase(phrase: Phrase) -> Json:
    """A phrase with its fields in braces, in French and English."""
    return [phrase.fr, phrase.en]


def _moment(moment: Moment, numbers: Mapping[str, int]) -> Json:
    return [
        moment.date.text,
        str(moment.date.first),
        str(moment.date.last),
        moment.sort,
        numbers[moment.entity.id],
        moment.text("fr"),
        moment.text("en"),
    ]


def _rule(lineage: Sequence[Aid], numbers: Mapping[str, int]) -> Json:
    """What the first aid asks and grants, with what it has from those that hold it."""
    aid, whole = lineage[0], grant(lineage, None)
    return {
        "aid": numbers[aid.id],
        "eligible": [
            {
                "who": numbers[entry.who],
                "below": _number(entry.population_below),
                "of": entry.population_of,
                "condition": _both(entry.condition),
            }
            for entry in aid.eligible
        ],
        "brackets": [
            {
                "label": _both(bracket.label),
                "from": _number(bracket.cost_from),
                "above": _number(bracket.cost_above),
                "to": _number(bracket.cost_to),
                "rate": _number(bracket.rate),
                "rate_from": _number(bracket.rate_from),
                "ceiling": _number(bracket.ceiling),
                "words": _words(bracket),
            }
            for bracket in aid.brackets
        ],
        "days": [
            [_days(one.opens), _days(one.closes)] for one in lineage if one.opens or one.closes
        ],
        "closes": whole.closes.text if whole.closes else None,
        "url": whole.url,
        "bonuses": [_words(one) for one in whole.bonuses],
        "rules": [_words(one) for one in whole.rules],
        "deadlines": [_words(one) for one in whole.deadlines],
    }


def _number(value: Decimal | None) -> Json:
    """A number as a text, so that nothing of it is lost."""
    return None if value is None else f"{value:f}"


def _days(found: CitedDate | None) -> Json:
    """The first and the last day that a date may mean."""
    return [str(found.date.first), str(found.date.last)] if found else None


def _words(one: Bonus | Bracket | Deadline | Rule) -> Json:
    return [one.words("fr"), one.words("en")]
