"""Uptake equals a brute force over single items, on every engine, to the cent; and hides what it must."""

import csv
import json
import sqlite3
import sys
from contextlib import closing
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ppun_bfc
from brute import Brute
from conftest import ROOT
from ppun_bfc import UnknownId, WrongType, export
from ppun_bfc.errors import (
    BadQuantity,
    MissingExtra,
    UnknownField,
    UnknownKind,
    UnreadableFile,
)
from ppun_bfc.uptake import (
    TagSet,
    crossed,
    fold,
    merged,
    read_files,
    shift,
    split_tags,
    subventions,
    uptake,
)
from ppun_bfc.uptake.count import rounded
from ppun_bfc.uptake.protection import hidden
from strategies import snapshots
from versions import (
    MERGED,
    MERGED_INTO,
    RENAMED,
    RENAMED_TO,
    SPLIT,
    WITHDRAWN,
    later,
    policy_of,
)

INCLUSION, ECONOMY = "priority:inclusion-citoyenne", "priority:transformation-economie"


# -- the definition ------------------------------------------------------------------------------


class BruteUptake:
    """Uptake word for word: item by item, in fractions, rounded once."""

    def __init__(self, policy, kind, rule, bases):
        self.brute, self.policy = Brute(policy), policy
        self.kind, self.rule, self.bases = kind, rule, bases
        self.order = [one.id for one in policy.entities(kind)]

    def owners(self, id):
        """What an id counts for, and whether by a derived delivery only."""
        found = dict.fromkeys((id, *self.brute.ancestors(id)), "stated")
        for link in self.policy.links:
            if (link.source, link.relation) == (id, "delivers") and id.startswith("aid:"):
                for x in (link.target, *self.brute.ancestors(link.target)):
                    found[x] = max(found.get(x, "derived"), link.basis)
        return {x: basis for x, basis in found.items() if basis in self.bases or basis == "stated"}

    def buckets(self, tag):
        owners = self.owners(tag)
        own = {x for x in owners if x in self.order}
        if own:
            return own
        found = set()
        for x, link in product(owners, self.policy.links):
            is_root = self.brute.entities[x].part_of is None
            if x not in (link.source, link.target) or (is_root and x != tag):
                continue
            other = link.target if link.source == x else link.source
            for y, basis in self.owners(other).items():
                weakest = min(owners[x], link.basis, basis)
                if y in self.order and weakest in self.bases:
                    found.add(y)
        return found

    def answer(self, items):
        keys = (*self.order, "none", "untagged", "unknown")
        counts = dict.fromkeys(keys, 0)
        sums = dict.fromkeys(keys, Fraction(0))
        for tags, cents in items:
            known = [tag for tag in set(tags) if tag in self.brute.entities]
            buckets = set().union(*map(self.buckets, known)) if known else set()
            rest = "none" if known else "unknown" if tags else "untagged"
            for bucket in buckets or {rest}:
                counts[bucket] += 1
                sums[bucket] += Fraction(
                    cents, len(buckets) if self.rule == "split" and buckets else 1
                )
        cents = self.round([*sums.values()])
        return {key: (counts[key], whole) for key, whole in zip(keys, cents, strict=True)}

    @staticmethod
    def round(sums):
        floors = [int(one // 1) for one in sums]
        for at in sorted(range(len(sums)), key=lambda at: (floors[at] - sums[at], at))[
            : int(sum(sums)) - sum(floors)
        ]:
            floors[at] += 1
        return floors


@st.composite
def items_of(draw, policy, size=12):
    ids = [*(one.id for one in policy), "theme:x", "misspelt"]
    tags = st.lists(st.sampled_from(ids), max_size=3)
    return draw(st.lists(st.tuples(tags, st.integers(-999, 9999)), max_size=size))


RULES = st.sampled_from(["full", "split"])
BASES: st.SearchStrategy[Any] = st.sampled_from([("stated",), ("stated", "derived")])


@given(st.data())
def test_it_equals_its_definition(data):
    policy = policy_of(data.draw(snapshots(size=10)))
    kind = data.draw(st.sampled_from(["priority", "scheme", "theme", "aid", "policy"]))
    rule, bases = data.draw(RULES), data.draw(BASES)
    items = data.draw(items_of(policy))
    expected = BruteUptake(policy, kind, rule, bases).answer(items)
    found = uptake(
        [TagSet(tuple(tags), 1, cents) for tags, cents in items],
        policy,
        kind,
        rule=rule,
        bases=bases,
    )
    told = {
        line.key: (line.items, line.cents or 0) for line in found.lines if line.key != "withdrawn"
    }
    assert told == expected
    assert found.items == len(items)
    assert (found.cents or 0) == sum(cents for _, cents in items)
    assert found.sum_items == sum(count for count, _ in expected.values())
    if rule == "split":
        assert found.sum_cents == found.cents


@given(st.data())
def test_a_matrix_equals_its_definition(data):
    policy = policy_of(data.draw(snapshots(size=10)))
    kinds = data.draw(st.sampled_from([("priority", "scheme"), ("theme", "aid")]))
    rule, bases = data.draw(RULES), data.draw(BASES)
    items = data.draw(items_of(policy))
    found = crossed(
        [TagSet(tuple(tags), 1, cents) for tags, cents in items],
        policy,
        kinds,
        rule=rule,
        bases=bases,
    )
    sides = [BruteUptake(policy, kind, rule, bases) for kind in kinds]
    outside = 0
    counts: dict[tuple[str, str], int] = {}
    for tags, _ in items:
        known = [tag for tag in set(tags) if tag in sides[0].brute.entities]
        down, across = (
            set().union(*map(side.buckets, known)) if known else set() for side in sides
        )
        outside += not (down and across)
        for pair in product(down, across):
            counts[pair] = counts.get(pair, 0) + 1
    for row, column in product(*(side.order for side in sides)):
        assert found.cell(row, column).items == counts.get((row, column), 0)
    assert found.outside == outside
    if rule == "split" and items:
        inside = sum(found.cell(*pair).cents or 0 for pair in counts)
        rest = sum(cents for tags, cents in items if not _is_inside(tags, sides))
        assert abs(inside + rest - sum(cents for _, cents in items)) <= 1


def _is_inside(tags, sides):
    known = [tag for tag in set(tags) if tag in sides[0].brute.entities]
    return bool(known) and all(set().union(*map(side.buckets, known)) for side in sides)


@given(st.lists(st.fractions(-(10**6), 10**6), max_size=9))
def test_rounding_reconciles(sums):
    sums.append(-sum(sums, Fraction()) % 1)
    whole = rounded(sums)
    assert sum(whole) == sum(sums)
    assert all(abs(one - exact) < 1 for one, exact in zip(whole, sums, strict=True))


# -- the answer ----------------------------------------------------------------------------------


def sets(*rows):
    return [TagSet(tuple(tags.split()), items, cents) for tags, items, cents in rows]


def test_what_counts_for_nothing_is_a_line_of_the_answer(policy):
    alone = next(one.id for one in policy if not policy.related(one) and not policy.ancestors(one))
    rows = sets(
        ("theme:inclusion", 3, 30_000), ("", 2, 500), ("theme:inclusio", 1, 7), (alone, 4, 1),
    )  # fmt: skip
    found = uptake(rows, policy, "action")
    assert found["untagged"][3:5] == (2, 500)
    assert found["unknown"][3:5] == (1, 7)
    assert found["none"].items == 4
    assert found.unknown[0].tag == "theme:inclusio"
    assert "theme:inclusion" in found.unknown[0].nearest
    assert found.items == 10
    assert {line.id for line in found.gaps} | {line.id for line in found.lines if line.items} >= {
        one.id for one in policy.actions
    }


def test_withdrawn_tags_are_followed_and_told():
    policy = policy_of(json.loads(later().to_json()))
    rows = sets((RENAMED, 1, 100), (MERGED, 2, 200), (SPLIT, 4, 400), (WITHDRAWN, 8, 800))
    found = uptake(rows, policy, "scheme")
    assert found[RENAMED_TO].items == 1
    assert found[MERGED_INTO].items == 2
    assert found["withdrawn"][3:5] == (12, 1200)
    followed = {one.tag: (one.items, one.to) for one in found.followed}
    assert followed == {
        RENAMED: (1, RENAMED_TO),
        MERGED: (2, MERGED_INTO),
        SPLIT: (4, None),
        WITHDRAWN: (8, None),
    }
    assert "remplacé par rien" in str(found)


def test_an_aid_counts_for_what_it_delivers_and_says_so(policy):
    link = next(x for x in policy.links if x.relation == "delivers" and x.source.startswith("aid:")
                and x.target.startswith("action:"))  # fmt: skip
    (above,) = [x for x in policy.ancestors(link.target) if x.kind == "priority"]
    line = uptake(sets((link.source, 5, 1)), policy)[above.id]
    assert (line.items, line.delivered) == (5, 5)
    assert "5 par une aide" in str(uptake(sets((link.source, 5, 1)), policy))
    both = uptake(sets((f"{link.source} {link.target}", 5, 1)), policy)[above.id]
    assert (both.items, both.delivered, both.derived) == (5, 0, 0)


def test_what_is_below_does_not_count(policy):
    for theme in policy.themes:
        below = {one.id for one in policy.descendants(theme)}
        linked = {
            link.other(x.id)
            for x in (theme, *policy.ancestors(theme))
            for link in policy.related(x)
        }
        found = uptake(sets((theme.id, 1, 1)), policy, "action")
        assert not {line.id for line in found.lines if line.items} & (below - linked)


def test_the_root_of_a_tree_counts_for_itself_and_bequeaths_nothing(policy):
    root, below = (
        uptake(sets((id, 1, 1)), policy, "scheme") for id in ("policy:ppun-bfc", INCLUSION)
    )
    assert root["scheme:sresri"].items == 1
    assert below["scheme:sresri"].items == 0


def test_groups_are_answered_each(policy):
    rows = [TagSet(("theme:inclusion",), n, 100 * n, 0, str(2020 + n)) for n in (1, 2, 3)]
    rows.append(TagSet(("theme:inclusion",), 4, 1))
    found = uptake(rows, policy)
    assert [(name, table[INCLUSION].items) for name, table in found.groups] == [
        ("", 4),
        ("2021", 1),
        ("2022", 2),
        ("2023", 3),
    ]
    assert found[INCLUSION].items == 10
    frame = found.rows()
    assert {row["group"] for row in frame} == {None, "", "2021", "2022", "2023"}
    assert "aucun" in str(found)
    only: Any = ("stated",)
    stated = uptake(rows, policy, bases=only, suppress=2)
    assert {(table.bases, table.suppressed_below) for _, table in stated.groups} == {(only, 2)}
    assert "2022" in str(found)


def test_it_shows_itself_everywhere(policy):
    rows = [TagSet(("theme:inclusion",), 2, None), TagSet(("x<y",), 1, None)]
    found = uptake(rows, policy)
    assert found.cents is None
    assert "Montant" not in str(found)
    assert "x&lt;y" in found._repr_html_()
    priced = uptake([TagSet(("theme:inclusion",), 2, 150, 1)], policy, rule="split")
    assert "1,50" in str(priced)
    assert "1 items have no amount" in priced.text("en")
    assert repr(priced) == f"<Uptake by priority of {policy.version}: 2 items, 150 cents>"
    told = json.loads(json.dumps(priced.to_dict()))
    assert told["lines"][0] == priced.lines[0].to_dict()
    matrix = crossed([TagSet(("theme:inclusion",), 2, 150)], policy)
    assert "2 – 1,50" in str(matrix)
    assert "<table>" in matrix._repr_html_()
    assert repr(matrix).endswith("2 items>")
    assert json.loads(json.dumps(matrix.to_dict()))["cells"]
    assert matrix.cell(ECONOMY, "scheme:srdeii") == (0, 0)
    plain = crossed([TagSet(("theme:inclusion",), 2)], policy)
    assert plain.cell(INCLUSION, "scheme:scoran-bfc") == (2, None)
    with pytest.raises(UnknownId, match="scoran"):
        matrix.cell(INCLUSION, "scheme:scoran")
    with pytest.raises(UnknownId, match="inclusion"):
        found["priority:inclusion"]
    zero: Any = 0
    with pytest.raises(WrongType):
        found[zero]
    assert list(found) == list(found.lines)
    assert len(found) == len(found.lines)


def test_two_versions_are_compared(policy):
    old = ppun_bfc.load("2020.10.1")
    found = shift(sets(("theme:inclusion", 1, 5), (INCLUSION, 2, 1)), old, policy)
    assert repr(found) == f"<Shift 2020.10.1 → {policy.version}: 2 lines>"
    lines = {line.key: line for line in found.lines}
    assert lines["unknown"].before.items == 1
    assert lines[INCLUSION].after.items == 3
    assert found.to_dict()["differ"] == list(lines)
    head, *body = found.table("en")
    assert head == [
        "Priority",
        "2020.10.1",
        policy.version,
        "Amount, 2020.10.1",
        f"Amount, {policy.version}",
    ]
    assert len(body) == 2
    assert "counts otherwise under the other version (2)" in found.text("en")
    free = shift([TagSet(("theme:inclusion",), 2)], old, policy)
    assert [len(row) for row in free.table()] == [3] * (len(free.lines) + 1)
    assert "(0)" in shift([], old, policy).text("en")
    gone = shift(sets(("scheme:sraddet", 1, 1)), policy, old, "theme")
    assert all(line.after is None or line.before is not None for line in gone.lines)
    new = shift(sets(("action:pass-numeriques", 1, 1)), old, policy, "action")
    assert ["–", "1"] in [row[1:3] for row in new.table()[1:]]


def test_wrong_arguments_are_errors(policy):
    odd: Any = "them"
    with pytest.raises(UnknownKind):
        uptake([], policy, odd)
    for odd in ({"rule": "half"}, {"bases": ("said",)}):
        with pytest.raises(UnknownField):
            uptake([], policy, **odd)
    for odd in (3, [3], "theme:inclusion"):
        with pytest.raises(WrongType):
            uptake(odd, policy)
    for odd in (-1, True, 1.5):
        with pytest.raises(WrongType):
            uptake([], policy, suppress=odd)


# -- sets ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cell",
    [
        "a:b|c:d",
        "a:b;c:d",
        "a:b, c:d",
        "['a:b', 'c:d']",
        '{"a:b","c:d"}',
        "a:b c:d",
        " a:b ;; c:d ; a:b",
        "a:b\nc:d",
    ],
)
def test_tags_in_one_cell(cell):
    assert split_tags(cell) == ("a:b", "c:d")


def test_what_is_no_id_stays_one_tag():
    assert split_tags("Micro folies; a:b") == ("Micro folies", "a:b")
    assert split_tags("") == split_tags("[]") == ()


def test_sets_are_merged_whatever_the_order():
    rows = [
        TagSet(("b", "a"), 1, None),
        TagSet(("a", "b", "a"), 2, 5, 1),
        TagSet(("a", "b"), 1, 1, 0, "x"),
    ]
    assert merged(rows) == (TagSet(("a", "b"), 3, 5, 1), TagSet(("a", "b"), 1, 1, 0, "x"))


# -- protection ----------------------------------------------------------------------------------


def solvable(counts, gone):
    """Cells that can be worked out from the others and the totals, by Gauss."""
    cells = sorted(gone)
    lines = {("row", cell[0]) for cell in counts} | {("column", cell[1]) for cell in counts}
    matrix = []
    for side, name in sorted(lines):
        at = 0 if side == "row" else 1
        members = [cell for cell in counts if cell[at] == name]
        if len(members) > 1:
            signs = {c: -1 if c[1 - at] == "T" else 1 for c in members}
            matrix.append([Fraction(signs.get(cell, 0)) for cell in cells])
    rank = 0
    for column in range(len(cells)):
        pivot = next((r for r in range(rank, len(matrix)) if matrix[r][column]), None)
        if pivot is None:
            continue
        matrix[rank], matrix[pivot] = matrix[pivot], matrix[rank]
        matrix[rank] = [x / matrix[rank][column] for x in matrix[rank]]
        for r in range(len(matrix)):
            if r != rank:
                matrix[r] = [
                    x - matrix[r][column] * y for x, y in zip(matrix[r], matrix[rank], strict=True)
                ]
        rank += 1
    return [
        cells[next(i for i, x in enumerate(row) if x)]
        for row in matrix
        if sum(1 for x in row if x) == 1
    ]


@given(
    st.lists(st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=1, max_size=4),
    st.integers(1, 6),
)
@settings(max_examples=200)
def test_nothing_hidden_can_be_worked_out(rows, below):
    counts = {(f"r{i}", f"c{j}"): n for i, row in enumerate(rows) for j, n in enumerate(row)}
    for i, row in enumerate(rows):
        counts[f"r{i}", "T"] = sum(row)
    for j in range(3):
        counts["T", f"c{j}"] = sum(row[j] for row in rows)
    counts["T", "T"] = sum(map(sum, rows))
    gone = hidden(counts, below)
    small = {cell for cell, count in counts.items() if 0 < count < below}
    assert small <= gone
    assert not set(solvable(counts, gone)) & small
    assert gone or not small


def test_small_counts_are_hidden_with_what_gives_them_back(policy):
    other = next(one.id for one in policy.themes if policy.ancestors(one)[-2].id == ECONOMY)
    rows = sets(("theme:inclusion", 50, 1), (other, 2, 1), ("", 9, 1))
    found = uptake(rows, policy, suppress=5)
    assert found[ECONOMY].items is None
    assert found["untagged"].items is None
    assert found[INCLUSION].items == 50
    assert found.items == 61
    assert "peu" in str(found)
    assert "inférieurs à 5" in str(found)
    alone = uptake(sets(("theme:inclusion", 2, 1), ("theme:x", 1, 1)), policy, suppress=5)
    assert alone.items is alone.cents is alone.sum_items is None
    assert alone.unknown[0].items is None
    grouped = [
        TagSet(("theme:inclusion",), n, 1, 1, year) for year, n in (("a", 2), ("b", 9), ("c", 9))
    ]
    hidden_ = uptake(grouped, policy, suppress=5)
    years = {name: table[INCLUSION].items for name, table in hidden_.groups}
    assert years["a"] is None
    assert list(years.values()).count(None) == 2
    assert all(table.unknown == () and table.unpriced is None for _, table in hidden_.groups)
    matrix = crossed(sets(("theme:inclusion", 2, 1), (other, 30, 1)), policy, suppress=5)
    assert matrix.cell(INCLUSION, "scheme:scoran-bfc") == (None, None)
    assert "peu" in str(matrix)


# -- engines -------------------------------------------------------------------------------------

ITEMS = st.lists(
    st.tuples(
        st.one_of(st.none(), st.sampled_from(["a:b", "a:b|c:d", "c:d|a:b", "", "é:x"])),
        st.one_of(st.none(), st.integers(0, 10**7)),
        st.sampled_from([2020, 2021]),
    ),
    min_size=1,
    max_size=20,
)


def expected(items):
    """The sets, item by item."""
    return merged(
        TagSet(split_tags(tags), 1, cents or 0, int(cents is None), str(year))
        for tags, cents, year in items
    )


def frames(items, *, floats):
    """The same items in every engine that is here."""
    pa = pytest.importorskip("pyarrow")
    tags, cents, years = zip(*items, strict=True)
    amounts = [None if c is None else c / 100 if floats else Decimal(c) / 100 for c in cents]
    kind = pa.float64() if floats else pa.decimal128(12, 2)
    table = pa.table(
        {
            "tags": pa.array(tags, pa.string()),
            "euros": pa.array(amounts, kind),
            "year": pa.array(years),
        }
    )
    lists = [None if t is None else t.split("|") if t else [] for t in tags]
    with_lists = table.set_column(0, "tags", pa.array(lists, pa.list_(pa.string())))
    pd, pl = pytest.importorskip("pandas"), pytest.importorskip("polars")
    duckdb = pytest.importorskip("duckdb")
    for made in (table, with_lists):
        yield made
        yield made.to_pandas(types_mapper=pd.ArrowDtype)
        yield pl.from_arrow(made)
        yield pl.from_arrow(made).lazy()
        yield duckdb.from_arrow(made)
    if floats:
        yield table.to_pandas()


@given(ITEMS, st.booleans())
@settings(max_examples=25)
def test_every_engine_gives_the_same_sets(items, floats):
    pytest.importorskip("narwhals")
    for frame in frames(items, floats=floats):
        assert sorted(fold(frame, "tags", "euros", "year"), key=repr) == sorted(
            expected(items), key=repr
        )


def test_counts_alone_need_no_amounts():
    pl = pytest.importorskip("polars")
    pytest.importorskip("narwhals")
    found = fold(pl.DataFrame({"t": ["a:b", "a:b", None], "n": [1, 2, None]}), "t")
    assert sorted(found) == [TagSet((), 1), TagSet(("a:b",), 2)]
    whole = fold(pl.DataFrame({"t": ["a:b", "a:b", None], "n": [1, 2, None]}), "t", "n")
    assert sorted(whole) == [TagSet((), 1, 0, 1), TagSet(("a:b",), 2, 300)]
    nan = fold(pl.DataFrame({"t": ["a:b"], "n": [float("nan")]}), "t", "n")
    assert nan == (TagSet(("a:b",), 1, 0, 1),)


def test_a_long_table_is_folded_by_its_engine():
    duckdb, pl = pytest.importorskip("duckdb"), pytest.importorskip("polars")
    pytest.importorskip("narwhals")
    rows = "VALUES (1, 'a:b', 1.5, 'x'), (1, 'c:d', 1.5, 'x'), (2, NULL, 2, 'y'), (2, NULL, 2, 'y')"
    table = duckdb.sql(f"SELECT * FROM ({rows}) AS t(id, tag, euros, kind)")
    found = fold(table, "tag", "euros", "kind", item="id")
    assert sorted(found) == [TagSet((), 1, 200, 0, "y"), TagSet(("a:b", "c:d"), 1, 150, 0, "x")]
    with pytest.raises(WrongType, match="long table of DuckDB or PySpark"):
        fold(pl.DataFrame({"id": [1], "tag": ["a:b"]}), "tag", item="id")
    with pytest.raises(UnknownField, match="'tags'"):
        fold(table, "tags", item="id")


def test_spark_is_asked_in_its_own_words():
    """A frame that looks like one of Spark; `tests/forms` asks a real one."""
    pl = pytest.importorskip("polars")
    pytest.importorskip("narwhals")
    asked: list[str] = []

    class Session:
        def sql(self, query, *, frame):
            asked.append(query)
            return pl.DataFrame({"t`{g}": [["a:b"]], "euros": [1.5]})

    odd: Any = type("DataFrame", (), {"__module__": "pyspark.sql", "columns": ["t`{g}", "id", "euros"],
                                      "sparkSession": Session()})()  # fmt: skip
    assert fold(odd, "t`{g}", "euros", item="id") == (TagSet(("a:b",), 1, 150),)
    assert asked == [
        "SELECT sort_array(collect_set(`t``{{g}}`)) AS `t``{{g}}`, any_value(`euros`, true) AS `euros`"
        " FROM {frame} GROUP BY `id`"
    ]


def test_what_cannot_be_folded_is_one_error():
    pl, pd = pytest.importorskip("polars"), pytest.importorskip("pandas")
    pytest.importorskip("narwhals")
    frame = pl.DataFrame({"t": ["a:b"], "s": ["x"], "n": [Decimal("0.005")], "o": [1]})
    odd: Any = [1]
    with pytest.raises(WrongType, match="DuckDB"):
        fold(odd, "t")
    with pytest.raises(UnknownField, match="column"):
        fold(frame, "tags")
    with pytest.raises(WrongType, match="numbers"):
        fold(frame, "t", "s")
    with pytest.raises(WrongType, match="texts"):
        fold(frame, "o")
    with pytest.raises(BadQuantity):
        fold(frame, "t", "n")
    with pytest.raises(WrongType, match="texts"):
        fold(pd.DataFrame({"t": [["a:b"]]}), "t")


def test_without_the_libraries_it_is_one_clear_error(monkeypatch, tmp_path):
    frame: Any = {}
    monkeypatch.setitem(sys.modules, "narwhals", None)
    with pytest.raises(MissingExtra, match=r"ppun-bfc\[uptake\]"):
        fold(frame, "t")
    monkeypatch.setitem(sys.modules, "duckdb", None)
    (tmp_path / "a.csv").write_text("t\na:b\n")
    with pytest.raises(MissingExtra, match=r"ppun-bfc\[uptake\]"):
        read_files(tmp_path / "a.csv", "t")


# -- files ---------------------------------------------------------------------------------------


@pytest.fixture
def filed(tmp_path):
    """The same three items in a file of each kind."""
    pa = pytest.importorskip("pyarrow")
    pytest.importorskip("duckdb")
    pytest.importorskip("narwhals")
    from pyarrow import parquet

    rows = [("a:b|c:d", "1 234,50 €", "2020"), ("a:b", "10", "2021"), ("", "", "2021")]
    for name, mark, encoding in (
        ("comma.csv", ",", "utf-8"), ("semi.csv", ";", "utf-8-sig"), ("old.csv", ";", "cp1252"),
        ("excel.csv", "\t", "utf-16"), ("tab.tsv", "\t", "utf-8"),
    ):  # fmt: skip
        with open(tmp_path / name, "w", newline="", encoding=encoding) as file:
            writer = csv.writer(file, delimiter=mark)
            writer.writerows([("étiquettes", "montant", "année"), *rows])
    numbers = [Decimal("1234.50"), Decimal(10), None]
    values = [
        (tags or None, number, int(year))
        for (tags, _, year), number in zip(rows, numbers, strict=True)
    ]
    names = ("étiquettes", "montant", "année")
    columns = dict(zip(names, map(list, zip(*values, strict=True)), strict=True))
    parquet.write_table(pa.table(columns), tmp_path / "p.parquet")
    lines = [
        json.dumps(dict(zip(names, (t.split("|") if t else [], n and float(n), y), strict=True)))
        for t, n, y in values
    ]
    (tmp_path / "l.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "j.json").write_text(f"[{','.join(lines)}]", encoding="utf-8")
    with closing(sqlite3.connect(tmp_path / "s.db")) as connection:
        connection.execute("CREATE TABLE items (étiquettes TEXT, montant REAL, année INTEGER)")
        connection.executemany(
            "INSERT INTO items VALUES (?, ?, ?)", [(t, n and float(n), y) for t, n, y in values]
        )
        connection.commit()
    return tmp_path


WANTED = [
    TagSet((), 1, 0, 1, "2021"),
    TagSet(("a:b",), 1, 1000, 0, "2021"),
    TagSet(("a:b", "c:d"), 1, 123450, 0, "2020"),
]
NAMES = [
    "comma.csv",
    "semi.csv",
    "old.csv",
    "excel.csv",
    "tab.tsv",
    "p.parquet",
    "l.jsonl",
    "j.json",
    "s.db",
]


@pytest.mark.parametrize("name", NAMES)
def test_files_as_people_have_them(filed, name):
    assert sorted(read_files(filed / name, "étiquettes", "montant", "année")) == WANTED


def test_several_files_are_one_and_progress_is_told(filed):
    told: list[tuple[int, int]] = []
    found = read_files(
        [str(filed / "*.parquet"), filed / "s.db"], "étiquettes", "montant", "année",
        progress=lambda done, of: told.append((done, of)),
    )  # fmt: skip
    assert sorted(found) == [
        row._replace(items=2, cents=2 * (row.cents or 0), unpriced=2 * row.unpriced)
        for row in WANTED
    ]
    assert told == [(0, 2), (1, 2)]


def test_a_packed_file_is_read(filed):
    import gzip

    packed = filed / "c.csv.gz"
    packed.write_bytes(gzip.compress((filed / "comma.csv").read_bytes()))
    assert sorted(read_files(packed, "étiquettes", "montant", "année")) == WANTED


def test_a_letter_cut_in_two_is_still_utf_8(filed):
    text = "étiquettes,note\n" + "a:b," + "x" * 60_000 + "é" * 4_000 + "\n"
    (filed / "big.csv").write_text(text, encoding="utf-8")
    assert read_files(filed / "big.csv", "étiquettes") == (TagSet(("a:b",), 1),)


def test_a_long_table_in_sqlite(tmp_path):
    with closing(sqlite3.connect(tmp_path / "s.db")) as connection:
        connection.executescript(
            "CREATE TABLE t (id, tag, euros, y); CREATE TABLE u (x);"
            "INSERT INTO t VALUES (1, 'c:d', 2, 'x'), (1, 'a:b', 2, 'x'), (2, 'a:b', 3, 'y')"
        )
    found = read_files(tmp_path / "s.db", "tag", "euros", "y", item="id", table="t")
    assert sorted(found) == [
        TagSet(("a:b",), 1, 300, 0, "y"),
        TagSet(("a:b", "c:d"), 1, 200, 0, "x"),
    ]
    counts = read_files(tmp_path / "s.db", "tag", item="id", table="t")
    assert sum(row.items for row in counts) == 2
    for wrong in (None, "v"):
        with pytest.raises(UnknownField, match="table"):
            read_files(tmp_path / "s.db", "tag", table=wrong)
    with pytest.raises(UnknownField, match="column"):
        read_files(tmp_path / "s.db", "tags", table="t")
    with closing(sqlite3.connect(tmp_path / "s.db")) as connection:
        connection.execute("INSERT INTO t VALUES (3, 'a:b', '1 234,50', 'x')")
        connection.commit()
    with pytest.raises(BadQuantity, match="1 234,50"):
        read_files(tmp_path / "s.db", "tag", "euros", table="t")


def test_files_that_cannot_be_read_are_one_error_each(filed):
    (filed / "odd.xls").write_text("x")
    (filed / "lies.parquet").write_text("not parquet")
    (filed / "lies.db").write_text("not a database, and long enough to be looked at as one")
    (filed / "folder.csv").mkdir()
    (filed / "words.csv").write_text("étiquettes,montant\na:b,beaucoup\n", encoding="utf-8")
    (filed / "empty.csv").touch()
    for name in ("empty.csv", "none.csv", "odd.xls", "lies.parquet", "lies.db", "folder.csv"):
        with pytest.raises(UnreadableFile):
            read_files(filed / name, "étiquettes", "montant")
    with pytest.raises(BadQuantity, match=r"words\.csv: montant .*beaucoup"):
        read_files(filed / "words.csv", "étiquettes", "montant")
    with pytest.raises(UnknownField, match=r"comma\.csv: column has no 'tags'; known: étiquettes"):
        read_files(filed / "comma.csv", "tags")


def test_a_name_that_looks_like_a_pattern_is_a_file(filed):
    (filed / "a[1].csv").write_bytes((filed / "comma.csv").read_bytes())
    assert sorted(read_files(filed / "a[1].csv", "étiquettes", "montant", "année")) == WANTED


def test_the_plain_sql_of_the_guide_gives_the_same(policy):
    page = (ROOT / "docs" / "en" / "uptake.md").read_text(encoding="utf-8")
    query = page.partition("```sql\n")[2].partition("```")[0]
    items = [
        (number, [one.id, other.id], number * 100)
        for number, (one, other) in enumerate(zip(policy.actions, policy.themes, strict=False))
    ]
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(export.make(policy, "sql").decode())
        connection.executescript(
            "CREATE TABLE project (id, euros); CREATE TABLE project_tag (project, tag)"
        )
        connection.executemany("INSERT INTO project VALUES (?, ?)", [(n, e) for n, _, e in items])
        tags = [(number, tag) for number, tags, _ in items for tag in tags]
        connection.executemany("INSERT INTO project_tag VALUES (?, ?)", tags)
        told = {id: (count, euros) for id, count, euros in connection.execute(query)}
    found = uptake([TagSet(tuple(tags), 1, euros) for _, tags, euros in items], policy)
    assert told == {line.id: line[3:5] for line in found.lines if line.items}


# -- grants in the national schema ---------------------------------------------------------------


def test_grants_of_the_national_schema(policy, tmp_path):
    pytest.importorskip("duckdb")
    pytest.importorskip("narwhals")
    aid = next(iter(policy.aids))
    path = tmp_path / "subventions.csv"
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["nomBeneficiaire", "dispositifAide", "montant", "dateConvention"])
        writer.writerow(["Madame X", aid.label.fr.upper(), "1000.50", "2021-03-04"])
        writer.writerow(["Commune Y", "Fonds inconnu, tout autre", "5", "2021-03-05"])
        writer.writerow(["Commune Z", "Aide aux tiers lieux", "7", "2022-01-01"])
        writer.writerow(["Commune W", "", "9", "2022-01-01"])
        writer.writerow(["Commune V", "Zones, [actives]; Aides", "1", "2022-01-01"])
    found = subventions(path, policy, {"Aide aux tiers lieux": "aid:developper-les-tiers-lieux"})
    assert dict(found.mapped)[aid.label.fr.upper()] == aid.id
    assert found.unmapped == (("Fonds inconnu, tout autre", 1), ("Zones, [actives]; Aides", 1))
    assert {row.group for row in found.rows} == {"2021", "2022"}
    assert "Madame" not in repr(found)
    counted = uptake(found.rows, policy, "aid")
    assert counted["aid:developper-les-tiers-lieux"][3:5] == (1, 700)
    assert counted["untagged"].items == 3
    with pytest.raises(UnknownId):
        subventions(path, policy, {"x": "aid:x"})


# -- the command ---------------------------------------------------------------------------------


def test_the_command_counts(cli, filed, policy):
    (filed / "t.csv").write_text("tags,euros\ntheme:inclusion,10\n,5\n")
    done = cli("uptake", filed / "t.csv", "--tags", "tags", "--amount", "euros", lang="fr")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Placer l’inclusion citoyenne" in done.stdout
    assert "15\u00a0€" in done.stdout
    told = json.loads(cli("uptake", filed / "t.csv", "--tags", "tags", "--format", "json").stdout)
    assert told["items"] == 2
    rows = cli(
        "uptake",
        filed / "t.csv",
        "--tags",
        "tags",
        "--kind",
        "scheme",
        "--stated",
        "--format",
        "csv",
    )
    assert rows.stdout.splitlines()[0].endswith("Items")
    crossed_ = cli(
        "uptake", filed / "t.csv", "--tags", "tags", "--across", "scheme", "--rule", "split"
    )
    assert "SCORAN BFC" in crossed_.stdout
    moved = cli("uptake", filed / "t.csv", "--tags", "tags", "--before", "2020.10.1")
    assert f"2020.10.1 → {policy.version}" in moved.stdout
    both = ("--before", "2020.10.1", "--across", "scheme")
    assert cli("uptake", filed / "t.csv", "--tags", "tags", *both).returncode == 2
    wrong = cli("uptake", filed / "t.csv", "--tags", "tags", "--kind", "scheem")
    assert wrong.returncode == 2
    missing = cli("uptake", filed / "none.csv", "--tags", "tags")
    assert missing.returncode == 1
    assert "none.csv" in missing.stderr
