"""
Where two things meet, and the evidence for it.

Let S(x) be x, everything below it through `part_of`, and every aid that `delivers` one of these.
A link between a member of S(a) and a member of S(b) is direct evidence that a meets b. A link
between an ancestor of one and a member of S of the other is inherited evidence, unless that
ancestor is the root of its tree: what holds for a whole policy says nothing of one priority.
"""

import html
import itertools
import re
import textwrap
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias, TypedDict

from .errors import UnknownId, nearest
from .models import MODALITIES, Basis, Citation, Entity, Language, Link, Modality, Text

__all__ = [
    "KEY",
    "STRENGTHS",
    "WORDS",
    "Cell",
    "CellRecord",
    "Evidence",
    "EvidenceRecord",
    "Explanation",
    "ExplanationRecord",
    "Gaps",
    "Matrix",
    "MatrixRecord",
    "Missing",
    "Network",
    "Path",
    "PathRecord",
    "Step",
    "Strength",
    "wrap",
]

#: How well it is founded that two things meet.
Strength: TypeAlias = Literal["part_of", "stated", "derived", "inherited"]
#: Strengths, strongest first.
STRENGTHS: tuple[Strength, ...] = ("part_of", "stated", "derived", "inherited")
#: How a strength is called for people.
WORDS: Mapping[Strength, Mapping[Language, str]] = {
    "part_of": {"fr": "partie", "en": "part"},
    "stated": {"fr": "énoncé", "en": "stated"},
    "derived": {"fr": "déduit", "en": "derived"},
    "inherited": {"fr": "hérité", "en": "inherited"},
}
#: What the words in a matrix mean.
KEY: Mapping[Language, str] = {
    "fr": "énoncé : une source le dit ; déduit : un éditeur le conclut, avec sa raison ; hérité : "
    "vrai de ce qui contient l’un des deux ; partie : l’un contient l’autre ; · : rien.",
    "en": "stated: a source says it; derived: an editor concluded it, with a reason; inherited: "
    "true of what contains one of the two; part: one contains the other; ·: nothing.",
}
#: Kinds at which everything meets, so that meeting there means nothing.
_CROSSROADS = frozenset({"actor", "audience", "funding", "policy"})


class EvidenceRecord(TypedDict, total=False):
    """One piece of evidence, as JSON."""

    source: str
    relation: str
    target: str
    basis: Basis
    strength: Strength
    modality: Modality
    citations: list[dict[str, str]]
    rationale: dict[str, str]


class CellRecord(TypedDict):
    """One cell of a matrix, as JSON."""

    row: str
    column: str
    strength: Strength | None
    modality: Modality | None
    evidence: list[EvidenceRecord]


class MatrixRecord(TypedDict):
    """A matrix, as JSON."""

    version: str
    rows: list[str]
    columns: list[str]
    cells: list[CellRecord]
    context: list[EvidenceRecord]


class PathRecord(TypedDict):
    """A path, as JSON."""

    nodes: list[str]
    strength: Strength
    modality: Modality | None
    steps: list[EvidenceRecord]


class ExplanationRecord(TypedDict):
    """An explanation, as JSON."""

    source: str
    target: str
    strength: Strength | None
    modality: Modality | None
    paths: list[PathRecord]


@dataclass(frozen=True)
class Step:
    """One relation on the way between two things: a link, or that one is part of the other."""

    source: str
    relation: str
    target: str
    basis: Basis
    citations: tuple[Citation, ...]
    modality: Modality | None = None
    rationale: Text | None = None

    @classmethod
    def of_link(cls, link: Link) -> "Step":
        """The step that a link makes."""
        return cls(
            link.source,
            link.relation,
            link.target,
            link.basis,
            link.citations,
            link.modality,
            link.rationale,
        )

    def to_dict(self) -> EvidenceRecord:
        """The step as JSON, with the address of every page cited."""
        record = EvidenceRecord(
            source=self.source,
            relation=self.relation,
            target=self.target,
            basis=self.basis,
            citations=[citation.to_dict() for citation in self.citations],
        )
        if self.modality:
            record["modality"] = self.modality
        if self.rationale:
            record["rationale"] = {"fr": self.rationale.fr, "en": self.rationale.en}
        return record


