"""Tables: whole, keyed, joined; each cell a fact of the version, in any library's frame."""

import shutil
import sys
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ppun_bfc
from brute import Brute
from ppun_bfc.errors import MissingExtra, UnknownTable
from ppun_bfc.models import ENTITY_TYPES, Citation
from ppun_bfc.models.walk import records
from strategies import snapshots
from versions import policy_of

PACKAGE = Path(ppun_bfc.__file__).parent


@pytest.fixture(scope="module")
def tables(policy):
    return policy.tables()


def test_keys_are_unique_and_what_is_required_is_there(tables):
    for table in tables.values():
        keys = [tuple(row[name] for name in table.key) for row in table.records()]
        assert len(set(keys)) == len(keys) > 0 or not table.rows, table.name
        for column in table.columns:
            cells = table.cells(column.name)
            assert not column.required or None not in cells, (table.name, column.name)
            if column.choices:
                assert set(cells) <= {*column.choices, None}


def test_every_foreign_key_names_a_row_of_a_table_before(tables):
    seen = set()
    for table in tables.values():
        for foreign in table.foreign_keys:
            assert foreign.table in seen or foreign.table == table.name
            target = tables[foreign.table]
            known = set(zip(*(target.cells(name) for name in foreign.targets), strict=True))
            used = set(zip(*(table.cells(name) for name in foreign.columns), strict=True))
            assert {row for row in used if None not in row} <= known, (table.name, foreign)
        seen.add(table.name)


def test_cells_hold_what_their_columns_say(tables):
    types = {"text": str, "decimal": Decimal, "integer": int, "boolean": bool, "date": date}
    for table in tables.values():
        for column in table.columns:
            kinds = {type(cell) for cell in table.cells(column.name) if cell is not None}
            assert kinds <= {types[column.type]}, (table.name, column.name)


def test_every_column_has_a_title_in_both_languages(tables):
    for table in tables.values():
        assert table.title.fr
        assert table.title.en
        for column in table.columns:
            assert column.title.fr, (table.name, column.name)
            assert column.title.en


def test_they_say_what_the_records_say(policy, tables):
    every = policy.entities(deprecated=True)
    assert tables["entity"].cells("id") == [one.id for one in every]
    for kind in ENTITY_TYPES:
        own = [one for one in every if one.kind == kind]
        assert tables[kind].cells("label_fr") == [one.label.fr for one in own]
    said = sum(isinstance(record, Citation) for one in every for _, record in records(one))
    assert len(tables["citation"]) == said
    assert len(tables["link"]) == len(policy.links)
    figure = next(one for one in tables["figure"].records() if one["id"] == "figure:aide-thd-total")
    assert figure["value"] == Decimal(162_000_000)
    adopted = tables["policy"].records()[0]
    assert adopted["adopted_date_first"] == policy.policy.adopted.date.first


def test_tables_of_a_version_are_values(policy, tables):
    assert policy.tables()["scheme"] == tables["scheme"]
    assert list(tables["scheme"]) == list(tables["scheme"].rows)
    tables["scheme"].records()[0]["id"] = "mine"
    assert "mine" not in tables["scheme"].cells("id")
    with pytest.raises(AttributeError):
        tables["scheme"].rows = ()


def test_they_tell_what_they_are(tables):
    assert repr(tables["scheme"]).startswith("<Table scheme, ")
    assert repr(tables).startswith("<Tables of 2020.10.")
    assert len(tables) == len(list(tables))
    version = tables["version"].records()[0]
    assert "officielle" in version["notice"]
    assert version["digest"] == ppun_bfc.load().digest


def test_a_table_that_is_not_there_is_an_error_with_the_nearest(tables):
    with pytest.raises(UnknownTable, match="did you mean action") as error:
        tables["actoin"]
    assert isinstance(error.value, KeyError)
    with pytest.raises(UnknownTable, match="tables"):
        tables["x" * 40]
    with pytest.raises(UnknownTable):
        tables["action_nothing"]


def test_the_tree_goes_down(policy, tables):
    tree = tables["tree"].records()
    places = {row["id"]: row["position"] for row in tree}
    assert len(places) == len(policy.entities(deprecated=True))
    for one in policy:
        row = tree[places[one.id] - 1]
        above = policy.ancestors(one)
        assert row["depth"] == len(above)
        assert row["path"].split("/") == [*(one.id for one in reversed(above)), row["id"]]
        if above:
            assert places[above[0].id] < row["position"]
        theme = next((x.id for x in above if x.kind == "theme"), None)
        assert row["theme"] == (row["id"] if row["id"].startswith("theme:") else theme)


def test_disputes_are_those_of_about(policy, tables):
    found = Counter(tables["dispute"].cells("id"))
    for one in policy:
        assert found[one.id] == len(policy.disputes(one, deep=True))


