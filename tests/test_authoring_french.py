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
        ("moins de 3.500 habitants", ["3500"], None),
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
    "text",
    [
        "deux cents euros",
        "quatre-vingts %",
        "vingt-cinq",
        "mille deux cents",
        "1 million et demi",
        "une centaine",
        "un budget de 5 millions",
    ],
)
def test_a_number_in_several_words_is_refused(text):
    assert parse_quantity(text) is None


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
        "entre 2018 et 2022",
        "2018 à 2022",
        "de juin 2019 à mai 2020",
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
    ],
)
def test_dates(text, date):
    assert str(parse_date(text)) == date


@pytest.mark.parametrize("text", ["", "beaucoup", "12345"])
def test_what_is_no_date(text):
    assert parse_date(text) is None
    if not text.isdigit():
        assert parse_quantity(text) is None
