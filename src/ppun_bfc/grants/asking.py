"""Which aids an applicant can ask for, and what each grants."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from ..languages import Language, Phrase, day_words, decimal_words
from ..models import Aid, Eligibility
from .answers import REASONS, Applicant, Fit, Offer, Offers, Reason, Refusal

__all__ = ["grant", "offers"]

_T = TypeVar("_T")


def grant(lineage: Sequence[Aid], cost: Decimal | None) -> Offer:
    """What the first aid grants; the others are those that hold it."""
    aid = lineage[0]
    held = list(aid.brackets)
    if cost is not None:
        held = sorted(filter(lambda b: b.holds(cost), held), key=lambda b: -(b.most(cost) or 0))
    # The nearest aid that says a day counts; rules add up.
    closes = next((above.closes.date for above in lineage if above.closes), None)
    return Offer(
        aid,
        cost,
        tuple(held),
        tuple(bonus for above in lineage for bonus in above.bonuses),
        tuple(rule for above in lineage for rule in above.rules),
        next((above.criteria for above in lineage if above.criteria), ()),
        tuple(deadline for above in lineage for deadline in above.deadlines),
        closes,
        next((above.url for above in lineage if above.url), None),
    )


def offers(
    lineages: Iterable[Sequence[Aid]], asked: Applicant, name: Mapping[str, Phrase]
) -> Offers:
    """
    What an applicant can ask for, and what not.

    Args:
        lineages: each aid that can be asked for, with those that hold it, nearest first.
        asked: the applicant.
        name: how what aids name is called, in French and English.

    """
    found: list[Offer] = []
    refused: list[Refusal] = []

    def refuse(aid: Aid, reason: Reason, **given: Phrase) -> None:
        both = (REASONS[reason].text(lang, **given) for lang in ("en", "fr"))
        refused.append(Refusal(aid, reason, Phrase(*both)))

    for lineage in lineages:
        aid, whole = lineage[0], grant(lineage, asked.cost)
        if not aid.eligible:
            refuse(aid, "unsaid")
            continue
        entries = [(e, fit) for e in aid.eligible if (fit := _fit(e, asked)) is not None]
        if not entries:
            whom = [name[entry.who] for entry in aid.eligible]
            who = Phrase(", ".join(one.en for one in whom), ", ".join(one.fr for one in whom))
            refuse(aid, "not_named", who=who)
            continue
        fitting = [(e, fit) for e, fit in entries if _is_small(e, asked) is not False]
        if not fitting:
            entry = max((e for e, _ in entries), key=lambda e: e.population_below or 0)
            reason: Reason = "epci_population" if entry.population_of == "epci" else "population"
            refuse(aid, reason, limit=_both(decimal_words, entry.population_below or Decimal(0)))
            continue
        is_open = None if asked.on is None else _open(lineage, asked.on)
        if is_open is False:
            refuse(aid, "closed", day=_both(day_words, str(asked.on)))
            continue
        if asked.cost is not None and aid.brackets and not whole.brackets:
            refuse(aid, "cost", text=Phrase(whole.sentence("en"), whole.sentence("fr")))
            continue
        entry, fit = min(
            fitting, key=lambda one: (one[1] == "part", _is_small(one[0], asked) is None)
        )
        called = name[entry.who]
        unsure = _is_small(entry, asked) is None
        found.append(
            replace(
                whole,
                eligibility=entry,
                fit=fit,
                who=called,
                open=is_open,
                depends_on_population=unsure,
            )
        )

    def worth(offer: Offer) -> Decimal:
        most = offer.most if asked.cost is not None else offer.ceiling
        return -(most or Decimal(0))

    return Offers(sorted(found, key=worth), refused, asked)


def _both(say: Callable[[_T, Language], str], value: _T) -> Phrase:
    """A value in both languages."""
    return Phrase(say(value, "en"), say(value, "fr"))


def _fit(entry: Eligibility, asked: Applicant) -> Fit | None:
    """Whether an entry names the applicant, or a part of it."""
    if entry.who in asked.belongs:
        return "yes"
    return "part" if entry.who in asked.parts else None


def _is_small(entry: Eligibility, asked: Applicant) -> bool | None:
    """Whether the applicant is below a limit of inhabitants; None where it has to be checked."""
    if entry.population_below is None:
        return True
    people = asked.epci_population if entry.population_of == "epci" else asked.population
    return None if people is None else people < entry.population_below


def _open(lineage: Sequence[Aid], on: date) -> bool | None:
    """What the nearest aid with dates says of the day."""
    told = (above.in_force(on) for above in lineage if above.opens or above.closes)
    return next(told, None)
