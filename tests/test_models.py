"""Records: what they accept, and that nothing changes on the way through JSON."""

import copy
import json
import pickle
from datetime import date
from decimal import Decimal
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

import ppun_bfc
from ppun_bfc.models import (
    ENTITY_TYPES,
    Bracket,
    Citation,
    Criterion,
    Document,
    EdtfDate,
    Eligibility,
    Entity,
    Figure,
    Link,
    Name,
    Record,
    Relation,
    Text,
)
from ppun_bfc.models.values import words_of
from strategies import documents, edtf_dates, entities, links, relations

AnyRecord = st.one_of(entities(), links(), relations(), documents())


@given(AnyRecord)
def test_reading_what_was_written_changes_nothing(record):
    model, raw = record
    read = model.model_validate_json(json.dumps(raw))
    written = read.model_dump_json(exclude_defaults=True)
    assert model.model_validate_json(written) == read
    assert json.loads(written) == raw


@given(AnyRecord)
def test_records_are_values(record):
    model, raw = record
    read = model.model_validate_json(json.dumps(raw))
    for twin in (pickle.loads(pickle.dumps(read)), copy.deepcopy(read)):
        assert twin == read
        assert hash(twin) == hash(read)
    with pytest.raises(ValidationError, match="frozen"):
        setattr(read, next(iter(model.model_fields)), "other")


def test_every_kind_is_called_by_its_code_and_has_words_of_its_own():
    assert all(issubclass(model, Entity) for model in ENTITY_TYPES.values())
    for kind, model in ENTITY_TYPES.items():
        assert model.model_fields["kind"].annotation == Literal[kind]
        assert model.noun.en[0] == kind
    for words in zip(*[(*m.noun.en, *m.noun.fr) for m in ENTITY_TYPES.values()], strict=True):
        assert len(set(words)) == len(ENTITY_TYPES)


CITED = {"citations": [{"document": "document:a", "page": "p"}]}
FIGURE = {
    "id": "figure:a",
    "kind": "figure",
    "label": {"fr": "A"},
    "about": "priority:a",
    "unit": "EUR",
    "nature": "rule",
    "as_written": "1",
    **CITED,
}


@pytest.mark.parametrize("value", ["4_5", " 45 ", "1e3", "NO", "٣", "1,5", "", "+1", "NaN", "01"])
def test_a_decimal_that_only_looks_like_one_is_refused(value):
    with pytest.raises(ValidationError, match="bad-decimal"):
        Figure.model_validate_json(json.dumps({**FIGURE, "value": value}))


@pytest.mark.parametrize("value", [45, 4.5, True, None, ["1"]])
def test_a_decimal_is_text_in_json(value):
    with pytest.raises(ValidationError):
        Figure.model_validate_json(json.dumps({**FIGURE, "value": value}))


def test_decimals_are_exact():
    figure = Figure.model_validate_json(json.dumps({**FIGURE, "value": "0.10"}))
    assert figure.value == Decimal("0.1")
    assert figure.model_copy(update={"value": Decimal(2)}).value == 2
    assert Figure.model_validate({**figure.model_dump(), "value": Decimal("2.5")}, strict=False)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({}, "needs-value"),
        ({"value": "1", "minimum": "0"}, "needs-value"),
        ({"minimum": "2", "maximum": "1"}, "bad-bounds"),
    ],
)
def test_a_figure_has_a_value_or_bounds(fields, code):
    with pytest.raises(ValidationError, match=code):
        Figure.model_validate_json(json.dumps({**FIGURE, **fields}))


def test_a_figure_may_have_bounds():
    figure = Figure.model_validate_json(json.dumps({**FIGURE, "minimum": "15", "maximum": "20"}))
    assert (figure.minimum, figure.maximum) == (15, 20)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "16",
        "2016-13",
        "2016-1",
        "2016-02-30",
        "2016/2015",
        "2016/",
        "2016-06/07",
        "20160601",
        "x",
    ],
)
def test_what_is_not_a_date_is_refused(text):
    with pytest.raises(ValueError, match=r".+"):
        EdtfDate(text)
    with pytest.raises(ValidationError, match="bad-date"):
        Document.model_validate_json(
            json.dumps(
                {"id": "document:a", "title": "t", "publisher": "p", "url": "u", "date": text}
            )
        )