@dataclass(frozen=True)
class Evidence:
    """One step that shows that two things meet, and how strongly."""

    step: Step
    strength: Strength

    def to_dict(self) -> EvidenceRecord:
        """The evidence as JSON."""
        record = self.step.to_dict()
        record["strength"] = self.strength
        return record


@dataclass(frozen=True)
class Path:
    """
    A way from one thing to another: the ids on it, and the step between each two.

    `modality` is that of the link on which it rests; of two links, the weaker one.
    """

    nodes: tuple[str, ...]
    steps: tuple[Step, ...]
    strength: Strength
    modality: Modality | None = None

    def to_dict(self) -> PathRecord:
        """The path as JSON."""
        return PathRecord(
            nodes=list(self.nodes),
            strength=self.strength,
            modality=self.modality,
            steps=[step.to_dict() for step in self.steps],
        )

    def text(self, strength: str) -> str:
        """The path as one line, its strength in the words given."""
        line = self.nodes[0]
        for step, end in zip(self.steps, self.nodes[1:], strict=True):
            arrow = f"—{step.relation}→" if step.target == end else f"←{step.relation}—"
            line += f" {arrow} {end}"
        return f"{line} ({strength})"

    def __str__(self) -> str:
        return self.text(self.strength)


@dataclass(frozen=True)
class Explanation:
    """Every way in which two things meet, strongest and shortest first."""

    source: Entity
    target: Entity
    strength: Strength | None
    modality: Modality | None
    paths: tuple[Path, ...]

    def to_dict(self) -> ExplanationRecord:
        """The explanation as JSON."""
        return ExplanationRecord(
            source=self.source.id,
            target=self.target.id,
            strength=self.strength,
            modality=self.modality,
            paths=[path.to_dict() for path in self.paths],
        )

    def __iter__(self) -> Iterator[Path]:
        return iter(self.paths)

    def __len__(self) -> int:
        return len(self.paths)

    def __str__(self) -> str:
        head = f"{self.source.id} × {self.target.id}: {self.strength or '—'}"
        return "\n".join([head, *(f"  {path}" for path in self.paths)])


@dataclass(frozen=True)
class Cell:
    """
    Where a row and a column meet; `strength` is None where they do not.

    `modality` is the strongest one among the evidence that gives the cell its strength.
    """

    row: Entity
    column: Entity
    strength: Strength | None = None
    modality: Modality | None = None
    evidence: tuple[Evidence, ...] = ()

    def to_dict(self) -> CellRecord:
        """The cell as JSON."""
        return CellRecord(
            row=self.row.id,
            column=self.column.id,
            strength=self.strength,
            modality=self.modality,
            evidence=[evidence.to_dict() for evidence in self.evidence],
        )


