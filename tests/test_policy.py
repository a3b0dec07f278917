"""The object that users hold: look-up, collections, questions, identity."""

import copy
import datetime as dt
import inspect
import json
import pickle
import pydoc
import warnings
from typing import Annotated, Any

import pytest
from pydantic import AfterValidator, TypeAdapter, ValidationError

import ppun_bfc
from ppun_bfc import DeprecatedIdWarning, EdtfDate, PpunError, UnknownId, WrongType
from ppun_bfc.authoring import draft
from ppun_bfc.errors import UnknownField, UnknownKind, UnknownRelation
from ppun_bfc.models import ENTITY_TYPES, Entity, Priority, Scheme
from ppun_bfc.policy import PolicyVersion, records_of
from ppun_bfc.published import Publications, published_folder


def test_every_kind_has_its_typed_collection(policy):
    for kind, model in ENTITY_TYPES.items():
        if kind == "policy":
            assert isinstance(policy.policy, model)
            continue
        collection = getattr(policy, model.noun.en[1])
        assert [e.kind for e in collection] == [kind] * len(collection)
        assert all(isinstance(entity, model) for entity in collection)
        assert repr(collection) == f"<{len(collection)} × {kind} in {policy.version}>"
    assert sum(len(policy.entities(kind)) for kind in ENTITY_TYPES) == len(policy)


def test_an_entity_is_found_by_slug_and_by_id(policy):
    scheme = policy.schemes["srdeii"]
    assert isinstance(scheme, Scheme)
    assert scheme is policy.schemes["scheme:srdeii"] is policy.get("scheme:srdeii")
    assert scheme.slug == "srdeii"
    assert "srdeii" in policy.schemes
    assert scheme in policy.schemes
    assert scheme in policy
    assert "scheme:srdeii" in policy
    assert "scheme:none" not in policy
    assert "srdeii" not in policy
    assert "priority:inclusion-citoyenne" not in policy.schemes
    assert None not in policy
    assert 5 not in policy.schemes


def test_official_order_is_kept(policy):
    assert policy.priorities.ids == (
        "priority:inclusion-citoyenne",
        "priority:transformation-economie",
        "priority:territoire-intelligent",
    )
    assert [p.slug for p in policy.principles] == ["ethique", "inclusive", "responsable"]
    assert next(entity.id for entity in policy) == "policy:ppun-bfc"


@pytest.mark.parametrize(
    "id", ["scheme:srdei", "scheme:SRDEII", "srdeii", "", "scheme:" + "x" * 999]
)
def test_an_unknown_id_is_one_error_with_suggestions(policy, id):
    for ask in (policy.get, policy.related, policy.ancestors, policy.descendants):
        with pytest.raises(UnknownId) as raised:
            ask(id)
        assert (raised.value.id, raised.value.version) == (id, policy.version)
        assert isinstance(raised.value, PpunError | KeyError)
    if id == "scheme:srdei":
        assert raised.value.nearest[0] == "scheme:srdeii"
        assert "did you mean scheme:srdeii" in str(raised.value)


def test_the_fast_look_up_is_the_documented_method(policy):
    assert PolicyVersion.get(policy, "scheme:srdeii") is policy.get("scheme:srdeii")


def test_a_collection_knows_its_own_only(policy):
    with pytest.raises(UnknownId, match="did you mean scheme:srdeii"):
        policy.schemes["srdei"]
    with pytest.raises(UnknownId):
        policy.schemes["priority:inclusion-citoyenne"]
    with pytest.raises(UnknownId):
        policy.schemes.get("srdei")
    assert policy.schemes.get("srdei", None) is None
    assert policy.schemes.get("srdeii", None) is policy.schemes["srdeii"]


def test_unknown_kinds_and_options_are_told(policy):
    with pytest.raises(UnknownKind, match="did you mean scheme"):
        policy.entities("schemes")
    with pytest.raises(UnknownKind, match="known: policy, purpose"):
        policy.search("x", "zzz")
    with pytest.raises(UnknownKind):
        policy.entities("schemes", deprecated=True)
    with pytest.raises(UnknownKind):
        policy.matrix("priorit", "scheme")
    with pytest.raises(UnknownRelation, match="did you mean upholds"):
        policy.related("policy:ppun-bfc", relation="uphold")
    with pytest.raises(UnknownRelation, match="known: acknowledges"):
        policy.related("policy:ppun-bfc", relation="zzz")
    with pytest.raises(UnknownField, match="known: out, in, both"):
        policy.related("policy:ppun-bfc", direction="up")
    with pytest.raises(UnknownField):
        policy.related("policy:ppun-bfc", basis="guessed")
    with pytest.raises(UnknownField):
        policy.explain("policy:ppun-bfc", "scheme:sraddet", max_links=3)


