"""The policy and its text as a tree, and the schemes, the service and the agency beside it."""

from typing import ClassVar, Literal

from ..languages import Noun
from .citations import CitedDate, Wording
from .dates import Day, EdtfDate, as_day
from .entity import Entity
from .values import EntityId, Flag, Record, Several

__all__ = [
    "Action",
    "Agency",
    "Axis",
    "Challenge",
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


class Horizon(Wording, frozen=True):
    """How far ahead the policy looks, as the source says it; `period` where it gives years."""

    period: EdtfDate | None = None


class Scope(Record, frozen=True):
    """What the policy covers, in the source's words, and the ids of what it leaves out."""

    included: Several[Wording]
    excluded: Several[EntityId]


class Policy(Entity, frozen=True):
    """The policy itself; there is one."""

    kind: Literal["policy"]
    noun: ClassVar[Noun] = Noun(("policy", "policies"), ("politique", "politiques"))
    adopted: CitedDate
    scope: Scope
    horizon: Several[Horizon]
    standing: Wording


class Purpose(Entity, frozen=True):
    """What the policy is for (*vocation*)."""

    kind: Literal["purpose"]
    noun: ClassVar[Noun] = Noun(("purpose", "purposes"), ("vocation", "vocations"))
    parents: ClassVar[tuple[str, ...]] = ("policy",)


class Priority(Entity, frozen=True):
    """What the policy puts first."""

    kind: Literal["priority"]
    noun: ClassVar[Noun] = Noun(("priority", "priorities"), ("priorité", "priorités"))
    parents: ClassVar[tuple[str, ...]] = ("policy",)


class Section(Entity, frozen=True):
    """A section of the policy's text, under a priority."""

    kind: Literal["section"]
    noun: ClassVar[Noun] = Noun(("section", "sections"), ("section", "sections"))
    parents: ClassVar[tuple[str, ...]] = ("priority",)


class Theme(Entity, frozen=True):
    """A theme, under a section."""

    kind: Literal["theme"]
    noun: ClassVar[Noun] = Noun(("theme", "themes"), ("thème", "thèmes"))
    parents: ClassVar[tuple[str, ...]] = ("section",)


class Action(Entity, frozen=True):
    """A row of the tables of priorities that the pages give by theme."""

    kind: Literal["action"]
    noun: ClassVar[Noun] = Noun(("action", "actions"), ("action", "actions"))
    parents: ClassVar[tuple[str, ...]] = ("theme",)


class Opportunity(Entity, frozen=True):
    """An opportunity that the policy acknowledges; its lists are illustrative."""

    kind: Literal["opportunity"]
    noun: ClassVar[Noun] = Noun(("opportunity", "opportunities"), ("opportunité", "opportunités"))
    parents: ClassVar[tuple[str, ...]] = ("opportunity",)


class Risk(Entity, frozen=True):
    """A risk that the policy acknowledges; its lists are illustrative."""

    kind: Literal["risk"]
    noun: ClassVar[Noun] = Noun(("risk", "risks"), ("risque", "risques"))
    parents: ClassVar[tuple[str, ...]] = ("risk",)


class Principle(Entity, frozen=True):
    """A founding principle of a strategy."""

    kind: Literal["principle"]
    noun: ClassVar[Noun] = Noun(("principle", "principles"), ("principe", "principes"))
    parents: ClassVar[tuple[str, ...]] = ("scheme",)


class Guarantee(Entity, frozen=True):
    """What a digital public service guarantees."""

    kind: Literal["guarantee"]
    noun: ClassVar[Noun] = Noun(("guarantee", "guarantees"), ("garantie", "garanties"))
    parents: ClassVar[tuple[str, ...]] = ("service",)


class _WithPeriod(Entity, frozen=True):
    period: CitedDate | None = None

    def in_force(self, on: Day) -> bool | None:
        """Whether it was in force that day; None where no source gives its period."""
        return None if self.period is None else as_day(on) in self.period.date


class Programme(_WithPeriod, frozen=True):
    """A public programme beside the policy; `in_scope` is false for what the policy excludes."""

    kind: Literal["programme"]
    noun: ClassVar[Noun] = Noun(("programme", "programmes"), ("programme", "programmes"))
    parents: ClassVar[tuple[str, ...]] = ("programme", "aid")
    in_scope: Flag = True


class Scheme(_WithPeriod, frozen=True):
    """A strategy, plan, contract or roadmap beside the policy."""

    kind: Literal["scheme"]
    noun: ClassVar[Noun] = Noun(("scheme", "schemes"), ("schéma", "schémas"))
    parents: ClassVar[tuple[str, ...]] = ("scheme",)
    type: Literal["strategy", "scheme", "plan", "contract", "charter", "roadmap"]
    adopted: CitedDate | None = None


class Axis(Entity, frozen=True):
    """A named axis of a scheme, of the policy or of the service."""

    kind: Literal["axis"]
    noun: ClassVar[Noun] = Noun(("axis", "axes"), ("enjeu", "enjeux"))
    parents: ClassVar[tuple[str, ...]] = ("scheme", "policy", "service")


class Objective(Entity, frozen=True):
    """A named objective of a scheme, an axis, the policy, the service, the agency or an aid."""

    kind: Literal["objective"]
    noun: ClassVar[Noun] = Noun(("objective", "objectives"), ("objectif", "objectifs"))
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
    noun: ClassVar[Noun] = Noun(("challenge", "challenges"), ("défi", "défis"))
    parents: ClassVar[tuple[str, ...]] = ("axis",)


class Orientation(Entity, frozen=True):
    """An *orientation* of SCORAN BFC."""

    kind: Literal["orientation"]
    noun: ClassVar[Noun] = Noun(("orientation", "orientations"), ("orientation", "orientations"))
    parents: ClassVar[tuple[str, ...]] = ("challenge",)


class Proposal(Entity, frozen=True):
    """A *piste d'action* of SCORAN BFC."""

    kind: Literal["proposal"]
    noun: ClassVar[Noun] = Noun(("proposal", "proposals"), ("piste d’action", "pistes d’action"))
    parents: ClassVar[tuple[str, ...]] = ("orientation",)


class Service(Entity, frozen=True):
    """The regional digital public service."""

    kind: Literal["service"]
    noun: ClassVar[Noun] = Noun(("service", "services"), ("service", "services"))
    role: Wording | None = None


class Agency(Entity, frozen=True):
    """The agency that is to carry the policy."""

    kind: Literal["agency"]
    noun: ClassVar[Noun] = Noun(("agency", "agencies"), ("agence", "agences"))
    role: Wording | None = None


class Task(Entity, frozen=True):
    """A mission of the agency."""

    kind: Literal["task"]
    noun: ClassVar[Noun] = Noun(("task", "tasks"), ("mission", "missions"))
    parents: ClassVar[tuple[str, ...]] = ("agency",)
