"""
Entities: one class a kind, told apart by `kind`.

A class says where its records may stand in a tree (`parents`) and how its collection is called
(`plural`); everything else that differs by kind is a field.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar, Literal, TypeAlias

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from .evidence import Citation, CitedDate, Wording
from .values import (
    Change,
    Code,
    EdtfDate,
    EntityId,
    Flag,
    Line,
    Name,
    Nature,
    Number,
    OfficialName,
    Qualifier,
    Record,
    Text,
    Unit,
    Written,
)

__all__ = [
    "ENTITY_TYPES",
    "Action",
    "Actor",
    "Agency",
    "Aid",
    "AnyEntity",
    "Audience",
    "Axis",
    "Bonus",
    "Bracket",
    "Challenge",
    "Discrepancy",
    "Eligibility",
    "Entity",
    "Event",
    "Figure",
    "Funding",
    "Goal",
    "Guarantee",
    "Horizon",
    "Objective",
    "Opportunity",
    "Orientation",
    "Policy",
    "Principle",
    "Priority",
    "Programme",
    "Proposal",
    "Purpose",
    "Reading",
    "Risk",
    "Rule",
    "Scheme",
    "Scope",
    "Section",
    "Service",
    "Task",
    "Theme",
]


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

    plural: ClassVar[str]
    parents: ClassVar[tuple[str, ...]] = ()

    id: EntityId
    kind: str
    label: Name
    wordings: tuple[Wording, ...] = ()
    acronym: OfficialName | None = None
    notation: Line | None = None
    summary: Text | None = None
    part_of: EntityId | None = None
    codes: tuple[Code, ...] = ()
    citations: tuple[Citation, ...] = Field(min_length=1)
    status: Literal["active", "deprecated"] = "active"
    replaced_by: EntityId | None = None
    consider: tuple[EntityId, ...] = ()
    introduced_in: Line | None = None

    @property
    def slug(self) -> str:
        """The part of the id after the colon."""
        return self.id.partition(":")[2]

    @model_validator(mode="after")
    def _fields_agree(self) -> "Entity":
        if self.id.partition(":")[0] != self.kind:
            raise PydanticCustomError("other-kind", "kind", {"kind": self.kind})
        if self.replaced_by and self.consider:
            raise PydanticCustomError("two-ways", "replaced_by and consider")
        for name in ("replaced_by", "consider"):
            if getattr(self, name) and self.status == "active":
                raise PydanticCustomError("needs-deprecated", "active", {"field": name})
        return self


class Horizon(Wording, frozen=True):
    """How far ahead the policy looks, as the source says it; `period` where it gives years."""

    period: EdtfDate | None = None


class Scope(Record, frozen=True):
    """What the policy covers, in the source's words, and the ids of what it leaves out."""

    included: tuple[Wording, ...]
    excluded: tuple[EntityId, ...]


class Policy(Entity, frozen=True):
    """The policy itself; there is one."""

    kind: Literal["policy"]
    plural: ClassVar[str] = "policies"
    adopted: CitedDate
    scope: Scope
    horizon: tuple[Horizon, ...]
    standing: Wording


class Purpose(Entity, frozen=True):
    """What the policy is for (*vocation*)."""

    kind: Literal["purpose"]
    plural: ClassVar[str] = "purposes"
    parents: ClassVar[tuple[str, ...]] = ("policy",)


class Priority(Entity, frozen=True):
    """What the policy puts first."""

    kind: Literal["priority"]
    plural: ClassVar[str] = "priorities"
    parents: ClassVar[tuple[str, ...]] = ("policy",)


class Section(Entity, frozen=True):
    """A section of the policy's text, under a priority."""

    kind: Literal["section"]
    plural: ClassVar[str] = "sections"
    parents: ClassVar[tuple[str, ...]] = ("priority",)


class Theme(Entity, frozen=True):
    """A theme, under a section."""

    kind: Literal["theme"]
    plural: ClassVar[str] = "themes"
    parents: ClassVar[tuple[str, ...]] = ("section",)


class Action(Entity, frozen=True):
    """A row of the tables of priorities that the pages give by theme."""

    kind: Literal["action"]
    plural: ClassVar[str] = "actions"
    parents: ClassVar[tuple[str, ...]] = ("theme",)