def test_a_date_is_no_more_precise_than_its_text():
    month = EdtfDate("2020-02")
    assert (month.first, month.last) == (date(2020, 2, 1), date(2020, 2, 29))
    assert not month.is_interval
    assert EdtfDate("2018/2022").is_interval
    assert date(2020, 2, 29) in month
    assert date(2020, 3, 1) not in month
    assert EdtfDate("2020") not in month
    assert str(month) == "2020-02"
    assert repr(month) == "EdtfDate('2020-02')"
    assert month != "2020-02"
    with pytest.raises(AttributeError, match="immutable"):
        month.text = "2021"


@given(edtf_dates(), edtf_dates())
def test_dates_are_totally_ordered(one, other):
    one, other = EdtfDate(one), EdtfDate(other)
    assert (one < other) + (one == other) + (one > other) == 1
    assert one.first <= one.last
    assert pickle.loads(pickle.dumps(one)) == one


def test_a_date_is_kept_when_it_is_one():
    class Day(Record, frozen=True):
        day: EdtfDate

    assert Day(day=EdtfDate("2020")).day == EdtfDate("2020")


@pytest.mark.parametrize(
    "id", ["a", "a:", ":b", "A:b", "a:é", "a:b_c", "a:-b", "a:b-", "a:" + "b" * 61]
)
def test_ids_are_well_formed(id):
    with pytest.raises(ValidationError, match="bad-id"):
        Citation.model_validate_json(json.dumps({"document": id, "page": "p"}))


def test_names_fall_back_to_french():
    assert Name(fr="Éthique").text("en") == "Éthique"
    assert Name(fr="Éthique", en="Ethical").text("en") == "Ethical"
    assert Name(fr="Éthique", en="Ethical").text() == "Éthique"
    assert Text(fr="a", en="b").text() == "a"


def test_names_are_short():
    with pytest.raises(ValidationError, match="too-many-words"):
        Name(fr=" ".join(["mot"] * 46))


def test_a_citation_does_not_count_its_address():
    documents = {
        "document:a": Document.model_validate_json(
            '{"id":"document:a","title":"t","publisher":"p","date":"2020","url":"https://e/{page}#x"}'
        )
    }
    text = '{"document":"document:a","page":"à b/c.md"}'
    bare = Citation.model_validate_json(text)
    loaded = Citation.model_validate_json(text, context=documents)
    assert bare.url is None
    assert "url" not in bare.to_dict()
    assert loaded.url == "https://e/%C3%A0%20b/c.md#x"
    assert loaded.to_dict()["url"] == loaded.url
    assert loaded == bare
    assert hash(loaded) == hash(bare)
    assert loaded != "citation"
    other = Citation.model_validate_json('{"document":"document:b","page":"p"}', context=documents)
    assert other.url is None


LINK = {"source": "a:a", "relation": "r", "target": "b:b"}
WHY = {"fr": "parce que", "en": "because"}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"basis": "stated", "modality": "affirmed"}, "needs-citation"),
        ({"basis": "stated", "modality": "affirmed", "rationale": WHY, **CITED}, "no-rationale"),
        ({"basis": "stated", **CITED}, "needs-modality"),
        ({"basis": "derived", **CITED}, "needs-rationale"),
        ({"basis": "derived", "rationale": WHY, "modality": "possible", **CITED}, "no-modality"),
        ({"basis": "guessed", **CITED}, "basis"),
    ],
)
def test_a_link_shows_its_basis(fields, code):
    with pytest.raises(ValidationError, match=code):
        Link.model_validate_json(json.dumps({**LINK, **fields}))


PRIORITY = {"id": "priority:a", "kind": "priority", "label": {"fr": "A"}, **CITED}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"id": "purpose:a"}, "other-kind"),
        ({"replaced_by": "priority:b"}, "needs-deprecated"),
        ({"consider": ["priority:b"]}, "needs-deprecated"),
        (
            {"status": "deprecated", "replaced_by": "priority:b", "consider": ["priority:c"]},
            "two-ways",
        ),
    ],
)
def test_an_entity_agrees_with_itself(fields, code):
    model = ENTITY_TYPES["priority"]
    with pytest.raises(ValidationError, match=code):
        model.model_validate_json(json.dumps({**PRIORITY, **fields}))


