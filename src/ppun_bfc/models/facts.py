"""Who acts and who is served, what pays, and what is said: events, figures, disagreements."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from .. import problems
from ..cards import one_line
from ..languages import (
    QUALIFIERS,
    UNITS,
    Language,
    Noun,
    colon,
    decimal_words,
    euros,
)
from .citations import Citations, CitedDate
from .dates import EdtfDate
from .entity import Entity
from .units import Change, Nature, Qualifier, Unit
from .values import (
    EntityId,
    Line,
    Namer,
    Number,
    OfficialName,
    Record,
    Several,
    Text,
    Translation,
    Written,
    refuse,
)

__all__ = [
    "Actor",
    "Audience",
    "Discrepancy",
    "Event",
    "Figure",
    "Funding",
    "Goal",
    "Reading",
]


class Audience(Entity, frozen=True):
    """Whom something serves."""

    kind: Literal["audience"]
    noun: ClassVar[Noun] = Noun(("audience", "audiences"), ("public", "publics"))
    parents: ClassVar[tuple[str, ...]] = ("audience",)


class Actor(Entity, frozen=True):
    """
    Who acts: a body or a group of bodies, never a natural person.

    `type` is `organisation` where the sources do not say what sort of body it is.
    """

    kind: Literal["actor"]
    noun: ClassVar[Noun] = Noun(("actor", "actors"), ("acteur", "acteurs"))
    parents: ClassVar[tuple[str, ...]] = ("actor", "audience")
    type: Literal[
        "region",
        "state",
        "european-union",
        "local-authorities",
        "institution",
        "organisation",
        "group",
    ]


class Funding(Entity, frozen=True):
    """What pays or may pay."""

    kind: Literal["funding"]
    noun: ClassVar[Noun] = Noun(("funding", "fundings"), ("financement", "financements"))
    parents: ClassVar[tuple[str, ...]] = ("funding",)


class Goal(Entity, frozen=True):
    """A Sustainable Development Goal of the United Nations."""

    kind: Literal["goal"]
    noun: ClassVar[Noun] = Noun(
        ("goal", "goals"),
        ("objectif de développement durable", "objectifs de développement durable"),
    )
    iri: Annotated[Line, Field(pattern=r"^https?://")]


class Event(Entity, frozen=True):
    """
    Something past or planned.

    Attributes:
        about: the id of what it concerns.
        date: as precise as the source; None where it gives none.
        as_written: how the source prints the date.

    """

    kind: Literal["event"]
    named_by_us: ClassVar[bool] = True
    noun: ClassVar[Noun] = Noun(("event", "events"), ("événement", "événements"))
    about: EntityId
    date: EdtfDate | None = None
    as_written: Written | None = None

    @model_validator(mode="after")
    def _date_is_shown(self) -> "Event":
        if (self.date is None) != (self.as_written is None):
            raise refuse(problems.NEEDS_AS_WRITTEN)
        return self


class Figure(Entity, frozen=True):
    """
    One quantity: a value, or bounds, in a unit.

    Attributes:
        about: the id of what it is a quantity of.
        value: the exact quantity, in `unit`; where there are bounds instead, None.
        minimum: the lower bound, in `unit`.
        maximum: the upper bound, in `unit`.
        qualifier: how the source hedges it, such as "more than".
        unit: what is counted: "EUR", "percent", or an English noun of `languages.UNITS`.
        change: where it is a change, whether of a share ("relative") or of an amount ("absolute").
        period: when it holds, as the source dates it.
        nature: whether it was observed, estimated, aimed at, budgeted, or is a rule.
        according_to: whom or what the source quotes for it, as printed.
        as_written: how the source prints the quantity.

    """

    kind: Literal["figure"]
    named_by_us: ClassVar[bool] = True
    noun: ClassVar[Noun] = Noun(("figure", "figures"), ("chiffre", "chiffres"))
    about: EntityId
    value: Number | None = None
    minimum: Number | None = None
    maximum: Number | None = None
    qualifier: Qualifier | None = None
    unit: Unit
    change: Change | None = None
    period: CitedDate | None = None
    nature: Nature
    according_to: OfficialName | None = None
    as_written: Written

    def quantity(self, lang: Language = "fr") -> str:
        """
        The quantity in words.

        Examples:
            >>> import ppun_bfc
            >>> ppun_bfc.load("2020.10.1").figures["aide-thd-total"].quantity("en")
            '€162,000,000'

        """
        numbers = [n for n in (self.minimum, self.value, self.maximum) if n is not None]
        noun = UNITS[self.unit]
        if self.unit == "EUR":
            told = [euros(number, lang) for number in numbers]
        else:
            told = [decimal_words(number, lang) for number in numbers]
        text = " – ".join(told)
        if self.value is None and len(numbers) == 1:
            text = (
                QUALIFIERS["at least" if self.maximum is None else "up to"].text(lang) + f" {text}"
            )
        if self.change and self.value is not None and self.value > 0:
            text = f"+{text}"
        if self.unit != "EUR":
            count = float(numbers[-1])
            text = f"{text}\u00a0{noun.text(lang, count)}".replace(
                "\u00a0%", "%" if lang == "en" else "\u00a0%"
            )
        return f"{QUALIFIERS[self.qualifier].text(lang)} {text}" if self.qualifier else text

    def headline(self, lang: Language = "fr") -> str:
        """What is measured, and the quantity."""
        return f"{colon(self.label.text(lang), lang)} {self.quantity(lang)}"

    def __repr__(self) -> str:
        return one_line(f"<Figure {self.slug}: {self.quantity()} « {self.as_written} »>")

    @model_validator(mode="after")
    def _value_or_bounds(self) -> "Figure":
        low, high = self.minimum, self.maximum
        if (self.value is None) == (low is None and high is None):
            raise refuse(problems.NEEDS_VALUE)
        if low is not None and high is not None and low > high:
            raise refuse(problems.BAD_BOUNDS)
        return self


class Reading(Record, frozen=True):
    """What one place says, as printed; cited."""

    value: OfficialName
    citations: Citations

    def words(self, lang: Language = "fr", name: Namer = str) -> str:  # noqa: ARG002
        """The reading as printed."""
        return f"“{self.value}”" if lang == "en" else f"« {self.value} »"


class Discrepancy(Entity, frozen=True):
    """
    Sources that disagree, told neutrally.

    Attributes:
        about: the ids that it is about.
        difference: what differs.
        readings: what each place says, two or more.
        adopted: the reading that the data follows, word for word; None where nothing can be
            adopted, since the readings speak of different things.
        why: the reason for it.
        weight: `substantive` where a reader of one place would act or count otherwise than a reader
            of the other, `minor` where one abridges, rounds or rewords the other.

    """

    kind: Literal["discrepancy"]
    named_by_us: ClassVar[bool] = True
    noun: ClassVar[Noun] = Noun(("discrepancy", "discrepancies"), ("écart", "écarts"))
    called: ClassVar[Mapping[str, str]] = MappingProxyType({"adopted": "adopted_reading"})
    about: Several[EntityId] = Field(min_length=1)
    difference: Literal["number", "date", "name", "scope", "commitment", "wording"]
    readings: Several[Reading] = Field(min_length=2)
    adopted: Translation | None = None  # one of the readings, which are looked for
    why: Text
    weight: Literal["substantive", "minor"] | None = None

    @model_validator(mode="after")
    def _adopts_a_reading(self) -> "Discrepancy":
        values = [reading.value for reading in self.readings]
        if self.adopted is not None and self.adopted not in values:
            raise refuse(problems.NOT_A_READING)
        return self