def test_related_filters(policy):
    id = "scheme:scoran-bfc"
    every = policy.related(id)
    assert every == tuple(link for link in policy.links if id in (link.source, link.target))
    out, to = policy.related(id, direction="out"), policy.related(id, direction="in")
    assert sorted(out + to, key=lambda link: link.key) == list(every)
    assert {link.source for link in out} == {id}
    assert {link.relation for link in policy.related(id, relation="consulted")} == {"consulted"}
    stated, derived = (policy.related(id, basis=basis) for basis in ("stated", "derived"))
    assert stated + derived == every


def test_trees(policy):
    objective = policy.get("objective:tourisme-3")
    assert [e.id for e in policy.ancestors(objective.id)] == ["scheme:tourisme"]
    assert objective in policy.descendants("scheme:tourisme")
    assert {e.kind for e in policy.descendants("policy:ppun-bfc")} >= {"purpose", "priority"}
    assert policy.ancestors("policy:ppun-bfc") == ()


def test_what_was_in_force():
    policy = ppun_bfc.load("2020.10.1")

    def on(*day):
        return {scheme.slug for scheme in policy.in_force(dt.date(*day))}

    assert on(2020, 10, 1) == {"capeco-numerique", "tourisme", "sante"}
    assert on(2022, 12, 31) == {"capeco-numerique", "tourisme"}
    assert on(2023, 1, 1) == set()
    assert len(policy.in_force(dt.datetime(2020, 10, 1, 12))) == 3


def test_what_the_policy_leaves_open():
    policy = ppun_bfc.load("2020.10.1")
    found = {m.entity.slug: m.missing for m in policy.missing("scheme", ["figure", "date"])}
    assert found["sresri"] == ("figure", "date")
    assert found["scoran-bfc"] == ("figure",)  # it has a date of adoption
    assert policy.missing("scheme", ["authored_by"]) == ()
    assert policy.missing("scheme", []) == ()
    figures = {m.entity.slug for m in policy.missing("programme", ["figure"])}
    assert figures == {"infrastructures-thd", "thd-radio"}
    with pytest.raises(UnknownField, match="missing has no 'lead_by'; known: led_by"):
        policy.missing("scheme", ["lead_by"])
    with pytest.raises(UnknownField, match="known: date, figure"):
        policy.missing("scheme", ["zzz"])
    with pytest.raises(UnknownKind):
        policy.missing("schemes", ["date"])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("SRDEII", "scheme:srdeii"),
        ("capeco", "scheme:capeco-numerique"),
        ("CAPÉCO", "scheme:capeco-numerique"),
        ("ethique", "principle:ethique"),
        ("œuvre en bande dessinée", None),
        ("l’inclusion citoyenne", "priority:inclusion-citoyenne"),
        ("200053726", "actor:region-bourgogne-franche-comte"),
        ("100% smart territory", "priority:territoire-intelligent"),
        ("", None),
        ("!?", None),
        ("zzz", None),
    ],
)
def test_search(policy, text, first):
    found = policy.search(text)
    assert (found[0].id if found else None) == first


def test_search_ranks_names_before_texts(policy):
    found = policy.search("numérique service public")
    assert found[0].id == "service:spn"
    assert policy.search("tourisme", "scheme").entities == (policy.schemes["tourisme"],)


@pytest.fixture
def deprecated(tiny):
    """A policy in which one priority has an heir, one asks to choose, and one has neither."""
    more = "".join(
        f"  - id: priority:{slug}\n    label: {{fr: V}}\n    part_of: policy:une\n"
        f"    status: deprecated\n{heir}"
        "    citations: [{document: document:page, page: un.md}]\n"
        for slug, heir in [
            ("vieille", "    replaced_by: priority:une\n"),
            ("scindee", "    consider: [priority:une, priority:deux]\n"),
            ("retiree", ""),
        ]
    )
    with (tiny / "b.yaml").open("a", encoding="utf-8") as file:
        file.write(more)
    return draft(tiny)


