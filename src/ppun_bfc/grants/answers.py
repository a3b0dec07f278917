"""What can be asked for, how much it grants, and why the rest cannot: frozen values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, Self, TypeAlias

from ..canonical import Json
from ..cards import Card, Item, Listed, Section, Shown
from ..languages import FIELDS, Language, Phrase, colon, day_words, decimal_words, euros
from ..models import Aid, Bonus, Bracket, Criterion, Deadline, EdtfDate, Eligibility, Rule

__all__ = ["REASONS", "Applicant", "Fit", "Offer", "Offers", "Reason", "Refusal"]

#: Whether an applicant is what an aid names, or what it names is a part of it ("if you are ...").
Fit: TypeAlias = Literal["yes", "part"]
#: Why an aid cannot be asked for: it names others, its limit of inhabitants or that of the
#: inter-municipal body is passed, it is closed that day, the cost is in no bracket, or no source says.
Reason: TypeAlias = Literal[
    "not_named", "population", "epci_population", "closed", "cost", "unsaid"
]

#: What is said of an offer, and why there is none.
REASONS: Mapping[str, Phrase] = {
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
    "not_named": Phrase(
        "it names other applicants: {who}", "elle nomme d’autres bénéficiaires : {who}"
    ),
    "population": Phrase(
        "it is for fewer than {limit} inhabitants", "elle est réservée à moins de {limit} habitants"
    ),
    "epci_population": Phrase(
        "it is for inter-municipal bodies of fewer than {limit} inhabitants",
        "elle est réservée aux EPCI de moins de {limit} habitants",
    ),
    "closed": Phrase("it is closed on {day}", "elle est fermée le {day}"),
    "cost": Phrase("{text}", "{text}"),
    "unsaid": Phrase("no source says who may apply", "aucune source ne dit qui peut la demander"),
    "if": Phrase("if you are: {who}", "si vous êtes : {who}"),
    "if_population": Phrase("if below {limit} inhabitants", "si moins de {limit} habitants"),
    "if_epci": Phrase(
        "if your inter-municipal body has fewer than {limit} inhabitants",
        "si votre EPCI a moins de {limit} habitants",
    ),
    "undated": Phrase(
        "no source says whether it is open then", "aucune source ne dit si elle est ouverte ce jour"
    ),
    "nothing": Phrase("Nothing can be asked for.", "Rien ne peut être demandé."),
    "offers": Phrase("What {who} can ask for", "Ce que peut demander : {who}"),
    "refused": Phrase("What cannot be asked for, and why", "Ce qui ne peut l’être, et pourquoi"),
}


@dataclass(frozen=True)
class Applicant:
    """
    Who asks, as a question gives it.

    Attributes:
        id: the actor or audience.
        label: how it is called.
        belongs: the ids that name it: its own, and what it is a part of.
        parts: what is a part of it.
        population: its inhabitants.
        epci_population: those of the inter-municipal body that it belongs to, or is.
        on: the day.
        cost: the eligible cost of its project, in euros.

    """

    id: str
    label: Phrase
    belongs: frozenset[str]
    parts: frozenset[str] = frozenset()
    population: Decimal | None = None
    epci_population: Decimal | None = None
    on: date | None = None
    cost: Decimal | None = None


@dataclass(frozen=True)
class Offer(Shown):
    """
    An aid, and what it grants.

    Attributes:
        aid: the aid.
        cost: the eligible cost, in euros; None where none was asked about.
        brackets: those that the cost falls in, the one that grants most first; without a cost, all.
        bonuses: what may be added, as the source words it; not counted in `most`, since it has conditions.
        rules: what the project must keep to, also by rules of the aids that hold this one.
        criteria: how applications are marked.
        deadlines: the days by which something has to be done.
        closes: the last day.
        url: the page where one applies, where a source gives it.
        eligibility: what makes the applicant eligible, with its citations; None where nobody asked.
        fit: "yes" where the applicant is what the aid names, "part" where only a part of it is.
        who: how what the aid names is called.
        open: whether it takes applications that day; None where no source tells, or no day was asked.
        depends_on_population: whether a limit of inhabitants still has to be checked.

    """

    aid: Aid
    cost: Decimal | None
    brackets: tuple[Bracket, ...]
    bonuses: tuple[Bonus, ...]
    rules: tuple[Rule, ...]
    criteria: tuple[Criterion, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    closes: EdtfDate | None = None
    url: str | None = None
    eligibility: Eligibility | None = None
    fit: Fit | None = None
    who: Phrase | None = None
    open: bool | None = None
    depends_on_population: bool = False

    @property
    def bracket(self) -> Bracket | None:
        """The bracket that grants most; None where the cost falls in none, or none was given."""
        return self.brackets[0] if self.brackets and self.cost is not None else None

    @property
    def rate(self) -> Decimal | None:
        """The share of the best bracket, in percent; without a cost, the highest there is."""
        if self.cost is not None:
            return self.bracket.rate if self.bracket else None
        return max((b.rate for b in self.brackets if b.rate is not None), default=None)

    @property
    def ceiling(self) -> Decimal | None:
        """The most that the best bracket grants, in euros; without a cost, the highest there is."""
        if self.cost is not None:
            return self.bracket.ceiling if self.bracket else None
        return max((b.ceiling for b in self.brackets if b.ceiling is not None), default=None)

    @property
    def most(self) -> Decimal | None:
        """
        The most that can be granted, in euros; None where the cost falls in no bracket.

        Where brackets have labels, it is that of the best one, for what its label names only.
        """
        return self.bracket.most(self.cost) if self.bracket and self.cost is not None else None

    @property
    def least_cost(self) -> Decimal | None:
        """Where the smallest bracket starts, in euros; None where there is no lower limit."""
        starts = [_start(bracket) for bracket in self.aid.brackets]
        known = [start for start in starts if start is not None]
        return min(known) if known and len(known) == len(starts) else None

    @property
    def is_below(self) -> bool:
        """Whether the cost is below the smallest bracket."""
        if self.cost is None or self.brackets or self.least_cost is None:
            return False
        return self.cost <= self.least_cost

    def to_dict(self) -> dict[str, Json]:
        """The answer as JSON; amounts are decimal texts, in euros."""

        def text(value: Decimal | None) -> str | None:
            return None if value is None else str(value)

        return {
            "aid": self.aid.id,
            "label": self.aid.label.fr,
            "cost": text(self.cost),
            "most": text(self.most),
            "rate": text(self.rate),
            "ceiling": text(self.ceiling),
            "below": self.is_below,
            "least_cost": text(self.least_cost),
            "open": self.open,
            "closes": str(self.closes) if self.closes else None,
            "fit": self.fit,
            "depends_on_population": self.depends_on_population,
            "eligibility": self.eligibility.to_dict() if self.eligibility else None,
            "brackets": [bracket.to_dict() for bracket in self.brackets],
            "bonuses": [bonus.to_dict() for bonus in self.bonuses],
            "rules": [rule.to_dict() for rule in self.rules],
            "criteria": [criterion.to_dict() for criterion in self.criteria],
            "deadlines": [deadline.to_dict() for deadline in self.deadlines],
            "url": self.url,
        }

    def sentence(self, lang: Language = "fr") -> str:
        """What it grants, in one sentence."""
        if self.cost is None:
            return "; ".join(bracket.words(lang) for bracket in self.brackets) or REASONS[
                "none"
            ].text(lang)
        cost = euros(self.cost, lang)
        if self.is_below and self.least_cost is not None:
            return REASONS["below"].text(lang, cost=cost, least=euros(self.least_cost, lang))
        if not self.brackets:
            return REASONS["outside" if self.aid.brackets else "none"].text(lang, cost=cost)
        # Brackets without a name differ by cost alone, and the best one answers. A name says for
        # what a bracket is, so that each with another name is an answer of its own.
        told = {bracket.label: bracket for bracket in reversed(self.brackets)}
        best_first = [bracket for bracket in self.brackets if told[bracket.label] is bracket]
        gap = "" if lang == "en" else " "
        return f"{gap}; ".join(self._answer(bracket, self.cost, lang) for bracket in best_first)

    def _answer(self, bracket: Bracket, cost: Decimal, lang: Language) -> str:
        terms: list[str] = []
        if bracket.rate is not None:
            low = bracket.rate_from
            key = "rate" if low is None else "rates"
            terms.append(REASONS[key].text(lang, rate=bracket.rate, low=low))
        if bracket.ceiling is not None:
            terms.append(REASONS["ceiling"].text(lang, ceiling=euros(bracket.ceiling, lang)))
        amounts = {"most": euros(bracket.most(cost) or Decimal(0), lang), "cost": euros(cost, lang)}
        answer = REASONS["most"].text(lang, **amounts, terms=", ".join(terms))
        name = bracket.label and colon(bracket.label.text(lang), lang)
        return f"{name} {answer}" if name else answer

    def conditions(self, lang: Language = "fr") -> tuple[str, ...]:
        """What still has to be true of the applicant."""
        found: list[str] = []
        entry = self.eligibility
        if entry is not None:
            found += [REASONS["if"].text(lang, who=self.who)] if self.fit == "part" else []
            if self.depends_on_population and entry.population_below is not None:
                key = "if_epci" if entry.population_of == "epci" else "if_population"
                found.append(
                    REASONS[key].text(lang, limit=decimal_words(entry.population_below, lang))
                )
            found += [entry.condition.text(lang)] if entry.condition else []
        return tuple(found)

    def card(self, lang: Language = "fr") -> Card:
        """What a person is shown of it."""
        facts = [Item(self.sentence(lang))]
        facts += [Item(condition) for condition in self.conditions(lang)]
        if self.closes:
            facts.append(
                Item(
                    f"{colon(FIELDS['closes'].text(lang), lang)} {day_words(self.closes.text, lang)}"
                )
            )
        if self.url:
            facts.append(Item(f"{colon(FIELDS['url'].text(lang), lang)} {self.url}"))
        lists = {
            "bonuses": self.bonuses,
            "criteria": self.criteria,
            "deadlines": self.deadlines,
            "rules": self.rules,
        }
        sections = [
            Section(FIELDS[name].text(lang), tuple(Item(one.words(lang)) for one in found))
            for name, found in lists.items()
            if found
        ]
        return Card(
            self.aid.label.text(lang), self.aid.id, sections=(Section("", tuple(facts)), *sections)
        )

    def __str__(self) -> str:
        return self.card().text()

    def __repr__(self) -> str:
        told = self.sentence("en") if self.cost is not None else ""
        return f"<Offer {self.aid.slug}{': ' if told else ''}{told[:70]}>"


@dataclass(frozen=True)
class Refusal:
    """An aid that cannot be asked for, and why; `text` says it in a sentence."""

    aid: Aid
    reason: Reason
    _said: Phrase

    def text(self, lang: Language = "fr") -> str:
        """The reason in words."""
        # What is told was filled in already; a brace in a name is no field.
        return self._said.en if lang == "en" else self._said.fr

    def to_dict(self, lang: Language = "fr") -> dict[str, Json]:
        """The refusal as JSON."""
        return {"aid": self.aid.id, "reason": self.reason, "text": self.text(lang)}

    def __repr__(self) -> str:
        return f"<Refusal {self.aid.slug}: {self.reason}>"


class Offers(Listed[Offer]):
    """
    What an applicant can ask for, what grants most first; `refused` is all the rest, with why.

    `asked` is the question.
    """

    asked: Applicant
    refused: tuple[Refusal, ...]

    def __new__(cls, found: Iterable[Offer], refused: Iterable[Refusal], asked: Applicant) -> Self:
        """Make the answer; what is found stands in order."""
        self = super().__new__(cls, found)
        object.__setattr__(self, "asked", asked)
        object.__setattr__(self, "refused", tuple(refused))
        return self

    def card(self, lang: Language = "fr") -> Card:
        """What a person is shown of it."""
        told = [
            Item(
                offer.aid.label.text(lang),
                offer.aid.id,
                below=(
                    Item(offer.sentence(lang)),
                    *(Item(condition) for condition in offer.conditions(lang)),
                    *(
                        [Item(REASONS["undated"].text(lang))]
                        if self.asked.on and offer.open is None
                        else []
                    ),
                    *(
                        [
                            Item(
                                f"{colon(FIELDS['closes'].text(lang), lang)} {day_words(offer.closes.text, lang)}"
                            )
                        ]
                        if offer.closes
                        else []
                    ),
                    *([Item(offer.url)] if offer.url else []),
                ),
            )
            for offer in self
        ]
        sections = [Section("", tuple(told or [Item(REASONS["nothing"].text(lang))]))]
        if self.refused:
            no = tuple(
                Item(r.aid.label.text(lang), r.aid.id, below=(Item(r.text(lang)),))
                for r in self.refused
            )
            sections.append(Section(REASONS["refused"].text(lang), no))
        return Card(
            REASONS["offers"].text(lang, who=self.asked.label),
            self.asked.id,
            sections=tuple(sections),
        )

    def to_dict(self, lang: Language = "fr") -> dict[str, Json]:
        """The whole answer as JSON."""
        return {
            "applicant": self.asked.id,
            "offers": [offer.to_dict() for offer in self],
            "refused": [refusal.to_dict(lang) for refusal in self.refused],
        }

    def __repr__(self) -> str:
        return f"<Offers to {self.asked.id}: {len(self)}, refused {len(self.refused)}>"


def _start(bracket: Bracket) -> Decimal | None:
    return bracket.cost_above if bracket.cost_from is None else bracket.cost_from
