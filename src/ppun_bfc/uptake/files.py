"""Items in files: CSV, Parquet, JSON lines and SQLite, each folded where it lies."""

import glob
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, cast

from ..errors import BadQuantity, UnknownField, UnreadableFile, need
from ..languages import Phrase
from ..several import Many, Progress, paths, watched
from .fold import fold, quoted
from .sets import TagSet, merged, split_tags

if TYPE_CHECKING:
    import duckdb

__all__ = ["read_files"]

_PATHS = Phrase("paths of files", "des chemins de fichiers")
_SQLITE = frozenset({".db", ".sqlite", ".sqlite3"})
_READERS = {
    ".parquet": "read_parquet({path})",
    ".csv": "read_csv({path}, all_varchar = true)",
    ".tsv": "read_csv({path}, all_varchar = true)",
    ".json": "read_json_auto({path})",
    ".jsonl": "read_json_auto({path}, format = 'newline_delimited')",
    ".ndjson": "read_json_auto({path}, format = 'newline_delimited')",
}
_PACKED = (".gz", ".zst")
_TEXTS = (".csv", ".tsv")
#: So much of a file tells how it is encoded.
_HEAD = 1 << 16
#: Amounts as French spreadsheets write them: spaces between thousands, a comma, a sign of currency.
_NUMBER = (
    "TRY_CAST(replace(regexp_replace({column}, '[\\s\u00a0\u202f€]', '', 'g'), ',', '.')"
    " AS DECIMAL(27, 9))"
)


def read_files(
    files: str | PurePath | Many[str | PurePath],
    tags: str,
    amount: str | None = None,
    by: str | None = None,
    *,
    item: str | None = None,
    table: str | None = None,
    single: bool = False,
    progress: Progress | None = None,
) -> tuple[TagSet, ...]:
    """
    The sets of tags of items in files, one file after the other; see `fold`.

    Args:
        files: paths, or patterns such as "exports/*.parquet": `.csv`, `.tsv`, `.parquet`, `.json`,
            `.jsonl`, `.ndjson` (also packed, as `.csv.gz`), `.db` and `.sqlite`.
        tags: the column of tags.
        amount: a column of amounts in euros; in CSV with decimal point or comma.
        by: a column by whose values the sets are kept apart.
        item: where a file has a row for each tag of an item, the column that tells items apart.
        table: the table of a SQLite file; without it, the only one.
        single: whether a text is one tag, whatever is in it.
        progress: is told how many files of how many are done.

    Raises:
        MissingExtra: where `duckdb` is not installed; SQLite needs nothing.
        UnreadableFile: where a file is missing, or not what its name says.
        UnknownField: where it has no such column or table.
        BadQuantity: where an amount is no number, or has parts of a cent.

    """
    found = list(_matching(files))
    rows: list[TagSet] = []
    for path in watched(found, progress, len(found)):
        try:
            if path.is_file() and path.stat().st_size == 0:
                raise UnreadableFile(str(path), "there is nothing in it")
            if path.suffix.lower() in _SQLITE:
                rows += _of_sqlite(path, tags, amount, by, item, table, single=single)
            else:
                rows += _of_file(path, tags, amount, by, item, single=single)
        except (BadQuantity, UnknownField) as error:
            raise replace(error, noun=f"{path}: {error.noun}") from None
    return merged(rows)


def _matching(files: str | PurePath | Many[str | PurePath]) -> Iterator[Path]:
    for path in paths(files, _PATHS):
        # A file whose name looks like a pattern is that file.
        matched = [str(path)] if path.exists() else sorted(glob.glob(str(path), recursive=True))  # noqa: PTH207 - a pattern may be absolute
        if not matched:
            raise UnreadableFile(str(path), "no such file")
        yield from map(Path, matched)


def _of_file(
    path: Path, tags: str, amount: str | None, by: str | None, item: str | None, *, single: bool
) -> tuple[TagSet, ...]:
    need("duckdb", "uptake of files", "uptake")
    import duckdb

    with closing(duckdb.connect()) as connection, TemporaryDirectory() as folder:
        try:
            source = f"FROM {_reader(path, _readable(path, folder))}"
            relation = connection.sql(source)
            if amount in relation.columns and _is_text(relation, amount):
                name = quoted(amount)
                number = _NUMBER.format(column=name)
                wrong = f"SELECT {name} {source} WHERE trim({name}) <> '' AND {number} IS NULL"
                if row := connection.execute(f"{wrong} LIMIT 1").fetchone():
                    raise BadQuantity(amount, str(row[0]))
                relation = connection.sql(f"SELECT * REPLACE ({number} AS {name}) {source}")
            return fold(relation, tags, amount, by, item=item, single=single)
        except duckdb.Error as error:
            raise UnreadableFile(str(path), str(error).partition("\n")[0]) from None


