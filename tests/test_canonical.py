"""Canonical JSON: the same content, the same bytes; and strict reading."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppun_bfc import InvalidData
from ppun_bfc.canonical import dump_line, dump_snapshot, parse
from ppun_bfc.rules import check
from ppun_bfc.snapshots import assemble
from strategies import snapshots

TEXT = st.text(st.characters(codec="utf-8"))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**16), 10**16) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(TEXT, VALUES, max_size=4))
def test_what_is_dumped_is_parsed(value):
    assert parse(dump_line(value).encode(), "x") == value
    if not {"documents", "entities", "links", "relations"} & value.keys():
        assert parse(dump_snapshot(value), "x") == value


@given(snapshots(), st.randoms(use_true_random=False))
def test_bytes_do_not_depend_on_the_order_of_keys_files_and_links(snapshot, random):
    first = assemble(check(snapshot))
    turned = json.loads(json.dumps(snapshot))
    for name in ("documents", "relations", "links"):
        random.shuffle(turned[name])
    # Records of different kinds may come in any order; those of one kind keep theirs.
    kinds = sorted({entity["kind"] for entity in turned["entities"]}, key=lambda _: random.random())
    turned["entities"] = [e for kind in kinds for e in turned["entities"] if e["kind"] == kind]
    turned = _turn(turned, random)
    second = assemble(check(turned))
    assert second.to_json() == first.to_json()
    assert second == first
    assert parse(first.to_json(), "x") == json.loads(first.to_json())


def _turn(value, random):
    if isinstance(value, dict):
        keys = list(value)
        random.shuffle(keys)
        return {key: _turn(value[key], random) for key in keys}
    return [_turn(item, random) for item in value] if isinstance(value, list) else value


def test_canonical_lines():
    data = dump_snapshot({"links": [{"b": 1, "a": "é"}], "format": 1, "entities": []})
    assert data.decode() == '{"entities":[\n],\n"format":1,\n"links":[\n{"a":"é","b":1}\n]}\n'


def test_what_json_has_no_word_for_is_not_written():
    for value in (float("nan"), float("inf")):
        with pytest.raises(ValueError, match="not JSON compliant"):
            dump_line({"a": value})


def test_depth_has_a_limit():
    def nested(levels):
        return b'{"a":' * levels + b"1" + b"}" * levels

    assert parse(nested(49), "x")  # what is inside the last one is a level, too
    with pytest.raises(InvalidData, match="more than 50 deep"):
        parse(nested(50), "x")


def test_an_integer_has_a_limit():
    assert parse(b'{"a": 123456789012345678}', "x") == {"a": 123456789012345678}
    with pytest.raises(InvalidData, match="1234567890123456789"):
        parse(b'{"a": 1234567890123456789}', "x")


def test_the_key_that_is_there_twice_is_named():
    with pytest.raises(InvalidData, match="'b'"):
        parse(b'{"a": 1, "b": 2, "b": 3}', "x.json")


def test_a_lone_surrogate_is_refused_however_it_is_spelled():
    for text in (b'"\\ud800"', b'{"\\udfff": 1}', b'["a\\ud83dz"]'):
        with pytest.raises(InvalidData, match="control"):
            parse(text, "x.json")
    assert parse(b'"\\ud83d\\ude00"', "x.json") == "\U0001f600"


def test_what_has_no_place_in_a_file_is_told_by_its_name_alone():
    with pytest.raises(InvalidData) as raised:
        parse(b"[" * 60 + b"]" * 60, "x.json")
    place = raised.value.findings[0].place
    assert (place.file, place.line, place.column) == ("x.json", 0, 0)