def test_an_event_shows_its_date():
    event = {**PRIORITY, "id": "event:a", "kind": "event", "about": "priority:a", "date": "2020"}
    with pytest.raises(ValidationError, match="needs-as-written"):
        ENTITY_TYPES["event"].model_validate_json(json.dumps(event))


def test_a_relation_without_ranges_joins_anything():
    relation = {"name": "n", "inverse": "i", "label": WHY, "inverse_label": WHY, "definition": WHY}
    assert Relation.model_validate_json(json.dumps(relation)).sources == ()


BRACKET = {"as_written": ["x"], **CITED}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({}, "needs-rate"),
        ({"rate": "50", "cost_from": "1", "cost_above": "1"}, "two-starts"),
        ({"rate": "50", "cost_from": "2", "cost_to": "1"}, "bad-bounds"),
        ({"rate": "50", "cost_above": "2", "cost_to": "1"}, "bad-bounds"),
        ({"rate": "50", "rate_from": "60"}, "bad-bounds"),
    ],
)
def test_a_bracket_grants_something_to_some_costs(fields, code):
    with pytest.raises(ValidationError, match=code):
        Bracket.model_validate_json(json.dumps({**BRACKET, **fields}))


@pytest.mark.parametrize(
    ("fields", "cost", "most"),
    [
        ({"rate": "50"}, "3", "1.5"),
        ({"rate": "50", "ceiling": "1"}, "3", "1"),
        ({"ceiling": "2"}, "3", "2"),
        ({"ceiling": "4"}, "3", "3"),
        ({"rate": "50", "cost_from": "3"}, "3", "1.5"),
        ({"rate": "50", "cost_above": "3"}, "3", None),
        ({"rate": "50", "cost_to": "3"}, "3", "1.5"),
        ({"rate": "50", "cost_to": "3"}, "3.01", None),
    ],
)
def test_a_bracket_tells_the_most_that_it_grants(fields, cost, most):
    bracket = Bracket.model_validate_json(json.dumps({**BRACKET, **fields}))
    assert bracket.most(Decimal(cost)) == (most and Decimal(most))


def test_an_applicant_has_its_limit_as_written():
    entry = {"who": "actor:a", "population_below": "5", **CITED}
    with pytest.raises(ValidationError, match="needs-as-written"):
        Eligibility.model_validate_json(json.dumps(entry))


def test_a_discrepancy_adopts_one_of_its_readings():
    raw = {
        "id": "discrepancy:a",
        "kind": "discrepancy",
        "label": {"fr": "A"},
        **CITED,
        "about": ["policy:a"],
        "difference": "number",
        "adopted": "3",
        "why": WHY,
        "readings": [{"value": "1", **CITED}, {"value": "2", **CITED}],
    }
    with pytest.raises(ValidationError, match="not-a-reading"):
        ENTITY_TYPES["discrepancy"].model_validate_json(json.dumps(raw))
    assert ENTITY_TYPES["discrepancy"].model_validate_json(json.dumps({**raw, "adopted": "2"}))


def dated(text):
    return {"date": text, "as_written": "x", **CITED}


@pytest.mark.parametrize(
    ("kind", "fields", "on", "expected"),
    [
        ("scheme", {}, "2020-01-01", None),
        ("scheme", {"period": dated("2018/2020")}, "2020-12-31", True),
        ("programme", {"period": dated("2018/2020")}, "2021-01-01", False),
        ("aid", {}, "2021-01-01", None),
        ("aid", {"opens": dated("2021-03-01")}, "2021-02-28", False),
        ("aid", {"opens": dated("2021-03-01")}, "2021-03-01", True),
        ("aid", {"opens": dated("2021-07/2021-12")}, "2021-06-30", False),
        ("aid", {"opens": dated("2021-07/2021-12")}, "2021-08-01", None),
        ("aid", {"opens": dated("2021-07/2021-12")}, "2021-12-31", True),
        ("aid", {"closes": dated("2021")}, "2020-12-31", True),
        ("aid", {"closes": dated("2021")}, "2021-06-01", None),
        ("aid", {"closes": dated("2021")}, "2022-01-01", False),
    ],
)
def test_what_has_a_period_knows_whether_it_was_in_force(kind, fields, on, expected):
    own = {"type": "plan"} if kind == "scheme" else {}
    raw = {"id": f"{kind}:a", "kind": kind, "label": {"fr": "A"}, **CITED, **own, **fields}
    entity: Any = ENTITY_TYPES[kind].model_validate_json(json.dumps(raw))
    assert entity.in_force(date.fromisoformat(on)) is expected


