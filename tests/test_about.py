"""Everything about one thing: what it is part of, what is part of it, links, figures, disputes."""

import json
import pickle

import pytest

import ppun_bfc
from ppun_bfc import UnknownId
from ppun_bfc.crossref.about import About
from ppun_bfc.errors import UnknownField, UnknownKind, UnknownRelation


@pytest.fixture(scope="module")
def edition():
    return ppun_bfc.load("2020.10.2")


@pytest.mark.parametrize(
    "id", ["theme:inclusion", "scheme:capeco-numerique", "agency:arn-ia", "actor:communes"]
)
def test_it_is_what_one_would_join_by_hand(edition, id):
    page = edition.about(id)
    assert page.entity == edition.get(page.id)
    assert page.ancestors == edition.ancestors(id)
    children = [one for one in edition if one.part_of == id]
    assert [one for found in page.children.values() for one in found] == children
    assert page.figures == tuple(f for f in edition.figures if f.about == id)
    assert set(page.events) == {e for e in edition.events if e.about == id}
    dated = [str(event.date) for event in page.events if event.date]
    assert dated == sorted(dated)
    every = [link for group in page.links.values() for link in group.links]
    assert sorted(link.key for link in every) == [link.key for link in edition.related(id)]
    for name, group in page.links.items():
        assert len(group) == len(list(group))
        for link, end in group:
            assert link.other(page.entity) == end.id
            expected = link.relation if group.direction == "out" else group.relation.inverse
            assert name == expected == group.name
    said = {id, *(one.id for one in (*page.figures, *page.events))}
    assert set(page.disputes) == {d for d in edition.discrepancies if said & set(d.about)}
    assert all(place.url.startswith("https://") for place in page.citations)
    record = json.loads(json.dumps(page.to_dict("en")))
    assert record["entity"]["id"] == id
    assert {name: len(found) for name, found in record["links"].items()} == {
        name: len(group) for name, group in page.links.items()
    }


def test_it_is_a_value(edition):
    page = edition.about("theme:inclusion")
    assert page == edition.about(page.entity) != edition.about("theme:sante")
    assert hash(page) == hash(edition.about("theme:inclusion"))
    assert page != "theme:inclusion"
    assert pickle.loads(pickle.dumps(page)) == page
    for change in (lambda: setattr(page, "entity", None), lambda: delattr(page, "version")):
        with pytest.raises(AttributeError):
            change()
    with pytest.raises(UnknownId):
        edition.about("theme:inclusions")
    assert isinstance(page, About)
    assert "theme:inclusion" in repr(page)


def test_a_relation_that_is_its_own_inverse_is_told_once(edition):
    page = edition.about("scheme:scoran-bfc")
    names = list(page.links)
    assert len(names) == len(set(names))
    assert page.links["coordinated_with"].label("en") == "is coordinated with"


def test_a_card_has_a_part_for_what_there_is_only(edition):
    def parts(id):
        return [section.title for section in edition.about(id).card("en").sections]

    assert "Grant schemes" in parts("action:micro-folies")
    assert not edition.about("goal:sdg-12").aids
    assert "Grant schemes" not in parts("goal:sdg-12")


def test_aids_are_those_that_deliver_or_are_open_to_it(edition):
    assert "aid:micro-folies" in [aid.id for aid in edition.about("action:micro-folies").aids]
    assert "aid:numerique-des-ecoles" in [aid.id for aid in edition.about("actor:communes").aids]
    assert edition.about("aid:guide-des-aides-numeriques").aids


def test_disputes_are_told_where_they_bite(edition):
    shallow, deep = (
        edition.disputes("programme:aide-couverture-thd", deep=d) for d in (False, True)
    )
    assert set(shallow) < set(deep)
    text = edition.about("programme:aide-couverture-thd").text("en")
    assert "Where sources disagree" in text
    assert "(disputed)" in text


def test_links_are_filtered_by_several_things(edition):
    agency = edition.get("agency:arn-ia")
    every = edition.related(agency)
    leads = edition.related(agency, "leads")
    assert leads == tuple(x for x in every if x.relation == "led_by" and x.target == agency.id)
    both = edition.related(
        agency, ("leads", "partner_in"), kind=["action"], modality=["affirmed", "intended"]
    )
    assert both
    assert all(x.other(agency).startswith("action:") for x in both)
    assert {x.modality for x in both} == {"affirmed", "intended"}
    assert edition.related(agency, "led_by", direction="in") == leads
    assert edition.related(agency, "leads", direction="out") == ()
    for options, error in (
        ({"modality": "sure"}, UnknownField),
        ({"kind": "actions"}, UnknownKind),
        ({"relation": ["leads", "leeds"]}, UnknownRelation),
    ):
        with pytest.raises(error):
            edition.related(agency, **options)
    with pytest.raises(UnknownField, match="known: "):
        every[0].other("scheme:none")
    assert "led_by" in leads[0].words("en")


def test_children_are_of_a_kind(edition):
    assert [axis.slug for axis in edition.children("scheme:scoran-bfc", "axis")] == [
        "scoran-1",
        "scoran-2",
        "scoran-3",
    ]
    assert set(edition.children("scheme:scoran-bfc")) > set(
        edition.children("scheme:scoran-bfc", "axis")
    )
    with pytest.raises(UnknownKind):
        edition.children("scheme:scoran-bfc", "axes")
