"""
What the fields of records are, found by their types: references, names, phrases, citations.

Rules, verification, the inventory and exports share this walk, so that a new field or kind is seen
by all of them.
"""

import inspect
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TypeAlias, cast, get_args, get_origin

from pydantic.fields import FieldInfo

from .citations import Citation
from .dates import EdtfDate
from .entity import Entity
from .values import Among, Record, Role

__all__ = [
    "Field",
    "Path",
    "Said",
    "documented",
    "fields_of",
    "records",
    "references",
    "said",
    "values",
]

#: Where a value stands in a record: names of fields, and positions.
Path: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True)
class Field:
    """
    One field of a model, by its type.

    Attributes:
        name: its name.
        roles: what its texts are to the rest of the library.
        kinds: the kinds that it may name; empty for any.
        type: the plain type of its values, such as `Decimal` or a model; `str` for texts.
        many: whether it holds several values.
        choices: the only texts that it may hold; empty for any.
        optional: whether it may hold nothing.
        paired: whether each of its several values is a pair.

    """

    name: str
    roles: frozenset[str]
    kinds: tuple[str, ...]
    type: type
    many: bool
    choices: tuple[str, ...]
    optional: bool
    paired: bool


@cache
def fields_of(model: type[Record]) -> tuple[Field, ...]:
    """The fields of a model, in order."""
    return tuple(_field(name, info) for name, info in model.model_fields.items())


def documented(model: type) -> tuple[str, dict[str, str]]:
    """What the docstring of a model says of it, and of each of its fields."""
    fields: dict[str, str] = {}
    for base in reversed(model.__mro__):
        _, _, listed = (base.__doc__ or "").partition("Attributes:")
        text = inspect.cleandoc(listed.partition("Examples:")[0])
        fields |= {
            name: " ".join(said.split())
            for name, said in re.findall(r"^(\w+): (.*(?:\n {4}.*)*)", text, flags=re.MULTILINE)
        }
    summary = re.split(r"\n\s*(?:Attributes|Examples|Raises):", inspect.getdoc(model) or "")[0]
    return " ".join(summary.split()), fields


def _field(name: str, info: FieldInfo) -> Field:
    found = [*_parts(info.annotation), *info.metadata]
    roles = frozenset(part.name for part in found if isinstance(part, Role))
    kinds = tuple(kind for part in found if isinstance(part, Among) for kind in part.kinds)
    types = [part for part in found if isinstance(part, type) and part is not type(None)]
    plain = next((t for t in types if t is not tuple), str)
    choices = tuple(part for part in found if isinstance(part, str))
    optional = type(None) in found
    depth = types.count(tuple)
    return Field(name, roles, kinds, plain, depth > 0, choices, optional, depth > 1)


def _parts(annotation: object) -> Iterator[object]:
    """Every type and every mark in an annotation."""
    inner = get_args(annotation)
    if get_origin(annotation) is tuple:
        yield tuple
    if not inner:
        yield annotation
    for part in inner:
        yield from _parts(part)


def values(record: Record, field: Field) -> Iterator[tuple[Path, object]]:
    """The values of one field, each with where it stands; none where there is nothing."""
    value = getattr(record, field.name)
    if field.many:
        for position, item in enumerate(cast("tuple[object, ...]", value)):
            yield (field.name, position), item
    elif value is not None:
        yield (field.name,), value


def records(record: Record, path: Path = ()) -> Iterator[tuple[Path, Record]]:
    """The record itself, and every record inside it, each with where it stands."""
    yield path, record
    for field in fields_of(type(record)):
        if issubclass(field.type, Record):
            for where, value in values(record, field):
                assert isinstance(value, Record)
                yield from records(value, (*path, *where))


def references(record: Record, role: str = "entity") -> Iterator[tuple[Path, str, Field]]:
    """Every id that a record or one inside it names, with where it stands and its field."""
    for path, inner in records(record):
        for field in fields_of(type(inner)):
            if role in field.roles:
                for where, value in values(inner, field):
                    yield (*path, *where), str(value), field


@dataclass(frozen=True)
class Said:
    """
    What one record says that a source says, with the places that it cites for it.

    Attributes:
        path: where the record stands.
        record: the record; what is inside it and cites for itself is told apart.
        citations: the places.
        names: official names, with where each stands; a name that we gave is none.
        written: phrases of a source.
        others: official numberings and addresses.
        numbers: its decimal numbers.
        dates: its dates.

    """

    path: Path
    record: Record
    citations: tuple[Citation, ...]
    names: tuple[tuple[Path, str], ...]
    written: tuple[tuple[Path, str], ...]
    others: tuple[str, ...]
    numbers: tuple[Decimal, ...]
    dates: tuple[EdtfDate, ...]


def said(record: Record) -> Iterator[Said]:
    """What a record, and each record inside it that cites for itself, says that a source says."""
    yield from _said(record, ())


def _said(record: Record, path: Path) -> Iterator[Said]:
    citations: tuple[Citation, ...] = getattr(record, "citations", ())
    found: dict[str, list[tuple[Path, object]]] = defaultdict(list)
    citing: list[tuple[Path, Record]] = []
    _collect(record, path, found, citing)
    names = [(where, str(name)) for where, name in found["name"]]
    if isinstance(record, Entity) and record.named_by_us:
        names = [(where, name) for where, name in names if where != ("label", "fr")]
    yield Said(
        path,
        record,
        citations,
        tuple(names),
        tuple((where, str(text)) for where, text in found["written"]),
        tuple(str(text) for role in ("notation", "url") for _, text in found[role]),
        tuple(value for _, value in found["value"] if isinstance(value, Decimal)),
        tuple(value for _, value in found["value"] if isinstance(value, EdtfDate)),
    )
    for where, inner in citing:
        yield from _said(inner, where)


def _collect(
    record: Record,
    path: Path,
    found: dict[str, list[tuple[Path, object]]],
    citing: list[tuple[Path, Record]],
) -> None:
    """Sort the values of a record by role, and those of records inside it that cite nothing."""
    for field in fields_of(type(record)):
        for where, value in values(record, field):
            here = (*path, *where)
            for role in field.roles:
                found[role].append((here, value))
            if isinstance(value, Decimal | EdtfDate):
                found["value"].append((here, value))
            elif isinstance(value, Record) and not isinstance(value, Citation):
                if "citations" in type(value).model_fields:
                    citing.append((here, value))
                else:
                    _collect(value, here, found, citing)
