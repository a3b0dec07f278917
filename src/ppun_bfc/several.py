"""One thing, or several: a text is one, although one could go through its letters."""

from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import Any, Protocol, TypeVar, overload

from .errors import WrongType
from .languages import Phrase

__all__ = ["Many", "each"]

_T = TypeVar("_T")
_T_co = TypeVar("_T_co", covariant=True)


class Many(Protocol[_T_co]):
    """
    A list, tuple, set, dictionary or collection.

    A text is none to a type checker, since it says of texts only whether it contains them.
    """

    def __contains__(self, item: object, /) -> bool: ...
    def __iter__(self) -> Iterator[_T_co]: ...


@overload
def each(given: str | Iterable[str], expected: Phrase) -> list[str]: ...
@overload
def each(
    given: "str | PurePath | Iterable[str | PurePath]", expected: Phrase
) -> list[str | PurePath]: ...
@overload
def each(given: Iterable[_T], expected: Phrase) -> list[_T]: ...
def each(given: Any, expected: Phrase) -> list[Any]:
    """
    One thing as a list of one, several as a list.

    Raises:
        WrongType: where it is neither a text, a path nor something to go through.

    >>> each("a.json", Phrase("paths", "des chemins")), each(["a", "b"], Phrase("x", "x"))
    (['a.json'], ['a', 'b'])
    """
    if isinstance(given, str | PurePath):
        return [given]
    try:
        return list(given)
    except TypeError:
        raise WrongType.of(given, expected) from None
