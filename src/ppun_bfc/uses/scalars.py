"""The scalars of YAML, each with where it is spelled, by the parser's own events."""

import re
from collections.abc import Iterator

from .. import problems
from ..errors import InvalidData, Place
from .sql import doubled
from .strings import resolved
from .values import Value

__all__ = ["scalars"]

#: A line that is folded: its end, and the space around it.
_FOLD = re.compile(r"[ \t]*\r?\n\s*")


def scalars(text: str, place: str) -> Iterator[Value]:
    """
    The scalars of YAML; a key knows its mapping, an item its list.

    Raises:
        InvalidData: where it is not YAML.

    """
    import yaml
    from yaml.events import (
        MappingEndEvent,
        MappingStartEvent,
        ScalarEvent,
        SequenceEndEvent,
        SequenceStartEvent,
    )

    # The parser takes a byte order mark away, and then counts without it.
    shift = len(text) - len(text.removeprefix("\ufeff"))
    open_: list[tuple[bool, int]] = []
    keys: list[bool] = []
    number = 0
    try:
        for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            is_key = bool(keys) and keys[-1]
            if isinstance(event, MappingStartEvent | SequenceStartEvent):
                number += 1
                mapping = isinstance(event, MappingStartEvent)
                if keys and open_[-1][0]:
                    keys[-1] = not is_key
                open_.append((mapping, number))
                keys.append(mapping)
            elif isinstance(event, MappingEndEvent | SequenceEndEvent):
                open_.pop()
                keys.pop()
            else:
                if isinstance(event, ScalarEvent):
                    counts = bool(open_) and (is_key or not open_[-1][0])
                    among = open_[-1][1] if counts else None
                    yield _scalar(text, shift, event, among)
                if keys and open_[-1][0] and hasattr(event, "anchor"):
                    keys[-1] = not is_key
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        where = Place(place, line, column)
        raise InvalidData.of(problems.SYNTAX, where, problem=problem) from None


def _scalar(text: str, shift: int, event: object, among: int | None) -> Value:
    start = getattr(event, "start_mark").index + shift  # noqa: B009
    end = getattr(event, "end_mark").index + shift  # noqa: B009
    style = getattr(event, "style", None)
    said = str(getattr(event, "value"))  # noqa: B009
    if style in ("'", '"'):
        start = text.index(style, start)  # an anchor or tag stands before
        inner = text[start + 1 : end - 1]
        single = style == "'"
        found = (
            doubled(inner, start + 1, "'", among)
            if single
            else resolved(text, 0, start + 1, end - 1, among)
        )
    else:  # plain or block: an id has no space, so folding and indentation do not matter
        start = end - len(said) if text.endswith(said, start, end) else start
        found = Value(text[start:end], start, among=among)
    if style in ("'", '"') and found.text != said and _FOLD.sub(" ", found.text) != said:
        return Value(said, start, [start] * (len(said) + 1), among, exact=False)
    return found