@pytest.mark.parametrize(("length", "holds"), [(59, True), (60, True), (61, False)])
def test_a_slug_has_at_most_sixty_characters(length, holds):
    raw = {**FIGURE, "id": "figure:" + "a" * length, "value": "1"}
    if holds:
        assert len(Figure.model_validate(raw).slug) == length
    else:
        with pytest.raises(ValidationError, match="bad-id"):
            Figure.model_validate(raw)


@pytest.mark.parametrize(("words", "holds"), [(44, True), (45, True), (46, False)])
def test_a_name_has_at_most_forty_five_words(words, holds):
    text = " ".join(["mot"] * words)
    if holds:
        assert Name.model_validate({"fr": text, "en": text}).fr == text
    else:
        with pytest.raises(ValidationError, match="too-many-words"):
            Name(fr=text)
        with pytest.raises(ValidationError, match="too-many-words"):
            Name(fr="x", en=text)


@pytest.mark.parametrize(("words", "holds"), [(8, True), (9, False)])
def test_an_anchor_has_at_most_eight_words(words, holds):
    raw = {"document": "document:a", "page": "p", "anchor": " ".join(["mot"] * words)}
    if holds:
        assert Citation.model_validate(raw).anchor
    else:
        with pytest.raises(ValidationError, match="8 allowed"):
            Citation.model_validate(raw)


@given(AnyRecord)
def test_json_that_was_parsed_is_taken_back_as_a_web_framework_does(record):
    model, raw = record
    read = model.model_validate_json(json.dumps(raw))
    parsed = json.loads(read.model_dump_json())
    assert TypeAdapter(model).validate_python(parsed) == read


def test_a_citation_keeps_its_address_through_json_and_pickle():
    raw = {"document": "document:a", "page": "p", "url": "https://example.org/p"}
    citation = Citation.model_validate(raw)
    assert Citation.model_validate(citation.to_dict()).url == raw["url"]
    assert pickle.loads(pickle.dumps(citation)).url == raw["url"]
    assert citation == Citation(document="document:a", page="p")
    with pytest.raises(ValidationError, match="unexpected-field"):
        Citation.model_validate(raw, context={})


def parts_of(record):
    """The record, and every record inside it."""
    yield record
    for _, value in record:
        for part in value if isinstance(value, tuple) else [value]:
            if isinstance(part, Record):
                yield from parts_of(part)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_part_of_every_record_has_words(lang):
    newest = ppun_bfc.load()
    for thing in (*newest, *newest.links):
        for _, value in thing:
            assert isinstance(words_of(value, lang), str)
        for part in list(parts_of(thing))[1:]:
            if not isinstance(part, Entity):
                assert part.words(lang).strip()
                assert str(part) == part.words("fr")
    assert words_of(None, lang) == words_of((), lang) == ""


def read(model, row):
    return model.model_validate_json(json.dumps(row))


def test_a_bracket_may_have_an_upper_bound_only():
    told = read(Bracket, {"cost_to": "5000", "rate": "50", "as_written": ["50 %"], **CITED})
    assert told.row("en")[1] == "up to €5,000"


def test_a_criterion_is_a_part_of_the_total():
    row = {"label": {"fr": "Contribution"}, "points": "10", "total": "100", "as_written": ["10"]}
    assert read(Criterion, {**row, **CITED}).points == 10
    with pytest.raises(ValidationError, match="bad-bounds"):
        read(Criterion, {**row, "points": "101", **CITED})


@pytest.mark.parametrize(("bound", "told"), [("minimum", "at least 45%"), ("maximum", "up to 45%")])
def test_a_figure_may_have_one_bound(bound, told):
    row = ppun_bfc.load().record("figure:hausse-aide-thd-taux")
    del row["change"]
    row[bound] = row.pop("value")
    assert read(Figure, row).quantity("en") == told
