"""The one JSON form of a snapshot: strict reading, and bytes that depend on content only."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NotRequired, TypeAlias, TypedDict, cast

from . import problems
from .errors import InvalidData, Place
from .problems import Problem

__all__ = [
    "COLLECTIONS",
    "FORMAT",
    "VERSION",
    "Json",
    "JsonObject",
    "ParsedEntity",
    "ParsedLink",
    "Snapshot",
    "digest",
    "dump_line",
    "dump_snapshot",
    "parse",
    "version_key",
]

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"
JsonObject: TypeAlias = Mapping[str, Json]


class ParsedEntity(TypedDict):
    """An entity as parsed JSON; beside these, the fields of its kind."""

    id: str
    kind: str
    label: dict[str, str]
    wordings: NotRequired[list[dict[str, dict[str, str]]]]
    acronym: NotRequired[str]
    notation: NotRequired[str]
    summary: NotRequired[dict[str, str]]
    part_of: NotRequired[str]
    codes: NotRequired[list[list[str]]]
    citations: list[dict[str, str]]
    status: NotRequired[str]
    replaced_by: NotRequired[str]
    consider: NotRequired[list[str]]
    introduced_in: NotRequired[str]


class ParsedLink(TypedDict):
    """A link as parsed JSON."""

    source: str
    relation: str
    target: str
    basis: str
    modality: NotRequired[str]
    citations: list[dict[str, str]]
    rationale: NotRequired[dict[str, str]]


class Snapshot(TypedDict):
    """A version as parsed JSON."""

    format: int
    version: str
    edition: str
    released: str | None
    previous: str | None
    documents: list[JsonObject]
    relations: list[JsonObject]
    entities: list[ParsedEntity]
    links: list[ParsedLink]


#: The newest format that this release reads, and the one that it writes.
FORMAT = 2
#: A version: `edition.N`; a draft of the next one ends in `.dev0`.
VERSION = re.compile(r"[0-9]{4}\.[0-9]{2}\.(?:0|[1-9][0-9]{0,5})(?:\.dev0)?")

#: More digits than any number here has; Python itself fails on some thousands.
_INTEGER_DIGITS = 18
_DEEPEST = 50
_SURROGATE = re.compile("[\ud800-\udfff]")
#: Collections of a snapshot; they are written one record a line.
COLLECTIONS = ("documents", "relations", "entities", "links")


def digest(data: bytes) -> str:
    """
    `sha256:` and the hexadecimal SHA-256 of `data`.

    >>> digest(b"")[:15]
    'sha256:e3b0c442'
    """
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def version_key(version: str) -> tuple[int, ...]:
    """
    Sorts versions: 2020.10.9 before 2020.10.10.

    >>> sorted(["2020.10.10", "2020.10.9"], key=version_key)
    ['2020.10.9', '2020.10.10']
    """
    return tuple(int(part) for part in version.removesuffix(".dev0").split("."))


def dump_line(value: object) -> str:
    """
    One value as canonical JSON: sorted keys, no spaces, no escapes that UTF-8 makes needless.

    >>> dump_line({"b": ["é"], "a": None})
    '{"a":null,"b":["é"]}'
    """
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def dump_snapshot(snapshot: Snapshot | JsonObject) -> bytes:
    """A whole snapshot as canonical bytes: sorted keys, one record a line, UTF-8, LF."""
    members: list[str] = []
    for key in sorted(snapshot):
        value = cast("JsonObject", snapshot)[key]
        if key in COLLECTIONS:
            records = cast("Sequence[Json]", value)
            text = "[" + ",".join(f"\n{dump_line(record)}" for record in records) + "\n]"
        else:
            text = dump_line(value)
        members.append(f"{dump_line(key)}:{text}")
    return ("{" + ",\n".join(members) + "}\n").encode()


def parse(data: bytes, place: str) -> Json:
    """
    Read JSON from a source that is not trusted.

    Refuses what `json.loads` lets through: duplicate keys, NaN and infinities, lone surrogates,
    nesting or numbers beyond reason.

    Raises:
        InvalidData: with the one finding that stopped the reading.

    """
    try:
        text = data.decode("utf-8")
        if not text.strip():
            raise _refuse(place, problems.EMPTY)
        value: Json = json.loads(
            text,
            object_pairs_hook=lambda pairs: _object(place, pairs),
            parse_constant=lambda number: _number(place, number),
            parse_float=lambda number: _number(place, number),
            parse_int=lambda number: _integer(place, number),
        )
        if _depth(value) > _DEEPEST:
            raise _refuse(place, problems.TOO_DEEP, limit=_DEEPEST)
        if _SURROGATE.search(json.dumps(value, ensure_ascii=False)):
            raise _refuse(place, problems.CONTROL_CHARACTER)
    except UnicodeDecodeError as error:
        raise _refuse(place, problems.NOT_UTF8, offset=error.start) from None
    except json.JSONDecodeError as error:
        raise _refuse(
            place, problems.SYNTAX, error.lineno, error.colno, problem=error.msg
        ) from None
    except RecursionError:
        raise _refuse(place, problems.TOO_DEEP, limit=_DEEPEST) from None
    return value


def _refuse(
    place: str, problem: Problem, line: int = 0, column: int = 0, /, **given: str | int
) -> InvalidData:
    return InvalidData.of(problem, Place(place, line, column), **given)


def _depth(value: Json) -> int:
    depth, level = 0, [value]
    while level:
        depth += 1
        inner = [
            v.values() if isinstance(v, dict) else v for v in level if isinstance(v, dict | list)
        ]
        level = [item for items in inner for item in items]
    return depth


def _object(place: str, pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) != len(pairs):
        counts = Counter(key for key, _ in pairs)
        twice = next(key for key, count in counts.items() if count > 1)
        raise _refuse(place, problems.DUPLICATE_KEY, key=twice)
    return found


def _number(place: str, text: str) -> Json:
    raise _refuse(place, problems.BAD_NUMBER, number=text[:40])


def _integer(place: str, text: str) -> int:
    if len(text) > _INTEGER_DIGITS:
        raise _refuse(place, problems.BAD_NUMBER, number=text[:40])
    return int(text)
