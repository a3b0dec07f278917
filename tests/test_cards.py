"""Every answer shows itself by one card: text that fits, HTML that is escaped, and rich."""

import io
import json
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

import ppun_bfc
from ppun_bfc.cards import Card, Item, Listed, Reference, Section, Shown, one_line, table_lines
from ppun_bfc.crossref import Gaps
from ppun_bfc.policy import PolicyVersion

VOID = {"br"}


class Balance(HTMLParser):
    """Fails on tags that do not match, and keeps the text."""

    def __init__(self, source):
        super().__init__()
        self.open: list[str] = []
        self.said = ""
        self.links = []
        self.feed(source)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        assert tag not in ("script", "style", "img")
        self.links += [value for name, value in attrs if name == "href"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.said += data


@pytest.fixture(scope="module")
def edition():
    return ppun_bfc.load("2020.10.4")


def answers(policy):
    """Whatever shows itself."""
    return {
        "policy": policy,
        "entity": policy.get("aid:developper-les-tiers-lieux"),
        "figure": policy.get("figure:aide-thd-total"),
        "collection": policy.schemes,
        "list": policy.entities("principle"),
        "links": policy.related("theme:inclusion"),
        "about": policy.about("scheme:capeco-numerique"),
        "action": policy.about("action:micro-folies"),
        "call": policy.get("aid:appel-a-projets-territoires-intelligents"),
        "limits": policy.get("aid:maitrise-et-securisation-des-donnees"),
        "disputed": policy.about("programme:aide-couverture-thd"),
        "agency": policy.about("agency:arn-ia"),
        "explanation": policy.explain("theme:inclusion", "scheme:scoran-bfc", max_links=2),
        "gaps": policy.gaps("priority", "goal"),
        "grant": policy.grant("appel-a-projets-territoires-intelligents", 350_000),
        "offer": policy.offers("actor:communes")[0],
        "offers": policy.offers("actor:communes", cost=350_000, on="2021-06-01"),
        "hits": policy.search("illectronisme", limit=3),
        "diff": ppun_bfc.diff(ppun_bfc.load("2020.10.1"), policy),
        "matrix": policy.matrix(),
        "timeline": policy.timeline("2021-01-01", "2021-12-31"),
        "cited": policy.cite(["action:telemedecine", "theme:inclusion"]),
    }


NAMES = list(answers(ppun_bfc.load("2020.10.4")))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("width", [40, 80, 120, 200])
def test_no_word_is_broken_and_lines_fit(edition, name, lang, width):
    shown = answers(edition)[name]
    text = shown.text(lang, width)
    assert "\x1b" not in text
    for line in text.splitlines():
        # What cannot be broken may be longer: a word, an id, an address.
        assert len(line) <= width or max(map(len, line.split())) > width - 14
        assert line == line.rstrip()


@pytest.mark.parametrize("name", NAMES)
def test_every_answer_is_one_line_a_page_and_a_card(edition, name):
    shown = answers(edition)[name]
    assert "\n" not in repr(shown)
    assert len(repr(shown)) <= 160
    assert len(str(shown)) > len(repr(shown)) / 2
    page = Balance(shown._repr_html_())
    assert page.said.strip()
    assert all(link.startswith("https://") for link in page.links)
    console = Console(width=60, record=True, file=io.StringIO(), force_terminal=True)
    console.print(shown)
    assert console.export_text().strip()


@pytest.mark.parametrize("name", NAMES)
def test_no_label_writes_markup(edition, name):
    raw = edition.to_json().decode()
    evil = re.sub(r'"fr":"(?=[^"]{3})', r'"fr":"<img src=x onerror=alert(1)>', raw)
    policy = PolicyVersion(json.loads(evil), edition.digest)
    html = answers(policy)[name]._repr_html_()
    assert "<img" not in html
    Balance(html)


def test_a_place_is_named_once_and_numbered_where_it_counts():
    one, two = Reference("page 1", "https://example.org/1"), Reference("page 2", "page 2")
    card = Card(
        "Titre",
        "id:x",
        ("Résumé.",),
        (
            Section(
                "Partie", (Item("a", "id:a", "contesté", (one, two)), Item("b", places=(one,)))
            ),
            Section("", table=(("n", "v"), ("x", "1"))),
        ),
        ("Note.",),
    )
    assert card.places() == (one, two)
    assert card.text(60).splitlines() == [
        "Titre",
        "id:x",
        "",
        "Résumé.",
        "",
        "Partie",
        "  a (contesté) [1][2]  id:a",
        "  b [1]",
        "",
        "  n  v",
        "  x  1",
        "",
        "Sources",
        "  [1] page 1",
        "      https://example.org/1",
        "  [2] page 2",
        "",
        "Note.",
    ]
    assert "\x1b[1mTitre\x1b[0m" in card.text(60, styled=True)
    assert (
        card.html().count("https://example.org/1") == 3
    )  # twice where it counts, once in the list
    assert "[2]</sup>" in card.html()


def test_a_table_that_does_not_fit_is_told_row_by_row():
    table = (
        ("id", "label", ""),
        ("scheme:a", "un nom très long qui ne tient pas", "x"),
        ("b", "", ""),
    )
    assert list(table_lines(table, 30)) == [
        "  scheme:a",
        "      label: un nom très",
        "        long qui ne tient pas",
        "      x",
        "  b",
    ]
    assert list(table_lines((), 30)) == []


def test_what_cannot_be_seen_is_escaped():
    card = Card("a\x1b[31m", sections=(Section("", (Item("x\u202ey"),)),))
    assert "\x1b" not in card.text()
    assert "\u202e" not in card.html()
    assert one_line("a\n" + "b" * 200) == "a " + "b" * 93 + "…"


@given(st.text(min_size=1), st.integers(20, 120))
def test_any_text_is_one_card(text, width):
    card = Card(text, text, (text,), (Section(text, (Item(text, text),)),), (text,))
    assert "\r" not in card.text(width)
    Balance(card.html())


def test_what_says_nothing_of_itself_cannot_be_shown():
    with pytest.raises(NotImplementedError):
        Shown().card()
    assert str(Listed([3])) == "1\n\n  3"
    assert repr(Listed()) == "<0: >"
    assert str(Gaps((), ())).startswith("Ce que rien")


def test_help_tells_the_fields_and_their_meaning():
    from ppun_bfc import models

    for model in (models.Figure, models.Discrepancy, models.Aid, models.Bracket, models.Event):
        told = model.__doc__ or ""
        for name in model.model_fields:
            if name not in models.Entity.model_fields and name != "kind":
                assert re.search(rf"\b{name}\b", told), (model, name)


def test_a_disagreement_tells_which_reading_is_kept_and_leads_to_what_it_is_about(policy):
    one = policy.discrepancies["aide-thd-total"]
    card = policy.about(one).card("fr")
    facts = [item.text for section in card.sections for item in section.items]
    assert "Lecture retenue : 162 M€" in facts
    ids = {item.id for section in card.sections for item in section.items}
    assert set(one.about) <= ids
    figure = policy.get("figure:aide-thd-total")
    (about,) = [
        i for s in figure.card("en").sections for i in s.items if i.text.startswith("About")
    ]
    assert about.id == figure.about


def test_another_language_is_french_and_no_mixture(edition):
    grant = edition.grant("aid:micro-folies", 12_345)
    ways = edition.explain("theme:sante", "scheme:sante")
    for answer in (grant, ways, edition.about("action:application-covoiturage"), edition.matrix()):
        assert answer.text("es") == answer.text("fr") != answer.text("en")
