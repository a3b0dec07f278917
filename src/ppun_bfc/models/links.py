"""Relations, and the links that say one entity relates to another, and on what basis."""

from typing import Literal, Protocol, TypeAlias

from pydantic import model_validator

from .. import problems
from ..errors import UnknownField
from ..languages import BASES, Language
from ..languages import MODALITIES as WORDS
from .citations import Citation
from .values import EntityId, Line, Namer, Record, Several, Text, refuse

__all__ = ["MODALITIES", "Basis", "Link", "Modality", "Relation"]

#: `stated`: a source says it. `derived`: an editor concluded it, with a reason.
Basis: TypeAlias = Literal["stated", "derived"]
#: What a source commits to: is or does, must, wishes to, would, may.
Modality: TypeAlias = Literal["affirmed", "required", "intended", "conditional", "possible"]
#: Modalities, strongest first.
MODALITIES: tuple[Modality, ...] = (
    "affirmed",
    "required",
    "intended",
    "conditional",
    "possible",
)


class _WithId(Protocol):
    """What has an id."""

    @property
    def id(self) -> str: ...


class Relation(Record, frozen=True):
    """
    One sort of link: what it means, its name in the other direction, and what it may join.

    An empty `sources` or `targets` means any kind.
    """

    name: Line
    inverse: Line
    label: Text
    inverse_label: Text
    definition: Text
    sources: Several[Line] = ()
    targets: Several[Line] = ()


class Link(Record, frozen=True):
    """
    One directed relation between two entities.

    A stated link has a citation of the place that states it, and a modality; a derived link has a
    rationale, and citations of both ends.
    """

    source: EntityId
    relation: Line
    target: EntityId
    basis: Basis
    modality: Modality | None = None
    citations: Several[Citation] = ()
    rationale: Text | None = None

    def other(self, end: "_WithId | str") -> str:
        """
        The id of the other end, seen from one of the two.

        Args:
            end: an entity that the link touches, or its id.

        Raises:
            UnknownField: where the link does not touch it.

        """
        id = end if isinstance(end, str) else end.id
        if id not in (self.source, self.target):
            raise UnknownField("end", id, (self.source, self.target))
        return self.target if id == self.source else self.source

    def words(self, lang: Language = "fr", name: Namer = str) -> str:
        """The link as one line."""
        told = f"{name(self.source)} -{self.relation}-> {name(self.target)} ({BASES[self.basis].text(lang)}"
        return f"{told}, {WORDS[self.modality].text(lang)})" if self.modality else f"{told})"

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes a link unique: (source, relation, target)."""
        return self.source, self.relation, self.target

    @model_validator(mode="after")
    def _basis_is_shown(self) -> "Link":
        stated = self.basis == "stated"
        if not self.citations:
            raise refuse(problems.NEEDS_CITATION)
        if stated and self.rationale is not None:
            raise refuse(problems.NO_RATIONALE)
        if stated and self.modality is None:
            raise refuse(problems.NEEDS_MODALITY, names=", ".join(MODALITIES))
        if not stated and self.rationale is None:
            raise refuse(problems.NEEDS_RATIONALE)
        if not stated and self.modality is not None:
            raise refuse(problems.NO_MODALITY)
        return self
