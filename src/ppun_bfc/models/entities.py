"""
Entities: one class a kind, told apart by `kind`.

A class says where its records may stand in a tree (`parents`) and how its collection is called
(`plural`); everything else that differs by kind is a field.
"""

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
    "Challenge",
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
    "Risk",
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


class Programme(Entity, frozen=True):
    """A public programme beside the policy; `in_scope` is false for what the policy excludes."""

    kind: Literal["programme"]
    plural: ClassVar[str] = "programmes"
    parents: ClassVar[tuple[str, ...]] = ("programme",)
    in_scope: Flag = True


class Scheme(Entity, frozen=True):
    """A strategy, plan, contract or roadmap beside the policy."""

    kind: Literal["scheme"]
    plural: ClassVar[str] = "schemes"
    parents: ClassVar[tuple[str, ...]] = ("scheme",)
    type: Literal["strategy", "scheme", "contract", "roadmap"]
    period: CitedDate | None = None
    adopted: CitedDate | None = None


class Axis(Entity, frozen=True):
    """A named axis of a scheme, of the policy or of the service."""

    kind: Literal["axis"]
    plural: ClassVar[str] = "axes"
    parents: ClassVar[tuple[str, ...]] = ("scheme", "policy", "service")


class Objective(Entity, frozen=True):
    """A named objective of a scheme, an axis, the policy, the service or the agency."""

    kind: Literal["objective"]
    plural: ClassVar[str] = "objectives"
    parents: ClassVar[tuple[str, ...]] = ("scheme", "axis", "policy", "service", "agency")


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


class Aid(Entity, frozen=True):
    """A support measure or call for projects."""

    kind: Literal["aid"]
    plural: ClassVar[str] = "aids"


class Audience(Entity, frozen=True):
    """Whom something serves."""

    kind: Literal["audience"]
    plural: ClassVar[str] = "audiences"
    parents: ClassVar[tuple[str, ...]] = ("audience",)


class Actor(Entity, frozen=True):
    """Who acts: a public body, or a group of bodies; never a natural person."""

    kind: Literal["actor"]
    plural: ClassVar[str] = "actors"
    type: Literal["region", "state", "european-union", "local-authorities", "institution", "group"]


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
    prints the quantity.
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
    as_written: Written

    @model_validator(mode="after")
    def _value_or_bounds(self) -> "Figure":
        low, high = self.minimum, self.maximum
        if (self.value is None) == (low is None and high is None):
            raise PydanticCustomError("needs-value", "value or bounds")
        if low is not None and high is not None and low > high:
            raise PydanticCustomError("bad-bounds", "bounds")
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
    | Figure,
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
)

#: The class of each kind, in the order in which a snapshot lists the kinds.
ENTITY_TYPES: dict[str, type[Entity]] = {cls.__name__.lower(): cls for cls in _TYPES}
