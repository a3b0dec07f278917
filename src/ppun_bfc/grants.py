"""What an aid grants to a project, and which aids an applicant could ask for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal, InvalidOperation
from typing import TypeAlias

from .errors import BadQuantity
from .models import Aid, Bonus, Bracket, Eligibility, Language, Rule

__all__ = ["Amount", "Grant", "Offer", "grant", "offers"]

#: Euros or inhabitants, as a caller gives them.
Amount: TypeAlias = Decimal | int | str

_TEXTS = {
    "fr": {
        "none": "la source ne donne ni taux ni plafond",
        "below": "un coût de {cost} est inférieur à la plus petite tranche, qui part de {least}",
        "outside": "un coût de {cost} n’entre dans aucune tranche",
        "most": "au plus {most} pour un coût de {cost} ({terms})",
        "rate": "taux {rate} %",
        "rates": "taux de {low} à {rate} %",
        "ceiling": "plafond {ceiling}",
    },
    "en": {
        "none": "the source gives neither rate nor ceiling",
        "below": "a cost of {cost} is below the smallest bracket, which starts at {least}",
        "outside": "a cost of {cost} falls in no bracket",
        "most": "at most {most} for a cost of {cost} ({terms})",
        "rate": "rate {rate}%",
        "rates": "rate from {low} to {rate}%",
        "ceiling": "ceiling {ceiling}",
    },
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

    def text(self, lang: Language = "fr") -> str:
        """The answer in one sentence."""
        say, cost = _TEXTS[lang], _euros(self.cost, lang)
        if self.is_below and self.least_cost is not None:
            return say["below"].format(cost=cost, least=_euros(self.least_cost, lang))
        if not self.brackets:
            return say["outside" if self.aid.brackets else "none"].format(cost=cost)
        # Brackets without a name differ by cost alone, and the best one answers. A name says for
        # what a bracket is, so that each with another name is an answer of its own.
        told = {bracket.label: bracket for bracket in reversed(self.brackets)}
        best_first = [bracket for bracket in self.brackets if told[bracket.label] is bracket]
        gap = " " if lang == "fr" else ""
        return f"{gap}; ".join(self._answer(bracket, lang) for bracket in best_first)

    def _answer(self, bracket: Bracket, lang: Language) -> str:
        say, terms = _TEXTS[lang], []
        if bracket.rate is not None:
            low = bracket.rate_from
            key = "rate" if low is None else "rates"
            terms.append(say[key].format(rate=bracket.rate, low=low))
        if bracket.ceiling is not None:
            terms.append(say["ceiling"].format(ceiling=_euros(bracket.ceiling, lang)))
        amounts = {
            "most": _euros(bracket.most(self.cost) or Decimal(0), lang),
            "cost": _euros(self.cost, lang),
        }
        answer = say["most"].format(**amounts, terms=", ".join(terms))
        gap = " " if lang == "fr" else ""
        return f"{bracket.label.text(lang)}{gap}: {answer}" if bracket.label else answer


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


def grant(lineage: Sequence[Aid], cost: Amount) -> Grant:
    """
    What the first aid grants; the others are those that hold it.

    Raises:
        BadQuantity: where the cost is not a number above 0.

    """
    aid, amount = lineage[0], _positive("cost", cost)
    held = [bracket for bracket in aid.brackets if bracket.holds(amount)]
    held.sort(key=lambda bracket: -(bracket.most(amount) or 0))
    bonuses = tuple(bonus for above in lineage for bonus in above.bonuses)
    return Grant(aid, amount, tuple(held), bonuses, _rules(lineage))


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
    people = None if population is None else _positive("population", population)
    found = []
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


def _positive(noun: str, given: Amount) -> Decimal:
    try:
        value = Decimal(given)
    except (InvalidOperation, TypeError, ValueError):
        value = Decimal("nan")
    if isinstance(given, bool | float) or not value.is_finite() or value <= 0:
        raise BadQuantity(noun, str(given))
    return value


def _euros(value: Decimal, lang: Language) -> str:
    value = value.quantize(Decimal("0.01"), ROUND_DOWN)  # an upper limit is never rounded up
    text = f"{value:,.2f}".removesuffix(".00")
    if lang == "en":
        return f"€{text}"
    return text.replace(",", "\u202f").replace(".", ",") + "\u00a0€"
