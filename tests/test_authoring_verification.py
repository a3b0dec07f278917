"""Verification: what stands on a page, and what does not."""

import pytest

import ppun_bfc
from ppun_bfc import UnreadableFile
from ppun_bfc.authoring import draft, verify
from ppun_bfc.authoring.pages import Page, Sources

PAGE = """\
---
description: une page
---
# Une **politique**

{% hint style="info" %}
Les usages, un Document, la Premi&#xE8;re priorité sert le but.
{% endhint %}

| Deuxième priorité | Plan régional |
| :--- | :--- |
* But du plan \\(total de 162&nbsp;M€\\), en juin 2019, adopté en octobre 2020. [lien](ailleurs.md)
"""


@pytest.fixture
def pages(tmp_path):
    folder = tmp_path / "sources" / "page"
    folder.mkdir(parents=True)
    (folder / "un.md").write_text(PAGE, encoding="utf-8")
    return folder.parent


def findings(tiny, pages):
    return [(f.code, str(f.place)) for f in verify(draft(tiny), pages).findings]


def replace(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_everything_is_found(tiny, pages):
    done = verify(draft(tiny), pages)
    assert done.findings == ()
    assert done.checked["figure"] == 1
    assert done.checked["date"] == 2
    assert done.checked["label"] == 7


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("{fr: Plan régional}", "{fr: Plan regional}", ("not-on-page", "scheme:plan.label")),
        ("{fr: Plan régional}", "{fr: PLan régional}", ("not-on-page", "scheme:plan.label")),
        ("{fr: But du plan}", "{fr: But du pla}", ("not-on-page", "objective:but.label")),
        (
            "un.md, anchor: en juin",
            "deux.md, anchor: en juin",
            ("page-missing", "event:debut.citations.0.page"),
        ),
        ("un.md, anchor: en juin", "../page/un.md, anchor: en juin", None),
        (
            "un.md, anchor: en juin",
            "../../x, anchor: en juin",
            ("page-missing", "event:debut.citations.0.page"),
        ),
        (
            "anchor: en juin 2019",
            "anchor: en mai 2019",
            ("not-on-page", "event:debut.citations.0.anchor"),
        ),
        (
            "as_written: juin 2019",
            "as_written: 2019",
            ("parses-otherwise", "event:debut.as_written"),
        ),
        ("as_written: juin 2019", "as_written: adopté", ("not-parsed", "event:debut.as_written")),
        ("value: 162000000", "value: 162", ("parses-otherwise", "figure:total.as_written")),
        ("unit: EUR", "unit: percent", ("parses-otherwise", "figure:total.unit")),
        ("as_written: 162 M€", "as_written: total de", ("not-parsed", "figure:total.as_written")),
        ("as_written: 162 M€", "as_written: 162 k€", ("not-on-page", "figure:total.as_written")),
        (
            "    type: scheme",
            "    type: scheme\n    acronym: PR",
            ("not-on-page", "scheme:plan.acronym"),
        ),
        (
            "standing: {label: {fr: Document}",
            "standing: {label: {fr: Papier}",
            ("not-on-page", "policy:une.standing.label"),
        ),
        (
            "as_written: octobre 2020",
            "as_written: octobre 2021",
            ("not-on-page", "policy:une.adopted.as_written"),
        ),
        (
            "anchor: total de 162 M€",
            "anchor: total de 162 M€, section: Une politique",
            None,
        ),
        (
            "anchor: total de 162 M€",
            "anchor: total de 162 M€, section: Autre",
            ("not-on-page", "figure:total.citations.0.section"),
        ),
    ],
)
def test_what_is_not_on_the_page_is_named(tiny, pages, old, new, finding):
    replace(tiny / "b.yaml", old, new)
    found = findings(tiny, pages)
    assert finding in found if finding else found == []


