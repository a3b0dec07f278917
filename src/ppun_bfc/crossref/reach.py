"""
What a tag counts for: the things of one kind that it is, or is below, or else meets.

What is tagged with an id counts for that id and what is above it, and, for an aid, for what it
delivers; never for what lies below. So a project under a theme meets the schemes that the theme or
what is above it meets, not those of one of its actions.
"""

from collections import defaultdict
from collections.abc import Container, Mapping
from typing import NamedTuple, cast

from ..canonical import ParsedLink
from ..models import Basis, Modality
from ..once import Immutable
from ..records import Records
from .grounds import FIRM, Ground, keep_best
from .meets import owners_of
from .network import Network

__all__ = ["Counted", "Reach"]


class Counted(NamedTuple):
    """
    How a tag counts for a thing.

    Attributes:
        basis: that of the weakest step.
        delivered: whether it does so only by what an aid delivers.

    """

    basis: Basis
    delivered: bool


class Reach(Immutable):
    """What the tags of a version count for."""

    __slots__ = ("_links", "_network", "_records")
    _records: Records
    _network: Network
    _links: Mapping[str, list[tuple[str, ParsedLink]]]

    def __init__(self, records: Records, network: Network) -> None:
        links: dict[str, list[tuple[str, ParsedLink]]] = defaultdict(list)
        for link in records.links:
            source, target = link["source"], link["target"]
            if network.is_active(source) and network.is_active(target):
                links[source].append((target, link))
                links[target].append((source, link))
        for name, value in (("_records", records), ("_network", network), ("_links", links)):
            object.__setattr__(self, name, value)

    def of(self, id: str, kind: str, bases: Container[str]) -> dict[str, Counted]:
        """
        What one active id counts for among a kind.

        Args:
            id: the tag.
            kind: which kind is looked for.
            bases: which bases count: "stated", "derived".

        """
        owners = {
            x: ground
            for x, ground in owners_of(self._network, id).items()
            if ground.strength in bases or ground == FIRM
        }
        found = self._for(kind, id, owners)
        parts = {id, *self._network.ancestors(id)}
        plain = {x: ground for x, ground in owners.items() if x in parts}
        alone = (
            found if len(plain) == len(owners) else self._for(kind, id, plain, is_delivering=False)
        )
        return {
            bucket: Counted("derived" if ground.derived else "stated", bucket not in alone)
            for bucket, ground in found.items()
            if ground.strength in bases or ground == FIRM
        }

    def _for(
        self, kind: str, id: str, owners: Mapping[str, Ground], *, is_delivering: bool = True
    ) -> dict[str, Ground]:
        found = self._within(kind, owners)
        return found or self._met(kind, id, owners, is_delivering=is_delivering)

    def _within(self, kind: str, owners: Mapping[str, Ground]) -> dict[str, Ground]:
        return {
            x: ground
            for x, ground in owners.items()
            if x.startswith(f"{kind}:") and self._network.is_active(x)
        }

    def _met(
        self, kind: str, id: str, owners: Mapping[str, Ground], *, is_delivering: bool
    ) -> dict[str, Ground]:
        found: dict[str, Ground] = {}
        for x, ground in owners.items():
            if x != id and "part_of" not in self._records.parsed[x]:
                continue  # the root of a tree bequeaths nothing
            for other, link in self._links.get(x, ()):
                if not is_delivering and link["relation"] == "delivers" and link["source"] == x:
                    continue
                modality = cast("Modality | None", link.get("modality"))
                own = Ground(link["basis"] == "derived", modality).on(ground)
                for bucket, above in owners_of(self._network, other).items():
                    if bucket.startswith(f"{kind}:") and self._network.is_active(bucket):
                        keep_best(found, bucket, own.on(above))
        return found
