"""
Every two things that meet, for tables and for what is tagged.

What is tagged with an id counts for that id and for what is above it, never for what lies below: so
beside the strength of the cell of a matrix stands what the row itself and what is above it rest on.
"""

from collections.abc import Iterator
from typing import NamedTuple, cast

from ..models import Basis, Modality
from ..records import Records
from .grounds import FIRM, Ground, keep_best
from .network import Network
from .ways import Strength

__all__ = ["Above", "Meeting", "closure", "meetings", "owners_of"]


class Above(NamedTuple):
    """
    What a thing counts for.

    Attributes:
        id: the thing.
        ancestor: what it counts for: itself, what it is a part of, and what an aid delivers.
        via: how.
        basis: `derived` where an aid delivers it by a derived link only.

    """

    id: str
    ancestor: str
    via: str
    basis: Basis


class Meeting(NamedTuple):
    """
    Two things that meet.

    Attributes:
        row: one of them.
        column: the other.
        strength: as in a matrix, so also by what lies below the row.
        modality: as in a matrix.
        basis_itself: the best basis of a link of the row itself to the column or what it holds.
        basis_above: the same of what the row is a part of, but for the root of its tree.

    """

    row: str
    column: str
    strength: Strength
    modality: Modality | None
    basis_itself: Basis | None
    basis_above: Basis | None


def _basis(ground: Ground | None) -> Basis | None:
    return None if ground is None else "derived" if ground.derived else "stated"


def owners_of(network: Network, id: str) -> dict[str, Ground]:
    """What a thing counts for, each on the best ground; the nearest first."""
    found: dict[str, Ground] = {}
    for start, ground in ((id, FIRM), *network.delivers.get(id, {}).items()):
        for x in (start, *network.ancestors(start)):
            keep_best(found, x, ground)
    return found


def closure(records: Records, network: Network) -> Iterator[Above]:
    """What each thing counts for, in official order; itself first, then from the nearest on."""
    for id in records.parsed:
        parts = frozenset(network.ancestors(id))
        for ancestor, ground in owners_of(network, id).items():
            via = "itself" if ancestor == id else "part_of" if ancestor in parts else "delivers"
            yield Above(id, ancestor, via, "derived" if ground.derived else "stated")


def meetings(records: Records, network: Network) -> Iterator[Meeting]:
    """Every two active things of which a matrix says that they meet, in official order."""
    itself: dict[tuple[str, str], Ground] = {}
    above: dict[tuple[str, str], Ground] = {}
    for link in records.links:
        ends = link["source"], link["target"]
        if not all(map(network.is_active, ends)):
            continue
        own = Ground(link["basis"] == "derived", cast("Modality | None", link.get("modality")))
        for one, other in (ends, ends[::-1]):
            is_root = "part_of" not in records.parsed[one]
            below = () if is_root else network.descendants(one)
            for column, ground in owners_of(network, other).items():
                keep_best(itself, (one, column), own.on(ground))
                for row in below:
                    keep_best(above, (row, column), own.on(ground))
    every = records.ids()
    for cell in network.matrix(every, every).filled():
        assert cell.strength is not None
        pair = cell.row.id, cell.column.id
        bases = _basis(itself.get(pair)), _basis(above.get(pair))
        yield Meeting(*pair, cell.strength, cell.modality, *bases)
