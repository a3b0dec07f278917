"""What an aid grants to a project, and which aids an applicant could ask for."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import ppun_bfc
from conftest import TINY
from ppun_bfc import BadQuantity, UnknownId
from ppun_bfc.authoring import draft
from ppun_bfc.grants import grant

CITED = "citations: [{document: document:page, page: un.md, anchor: Les usages}]"
AIDS = f"""\
entities:
  - id: aid:guide
    label: {{fr: Guide}}
    {CITED}
    rules: [{{text: {{fr: règle commune, en: common rule}}, {CITED}}}]
    closes: {{date: 2021-12-31, as_written: x, {CITED}}}
    url: https://example.org/guide
  - id: aid:lieux
    label: {{fr: Lieux}}
    part_of: aid:guide
    {CITED}
    eligible:
      - {{who: actor:associations, {CITED}}}
      - {{who: audience:collectivites, {CITED}}}
    brackets:
      - {{cost_from: 100, cost_to: 200, rate: 50, ceiling: 100, as_written: [x], {CITED}}}
      - {{cost_from: 200, cost_to: 1000, rate: 45, ceiling: 450, as_written: [x], {CITED}}}
      - {{cost_above: 1000, rate_from: 30, rate: 40, ceiling: 800, as_written: [x], {CITED}}}
    bonuses: [{{label: {{fr: b, en: b}}, rate: 10, as_written: x, {CITED}}}]
  - id: aid:petites
    label: {{fr: Petites communes}}
    {CITED}
    eligible:
      - {{who: actor:communes, population_below: 1000, as_written: x, {CITED}}}
    brackets: [{{ceiling: 2500, as_written: [x], {CITED}}}]
    opens: {{date: 2021-03, as_written: x, {CITED}}}
  - id: aid:taux
    label: {{fr: Taux seul}}
    {CITED}
    brackets: [{{rate: 30, as_written: [x], {CITED}}}]
  - id: aid:sans-montant
    label: {{fr: Sans montant}}
    {CITED}
  - id: audience:collectivites
    label: {{fr: Collectivités}}
    {CITED}
  - id: actor:communes
    label: {{fr: Communes}}
    part_of: audience:collectivites
    type: group
    {CITED}
  - id: actor:associations
    label: {{fr: Associations}}
    type: group
    {CITED}
