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
    "FIELDS",
    "LANGUAGES",
    "MODALITIES",
    "QUALIFIERS",
    "STRENGTHS",
    "UNITS",
    "VALUES",
    "Language",
    "Noun",
    "Phrase",
    "colon",
    "day_words",
    "decimal_words",
    "euros",
    "in_markdown",
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
        said = self.en if lang == "en" else self.fr
        # What has no fields may be a text of the data, in which a brace is a brace.
        return said.format(**{k: _word(v, lang) for k, v in given.items()}) if given else said


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


def in_markdown(text: str) -> str:
    r"""
    The text as it stands in Markdown, on one line, so that nothing in it is markup.

    >>> print(in_markdown("a | b  *c*"))
    a \| b \*c\*
    """
    plain = re.sub(r"[ \t\r\n]+", " ", text)  # a no-break space stays one
    return "".join(f"\\{char}" if char in "\\`*_[]<>|#" else char for char in plain)


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
        if lang != "en":
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
    "act": _unit("act", "acte"),
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
    "support assignment": _unit("support assignment", "accompagnement"),
    "support scheme": _unit("support scheme", "dispositif"),
    "task": _unit("task", "mission"),
    "university": _unit("university", "université", "universities"),
    "visit": _unit("visit", "visite"),
    "voucher": _unit("voucher", "chèque"),
    "work": _unit("work", "œuvre"),
    "workshop": _unit("workshop", "atelier"),
}


#: How a source hedges a quantity.
QUALIFIERS: Mapping[str, Phrase] = {
    "about": Phrase("about", "environ"),
    "more than": Phrase("more than", "plus de"),
    "less than": Phrase("less than", "moins de"),
    "at least": Phrase("at least", "au moins"),
    "up to": Phrase("up to", "jusqu’à"),
}
#: What a figure is, how much a discrepancy weighs, what differs, what an actor or scheme is.
VALUES: Mapping[str, Phrase] = {
    "observed": Phrase("observed", "constaté"),
    "estimate": Phrase("estimate", "estimation"),
    "target": Phrase("target", "objectif"),
    "budget": Phrase("budget", "budget"),
    "rule": Phrase("rule", "règle"),
    "relative": Phrase("relative change", "évolution relative"),
    "absolute": Phrase("absolute change", "évolution absolue"),
    "substantive": Phrase("substantive", "de fond"),
    "minor": Phrase("minor", "mineur"),
    "number": Phrase("number", "nombre"),
    "date": Phrase("date", "date"),
    "name": Phrase("name", "nom"),
    "scope": Phrase("scope", "périmètre"),
    "commitment": Phrase("commitment", "engagement"),
    "wording": Phrase("wording", "formulation"),
    "region": Phrase("region", "région"),
    "state": Phrase("State", "État"),
    "european-union": Phrase("European Union", "Union européenne"),
    "local-authorities": Phrase("local authorities", "collectivités"),
    "institution": Phrase("institution", "institution"),
    "organisation": Phrase("organisation", "organisme"),
    "group": Phrase("group", "ensemble"),
    "strategy": Phrase("strategy", "stratégie"),
    "scheme": Phrase("scheme", "schéma"),
    "plan": Phrase("plan", "plan"),
    "contract": Phrase("contract", "contrat"),
    "charter": Phrase("charter", "charte"),
    "roadmap": Phrase("roadmap", "feuille de route"),
    "True": Phrase("yes", "oui"),
    "False": Phrase("no", "non"),
}
#: Fields of records, as people call them.
FIELDS: Mapping[str, Phrase] = {
    "about": Phrase("About", "À propos de"),
    "according_to": Phrase("According to", "Selon"),
    "acronym": Phrase("Acronym", "Sigle"),
    "adopted": Phrase("Adopted", "Adoption"),
    "adopted_reading": Phrase("Reading adopted", "Lecture retenue"),
    "as_written": Phrase("As printed", "Tel qu’imprimé"),
    "bonuses": Phrase("What may be added", "Majorations"),
    "brackets": Phrase("What is granted", "Montants"),
    "closes": Phrase("Closes", "Clôture"),
    "codes": Phrase("Codes", "Codes"),
    "consider": Phrase("See instead", "Voir plutôt"),
    "criteria": Phrase("How applications are marked", "Grille de notation"),
    "date": Phrase("Date", "Date"),
    "deadlines": Phrase("Deadlines", "Échéances"),
    "difference": Phrase("What differs", "Ce qui diffère"),
    "dossier": Phrase("What an application holds", "Pièces du dossier"),
    "eligible": Phrase("Who may apply", "Bénéficiaires"),
    "eligible_costs": Phrase("Expenses that count", "Dépenses éligibles"),
    "horizon": Phrase("Horizon", "Horizon"),
    "in_scope": Phrase("In the scope of the policy", "Dans le périmètre de la politique"),
    "introduced_in": Phrase("In the data since", "Dans les données depuis"),
    "iri": Phrase("Address", "Adresse"),
    "nature": Phrase("Nature", "Nature"),
    "notation": Phrase("Number", "Numéro"),
    "opens": Phrase("Opens", "Ouverture"),
    "period": Phrase("Period", "Période"),
    "quantity": Phrase("Quantity", "Quantité"),
    "readings": Phrase("Readings", "Lectures"),
    "replaced_by": Phrase("Replaced by", "Remplacé par"),
    "role": Phrase("Role", "Rôle"),
    "rules": Phrase("Rules", "Règles"),
    "scope": Phrase("Scope", "Périmètre"),
    "standing": Phrase("Standing", "Valeur"),
    "type": Phrase("Sort", "Nature"),
    "url": Phrase("Where to apply", "Où déposer sa demande"),
    "weight": Phrase("Weight", "Poids"),
    "why": Phrase("Why", "Pourquoi"),
    "wordings": Phrase("Also called", "Aussi nommé"),
}
_MONTHS = (
    ("January", "janvier"), ("February", "février"), ("March", "mars"), ("April", "avril"),
    ("May", "mai"), ("June", "juin"), ("July", "juillet"), ("August", "août"),
    ("September", "septembre"), ("October", "octobre"), ("November", "novembre"),
    ("December", "décembre"),
)  # fmt: skip


