"""
Read quantities and dates as French administrative prose prints them.

It serves to check that `as_written` says what the typed value says, so it reads little and
refuses the rest.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..models import EdtfDate

__all__ = ["MONTHS", "NUMBER_WORDS", "Quantity", "parse_date", "parse_quantity"]

MONTHS = [
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
_UNDER_TWENTY = [
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
    "treize",
    "quatorze",
    "quinze",
    "seize",
]
_SIMPLE = {word: number for number, word in enumerate(_UNDER_TWENTY)} | {
    "une": 1,
    "vingt": 20,
    "vingts": 20,
    "trente": 30,
    "quarante": 40,
    "cinquante": 50,
    "soixante": 60,
}
_HUNDRED = frozenset(["cent", "cents"])
#: "Une dizaine" is ten, and "plusieurs dizaines" no number at all.
_COLLECTIVE = {
    "dizaine": 10,
    "douzaine": 12,
    "quinzaine": 15,
    "vingtaine": 20,
    "trentaine": 30,
    "quarantaine": 40,
    "cinquantaine": 50,
    "soixantaine": 60,
    "centaine": 100,
    "millier": 1000,
}
_SCALES = {
    "millions": 6,
    "million": 6,
    "M": 6,
    "milliards": 9,
    "milliard": 9,
    "Md": 9,
    "Mds": 9,
    "k": 3,
    "K": 3,
    "milliers": 3,
    "Millions": 6,
    "Milliards": 9,
}
#: Parts of numbers that this reader does not put together; a phrase with one of them is refused.
_REFUSED = frozenset(["demi", "dizaines", "centaines"])
_UNITS = {
    "%": "percent",
    "€": "EUR",
    "euro": "EUR",
    "euros": "EUR",
    "an": "year",
    "ans": "year",
    "année": "year",
    "années": "year",
    "mois": "month",
    "fois": "times",
    "jour": "day",
    "jours": "day",
    "heure": "hour",
    "heures": "hour",
    "ème": "rank",
    "habitant": "inhabitant",
    "habitants": "inhabitant",
}

#: Words that are numbers by themselves; "un" and "une" are articles more often.
NUMBER_WORDS = frozenset(
    [*_SIMPLE, *_HUNDRED, *_COLLECTIVE, "mille", "moitié", "quarts", "dizaines", "centaines"]
) - {"un", "une", "zéro"}

_DIGITS = r"\d{1,3}(?:[ .]\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
_TOKEN = re.compile(rf"(?P<number>{_DIGITS})|(?P<word>[^\W\d_]+|[%€])")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2}) ?h ?(\d{2})(?!\d)|(?P<words>heures? et demie)")
_RATIO = re.compile(r"^(?P<part>.*\S) sur (?P<whole>\S+)$")

_NAMES = "|".join(MONTHS)
_ATOM = re.compile(
    rf"(?:(?P<part>premier|1er|second|deuxième|2ème|2e|troisième|3ème|3e|quatrième|4ème|4e)\s+"
    rf"(?P<span>semestre|trimestre)(?:\s+de)?\s+(?P<of>\d{{4}}))"
    rf"|(?:(?P<day>\d{{1,2}})(?:er)?\s+)?(?P<month>{_NAMES})(?:\s+(?P<year>\d{{4}}))?(?!\d)"
    rf"|(?P<decade>années\s+)?(?<!\d)(?P<alone>\d{{4}})(?!\d)"
)
_PARTS = {
    "premier": 1,
    "1er": 1,
    "second": 2,
    "deuxième": 2,
    "2ème": 2,
    "2e": 2,
    "troisième": 3,
    "3ème": 3,
    "3e": 3,
    "quatrième": 4,
    "4ème": 4,
    "4e": 4,
}
_BETWEEN = re.compile(r"\s*(?:[-–/]|et|à|au|jusqu.(?:à|au|en))\s*")
_TWO = 2


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
    >>> parse_quantity("deux cents dispositifs")
    Quantity(numbers=(Decimal('200'),), unit=None)
    >>> parse_quantity("six cadres parisiens sur dix")
    Quantity(numbers=(Decimal('60'),), unit='percent')
    """
    text = text.replace("\u00a0", " ").replace("\u202f", " ")
    if (share := _share(text)) is not None:
        return Quantity((share,), "percent")
    if clock := _CLOCK.search(text):
        if clock["words"]:
            whole = parse_quantity(text[: clock.start()])
            hours = whole.numbers if whole else ()
            half = Decimal("0.5")
        else:
            hours, half = (Decimal(clock[1]),), Decimal(clock[2]) / 60
        return Quantity((hours[0] + half,), "hour") if len(hours) == 1 else None
    return _plain_quantity(text)


