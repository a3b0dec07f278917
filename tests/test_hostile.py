"""Whatever a file holds, what reads it answers, or raises one error of ours."""

import hashlib
import json
import os
import sqlite3
from collections import Counter
from contextlib import closing
from copy import deepcopy
from dataclasses import asdict
from functools import reduce
from pathlib import Path

import pytest
import yaml
from hypothesis import event, given, settings
from hypothesis import strategies as st

import ppun_bfc
from conftest import ROOT, TINY
from ppun_bfc import InvalidData, Pin, PpunError, check_files
from ppun_bfc.authoring import validate
from ppun_bfc.layer import Layer
from ppun_bfc.published import Publications
from ppun_bfc.uptake import read_files, uptake

#: What ends a line and the spaces of French are no harm.
SPACES = dict.fromkeys(map(ord, "\n\u00a0\u202f"))
#: Inputs a reader; set to some thousands for a long look.
COUNT = int(os.environ.get("PPUN_FUZZ", "60"))
PIN = {**asdict(Pin.of("2020.10.1")), "ignore": ["theme:dark"], "exclude": ["a/**"]}

LAYER = [["id", "value", "note"], ["theme:inclusion", "3", "a"], ["scheme:srdeii", "1,5", ""]]
ITEMS = [["tags", "amount"], ["theme:inclusion|scheme:srdeii", "1 000,50"], ["goal:sdg-12", "3"]]

ODD: st.SearchStrategy = st.sampled_from(
    [
        *(None, True, -1, 1.5, 10**30, "", " ", [], {}, [[]], {"": {}}, "2020.10", "NO", "1:30"),
        *(
            "4_5",
            "1e3",
            "\0",
            "\ufeff",
            "\u202e",
            "\u2066",
            "\ud800",
            "é" * 300,
            "scheme:x",
            "../a",
        ),
        *("{id}", "a\r\nb", "&a", "*a", "!!python/x", "<<", ["scheme:plan"] * 3, "9" * 5000),
    ]
)
#: What is put into a text, wherever.
NOISE = st.sampled_from(
    [
        *(
            "\0",
            "\ufeff",
            "\u202e",
            "\ud800",
            "9" * 5000,
            "[" * 3000,
            "{" * 3000,
            '"',
            "'",
            "\r",
            "\n",
        ),
        *(
            ",",
            ":",
            "}",
            "]",
            "&a ",
            "*a ",
            "!!x ",
            "- ",
            "? ",
            "#",
            "\\",
            "\\u0000",
            "\\ud800",
            "\t",
        ),
    ]
)
#: Marks a key that is to be written twice.
TWICE = "twice:"


def places(tree):
    """Every container of a document, with each of its keys or positions."""
    if isinstance(tree, dict | list):
        for key in tree if isinstance(tree, dict) else range(len(tree)):
            yield tree, key
            yield from places(tree[key])


@st.composite
def mutated(draw, document):
    """The text of a document in which keys are dropped, doubled, renamed and retyped."""
    tree = json.loads(json.dumps(document))
    for _ in range(draw(st.integers(0, 3))):
        found = [*places(tree)]
        inside, key = found[draw(st.integers(0, len(found) - 1))] if found else ([None], 0)
        change = draw(st.sampled_from(["drop", "double", "rename", "retype", "deepen"]))
        if change == "retype":
            inside[key] = deepcopy(draw(ODD))  # another mutation may change it
        elif change == "deepen":
            inside[key] = reduce(
                lambda value, _: [value], range(draw(st.integers(1, 80))), inside[key]
            )
        elif change == "drop" or isinstance(inside, list):
            del inside[key]
        else:
            named = str(key) if change == "double" else draw(st.sampled_from(["x", "id", "", "é"]))
            inside[TWICE + named] = inside[key] if change == "double" else inside.pop(key)
    return tree


@st.composite
def noisy(draw, text):
    """The bytes of a text, with something put in and in another encoding."""
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(NOISE) + text[at + draw(st.integers(0, 3)) :]
    if draw(st.booleans()) and draw(st.booleans()):
        text = text.replace("\n", "\r\n")
    encoding = draw(st.sampled_from(["utf-8", "utf-8", "utf-8", "utf-16", "cp1252"]))
    return text.encode(
        encoding,
        draw(st.sampled_from(["surrogatepass", "replace"])) if encoding != "cp1252" else "replace",
    )


def as_json(tree):
    return json.dumps(tree, indent=0).replace(f'"{TWICE}', '"')


def as_yaml(tree):
    return yaml.dump(tree, allow_unicode=True, sort_keys=False).replace(TWICE, "")


def as_toml(tree):
    lines = ["[project]", 'name = "x"', "", "[tool.ppun-bfc]"]
    pairs = tree.items() if isinstance(tree, dict) else []
    lines += [f"{key.removeprefix(TWICE)} = {json.dumps(value)}" for key, value in pairs]
    return "\n".join([*lines, ""])


def as_csv(tree):
    rows = tree if isinstance(tree, list) else [tree]
    cells = (row if isinstance(row, list) else [row] for row in rows)
    return "\n".join(";".join(map(str, row)) for row in cells)


