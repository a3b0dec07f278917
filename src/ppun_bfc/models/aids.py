"""Support measures: who may ask, for what, how much, until when."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from .. import problems
from ..cards import Section
from ..languages import FIELDS, Language, Noun, Phrase, colon, day_words, decimal_words, euros
from .citations import Citations, CitedDate, Wording
from .dates import Day, EdtfDate, as_day
from .entity import Entity
from .values import (
    Among,
    EntityId,
    Name,
    Namer,
    Number,
    Record,
    Several,
    Text,
    Url,
    Written,
    refuse,
)

__all__ = [
    "Aid",
    "Bonus",
    "Bracket",
    "Criterion",
    "Deadline",
    "Eligibility",
    "Rule",
]


_FROM = Phrase("from {cost}", "à partir de {cost}")
_ABOVE = Phrase("above {cost}", "au-delà de {cost}")
_UP_TO = Phrase("up to {cost}", "jusqu’à {cost}")
_AT_MOST = Phrase("at most {most}", "au plus {most}")
_RATES = (Phrase("{rate}%", "{rate} %"), Phrase("{low} to {rate}%", "{low} à {rate} %"))
_COLUMNS = (
    Phrase("For", "Pour"),
    Phrase("Cost", "Coût"),
    Phrase("Share", "Taux"),
    Phrase("Ceiling", "Plafond"),
)
_OWN = Phrase("below {limit} inhabitants", "moins de {limit} habitants")
_EPCI = Phrase(
    "its inter-municipal body below {limit} inhabitants",
    "dont l’EPCI a moins de {limit} habitants",
)


class Bracket(Record, frozen=True):
    """
    What an aid grants to a project of some cost: a share of it, a ceiling, or both.

    Attributes:
        label: what the bracket is for, where the source names it.
        cost_from: the lowest cost, in euros, itself in the bracket.
        cost_above: the cost, in euros, that a project must exceed.
        cost_to: the highest cost, in euros, itself in the bracket.
        rate: the share granted, in percent of the eligible cost; the highest, where it varies.
        rate_from: the lowest share, where it varies.
        ceiling: the most that is granted, in euros.
        as_written: how the source prints these quantities, each phrase at most 8 words.
        citations: where it does.

    """

    label: Name | None = None
    cost_from: Number | None = None
    cost_above: Number | None = None
    cost_to: Number | None = None
    rate: Number | None = None
    rate_from: Number | None = None
    ceiling: Number | None = None
    as_written: Several[Written] = Field(min_length=1)
    citations: Citations

    @model_validator(mode="after")
    def _grants_something(self) -> "Bracket":
        if self.rate is None and self.ceiling is None:
            raise refuse(problems.NEEDS_RATE)
        if self.cost_from is not None and self.cost_above is not None:
            raise refuse(problems.TWO_STARTS)
        low = self.cost_from if self.cost_from is not None else self.cost_above
        for least, most in ((low, self.cost_to), (self.rate_from, self.rate)):
            if least is not None and most is not None and least > most:
                raise refuse(problems.BAD_BOUNDS)
        return self

    def words(self, lang: Language = "fr", name: Namer = str) -> str:  # noqa: ARG002
        """
        The bracket in one line.

        Examples:
            >>> import ppun_bfc
            >>> bracket = ppun_bfc.load("2020.10.2").aids["developper-les-tiers-lieux"].brackets[0]
            >>> bracket.words("en")
            '€100,000 – €200,000: 50%, at most €100,000'

        """
        start = ", ".join(filter(None, self.row(lang)[:2]))
        return f"{colon(start, lang)} {self.terms(lang)}" if start else self.terms(lang)

    def row(self, lang: Language = "fr") -> tuple[str, str, str, str]:
        """What the bracket is for, its costs, its share and its ceiling, each in words."""
        low = self.cost_from if self.cost_from is not None else self.cost_above
        above = _ABOVE if self.cost_above is not None else _FROM
        costs = ""
        if low is not None and self.cost_to is not None:
            costs = f"{euros(low, lang)} – {euros(self.cost_to, lang)}"
        elif low is not None:
            costs = above.text(lang, cost=euros(low, lang))
        elif self.cost_to is not None:
            costs = _UP_TO.text(lang, cost=euros(self.cost_to, lang))
        ceiling = "" if self.ceiling is None else euros(self.ceiling, lang)
        return self.label.text(lang) if self.label else "", costs, self._share(lang), ceiling

    def _share(self, lang: Language) -> str:
        if self.rate is None:
            return ""
        shares = [decimal_words(rate, lang) for rate in (self.rate_from, self.rate) if rate]
        return _RATES[len(shares) - 1].text(lang, low=shares[0], rate=shares[-1])

    def terms(self, lang: Language = "fr") -> str:
        """The share and the ceiling, in words."""
        _, _, share, ceiling = self.row(lang)
        most = _AT_MOST.text(lang, most=ceiling) if ceiling else ""
        return ", ".join(filter(None, [share, most]))

    def holds(self, cost: Decimal) -> bool:
        """Whether a project of this cost, in euros, falls in the bracket."""
        return (
            (self.cost_from is None or cost >= self.cost_from)
            and (self.cost_above is None or cost > self.cost_above)
            and (self.cost_to is None or cost <= self.cost_to)
        )

    def most(self, cost: Decimal) -> Decimal | None:
        """The most that a project of this cost can receive, in euros; None where it is outside."""
        if not self.holds(cost):
            return None
        shares = [cost] if self.rate is None else [cost * self.rate / 100]
        return min(*shares, *([] if self.ceiling is None else [self.ceiling]), cost)


class Bonus(Record, frozen=True):
    """
    What an aid adds, in percent, and for what.

    The sources do not say whether it adds to the rate or to the amount.
    """

    label: Text
    rate: Number
    as_written: Written
    citations: Citations

    def words(self, lang: Language = "fr", name: Namer = str) -> str:  # noqa: ARG002
        """The bonus in one line."""
        rate = _RATES[0].text(lang, low="", rate=decimal_words(self.rate, lang))
        return f"+ {rate}{colon('', lang)} {self.label.text(lang)}"


class Eligibility(Record, frozen=True):
    """
    Who may apply: an audience or actor, and what the source asks of it.

    `population_below` is the number of inhabitants that it must stay under, `population_of` whose
    they are: its own (`applicant`), or those of the inter-municipal body that it belongs to
    (`epci`). `condition` says what else is asked, in our words. `as_written` prints the number
    where there is one.
    """

    who: Annotated[EntityId, Among(("actor", "audience"))]
    population_below: Number | None = None
    population_of: Literal["applicant", "epci"] | None = None
    condition: Text | None = None
    as_written: Written | None = None
    citations: Citations

    def words(self, lang: Language = "fr", name: Namer = str) -> str:
        """Who may apply, and on what condition."""
        parts = [name(self.who)]
        if self.population_below is not None:
            limit = decimal_words(self.population_below, lang)
            parts.append((_EPCI if self.population_of == "epci" else _OWN).text(lang, limit=limit))
        parts += [self.condition.text(lang)] if self.condition else []
        return ", ".join(parts)

    @model_validator(mode="after")
    def _number_is_shown(self) -> "Eligibility":
        if (self.population_below is None) != (self.as_written is None):
            raise refuse(problems.NEEDS_AS_WRITTEN)
        return self


class Rule(Record, frozen=True):
    """What an aid asks of every project, in our words."""

    text: Text
    citations: Citations

    def words(self, lang: Language = "fr", name: Namer = str) -> str:  # noqa: ARG002
        """The rule as a person reads it."""
        return self.text.text(lang)


class Criterion(Record, frozen=True):
    """
    One line of the grid by which applications are marked.

    Attributes:
        label: its official name.
        points: the most that it counts for.
        total: the points of the whole grid.
        about: the ids that an application must serve to be marked here.
        as_written: how the source prints the points.
        citations: where it does.

    """

    label: Name
    points: Number
    total: Number
    about: Several[EntityId] = ()
    as_written: Several[Written] = Field(min_length=1)
    citations: Citations

    def words(self, lang: Language = "fr", name: Namer = str) -> str:
        """The criterion and its points, and what it is about."""
        points = f"{decimal_words(self.points, lang)} / {decimal_words(self.total, lang)}"
        about = f" ({', '.join(map(name, self.about))})" if self.about else ""
        return f"{colon(self.label.text(lang) + about, lang)} {points}"

    @model_validator(mode="after")
    def _is_a_part(self) -> "Criterion":
        if self.points > self.total:
            raise refuse(problems.BAD_BOUNDS)
        return self


class Deadline(Record, frozen=True):
    """A day by which something has to be done, in our words, within the life of an aid."""

    text: Text
    date: EdtfDate
    as_written: Written
    citations: Citations

    def words(self, lang: Language = "fr", name: Namer = str) -> str:  # noqa: ARG002
        """The day and what has to be done by then."""
        return f"{colon(day_words(self.date.text, lang), lang)} {self.text.text(lang)}"


class Aid(Entity, frozen=True):
    """
    A support measure or call for projects; one that holds others passes its rules on to them.

    Attributes:
        eligible: who may apply; empty where the source does not say, or says it of its parts.
        brackets: what is granted, by cost of the project.
        bonuses: what may be added.
        eligible_costs: the expenses that count, as the source names them.
        rules: what every project must keep to.
        criteria: the grid by which applications are marked, in its order.
        deadlines: days within its life, such as those of a selection in between.
        dossier: what an application must hold, as the source names it.
        opens: the first day, as precise as the source; what is printed may be a whole period.
        closes: the last day, likewise.
        url: the page where one applies.

    """

    kind: Literal["aid"]
    noun: ClassVar[Noun] = Noun(("aid", "aids"), ("aide", "aides"))
    parents: ClassVar[tuple[str, ...]] = ("aid",)
    eligible: Several[Eligibility] = ()
    brackets: Several[Bracket] = ()
    bonuses: Several[Bonus] = ()
    eligible_costs: Several[Wording] = ()
    rules: Several[Rule] = ()
    criteria: Several[Criterion] = ()
    deadlines: Several[Deadline] = ()
    dossier: Several[Wording] = ()
    opens: CitedDate | None = None
    closes: CitedDate | None = None
    url: Url | None = None

    def table(self, lang: Language = "fr") -> tuple[tuple[str, ...], ...]:
        """
        What it grants as a table: a header, and for each bracket its cost, share and ceiling.

        Examples:
            >>> import ppun_bfc
            >>> aid = ppun_bfc.load("2020.10.2").aids["developper-les-tiers-lieux"]
            >>> aid.table("en")[:2]
            (('Cost', 'Share', 'Ceiling'), ('€100,000 – €200,000', '50%', '€100,000'))

        """
        rows = [bracket.row(lang) for bracket in self.brackets]
        named = any(row[0] for row in rows)
        header = tuple(word.text(lang) for word in _COLUMNS)
        return tuple(row if named else row[1:] for row in (header, *rows)) if rows else ()

    def sections(self, lang: Language, name: Namer = str) -> Iterator[Section]:
        """What it tells, its brackets as a table."""
        for section in super().sections(lang, name):
            is_table = section.title == FIELDS["brackets"].text(lang)
            yield Section(section.title, (), self.table(lang)) if is_table else section

    def in_force(self, on: Day) -> bool | None:
        """Whether it takes applications that day; None where no source tells."""
        day = as_day(on)
        start, end = self.opens and self.opens.date, self.closes and self.closes.date
        if (start and day < start.first) or (end and day > end.last):
            return False
        unsure = (start and day < start.last) or (end and day > end.first)
        return None if unsure or not (start or end) else True