def day_words(text: str, lang: Language) -> str:
    """
    An EDTF date as people write it.

    >>> day_words("2019-06", "fr"), day_words("2021-05-01", "fr"), day_words("2018/2022", "en")
    ('juin 2019', '1er mai 2021', '2018–2022')
    """
    if "/" in text:
        return "–".join(day_words(part, lang) for part in text.split("/"))
    year, *rest = text.split("-")
    if not rest:
        return year
    month = _MONTHS[int(rest[0]) - 1][lang != "en"]
    day = str(int(rest[1])) if len(rest) > 1 else ""
    first = "1er" if day == "1" and lang != "en" else day
    return " ".join(filter(None, [first, month, year]))


def decimal_words(value: Decimal, lang: Language) -> str:
    """
    A number as people read it.

    >>> decimal_words(Decimal("162000000.5"), "fr").replace("\u00a0", " ")
    '162 000 000,5'
    """
    text = f"{value:,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text if lang == "en" else text.replace(",", "\u00a0").replace(".", ",")


def colon(text: str, lang: Language) -> str:
    """
    A text that something follows.

    >>> colon("Liens", "fr")
    'Liens :'
    """
    return f"{text}{'' if lang == 'en' else ' '}:"


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
    glued = re.sub(r"(?<=«) | (?=[»;:?!%])|(?<=[0-9]) (?=[0-9]{3}(?![0-9])|€)", "\u00a0", text)
    lines = textwrap.wrap(glued, width, break_long_words=False, break_on_hyphens=False)
    return [line.replace("\u00a0", " ") for line in lines]
