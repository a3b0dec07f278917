"""The columns of SQLite databases."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from .. import problems
from ..errors import InvalidData, Place, UnreadableFile
from .sources import Use

if TYPE_CHECKING:
    import sqlite3

__all__ = ["in_database"]


def in_database(path: Path, columns: Sequence[str]) -> Iterator[Use]:
    """The values of some columns of a database, which is opened for reading only."""
    import sqlite3
    from contextlib import closing

    place = str(path)
    wanted = [column for column in columns if "." in column]
    if not wanted:
        raise InvalidData.of(problems.NEEDS_COLUMNS, Place(place))
    if not path.is_file():
        raise UnreadableFile(place, "no such file")
    address = f"{path.resolve().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(address, uri=True)) as base:
            for column in wanted:
                yield from _in_column(base, place, *column.rsplit(".", 1))
    except sqlite3.Error as error:
        raise InvalidData.of(problems.SYNTAX, Place(place), problem=str(error)) from None


def _in_column(base: "sqlite3.Connection", place: str, table: str, name: str) -> Iterator[Use]:
    known = [str(row[1]) for row in base.execute(f"PRAGMA table_info({_quote(table)})")]
    if name not in known:
        tables = [str(row[0]) for row in base.execute("SELECT name FROM sqlite_master")]
        names = ", ".join(known or tables)[:200]
        given = {"name": f"{table}.{name}", "names": names, "delimiter": "."}
        raise InvalidData.of(problems.NO_COLUMN, Place(place), **given)
    query = f"SELECT rowid, {_quote(name)} FROM {_quote(table)}"  # noqa: S608 - names are quoted
    for row, value in base.execute(query):
        if value not in (None, ""):
            where = Place(place, record=f"{table}[{row}]", field=name)
            yield Use(str(value), where, True, 0)


def _quote(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