def _plain_quantity(text: str) -> Quantity | None:
    numbers: list[Decimal] = []
    words: list[str] = []  # a number written in words, so far
    articles = 0
    unit = None
    after_number = False
    tokens = [*_TOKEN.finditer(text)]
    for position, match in enumerate(tokens):
        number, word = match["number"], match["word"] or ""
        small = word.lower()
        if number:
            if after_number and text[match.start() - 1] not in "-–":  # "10-15 ans" is a range
                return None
            numbers.append(Decimal(re.sub(r"[ .]", "", number).replace(",", ".")))
        elif small in _COLLECTIVE and words in ([], ["un"], ["une"]):
            numbers[len(numbers) - len(words) :] = [Decimal(_COLLECTIVE[small])]
            articles -= len(words)
            words = []
        elif small in _SIMPLE or small in _HUNDRED or small == "mille":
            articles += small in ("un", "une") and not words
            words = [*words, small]
            value = _in_words(words)
            if value is None or (len(words) == 1 and after_number):
                return None
            numbers[len(numbers) - (len(words) > 1) :] = [Decimal(value)]
        elif small == "et" and words and _goes_on(tokens, position):
            continue  # "vingt et un"
        elif word in _SCALES and after_number:
            numbers[-1] *= 10 ** _SCALES[word]
        elif small in _REFUSED:
            return None
        else:
            unit = unit or _UNITS.get(word)  # the first: "14 % par an"
        spelled = small in _SIMPLE or small in _HUNDRED or small == "mille"
        words = words if spelled else []
        after_number = bool(number) or spelled
    if articles and len(numbers) > articles:
        return None  # "un budget de 5 millions": an article, or a number?
    if re.match(r"\s*[-–−]", text):
        numbers = [-number for number in numbers]
    return Quantity(tuple(numbers), unit) if numbers else None


def _goes_on(tokens: Sequence[re.Match[str]], position: int) -> bool:
    following = tokens[position + 1]["word"] if position + 1 < len(tokens) else None
    return following in ("un", "une", "onze")


def _in_words(words: Sequence[str]) -> int | None:
    """The number that these words spell; None where they spell none, as "trois cinq"."""
    total, current, last = 0, 0, 0
    for word in words:
        if word in _HUNDRED:
            if current >= 10:  # noqa: PLR2004 - "deux cents", never "vingt cents"
                return None
            current, last = max(current, 1) * 100, 100
        elif word == "mille":
            if total:
                return None
            total, current, last = max(current, 1) * 1000, 0, 1000
        else:
            value = _SIMPLE[word]
            if value == 20 and last == 4:  # noqa: PLR2004 - "quatre-vingts"
                current, last = current + 76, 80
            elif last and value >= min(last, 20):
                return None
            else:
                current, last = current + value, value
    return total + current


def _share(text: str) -> Decimal | None:
    """A share said in words: a half, three quarters, six out of ten."""
    if re.search(r"\bmoitié\b", text, re.IGNORECASE):
        return Decimal(50)
    if match := re.search(r"\b(\w+) quarts\b", text, re.IGNORECASE):
        quarters = _SIMPLE.get(match[1].lower())
        return Decimal(quarters * 25) if quarters else None
    if match := _RATIO.match(text):
        part, whole = _plain_quantity(match["part"]), _plain_quantity(match["whole"])
        if part and whole and len(part.numbers) == len(whole.numbers) == 1 and part.unit != "rank":
            return part.numbers[0] * 100 / whole.numbers[0]
    return None


def parse_date(text: str) -> EdtfDate | None:
    """
    The date in a phrase, as precise as it is; None where there is none.

    >>> parse_date("adoption en juin 2019")
    EdtfDate('2019-06')
    >>> parse_date("2017/2018")
    EdtfDate('2017/2018')
    >>> parse_date("du 1er mars au 31 décembre 2021")
    EdtfDate('2021-03-01/2021-12-31')
    """
    text = " ".join(text.replace("\u00a0", " ").lower().split())
    atoms = list(_ATOM.finditer(text))
    if not atoms or len(atoms) > _TWO:
        return None
    outside = text[: atoms[0].start()] + " " + text[atoms[-1].end() :]
    # "1" of "du 1er au 31 mars" is a day whose month comes later: refused, as any other number.
    if re.search(r"\d", outside):
        return None
    spans = [_span(atom, atoms[-1]) for atom in atoms]
    if len(spans) == _TWO and not _BETWEEN.fullmatch(text[atoms[0].end() : atoms[1].start()]):
        return None
    first, last = spans[0], spans[-1]
    if first is None or last is None:
        return None
    written = first[0] if first == last and first[0] == first[1] else f"{first[0]}/{last[1]}"
    try:
        return EdtfDate(written)
    except ValueError:
        return None


def _span(atom: re.Match[str], last: re.Match[str]) -> tuple[str, str] | None:
    """Where a part of a date begins and ends; a month without a year takes that of the other."""
    if atom["alone"]:
        year = int(atom["alone"])
        return (str(year), str(year + 9)) if atom["decade"] else (atom["alone"], atom["alone"])
    if atom["span"]:
        months = 12 // (2 if atom["span"] == "semestre" else 4)
        end = _PARTS[atom["part"]] * months
        return f"{atom['of']}-{end - months + 1:02}", f"{atom['of']}-{end:02}"
    year_text = atom["year"] or last["year"]
    if year_text is None:
        return None
    month = f"{year_text}-{MONTHS.index(atom['month']) + 1:02}"
    whole = f"{month}-{int(atom['day']):02}" if atom["day"] else month
    return whole, whole