class Opportunity(Entity, frozen=True):
    """An opportunity that the policy acknowledges; its lists are illustrative."""

    kind: Literal["opportunity"]
    plural: ClassVar[str] = "opportunities"
    parents: ClassVar[tuple[str, ...]] = ("opportunity",)


class Risk(Entity, frozen=True):
    """A risk that the policy acknowledges; its lists are illustrative."""

    kind: Literal["risk"]
    plural: ClassVar[str] = "risks"
    parents: ClassVar[tuple[str, ...]] = ("risk",)


class Principle(Entity, frozen=True):
    """A founding principle of a strategy."""

    kind: Literal["principle"]
    plural: ClassVar[str] = "principles"
    parents: ClassVar[tuple[str, ...]] = ("scheme",)


class Guarantee(Entity, frozen=True):
    """What a digital public service guarantees."""

    kind: Literal["guarantee"]
    plural: ClassVar[str] = "guarantees"
    parents: ClassVar[tuple[str, ...]] = ("service",)


class _WithPeriod(Entity, frozen=True):
    period: CitedDate | None = None

    def in_force(self, on: date) -> bool | None:
        """Whether it was in force that day; None where no source gives its period."""
        return None if self.period is None else on in self.period.date


class Programme(_WithPeriod, frozen=True):
    """A public programme beside the policy; `in_scope` is false for what the policy excludes."""

    kind: Literal["programme"]
    plural: ClassVar[str] = "programmes"
    parents: ClassVar[tuple[str, ...]] = ("programme",)
    in_scope: Flag = True


class Scheme(_WithPeriod, frozen=True):
    """A strategy, plan, contract or roadmap beside the policy."""

    kind: Literal["scheme"]
    plural: ClassVar[str] = "schemes"
    parents: ClassVar[tuple[str, ...]] = ("scheme",)
    type: Literal["strategy", "scheme", "plan", "contract", "charter", "roadmap"]
    adopted: CitedDate | None = None


class Axis(Entity, frozen=True):
    """A named axis of a scheme, of the policy or of the service."""

    kind: Literal["axis"]
    plural: ClassVar[str] = "axes"
    parents: ClassVar[tuple[str, ...]] = ("scheme", "policy", "service")


class Objective(Entity, frozen=True):
    """A named objective of a scheme, an axis, the policy, the service, the agency or an aid."""

    kind: Literal["objective"]
    plural: ClassVar[str] = "objectives"
    parents: ClassVar[tuple[str, ...]] = (
        "scheme",
        "axis",
        "policy",
        "service",
        "agency",
        "programme",
        "aid",
    )


class Challenge(Entity, frozen=True):
    """A *défi* of SCORAN BFC."""

    kind: Literal["challenge"]
    plural: ClassVar[str] = "challenges"
    parents: ClassVar[tuple[str, ...]] = ("axis",)


class Orientation(Entity, frozen=True):
    """An *orientation* of SCORAN BFC."""

    kind: Literal["orientation"]
    plural: ClassVar[str] = "orientations"
    parents: ClassVar[tuple[str, ...]] = ("challenge",)


class Proposal(Entity, frozen=True):
    """A *piste d'action* of SCORAN BFC."""

    kind: Literal["proposal"]
    plural: ClassVar[str] = "proposals"
    parents: ClassVar[tuple[str, ...]] = ("orientation",)


class Service(Entity, frozen=True):
    """The regional digital public service."""

    kind: Literal["service"]
    plural: ClassVar[str] = "services"
    role: Wording | None = None


class Agency(Entity, frozen=True):
    """The agency that is to carry the policy."""

    kind: Literal["agency"]
    plural: ClassVar[str] = "agencies"
    role: Wording | None = None


class Task(Entity, frozen=True):
    """A mission of the agency."""

    kind: Literal["task"]
    plural: ClassVar[str] = "tasks"
    parents: ClassVar[tuple[str, ...]] = ("agency",)


