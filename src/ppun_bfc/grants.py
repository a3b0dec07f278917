"""What an aid grants to a project, and which aids an applicant could ask for."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol, SupportsFloat, SupportsIndex, TypeAlias

from .canonical import Json
from .errors import BadQuantity
from .languages import Language, Phrase, colon, euros
from .models import Aid, Bonus, Bracket, Eligibility, Rule

__all__ = ["Amount", "Grant", "Offer", "amount", "grant", "offers"]


class _Ratio(Protocol):
    """A fraction, as those of Python and of other number libraries are."""

    @property
    def numerator(self) -> SupportsIndex: ...
    @property
    def denominator(self) -> SupportsIndex: ...


#: Euros or inhabitants, as a caller gives them: any whole number or fraction, or a text of one.
Amount: TypeAlias = Decimal | SupportsIndex | SupportsFloat | _Ratio | str

_TEXTS: Mapping[str, Phrase] = {
    "none": Phrase(
        "the source gives neither rate nor ceiling", "la source ne donne ni taux ni plafond"
    ),
    "below": Phrase(
        "a cost of {cost} is below the smallest bracket, which starts at {least}",
        "un coût de {cost} est inférieur à la plus petite tranche, qui part de {least}",
    ),
    "outside": Phrase(
        "a cost of {cost} falls in no bracket", "un coût de {cost} n’entre dans aucune tranche"
    ),
    "most": Phrase(
        "at most {most} for a cost of {cost} ({terms})",
        "au plus {most} pour un coût de {cost} ({terms})",
    ),
    "rate": Phrase("rate {rate}%", "taux {rate} %"),
    "rates": Phrase("rate from {low} to {rate}%", "taux de {low} à {rate} %"),
    "ceiling": Phrase("ceiling {ceiling}", "plafond {ceiling}"),
}


@dataclass(frozen=True)
class Grant:
    """
    What an aid grants to a project of some cost.

    Attributes:
        aid: the aid.
        cost: the eligible cost, in euros.
        brackets: those that the cost falls in, the one that grants most first.
        bonuses: what may be added, as the source words it; not counted in `most`, since it has conditions.
        rules: what the project must keep to, also by rules of the aids that hold this one.

    """

    aid: Aid
    cost: Decimal
    brackets: tuple[Bracket, ...]
    bonuses: tuple[Bonus, ...]
    rules: tuple[Rule, ...]

    @property
    def bracket(self) -> Bracket | None:
        """The bracket that grants most; None where the cost falls in none."""
        return self.brackets[0] if self.brackets else None

    @property
    def most(self) -> Decimal | None:
        """
        The most that can be granted, in euros; None where the cost falls in no bracket.

        Where brackets have labels, it is that of the best one, for what its label names only.
        """
        return self.bracket.most(self.cost) if self.bracket else None

    @property
    def least_cost(self) -> Decimal | None:
        """Where the smallest bracket starts, in euros; None where there is no lower limit."""
        starts = [_start(bracket) for bracket in self.aid.brackets]
        known = [start for start in starts if start is not None]
        return min(known) if known and len(known) == len(starts) else None

    @property
    def is_below(self) -> bool:
        """Whether the cost is below the smallest bracket."""
        return not self.brackets and self.least_cost is not None and self.cost <= self.least_cost

    def to_dict(self) -> dict[str, Json]:
        """The answer as JSON; amounts are decimal texts, in euros."""
        return {
            "aid": self.aid.id,
            "cost": str(self.cost),
            "most": None if self.most is None else str(self.most),
            "below": self.is_below,
            "least_cost": None if self.least_cost is None else str(self.least_cost),
            "brackets": [bracket.to_dict() for bracket in self.brackets],
            "bonuses": [bonus.to_dict() for bonus in self.bonuses],
            "rules": [rule.to_dict() for rule in self.rules],
        }

    def text(self, lang: Language = "fr") -> str:
        """The answer in one sentence."""
        cost = euros(self.cost, lang)
        if self.is_below and self.least_cost is not None:
            return _TEXTS["below"].text(lang, cost=cost, least=euros(self.least_cost, lang))
        if not self.brackets:
            return _TEXTS["outside" if self.aid.brackets else "none"].text(lang, cost=cost)
        # Brackets without a name differ by cost alone, and the best one answers. A name says for
        # what a bracket is, so that each with another name is an answer of its own.
        told = {bracket.label: bracket for bracket in reversed(self.brackets)}
        best_first = [bracket for bracket in self.brackets if told[bracket.label] is bracket]
        gap = " " if lang == "fr" else ""
        return f"{gap}; ".join(self._answer(bracket, lang) for bracket in best_first)

    def _answer(self, bracket: Bracket, lang: Language) -> str:
        terms: list[str] = []
        if bracket.rate is not None:
            low = bracket.rate_from
            key = "rate" if low is None else "rates"
            terms.append(_TEXTS[key].text(lang, rate=bracket.rate, low=low))
        if bracket.ceiling is not None:
            terms.append(_TEXTS["ceiling"].text(lang, ceiling=euros(bracket.ceiling, lang)))
        amounts = {
            "most": euros(bracket.most(self.cost) or Decimal(0), lang),
            "cost": euros(self.cost, lang),
        }
        answer = _TEXTS["most"].text(lang, **amounts, terms=", ".join(terms))
        name = bracket.label and colon(bracket.label.text(lang), lang)
        return f"{name} {answer}" if name else answer


@dataclass(frozen=True)
class Offer:
    """
    An aid that an applicant could ask for.

    Attributes:
        aid: the aid.
        eligibility: what makes the applicant eligible, with its citations.
        open: whether it takes applications that day; None where no source tells.
        depends_on_population: whether a limit of inhabitants still has to be checked.
        rules: what every project must keep to.
        url: the page where one applies, where a source gives it.

    """

    aid: Aid
    eligibility: Eligibility
    open: bool | None
    depends_on_population: bool
    rules: tuple[Rule, ...]
    url: str | None

    def to_dict(self) -> dict[str, Json]:
        """The offer as JSON."""
        return {
            "aid": self.aid.id,
            "label": self.aid.label.fr,
            "open": self.open,
            "depends_on_population": self.depends_on_population,
            "eligibility": self.eligibility.to_dict(),
            "rules": [rule.to_dict() for rule in self.rules],
            "url": self.url,
        }


def grant(lineage: Sequence[Aid], cost: Amount) -> Grant:
    """
    What the first aid grants; the others are those that hold it.

    Raises:
        BadQuantity: where the cost is not a number above 0.

    """
    aid, given = lineage[0], amount("cost", cost)
    held = [bracket for bracket in aid.brackets if bracket.holds(given)]
    held.sort(key=lambda bracket: -(bracket.most(given) or 0))
    bonuses = tuple(bonus for above in lineage for bonus in above.bonuses)
    return Grant(aid, given, tuple(held), bonuses, _rules(lineage))


def offers(
    lineages: Iterable[Sequence[Aid]],
    applicant: frozenset[str],
    population: Amount | None,
    on: date | None,
) -> tuple[Offer, ...]:
    """
    The aids that the applicant could ask for.

    Args:
        lineages: each aid with those that hold it, nearest first.
        applicant: the ids that name the applicant: its own, and what that is a part of.
        population: its inhabitants, where it has some.
        on: the day; aids that are closed then are left out.

    Raises:
        BadQuantity: where the population is not a number above 0.

    """
    people = None if population is None else amount("population", population)
    found: list[Offer] = []
    for lineage in lineages:
        aid = lineage[0]
        is_open = None if on is None else _open(lineage, on)
        entry = next((e for e in aid.eligible if e.who in applicant and _fits(e, people)), None)
        if entry is not None and is_open is not False:
            unsure = entry.population_below is not None and people is None
            url = next((above.url for above in lineage if above.url), None)
            found.append(Offer(aid, entry, is_open, unsure, _rules(lineage), url))
    return tuple(found)


def _open(lineage: Sequence[Aid], on: date) -> bool | None:
    """What the nearest aid with dates says of the day."""
    told = (above.in_force(on) for above in lineage if above.opens or above.closes)
    return next(told, None)


def _fits(entry: Eligibility, people: Decimal | None) -> bool:
    return people is None or entry.population_below is None or people < entry.population_below


def _rules(lineage: Sequence[Aid]) -> tuple[Rule, ...]:
    return tuple(rule for above in lineage for rule in above.rules)


def _start(bracket: Bracket) -> Decimal | None:
    return bracket.cost_above if bracket.cost_from is None else bracket.cost_from


#: An amount as people write it: groups of three apart by spaces, a point or comma for cents.
_WRITTEN = re.compile(
    r"(?P<whole>[0-9]{1,15}|[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3}){1,4})(?:[.,](?P<part>[0-9]+))?"
    r"(?:[ \u00a0\u202f]?(?:€|EUR|euros?))?"
)
#: No budget has more.
_MOST = Decimal(10) ** 15
#: "10.000" and "10,000" may be ten or ten thousand.
_IN_TWO_WAYS = re.compile(r"[0-9]{1,3}[.,][0-9]{3}")


def amount(noun: str, given: Amount) -> Decimal:
    """
    The amount that a caller means, exactly; of a float, its shortest text.

    Raises:
        BadQuantity: where it is no number above 0, or could be read in two ways.

    >>> amount("cost", "100 000 €"), amount("cost", "10 000,50"), amount("cost", 0.1)
    (Decimal('100000'), Decimal('10000.50'), Decimal('0.1'))

    """
    try:
        value = None if isinstance(given, bool) else _exact(given)
    except (TypeError, ValueError, ArithmeticError):  # a type that promises what it does not keep
        value = None
    if value is None or not value.is_finite() or not 0 < value < _MOST:
        shown = str(given)
        raise BadQuantity(noun, shown if len(shown) <= _SHOWN else f"{shown[: _SHOWN - 1]}…")
    return value


_SHOWN = 60


def _exact(given: object) -> Decimal | None:
    if isinstance(given, str):
        found = _WRITTEN.fullmatch(given.strip(" \u00a0\u202f"))
        if found is None or _IN_TWO_WAYS.fullmatch(found[0].rstrip(" \u00a0\u202f€EURos")):
            return None
        cents = f".{found['part']}" if found["part"] else ""
        return Decimal("".join(filter(str.isdigit, found["whole"])) + cents)
    if isinstance(given, Decimal):
        return given
    if isinstance(given, SupportsIndex):
        return Decimal(given.__index__())
    if isinstance(given, SupportsFloat) and not hasattr(given, "denominator"):
        return Decimal(repr(float(given)))
    parts = (getattr(given, "numerator", None), getattr(given, "denominator", None))
    if all(isinstance(part, SupportsIndex) for part in parts):
        above, below = (Decimal(part.__index__()) for part in parts if part is not None)
        return above / below
    return None
