"""Dates as precise as their source, and no more."""

import calendar
import re
from datetime import date, datetime
from typing import TypeAlias

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from .. import problems
from ..errors import WrongType
from ..languages import Phrase
from ..once import Immutable
from .values import refuse

__all__ = ["Day", "EdtfDate", "as_day"]

_Order: TypeAlias = tuple[date, date, str]
_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


class EdtfDate(Immutable):
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

    def _beside(self, other: object) -> "tuple[_Order, _Order] | None":
        """What to compare of this and of another date; None for what is none."""
        if isinstance(other, EdtfDate):
            return (self.first, self.last, self.text), (other.first, other.last, other.text)
        if isinstance(other, date):
            day = other.date() if isinstance(other, datetime) else other
            return (self.first, self.last, ""), (day, day, "")
        return None

    def __lt__(self, other: "EdtfDate | date") -> bool:
        return NotImplemented if (pair := self._beside(other)) is None else pair[0] < pair[1]

    def __le__(self, other: "EdtfDate | date") -> bool:
        return NotImplemented if (pair := self._beside(other)) is None else pair[0] <= pair[1]

    def __gt__(self, other: "EdtfDate | date") -> bool:
        return NotImplemented if (pair := self._beside(other)) is None else pair[0] > pair[1]

    def __ge__(self, other: "EdtfDate | date") -> bool:
        return NotImplemented if (pair := self._beside(other)) is None else pair[0] >= pair[1]

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
            raise refuse(problems.BAD_DATE, value=str(value)) from None


def _days(text: str) -> tuple[date, date]:
    match = _DAY.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not a year, month or day")
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    last_month = month or 12
    first = date(year, month or 1, day or 1)
    return first, date(year, last_month, day or calendar.monthrange(year, last_month)[1])


#: A day, as a caller gives it; of a `datetime`, the day counts.
Day: TypeAlias = date | EdtfDate | str

_A_DAY = Phrase("a day, such as a date or 2021-06-15", "un jour, comme une date ou 2021-06-15")


def as_day(given: Day) -> date:
    """
    The day that a caller means.

    Raises:
        WrongType: where it is none, or a whole month, year or interval.

    Examples:
        >>> as_day(datetime(2021, 6, 15, 12)), as_day("2021-06-15") == as_day(EdtfDate("2021-06-15"))
        (datetime.date(2021, 6, 15), True)

    """
    if isinstance(given, datetime):
        return given.date()
    if isinstance(given, date):
        return given
    try:
        found = given if isinstance(given, EdtfDate) else EdtfDate(given)
    except (TypeError, ValueError, AttributeError):
        raise WrongType.of(given, _A_DAY) from None
    if found.first != found.last:
        raise WrongType.of(given, _A_DAY)
    return found.first
