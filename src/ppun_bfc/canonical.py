"""The one JSON form of a snapshot: strict reading, and bytes that depend on content only."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TypeAlias, cast

from .errors import Finding, InvalidData, Place

__all__ = [
    "FORMAT",
    "VERSION",
    "Json",
    "JsonObject",
    "digest",
    "dump_line",
    "dump_snapshot",
    "parse",
    "version_key",
]

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"
JsonObject: TypeAlias = Mapping[str, Json]

#: The newest format that this release reads, and the one that it writes.
FORMAT = 1
#: A version: `edition.N`; a draft of the next one ends in `.dev0`.
VERSION = re.compile(r"[0-9]{4}\.[0-9]{2}\.(?:0|[1-9][0-9]{0,5})(?:\.dev0)?")

#: More digits than any number here has; Python itself fails on some thousands.
_INTEGER_DIGITS = 18
_DEEPEST = 50
_SURROGATE = re.compile("[\ud800-\udfff]")
#: Collections of a snapshot that are written one record a line.
_COLLECTIONS = ("documents", "entities", "links", "relations")


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


def dump_snapshot(snapshot: JsonObject) -> bytes:
    """A whole snapshot as canonical bytes: sorted keys, one record a line, UTF-8, LF."""
    members = []
    for key in sorted(snapshot):
        value = snapshot[key]
        if key in _COLLECTIONS:
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
            raise _refuse(place, "empty")
        value: Json = json.loads(
            text,
            object_pairs_hook=lambda pairs: _object(place, pairs),
            parse_constant=lambda number: _number(place, number),
            parse_float=lambda number: _number(place, number),
            parse_int=lambda number: _integer(place, number),
        )
        if _depth(value) > _DEEPEST:
            raise _refuse(place, "too-deep", limit=_DEEPEST)
        if _SURROGATE.search(json.dumps(value, ensure_ascii=False)):
            raise _refuse(place, "control-character")
    except UnicodeDecodeError as error:
        raise _refuse(place, "not-utf8", offset=error.start) from None
    except json.JSONDecodeError as error:
        raise _refuse(place, "syntax", error.lineno, error.colno, problem=error.msg) from None
    except RecursionError:
        raise _refuse(place, "too-deep", limit=_DEEPEST) from None
    return value


def _refuse(
    place: str, code: str, line: int = 0, column: int = 0, **given: str | int
) -> InvalidData:
    where = Place(file=place, line=line, column=column)
    return InvalidData(place, (Finding(code, where, tuple(given.items())),))


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
        raise _refuse(place, "duplicate-key", key=twice)
    return found


def _number(place: str, text: str) -> Json:
    raise _refuse(place, "bad-number", number=text[:40])


def _integer(place: str, text: str) -> int:
    if len(text) > _INTEGER_DIGITS:
        raise _refuse(place, "bad-number", number=text[:40])
    return int(text)
