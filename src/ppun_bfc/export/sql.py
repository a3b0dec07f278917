"""
A version as a script of SQL that SQLite (from 3.24) and PostgreSQL run alike, once or many times.

It makes the tables where they are missing. What other tables may point at (`entity`, the kinds,
`document`, `relation`) is updated row by row and never deleted; the rest is replaced. All of it
happens in one transaction.
"""

from collections.abc import Iterator
from datetime import date

from ..errors import UnknownField
from ..languages import Language
from ..migration import migrate
from ..models import ENTITY_TYPES
from ..policy import PolicyVersion
from ..tables import Cell, Column, ForeignKey, Table
from .mark import mark

__all__ = ["PREFIX", "literal", "moves", "quoted", "script", "statements"]

#: What the names of its tables begin with in somebody else's database.
PREFIX = "ppun_"
_TYPES = {
    "text": "TEXT",
    "decimal": "NUMERIC(27, 9)",
    "integer": "INTEGER",
    "boolean": "BOOLEAN",
    "date": "DATE",
}
#: What others may point at stays; what only says something of it is made anew.
_KEPT = frozenset({"document", "relation", "entity", *ENTITY_TYPES})
#: So many rows are written by one statement.
_ROWS = 200


def quoted(name: str) -> str:
    """
    A name as SQL writes it.

    >>> quoted("column")
    '"column"'
    """
    return '"' + name.replace('"', '""') + '"'


def literal(cell: Cell) -> str:
    """
    A value as SQL writes it; a number as text, so that no database rounds it on the way.

    >>> literal("l'État"), literal(None), literal(True)
    ("'l''État'", 'NULL', 'TRUE')
    """
    if cell is None:
        return "NULL"
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int):
        return str(cell)
    text = cell.isoformat() if isinstance(cell, date) else str(cell)
    return "'" + text.replace("'", "''") + "'"


def script(
    policy: PolicyVersion,
    lang: Language = "fr",
    *,
    prefix: str = PREFIX,
    foreign_keys: bool = True,
) -> bytes:
    """
    The script.

    Args:
        policy: the version.
        lang: the language of what it says of itself.
        prefix: what the names of tables begin with.
        foreign_keys: whether the database is to watch over what names what.

    """
    made = statements(policy, prefix=prefix, foreign_keys=foreign_keys)
    return ("\n".join([f"-- {mark(policy, lang)}", "BEGIN;", *made, "COMMIT;"]) + "\n").encode()


def moves(policy: PolicyVersion, target: str, lang: Language = "fr") -> bytes:
    """
    A script that moves one column of one table to a version, for SQLite and PostgreSQL.

    What a program may follow is moved in one statement; the ids that a person must decide on are
    told, and a query lists how often they stand there. Running it again changes nothing.

    Args:
        policy: the version to move to.
        target: the column, as `TABLE.COLUMN` or `SCHEMA.TABLE.COLUMN`.
        lang: the language of what it says of itself.

    Raises:
        UnknownField: where the target is none of that form.

    """
    *table, column = target.split(".")
    if not all((table, column, *table)):
        raise UnknownField("column", target, ("TABLE.COLUMN", "SCHEMA.TABLE.COLUMN"))
    where, name = ".".join(map(quoted, table)), quoted(column)
    old = [one.id for one in policy.entities(deprecated=True) if one.status == "deprecated"]
    found = migrate(old, policy)
    followed = {move.id: move.to for move in found if move.to}
    lines = [f"-- {mark(policy, lang)}", "BEGIN;"]
    if followed:
        cases = "\n".join(f"  WHEN {literal(id)} THEN {literal(to)}" for id, to in followed.items())
        lines.append(
            f"UPDATE {where} SET {name} = CASE {name}\n{cases}\nEND\n"  # noqa: S608 - quoted
            f"WHERE {name} IN ({', '.join(map(literal, followed))});"
        )
    lines.append("COMMIT;")
    if left := [move for move in found if not move.to]:
        lines += [f"-- {move.id}: {', '.join(move.choices) or '-'}" for move in left]
        lines.append(
            f"SELECT {name}, count(*) FROM {where}\n"  # noqa: S608 - quoted
            f"WHERE {name} IN ({', '.join(literal(move.id) for move in left)}) GROUP BY {name};"
        )
    return ("\n".join(lines) + "\n").encode()


def statements(
    policy: PolicyVersion, *, prefix: str = PREFIX, foreign_keys: bool = True
) -> Iterator[str]:
    """
    The statements, without the transaction around them.

    Args:
        policy: the version.
        prefix: what the names of tables begin with.
        foreign_keys: whether the database is to watch over what names what.

    """
    tables = policy.tables()
    for table in tables.values():
        yield _create(table, prefix, foreign_keys=foreign_keys)
    # What is replaced goes first, children before parents.
    for table in reversed(list(tables.values())):
        if table.name not in _KEPT:
            yield f"DELETE FROM {quoted(prefix + table.name)};"  # noqa: S608 - names of our own
    for table in tables.values():
        yield from _insert(table, prefix)


def _create(table: Table, prefix: str, *, foreign_keys: bool) -> str:
    parts = [_column(column) for column in table.columns]
    parts.append(f"PRIMARY KEY ({_names(table.key)})")
    if foreign_keys:
        parts += [_foreign(foreign, prefix) for foreign in table.foreign_keys]
    inner = ",\n  ".join(parts)
    return f"CREATE TABLE IF NOT EXISTS {quoted(prefix + table.name)} (\n  {inner}\n);"


def _column(column: Column) -> str:
    rest = " NOT NULL" if column.required else ""
    return f"{quoted(column.name)} {_TYPES[column.type]}{rest}"


def _foreign(foreign: ForeignKey, prefix: str) -> str:
    # Records name each other in any order, so it is looked at when the transaction ends.
    return (
        f"FOREIGN KEY ({_names(foreign.columns)}) REFERENCES "
        f"{quoted(prefix + foreign.table)} ({_names(foreign.targets)}) DEFERRABLE INITIALLY DEFERRED"
    )


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(map(quoted, names))


def _insert(table: Table, prefix: str) -> Iterator[str]:
    others = [name for name in table.names if name not in table.key]
    end = ";"
    if table.name in _KEPT:
        changed = ", ".join(f"{quoted(name)} = excluded.{quoted(name)}" for name in others)
        end = f"\nON CONFLICT ({_names(table.key)}) DO UPDATE SET {changed};"
    head = f"INSERT INTO {quoted(prefix + table.name)} ({_names(table.names)}) VALUES\n"
    for start in range(0, len(table.rows), _ROWS):
        rows = table.rows[start : start + _ROWS]
        yield head + ",\n".join(f"({', '.join(map(literal, row))})" for row in rows) + end