class Bracket(Record, frozen=True):
    """
    What an aid grants to a project of some cost: a share of it, a ceiling, or both.

    Attributes:
        label: what the bracket is for, where the source names it.
        cost_from: the lowest cost, in euros, itself in the bracket.
        cost_above: the cost, in euros, that a project must exceed.
        cost_to: the highest cost, in euros, itself in the bracket.
        rate: the share granted, in percent of the eligible cost; the highest, where it varies.
        rate_from: the lowest share, where it varies.
        ceiling: the most that is granted, in euros.
        as_written: how the source prints these quantities, each phrase at most 8 words.
        citations: where it does.

    """

    label: Name | None = None
    cost_from: Number | None = None
    cost_above: Number | None = None
    cost_to: Number | None = None
    rate: Number | None = None
    rate_from: Number | None = None
    ceiling: Number | None = None
    as_written: tuple[Written, ...] = Field(min_length=1)
    citations: tuple[Citation, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _grants_something(self) -> "Bracket":
        if self.rate is None and self.ceiling is None:
            raise PydanticCustomError("needs-rate", "rate or ceiling")
        if self.cost_from is not None and self.cost_above is not None:
            raise PydanticCustomError("two-starts", "cost_from and cost_above")
        low = self.cost_from if self.cost_from is not None else self.cost_above
        for least, most in ((low, self.cost_to), (self.rate_from, self.rate)):
            if least is not None and most is not None and least > most:
                raise PydanticCustomError("bad-bounds", "bounds")
        return self

    def holds(self, cost: Decimal) -> bool:
        """Whether a project of this cost, in euros, falls in the bracket."""
        return (
            (self.cost_from is None or cost >= self.cost_from)
            and (self.cost_above is None or cost > self.cost_above)
            and (self.cost_to is None or cost <= self.cost_to)
        )

    def most(self, cost: Decimal) -> Decimal | None:
        """The most that a project of this cost can receive, in euros; None where it is outside."""
        if not self.holds(cost):
            return None
        shares = [cost] if self.rate is None else [cost * self.rate / 100]
        return min(*shares, *([] if self.ceiling is None else [self.ceiling]), cost)


class Bonus(Record, frozen=True):
    """
    What an aid adds, in percent, and for what.

    The sources do not say whether it adds to the rate or to the amount.
    """

    label: Text
    rate: Number
    as_written: Written
    citations: tuple[Citation, ...] = Field(min_length=1)


class Eligibility(Record, frozen=True):
    """
    Who may apply: an audience or actor, and what the source asks of it.

    `population_below` is the number of inhabitants that it must stay under; `condition` says what
    else is asked, in our words. `as_written` prints the number where there is one.
    """

    who: EntityId
    population_below: Number | None = None
    condition: Text | None = None
    as_written: Written | None = None
    citations: tuple[Citation, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _number_is_shown(self) -> "Eligibility":
        if (self.population_below is None) != (self.as_written is None):
            raise PydanticCustomError("needs-as-written", "population_below and as_written")
        return self


class Rule(Record, frozen=True):
    """What an aid asks of every project, in our words."""

    text: Text
    citations: tuple[Citation, ...] = Field(min_length=1)


class Aid(Entity, frozen=True):
    """
    A support measure or call for projects; one that holds others passes its rules on to them.

    Attributes:
        eligible: who may apply; empty where the source does not say, or says it of its parts.
        brackets: what is granted, by cost of the project.
        bonuses: what may be added.
        eligible_costs: the expenses that count, as the source names them.
        rules: what every project must keep to.
        opens: the first day, as precise as the source; what is printed may be a whole period.
        closes: the last day, likewise.
        url: the page where one applies.

    """

    kind: Literal["aid"]
    plural: ClassVar[str] = "aids"
    parents: ClassVar[tuple[str, ...]] = ("aid",)
    eligible: tuple[Eligibility, ...] = ()
    brackets: tuple[Bracket, ...] = ()
    bonuses: tuple[Bonus, ...] = ()
    eligible_costs: tuple[Wording, ...] = ()
    rules: tuple[Rule, ...] = ()
    opens: CitedDate | None = None
    closes: CitedDate | None = None
    url: Annotated[Line, Field(pattern=r"^https://")] | None = None

    def in_force(self, on: date) -> bool | None:
        """Whether it takes applications that day; None where no source tells."""
        start, end = self.opens and self.opens.date, self.closes and self.closes.date
        if (start and on < start.first) or (end and on > end.last):
            return False
        unsure = (start and on < start.last) or (end and on > end.first)
        return None if unsure or not (start or end) else True


class Audience(Entity, frozen=True):
    """Whom something serves."""

    kind: Literal["audience"]
    plural: ClassVar[str] = "audiences"
    parents: ClassVar[tuple[str, ...]] = ("audience",)


class Actor(Entity, frozen=True):
    """
    Who acts: a body or a group of bodies, never a natural person.

    `type` is `organisation` where the sources do not say what sort of body it is.
    """

    kind: Literal["actor"]
    plural: ClassVar[str] = "actors"
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
    plural: ClassVar[str] = "fundings"


class Goal(Entity, frozen=True):
    """A Sustainable Development Goal of the United Nations."""

    kind: Literal["goal"]
    plural: ClassVar[str] = "goals"
    iri: Annotated[Line, Field(pattern=r"^https?://")]


class Event(Entity, frozen=True):
    """Something past or planned; no date where the source gives none."""

    kind: Literal["event"]
    plural: ClassVar[str] = "events"
    about: EntityId
    date: EdtfDate | None = None
    as_written: Written | None = None

    @model_validator(mode="after")
    def _date_is_shown(self) -> "Event":
        if (self.date is None) != (self.as_written is None):
            raise PydanticCustomError("needs-as-written", "date and as_written")
        return self


class Figure(Entity, frozen=True):
    """
    One quantity: a value, or bounds, in a unit.

    `value`, `minimum` and `maximum` are exact decimals, in `unit`; `as_written` is how the source
    prints the quantity. `according_to` is whom or what the source quotes for it, as printed.
    """

    kind: Literal["figure"]
    plural: ClassVar[str] = "figures"
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

    @model_validator(mode="after")
    def _value_or_bounds(self) -> "Figure":
        low, high = self.minimum, self.maximum
        if (self.value is None) == (low is None and high is None):
            raise PydanticCustomError("needs-value", "value or bounds")
        if low is not None and high is not None and low > high:
            raise PydanticCustomError("bad-bounds", "bounds")
        return self


class Reading(Record, frozen=True):
    """What one place says, as printed; cited."""

    value: OfficialName
    citations: tuple[Citation, ...] = Field(min_length=1)


class Discrepancy(Entity, frozen=True):
    """
    Sources that disagree, told neutrally.

    Attributes:
        about: the ids that it is about.
        difference: what differs.
        readings: what each place says, two or more.
        adopted: the reading that the data follows, word for word.
        why: the reason for it.

    """

    kind: Literal["discrepancy"]
    plural: ClassVar[str] = "discrepancies"
    about: tuple[EntityId, ...] = Field(min_length=1)
    difference: Literal["number", "date", "name", "scope", "commitment", "wording"]
    readings: tuple[Reading, ...] = Field(min_length=2)
    adopted: OfficialName
    why: Text

    @model_validator(mode="after")
    def _adopts_a_reading(self) -> "Discrepancy":
        if self.adopted not in [reading.value for reading in self.readings]:
            raise PydanticCustomError("not-a-reading", "adopted")
        return self


#: Any entity; pydantic tells the kinds apart by `kind`.
AnyEntity: TypeAlias = Annotated[
    Policy
    | Purpose
    | Priority
    | Section
    | Theme
    | Action
    | Opportunity
    | Risk
    | Principle
    | Guarantee
    | Programme
    | Scheme
    | Axis
    | Objective
    | Challenge
    | Orientation
    | Proposal
    | Service
    | Agency
    | Task
    | Aid
    | Audience
    | Actor
    | Funding
    | Goal
    | Event
    | Figure
    | Discrepancy,
    Field(discriminator="kind"),
]

_TYPES: tuple[type[Entity], ...] = (
    Policy,
    Purpose,
    Priority,
    Section,
    Theme,
    Action,
    Opportunity,
    Risk,
    Principle,
    Guarantee,
    Programme,
    Scheme,
    Axis,
    Objective,
    Challenge,
    Orientation,
    Proposal,
    Service,
    Agency,
    Task,
    Aid,
    Audience,
    Actor,
    Funding,
    Goal,
    Event,
    Figure,
    Discrepancy,
)

#: The class of each kind, in the order in which a snapshot lists the kinds.
ENTITY_TYPES: dict[str, type[Entity]] = {cls.__name__.lower(): cls for cls in _TYPES}
