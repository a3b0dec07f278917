"""
Where two things meet, and by which links.

Let S(x) be x, everything below it through `part_of`, and every aid that `delivers` one of these.
A link between a member of S(a) and a member of S(b) is direct evidence that a meets b. A link
between an ancestor of one and a member of S of the other is inherited evidence, unless that
ancestor is the root of its tree: what holds for a whole policy says nothing of one priority.
A way is as strong as its weakest step: what an aid says counts as derived for what it delivers by
a derived link only.

It works on parsed records; only what an answer shows is validated.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias, cast

from ..canonical import JsonObject, ParsedLink
from ..models import MODALITIES, Modality
from ..once import once
from ..records import Records
from .answers import Cell, Evidence, Matrix
from .grounds import FIRM, Ground, keep_best, strongest
from .ways import STRENGTHS, Explanation, Path, Step, Strength, Words

__all__ = ["Network"]

#: Kinds at which everything meets, so that meeting there means nothing.
_CROSSROADS = frozenset({"actor", "audience", "funding", "policy"})

#: One relation on a way: the position of a link, or the id of what is part of the next thing.
_Hop: TypeAlias = int | str
#: A hop that shows that two things meet, how strongly, and what its way commits to.
_Found: TypeAlias = "tuple[_Hop, Strength, Modality | None]"


@dataclass(frozen=True)
class _Way:
    """How one gets from one thing to another: the ids on the way, and the hop between each two."""

    nodes: tuple[str, ...]
    hops: tuple[_Hop, ...] = ()

    def on(self, node: str, hop: _Hop) -> "_Way":
        """The way one hop further."""
        return _Way((*self.nodes, node), (*self.hops, hop))

    def joined(self, hop: _Hop, other: "_Way") -> "_Way":
        """The way, a hop to where the other ends, and the other one back to its start."""
        nodes = (*self.nodes, *reversed(other.nodes))
        return _Way(nodes, (*self.hops, hop, *reversed(other.hops)))


class Network:
    """Parsed entities and links, ready to be crossed. It keeps nothing of the questions asked."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._entities = records.parsed
        self._links = records.links
        self._touching = records.touching
        self._children: dict[str, list[str]] = defaultdict(list)
        for id, entity in self._entities.items():
            if (above := entity.get("part_of")) and self.is_active(id):
                self._children[above].append(id)
        #: Of each aid what it delivers, and on what ground.
        self.delivers: dict[str, dict[str, Ground]] = defaultdict(dict)
        self._delivered_by: dict[str, list[int]] = defaultdict(list)
        for position, link in enumerate(self._links):
            aid = link["source"]
            if link["relation"] == "delivers" and aid.startswith("aid:") and self.is_active(aid):
                self.delivers[aid][link["target"]] = self._ground(position)
                self._delivered_by[link["target"]].append(position)

    def is_active(self, id: str) -> bool:
        """Whether the entity is not deprecated; what is deprecated counts only where asked for."""
        return self._records.is_active(id)

    def _ground(self, position: int) -> Ground:
        """What one link says of itself."""
        link = self._links[position]
        modality = cast("Modality | None", link.get("modality"))
        return Ground(link["basis"] == "derived", modality)

    def ancestors(self, id: str) -> list[str]:
        """What `id` is a part of, nearest first."""
        found: list[str] = []
        above = self._entities[id].get("part_of")
        while above:
            found.append(above)
            above = self._entities[above].get("part_of")
        return found

    def children(self, id: str) -> list[str]:
        """What is directly a part of `id`, in official order."""
        return list(self._children.get(id, ()))

    def descendants(self, id: str) -> list[str]:
        """Everything below `id`, each before what is below it, in official order."""
        found: list[str] = []
        waiting = list(reversed(self._children.get(id, ())))
        while waiting:
            below = waiting.pop()
            found.append(below)
            waiting.extend(reversed(self._children.get(below, ())))
        return found

    def _members(self, id: str) -> dict[str, _Way]:
        """S(id), each member with the way that leads there from `id`."""
        ways = {id: _Way((id,))}
        for below in self.descendants(id):
            above = self._entities[below].get("part_of", "")
            ways[below] = ways[above].on(below, below)
        delivered: dict[str, list[tuple[int, _Way]]] = defaultdict(list)
        for member, way in ways.items():
            for position in self._delivered_by.get(member, ()):
                aid = self._links[position]["source"]
                if aid not in ways:
                    delivered[aid].append((position, way.on(aid, position)))
        for aid, found in delivered.items():
            _, ways[aid] = min(
                found, key=lambda one: (self._ground(one[0]).rank, len(one[1].nodes), one[1].nodes)
            )
        return ways

    # -- matrix ----------------------------------------------------------------------------------

    def matrix(self, rows: Sequence[str], columns: Sequence[str]) -> Matrix:
        """Cross rows and columns."""
        row_side, column_side = _Side(self, rows), _Side(self, columns)
        found: dict[tuple[str, str], list[_Found]] = defaultdict(list)
        context: list[int] = []
        for position, link in enumerate(self._links):
            if not (row_side.touches(link) and column_side.touches(link)):
                continue
            ends = ((link["source"], link["target"]), (link["target"], link["source"]))
            own = self._ground(position)
            direct: dict[tuple[str, str], Ground] = {}
            inherited: dict[tuple[str, str], Ground] = {}
            for one, other in ends:
                for row, row_ground in row_side.owners(one).items():
                    for column, column_ground in column_side.owners(other).items():
                        keep_best(direct, (row, column), row_ground.on(column_ground))
                for pair, ground in _pairs(row_side, column_side, one, other):
                    keep_best(inherited, pair, ground)
            if any(
                (row_side.is_root(one) and column_side.owners(other))
                or (column_side.is_root(one) and row_side.owners(other))
                for one, other in ends
            ):
                context.append(position)
            for pair, ground in direct.items():
                whole = own.on(ground)
                found[pair].append((position, whole.strength, whole.modality))
            for pair, ground in inherited.items():
                found[pair].append((position, "inherited", own.on(ground).modality))
        for pair, hops in self._containments(row_side, column_side).items():
            found[pair] = [(hop, "part_of", None) for hop in hops]
        shown_rows, shown_columns = (self._records.entities(side) for side in (rows, columns))
        row_order, column_order = (
            {id: place for place, id in enumerate(side)} for side in (rows, columns)
        )
        pairs = sorted(found, key=lambda pair: (row_order[pair[0]], column_order[pair[1]]))
        cells = [self._cell(row, column, found[row, column]) for row, column in pairs]
        links = tuple([self._records.link(position) for position in context])
        return Matrix(self._records.version, shown_rows, shown_columns, links, tuple(cells))

    def _cell(self, row: str, column: str, found: Iterable[_Found]) -> Cell:
        evidence = [
            Evidence(self._step(hop), strength, modality) for hop, strength, modality in found
        ]
        evidence.sort(key=_evidence_order)
        strength = evidence[0].strength
        modality = strongest(one.modality for one in evidence if one.strength == strength)
        row_entity, column_entity = self._records.entity(row), self._records.entity(column)
        disputed = self._disputed(one.step for one in evidence if one.strength == strength)
        return Cell(row_entity, column_entity, strength, modality, tuple(evidence), disputed)

    def _disputed(self, steps: Iterable[Step]) -> tuple[str, ...]:
        """The discrepancies on which some steps rest; none where a step rests on none."""
        found: set[str] = set()
        for step in steps:
            here = {id for end in (step.source, step.target) for id in self._disputes.get(end, ())}
            if not here:
                return ()
            found |= here
        return tuple(sorted(found))

    @once
    def _disputes(self) -> dict[str, list[str]]:
        """The discrepancies of substance about each thing."""
        found: dict[str, list[str]] = {}
        for id in self._records.ids("discrepancy"):
            record = cast("JsonObject", self._entities[id])
            if record.get("weight") == "substantive":
                for about in cast("list[str]", record["about"]):
                    found.setdefault(about, []).append(id)
        return found

    def _step(self, hop: _Hop) -> Step:
        if isinstance(hop, int):
            return Step.of_link(self._records.link(hop))
        return Step.of_part(self._records.entity(hop))

    def _containments(self, rows: "_Side", columns: "_Side") -> dict[tuple[str, str], list[str]]:
        """The pairs of which one contains the other, with what is part of the next on the way."""
        found: dict[tuple[str, str], list[str]] = {}
        for low, high, is_row in ((rows, columns, True), (columns, rows, False)):
            for id in low.ids:
                way = [id]
                for above in self.ancestors(id):
                    if above in high.set:
                        found[(id, above) if is_row else (above, id)] = list(way)
                    way.append(above)
        return found

    # -- explain ---------------------------------------------------------------------------------

    def explain(self, source: str, target: str, max_links: int = 1) -> Explanation:
        """Every way in which two things meet; with `max_links=2` also over a third."""
        from_ways, to_ways = self._members(source), self._members(target)
        paths = list(self._containing(source, target))
        if not paths:
            paths = list(self._meeting(source, target, from_ways, to_ways))
        paths.sort(key=_path_order)
        strength = paths[0].strength if paths else None
        modality = strongest(path.modality for path in paths if path.strength == strength)
        if max_links > 1:
            paths += sorted(self._chains(from_ways, to_ways), key=_path_order)
        ends = self._records.entity(source), self._records.entity(target)
        return Explanation(*ends, strength, modality, tuple(paths), Words(self._records))

    def _path(self, way: _Way, strength: Strength | None = None) -> Path:
        """The path of a way, as strong as its weakest step unless its strength is given."""
        ground = FIRM
        for hop in way.hops:
            if isinstance(hop, int):
                ground = ground.on(self._ground(hop))
        steps = tuple([self._step(hop) for hop in way.hops])
        return Path(way.nodes, steps, strength or ground.strength, ground.modality)

    def _meeting(
        self,
        source: str,
        target: str,
        from_ways: Mapping[str, _Way],
        to_ways: Mapping[str, _Way],
    ) -> Iterator[Path]:
        """The paths of direct evidence, then of inherited evidence."""
        for position, one, other in self._between(from_ways, to_ways):
            yield self._path(from_ways[one].joined(position, to_ways[other]))
        for ones, others in (
            (self._ways_up(source), to_ways),
            (from_ways, self._ways_up(target)),
        ):
            # No link is evidence of both sorts: an ancestor of one is in S of the other only where
            # that other contains the one.
            for position, one, other in self._between(ones, others):
                yield self._path(ones[one].joined(position, others[other]), "inherited")

    def _ways_up(self, id: str) -> dict[str, _Way]:
        """The ways to the ancestors whose links are inherited: all but the root of the tree."""
        ways: dict[str, _Way] = {}
        way = _Way((id,))
        for above in self.ancestors(id)[:-1]:
            way = way.on(above, way.nodes[-1])
            if self.is_active(above):
                ways[above] = way
        return ways

    def _containing(self, source: str, target: str) -> Iterator[Path]:
        for low, high in ((source, target), (target, source)):
            above = self.ancestors(low)
            if high in above:
                nodes = (low, *above[: above.index(high) + 1])
                hops: tuple[_Hop, ...] = nodes[:-1]
                if low == target:
                    nodes, hops = nodes[::-1], hops[::-1]
                yield self._path(_Way(nodes, hops), "part_of")

    def _between(
        self, ones: Mapping[str, object], others: Mapping[str, object]
    ) -> Iterator[tuple[int, str, str]]:
        """Every link between two groups, with its end in the first and its end in the second."""
        for one in ones:
            for position in self._touching.get(one, ()):
                link = self._links[position]
                source, target = link["source"], link["target"]
                for this, that in ((source, target), (target, source)):
                    if this == one and that in others:
                        yield position, this, that

    def _chains(self, from_ways: Mapping[str, _Way], to_ways: Mapping[str, _Way]) -> Iterator[Path]:
        for one in from_ways:
            for first in self._touching.get(one, ()):
                link = self._links[first]
                middle = link["target"] if link["source"] == one else link["source"]
                if middle in from_ways or middle in to_ways or not self.is_active(middle):
                    continue
                if middle.partition(":")[0] in _CROSSROADS:
                    continue
                for second, _, other in self._between({middle: ()}, to_ways):
                    if second == first:
                        continue  # there and back again
                    way = from_ways[one].on(middle, first).joined(second, to_ways[other])
                    yield self._path(way)


