"""What every kind of entity has."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import ClassVar, Literal, cast

from pydantic import model_validator

from .. import problems
from ..cards import Card, Item, Section, one_line
from ..languages import FIELDS, Language, Noun, Phrase, colon
from .citations import Citations, Wording
from .values import (
    ID,
    Code,
    EntityId,
    Line,
    Name,
    Namer,
    Notation,
    OfficialName,
    OwnId,
    Record,
    Several,
    Text,
    refuse,
    words_of,
)

__all__ = ["Entity"]


def _is_id(value: object) -> bool:
    """Whether a value names another thing, whose id is shown beside its name."""
    return isinstance(value, str) and ID.fullmatch(value) is not None


_DEPRECATED = Phrase("This record is deprecated.", "Cet enregistrement est déprécié.")


class Entity(Record, frozen=True):
    """
    What every kind has.

    Attributes:
        id: `kind:slug`, never reused and never renamed.
        kind: the part of the id before the colon.
        label: the official name, exact in French.
        wordings: other official names of the same thing, each cited.
        acronym: the official acronym.
        notation: the official numbering, such as "5.13".
        summary: what it is, in our words.
        part_of: the id of what it is a part of.
        codes: outside identifiers, (register, value).
        citations: where it stands in the sources, at least one place.
        status: `deprecated` where a later version withdrew or replaced it.
        replaced_by: what a program may follow from a deprecated record.
        consider: what a person must choose among instead.
        introduced_in: the first version that had it, set by publishing.

    """

    #: How the kind is called: in English by its code and its collection, in French by the policy.
    noun: ClassVar[Noun]
    #: The kinds that it may be a part of.
    parents: ClassVar[tuple[str, ...]] = ()
    #: Whether its label is ours, so that no source need print it.
    named_by_us: ClassVar[bool] = False
    #: Fields that people call otherwise than the same field of another kind.
    called: ClassVar[Mapping[str, str]] = MappingProxyType({})

    id: OwnId
    kind: str
    label: Name
    wordings: Several[Wording] = ()
    acronym: OfficialName | None = None
    notation: Notation | None = None
    summary: Text | None = None
    part_of: EntityId | None = None
    codes: Several[Code] = ()
    citations: Citations
    status: Literal["active", "deprecated"] = "active"
    replaced_by: EntityId | None = None
    consider: Several[EntityId] = ()
    introduced_in: Line | None = None

    def headline(self, lang: Language = "fr") -> str:
        """What tells it in a line."""
        name = self.label.text(lang)
        return f"{name} ({self.acronym})" if self.acronym not in (None, name) else name

    def card(self, lang: Language = "fr", name: Namer = str) -> Card:
        """What a person is shown of the record alone; `name` tells how other things are called."""
        return Card(
            title=self.headline(lang),
            id=self.id,
            lead=(self.summary.text(lang),) if self.summary else (),
            sections=tuple(self.sections(lang, name)),
            notes=(_DEPRECATED.text(lang),) if self.status == "deprecated" else (),
        )

    def sections(self, lang: Language, name: Namer = str) -> Iterator[Section]:
        """What this kind alone tells, and the names and numbers that every kind has."""
        facts: list[Item] = []
        listed: list[Section] = []
        for field in type(self).model_fields:
            value: object = getattr(self, field)
            if field not in FIELDS or value in (None, ()) or field == "introduced_in":
                continue
            head = FIELDS[self.called.get(field, field)].text(lang)
            several: tuple[object, ...] = ()
            if isinstance(value, tuple):
                several = cast("tuple[object, ...]", value)
            if any(isinstance(one, Record) or _is_id(one) for one in several):
                items = tuple(
                    Item(words_of(one, lang, name), str(one) if _is_id(one) else "")
                    for one in several
                )
                listed.append(Section(head, items))
            else:
                one: object = getattr(self, field)
                told = f"{colon(head, lang)} {words_of(one, lang, name)}"
                facts.append(Item(told, str(one) if _is_id(one) else ""))
        if facts:
            yield Section("", tuple(facts))
        yield from listed

    def text(self, lang: Language = "fr", width: int = 100) -> str:
        """The card as text."""
        return self.card(lang).text(width)

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return one_line(f"<{type(self).__name__} {self.slug}: {self.headline()}>")

    def _repr_html_(self) -> str:
        return self.card().html()

    def __rich__(self) -> object:
        return self.card().rich()

    @property
    def slug(self) -> str:
        """The part of the id after the colon."""
        return self.id.partition(":")[2]

    @model_validator(mode="after")
    def _fields_agree(self) -> "Entity":
        if self.id.partition(":")[0] != self.kind:
            raise refuse(problems.OTHER_KIND, kind=self.kind)
        if self.replaced_by and self.consider:
            raise refuse(problems.TWO_WAYS)
        for name in ("replaced_by", "consider"):
            if getattr(self, name) and self.status == "active":
                raise refuse(problems.NEEDS_DEPRECATED, field=name)
        return self
