"""Quantities and dates as French prose prints them."""

from decimal import Decimal

import pytest

from ppun_bfc.authoring.french import parse_date, parse_quantity


@pytest.mark.parametrize(
    ("text", "numbers", "unit"),
    [
        ("45 %", ["45"], "percent"),
        ("+ 50 millions d’euros", ["50000000"], "EUR"),
        ("162 M€", ["162000000"], "EUR"),
        ("plus de 20Md€", ["20000000000"], "EUR"),
        ("3 702 communes", ["3702"], None),
        ("moins de 3.500 habitants", ["3500"], "inhabitant"),
        ("85,3 millions", ["85300000"], None),
        ("entre 15 et 20 %", ["15", "20"], "percent"),
        ("ces deux prochaines années", ["2"], "year"),
        ("Une année", ["1"], "year"),
        ("100% territoire intelligent", ["100"], "percent"),
        ("1 500\u00a0euros", ["1500"], "EUR"),
    ],
)
def test_quantities(text, numbers, unit):
    found = parse_quantity(text)
    assert found.numbers == tuple(map(Decimal, numbers))
    assert found.unit == unit


@pytest.mark.parametrize(
    ("text", "numbers", "unit"),
    [
        ("deux cents dispositifs", ["200"], None),
        ("cent", ["100"], None),
        ("vingt-cinq", ["25"], None),
        ("vingt et un ans", ["21"], "year"),
        ("soixante et onze", ["71"], None),
        ("quatre-vingts %", ["80"], "percent"),
        ("quatre-vingt-dix-sept", ["97"], None),
        ("plus de six mille personnes", ["6000"], None),
        ("deux mille trois cents", ["2300"], None),
        ("mille deux cents", ["1200"], None),
        ("trois cent mille", ["300000"], None),
        ("une dizaine d’acteurs", ["10"], None),
        ("centaine", ["100"], None),
        ("entre dix et douze", ["10", "12"], None),
        ("2h30 sur internet", ["2.5"], "hour"),
        ("deux heures et demie", ["2.5"], "hour"),
        ("la moitié de la population", ["50"], "percent"),
        ("les trois quarts d’entre eux", ["75"], "percent"),
        ("six cadres parisiens sur dix", ["60"], "percent"),
        ("Une personne âgée sur deux", ["50"], "percent"),
        ("quatre fois plus", ["4"], "times"),
        ("19ème", ["19"], "rank"),
    ],
)
def test_numbers_in_words(text, numbers, unit):
    found = parse_quantity(text)
    assert found.numbers == tuple(map(Decimal, numbers))
    assert found.unit == unit


@pytest.mark.parametrize(
    "text",
    [
        "1 million et demi",
        "un budget de 5 millions",
        "plusieurs dizaines",
        "trois cinq",
        "3 cinq",
        "cinq 3",
        "vingt cents",
        "mille mille",
        "des quarts",
        "heures et demie",
        "entre 2 et 3 heures et demie",
    ],
)
def test_what_is_no_one_number_is_refused(text):
    assert parse_quantity(text) is None


def test_a_rank_is_no_share():
    assert parse_quantity("19ème sur 28").unit == "rank"
    assert parse_quantity("personne sur dix").numbers == (10,)


def test_scales_and_signs():
    assert parse_quantity("5 milliers d’euros").numbers == (5000,)
    assert parse_quantity("50 Mds €").numbers == (50 * 10**9,)
    assert parse_quantity("200 K€").numbers == (200_000,)
    assert parse_quantity("- 45 %").numbers == (-45,)


@pytest.mark.parametrize(
    "text",
    [
        "31 février 2020",
        "2022-2018",
        "0000",
        "2018, 2022",
        "2018, 2019 et 2020",
        "1er au 3 mars 2020",
        "mai",
        "mars et avril",
        "juin 20190",
        "12/06/2019",
    ],
)
def test_what_is_not_one_date_is_refused(text):
    assert parse_date(text) is None


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("dès 2016", "2016"),
        ("2017/2018", "2017/2018"),
        ("2018-2022", "2018/2022"),
        ("juin 2019", "2019-06"),
        ("en Octobre\u00a02020", "2020-10"),
        ("le 1er février 2021", "2021-02-01"),
        ("16 janvier 2019", "2019-01-16"),
        ("entre 2018 et 2022", "2018/2022"),
        ("la période 2018 à 2022", "2018/2022"),
        ("de juin 2019 à mai 2020", "2019-06/2020-05"),
        ("mars et avril 2019", "2019-03/2019-04"),
        ("du 1er mars au 31 décembre 2021", "2021-03-01/2021-12-31"),
        ("second semestre 2021", "2021-07/2021-12"),
        ("2ème trimestre 2020", "2020-04/2020-06"),
        ("les années 1950", "1950/1959"),
        ("2019 et 2019", "2019"),
    ],
)
def test_dates(text, date):
    assert str(parse_date(text)) == date


@pytest.mark.parametrize("text", ["", "beaucoup", "12345"])
def test_what_is_no_date(text):
    assert parse_date(text) is None
    if not text.isdigit():
        assert parse_quantity(text) is None