def _reader(path: Path, readable: Path) -> str:
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes and suffixes[-1] in _PACKED:
        suffixes.pop()
    found = _READERS.get(suffixes[-1] if suffixes else "")
    if found is None:
        raise UnreadableFile(str(path), f"not one of {', '.join((*_READERS, *sorted(_SQLITE)))}")
    return found.format(path="'" + str(readable).replace("'", "''") + "'")


def _readable(path: Path, folder: str) -> Path:
    """A file as UTF-8: itself, or a copy in a folder of what another spreadsheet wrote."""
    try:
        encoding = _encoding(path)
        if encoding == "utf-8":
            return path
        copy = Path(folder) / f"copy{path.suffix}"
        with (
            path.open(encoding=encoding, newline="", errors="replace") as old,
            copy.open("w", encoding="utf-8", newline="") as new,
        ):
            shutil.copyfileobj(old, new, _HEAD)
    except OSError as error:
        raise UnreadableFile(str(path), error.strerror or str(error)) from None
    return copy


def _encoding(path: Path) -> str:
    """How a file of text is encoded: UTF-8, UTF-16 by its mark, else what old spreadsheets write."""
    if path.suffix.lower() not in _TEXTS:
        return "utf-8"
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        head.decode()
    except UnicodeDecodeError as error:
        # A letter that ends the head may be cut in two.
        return "utf-8" if len(head) == _HEAD and error.start > _HEAD - 4 else "cp1252"
    return "utf-8"


def _is_text(relation: "duckdb.DuckDBPyRelation", column: str) -> bool:
    return str(relation.types[relation.columns.index(column)]) == "VARCHAR"


def _of_sqlite(
    path: Path,
    tags: str,
    amount: str | None,
    by: str | None,
    item: str | None,
    table: str | None,
    *,
    single: bool,
) -> Iterator[TagSet]:
    try:
        # Read only, and as it is: nobody's journal is touched.
        address = f"{path.resolve().as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, uri=True)) as connection:
            known = [
                name
                for (name,) in connection.execute(
                    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
                )
            ]
            name = table or (known[0] if len(known) == 1 else "")
            if name not in known:
                raise UnknownField("table", name, tuple(known))
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({quoted(name)})")]
            for column in filter(None, (tags, amount, by, item)):
                if column not in columns:
                    raise UnknownField("column", column, tuple(columns))
            query = _query(name, tags, amount, by, item)
            for found in connection.execute(query):
                tags_, group, items, cents, unpriced, odd = cast("tuple[object, ...]", found)
                if odd is not None:
                    raise BadQuantity(str(amount), str(odd))
                yield TagSet(
                    split_tags(None if tags_ is None else str(tags_), single=single),
                    int(cast("int", items)),
                    int(cast("int", cents)) if amount else None,
                    int(cast("int", unpriced)),
                    None if group is None else str(group),
                )
    except sqlite3.Error as error:
        raise UnreadableFile(str(path), str(error)) from None


def _query(name: str, tags: str, amount: str | None, by: str | None, item: str | None) -> str:
    """One group-by in SQLite: tags, group, items, cents, how many without an amount, one that is none."""
    source, key, group = quoted(name), quoted(tags), quoted(by) if by else "NULL"
    value = quoted(amount) if amount else "0"
    if item is not None:
        source = (
            f"(SELECT group_concat({key}, '|') AS {key}"  # noqa: S608 - every name is quoted
            f"{f', max({group}) AS {group}' if by else ''}"
            f"{f', max({value}) AS {value}' if amount else ''}"
            f" FROM (SELECT * FROM {source} ORDER BY {key}) GROUP BY {quoted(item)})"
        )
    return (
        f"SELECT {key}, {group}, count(*), coalesce(sum(CAST(round({value} * 100) AS INTEGER)), 0),"  # noqa: S608
        f" sum({value} IS NULL), max(CASE typeof({value}) WHEN 'text' THEN {value} WHEN 'blob' THEN"
        f" 'blob' END) FROM {source} GROUP BY {key}, {group}"
    )
