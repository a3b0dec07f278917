"""The whole edition against the sources: what the pages' tables and lists hold, counted there."""

import datetime as dt
import json
import re
from collections import Counter
from decimal import Decimal

import pytest
import yaml

import ppun_bfc
from conftest import DATA, ROOT
from ppun_bfc.authoring import draft, inventory
from ppun_bfc.authoring.pages import plain

WEB = "web-2021-06"
POLICY = "feuille-de-route/ppun"
SCORAN = "strategie-regionale/scoran-bfc"
HEAD = re.compile(r"Politique Publique des Usages Numériques en matière (?:de |d['’])(.+)")


@pytest.fixture(scope="module")
def edition():
    """The first version that encodes every page."""
    return ppun_bfc.load("2020.10.2")


def text(markup):
    return " ".join(plain(markup).split())


def rows(table):
    found = re.findall(r"<tr>(.*?)</tr>", table, flags=re.DOTALL)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, flags=re.DOTALL) for row in found]


def tables(sources, folder):
    for path in sorted((sources / WEB / folder).rglob("*.md")):
        page = path.relative_to(sources / WEB).as_posix()
        for table in re.findall(r"<table>.*?</table>", path.read_text(encoding="utf-8"), re.DOTALL):
            yield page, rows(table)


@pytest.fixture(scope="module")
def themes(sources):
    """Theme as printed → (page, its rows), from every table of priorities."""
    found = {}
    for page, (head, *body) in tables(sources, POLICY):
        if match := HEAD.search(text(head[0])):
            name = match[1][0].upper() + match[1][1:]
            first = [re.split(r"</p>", row[0])[0] for row in body]
            found[name] = (page, [text(cell) for cell in first])
    return found


def test_the_tree_is_that_of_the_tables(edition, themes):
    assert len(themes) == 15
    assert sum(len(actions) for _, actions in themes.values()) == 53
    assert {theme.label.fr for theme in edition.themes} == set(themes)
    for theme in edition.themes:
        page, actions = themes[theme.label.fr]
        assert page in {citation.page for citation in theme.citations}
        below = [entity.label.fr for entity in edition.descendants(theme.id)]
        assert below == actions


def test_sections_are_the_pages_under_the_priorities(edition, themes):
    assert len({page for page, _ in themes.values()}) == len(edition.sections) == 7
    for section in edition.sections:
        pages = {
            themes[e.label.fr][0] for e in edition.descendants(section.id) if e.kind == "theme"
        }
        assert len(pages) == 1
    above = [section.part_of for section in edition.sections]
    assert above == sorted(above, key=list(edition.priorities.ids).index)
    assert set(above) == set(edition.priorities.ids)


@pytest.fixture(scope="module")
def strategy(sources):
    """SCORAN's challenges, orientations (with notation) and proposals, as its pages list them."""
    challenges, orientations, proposals = [], [], []
    for _, body in tables(sources, SCORAN):
        for left, right in body:
            if match := re.match(r"Défi n°(\d)", text(left)):
                challenges.append((match[1], text(right)))
            elif match := re.match(r"Orientation (\d)\.\s?(\d+)", text(left)):
                orientations.append((f"{match[1]}.{match[2]}", text(right)))
            else:
                parts = re.split(r"\d(?:\u20e3|&#x20E3;)", right)[1:]
                number = len(orientations)
                proposals += [(f"{number}-{n}", text(part)) for n, part in enumerate(parts, 1)]
    return challenges, orientations, proposals


def test_scoran_is_that_of_its_pages(edition, strategy):
    challenges, orientations, proposals = strategy
    assert (len(challenges), len(orientations), len(proposals)) == (5, 15, 53)
    assert [(c.notation, c.label.fr) for c in edition.challenges] == challenges
    assert [(o.notation, o.label.fr) for o in edition.orientations] == orientations
    assert [(p.slug.removeprefix("scoran-"), p.label.fr) for p in edition.proposals] == proposals
    axes = [axis for axis in edition.axes if axis.part_of == "scheme:scoran-bfc"]
    assert [axis.id for axis in axes] == [f"axis:scoran-{number}" for number in (1, 2, 3)]
    for kind, parent in (("proposal", "orientation"), ("orientation", "challenge")):
        assert {e.part_of for e in edition.entities(kind)} == {
            e.id for e in edition.entities(parent)
        }