AID = """\
entities:
  - id: aid:lieux
    label: {fr: Les usages}
    summary: {fr: x, en: x}
    citations: [{document: document:page, page: un.md}]
    eligible:
      - who: actor:communes
        population_below: 1000
        as_written: moins de 1.000 habitants
        citations: [{document: document:page, page: un.md}]
      - {who: actor:communes, condition: {fr: c, en: c}, citations: [{document: document:page, page: un.md, anchor: Les usages}]}
    brackets:
      - label: {fr: Études}
        cost_from: 100000
        cost_to: 200000
        rate: 50
        ceiling: 100000
        as_written: [Projet de 100.000 € à 200.000 €, "Taux : 50 % ∙ Plafond : 100.000 €"]
        citations: [{document: document:page, page: un.md}]
    bonuses:
      - {label: {fr: b, en: b}, rate: 10, as_written: 10 % supplémentaires, citations: [{document: document:page, page: un.md}]}
    eligible_costs:
      - {label: {fr: Études}, citations: [{document: document:page, page: un.md}]}
    rules:
      - {text: {fr: r, en: r}, citations: [{document: document:page, page: un.md, anchor: Les usages}]}
    opens: {date: 2021-03-01, as_written: 1er mars au 31 décembre 2021, citations: [{document: document:page, page: un.md}]}
    closes: {date: 2021-12-31, as_written: 1er mars au 31 décembre 2021, citations: [{document: document:page, page: un.md}]}
  - id: actor:communes
    label: {fr: Communes}
    type: group
    citations: [{document: document:page, page: un.md}]
  - id: discrepancy:taux
    label: {fr: Taux, en: Rate}
    about: [aid:lieux]
    difference: number
    readings:
      - {value: "Taux : 50 %", citations: [{document: document:page, page: un.md}]}
      - {value: 10 % supplémentaires, citations: [{document: document:page, page: un.md}]}
    adopted: "Taux : 50 %"
    why: {fr: w, en: w}
    citations: [{document: document:page, page: un.md, anchor: Les usages}]
"""
AID_PAGE = """
Communes de moins de 1.000 habitants. Projet de 100.000 € à 200.000 €
<br/>Taux : 50 % ∙ Plafond : 100.000 €. Études. 10 % supplémentaires, ouvert du **1er mars au 31 décembre 2021**.
"""


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("", "", None),
        ("rate: 50", "rate: 40", ("parses-otherwise", "aid:lieux.brackets.0.as_written")),
        (
            "ceiling: 100000",
            "ceiling: 10000",
            ("parses-otherwise", "aid:lieux.brackets.0.as_written"),
        ),
        ("cost_to: 200000\n        ", "", ("parses-otherwise", "aid:lieux.brackets.0.as_written")),
        ("rate: 10,", "rate: 11,", ("parses-otherwise", "aid:lieux.bonuses.0.as_written")),
        ("below: 1000", "below: 999", ("parses-otherwise", "aid:lieux.eligible.0.as_written")),
        (
            "- label: {fr: Études}\n",
            "- label: {fr: Pack}\n",
            ("not-on-page", "aid:lieux.brackets.0.label"),
        ),
        (
            "{label: {fr: Études}",
            "{label: {fr: Pack}",
            ("not-on-page", "aid:lieux.eligible_costs.0.label"),
        ),
        (
            "date: 2021-03-01",
            "date: 2021-03-02",
            ("parses-otherwise", "aid:lieux.opens.as_written"),
        ),
        (
            "date: 2021-12-31",
            "date: 2021-03-01",
            ("parses-otherwise", "aid:lieux.closes.as_written"),
        ),
        (
            "rules:\n      - {text: {fr: r, en: r}, citations: [{document: document:page, page: un.md, anchor: Les usages}]}",
            "rules:\n      - {text: {fr: r, en: r}, citations: [{document: document:page, page: un.md}]}",
            ("missing-field", "aid:lieux.rules.0.citations.0.anchor"),
        ),
        ("value: 10 %", "value: 11 %", ("not-on-page", "discrepancy:taux.readings.1.value")),
    ],
)
def test_what_an_aid_grants_stands_in_the_page(tiny, pages, old, new, finding):
    assert old in AID
    (tiny / "d.yaml").write_text(AID.replace(old, new), encoding="utf-8")
    page = pages / "page" / "un.md"
    page.write_text(PAGE + AID_PAGE, encoding="utf-8")
    found = findings(tiny, pages)
    assert finding in found if finding else found == []


