"""The data against the sources: what the page says is there, counted from the page."""

import re

import pytest
import yaml

import ppun_bfc
from conftest import ROOT
from ppun_bfc.authoring.pages import Page
from ppun_bfc.models import Citation, Entity, Wording
from ppun_bfc.models.walk import records as parts
from sentences import sentences

CONCLUSION = "feuille-de-route/ppun/conclusion.md"


@pytest.fixture(scope="module")
def first():
    """The version that encodes the conclusion."""
    return ppun_bfc.load("2020.10.1")


@pytest.fixture(scope="module")
def page(sources):
    return (sources / "web-2021-06" / CONCLUSION).read_text(encoding="utf-8")


def records(policy, name):
    if " " in name:
        source, relation, target = name.split()
        (link,) = [
            link
            for link in policy.related(source, relation=relation)
            if link.key == (source, relation, target)
        ]
        return link
    return policy.get(name)


def phrases(record):
    """Every text of a record that stands on the conclusion."""
    if isinstance(record, Entity):
        yield record.label.fr
        yield record.acronym or ""
    for _, part in parts(record):
        if isinstance(part, Wording):
            yield part.label.fr
        if isinstance(part, Citation) and part.page == CONCLUSION:
            yield part.anchor or ""


def test_every_sentence_is_carried_or_left_out_with_a_reason(first, page):
    reviewed = yaml.safe_load((ROOT / "data/inventory/conclusion.yaml").read_text(encoding="utf-8"))
    assert reviewed["page"] == CONCLUSION
    found = sentences(page)
    assert len(found) == len(reviewed["sentences"])
    carried = set()
    for sentence, row in zip(found, reviewed["sentences"], strict=True):
        assert sentence.startswith(row["starts"])
        assert ("carried_by" in row) != ("left_out" in row)
        text = Page(sentence)
        for name in row.get("carried_by", ()):
            record = records(first, name)
            here = [p for p in phrases(record) if p and text.has(p, exact=False)]
            assert here, f"nothing of {name} stands in: {sentence}"
            carried.add(name)
    # Nothing was encoded that no sentence carries.
    assert {entity.id for entity in first} - carried == set()


def test_every_stated_link_of_the_page_is_in_the_map(first):
    reviewed = yaml.safe_load((ROOT / "data/inventory/conclusion.yaml").read_text(encoding="utf-8"))
    named = {name for row in reviewed["sentences"] for name in row.get("carried_by", ())}
    for link in first.links:
        pages = {citation.page for citation in link.citations}
        if link.basis == "stated" and CONCLUSION in pages:
            assert " ".join(link.key) in named


def bullets(page, after, stop):
    part = page[page.index(after) :]
    return re.findall(r"^\* ", part[: part.index(stop)], flags=re.MULTILINE)


def test_counts_are_those_of_the_page(first, page):
    schemes = bullets(page, "s’articule également", "## La Politique")
    assert len(schemes) == 6
    assert len(first.schemes) == len(schemes) + 1  # and SCORAN BFC
    assert len(first.principles) == len(bullets(page, "trois principes", "s’articule")) == 3
    assert len(first.purposes) == len(bullets(page, "a donc vocation", "De même")) == 3
    assert len(first.priorities) == len(bullets(page, "Trois priorités", "Cette Politique")) == 3
    chances = re.search(r"opportunités\*\* \\\(en termes de (.*?)\\\)", page)[1]
    assert len(first.opportunities) == len(chances.split(",")) == 5
    risks = re.search(r"risques\*\* \\\(en matière de (.*?)…\\\)", page)[1]
    assert len(first.risks) == len(risks.split(",")) == 5
    promised = re.search(r"garantir aux citoyens (.*?)\\\)", page)[1]
    assert len(first.guarantees) == len(re.split(r", | et ", promised)) == 4
    assert len(first.audiences) == len(re.findall(r"à tou(?:s|tes) les", page)) == 3


def test_priorities_are_the_bullets_of_the_page(first, page):
    part = page[page.index("Trois priorités") : page.index("Cette Politique Publique")]
    lines = [line[2:] for line in part.splitlines() if line.startswith("* ")]
    printed = [" ".join(re.sub(r"[*_]", "", line).split()).rstrip(" .;") for line in lines]
    assert [priority.label.fr for priority in first.priorities] == printed


def test_figures_are_those_of_the_page(first, page):
    values = {(str(f.value), f.unit, f.change) for f in first.figures}
    assert values == {
        ("45", "percent", "relative"),
        ("50000000", "EUR", "absolute"),
        ("162000000", "EUR", None),
        ("2", "year", None),
    }
    digits = set(re.findall(r"\d[\d/-]*", re.sub(r"\(\.\./.*?\)|\{%.*?%\}", "", page)))
    # 45, 50 and 162 are figures; the others are dates, ordinals and a slogan.
    assert digits == {
        *("45", "50", "162"),
        *("2016", "2017/2018", "2019", "2018-2022", "2017-2022", "2019-2021"),
        *("3", "12", "100"),
    }


def test_dates_are_as_precise_as_the_sources(first):
    assert str(first.policy.adopted.date) == "2020-10"
    assert str(first.schemes["scoran-bfc"].adopted.date) == "2019-06"
    assert {e.slug: str(e.date) for e in first.events if e.date} == {
        "augmentation-aide-thd": "2016",
        "deploiement-thd-radio": "2017/2018",
        "adoption-scoran": "2019-06",
        "adoption-ppun": "2020-10",
    }


def test_what_the_policy_only_may_receive_is_not_affirmed(first):
    links = first.related("policy:ppun-bfc", relation="funded_by")
    modality = {link.target: link.modality for link in links}
    assert modality["funding:cper"] == modality["funding:feder"] == "possible"
    wished = first.related("policy:ppun-bfc", relation="establishes")
    assert {link.modality for link in wished} == {"intended"}


def test_derived_links_are_few_and_reasoned(first):
    derived = [link for link in first.links if link.basis == "derived"]
    assert 0 < len(derived) <= 10
    assert all(link.rationale.fr and link.rationale.en for link in derived)
