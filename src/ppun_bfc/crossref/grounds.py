"""What a way stands on: it is as strong as its weakest step."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from ..models import MODALITIES, Modality
from .ways import Strength

__all__ = ["FIRM", "Ground", "keep_best", "strongest", "weakest"]

_Key = TypeVar("_Key")


@dataclass(frozen=True)
class Ground:
    """What a way stands on: whether a step was derived, and the weakest modality of the others."""

    derived: bool = False
    modality: Modality | None = None

    def on(self, other: "Ground") -> "Ground":
        """What both stand on."""
        return Ground(self.derived or other.derived, weakest((self.modality, other.modality)))

    @property
    def rank(self) -> tuple[bool, int]:
        """The strongest first."""
        # What says nothing of itself, as `part_of` does, takes nothing away from a way.
        return self.derived, MODALITIES.index(self.modality) if self.modality else -1

    @property
    def strength(self) -> Strength:
        """How strong a way is that stands on it."""
        return "derived" if self.derived else "stated"


#: The ground of what is a matter of `part_of` alone.
FIRM = Ground()


def keep_best(grounds: dict[_Key, Ground], key: _Key, ground: Ground) -> None:
    """Note a ground, unless there is a better one for the same thing already."""
    known = grounds.get(key)
    if known is None or ground.rank < known.rank:
        grounds[key] = ground


def strongest(modalities: Iterable[Modality | None]) -> Modality | None:
    """The strongest of some modalities; None where there is none."""
    found = set(modalities)
    return next((modality for modality in MODALITIES if modality in found), None)


def weakest(modalities: Iterable[Modality | None]) -> Modality | None:
    """The weakest of some modalities; None where there is none."""
    found = set(modalities)
    return next((modality for modality in reversed(MODALITIES) if modality in found), None)