class _Side:
    """The rows, or the columns, of a matrix: which of them an entity counts for."""

    def __init__(self, network: Network, ids: Sequence[str]) -> None:
        self._network = network
        self.ids = tuple(ids)
        self.set = frozenset(ids)
        self._owners: dict[str, dict[str, Ground]] = {}
        # Heirs and roots are found from below, so that no tree is walked once per row.
        self._heirs: dict[str, list[str]] = defaultdict(list)
        self._roots: set[str] = set()
        for id in self.ids:
            above = network.ancestors(id)
            self._roots.update(above[-1:])
            for ancestor in filter(network.is_active, above[:-1]):
                self._heirs[ancestor].append(id)

    def owners(self, id: str) -> Mapping[str, Ground]:
        """The x of this side with `id` in S(x), each with the best ground for it."""
        found = self._owners.get(id)
        if found is None:
            found = self._owners[id] = {}
            if self._network.is_active(id):
                for start, ground in ((id, FIRM), *self._network.delivers.get(id, {}).items()):
                    for x in (start, *self._network.ancestors(start)):
                        if x in self.set:
                            keep_best(found, x, ground)
            elif id in self.set:
                found[id] = FIRM
        return found

    def heirs(self, id: str) -> Sequence[str]:
        """The x of this side that inherit the links of `id`."""
        return self._heirs.get(id, ())

    def touches(self, link: ParsedLink) -> bool:
        """Whether the link says anything of this side."""
        return any(
            self.owners(id) or id in self._heirs or id in self._roots
            for id in (link["source"], link["target"])
        )

    def is_root(self, id: str) -> bool:
        """Whether `id` is the root above one of this side."""
        return id in self._roots


def _pairs(
    rows: _Side, columns: _Side, one: str, other: str
) -> Iterator[tuple[tuple[str, str], Ground]]:
    for row in rows.heirs(one):
        for column, ground in columns.owners(other).items():
            yield (row, column), ground
    for column in columns.heirs(one):
        for row, ground in rows.owners(other).items():
            yield (row, column), ground


def _evidence_order(evidence: Evidence) -> tuple[int, int, str, str, str]:
    step, modality = evidence.step, evidence.modality
    return (
        STRENGTHS.index(evidence.strength),
        MODALITIES.index(modality) if modality else len(MODALITIES),
        step.source,
        step.relation,
        step.target,
    )


def _path_order(path: Path) -> tuple[int, int, int, tuple[str, ...]]:
    modality = path.modality
    return (
        STRENGTHS.index(path.strength),
        len(path.steps),
        MODALITIES.index(modality) if modality else len(MODALITIES),
        path.nodes,
    )