def test_the_agency_has_the_missions_of_its_page(edition, sources):
    name = "lagence-regionale-du-numerique-et-de-lintelligence-artificielle.md"
    page = (sources / WEB / POLICY / "introduction" / name).read_text(encoding="utf-8")
    bullets = re.findall(r"^\* (.+)$", page, flags=re.MULTILINE)
    assert len(bullets) == 8
    assert len(edition.tasks) == len(bullets)
    for task, bullet in zip(edition.tasks, bullets, strict=True):
        assert task.part_of == "agency:arn-ia"
        assert text(bullet).lower().replace("'", "’").startswith(task.label.fr[:20].lower())


@pytest.mark.parametrize(
    ("kind", "count"),
    {
        "policy": 1,
        "purpose": 3,
        "priority": 3,
        "section": 7,
        "theme": 15,
        "action": 53,
        "principle": 3,
        "challenge": 5,
        "orientation": 15,
        "proposal": 53,
        "service": 1,
        "agency": 1,
        "task": 8,
    }.items(),
)
def test_counts_are_those_of_the_contract(edition, kind, count):
    assert len(edition.entities(kind)) == count


def test_nothing_of_the_first_version_is_lost(edition):
    first = ppun_bfc.load("2020.10.1")
    assert edition.previous == first.version
    assert {entity.id for entity in first} <= {entity.id for entity in edition}
    assert {link.key for link in first.links} <= {link.key for link in edition.links}
    assert all(e.introduced_in == ("2020.10.1" if e.id in first else "2020.10.2") for e in edition)
    for kind in ("purpose", "priority", "scheme", "principle"):
        for before in first.entities(kind):
            assert edition.get(before.id).label == before.label
    assert first.digest == (
        "sha256:d1d0089d3ec40336b1f2de0ea811d5957009c205051fc382ae786b8a07ff2fb8"
    )


def test_everything_on_the_pages_is_explained(sources):
    done = inventory(ppun_bfc.load(), sources, ROOT / "data/inventory/left-out.yaml")
    assert done.unexplained == ()
    assert done.findings == ()
    cited = [item for item in done.items if item.state == "cited"]
    assert len(cited) > len(done.items) / 2


def test_the_draft_says_what_is_published():
    current, working = ppun_bfc.load(), draft(DATA)
    assert working.links == current.links
    assert [e.id for e in working] == [e.id for e in current]


def test_every_entity_is_summed_up_in_both_languages(edition):
    for entity in edition:
        if entity.kind != "discrepancy":
            assert entity.summary, entity.id
            for lang in ("fr", "en"):
                sentences = re.findall(r"[.!?](?=\s|$)", entity.summary.text(lang))
                assert 1 <= len(sentences) <= 4, (entity.id, lang)
        assert entity.label.en, entity.id


def test_no_natural_person_is_in_the_data(edition):
    data = edition.to_json().decode()
    for name in ("Dufay", "MOLINOZ", "Molinoz", "Colas", "Mettling", "Bertin", "Davezies"):
        assert name not in data


def test_the_known_disagreements_are_recorded(edition):
    told = {tuple(sorted({r.value for r in d.readings})) for d in edition.discrepancies}
    everything = " ".join(value for values in told for value in values)
    for phrase in (
        *("2018-2022", "2018 à 2021", "162", "160 millions", "continuité", "transparence"),
        *("n°12", "17", "16", "vient d’être approuvé", "Cohérence Régionale"),
    ):
        assert phrase in everything, phrase
    differences = {d.difference for d in edition.discrepancies}
    assert differences == {"number", "date", "name", "scope", "commitment", "wording"}
    for found in edition.discrepancies:
        assert found.adopted in [reading.value for reading in found.readings]
        places = {(c.document, c.page) for r in found.readings for c in r.citations}
        assert len(places) > 1 or len(found.readings) > 1


def test_the_priorities_keep_their_label_and_have_other_wordings(edition):
    for priority in edition.priorities:
        pages = {c.page for wording in priority.wordings for c in wording.citations}
        assert f"{POLICY}/sommaire.md" in pages
        assert "ressources/guide-des-aides-numeriques/README.md" in pages


