"""The small values that records are made of: texts, ids, dates, quantities."""

import calendar
import re
import sys
from datetime import date, datetime
from decimal import Decimal
from functools import total_ordering
from typing import Annotated, Literal, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StringConstraints,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

__all__ = [
    "DECIMAL",
    "ID",
    "Change",
    "Code",
    "EdtfDate",
    "EntityId",
    "Flag",
    "Language",
    "Line",
    "Name",
    "Nature",
    "Number",
    "OfficialName",
    "Qualifier",
    "Record",
    "Text",
    "Unit",
    "Written",
    "well_formed_id",
]

Language: TypeAlias = Literal["fr", "en"]

#: The form of an id, and of a decimal number.
ID = re.compile(r"[a-z]+:[a-z0-9]+(?:-[a-z0-9]+)*")
_SLUG_LENGTH = 60
DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,9})?")
_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_NAME_WORDS = 45
_WRITTEN_WORDS = 8


class Record(BaseModel, frozen=True, strict=True, extra="forbid", defer_build=True):
    """Base of every model here: immutable, hashable, strict, and closed to unknown fields."""

    # Subclasses say `frozen` again, so that type checkers let a kind narrow the type of a field.


def well_formed_id(value: str) -> str:
    """The id, unless it is not `kind:slug`."""
    if not ID.fullmatch(value) or len(value.partition(":")[2]) > _SLUG_LENGTH:
        raise PydanticCustomError("bad-id", "not an id")
    # One object for each id: links repeat them, and tables find the same object at once.
    return sys.intern(value)


def _at_most(limit: int, value: str) -> str:
    # "50 %" is one word: a mark that stands alone is none.
    if (count := sum(any(map(str.isalnum, word)) for word in value.split())) > limit:
        given = {"count": count, "limit": limit}
        raise PydanticCustomError("too-many-words", "too many words", given)
    return value


def _parse_decimal(value: object) -> Decimal:
    if isinstance(value, Decimal):
        value = str(value)
    if not isinstance(value, str) or not DECIMAL.fullmatch(value):
        raise PydanticCustomError("bad-decimal", "not a decimal number")
    return Decimal(value)


def _parse_flag(value: object) -> object:
    # Authoring YAML has text only; JSON has true and false.
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


#: One line or paragraph of text, not empty, without space around it.
Line: TypeAlias = Annotated[str, StringConstraints(min_length=1, pattern=r"^\S(?:[\s\S]*\S)?$")]
#: An official name: at most 45 words.
OfficialName: TypeAlias = Annotated[Line, AfterValidator(lambda v: _at_most(_NAME_WORDS, v))]
#: A phrase of a source, at most 8 words: how it prints a quantity or a date, or an anchor.
Written: TypeAlias = Annotated[Line, AfterValidator(lambda v: _at_most(_WRITTEN_WORDS, v))]
#: A stable id, `kind:slug`.
EntityId: TypeAlias = Annotated[str, AfterValidator(well_formed_id)]
#: An exact decimal number; text in JSON, so that no reader rounds it.
Number: TypeAlias = Annotated[Decimal, BeforeValidator(_parse_decimal)]
#: True or false.
Flag: TypeAlias = Annotated[bool, BeforeValidator(_parse_flag)]
#: An outside identifier: (register, value), such as ("siren", "200053726").
Code: TypeAlias = tuple[Line, Line]

#: What a figure counts. Money is ISO 4217, shares are `percent` and their differences `percentage
#: point`, `times` tells how many times as much and `rank` a place in an order; the others are what
#: is counted, as singular nouns. The list grows with the data.
Unit: TypeAlias = Literal[
    "EUR",
    "EUR per kilometre",
    "EUR per passenger",
    "EUR per pupil",
    "percent",
    "percent per year",
    "percentage point",
    "point",
    "times",
    "rank",
    "year",
    "month",
    "day",
    "hour",
    "hour per day",
    "hour per week",
    "kilometre per day",
    "tonne",
    "tonne per year",
    "kilogram",
    "kilowatt-hour",
    "gigabyte",
    "action",
    "action sheet",
    "aid",
    "axis",
    "business",
    "campus",
    "centre",
    "commune",
    "configuration",
    "consultation",
    "contributor",
    "country",
    "course",
    "data item",
    "department",
    "device",
    "establishment",
    "event",
    "file",
    "goal",
    "inhabitant",
    "institution",
    "job",
    "line",
    "meeting",
    "member",
    "module",
    "objective",
    "pass",
    "person",
    "place",
    "principle",
    "priority",
    "project",
    "region",
    "school",
    "service",
    "site",
    "structure",
    "support scheme",
    "task",
    "university",
    "visit",
    "voucher",
    "work",
    "workshop",
]
#: How a source hedges a quantity.
Qualifier: TypeAlias = Literal["about", "more than", "less than", "at least", "up to"]
#: Whether a figure is a change, and of which sort: +45 % is relative, +50 M€ absolute.
Change: TypeAlias = Literal["relative", "absolute"]
#: What a figure is: measured, aimed at, spent or to be spent, or a rule.
Nature: TypeAlias = Literal["observed", "target", "budget", "rule"]


