"""What every kind of entity has."""

from typing import ClassVar, Literal

from pydantic import model_validator

from .. import problems
from ..languages import Noun
from .citations import Citations, Wording
from .values import (
    Code,
    EntityId,
    Line,
    Name,
    Notation,
    OfficialName,
    OwnId,
    Record,
    Several,
    Text,
    refuse,
)

__all__ = ["Entity"]


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