def test_whom_a_figure_quotes_stands_in_the_page(tiny, pages):
    replace(tiny / "b.yaml", "nature: budget", "nature: budget\n    according_to: Insee")
    assert findings(tiny, pages) == [("not-on-page", "figure:total.according_to")]


def test_a_link_needs_an_anchor(tiny, pages):
    replace(tiny / "c.yaml", ", anchor: sert le but", "")
    place = "priority:une contributes_to objective:but.citations.0.anchor"
    assert findings(tiny, pages) == [("missing-field", place)]
    replace(tiny / "c.yaml", "anchor: Plan régional", "anchor: Plan national")
    assert len(findings(tiny, pages)) == 2


def test_missing_sources_are_an_error(tiny, tmp_path):
    with pytest.raises(UnreadableFile, match="not a folder"):
        verify(draft(tiny), tmp_path / "none")


def test_a_page_that_cannot_be_read_is_missing(tiny, pages):
    (pages / "page" / "un.md").write_bytes(b"\xff")
    assert {code for code, _ in findings(tiny, pages)} == {"page-missing", "not-on-page"}


def test_a_pdf_is_cited_by_page_number(tmp_path):
    folder = tmp_path / "doc"
    folder.mkdir()
    text = "=== PDF page 1 ===\nx\n=== PDF page 2 ===\nles usages Numé-\nriques de Bourgogne\n"
    (folder / "doc.txt").write_text(text, encoding="utf-8")
    sources = Sources(tmp_path)
    assert sources.page("document:doc", "2").has("Usages numériques", exact=False) is False
    assert sources.page("document:doc", "2").has("usages Numériques de", exact=True)
    assert sources.page("document:doc", "3") is None


@pytest.mark.parametrize(
    ("phrase", "exact", "loose"),
    [
        ("l’emploi", True, True),
        ("l'emploi", False, True),
        ("Emploi", True, True),
        ("EMPLOI", False, False),
        ("mploi", False, False),
        ("« un but »", True, True),
        ('"un but"', False, True),
        ("45 %", True, True),
        ("45%", False, True),
        ("fin...", True, True),
    ],
)
def test_typography(phrase, exact, loose):
    page = Page("pour l’emploi : « un but », 45\u00a0% à la fin…")
    assert page.has(phrase, exact=True) is exact
    assert page.has(phrase, exact=False) is loose


def test_every_shipped_version_stands_in_the_sources(sources):
    for row in ppun_bfc.versions():
        done = verify(ppun_bfc.load(row.version), sources)
        assert done.findings == ()
        assert sum(done.checked.values()) > 300


def test_the_draft_stands_in_the_sources(sources):
    from conftest import DATA

    assert verify(draft(DATA), sources).findings == ()


@pytest.mark.parametrize(
    ("phrase", "stands"),
    [
        ("0,5 %", True),
        ("5 %", False),
        ("250 000 €", False),
        ("1 250 000 €", True),
        ("1 250", False),
        ("2019", True),
        ("juin 2019", True),
        ("", False),
        ("-", True),
    ],
)
def test_a_number_stands_whole_or_not_at_all(phrase, stands):
    page = Page("hausse de 0,5 % - 1 250 000 € en juin 2019.")
    assert page.has(phrase, exact=True) is stands


def test_a_word_of_a_pdf_stands_whole_or_not_at_all(tmp_path):
    page = Page("un budget de 150 mil-\nlions, la MEDIATION numé- rique", printed=True)
    assert page.has("150 millions", exact=True)
    assert page.has("numérique", exact=True)
    assert not page.has("50 millions", exact=True)
    assert not page.has("IA", exact=True)
    assert not page.has("-", exact=True)


def test_a_circle_of_links_is_a_missing_page(tmp_path):
    (tmp_path / "doc").mkdir()
    (tmp_path / "doc" / "un.md").symlink_to("un.md")
    assert Sources(tmp_path).page("document:doc", "un.md") is None