class Text(Record, frozen=True):
    """
    A text in French and English, in our own words.

    Examples:
        >>> from ppun_bfc.models import Text
        >>> Text(fr="énoncé", en="stated").text("en")
        'stated'

    """

    fr: Line
    en: Line

    def text(self, lang: Language = "fr") -> str:
        """The text in one language."""
        return self.en if lang == "en" else self.fr


class Name(Record, frozen=True):
    """
    A name: official and exact in French, with our courtesy translation where there is one.

    Examples:
        >>> from ppun_bfc.models import Name
        >>> Name(fr="SRADDET").text("en")
        'SRADDET'

    """

    fr: OfficialName
    en: OfficialName | None = None

    def text(self, lang: Language = "fr") -> str:
        """The name in one language; French where there is no other."""
        return (self.en or self.fr) if lang == "en" else self.fr


@total_ordering
class EdtfDate:
    """
    A date as precise as its source and no more: a year, month, day, or interval of them.

    The notation is EDTF level 0 (ISO 8601-2). Dates compare by their first day, then their last.

    Raises:
        ValueError: where `text` is not such a date.

    Examples:
        >>> from ppun_bfc.models import EdtfDate
        >>> period = EdtfDate("2018/2022")
        >>> period.first, period.last
        (datetime.date(2018, 1, 1), datetime.date(2022, 12, 31))
        >>> EdtfDate("2019-06") in EdtfDate("2018/2022")
        True
        >>> EdtfDate("2019") < EdtfDate("2019-06")
        True

    """

    __slots__ = ("first", "last", "text")
    text: str
    first: date
    last: date

    def __init__(self, text: str) -> None:
        start, slash, end = text.partition("/")
        first, last = _days(start)
        if slash:
            second, last = _days(end)
            if second < first:
                raise ValueError(f"{text!r} ends before it begins")
        for name, value in (("text", text), ("first", first), ("last", last)):
            object.__setattr__(self, name, value)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is immutable")

    @property
    def is_interval(self) -> bool:
        """Whether it runs from one date to another."""
        return "/" in self.text

    def __contains__(self, other: "EdtfDate | date") -> bool:
        if isinstance(other, datetime):
            other = other.date()
        if isinstance(other, date):
            return self.first <= other <= self.last
        return self.first <= other.first and other.last <= self.last

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"EdtfDate({self.text!r})"

    def __reduce__(self) -> "tuple[type[EdtfDate], tuple[str]]":
        return EdtfDate, (self.text,)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, EdtfDate) and self.text == other.text

    def __lt__(self, other: "EdtfDate") -> bool:
        return (self.first, self.last, self.text) < (other.first, other.last, other.text)

    def __hash__(self) -> int:
        return hash(self.text)

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls._validate,
            serialization=core_schema.to_string_ser_schema(),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, str]:
        return {"type": "string", "pattern": f"^{_DAY.pattern}(?:/{_DAY.pattern})?$"}

    @classmethod
    def _validate(cls, value: object) -> "EdtfDate":
        if isinstance(value, EdtfDate):
            return value
        try:
            return EdtfDate(value if isinstance(value, str) else "")
        except ValueError:
            raise PydanticCustomError("bad-date", "not a date") from None


def _days(text: str) -> tuple[date, date]:
    match = _DAY.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not a year, month or day")
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    last_month = month or 12
    first = date(year, month or 1, day or 1)
    return first, date(year, last_month, day or calendar.monthrange(year, last_month)[1])