def read_snapshot(path):
    policy = ppun_bfc.read(path)
    assert len(policy.entities()) == len({entity.id for entity in policy.entities()})
    policy.matrix()


def read_index(path):
    publications = Publications(path.parent)
    publications.read_index()
    publications.audit()


def read_pin(path):
    before = path.read_bytes()
    try:
        Pin.from_pyproject(path).load()
    except PpunError:
        Pin.of("2020.10.2").write(path)
        assert Pin.from_pyproject(path) == Pin.from_pyproject(path)
        raise
    assert path.read_bytes() == before


def read_folder(path):
    for finding in validate(path.parent):
        raise InvalidData(str(path), (finding,))


def read_inventory(path):
    check_files(path).to_dict()


def read_layer(path):
    policy = ppun_bfc.load()
    layer = Layer.read(path, policy)
    layer.to_dict()
    assert layer.table(policy.matrix())
    assert layer.to_csv()


def read_items(path):
    uptake(read_files(path, tags="tags", amount="amount"), ppun_bfc.load()).to_dict()


def documents():
    index = (ROOT / "data/published/index.json").read_text()
    folder = [
        yaml.load((TINY / name).read_text(), yaml.BaseLoader)
        for name in ("a.yaml", "b.yaml", "c.yaml")
    ]
    merged: dict = {}
    for part in folder:
        for key, value in part.items():
            merged[key] = merged.get(key, []) + value if isinstance(value, list) else value
    snapshot = json.loads((Path(__file__).parent / "formats/1.json").read_text())
    return {
        "snapshot": ("1.json", snapshot, as_json, read_snapshot),
        "index": ("index.json", json.loads(index), as_json, read_index),
        "authoring": ("a.yaml", merged, as_yaml, read_folder),
        "pin": ("pyproject.toml", PIN, as_toml, read_pin),
        "json": ("a.json", snapshot, as_json, read_inventory),
        "yaml": ("a.yaml", merged, as_yaml, read_inventory),
        "toml": ("a.toml", PIN, as_toml, read_inventory),
        "layer": ("layer.csv", LAYER, as_csv, read_layer),
        "items": ("items.csv", ITEMS, as_csv, read_items),
    }


@pytest.mark.parametrize("reader", [*documents()])
def test_a_hostile_file_is_one_error(tmp_path_factory, reader):
    name, document, write, read = documents()[reader]
    outcomes: Counter[str] = Counter()

    @settings(max_examples=COUNT)
    @given(mutated(document).map(write).flatmap(noisy))
    def run(data):
        path = tmp_path_factory.mktemp("hostile") / name
        path.write_bytes(data)
        outcome, told = "well", ""
        try:
            read(path)
        except PpunError as error:
            outcome = type(error).__name__
            told = str(error)
        assert told.translate(SPACES).isprintable()
        outcomes[outcome] += 1
        event(outcome)

    run()
    assert len(outcomes) > 1 or reader in {"json", "yaml", "toml"}
    print(reader, dict(outcomes))


@pytest.mark.parametrize("data", [b"[]", b"{", b'{"format": "1"}', b"\xff", b"[" * 100_000])
def test_a_file_that_its_index_vouches_for_and_that_is_none(tmp_path, data):
    row = {
        "version": "2020.10.1", "edition": "2020.10", "released": "2021-06-15", "previous": None,
        "format": 1, "size": len(data), "package": "0.1.0",
        "digest": "sha256:" + hashlib.sha256(data).hexdigest(),
    }  # fmt: skip
    index = {"format": 1, "current": "2020.10.1", "versions": [row]}
    (tmp_path / "index.json").write_text(json.dumps(index))
    (tmp_path / "2020.10.1.json").write_bytes(data)
    with pytest.raises(InvalidData):
        Publications(tmp_path).load()
    assert Publications(tmp_path).audit()


@pytest.mark.parametrize("key", ["version", "edition", "previous", "format", "digest"])
def test_an_index_whose_values_are_of_other_types(tmp_path, key):
    index = json.loads((ROOT / "data/published/index.json").read_text())
    index["versions"][0][key] = [index["versions"][0][key]]
    (tmp_path / "index.json").write_text(json.dumps(index))
    with pytest.raises(InvalidData, match="index"):
        Publications(tmp_path).read_index()


@settings(max_examples=COUNT)
@given(
    st.lists(st.tuples(st.integers(0, 8191), st.integers(0, 255)), max_size=40),
    st.integers(0, 8192),
)
def test_a_damaged_database_is_a_report(tmp_path_factory, damage, size):
    path = tmp_path_factory.mktemp("hostile") / "a.db"
    with closing(sqlite3.connect(path)) as base, base:
        base.execute("create table t(id integer primary key, s text)")
        base.executemany("insert into t(s) values(?)", [("goal:sdg-12",), ("x",), ("theme:sante",)])
    content = bytearray(path.read_bytes())
    for at, value in damage:
        content[at % len(content)] = value
    path.write_bytes(content[:size])
    report = check_files(path, columns=["t.s"])
    event("findings" if report.findings else "well")
    assert all(finding.text("en").translate(SPACES).isprintable() for finding in report.findings)
