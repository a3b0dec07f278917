"""
How much of the policy is done, from what is tagged: exact, in whole cents, each rule once.

An item counts for every thing of a kind that one of its tags counts for (`crossref.reach`). With the
rule `full` it counts for each of them in full, so that they come to more than all items together;
with `split` what it comes to is shared equally among them. Cents are rounded once, at the end.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple, TypeAlias, cast

from ..crossref.reach import Counted, Reach
from ..errors import UnknownField, WrongType, nearest
from ..languages import Phrase
from ..models import Basis, Entity
from ..policy import PolicyVersion, reach_of, records_of
from ..vocabulary import Kind
from .answer import Followed, Line, Rule, Sort, Unknown, Uptake
from .comparison import Crossed, CrossedCell, Shift
from .protection import TOTAL, Cell, hidden, protected
from .sets import TagSet, merged

__all__ = ["crossed", "rounded", "shift", "uptake"]

_RULES: tuple[Rule, ...] = ("full", "split")
_BASES: tuple[Basis, ...] = ("stated", "derived")
_A_SET = Phrase(
    "tag sets, as `fold` gives them", "des ensembles d’étiquettes, comme `fold` les donne"
)
_A_COUNT = Phrase("a number of items from 0 on", "un nombre d’éléments, 0 ou plus")
_Sorts: TypeAlias = tuple[Sort, ...]
_REST: _Sorts = ("none", "untagged", "unknown", "withdrawn")


class _Read(NamedTuple):
    """A set of tags, read: what it counts for, what it is where it counts for nothing."""

    row: TagSet
    buckets: Mapping[str, Counted]
    sort: Sort


class _Reader:
    """Reads sets of tags: each tag once."""

    def __init__(self, policy: PolicyVersion, bases: Collection[Basis]) -> None:
        self._records = records_of(policy)
        self._reach: Reach = reach_of(policy)
        self.bases = tuple(bases)
        self._known: dict[tuple[str, str], Mapping[str, Counted]] = {}
        self._states: dict[str, tuple[str, str]] = {}

    def state(self, tag: str) -> tuple[str, str]:
        """Whether a tag is "known", "followed", "withdrawn" or "unknown", and where it leads."""
        if tag not in self._states:
            self._states[tag] = self._state(tag)
        return self._states[tag]

    def _state(self, tag: str) -> tuple[str, str]:
        seen: list[str] = []
        heir = tag
        while (record := self._records.parsed.get(heir)) is not None and heir not in seen:
            if record.get("status", "active") == "active":
                return ("followed" if seen else "known"), heir
            seen.append(heir)
            heir = record.get("replaced_by") or ""
        return ("withdrawn" if seen else "unknown"), ""

    def counts_for(self, tag: str, kind: str) -> Mapping[str, Counted]:
        """What an active tag counts for."""
        key = tag, kind
        if key not in self._known:
            self._known[key] = self._reach.of(tag, kind, self.bases)
        return self._known[key]

    def read(self, row: TagSet, kind: str) -> _Read:
        """What one set counts for: each thing on the best ground."""
        states = [self.state(tag) for tag in row.tags]
        active = dict.fromkeys(heir for _, heir in states if heir)
        found: dict[str, Counted] = {}
        for tag in active:
            for bucket, counted in self.counts_for(tag, kind).items():
                had = found.get(bucket, counted)
                # "stated" is more than "derived", and not delivered more than delivered.
                found[bucket] = Counted(
                    max(had.basis, counted.basis), had.delivered and counted.delivered
                )
        if active:
            return _Read(row, found, "bucket" if found else "none")
        names = {name for name, _ in states}
        return _Read(
            row, {}, "unknown" if "unknown" in names else "withdrawn" if names else "untagged"
        )

    def nearest(self, tag: str) -> tuple[str, ...]:
        """The ids that a misspelt tag may mean."""
        return nearest(tag, self._records.ids())


def uptake(
    rows: Iterable[TagSet],
    policy: PolicyVersion,
    by: Kind = "priority",
    *,
    rule: Rule = "full",
    bases: Collection[Basis] = _BASES,
    suppress: int = 0,
) -> Uptake:
    """
    What is done under the policy, by the things of a kind.

    Args:
        rows: what is tagged, as `fold` or `read_files` give it.
        policy: the version.
        by: the kind.
        rule: "full", where an item counts in full for each thing that it counts for, or "split",
            where what it comes to is shared equally among them.
        bases: which links count: "stated", "derived", or both.
        suppress: counts below this are hidden, and with them what would give them back; 0 hides
            nothing.

    Raises:
        UnknownKind: where there is no such kind.
        UnknownField: where the rule or a basis is none of those.
        WrongType: where the rows are no sets of tags, or `suppress` is no count.

    Examples:
        >>> import ppun_bfc
        >>> from ppun_bfc.uptake import TagSet, uptake
        >>> rows = [TagSet(("action:pass-numeriques",), 3, 300_000), TagSet((), 1, 5_000)]
        >>> found = uptake(rows, ppun_bfc.load("2020.10.2"))
        >>> found["priority:inclusion-citoyenne"].items, found.items, found.cents
        (3, 4, 305000)

    """
    _check(rule, bases, suppress)
    things = policy.entities(by)
    sets = _sets(rows)
    reader = _Reader(policy, bases)
    found = [reader.read(row, by) for row in sets]
    groups: dict[str, list[_Read]] = defaultdict(list)
    for one in found:
        groups[one.row.group or ""].append(one)
    if set(groups) == {""}:
        groups.clear()  # nothing was kept apart
    answers = {
        name: _answer(own, things, policy.version, by, rule, reader)
        for name, own in sorted(groups.items())
    }
    whole = _answer(found, things, policy.version, by, rule, reader, tuple(answers.items()))
    return protected(whole, suppress) if suppress else whole


def _check(rule: str, bases: Collection[str], suppress: object) -> None:
    if rule not in _RULES:
        raise UnknownField("rule", str(rule), _RULES)
    for basis in bases:
        if basis not in _BASES:
            raise UnknownField("basis", str(basis), _BASES)
    if not isinstance(suppress, int) or isinstance(suppress, bool) or suppress < 0:
        raise WrongType.of(suppress, _A_COUNT)


def _sets(rows: object) -> tuple[TagSet, ...]:
    if not isinstance(rows, Iterable):
        raise WrongType.of(rows, _A_SET)
    given = tuple(cast("Iterable[object]", rows))
    for row in given:
        if not isinstance(row, TagSet):
            raise WrongType.of(row, _A_SET)
    return merged(cast("tuple[TagSet, ...]", given))


class _Sum:
    """What some items come to: whole cents, and shares of them by the number of sharers."""

    def __init__(self) -> None:
        self.items = self.derived = self.delivered = 0
        self._parts: dict[int, int] = defaultdict(int)

    def add(self, row: TagSet, sharers: int = 1, counted: Counted | None = None) -> None:
        """Count the items of a set, one of so many that share it."""
        self.items += row.items
        self._parts[sharers] += row.cents or 0
        if counted is not None:
            self.derived += row.items if counted.basis == "derived" else 0
            self.delivered += row.items if counted.delivered else 0

    @property
    def cents(self) -> Fraction:
        """The exact sum."""
        return sum((Fraction(part, sharers) for sharers, part in self._parts.items()), Fraction())


def rounded(sums: Sequence[Fraction]) -> list[int]:
    """
    Whole cents that come to the whole of the exact sums: the largest remainders go up, the first before.

    >>> rounded([Fraction(1, 3), Fraction(1, 3), Fraction(1, 3)])
    [1, 0, 0]
    """
    floors = [one.numerator // one.denominator for one in sums]
    missing = int(sum(sums, Fraction())) - sum(floors)
    order = sorted(range(len(sums)), key=lambda at: (floors[at] - sums[at], at))
    for at in order[:missing]:
        floors[at] += 1
    return floors


def _answer(
    found: Sequence[_Read],
    things: Sequence[Entity],
    version: str,
    by: Kind,
    rule: Rule,
    reader: _Reader,
    groups: tuple[tuple[str, Uptake], ...] = (),
) -> Uptake:
    sums: dict[str, _Sum] = {one.id: _Sum() for one in things} | {name: _Sum() for name in _REST}
    for one in found:
        if not one.buckets:
            sums[one.sort].add(one.row)
        for bucket, counted in one.buckets.items():
            sums[bucket].add(one.row, len(one.buckets) if rule == "split" else 1, counted)
    has_amounts = any(one.row.cents is not None for one in found)
    cents = rounded([each.cents for each in sums.values()])
    labels = {one.id: one.label for one in things}
    lines = tuple(
        Line(
            name if name in labels else None,
            labels.get(name),
            "bucket" if name in labels else cast("Sort", name),
            each.items,
            amount if has_amounts else None,
            each.derived,
            each.delivered,
        )
        for (name, each), amount in zip(sums.items(), cents, strict=True)
    )
    return Uptake(
        version=version,
        by=by,
        rule=rule,
        bases=reader.bases,
        lines=lines,
        items=sum(one.row.items for one in found),
        cents=sum(one.row.cents or 0 for one in found) if has_amounts else None,
        sum_items=sum(each.items for each in sums.values()),
        sum_cents=sum(cents) if has_amounts else None,
        unpriced=sum(one.row.unpriced for one in found),
        unknown=tuple(_unknown(found, reader)),
        followed=tuple(_followed(found, reader)),
        groups=groups,
    )


def _tagged(
    found: Iterable[_Read], reader: _Reader, *states: str
) -> Iterator[tuple[str, list[TagSet]]]:
    """The tags of some states, in alphabetical order, with the sets that bear them."""
    bearing: dict[str, list[TagSet]] = defaultdict(list)
    for one in found:
        for tag in one.row.tags:
            if reader.state(tag)[0] in states:
                bearing[tag].append(one.row)
    yield from sorted(bearing.items())


def _unknown(found: Iterable[_Read], reader: _Reader) -> Iterator[Unknown]:
    for tag, rows in _tagged(found, reader, "unknown"):
        yield Unknown(tag, sum(row.items for row in rows), reader.nearest(tag))


def _followed(found: Iterable[_Read], reader: _Reader) -> Iterator[Followed]:
    for tag, rows in _tagged(found, reader, "followed", "withdrawn"):
        yield Followed(tag, sum(row.items for row in rows), reader.state(tag)[1] or None)


def shift(
    rows: Iterable[TagSet],
    old: PolicyVersion,
    new: PolicyVersion,
    by: Kind = "priority",
    *,
    rule: Rule = "full",
    bases: Collection[Basis] = _BASES,
    suppress: int = 0,
) -> Shift:
    """
    The same items under two versions of the policy.

    Args:
        rows: what is tagged.
        old: a version.
        new: another.
        by: as in `uptake`, like the rest.
        rule: as in `uptake`.
        bases: as in `uptake`.
        suppress: as in `uptake`.

    Raises:
        UnknownKind: as in `uptake`.
        UnknownField: as in `uptake`.
        WrongType: as in `uptake`.

    """
    given = _sets(rows)
    before, after = (
        uptake(given, policy, by, rule=rule, bases=bases, suppress=suppress)
        for policy in (old, new)
    )
    return Shift(before, after)


# -- two kinds -----------------------------------------------------------------------------------


def crossed(
    rows: Iterable[TagSet],
    policy: PolicyVersion,
    by: tuple[Kind, Kind] = ("priority", "scheme"),
    *,
    rule: Rule = "full",
    bases: Collection[Basis] = _BASES,
    suppress: int = 0,
) -> Crossed:
    """
    A matrix of counts and amounts: what counts for a thing of one kind and for one of another.

    Args:
        rows: what is tagged.
        policy: the version.
        by: the kinds of its rows and of its columns.
        rule: as in `uptake`; with "split" an amount is shared among the cells that it counts in.
        bases: as in `uptake`.
        suppress: as in `uptake`.

    Raises:
        UnknownKind: as in `uptake`.
        UnknownField: as in `uptake`.
        WrongType: as in `uptake`.

    Examples:
        >>> import ppun_bfc
        >>> from ppun_bfc.uptake import TagSet, crossed
        >>> found = crossed([TagSet(("theme:inclusion",), 2, 100)], ppun_bfc.load("2020.10.2"))
        >>> found.cell("priority:inclusion-citoyenne", "scheme:scoran-bfc").items
        2

    """
    _check(rule, bases, suppress)
    down, across = policy.entities(by[0]), policy.entities(by[1])
    reader = _Reader(policy, bases)
    sums: dict[Cell, _Sum] = defaultdict(_Sum)
    outside = _Sum()
    sets = _sets(rows)
    for row in sets:
        one, other = (reader.read(row, kind).buckets for kind in by)
        if not (one and other):
            outside.add(row)
        sharers = len(one) * len(other) if rule == "split" else 1
        for pair in ((a, b) for a in one for b in other):
            sums[pair].add(row, sharers)
    has_amounts = any(row.cents is not None for row in sets)
    pairs = [(a.id, b.id) for a in down for b in across if (a.id, b.id) in sums]
    cents = rounded([*(sums[pair].cents for pair in pairs), outside.cents])
    kept = hidden(_with_totals({pair: sums[pair].items for pair in pairs}), suppress)
    cells = {
        pair: CrossedCell(
            None if pair in kept else sums[pair].items,
            None if pair in kept or not has_amounts else amount,
        )
        for pair, amount in zip(pairs, cents, strict=False)
    }
    items = sum(row.items for row in sets)
    return Crossed(
        policy.version, by, rule, tuple(down), tuple(across), cells, 0 if has_amounts else None,
        None if 0 < items < suppress else items,
        None if 0 < outside.items < suppress else outside.items,
    )  # fmt: skip


def _with_totals(counts: Mapping[Cell, int]) -> dict[Cell, int]:
    """Counts with the totals of their rows and columns, which a reader may know from elsewhere."""
    found: dict[Cell, int] = defaultdict(int)
    for (row, column), count in counts.items():
        for cell in ((row, column), (row, TOTAL), (TOTAL, column), (TOTAL, TOTAL)):
            found[cell] += count
    return found