@given(snapshots(size=9))
def test_closure_and_meets_by_hand(raw):
    policy = policy_of(raw)
    brute = Brute(policy)
    tables = policy.tables()
    ids = [one.id for one in policy]

    def counts_for(id):
        delivered = {
            link.target
            for link in policy.links
            if link.source == id and link.relation == "delivers" and id.startswith("aid:")
        }
        return {up for x in (id, *delivered) for up in (x, *brute.ancestors(x))}

    pairs = {(id, up) for id in ids for up in counts_for(id)}
    assert {row[:2] for row in tables["closure"].rows} == pairs

    def basis(row, column):
        """The best basis of a link of the row alone to what counts for the column."""
        grounds = brute.grounds(column)
        firm = [
            brute.said(link, [(row, ())], grounds)[0]
            for link in policy.links
            if (link.source == row and link.target in dict(grounds))
            or (link.target == row and link.source in dict(grounds))
        ]
        return max(firm, default=None)

    meets = {row[:2]: row[2:] for row in tables["meets"].rows}
    for row in ids:
        for column in ids:
            strength, modality, _ = brute.cell(row, column)
            above = [x for x in brute.ancestors(row) if brute.entities[x].part_of is not None]
            up = max(filter(None, (basis(x, column) for x in above)), default=None)
            told = (strength, modality, basis(row, column), up) if strength else None
            assert meets.get((row, column)) == told


# -- frames --------------------------------------------------------------------------------------


def test_arrow_reads_back_equal(tables):
    pa = pytest.importorskip("pyarrow")
    for table in tables.values():
        frame = table.to_arrow()
        assert frame.to_pylist() == table.records()
        for column in table.columns:
            kind = frame.schema.field(column.name).type
            assert column.type != "decimal" or pa.types.is_decimal(kind)
            assert column.type != "date" or pa.types.is_date32(kind)


def test_pandas_reads_back_equal(tables):
    pytest.importorskip("pyarrow")
    pd = pytest.importorskip("pandas")
    for name in ("action", "figure", "event", "meets", "aid_brackets"):
        frame = tables[name].to_pandas()
        rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
        assert rows == tables[name].records()
    dated = tables["event"].to_pandas()
    assert dated["date_first"].dtype == pd.ArrowDtype(pytest.importorskip("pyarrow").date32())


def test_polars_reads_back_equal(tables):
    pl = pytest.importorskip("polars")
    for table in tables.values():
        assert table.to_polars().to_dicts() == table.records()
    assert isinstance(tables["figure"].to_polars().schema["value"], pl.Decimal)
    assert tables["event"].to_polars().schema["date_first"] == pl.Date


@pytest.mark.parametrize(
    ("library", "extra", "method"),
    [
        ("pyarrow", "arrow", "to_arrow"),
        ("pandas", "pandas", "to_pandas"),
        ("polars", "polars", "to_polars"),
    ],
)
def test_without_the_library_it_is_one_clear_error(tables, monkeypatch, library, extra, method):
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtra, match=rf"ppun-bfc\[{extra}\]"):
        getattr(tables["scheme"], method)()


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0")))
def test_any_text_survives_in_a_frame(text):
    from ppun_bfc.languages import Phrase
    from ppun_bfc.tables import Column, Table

    columns = (Column("a", "text", Phrase("a", "a")),)
    table = Table("t", Phrase("t", "t"), "", columns, ("a",), (), ((text,),))
    pytest.importorskip("pyarrow")
    assert table.to_arrow().to_pylist() == [{"a": text}]


# -- growth --------------------------------------------------------------------------------------

GROWN = """
import json, sys, ppun_bfc
from pathlib import Path
from ppun_bfc import export

raw = json.loads(ppun_bfc.load("2020.10.2").to_json())
action = next(one for one in raw["entities"] if one["kind"] == "action")
action["budget"] = "12.50"
action["started"] = "2020-10"
action["partners"] = ["scheme:srdeii"]
path = Path(sys.argv[1])
path.write_text(json.dumps(raw), encoding="utf-8")
policy = ppun_bfc.read(path)
table = policy.tables()["action"]
row = next(one for one in table.records() if one["id"] == action["id"])
assert str(row["budget"]) == "12.50" and row["started"] == "2020-10", row
assert str(row["started_last"]) == "2020-10-31"
assert policy.tables()["action_partners"].records()[0]["partners"] == "scheme:srdeii"
for form in sys.argv[2:]:
    made = export.make(policy, form)
    data = made if isinstance(made, bytes) else b"".join(made.values())
    assert b"budget" in data and (form == "sqlite" or b"12.50" in data), form
    assert b"partners" in data, form
"""


def test_a_new_field_appears_in_every_form(tmp_path):
    """One line in the model, and no other."""
    import subprocess

    copy = Path(shutil.copytree(PACKAGE, tmp_path / "site" / "ppun_bfc"))
    if not (copy / "data").is_dir():
        shutil.copytree(PACKAGE.parents[1] / "data" / "published", copy / "data" / "published")
    tree = copy / "models" / "tree.py"
    lines = (
        "    budget: Number | None = None",
        "    started: EdtfDate | None = None",
        "    partners: Several[EntityId] = ()",
    )
    text = tree.read_text(encoding="utf-8")
    kind = '    kind: Literal["action"]\n'
    assert kind in text
    imports = "from .values import EntityId, Number, Several\nfrom .dates import EdtfDate\n"
    at = text.index("\nfrom ")
    text = f"{text[:at]}\n{imports}{text[at:]}".replace(kind, kind + "\n".join(lines) + "\n")
    tree.write_text(text, encoding="utf-8")
    forms = ["csv", "sql", "sqlite", "json-ld", "turtle", "site"]
    done = subprocess.run(
        [sys.executable, "-c", GROWN, tmp_path / "grown.json", *forms],
        env={"PYTHONPATH": str(copy.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
