"""French and English: what both say of one thing, and the words that people read everywhere."""

import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from typing import Literal, TypeAlias
from unicodedata import category

__all__ = [
    "BASES",
    "LANGUAGES",
    "MODALITIES",
    "STRENGTHS",
    "UNITS",
    "Language",
    "Noun",
    "Phrase",
    "colon",
    "euros",
    "printable",
    "wrap",
]

Language: TypeAlias = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = ("fr", "en")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence, or a part of one, in both languages; fields stand in braces."""

    en: str
    fr: str

    def text(self, lang: Language, **given: object) -> str:
        """
        The sentence in one language; a field that is a phrase is told in the same language.

        >>> Phrase("expected {what}", "attendu : {what}").text("fr", what=Phrase("text", "un texte"))
        'attendu : un texte'
        """
        words = {name: _word(value, lang) for name, value in given.items()}
        return (self.fr if lang == "fr" else self.en).format(**words)


def _word(value: object, lang: Language) -> object:
    if isinstance(value, Phrase):
        return value.text(lang)
    return printable(value) if isinstance(value, str) else value


def printable(text: str) -> str:
    r"""
    The text with escapes for what cannot be seen.

    What comes from a file so writes no line of its own, moves no cursor and turns no direction.

    >>> print(printable("a\n::error::\x1b[31m"))
    a\n::error::\x1b[31m
    """
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() or category(char) == "Zs" else repr(char)[1:-1] for char in text
    )


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun in both languages, each as (singular, plural)."""

    en: tuple[str, str]
    fr: tuple[str, str]

    def text(self, lang: Language, count: float = 1) -> str:
        """
        The noun for a count: in French, what is below two is singular.

        >>> Noun(("axis", "axes"), ("enjeu", "enjeux")).text("fr", 3)
        'enjeux'
        """
        if lang == "fr":
            return self.fr[abs(count) >= _TWO]
        return self.en[count != 1]


_TWO = 2

#: How well it is founded that two things meet.
STRENGTHS: Mapping[str, Phrase] = {
    "part_of": Phrase("part", "partie"),
    "stated": Phrase("stated", "énoncé"),
    "derived": Phrase("derived", "déduit"),
    "inherited": Phrase("inherited", "hérité"),
}
#: What a link rests on.
BASES: Mapping[str, Phrase] = {name: STRENGTHS[name] for name in ("stated", "derived")}
#: What a source commits to.
MODALITIES: Mapping[str, Phrase] = {
    "affirmed": Phrase("affirmed", "affirmé"),
    "required": Phrase("required", "exigé"),
    "intended": Phrase("intended", "voulu"),
    "conditional": Phrase("conditional", "conditionnel"),
    "possible": Phrase("possible", "possible"),
}


def _unit(en: str, fr: str, plural: str = "", fr_plural: str = "") -> Noun:
    return Noun((en, plural or f"{en}s"), (fr, fr_plural or f"{fr}s"))


#: What a figure counts.
UNITS: Mapping[str, Noun] = {
    "EUR": _unit("euro", "euro"),
    "EUR per kilometre": _unit(
        "euro per kilometre", "euro par kilomètre", "euros per kilometre", "euros par kilomètre"
    ),
    "EUR per passenger": _unit(
        "euro per passenger", "euro par voyageur", "euros per passenger", "euros par voyageur"
    ),
    "EUR per pupil": _unit(
        "euro per pupil", "euro par élève", "euros per pupil", "euros par élève"
    ),
    "percent": _unit("%", "%", "%", "%"),
    "percent per year": _unit("% per year", "% par an", "% per year", "% par an"),
    "percentage point": _unit(
        "percentage point", "point de pourcentage", "", "points de pourcentage"
    ),
    "point": _unit("point", "point"),
    "times": _unit("time", "fois", "times", "fois"),
    "rank": _unit("rank", "rang"),
    "year": _unit("year", "an"),
    "month": _unit("month", "mois", "", "mois"),
    "day": _unit("day", "jour"),
    "hour": _unit("hour", "heure"),
    "hour per day": _unit("hour per day", "heure par jour", "hours per day", "heures par jour"),
    "hour per week": _unit(
        "hour per week", "heure par semaine", "hours per week", "heures par semaine"
    ),
    "kilometre per day": _unit(
        "kilometre per day", "kilomètre par jour", "kilometres per day", "kilomètres par jour"
    ),
    "tonne": _unit("tonne", "tonne"),
    "tonne per year": _unit("tonne per year", "tonne par an", "tonnes per year", "tonnes par an"),
    "kilogram": _unit("kilogram", "kilogramme"),
    "kilowatt-hour": _unit("kilowatt-hour", "kilowattheure"),
    "gigabyte": _unit("gigabyte", "gigaoctet"),
    "action": _unit("action", "action"),
    "action sheet": _unit("action sheet", "fiche action", "", "fiches action"),
    "aid": _unit("grant scheme", "aide"),
    "axis": _unit("axis", "axe", "axes"),
    "business": _unit("business", "entreprise", "businesses"),
    "campus": _unit("campus", "campus", "campuses", "campus"),
    "centre": _unit("centre", "centre"),
    "commune": _unit("commune", "commune"),
    "configuration": _unit("configuration", "configuration"),
    "consultation": _unit("consultation", "consultation"),
    "contributor": _unit("contributor", "contributeur"),
    "country": _unit("country", "pays", "countries", "pays"),
    "course": _unit("course", "formation"),
    "data item": _unit("data item", "donnée"),
    "department": _unit("department", "département"),
    "device": _unit("device", "appareil"),
    "establishment": _unit("establishment", "établissement"),
    "event": _unit("event", "événement"),
    "file": _unit("file", "dossier"),
    "goal": _unit("goal", "objectif"),
    "inhabitant": _unit("inhabitant", "habitant"),
    "institution": _unit("institution", "institution"),
    "job": _unit("job", "emploi"),
    "line": _unit("line", "ligne"),
    "meeting": _unit("meeting", "réunion"),
    "member": _unit("member", "membre"),
    "module": _unit("module", "module"),
    "objective": _unit("objective", "objectif"),
    "pass": _unit("pass", "pass", "passes", "pass"),
    "person": _unit("person", "personne", "people"),
    "place": _unit("place", "lieu", "", "lieux"),
    "principle": _unit("principle", "principe"),
    "priority": _unit("priority", "priorité", "priorities"),
    "project": _unit("project", "projet"),
    "region": _unit("region", "région"),
    "school": _unit("school", "école"),
    "service": _unit("service", "service"),
    "site": _unit("site", "site"),
    "structure": _unit("structure", "structure"),
    "support scheme": _unit("support scheme", "dispositif"),
    "task": _unit("task", "mission"),
    "university": _unit("university", "université", "universities"),
    "visit": _unit("visit", "visite"),
    "voucher": _unit("voucher", "chèque"),
    "work": _unit("work", "œuvre"),
    "workshop": _unit("workshop", "atelier"),
}


def colon(text: str, lang: Language) -> str:
    """
    A text that something follows.

    >>> colon("Liens", "fr")
    'Liens :'
    """
    return f"{text}{' ' if lang == 'fr' else ''}:"


def euros(value: Decimal, lang: Language) -> str:
    """
    An amount as people read it; an upper limit is never rounded up.

    >>> euros(Decimal("1234.567"), "en")
    '€1,234.56'
    """
    text = f"{value.quantize(Decimal('0.01'), ROUND_DOWN):,.2f}".removesuffix(".00")
    if lang == "en":
        return f"€{text}"
    # Not the narrow space that printers use: not every console has it.
    return text.replace(",", "\u00a0").replace(".", ",") + "\u00a0€"


def wrap(text: str, width: int) -> list[str]:
    """
    The text in lines that fit, unless a word is longer; French marks stay by their words.

    >>> wrap("énoncé : une source", 9)
    ['énoncé :', 'une', 'source']
    """
    glued = re.sub(r"(?<=«) | (?=[»;:?!%])", "\u00a0", text)
    lines = textwrap.wrap(glued, width, break_long_words=False, break_on_hyphens=False)
    return [line.replace("\u00a0", " ") for line in lines]