def test_a_deprecated_id_works_and_says_so(deprecated):
    for _ in range(2):  # it warns each time
        with pytest.warns(DeprecatedIdWarning, match="see priority:une$") as caught:
            entity = deprecated.get("priority:vieille")
        assert entity.replaced_by == "priority:une"
        assert caught[0].filename == __file__
    with pytest.warns(DeprecatedIdWarning, match="see priority:une, priority:deux"):
        assert deprecated.priorities["scindee"].consider
    with pytest.warns(DeprecatedIdWarning, match=r"deprecated in version 2020\.10\.\d+\.dev0$"):
        deprecated.priorities["retiree"]


def test_a_warning_points_at_the_caller(deprecated):
    asks = [
        lambda: deprecated.get("priority:vieille"),
        lambda: deprecated.priorities["vieille"],
        lambda: deprecated.priorities.get("vieille", None),
        lambda: deprecated.ancestors("priority:vieille"),
        lambda: deprecated.explain("priority:vieille", "scheme:plan"),
        lambda: deprecated.matrix(["priority:vieille"], "scheme"),
    ]
    for ask in asks:
        with pytest.warns(DeprecatedIdWarning) as caught:
            ask()
        assert caught[0].filename == __file__


@pytest.fixture
def retired(tiny):
    """A deprecated section and objective, with links; a theme lives on below the section."""
    cited = "    citations: [{document: document:page, page: un.md}]\n"
    status = "    status: deprecated\n"
    records = [
        ("section:vieille", "priority:une", status),
        ("theme:reste", "section:vieille", ""),
        ("objective:vieux", "scheme:plan", status),
        ("aid:morte", "", status),
    ]
    with (tiny / "b.yaml").open("a", encoding="utf-8") as file:
        for id, parent, more in records:
            above = f"    part_of: {parent}\n" if parent else ""
            file.write(f"  - id: {id}\n    label: {{fr: V}}\n{above}{more}{cited}")
    text = (tiny / "a.yaml").read_text(encoding="utf-8")
    (tiny / "a.yaml").write_text(text.replace("[priority, theme,", "[priority, section, theme,"))
    link = (
        "  - {source: %s, relation: %s, target: %s, basis: stated, modality: affirmed,\n"
        "     citations: [{document: document:page, page: un.md, anchor: x}]}\n"
    )
    (tiny / "c.yaml").write_text(
        "links:\n"
        + link % ("section:vieille", "contributes_to", "scheme:plan")
        + link % ("priority:deux", "contributes_to", "objective:vieux")
        + link % ("theme:reste", "contributes_to", "objective:vieux")
        + link % ("aid:morte", "delivers", "theme:reste")
        + link % ("aid:morte", "contributes_to", "scheme:plan")
    )
    return draft(tiny)


def test_what_is_deprecated_is_no_evidence_unless_asked_for(retired):
    matrix = retired.matrix(["priority:une", "priority:deux", "theme:reste"], "scheme")
    assert {cell.strength for cell in matrix} == {None}
    assert retired.gaps("priority", "scheme").columns == (retired.schemes["plan"],)
    assert retired.descendants("scheme:plan") == (retired.get("objective:but"),)
    assert len(retired.explain("theme:reste", "scheme:plan")) == 0
    assert len(retired.explain("priority:deux", "theme:reste", max_links=2)) == 0
    with pytest.warns(DeprecatedIdWarning):
        asked = retired.matrix("priority", ["objective:vieux"])
    assert asked.cell("priority:deux", "objective:vieux").strength == "stated"
    with pytest.warns(DeprecatedIdWarning):
        assert retired.explain("priority:deux", "objective:vieux").strength == "stated"


def test_a_policy_cannot_be_changed(policy):
    with pytest.raises(AttributeError, match="immutable"):
        policy.version = "evil"
    assert policy.version.startswith("2020.10.")


def test_a_group_may_be_one_entity(policy):
    one = policy.matrix(policy.priorities["inclusion-citoyenne"], "scheme")
    assert len(one.rows) == 1


def test_odd_kinds_still_print(policy):
    with pytest.raises(UnknownKind, match="no kind '1'"):
        policy.entities(1)


def test_deprecated_ids_are_left_out_unless_asked_for(deprecated):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert deprecated.priorities.ids == ("priority:une", "priority:deux")
        assert len(deprecated.matrix("priority", "scheme").rows) == 2
        assert all(entity.status == "active" for entity in deprecated)
        assert len(deprecated.entities("priority", deprecated=True)) == 5
        assert len(deprecated.entities(deprecated=True)) == len(deprecated) + 3
        assert deprecated.related("priority:vieille") == ()
        assert "priority:vieille" in deprecated


