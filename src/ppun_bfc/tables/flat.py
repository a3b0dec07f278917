"""
Records as flat tables, by the types of their fields.

A text in two languages becomes `_fr` and `_en`; a date its text, `_first` and `_last`; a record its
fields, each behind its own name; an id a foreign key; several values a child table, whose key is that
of its owner and a position. A new field of a known type costs no line here.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import cast

from ..languages import FIELDS, Phrase
from ..models import Citation, EdtfDate, Record
from ..models.walk import Field, documented, fields_of, records
from .table import Cell, Column, ColumnType, ForeignKey, Table
from .titles import COLUMNS

__all__ = ["Key", "citations", "column", "family"]

_TYPES: tuple[tuple[type, ColumnType], ...] = ((bool, "boolean"), (Decimal, "decimal"))
_DAYS: tuple[tuple[str, Callable[[object], Cell]], ...] = (
    ("first", lambda date: cast("EdtfDate", date).first),
    ("last", lambda date: cast("EdtfDate", date).last),
)


@dataclass(frozen=True)
class Key:
    """
    What tells the rows of a table apart, as its children name it.

    Attributes:
        table: the table.
        columns: its key, as named in a child.
        targets: its key, as named in the table itself.

    """

    table: str
    columns: tuple[Column, ...]
    targets: tuple[str, ...]

    def foreign(self) -> ForeignKey:
        """How a child refers to it."""
        return ForeignKey(tuple(c.name for c in self.columns), self.table, self.targets)


@dataclass(frozen=True)
class _Leaf:
    """A column, where its value stands in a record, and how it is read there."""

    column: Column
    path: tuple[str, ...]
    read: Callable[[object], Cell]
    target: str = ""


def column(
    name: str,
    type: ColumnType = "text",
    *,
    required: bool = False,
    choices: tuple[str, ...] = (),
    title: Phrase | None = None,
    description: str = "",
) -> Column:
    """A column; without a title it is called by its name."""
    return Column(name, type, title or _word(name), description, required, choices)


def _word(name: str, model: str = "") -> Phrase:
    """How a field is called; one that has no words yet, by its name."""
    told = name.replace("_", " ").capitalize()
    found = COLUMNS.get(f"{model}.{name}") or COLUMNS.get(name) or FIELDS.get(name)
    return found or Phrase(told, told)


def _title(*words: Phrase) -> Phrase:
    """How a value is called, behind what holds it."""
    said = [word for word in words if word.en]
    return Phrase(" – ".join(word.en for word in said), " – ".join(word.fr for word in said))


def _leaves(
    model: type[Record],
    path: tuple[str, ...] = (),
    words: tuple[Phrase, ...] = (),
    *,
    optional: bool = False,
) -> Iterator[_Leaf]:
    """The columns of a record, and of the single records in it."""
    _, said = documented(model)
    for field in fields_of(model):
        here, maybe = (*path, field.name), optional or field.optional
        told = (*words, _word(field.name, model.__name__))
        if field.many:
            continue
        if inner := _inner(field):
            yield from _leaves(inner, here, told, optional=maybe)
            continue
        about = said.get(field.name, "")
        yield _leaf(field, here, _title(*told), required=not maybe, description=about)
        if issubclass(field.type, EdtfDate):
            for day, read in _DAYS:
                title = _title(*told, _word(day))
                name = "_".join((*here, day))
                made = column(name, "date", required=not maybe, title=title)
                yield _Leaf(made, here, read)


def _inner(field: Field) -> type[Record] | None:
    """The model of the records that a field holds; None where it holds none."""
    found: type = field.type
    return found if issubclass(found, Record) else None


def _leaf(
    field: Field,
    path: tuple[str, ...],
    title: Phrase,
    *,
    required: bool,
    description: str = "",
) -> _Leaf:
    found: ColumnType = "text"
    for type, name in _TYPES:
        found = name if issubclass(field.type, type) else found
    made = Column("_".join(path), found, title, description, required, field.choices)
    target = next((role for role in ("entity", "document") if role in field.roles), "")
    return _Leaf(made, path, str if found == "text" else _plain, target)


def _plain(value: object) -> Cell:
    assert isinstance(value, bool | Decimal)
    return value


def _branches(model: type[Record], path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Where a record, or a single record in it, holds several values; citations are told apart."""
    for field in fields_of(model):
        here = (*path, field.name)
        if field.many and field.type is not Citation:
            yield here
        elif not field.many and (inner := _inner(field)):
            yield from _branches(inner, here)


@cache
def _plan(model: type[Record]) -> tuple[_Leaf, ...]:
    return tuple(_leaves(model))


def _at(record: Record, path: Sequence[str]) -> object:
    """The value of a field; None where what holds it is not said."""
    value: object = record
    for name in path:
        value = None if value is None else getattr(value, name)
    return value


def _field(model: type[Record], path: Sequence[str]) -> Field:
    for name in path[:-1]:
        model = next(f for f in fields_of(model) if f.name == name).type
    return next(field for field in fields_of(model) if field.name == path[-1])


