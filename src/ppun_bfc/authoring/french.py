"""
Read quantities and dates as French administrative prose prints them.

It serves to check that `as_written` says what the typed value says, so it reads little and
refuses the rest.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from ..models import EdtfDate

__all__ = ["Quantity", "parse_date", "parse_quantity"]

_MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
_WORDS = {
    word: number
    for number, word in enumerate(
        [
            "zéro",
            "un",
            "deux",
            "trois",
            "quatre",
            "cinq",
            "six",
            "sept",
            "huit",
            "neuf",
            "dix",
            "onze",
            "douze",
        ]
    )
} | {"une": 1, "vingt": 20, "trente": 30, "cent": 100, "mille": 1000}
_SCALES = {"millions": 6, "million": 6, "M": 6, "milliards": 9, "milliard": 9, "Md": 9, "Mds": 9}
_SCALES |= {"k": 3, "K": 3, "milliers": 3, "Millions": 6, "Milliards": 9}
#: Parts of numbers that this reader does not put together; a phrase with one of them is refused.
_REFUSED = frozenset(
    ["cents", "vingts", "demi", "demie", "dizaine", "dizaines", "centaine", "centaines", "moitié"]
)
_UNITS = {"%": "percent", "€": "EUR", "euros": "EUR", "an": "year", "ans": "year"} | {
    "année": "year",
    "années": "year",
}
_DIGITS = r"\d{1,3}(?:[ .]\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
_TOKEN = re.compile(rf"(?P<number>{_DIGITS})|(?P<word>[^\W\d_]+|[%€])")
_DAY = r"(?:(\d{1,2})(?:er)? )?"
_MONTH_YEAR = re.compile(rf"{_DAY}({'|'.join(_MONTHS)}) (\d{{4}})(?!\d)")
_YEARS = re.compile(r"(?<!\d)(\d{4})(?: ?[-–/] ?(\d{4}))?(?!\d)")
_MORE = re.compile(rf"\d|{'|'.join(_MONTHS)}")


@dataclass(frozen=True)
class Quantity:
    """The numbers that a phrase gives, scaled, and the unit, where it names one."""

    numbers: tuple[Decimal, ...]
    unit: str | None


def parse_quantity(text: str) -> Quantity | None:
    """
    The quantity in a phrase; None where there is none.

    >>> parse_quantity("+ 50 millions d’euros")
    Quantity(numbers=(Decimal('50000000'),), unit='EUR')
    >>> parse_quantity("ces deux prochaines années")
    Quantity(numbers=(Decimal('2'),), unit='year')
    """
    text = text.replace("\u00a0", " ").replace("\u202f", " ")
    numbers: list[Decimal] = []
    articles = 0
    unit = None
    after_number = False
    for match in _TOKEN.finditer(text):
        number, word = match["number"], match["word"] or ""
        if number or word.lower() in _WORDS:
            if after_number:
                return None  # "vingt-cinq" is one number, and read as none
            articles += word.lower() in ("un", "une")
            value = (
                re.sub(r"[ .]", "", number).replace(",", ".") if number else _WORDS[word.lower()]
            )
            numbers.append(Decimal(value))
        elif word in _SCALES and after_number:
            numbers[-1] *= 10 ** _SCALES[word]
        elif word.lower() in _REFUSED:
            return None
        else:
            unit = _UNITS.get(word, unit)
        after_number = bool(number) or word.lower() in _WORDS
    if articles and len(numbers) > articles:
        return None  # "un budget de 5 millions": an article, or a number?
    if re.match(r"\s*[-–−]", text):
        numbers = [-number for number in numbers]
    return Quantity(tuple(numbers), unit) if numbers else None


def parse_date(text: str) -> EdtfDate | None:
    """
    The date in a phrase, as precise as it is; None where there is none.

    >>> parse_date("adoption en juin 2019")
    EdtfDate('2019-06')
    >>> parse_date("2017/2018")
    EdtfDate('2017/2018')
    """
    text = text.replace("\u00a0", " ").lower()
    match = _MONTH_YEAR.search(text)
    found = match or _YEARS.search(text)
    if found is None or _MORE.search(text[: found.start()] + " " + text[found.end() :]):
        return None  # no date, or more than one
    if match:
        day, month, year = match.groups()
        written = f"{year}-{_MONTHS.index(month) + 1:02}" + (f"-{int(day):02}" if day else "")
    else:
        written = "/".join(year for year in found.groups() if year)
    try:
        return EdtfDate(written)
    except ValueError:
        return None