def test_a_policy_is_a_value(policy, deprecated):
    assert copy.copy(policy) is policy
    assert copy.deepcopy({"a": policy})["a"] is policy
    assert pickle.loads(pickle.dumps(policy)) is policy
    assert len(pickle.dumps(policy)) < 300
    twin = pickle.loads(pickle.dumps(deprecated))
    assert twin == deprecated
    assert hash(twin) == hash(deprecated)
    assert twin.to_json() == deprecated.to_json()
    assert twin != policy
    assert policy != policy.version
    assert repr(policy).startswith(
        f"<PolicyVersion {policy.version}, {len(policy)} entities, sha256:"
    )


def test_records_cannot_be_changed(policy):
    with pytest.raises(TypeError):
        policy.documents["x"] = None
    with pytest.raises(TypeError):
        policy.relations["x"] = None
    assert isinstance(policy.links, tuple)
    assert isinstance(policy.entities(), tuple)


def without_addresses(value):
    """JSON without the address that each citation in it, also inside its parts, must have."""
    if isinstance(value, list):
        return [without_addresses(item) for item in value]
    if not isinstance(value, dict):
        return value
    found = {key: without_addresses(item) for key, item in value.items()}
    if "document" in found:
        assert found.pop("url").startswith("https://")
    return found


@pytest.mark.filterwarnings("ignore::ppun_bfc.errors.DeprecatedIdWarning")
def test_every_record_loads_as_it_was_published(policy):
    raw = json.loads(policy.to_json())
    for record in raw["entities"]:
        entity = policy.get(record["id"])
        told = entity.to_dict()
        assert told == json.loads(entity.model_dump_json(exclude_defaults=True))
        assert without_addresses(told) == record == policy.record(entity)
        assert entity.introduced_in
    assert [without_addresses(link.to_dict()) for link in policy.links] == raw["links"]
    assert isinstance(policy, PolicyVersion)
    assert isinstance(policy.priorities["inclusion-citoyenne"], Priority)
    assert isinstance(policy.policy, Entity)


def test_every_citation_opens_a_page(policy):
    for entity in policy:
        for citation in entity.citations:
            assert citation.url.startswith("https://")
    assert ppun_bfc.load().links[0].citations[0].url
    assert policy.policy.adopted.citations[0].url


def test_get_is_a_method_with_a_signature_and_help():
    policy = ppun_bfc.load("2020.10.1")
    entity = policy.get(id="scheme:srdeii")
    assert entity is policy.get("scheme:srdeii") is policy.get(entity)
    assert list(inspect.signature(policy.get).parameters) == ["id"]
    assert "The entity with this id" in pydoc.render_doc(policy.get)


@pytest.mark.parametrize("key", [None, 0, 1.5, ["scheme:srdeii"], {}, object, b"scheme:srdeii"])
def test_what_is_no_id_is_told_so(key):
    policy = ppun_bfc.load("2020.10.1")
    asked: list[Any] = [policy.get, policy.record, policy.related, policy.ancestors]
    asked.append(lambda key: policy.explain(key, "scheme:srdeii"))
    for ask in asked:
        with pytest.raises(WrongType, match="is not an entity, or an id such as") as caught:
            ask(key)
        assert isinstance(caught.value, TypeError | ValueError)
    with pytest.raises(WrongType, match="a slug or id, such as 'scoran-bfc'"):
        policy.schemes[key]
    with pytest.raises(WrongType):
        policy.schemes.get(key, None)
    assert key not in policy.schemes
    assert key not in policy
    with pytest.raises(WrongType, match="words to search for"):
        policy.search(key)


@pytest.mark.parametrize("group", [7, None, object()])
def test_what_is_no_group_is_told_so(group):
    policy = ppun_bfc.load("2020.10.1")
    with pytest.raises(WrongType, match="a kind, an entity, or several"):
        policy.matrix(group, "scheme")
    with pytest.raises(WrongType):
        policy.matrix(["scheme:srdeii", group], "scheme")


def test_an_id_of_another_kind_is_told_so():
    policy = ppun_bfc.load("2020.10.2")
    with pytest.raises(UnknownId, match="is a priority, not an action") as caught:
        policy.actions["priority:inclusion-citoyenne"]
    assert all(id.startswith("action:") for id in caught.value.nearest)
    assert "est de sorte priority, et non action" in caught.value.text("fr")
    with pytest.raises(UnknownId, match="no 'theme:pass-numerique'"):
        policy.actions["theme:pass-numerique"]