def _row(record: Record, leaves: Iterable[_Leaf]) -> tuple[Cell, ...]:
    found = ((leaf, _at(record, leaf.path)) for leaf in leaves)
    return tuple([None if value is None else leaf.read(value) for leaf, value in found])


def _foreign(leaves: Iterable[_Leaf]) -> tuple[ForeignKey, ...]:
    return tuple(
        ForeignKey((leaf.column.name,), leaf.target, ("id",)) for leaf in leaves if leaf.target
    )


def family(
    name: str,
    title: Phrase,
    model: type[Record],
    found: Sequence[Record],
    *,
    key: tuple[str, ...] = ("id",),
    foreign: tuple[ForeignKey, ...] = (),
    common: frozenset[str] = frozenset(),
) -> Iterator[Table]:
    """
    The table of some records of a model, and a table for each field in which they hold several values.

    Fields named in `common` are told by the table that all share: their children stand there.
    """
    leaves = _plan(model)
    ranked = column("position", "integer", required=True)
    rows = tuple([(*_row(record, leaves), place) for place, record in enumerate(found, 1)])
    columns = (*(leaf.column for leaf in leaves), ranked)
    about, _ = documented(model)
    yield Table(name, title, about, columns, key, (*foreign, *_foreign(leaves)), rows)
    by_name = {leaf.column.name: leaf.column for leaf in leaves}
    owner = Key(
        name,
        (column(name, required=True),) if key == ("id",) else tuple(by_name[part] for part in key),
        key,
    )
    items = [(tuple(str(getattr(record, part)) for part in key), record) for record in found]
    yield from _children(name, title, owner, model, items, common)


def _children(
    name: str,
    title: Phrase,
    owner: Key,
    model: type[Record],
    items: Sequence[tuple[tuple[Cell, ...], Record]],
    common: frozenset[str] = frozenset(),
) -> Iterator[Table]:
    """A table for each field in which some records, each with its key, hold several values."""
    for path in _branches(model):
        if path[0] in common:
            continue
        field = _field(model, path)
        own = f"{name}_{'_'.join(path)}"
        full = _title(title, *(_word(part) for part in path))
        place = column("position", "integer", required=True)
        held = [
            ((*key, at), value)
            for key, record in items
            for at, value in enumerate(_several(record, path), 1)
        ]
        foreign: tuple[ForeignKey, ...] = (owner.foreign(),)
        columns: tuple[Column, ...]
        rows: tuple[tuple[Cell, ...], ...]
        about = ""
        if inner := _inner(field):
            leaves = _plan(inner)
            columns = tuple(leaf.column for leaf in leaves)
            rows = tuple([(*key, *_row(value, leaves)) for key, value in held])  # type: ignore[arg-type]
            foreign = (*foreign, *_foreign(leaves))
            about, _ = documented(inner)
        elif field.paired:
            columns = (column("register", required=True), column("value", required=True))
            rows = tuple([(*key, *value) for key, value in held])  # type: ignore[misc]
        else:
            leaf = _leaf(field, path[-1:], _word(path[-1]), required=True)
            columns = (leaf.column,)
            rows = tuple([(*key, leaf.read(value)) for key, value in held])
            foreign = (*foreign, *_foreign((leaf,)))
        keys = (*owner.columns, place)
        named = tuple(c.name for c in keys)
        yield Table(own, full, about, (*keys, *columns), named, foreign, rows)
        if inner:
            below = column("_".join(path), "integer", required=True)
            under = Key(own, (*owner.columns, below), named)
            yield from _children(own, full, under, inner, held)  # type: ignore[arg-type]


def _several(record: Record, path: Sequence[str]) -> tuple[object, ...]:
    return cast("tuple[object, ...]", _at(record, path) or ())


def citations(
    name: str,
    title: Phrase,
    owner: Key,
    items: Iterable[tuple[tuple[Cell, ...], Record]],
) -> Table:
    """
    Where some records, each with its key, stand in the sources.

    `part` says what of the record a place is for, such as "brackets/1": "whole" for all of it.
    """
    leaves = _plan(Citation)
    keys = (
        *owner.columns,
        column("part", required=True),
        column("position", "integer", required=True),
    )
    rows = [
        (*key, "/".join(_place(path[:-2])) or "whole", int(path[-1]) + 1, *_row(inner, leaves))
        for key, record in items
        for path, inner in records(record)
        if isinstance(inner, Citation)
    ]
    about, _ = documented(Citation)
    named = tuple(c.name for c in keys)
    columns = (*keys, *(leaf.column for leaf in leaves))
    return Table(
        name, title, about, columns, named, (owner.foreign(), *_foreign(leaves)), tuple(rows)
    )


def _place(path: Iterable[str | int]) -> Iterator[str]:
    """A path as tables count: from one on."""
    for part in path:
        yield str(part + 1) if isinstance(part, int) else part
