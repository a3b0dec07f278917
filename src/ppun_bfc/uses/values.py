"""What a file says: its values, each with where it is spelled, and the ids that stand in them."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from ..models import ENTITY_TYPES

__all__ = ["FILLED", "Named", "Value", "named"]

#: Stands for what a text fills in, so that an id that is made of parts is none.
FILLED = "\ufffc"
_ID = rf"(?:{'|'.join(ENTITY_TYPES)}):[a-z0-9]++(?:-[a-z0-9]++)*+"
_WHOLE = re.compile(_ID)
#: An id in a text, apart from what stands around it: no part of an address, a path or a word.
_INSIDE = re.compile(rf"(?<![\w:/.@{FILLED}-]){_ID}(?![\w:/@{FILLED}-]|\.\w)")
#: Several ids as people write them into one value: a|b, a;b, a, b, ['a', 'b'], {"a","b"}.
_ONE = rf"""[ ]*+["']?{_ID}["']?[ ]*+"""
_SEVERAL = re.compile(rf"[\[{{(]?{_ONE}(?:[|;,]{_ONE})*+[\]}})]?")
_PART = re.compile(r"[^|;,]++")
#: What stands around a part of a list: brackets, quotation marks, space.
_AROUND = " \t\r\n[](){}\"'"


class Value(NamedTuple):
    """
    One value of a file.

    Attributes:
        text: what it says, its escapes resolved.
        start: where its spelling begins in the text of the file.
        spelled: where each character of `text` is spelled, and where the last one ends; None where
            each is spelled as itself, one after the other.
        among: the mapping that it is a key of, or the list that it stands in, as a number; None
            where what stands beside it does not matter.
        alone: whether it may be an id as a whole; what is prose holds ids only inside.
        exact: whether its spelling is known; else it is told, and never rewritten.

    """

    text: str
    start: int
    spelled: Sequence[int] | None = None
    among: int | None = None
    alone: bool = True
    exact: bool = True

    def at(self, position: int) -> int:
        """Where in the file a character of the text is spelled."""
        return self.start + position if self.spelled is None else self.spelled[position]


class Named(NamedTuple):
    """
    An id in a value.

    Attributes:
        id: the id.
        start: where its spelling begins.
        end: where it ends.
        whole: whether it is a value of its own, or one of a list of ids.
        among: what it must be unique among, as a number.

    """

    id: str
    start: int
    end: int
    whole: bool
    among: tuple[int, ...] | None


def named(value: Value, known: Callable[[str], bool], *, chosen: bool = False) -> Iterator[Named]:
    """
    The ids that a value names.

    Args:
        value: the value.
        known: whether some version has an id, for ids inside longer texts.
        chosen: whether it was said that the value holds ids and nothing else.

    """
    text = value.text
    if not chosen and ":" not in text:
        return
    among = None if value.among is None else (value.among,)
    if value.alone and _WHOLE.fullmatch(text):
        yield _named(value, text, 0, among)
    elif chosen or (value.alone and _SEVERAL.fullmatch(text)):
        # What stands in one cell is a list of its own.
        for part in _PART.finditer(text):
            inner = part[0].lstrip(_AROUND)
            if id := inner.rstrip(_AROUND):
                yield _named(value, id, part.end() - len(inner), (value.start, -1))
    else:
        for match in _INSIDE.finditer(text):
            if known(match[0]):
                start, end = value.at(match.start()), value.at(match.end())
                yield Named(match[0], start, end, whole=False, among=None)


def _named(value: Value, id: str, position: int, among: tuple[int, ...] | None) -> Named:
    start, end = value.at(position), value.at(position + len(id))
    return Named(id, start, end, whole=value.exact, among=among)
