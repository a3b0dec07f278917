"""One thing, or several: a text is one, although one could go through its letters."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePath
from typing import Protocol, TypeAlias, TypeVar

from .errors import WrongType
from .languages import Phrase

__all__ = ["Many", "Progress", "each", "paths", "texts", "watched"]

_T = TypeVar("_T")
_T_co = TypeVar("_T_co", covariant=True)


class Many(Protocol[_T_co]):
    """
    A list, tuple, set, dictionary or collection.

    A text is none to a type checker, since it says of texts only whether it contains them.
    """

    def __contains__(self, item: object, /) -> bool: ...
    def __iter__(self) -> Iterator[_T_co]: ...


#: Is told how many of how many are done; of 0 where nobody knows.
Progress: TypeAlias = Callable[[int, int], object]


def watched(items: Iterable[_T], progress: Progress | None, of: int = 0) -> Iterator[_T]:
    """
    The items, and before each word of how many are done.

    >>> list(watched("ab", lambda done, of: print(done, "of", of), 2))
    0 of 2
    1 of 2
    ['a', 'b']

    """
    for done, item in enumerate(items):
        if progress is not None:
            progress(done, of)
        yield item


def each(given: Iterable[_T], expected: Phrase) -> list[_T]:
    """
    Several things as a list.

    Raises:
        WrongType: where it is nothing to go through.

    """
    try:
        return list(given)
    except TypeError:
        raise WrongType.of(given, expected) from None


def texts(given: str | Iterable[str], expected: Phrase) -> list[str]:
    """
    One text as a list of one, several as a list.

    Raises:
        WrongType: where it is neither.

    >>> texts("scheme:srdeii", Phrase("ids", "des identifiants"))
    ['scheme:srdeii']

    """
    return [given] if isinstance(given, str) else each(given, expected)


def paths(given: str | PurePath | Iterable[str | PurePath], expected: Phrase) -> list[Path]:
    """
    One path as a list of one, several as a list.

    Raises:
        WrongType: where it is neither, or something in it is no path.

    >>> [path.name for path in paths("a.json", Phrase("paths", "des chemins"))]
    ['a.json']

    """
    found = [given] if isinstance(given, str | PurePath) else each(given, expected)
    try:
        return [Path(path) for path in found]
    except TypeError:
        raise WrongType.of(given, expected) from None
