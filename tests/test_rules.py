"""Broken snapshots: what only JSON can get wrong, and places without a file."""

import json

import pytest
from pydantic import ValidationError

from ppun_bfc import InvalidData, read
from ppun_bfc.authoring import draft
from ppun_bfc.canonical import FORMAT, dump_snapshot
from ppun_bfc.errors import UnsupportedFormat
from ppun_bfc.rules import check


@pytest.fixture
def snapshot(tiny):
    raw = json.loads(draft(tiny).to_json())
    return {**raw, "version": "2020.10.1", "released": "2026-11-24"}


def codes(tmp_path, snapshot):
    path = tmp_path / "snapshot.json"
    path.write_text(json.dumps(snapshot), encoding="utf-8")
    with pytest.raises(InvalidData) as raised:
        read(path)
    return [(f.code, str(f.place)) for f in raised.value.findings]


def test_a_header_that_was_read_does_not_change(snapshot):
    header = check(snapshot).header
    with pytest.raises(ValidationError):
        setattr(header, "version", "2020.10.99")  # noqa: B010 - a checker would refuse it


def test_a_sound_snapshot_is_read(tmp_path, snapshot):
    path = tmp_path / "snapshot.json"
    path.write_bytes(dump_snapshot(snapshot))
    policy = read(path)
    assert policy.to_json() == path.read_bytes()


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        ({"entities": None}, ("missing-field", "")),
        ({"entities": {}}, ("wrong-type", "entities")),
        ({"extra": "x"}, ("unexpected-field", "extra")),
        ({"version": "2020.10"}, ("bad-value", "version")),
        ({"version": "../../x"}, ("bad-value", "version")),
        ({"version": 5}, ("wrong-type", "version")),
        ({"edition": "2020"}, ("wrong-edition", "edition")),
        ({"edition": "2021.10"}, ("wrong-edition", "edition")),
        ({"format": 0}, ("not-one-of", "format")),
        ({"format": "1"}, ("wrong-type", "format")),
        ({"released": "soon"}, ("bad-date", "released")),
        ({"previous": ["x"]}, ("wrong-type", "previous")),
    ],
)
def test_a_header_that_is_wrong(tmp_path, snapshot, change, finding):
    changed = {key: value for key, value in {**snapshot, **change}.items() if value is not None}
    assert finding in codes(tmp_path, changed)


def test_a_record_is_named_by_its_id_or_its_position(tmp_path, snapshot):
    snapshot["entities"][1]["label"] = "x"
    snapshot["entities"].append("nothing")
    snapshot["links"][0]["basis"] = "guess"
    snapshot["relations"][0]["inverse"] = None
    snapshot["documents"][0]["titel"] = "x"
    found = codes(tmp_path, snapshot)
    assert ("wrong-type", "priority:une label") not in found
    assert ("wrong-type", "priority:une.label") in found
    assert ("wrong-type", f"entities[{len(snapshot['entities']) - 1}]") in found
    assert ("not-one-of", "priority:deux contributes_to scheme:plan.basis") in found
    assert ("wrong-type", "contributes_to.inverse") in found
    assert ("unexpected-field", "document:page.titel") in found


def test_a_kind_that_is_not_the_one_of_the_id(tmp_path, snapshot):
    snapshot["entities"][1]["kind"] = "purpose"
    assert ("other-kind", "priority:une") in codes(tmp_path, snapshot)


def test_a_scope_that_leaves_out_nothing_known(tmp_path, snapshot):
    snapshot["entities"][0]["scope"]["excluded"] = ["programme:thd"]
    assert ("unknown-reference", "policy:une.scope.excluded.0") in codes(tmp_path, snapshot)


def test_an_applicant_or_a_subject_that_is_wrong(tmp_path, snapshot):
    cited = [{"document": "document:page", "page": "un.md"}]
    common = {"label": {"fr": "A"}, "citations": cited}
    eligible = [{"who": who, "citations": cited} for who in ("scheme:plan", "actor:x")]
    readings = [{"value": value, "citations": cited} for value in "ab"]
    told = {"readings": readings, "adopted": "a", "why": {"fr": "w", "en": "w"}}
    snapshot["entities"] += [
        {"id": "aid:a", "kind": "aid", "eligible": eligible, **common},
        {"id": "discrepancy:d", "kind": "discrepancy", "about": ["scheme:x"], **told, **common}
        | {"difference": "number"},
    ]
    assert codes(tmp_path, snapshot) == [
        ("wrong-kind", "aid:a.eligible.0.who"),
        ("unknown-reference", "aid:a.eligible.1.who"),
        ("unknown-reference", "discrepancy:d.about.0"),
    ]


def test_a_policy_that_is_deprecated_is_none(tmp_path, snapshot):
    snapshot["entities"][0]["status"] = "deprecated"
    assert ("one-policy", "entities") in codes(tmp_path, snapshot)