"""


@pytest.fixture(scope="module")
def policy(tmp_path_factory):
    folder = tmp_path_factory.mktemp("aids")
    for path in TINY.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "z.yaml").write_text(AIDS, encoding="utf-8")
    return draft(folder)


@pytest.mark.parametrize(
    ("cost", "most", "rate"),
    [
        (100, "50", "50"),
        (150, "75", "50"),
        ("150.50", "75.25", "50"),
        (200, "100", "50"),  # both brackets hold 200: the one that grants more comes first
        (201, "90.45", "45"),
        (1000, "450", "45"),
        (Decimal("1000.01"), "400.004", "40"),
        (3000, "800", "40"),
    ],
)
def test_the_most_is_by_rate_and_ceiling(policy, cost, most, rate):
    found = policy.grant("aid:lieux", cost)
    assert (found.most, found.bracket.rate) == (Decimal(most), Decimal(rate))
    assert not found.is_below
    assert [bonus.rate for bonus in found.bonuses] == [10]
    assert [rule.text.en for rule in found.rules] == ["common rule"]


def test_a_cost_in_two_brackets_shows_both(policy):
    assert [bracket.rate for bracket in policy.grant("lieux", 200).brackets] == [50, 45]


def test_a_cost_below_the_smallest_bracket_says_so(policy):
    found = policy.grant("lieux", "99.99")
    assert (found.most, found.bracket, found.is_below) == (None, None, True)
    assert found.least_cost == 100
    assert found.sentence("en") == (
        "a cost of €99.99 is below the smallest bracket, which starts at €100"
    )
    assert "inférieur à la plus petite tranche" in found.sentence()


def test_answers_in_words(policy):
    assert policy.grant("lieux", 150).sentence("en") == (
        "at most €75 for a cost of €150 (rate 50%, ceiling €100)"
    )
    assert policy.grant("lieux", 3000).sentence() == (
        "au plus 800\u00a0€ pour un coût de 3\u00a0000\u00a0€ (taux de 30 à 40 %, plafond 800\u00a0€)"
    )
    assert policy.grant("petites", 3000).sentence("en") == (
        "at most €2,500 for a cost of €3,000 (ceiling €2,500)"
    )
    assert policy.grant("taux", 10).sentence("en") == "at most €3 for a cost of €10 (rate 30%)"
    assert "gives neither" in policy.grant("sans-montant", 1).sentence("en")
    assert policy.grant("petites", 1).least_cost is None


def test_a_cost_between_brackets_is_outside(policy):
    lieux = policy.aids["lieux"]
    gap = lieux.model_copy(update={"brackets": (lieux.brackets[0], lieux.brackets[2])})
    found = grant([gap], Decimal(500))
    assert (found.most, found.is_below) == (None, False)
    assert found.sentence("en") == "a cost of €500 falls in no bracket"


@pytest.mark.parametrize(
    "cost",
    [
        0,
        -1,
        "",
        "x",
        "NaN",
        "inf",
        "1 00",
        "3_5",
        "１２",
        "1,234",
        "1.234",
        True,
        None,
        1e26,
        10**26,
        [1],
    ],
)
def test_a_cost_is_a_number_above_zero(policy, cost):
    with pytest.raises(BadQuantity, match="cost is not a number above 0"):
        policy.grant("lieux", cost)


def test_an_unknown_aid_is_named(policy):
    with pytest.raises(UnknownId, match="aid:lieux"):
        policy.grant("lieu", 1)


@given(st.decimals(1, 10**7, places=2))
def test_nobody_gets_more_than_the_rate_or_the_ceiling(policy, cost):
    found = policy.grant("lieux", cost)
    assume(found.bracket is not None)
    assert found.most == min(cost * found.bracket.rate / 100, found.bracket.ceiling)


def asked(policy, *arguments, **options):
    if "on" in options:
        options["on"] = dt.date.fromisoformat(options["on"])
    return {o.aid.slug: o.open for o in policy.offers(*arguments, **options)}


def test_who_could_ask_for_what(policy):
    assert asked(policy, "actor:communes") == {"lieux": None, "petites": None}
    assert asked(policy, "actor:communes", population=999) == {"lieux": None, "petites": None}
    assert asked(policy, "actor:communes", population=1000) == {"lieux": None}
    assert asked(policy, "actor:associations") == {"lieux": None}
    assert asked(policy, "audience:collectivites") == {"lieux": None, "petites": None}
    assert asked(policy, "scheme:plan") == {}
    assert asked(policy, "actor:communes", cost=99) == {"petites": None}


def test_what_is_closed_is_left_out(policy):
    found = asked(policy, "actor:communes", population=800, on="2021-02-28")
    assert found == {"lieux": True}  # it closes with the guide that holds it
    found = asked(policy, "actor:communes", population=800, on="2021-03-15")
    assert found == {"lieux": True, "petites": None}  # opened some day of March
    assert asked(policy, "actor:communes", population=800, on="2022-01-01") == {"petites": True}


def test_an_offer_shows_why(policy):
    petites, lieux = policy.offers("actor:communes")  # by what they grant at most
    assert lieux.eligibility.who == "audience:collectivites"
    assert (lieux.depends_on_population, petites.depends_on_population) == (False, True)
    assert lieux.url == "https://example.org/guide"
    assert petites.url is None
    assert [rule.text.fr for rule in lieux.rules] == ["règle commune"]
    assert lieux.eligibility.citations[0].anchor == "Les usages"


@pytest.mark.parametrize(
    ("options", "aid", "reason", "words"),
    [
        ({}, "taux", "unsaid", "no source says who"),
        ({"population": 1000}, "petites", "population", "fewer than 1,000 inhabitants"),
        ({"on": "2022-01-01"}, "lieux", "closed", "closed on 1 January 2022"),
        ({"cost": 99}, "lieux", "cost", "below the smallest bracket"),
    ],
)
def test_what_is_refused_says_why(policy, options, aid, reason, words):
    refused = {
        refusal.aid.slug: refusal for refusal in policy.offers("actor:communes", **options).refused
    }
    assert refused[aid].reason == reason
    assert words in refused[aid].text("en")
    assert refused[aid].text("fr") != refused[aid].text("en")
    assert refused[aid].to_dict()["reason"] == reason
    assert reason in repr(refused[aid])


def test_what_names_others_is_refused(policy):
    (petites, *_) = [
        r for r in policy.offers("actor:associations").refused if r.aid.slug == "petites"
    ]
    assert (petites.reason, petites.text("en")) == (
        "not_named",
        "it names other applicants: Communes",
    )


def test_what_names_a_part_of_the_applicant_is_an_if(policy):
    found = policy.offers("audience:collectivites", population=10)
    assert {offer.aid.slug: offer.fit for offer in found} == {"lieux": "yes", "petites": "part"}
    assert found[0].conditions("en") == ("if you are: Communes",)
    assert "si vous êtes : Communes" in str(found)


def test_the_inhabitants_of_the_inter_municipal_body_are_its_own(tiny):
    text = AIDS.replace(
        "who: actor:communes, population_below: 1000",
        "who: actor:communes, population_below: 50000, population_of: epci",
    )
    (tiny / "d.yaml").write_text(text, encoding="utf-8")
    policy = draft(tiny)
    assert "petites" in asked(policy, "actor:communes", population=60_000, epci_population=49_999)
    small = policy.offers("actor:communes", population=800, epci_population=50_000)
    assert [r.reason for r in small.refused if r.aid.slug == "petites"] == ["epci_population"]
    assert "inter-municipal bodies of fewer than 50,000" in next(
        r.text("en") for r in small.refused if r.reason == "epci_population"
    )
    open_ = policy.offers("actor:communes", population=800)[0]
    assert open_.conditions("en") == (
        "if your inter-municipal body has fewer than 50,000 inhabitants",
    )


def test_a_brace_in_a_name_is_a_brace(tiny):
    text = AIDS.replace("{fr: Communes}", "{fr: 'Communes {x} {'}")
    (tiny / "d.yaml").write_text(text, encoding="utf-8")
    policy = draft(tiny)
    for lang in ("fr", "en"):
        offers = policy.offers("actor:associations", cost=99)
        assert any("Communes {x} {" in refusal.text(lang) for refusal in offers.refused)
        assert offers.text(lang)
        assert policy.about("actor:communes").text(lang)


@pytest.mark.parametrize("turned", [False, True])
def test_of_several_limits_the_widest_is_told(tiny, turned):
    entries = [
        f"      - {{who: actor:communes, population_below: 1000, as_written: x, {CITED}}}\n",
        f"      - {{who: audience:collectivites, population_below: 5000, as_written: x, {CITED}}}\n",
    ]
    rows = "".join(reversed(entries) if turned else entries)
    (tiny / "d.yaml").write_text(AIDS.replace(entries[0], rows), encoding="utf-8")
    refused = draft(tiny).offers("actor:communes", population=6000).refused
    (said,) = [one.text("en") for one in refused if one.aid.slug == "petites"]
    assert "fewer than 5,000 inhabitants" in said


def test_offers_stand_by_what_they_grant(policy):
    found = policy.offers("actor:communes", cost=500)
    assert [(offer.aid.slug, offer.most) for offer in found] == [("petites", 500), ("lieux", 225)]
    assert [(offer.rate, offer.ceiling) for offer in found] == [(None, 2500), (45, 450)]
    without = policy.offers("actor:communes")
    assert [offer.ceiling for offer in without] == [2500, 800]
    assert (without[1].rate, without[1].most, without[1].is_below) == (50, None, False)
    assert "€100 – €200: 50%, at most €100" in without[1].sentence("en")


def test_where_there_is_no_aid_nothing_is_offered_and_nothing_refused():
    found = ppun_bfc.load("2020.10.1").offers("audience:habitants")
    assert (found, found.refused) == ((), ())
    assert "Nothing can be asked for." in found.text("en")
    assert "cannot be asked for" not in found.text("en")


def test_who_may_be_asked_for(policy):
    assert [who.id for who in policy.applicants()] == [
        "audience:collectivites",
        "actor:communes",
        "actor:associations",
    ]


def test_wrong_applicants_are_errors(policy):
    with pytest.raises(UnknownId, match="actor:communes"):
        policy.offers("actor:commune")
    with pytest.raises(BadQuantity, match="population"):
        policy.offers("actor:communes", population=0)


def test_a_bracket_with_a_name_has_an_answer_of_its_own(tiny):
    text = AIDS.replace(
        "{rate: 30, as_written",
        "{label: {fr: Projets}, rate: 30, as_written: [x], "
        + CITED
        + "}, {label: {fr: Études, en: Studies}, rate: 80, ceiling: 5, as_written",
    )
    (tiny / "d.yaml").write_text(text, encoding="utf-8")
    found = draft(tiny).grant("taux", "33.3333")
    assert found.sentence("en") == (
        "Projets: at most €9.99 for a cost of €33.33 (rate 30%); "
        "Studies: at most €5 for a cost of €33.33 (rate 80%, ceiling €5)"
    )
    assert found.sentence("fr").startswith("Projets : au plus 9,99\u00a0€ ")
    assert " ; Études : au plus 5\u00a0€" in found.sentence("fr")


def test_an_upper_limit_is_never_rounded_up(tiny):
    (tiny / "d.yaml").write_text(AIDS, encoding="utf-8")
    assert "at most €9,999.99 " in draft(tiny).grant("taux", "33333.33").sentence("en")


def test_a_wrong_amount_is_shown_cut(policy):
    for length, shown in ((60, "x" * 60), (61, "x" * 59 + "…")):
        with pytest.raises(BadQuantity) as raised:
            policy.grant("lieux", "x" * length)
        assert raised.value.value == shown
    for cost in (10**15, "999 999 999 999 999,99"):
        if isinstance(cost, int):
            with pytest.raises(BadQuantity):
                policy.grant("taux", cost)
        else:
            assert policy.grant("taux", cost).most


def test_where_the_smallest_bracket_starts_is_known_only_if_every_one_says_it(tiny):
    text = AIDS.replace("- {cost_from: 200, cost_to: 1000, rate: 45", "- {cost_to: 1000, rate: 45")
    (tiny / "d.yaml").write_text(text, encoding="utf-8")
    found = draft(tiny).grant("lieux", 2000)
    assert (found.least_cost, found.to_dict()["least_cost"]) == (None, None)
    assert draft(tiny).grant("lieux", 99).most == Decimal("44.55")


def test_an_offer_as_json_says_what_it_does_not_know(policy):
    below, held, asked_ = (
        policy.grant("lieux", 99).to_dict(),
        policy.grant("lieux", 150).to_dict(),
        policy.offers("actor:communes")[0].to_dict(),
    )
    assert (below["most"], below["below"], below["least_cost"], below["closes"]) == (
        None,
        True,
        "100",
        "2021-12-31",
    )
    assert (held["most"], held["rate"], held["ceiling"], held["fit"], held["eligibility"]) == (
        "75",
        "50",
        "100",
        None,
        None,
    )
    assert (asked_["cost"], asked_["fit"], asked_["closes"]) == (None, "yes", None)
    assert asked_["eligibility"]["who"] == "actor:communes"