class Matrix:
    """
    Rows × columns, every cell with its evidence.

    Prints as text, shows as a table in a notebook, and gives its cells as records. Only cells in
    which something meets take memory. `context` holds links of a whole tree, which say nothing of
    one row or column.
    """

    def __init__(
        self,
        version: str,
        rows: Sequence[Entity],
        columns: Sequence[Entity],
        cells: Mapping[tuple[str, str], Cell],
        context: Sequence[Link],
    ) -> None:
        self.version = version
        self.rows = tuple(rows)
        self.columns = tuple(columns)
        self.context = tuple(context)
        self._cells = cells

    def cell(self, row: Entity | str, column: Entity | str) -> Cell:
        """
        The cell of one row and one column, given as entities or ids.

        Raises:
            UnknownId: where the matrix has no such row or column.

        """
        key = tuple(given if isinstance(given, str) else given.id for given in (row, column))
        if found := self._cells.get((key[0], key[1])):
            return found
        found_row, found_column = (
            next((entity for entity in side if entity.id == id), None)
            for side, id in zip((self.rows, self.columns), key, strict=True)
        )
        if found_row is None or found_column is None:
            side, id = (self.columns, key[1]) if found_row else (self.rows, key[0])
            raise UnknownId(id, self.version, nearest(id, tuple(e.id for e in side)))
        return Cell(found_row, found_column)

    def __iter__(self) -> Iterator[Cell]:
        """Every cell, row by row, also the empty ones."""
        for row in self.rows:
            for column in self.columns:
                yield self._cells.get((row.id, column.id)) or Cell(row, column)

    def filled(self) -> tuple[Cell, ...]:
        """The cells in which something meets."""
        return tuple(self._cells.values())

    def __len__(self) -> int:
        return len(self.rows) * len(self.columns)

    def records(self) -> list[CellRecord]:
        """Every cell as a record, ready for a data frame."""
        return [cell.to_dict() for cell in self]

    def to_dict(self) -> MatrixRecord:
        """The whole matrix as JSON."""
        return MatrixRecord(
            version=self.version,
            rows=[row.id for row in self.rows],
            columns=[column.id for column in self.columns],
            cells=self.records(),
            context=[Step.of_link(link).to_dict() for link in self.context],
        )

    def table(self, lang: Language = "fr") -> list[list[str]]:
        """Texts of the header and of each row, its name first."""
        header = ["", *(_short_name(column, lang) for column in self.columns)]
        body = [[row.label.text(lang)] for row in self.rows]
        for position, cell in enumerate(self):
            word = WORDS[cell.strength][lang] if cell.strength else "·"
            body[position // len(self.columns)].append(word)
        return [header, *body]

    def text(self, lang: Language = "fr", width: int = 100) -> str:
        """
        The matrix as plain text, and what its words mean, in lines of at most `width`.

        It stands in bands of as many columns as fit; only a word that is longer makes a line longer.
        """
        key = "\n".join(wrap(KEY[lang], width))
        return f"{_bands(self.table(lang), width)}\n\n{key}"

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        size = f"{len(self.rows)} × {len(self.columns)}"
        return f"<Matrix {size} of {self.version}, {len(self._cells)} cells filled>"

    def _repr_html_(self) -> str:
        header, *body = self.table()
        cells = "".join(f"<th scope='col'>{html.escape(text)}</th>" for text in header)
        lines = [f"<table><thead><tr>{cells}</tr></thead><tbody>"]
        for name, *texts in body:
            row = "".join(f"<td>{html.escape(text)}</td>" for text in texts)
            lines.append(f"<tr><th scope='row'>{html.escape(name)}</th>{row}</tr>")
        note = f"PPUN-BFC {html.escape(self.version)} — ppun_bfc, not an official publication"
        return "\n".join([*lines, f"</tbody><caption>{note}</caption></table>"])


def _bands(rows: Sequence[Sequence[str]], width: int) -> str:
    """The texts of a matrix in bands of as many columns as fit in `width`; no word is broken."""
    least = [max(map(_longest_word, column)) for column in zip(*rows, strict=True)]
    name = max(least[0], min(_ROW_NAME, width // 3))
    widths = [name, *(max(word, _COLUMN) for word in least[1:])]
    bands: list[list[int]] = [[]]
    for column in range(1, len(widths)):
        used = sum(widths[at] + len(_GAP) for at in (0, *bands[-1]))
        if bands[-1] and used + widths[column] > width:
            bands.append([])
        bands[-1].append(column)
    return "\n\n".join(_band(rows, widths, [0, *band]) for band in bands)


#: The width that the names of rows and the columns have, unless a word in them is longer.
_ROW_NAME, _COLUMN = 32, 10
_GAP = "  "


def wrap(text: str, width: int) -> list[str]:
    """The text in lines that fit, unless a word is longer; French marks stay by their words."""
    glued = re.sub(r"(?<=«) | (?=[»;:?!%])", "\u00a0", text)
    lines = textwrap.wrap(glued, width, break_long_words=False, break_on_hyphens=False)
    return [line.replace("\u00a0", " ") for line in lines]


def _longest_word(text: str) -> int:
    return max(map(len, wrap(text, 1)), default=0)


def _band(rows: Sequence[Sequence[str]], widths: Sequence[int], columns: Sequence[int]) -> str:
    lines = []
    for number, row in enumerate(rows):
        wrapped = [wrap(row[at], widths[at]) for at in columns]
        for texts in itertools.zip_longest(*wrapped, fillvalue=""):
            cells = (f"{text:<{widths[at]}}" for at, text in zip(columns, texts, strict=True))
            lines.append(_GAP.join(cells).rstrip())
        if number == 0:
            lines.append(_GAP.join("-" * widths[at] for at in columns))
    return "\n".join(lines)


def _short_name(entity: Entity, lang: Language) -> str:
    return entity.acronym or entity.label.text(lang)


@dataclass(frozen=True)
class Gaps:
    """Rows and columns that nothing meets directly."""

    rows: tuple[Entity, ...]
    columns: tuple[Entity, ...]


@dataclass(frozen=True)
class Missing:
    """What the policy leaves open about one entity, in the order in which it was asked."""

    entity: Entity
    missing: tuple[str, ...]


class Network:
    """Entities and links, ready to be crossed. It holds no cache that grows with questions."""

    def __init__(self, entities: Iterable[Entity], links: Iterable[Link]) -> None:
        self._entities = {entity.id: entity for entity in entities}
        self._links = tuple(links)
        self._children: dict[str, list[str]] = defaultdict(list)
        for entity in self._entities.values():
            if entity.part_of and entity.status == "active":
                self._children[entity.part_of].append(entity.id)
        self.delivers: dict[str, list[Link]] = defaultdict(list)
        self._delivered_by: dict[str, list[Link]] = defaultdict(list)
        self._touching: dict[str, list[Link]] = defaultdict(list)
        for link in self._links:
            self._touching[link.source].append(link)
            if link.target != link.source:
                self._touching[link.target].append(link)
            delivers = link.relation == "delivers" and link.source.startswith("aid:")
            if delivers and self.is_active(link.source):
                self.delivers[link.source].append(link)
                self._delivered_by[link.target].append(link)

    def is_active(self, id: str) -> bool:
        """Whether the entity is not deprecated; what is deprecated counts only where asked for."""
        return self._entities[id].status == "active"

    def ancestors(self, id: str) -> list[str]:
        """What `id` is a part of, nearest first."""
        found = []
        above = self._entities[id].part_of
        while above:
            found.append(above)
            above = self._entities[above].part_of
        return found

    def descendants(self, id: str) -> list[str]:
        """Everything below `id`, each before what is below it, in official order."""
        found: list[str] = []
        waiting = list(reversed(self._children.get(id, ())))
        while waiting:
            below = waiting.pop()
            found.append(below)
            waiting.extend(reversed(self._children.get(below, ())))
        return found

    def _members(self, id: str) -> dict[str, tuple[Step, ...]]:
        """S(id), each member with the steps that lead there from `id`."""
        ways: dict[str, tuple[Step, ...]] = {id: ()}
        for below in self.descendants(id):
            child = self._entities[below]
            assert child.part_of is not None
            ways[below] = (*ways[child.part_of], self._part_of(child))
        for member, way in list(ways.items()):
            for link in self._delivered_by.get(member, ()):
                ways.setdefault(link.source, (*way, Step.of_link(link)))
        return ways

    @staticmethod
    def _part_of(child: Entity) -> Step:
        assert child.part_of is not None
        return Step(child.id, "part_of", child.part_of, "stated", child.citations)

    def _bequeathing(self, id: str) -> list[str]:
        """Ancestors whose links are inherited: all but the root of the tree."""
        return self.ancestors(id)[:-1]

    def matrix(self, version: str, rows: Sequence[Entity], columns: Sequence[Entity]) -> Matrix:
        """Cross rows and columns."""
        row_side, column_side = (
            _Side(self, [entity.id for entity in side]) for side in (rows, columns)
        )
        evidence: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
        context: dict[tuple[str, str, str], Link] = {}
        for link in self._links:
            if not (row_side.touches(link) and column_side.touches(link)):
                continue
            ends = ((link.source, link.target), (link.target, link.source))
            direct = {
                (row, column)
                for one, other in ends
                for row in row_side.owners(one)
                for column in column_side.owners(other)
            }
            inherited = {
                pair for one, other in ends for pair in _pairs(row_side, column_side, one, other)
            }
            if any(
                (row_side.is_root(one) and column_side.owners(other))
                or (column_side.is_root(one) and row_side.owners(other))
                for one, other in ends
            ):
                context[link.key] = link
            step = Step.of_link(link) if direct or inherited else None
            for pair in direct:
                assert step is not None
                evidence[pair].append(Evidence(step, link.basis))
            for pair in inherited:
                assert step is not None
                evidence[pair].append(Evidence(step, "inherited"))
        for pair, steps in self._containments(row_side, column_side).items():
            evidence[pair] = [Evidence(step, "part_of") for step in steps]
        by_id = {entity.id: entity for entity in (*rows, *columns)}
        cells = {
            (row, column): _cell(by_id[row], by_id[column], found)
            for (row, column), found in evidence.items()
        }
        return Matrix(version, rows, columns, cells, sorted(context.values(), key=lambda k: k.key))

    def _containments(
        self, rows: "_Side", columns: "_Side"
    ) -> dict[tuple[str, str], tuple[Step, ...]]:
        found: dict[tuple[str, str], tuple[Step, ...]] = {}
        for low, high, is_row in ((rows, columns, True), (columns, rows, False)):
            for id in low.ids:
                steps: tuple[Step, ...] = ()
                child = self._entities[id]
                while child.part_of:
                    steps = (*steps, self._part_of(child))
                    child = self._entities[child.part_of]
                    if child.id in high.set:
                        found[(id, child.id) if is_row else (child.id, id)] = steps
        return found

    def explain(self, source: str, target: str, max_links: int = 1) -> Explanation:
        """Every way in which two things meet; with `max_links=2` also over a third."""
        from_ways, to_ways = self._members(source), self._members(target)
        start, end = self._entities[source], self._entities[target]
        paths = list(self._containing(start, end))
        if not paths:
            paths = list(self._meeting(source, target, from_ways, to_ways))
        paths.sort(key=_path_order)
        strength = paths[0].strength if paths else None
        modality = _strongest(path.modality for path in paths if path.strength == strength)
        if max_links > 1:
            paths += sorted(self._chains(from_ways, to_ways), key=_path_order)
        return Explanation(start, end, strength, modality, tuple(paths))

    def _meeting(
        self,
        source: str,
        target: str,
        from_ways: Mapping[str, tuple[Step, ...]],
        to_ways: Mapping[str, tuple[Step, ...]],
    ) -> Iterator[Path]:
        """The paths of direct evidence, then of inherited evidence."""
        for link, one, other in self._between(from_ways, to_ways):
            steps = (Step.of_link(link),)
            yield _join(from_ways[one], (one, other), steps, to_ways[other], link.basis)
        for ones, others in (
            (self._ways_up(source), to_ways),
            (from_ways, self._ways_up(target)),
        ):
            # No link is evidence of both sorts: an ancestor of one is in S of the other only where
            # that other contains the one.
            for link, one, other in self._between(ones, others):
                steps = (Step.of_link(link),)
                yield _join(ones[one], (one, other), steps, others[other], "inherited")

    def _ways_up(self, id: str) -> dict[str, tuple[Step, ...]]:
        ways: dict[str, tuple[Step, ...]] = {}
        steps: tuple[Step, ...] = ()
        child = self._entities[id]
        for above in self._bequeathing(id):
            steps = (*steps, self._part_of(child))
            if self.is_active(above):
                ways[above] = steps
            child = self._entities[above]
        return ways

    def _containing(self, start: Entity, end: Entity) -> Iterator[Path]:
        for low, high in ((start, end), (end, start)):
            above = self.ancestors(low.id)
            if high.id in above:
                nodes = (low.id, *above[: above.index(high.id) + 1])
                steps = tuple(self._part_of(self._entities[id]) for id in nodes[:-1])
                if low is end:
                    nodes, steps = nodes[::-1], steps[::-1]
                yield Path(nodes, steps, "part_of")

    def _between(
        self, ones: Mapping[str, object], others: Mapping[str, object]
    ) -> Iterator[tuple[Link, str, str]]:
        """Every link between two groups, with its end in the first and its end in the second."""
        for one in ones:
            for link in self._touching.get(one, ()):
                for this, that in ((link.source, link.target), (link.target, link.source)):
                    if this == one and that in others:
                        yield link, this, that

    def _chains(
        self,
        from_ways: Mapping[str, tuple[Step, ...]],
        to_ways: Mapping[str, tuple[Step, ...]],
    ) -> Iterator[Path]:
        for one in from_ways:
            for first in self._touching.get(one, ()):
                middle = first.target if first.source == one else first.source
                if middle in from_ways or middle in to_ways or not self.is_active(middle):
                    continue
                if middle.partition(":")[0] in _CROSSROADS:
                    continue
                for second, _, other in self._between({middle: ()}, to_ways):
                    if second.key == first.key:
                        continue  # there and back again
                    steps = (Step.of_link(first), Step.of_link(second))
                    derived = "derived" in (first.basis, second.basis)
                    yield _join(
                        from_ways[one],
                        (one, middle, other),
                        steps,
                        to_ways[other],
                        "derived" if derived else "stated",
                    )


class _Side:
    """The rows, or the columns, of a matrix: which of them an entity counts for."""

    def __init__(self, network: Network, ids: Sequence[str]) -> None:
        self._network = network
        self.ids = tuple(ids)
        self.set = frozenset(ids)
        self._owners: dict[str, tuple[str, ...]] = {}
        # Heirs and roots are found from below, so that no tree is walked once per row.
        self._heirs: dict[str, list[str]] = defaultdict(list)
        self._roots: set[str] = set()
        for id in self.ids:
            above = network.ancestors(id)
            self._roots.update(above[-1:])
            for ancestor in filter(network.is_active, above[:-1]):
                self._heirs[ancestor].append(id)

    def owners(self, id: str) -> tuple[str, ...]:
        """The x of this side with `id` in S(x)."""
        if (found := self._owners.get(id)) is None and not self._network.is_active(id):
            found = self._owners[id] = (id,) if id in self.set else ()
        if found is None:
            starts = [id, *(link.target for link in self._network.delivers.get(id, ()))]
            chain = [x for start in starts for x in (start, *self._network.ancestors(start))]
            found = tuple(dict.fromkeys(x for x in chain if x in self.set))
            self._owners[id] = found
        return found

    def heirs(self, id: str) -> Sequence[str]:
        """The x of this side that inherit the links of `id`."""
        return self._heirs.get(id, ())

    def touches(self, link: Link) -> bool:
        """Whether the link says anything of this side."""
        return any(
            self.owners(id) or id in self._heirs or id in self._roots
            for id in (link.source, link.target)
        )

    def is_root(self, id: str) -> bool:
        """Whether `id` is the root above one of this side."""
        return id in self._roots


def _pairs(rows: _Side, columns: _Side, one: str, other: str) -> Iterator[tuple[str, str]]:
    for row in rows.heirs(one):
        for column in columns.owners(other):
            yield row, column
    for column in columns.heirs(one):
        for row in rows.owners(other):
            yield row, column


def _strongest(modalities: Iterable[Modality | None]) -> Modality | None:
    found = set(modalities)
    return next((modality for modality in MODALITIES if modality in found), None)


def _weakest(modalities: Iterable[Modality | None]) -> Modality | None:
    found = set(modalities)
    return next((modality for modality in reversed(MODALITIES) if modality in found), None)


def _cell(row: Entity, column: Entity, found: list[Evidence]) -> Cell:
    found.sort(
        key=lambda e: (STRENGTHS.index(e.strength), e.step.source, e.step.relation, e.step.target)
    )
    strength = found[0].strength
    founding: list[Modality | None] = [e.step.modality for e in found if e.strength == strength]
    modality = None if strength == "part_of" else _strongest(founding)
    return Cell(row, column, strength, modality, tuple(found))


def _join(
    way: tuple[Step, ...],
    middle: tuple[str, ...],
    steps: tuple[Step, ...],
    back: tuple[Step, ...],
    strength: Strength,
) -> Path:
    """A path from where `way` starts, over `middle`, to where `back` starts."""
    before: list[str] = []
    at = middle[0]
    for step in reversed(way):
        at = step.target if step.source == at else step.source
        before.insert(0, at)
    after: list[str] = []
    at = middle[-1]
    for step in reversed(back):
        at = step.target if step.source == at else step.source
        after.append(at)
    nodes = (*before, *middle, *after)
    return Path(
        nodes, (*way, *steps, *reversed(back)), strength, _weakest(s.modality for s in steps)
    )


def _path_order(path: Path) -> tuple[int, int, int, tuple[str, ...]]:
    modality = path.modality
    return (
        STRENGTHS.index(path.strength),
        len(path.steps),
        MODALITIES.index(modality) if modality else len(MODALITIES),
        path.nodes,
    )
