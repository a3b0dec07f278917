"""Amounts of money and people, as callers give them."""

import re
from decimal import Decimal
from typing import Protocol, SupportsFloat, SupportsIndex, TypeAlias

from ..errors import BadQuantity

__all__ = ["Amount", "amount"]


class _Ratio(Protocol):
    """A fraction, as those of Python and of other number libraries are."""

    @property
    def numerator(self) -> SupportsIndex: ...
    @property
    def denominator(self) -> SupportsIndex: ...


#: Euros or inhabitants, as a caller gives them: any whole number or fraction, or a text of one.
Amount: TypeAlias = Decimal | SupportsIndex | SupportsFloat | _Ratio | str


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
