"""What is done under the policy, as an answer: printed, in a notebook, as rows and as JSON."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Literal, NamedTuple, TypeAlias

from ..canonical import Json
from ..cards import Card, Item, Section, Shown
from ..errors import UnknownId, WrongType, nearest
from ..languages import Language, Phrase, euros
from ..models import ENTITY_TYPES, Basis
from ..models.values import Name
from ..release import NOTICE
from ..vocabulary import Kind

__all__ = [
    "AMOUNT",
    "FULL",
    "SPLIT",
    "TITLE",
    "Followed",
    "Line",
    "Rule",
    "Sort",
    "Unknown",
    "Uptake",
    "count_words",
    "money_words",
]

#: How what an item comes to is counted where it counts for several things.
Rule: TypeAlias = Literal["full", "split"]
#: What a line is: a thing of the kind, or why items count for none.
Sort: TypeAlias = Literal["bucket", "none", "untagged", "unknown", "withdrawn"]

_A_KEY = Phrase(
    "an id, or a reason such as 'untagged'", "un identifiant, ou une raison comme « untagged »"
)
_HIDDEN = Phrase("few", "peu")
_RESTS: Mapping[str, Phrase] = MappingProxyType(
    {
        "none": Phrase("Tagged, under none of these", "Étiqueté, sous aucun de ceux-ci"),
        "untagged": Phrase("Not tagged", "Sans étiquette"),
        "unknown": Phrase("Unknown tags only", "Étiquettes inconnues seulement"),
        "withdrawn": Phrase("Withdrawn tags only", "Étiquettes retirées seulement"),
    }
)
TITLE = Phrase(
    "What is done under the policy, by {kind}", "Ce qui est fait sous la politique, par {kind}"
)
_NO_GROUP = Phrase("none", "aucun")
_ITEMS = Phrase("Items", "Éléments")
AMOUNT = Phrase("Amount", "Montant")
_ALL = Phrase("All items", "Tous les éléments")
_SUM = Phrase("Sum of the lines", "Somme des lignes")
_GAPS = Phrase("What nothing supports ({count})", "Ce que rien ne soutient ({count})")
_UNKNOWN = Phrase("Unknown tags", "Étiquettes inconnues")
_FOLLOWED = Phrase("Withdrawn tags", "Étiquettes retirées")
_MEAN = Phrase("perhaps {ids}", "peut-être {ids}")
_TO = Phrase("counted as {id}", "compté comme {id}")
_NOWHERE = Phrase("replaced by nothing", "remplacé par rien")
FULL = Phrase(
    "An item that counts for several counts in full for each: the lines come to more than all items.",
    "Un élément qui relève de plusieurs compte en entier pour chacun : les lignes dépassent le total.",
)
SPLIT = Phrase(
    "What an item comes to is shared equally among those that it counts for; its count is not.",
    "Le montant d’un élément est partagé également entre ceux dont il relève ; son nombre ne l’est pas.",
)
_BASIS = Phrase(
    "What counts by a derived link or an aid only",
    "Ce qui ne compte que par un lien déduit ou une aide",
)
_DERIVED = Phrase("{count} derived", "{count} déduits")
_DELIVERED = Phrase("{count} by an aid", "{count} par une aide")
_SUPPRESSED = Phrase(
    "Counts below {below}, and what would give them back, are not shown.",
    "Les nombres inférieurs à {below}, et ce qui permettrait de les retrouver, ne sont pas montrés.",
)
_UNPRICED = Phrase("{count} items have no amount.", "{count} éléments n’ont pas de montant.")


class Line(NamedTuple):
    """
    What counts for one thing, or for none.

    Attributes:
        id: the thing; None where the items count for none.
        label: its name.
        sort: "bucket", or why the items count for none: "none" (under nothing of the kind),
            "untagged", "unknown" (only unknown tags), "withdrawn" (only tags that nothing replaces).
        items: how many items; None where that is not shown.
        cents: what they come to; None where no amounts were counted, or it is not shown.
        derived: how many of them count by a derived link only.
        delivered: how many count only by what an aid delivers.

    """

    id: str | None
    label: Name | None
    sort: Sort
    items: int | None
    cents: int | None
    derived: int | None
    delivered: int | None

    @property
    def key(self) -> str:
        """Its id, or its sort."""
        return self.id or self.sort

    def headline(self, lang: Language = "fr") -> str:
        """What it is called."""
        return self.label.text(lang) if self.label else _RESTS[self.sort].text(lang)

    def to_dict(self) -> dict[str, Json]:
        """The line as JSON."""
        return {
            "id": self.id, "sort": self.sort, "items": self.items, "cents": self.cents,
            "derived": self.derived, "delivered": self.delivered,
        }  # fmt: skip


class Unknown(NamedTuple):
    """A tag that the version does not have, how many items bear it, and what it may mean."""

    tag: str
    items: int | None
    nearest: tuple[str, ...]


class Followed(NamedTuple):
    """A tag that the version has withdrawn, how many items bear it, and as what they count."""

    tag: str
    items: int | None
    to: str | None


@dataclass(frozen=True, repr=False)
class Uptake(Shown):
    """
    What is done under the policy, by the things of a kind.

    Attributes:
        version: the version of the policy.
        by: the kind.
        rule: "full" or "split".
        bases: which links count.
        lines: a line for each thing in official order, also where nothing counts for it, then one
            for each reason why items count for none.
        items: how many items there are; None where that is not shown.
        cents: what they come to.
        sum_items: what the lines come to, which is more with "full".
        sum_cents: the same of amounts; with "split" it is `cents`.
        unpriced: how many items have no amount.
        unknown: tags that the version does not have.
        followed: tags that it has withdrawn.
        groups: the same for each group, such as a year; that of items without one is called "".
        suppressed_below: counts below this are not shown.

    """

    version: str
    by: Kind
    rule: Rule
    bases: tuple[Basis, ...]
    lines: tuple[Line, ...]
    items: int | None
    cents: int | None
    sum_items: int | None
    sum_cents: int | None
    unpriced: int | None
    unknown: tuple[Unknown, ...]
    followed: tuple[Followed, ...]
    groups: "tuple[tuple[str, Uptake], ...]" = ()
    suppressed_below: int = 0

    def __getitem__(self, id: str) -> Line:
        """
        The line of a thing, or of a reason such as "untagged".

        Raises:
            UnknownId: where there is none.
            WrongType: where what is given is no text.

        """
        if not isinstance(id, str):
            raise WrongType.of(id, _A_KEY)
        for line in self.lines:
            if line.key == id:
                return line
        raise UnknownId(id, self.version, nearest(id, [line.key for line in self.lines]))

    def __iter__(self) -> Iterator[Line]:
        return iter(self.lines)

    def __len__(self) -> int:
        return len(self.lines)

    @property
    def gaps(self) -> tuple[Line, ...]:
        """The things that nothing counts for."""
        return tuple(line for line in self.lines if line.sort == "bucket" and line.items == 0)

    def to_dict(self) -> dict[str, Json]:
        """The answer as JSON."""
        return {
            "version": self.version,
            "by": self.by,
            "rule": self.rule,
            "bases": list(self.bases),
            "lines": [line.to_dict() for line in self.lines],
            "items": self.items,
            "cents": self.cents,
            "sum_items": self.sum_items,
            "sum_cents": self.sum_cents,
            "unpriced": self.unpriced,
            "unknown": [{**u._asdict(), "nearest": list(u.nearest)} for u in self.unknown],
            "followed": [one._asdict() for one in self.followed],
            "groups": {name: table.to_dict() for name, table in self.groups},
            "suppressed_below": self.suppressed_below,
        }

    def rows(self) -> list[dict[str, str | int | None]]:
        """Rows for a data frame: the lines of the whole, then those of each group."""
        return [
            {
                "group": group,
                "id": line.id,
                "sort": line.sort,
                "items": line.items,
                "cents": line.cents,
            }
            for group, table in ((None, self), *self.groups)
            for line in table.lines
        ]

    def table(self, lang: Language = "fr") -> list[list[str]]:
        """Texts of the header and of each line that something counts for."""
        noun = ENTITY_TYPES[self.by].noun.text(lang).capitalize()
        has_amounts = self.cents is not None or any(line.cents is not None for line in self.lines)
        groups = [name or _NO_GROUP.text(lang) for name, _ in self.groups]
        head = [noun, _ITEMS.text(lang), *([AMOUNT.text(lang)] if has_amounts else []), *groups]
        body = [
            [
                line.headline(lang),
                count_words(line.items, lang),
                *([money_words(line.cents, lang)] if has_amounts else []),
                *(count_words(table[line.key].items, lang) for _, table in self.groups),
            ]
            for line in self.lines
            if line.items != 0
        ]
        sums = [(_SUM, self.sum_items, self.sum_cents, [t.sum_items for _, t in self.groups])]
        sums += [(_ALL, self.items, self.cents, [table.items for _, table in self.groups])]
        for name, items, cents, more in sums:
            body.append(
                [
                    name.text(lang),
                    count_words(items, lang),
                    *([money_words(cents, lang)] if has_amounts else []),
                    *(count_words(one, lang) for one in more),
                ]
            )
        return [head, *body]

    def card(self, lang: Language = "fr") -> Card:
        """What a person is shown of it."""
        kind = ENTITY_TYPES[self.by].noun.text(lang)
        table = tuple(map(tuple, self.table(lang)))
        gaps = tuple(Item(line.headline(lang), line.id or "") for line in self.gaps)
        unknown = tuple(
            Item(
                f"{one.tag}: {count_words(one.items, lang)}",
                mark=_MEAN.text(lang, ids=", ".join(one.nearest)) if one.nearest else "",
            )
            for one in self.unknown
        )
        followed = tuple(
            Item(
                f"{one.tag}: {count_words(one.items, lang)}",
                mark=_TO.text(lang, id=one.to) if one.to else _NOWHERE.text(lang),
            )
            for one in self.followed
        )
        parts = [
            (_GAPS.text(lang, count=len(gaps)), gaps),
            (_BASIS.text(lang), tuple(self._grounds(lang))),
            (_UNKNOWN.text(lang), unknown),
            (_FOLLOWED.text(lang), followed),
        ]
        sections = [Section(title, items) for title, items in parts if items]
        sections.insert(0, Section("", table=table))
        return Card(
            TITLE.text(lang, kind=kind), f"PPUN-BFC {self.version}",
            sections=tuple(sections), notes=tuple(self._notes(lang)),
        )  # fmt: skip

    def _grounds(self, lang: Language) -> Iterator[Item]:
        """Which lines rest on derived links or on what an aid delivers."""
        for line in self.lines:
            told = [
                phrase.text(lang, count=count)
                for phrase, count in ((_DERIVED, line.derived), (_DELIVERED, line.delivered))
                if count
            ]
            if told:
                yield Item(line.headline(lang), line.id or "", ", ".join(told))

    def _notes(self, lang: Language) -> list[str]:
        notes = [(FULL if self.rule == "full" else SPLIT).text(lang)]
        if self.unpriced:
            notes.append(_UNPRICED.text(lang, count=self.unpriced))
        if self.suppressed_below:
            notes.append(_SUPPRESSED.text(lang, below=self.suppressed_below))
        return [*notes, NOTICE.text(lang)]

    def __repr__(self) -> str:
        return f"<Uptake by {self.by} of {self.version}: {self.items} items, {self.cents} cents>"


def count_words(items: int | None, lang: Language) -> str:
    """A count as people read it; few where it is not shown."""
    return _HIDDEN.text(lang) if items is None else str(items)


def money_words(cents: int | None, lang: Language) -> str:
    """An amount as people read it; few where it is not shown."""
    return _HIDDEN.text(lang) if cents is None else euros(Decimal(cents) / 100, lang)
