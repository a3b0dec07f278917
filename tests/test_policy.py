"""The object that users hold: look-up, collections, questions, identity."""

import copy
import datetime as dt
import json
import pickle
import warnings

import pytest

import ppun_bfc
from ppun_bfc import DeprecatedIdWarning, PpunError, UnknownId
from ppun_bfc.authoring import draft
from ppun_bfc.errors import UnknownField, UnknownKind, UnknownRelation
from ppun_bfc.models import ENTITY_TYPES, Entity, Priority, Scheme
from ppun_bfc.policy import PolicyVersion


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
        policy.missing("schemes", ["date"])


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
    found = [entity.id for entity in policy.search("numérique service public")]
    assert found[0] == "service:spn"
    assert policy.search("tourisme", "scheme") == (policy.schemes["tourisme"],)


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