def test_an_id_may_be_looked_up_while_pydantic_validates():
    policy = ppun_bfc.load("2020.10.2")
    check = TypeAdapter(Annotated[str, AfterValidator(lambda v: policy.actions[v].id)])
    assert check.validate_python("pass-numeriques") == "action:pass-numeriques"
    with pytest.raises(ValidationError, match="did you mean action:pass-numeriques"):
        check.validate_python("pass-numerique")


@pytest.mark.parametrize(
    ("asked", "meant"),
    {
        "SRADDET": "scheme:sraddet",
        "scheme:SRADDET": "scheme:sraddet",
        "SCHEME:srdeii": "scheme:srdeii",
        "agency:ARN_IA": "agency:arn-ia",
        "arn ia": "agency:arn-ia",
        "scheme:santé": "scheme:sante",
    }.items(),
)
def test_case_accents_and_hyphens_do_not_hide_what_is_meant(asked, meant):
    with pytest.raises(UnknownId) as caught:
        ppun_bfc.load("2020.10.1").get(asked)
    assert caught.value.nearest[0] == meant
    assert len(caught.value.nearest) <= 3


def test_a_question_takes_entities_as_well_as_ids():
    policy = ppun_bfc.load("2020.10.2")
    one, other = policy.get("priority:inclusion-citoyenne"), policy.get("scheme:scoran-bfc")
    assert policy.explain(one, other) == policy.explain(one.id, other.id)
    assert policy.related(one) == policy.related(one.id)
    assert policy.descendants(one) == policy.descendants(one.id)
    assert policy.record(one) == policy.record(one.id)
    assert policy.matrix(one, other).cell(one, other) == policy.matrix([one.id], [other.id]).cell(
        one.id, other.id
    )
    one_id: Any = one.id
    assert policy.matrix(one_id, [other.id]) == policy.matrix(one, other)
    aid = policy.aids["developper-les-tiers-lieux"]
    assert policy.grant(aid, 350_000) == policy.grant(aid.id, 350_000)
    assert policy.offers(policy.get("actor:communes")) == policy.offers("actor:communes")


def test_an_answer_validates_what_it_shows_and_no_more():
    """Counts, since times jitter: documents are needed for the addresses of pages."""
    policy = Publications(published_folder()).load("2020.10.2")
    records = records_of(policy)
    assert records.made == 0
    matrix = policy.matrix("priority", "scheme")
    shown = {entity.id for entity in (*matrix.rows, *matrix.columns)}
    links = {link.key for link in matrix.context}
    for cell in matrix.filled():
        for step in (evidence.step for evidence in cell.evidence):
            key = (step.source, step.relation, step.target)
            shown |= {step.source} if step.relation == "part_of" else set()
            links |= set() if step.relation == "part_of" else {key}
    assert records.made == len(policy.documents) + len(shown) + len(links)
    before = records.made
    assert policy.matrix("priority", "scheme") == matrix
    assert records.made == before  # each once
    found = policy.search("micro-folies")
    assert records.made == before  # a hit becomes an entity when it is asked for
    assert len(found.entities) == records.made - before > 0


def test_one_entity_validates_itself_and_the_documents():
    policy = Publications(published_folder()).load("2020.10.2")
    policy.get("scheme:srdeii")
    assert records_of(policy).made == 1 + len(policy.documents)
    links = policy.related("goal:sdg-12")
    assert records_of(policy).made == 1 + len(policy.documents) + len(links)


def test_slugs_complete_in_ipython():
    schemes = ppun_bfc.load("2020.10.1").schemes
    assert schemes._ipython_key_completions_()[:2] == ["scoran-bfc", "sraddet"]


@pytest.mark.parametrize(
    "day",
    [
        dt.date(2022, 6, 1),
        dt.datetime(2022, 6, 1, 23, 59),
        "2022-06-01",
        EdtfDate("2022-06-01"),
    ],
)
def test_a_day_may_be_given_in_many_ways(day):
    policy = ppun_bfc.load("2020.10.1")
    assert [found.slug for found in policy.in_force(day)] == ["capeco-numerique", "tourisme"]
    assert policy.schemes["tourisme"].in_force(day) is True


@pytest.mark.parametrize("day", ["2022-06", "2022", "2022/2023", "demain", 2022, None, 1.5, []])
def test_what_is_no_day_is_told_so(day):
    policy = ppun_bfc.load("2020.10.1")
    with pytest.raises(WrongType, match="is not a day, such as a date"):
        policy.in_force(day)
    with pytest.raises(WrongType, match="date"):
        policy.schemes["tourisme"].in_force(day)