def test_the_contract_with_the_digital_sector_is_stated(edition):
    action, scheme = "action:structurer-la-filiere-numerique", "scheme:capeco-numerique"
    found = edition.explain(action, scheme)
    assert found.strength == "stated"
    pages = {c.page for path in found for step in path.steps for c in step.citations}
    assert f"{POLICY}/acteurs-economiques-et-sociaux/economie.md" in pages


def agency_rows(sources):
    """Rows of the tables whose text names the agency."""
    for _, (head, *body) in tables(sources, POLICY):
        if HEAD.search(text(head[0])):
            for row in body:
                said = text(row[0])
                if re.search(r"agence régionale? du num", said, flags=re.IGNORECASE):
                    yield text(re.split(r"</p>", row[0])[0])


def test_every_action_that_names_the_agency_is_linked_to_it(edition, sources):
    named = set(agency_rows(sources))
    assert len(named) > 5
    ends = {end for link in edition.related("agency:arn-ia") for end in link.key[::2]}
    linked = {edition.get(id).label.fr for id in ends if id.startswith("action:")}
    assert named <= linked


@pytest.mark.parametrize(
    ("cost", "rate", "most"),
    [
        (150_000, 50, 75_000),
        (350_000, 45, 157_500),
        (1_000_000, 45, 450_000),
        (3_000_000, 40, 800_000),
    ],
)
def test_what_a_third_place_can_receive(edition, cost, rate, most):
    found = edition.grant("aid:developper-les-tiers-lieux", cost)
    assert (found.bracket.rate, found.most) == (Decimal(rate), Decimal(most))


def test_a_third_place_that_costs_too_little_gets_nothing(edition):
    found = edition.grant("aid:developper-les-tiers-lieux", 99_999)
    assert (found.most, found.is_below, found.least_cost) == (None, True, 100_000)


@pytest.mark.parametrize(
    ("applicant", "population", "on", "included", "excluded"),
    [
        ("actor:communes", 800, "2021-06-15", {"tiers-lieux", "equipement", "appel"}, set()),
        ("actor:communes", 2000, "2021-06-15", {"tiers-lieux", "appel"}, {"niveau"}),
        ("actor:epci", 20_000, "2021-06-15", {"tiers-lieux", "securisation"}, set()),
        ("actor:associations", None, "2021-06-15", {"tiers-lieux"}, {"appel"}),
        ("actor:communes", 800, "2022-01-15", {"usages-innovants"}, {"appel", "niveau", "tiers"}),
    ],
)
def test_who_could_ask_for_what(edition, applicant, population, on, included, excluded):
    day = dt.date.fromisoformat(on)
    found = " ".join(
        offer.aid.slug for offer in edition.offers(applicant, population=population, on=day)
    )
    for word in included:
        assert word in found
    for word in excluded:
        assert word not in found


def test_everyone_named_is_joined_to_something():
    """An actor, a programme or a public that nothing else names would be found by nobody."""
    newest = ppun_bfc.load()
    raw = json.loads(newest.to_json())
    named = Counter(id for link in raw["links"] for id in (link["source"], link["target"]))
    for record in raw["entities"]:
        named.update(re.findall(r'"([a-z]+:[^" ]+)"', json.dumps(record)))
        named[record["id"]] -= 1  # its own
        named[record["id"]] += "part_of" in record
    people = [*newest.actors, *newest.programmes, *newest.audiences]
    assert [one.id for one in people if not named[one.id]] == []
    assert len(people) > 200


def test_sentences_that_name_two_things_are_carried_or_explained(sources):
    """The sample that was reviewed: links that exist, or a reason for none."""
    sample = yaml.safe_load((ROOT / "data/inventory/sentences.yaml").read_text("utf-8"))
    newest = ppun_bfc.load()
    links = {f"{link.source} {link.relation} {link.target}" for link in newest.links}
    assert len(sample["sentences"]) == 100
    for sentence in sample["sentences"]:
        assert len(sentence["words"].split()) <= 8
        assert (sources / "web-2021-06" / sentence["page"]).is_file()
        assert all(newest.record(id) for id in sentence["things"])
        assert set(sentence.get("links", ())) <= links
        assert sentence.get("links") or sentence["why"]
