"""
Which counts of a table must not be seen, so that nobody is found in it.

A count below a number is hidden, and with it what would give it back: cells of one row or column are
tied by their total. A hidden cell can be worked out if, and only if, it is a bridge of the graph whose
nodes are the totals and whose edges are the hidden cells that they tie.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from .answer import Line, Uptake

__all__ = ["TOTAL", "Cell", "hidden", "protected"]

#: A row and a column; a total is a cell of the row or column of totals.
Cell: TypeAlias = tuple[str, str]
#: The row and the column of totals.
TOTAL = "\uffff"
_Line: TypeAlias = tuple[int, str]
#: Where a line is that no total ties.
_FREE: _Line = (2, "")


def hidden(counts: Mapping[Cell, int], below: int) -> frozenset[Cell]:
    """
    The cells to hide.

    Args:
        counts: how many items each cell counts, the totals of rows and of columns among them.
        below: counts under this, but for nought, are hidden.

    """
    lines: dict[_Line, list[Cell]] = defaultdict(list)
    for cell in counts:
        for line in ((0, cell[0]), (1, cell[1])):
            lines[line].append(cell)
    table = _Table(counts, {line: cells for line, cells in lines.items() if len(cells) > 1}, below)
    found = {cell for cell, count in counts.items() if 0 < count < below}
    while (more := table.next_to_hide(found)) is not None:
        found.add(more)
    return frozenset(found)


@dataclass(frozen=True)
class _Table:
    """Counts, the lines whose cells a total ties, and under which number a count is hidden."""

    counts: Mapping[Cell, int]
    lines: Mapping[_Line, list[Cell]]
    below: int

    def next_to_hide(self, found: Collection[Cell]) -> Cell | None:
        """The smallest cell that one more line needs hidden; None where all is well."""
        edges: dict[_Line, list[Cell]] = defaultdict(list)
        for cell in sorted(found):
            for line in self._ends(cell):
                edges[line].append(cell)
        for line in self._weak(edges):
            seen = [x for x in self.lines.get(line, ()) if x not in found and self.counts[x] > 0]
            if seen:
                return min(seen, key=lambda cell: (self.counts[cell], cell))
        return None

    def _ends(self, cell: Cell) -> tuple[_Line, _Line]:
        """The lines that a cell ties; one that no total ties is free."""
        row, column = (0, cell[0]), (1, cell[1])
        return row if row in self.lines else _FREE, column if column in self.lines else _FREE

    def _weak(self, edges: Mapping[_Line, list[Cell]]) -> Iterator[_Line]:
        """The lines that give a hidden cell back, or tell that all that they hide is small."""
        for line, cells in edges.items():
            if sum(self.counts[cell] for cell in cells) < self.below:
                yield line
        for line, cells in edges.items():
            for cell in cells:
                if not self._joined(cell, edges):
                    yield line

    def _joined(self, cell: Cell, edges: Mapping[_Line, list[Cell]]) -> bool:
        """Whether the lines of a hidden cell are joined by other hidden cells too."""
        start, end = self._ends(cell)
        seen, waiting = {start}, [start]
        while waiting:
            for other in edges[waiting.pop()]:
                for line in () if other == cell else self._ends(other):
                    if line not in seen:
                        seen.add(line)
                        waiting.append(line)
        return end in seen


def protected(whole: Uptake, below: int) -> Uptake:
    """The answer without what would show fewer items than `below`."""
    tables = {**dict(whole.groups), TOTAL: whole}
    counts: dict[Cell, int] = {}
    for group, table in tables.items():
        for line in table.lines:
            counts[line.key, group] = line.items or 0
        counts[TOTAL, group] = table.sum_items or 0
    items = {(TOTAL, group): table.items or 0 for group, table in tables.items()}
    gone = hidden(counts, below)
    small = {group for _, group in hidden(items, below)}
    small |= {group for row, group in gone if row == TOTAL}
    groups: list[tuple[str, Uptake]] = []
    for group, table in whole.groups:
        kept = _without(table, gone, group, below, is_small=group in small)
        # A part of a group could be worked out from the whole and the other groups.
        lines = tuple(line._replace(derived=None, delivered=None) for line in kept.lines)
        groups.append((group, replace(kept, lines=lines, unknown=(), followed=(), unpriced=None)))
    kept = _without(whole, gone, TOTAL, below, is_small=TOTAL in small)
    return replace(kept, groups=tuple(groups))


def _without(
    table: Uptake, gone: Collection[Cell], group: str, below: int, *, is_small: bool
) -> Uptake:
    def shown(part: int | None, of: int | None = None) -> int | None:
        """A part, unless it, or what it leaves of a whole, is small."""
        rest = (of or 0) - (part or 0) if part else 0
        return None if 0 < (part or 0) < below or 0 < rest < below else part

    lines = tuple(
        Line(line.id, line.label, line.sort, None, None, None, None)
        if (line.key, group) in gone
        else line._replace(
            derived=shown(line.derived, line.items), delivered=shown(line.delivered, line.items)
        )
        for line in table.lines
    )
    kept = replace(
        table,
        lines=lines,
        suppressed_below=below,
        unknown=tuple(one._replace(items=shown(one.items)) for one in table.unknown),
        followed=tuple(one._replace(items=shown(one.items)) for one in table.followed),
        unpriced=shown(table.unpriced, table.items),
    )
    if not is_small:
        return kept
    return replace(kept, items=None, cents=None, sum_items=None, sum_cents=None, unpriced=None)