def test_a_broken_relation_does_not_blame_its_links(tmp_path, snapshot):
    snapshot["relations"][0]["label"] = {"fr": "x"}
    assert codes(tmp_path, snapshot) == [("missing-field", "contributes_to.label")]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"{", "syntax"),
        (b"\xff", "not-utf8"),
        (b"[]", "wrong-type"),
        (b'{"a": 1, "a": 2}', "duplicate-key"),
        (b'{"a": NaN}', "bad-number"),
        (b'{"a": -Infinity}', "bad-number"),
        (b'{"a": 1.5}', "bad-number"),
        (b'{"a": 1e999}', "bad-number"),
        (b'{"a": ' + b"9" * 5000 + b"}", "bad-number"),
        (b'{"a": "\\ud800"}', "control-character"),
        (b'{"\\udfff": 1}', "control-character"),
        (b"[" * 200_000, "too-deep"),
        (b"[" * 60 + b"]" * 60, "too-deep"),
        (b'{"x": ' * 250 + b"1" + b"}" * 250, "too-deep"),
        (b'{"format": 1}', "missing-field"),
        (b'{"format": true}', "missing-field"),
    ],
)
def test_json_that_python_would_take(tmp_path, data, code):
    path = tmp_path / "x.json"
    path.write_bytes(data)
    with pytest.raises(InvalidData) as raised:
        read(path)
    assert code in [finding.code for finding in raised.value.findings]
    assert str(path) in str(raised.value)


def test_a_newer_format_is_one_clear_error(tmp_path, snapshot):
    path = tmp_path / "x.json"
    path.write_bytes(dump_snapshot({**snapshot, "format": FORMAT + 1, "unheard": "of"}))
    with pytest.raises(UnsupportedFormat, match="install a newer ppun-bfc"):
        read(path)


def test_an_unknown_id_that_is_named_twice_is_told_twice(tmp_path, snapshot):
    for entity in snapshot["entities"][1:3]:
        entity["part_of"] = "policy:zwei"
    found = [code for code, _ in codes(tmp_path, snapshot)]
    assert found.count("unknown-reference") == 2


def test_a_link_to_nothing_is_not_held_to_the_kinds_of_its_relation_too(tmp_path, snapshot):
    link = snapshot["links"][0]
    link["target"] = "goal:none"
    found = codes(tmp_path, snapshot)
    assert "unknown-reference" in [code for code, _ in found]
    assert "wrong-range" not in [code for code, _ in found]


def test_a_suggestion_is_of_the_kind_that_was_meant(tmp_path, snapshot):
    figure = next(entity for entity in snapshot["entities"] if entity["kind"] == "figure")
    figure["about"] = "scheme:pla"
    with pytest.raises(InvalidData, match="such as scheme:plan"):
        codes_raise(tmp_path, snapshot)
    figure["about"] = "scheme:but"  # an objective is called so, no scheme is
    with pytest.raises(InvalidData) as raised:
        codes_raise(tmp_path, snapshot)
    assert "objective:but" not in str(raised.value)


def codes_raise(tmp_path, snapshot):
    path = tmp_path / "snapshot.json"
    path.write_text(json.dumps(snapshot), encoding="utf-8")
    read(path)


def test_a_format_that_is_none_says_which_there_are(tmp_path, snapshot):
    with pytest.raises(InvalidData, match="1, 2"):
        codes_raise(tmp_path, {**snapshot, "format": 0})


def test_a_suggestion_of_another_kind_is_none_however_near(tmp_path, snapshot):
    figure = next(entity for entity in snapshot["entities"] if entity["kind"] == "figure")
    objective = next(entity for entity in snapshot["entities"] if entity["kind"] == "objective")
    long = {**objective, "id": "objective:une-longue-chose-a-trouver"}
    snapshot["entities"].insert(snapshot["entities"].index(objective), long)
    figure["about"] = "scheme:une-longue-chose-a-trouver"
    with pytest.raises(InvalidData) as raised:
        codes_raise(tmp_path, snapshot)
    assert "objective:une-longue" not in str(raised.value)


@pytest.mark.parametrize("id", ["policy:{x}", "policy:un\x00e", "policy:\u202eune", "policy:Une"])
def test_what_is_no_id_is_no_suggestion(tmp_path, snapshot, id):
    link = snapshot["links"][0]
    snapshot["entities"].append({**snapshot["entities"][0], "id": id})
    snapshot["links"][0] = {**link, "source": "policy:un", "target": "document:pag"}
    path = tmp_path / "snapshot.json"
    path.write_text(json.dumps(snapshot), encoding="utf-8")
    with pytest.raises(InvalidData) as raised:
        read(path)
    told = [f.text("en") for f in raised.value.findings if f.code == "unknown-reference"]
    assert any("policy:une" in text for text in told)
    assert not any(id in text for text in told)
