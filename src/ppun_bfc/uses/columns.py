"""The columns of SQLite databases, which are opened for reading only."""

import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from .. import problems
from ..errors import InvalidData, Place, UnreadableFile

if TYPE_CHECKING:
    import sqlite3

__all__ = ["in_database"]

#: A query that takes more steps of SQLite's machine than this for a row is cut off.
_STEPS, _TURNS = 100_000, 10_000
#: So long another process that writes is waited for, in seconds.
_PATIENCE = 5.0
_HEADER = b"SQLite format 3\0"


def in_database(path: Path, columns: Sequence[str]) -> Iterator[tuple[Place, str]]:
    """
    The values of some columns of a database that hold text, each with its place.

    Raises:
        UnreadableFile: where there is no such file.
        InvalidData: where a column is not there, or the database cannot be read, and why.

    """
    import sqlite3

    place = str(path)
    wanted = [column for column in columns if "." in column]
    if not wanted:
        raise InvalidData.of(problems.NEEDS_COLUMNS, Place(place))
    try:
        with path.open("rb") as file:
            header = file.read(20)
    except OSError as error:
        raise UnreadableFile(place, error.strerror or str(error)) from None
    if header[:16] != _HEADER:
        raise InvalidData.of(problems.NOT_A_DATABASE, Place(place))
    # With write-ahead logging, a reader leaves files beside a database whose log is gone; nobody
    # writes to it then, so it may be read as it stands.
    logged = header[18:20] == b"\x02\x02" and not Path(f"{path}-wal").exists()
    address = f"{path.resolve().as_uri()}?mode=ro{'&immutable=1' if logged else ''}"
    try:
        with closing(sqlite3.connect(address, uri=True, timeout=_PATIENCE)) as base:
            base.text_factory = bytes  # one wrong byte must not hide the other rows
            for column in wanted:
                yield from _in_column(base, place, *column.rsplit(".", 1))
    except sqlite3.Error as error:
        raise _told(place, error) from None


def _told(place: str, error: "sqlite3.Error") -> InvalidData:
    code = getattr(error, "sqlite_errorname", "")
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return InvalidData.of(problems.LOCKED, Place(place))
    if code.startswith("SQLITE_INTERRUPT"):
        return InvalidData.of(problems.ENDLESS, Place(place))
    return InvalidData.of(problems.DATABASE, Place(place), reason=str(error))


def _in_column(
    base: "sqlite3.Connection", place: str, table: str, name: str
) -> Iterator[tuple[Place, str]]:
    # Generated columns are told by `table_xinfo` only; names do not depend on case.
    known = [_text(row[1]) for row in base.execute(f"PRAGMA table_xinfo({_quote(table)})")]
    column = next((found for found in known if found.casefold() == name.casefold()), None)
    if column is None:
        tables = [_text(row[0]) for row in base.execute("SELECT name FROM sqlite_master")]
        given = {"name": f"{table}.{name}", "names": ", ".join(known or tables)[:200]}
        raise InvalidData.of(problems.NO_COLUMN, Place(place), **given, delimiter=".")
    turns = 0

    def step() -> int:
        nonlocal turns
        turns += 1
        return turns > _TURNS

    base.set_progress_handler(step, _STEPS)
    for number, (row, value) in enumerate(_rows(base, table, column), 1):
        text = _text(value)
        if text:
            shown = row if isinstance(row, int) else number
            yield Place(place, record=f"{table}[{shown}]", field=name), text


def _rows(base: "sqlite3.Connection", table: str, column: str) -> Iterator[tuple[object, object]]:
    """The rows with their numbers, where they have such: views and some tables have none."""
    import sqlite3

    source = f"{_quote(column)} FROM {_quote(table)}"
    try:
        cursor = base.execute(f"SELECT rowid, {source}")
    except sqlite3.OperationalError as error:
        if not re.search("no such column: rowid", str(error)):
            raise
        cursor = base.execute(f"SELECT NULL, {source}")
    yield from cursor


def _text(value: object) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return "" if value is None else str(value)


def _quote(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
