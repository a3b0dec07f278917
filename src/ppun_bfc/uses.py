"""
Where an application's own files name ids of the policy.

A file is read for its values only, never run or built: the strings of Python, JSON, TOML and SQL,
the scalars of YAML, the cells of CSV. A value that is an id as a whole is a use of it. Inside a
longer text only what some shipped version knows counts, since much else looks like an id there.
"""

import os
import re
from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from .errors import Finding, InvalidData, Place, UnreadableFile
from .files import read_file
from .models import ENTITY_TYPES

if TYPE_CHECKING:
    import sqlite3

__all__ = [
    "FORMATS",
    "Scan",
    "Source",
    "Use",
    "files_in",
    "read_all",
    "read_source",
    "scan",
    "uses_in",
]

FileFormat: TypeAlias = Literal["python", "json", "yaml", "toml", "csv", "sql", "sqlite"]
#: Files that are read, by the end of their name.
FORMATS: Mapping[str, FileFormat] = {
    ".py": "python",
    ".pyi": "python",
    ".json": "json",
    ".jsonl": "json",
    ".geojson": "json",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".toml": "toml",
    ".csv": "csv",
    ".tsv": "csv",
    ".sql": "sql",
    ".db": "sqlite",
    ".sqlite": "sqlite",
    ".sqlite3": "sqlite",
}

_LARGEST = 64 * 1024 * 1024
#: Folders that hold nothing of the application's own.
_NOT_OURS = frozenset({"node_modules", "__pycache__", "build", "dist", "site-packages", "venv"})
_KINDS = "|".join(ENTITY_TYPES)
_ID = rf"(?:{_KINDS}):[a-z0-9]+(?:-[a-z0-9]+)*"
_WHOLE = re.compile(_ID)
#: An id in a text, apart from what stands around it: no part of an address, a path or a word.
_INSIDE = re.compile(rf"(?<![\w:/.@-]){_ID}(?![\w:/@-]|\.\w)")

_LONG = r'"""(?P<t>(?:\\.|[^\\])*?)"""'
_DOUBLE, _SINGLE = r'"(?P<d>(?:\\.|[^"\\\n])*+)"', r"'(?P<s>(?:\\.|[^'\\\n])*+)'"
#: The strings of a format, after what hides quotation marks that begin none.
_STRINGS: Mapping[FileFormat, re.Pattern[str]] = {
    "json": re.compile(_DOUBLE),
    "python": re.compile(
        rf"#[^\n]*|{_LONG}|\'\'\'(?P<u>(?:\\.|[^\\])*?)\'\'\'|{_DOUBLE}|{_SINGLE}", re.DOTALL
    ),
    "toml": re.compile(
        rf"#[^\n]*|{_LONG}|\'\'\'(?P<u>.*?)\'\'\'|{_DOUBLE}|'(?P<s>[^'\n]*+)'", re.DOTALL
    ),
    "sql": re.compile(
        r"""--[^\n]*|/\*.*?\*/|'(?P<s>(?:\'\'|[^'])*+)'|"(?P<d>(?:""|[^"])*+)\"""", re.DOTALL
    ),
}


@dataclass(frozen=True)
class Use:
    """
    One place where a file names an id.

    Attributes:
        id: the id.
        place: the file, with line and column, or with the row of a database.
        whole: whether it is a value of its own, and not a part of a longer text.
        start: where it begins in the text of the file.

    """

    id: str
    place: Place
    whole: bool
    start: int


@dataclass(frozen=True)
class Source:
    """A file that was read: its text, how it was encoded, and what its values are."""

    path: Path
    format: FileFormat
    text: str
    encoding: str

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    def place(self, start: int) -> Place:
        """The line and column of an offset, from 1."""
        line = bisect(self._lines, start)
        return Place(str(self.path), line, start - self._lines[line - 1] + 1)


@dataclass(frozen=True)
class Scan:
    """What a look through some files found: uses of ids, and files that could not be read."""

    uses: tuple[Use, ...]
    findings: tuple[Finding, ...]
    files: int


def files_in(paths: Iterable[Path]) -> Iterator[tuple[Path, Path | None]]:
    """
    The files that are named, and those of the folders that are, each once, in order of names.

    Each comes with the named folder that it is in, if any. Hidden folders and those of installed
    packages are passed over; links to folders are not followed, so that no circle of them matters.
    """
    seen: set[Path] = set()
    for named in paths:
        for path in _walk(named):
            # Not resolved: a link in a circle could not be, and will be told when it is read.
            if (absolute := path.absolute()) not in seen:
                seen.add(absolute)
                yield path, None if path is named else named


def _walk(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
    else:
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(
                name for name in folders if not name.startswith(".") and name not in _NOT_OURS
            )
            for name in sorted(names):
                found = Path(folder, name)
                if found.suffix.lower() in FORMATS and not name.startswith("."):
                    yield found


def read_source(path: Path, folder: Path | None = None) -> Source:
    """
    Read a file whose format its name tells; a database is not read here.

    Of a file found in a folder, a link that leads out of that folder is not followed.

    Any encoding that extends ASCII serves, since ids are ASCII: what is not UTF-8 is kept byte by
    byte.

    Raises:
        UnreadableFile: where it cannot be read.
        InvalidData: where it is too large, binary, outside, or of no format that is read.

    """
    place = str(path)
    if folder is not None and path.is_symlink() and _leads_out(path, folder):
        raise _refuse(place, "outside", "warning")
    form = FORMATS.get(path.suffix.lower())
    if form is None:
        raise _refuse(place, "not-a-format", "warning", names=" ".join(FORMATS))
    if form == "sqlite":
        return Source(path, form, "", "")
    data = read_file(path, _LARGEST)
    if b"\0" in data:
        raise _refuse(place, "binary", "warning")
    try:
        return Source(path, form, data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return Source(path, form, data.decode("latin-1"), "latin-1")


def _leads_out(path: Path, folder: Path) -> bool:
    try:
        return not path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # a circle of links, which reading will tell
        return False


def _refuse(
    place: str, code: str, severity: Literal["error", "warning"] = "error", **given: str
) -> InvalidData:
    found = Finding(code, Place(file=place), tuple(given.items()), severity)
    return InvalidData(place, (found,))


def uses_in(
    source: Source,
    known: Callable[[str], bool],
    columns: Sequence[str] = (),
    delimiter: str | None = None,
) -> tuple[Use, ...]:
    """
    The ids that a file names.

    Args:
        source: the file.
        known: whether some version has an id, for ids inside longer texts.
        columns: of a CSV file, the columns to read; of a database, `table.column`.
        delimiter: what parts the cells of a CSV file; by default it is found out.

    Raises:
        InvalidData: where a column is not there, or the file is not of its format.

    """
    if source.format == "sqlite":
        return tuple(_in_database(source.path, columns))
    chosen = False
    if source.format == "csv":
        values, chosen = _cells(source, columns, delimiter)
    elif source.format == "yaml":
        values = [*_scalars(source)]
    else:
        values = [*_strings(source)]
    found = []
    for start, text in values:
        if _WHOLE.fullmatch(text) or (chosen and text):
            found.append(Use(text, source.place(start), True, start))
            continue
        for match in _INSIDE.finditer(text):
            if known(match[0]):
                at = start + match.start()
                found.append(Use(match[0], source.place(at), False, at))
    return tuple(found)


def scan(
    paths: Iterable[Path],
    known: Callable[[str], bool],
    columns: Sequence[str] = (),
    delimiter: str | None = None,
) -> Scan:
    """Look through files and folders; what cannot be read is a finding, and the rest goes on."""
    findings: list[Finding] = []
    found = [uses for _, uses in read_all(paths, known, findings, columns, delimiter)]
    return Scan(tuple(use for uses in found for use in uses), tuple(findings), len(found))


def read_all(
    paths: Iterable[Path],
    known: Callable[[str], bool],
    findings: list[Finding],
    columns: Sequence[str] = (),
    delimiter: str | None = None,
) -> Iterator[tuple[Source, tuple[Use, ...]]]:
    """Each file that can be read, with its uses; each that cannot is added to `findings`."""
    for path, folder in files_in(paths):
        try:
            source = read_source(path, folder)
            yield source, uses_in(source, known, columns, delimiter)
        except InvalidData as error:
            findings += error.findings
        except UnreadableFile as error:
            given = (("reason", error.reason),)
            findings.append(Finding("unreadable", Place(file=str(path)), given))


def _strings(source: Source) -> Iterator[tuple[int, str]]:
    for match in _STRINGS[source.format].finditer(source.text):
        if match.lastgroup is not None:
            yield match.start(match.lastgroup), match[match.lastgroup]


def _scalars(source: Source) -> Iterator[tuple[int, str]]:
    """The scalars of YAML, by PyYAML's own scanner: it gives their exact places."""
    import yaml

    text = source.text
    # The scanner takes a byte order mark away, and then counts without it.
    shift = len(text) - len(text.removeprefix("\ufeff"))
    try:
        for token in yaml.scan(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            if isinstance(token, yaml.ScalarToken):
                start, end = token.start_mark.index + shift, token.end_mark.index + shift
                quoted = token.style in ("'", '"')
                yield start + quoted, text[start + quoted : end - quoted]
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        place = Place(str(source.path), line, column)
        given = (("problem", problem),)
        raise InvalidData(str(source.path), (Finding("syntax", place, given),)) from None


def _cells(
    source: Source, columns: Sequence[str], delimiter: str | None
) -> tuple[list[tuple[int, str]], bool]:
    """The cells of a CSV file with their places, and whether they are those of chosen columns."""
    mark = _delimiter(source) if delimiter is None else delimiter
    if len(mark) != 1 or mark in '"\r\n':
        raise _refuse(str(source.path), "bad-delimiter", value=mark)
    rows = _rows(source.text, mark)
    names = [text for _, text in rows[0]]
    # A name with a point that is no column here is one of a database.
    wanted = [name for name in columns if name in names or "." not in name]
    for name in wanted:
        if name not in names:
            raise _no_column(str(source.path), name, names, mark)
    if not wanted:
        return [cell for row in rows for cell in row], False
    positions = {names.index(name) for name in wanted}
    chosen = [cell for row in rows[1:] for at, cell in enumerate(row) if at in positions]
    return chosen, True


def _no_column(place: str, name: str, names: Sequence[str], mark: str) -> InvalidData:
    return _refuse(place, "no-column", name=name, names=", ".join(names)[:200], delimiter=mark)


def _rows(text: str, mark: str) -> list[list[tuple[int, str]]]:
    plain = rf"[^{re.escape(mark)}\r\n]*"
    cell = re.compile(rf'"(?P<q>(?:""|[^"])*+)"{plain}|(?P<p>{plain})')
    line_end = re.compile(r"\r?\n|\r")
    rows: list[list[tuple[int, str]]] = [[]]
    at = len(text) - len(text.removeprefix("\ufeff"))
    while True:
        match = cell.match(text, at)
        assert match is not None  # it matches no text, too
        group = match.lastgroup or "p"
        value = match[group]
        blank = len(value) - len(value.lstrip())
        rows[-1].append((match.start(group) + blank, value.strip()))
        at = match.end()
        if end := line_end.match(text, at):
            rows.append([])
            at = end.end()
        elif text.startswith(mark, at):
            at += 1
        else:
            return rows


def _delimiter(source: Source) -> str:
    """What parts the cells: the likeliest mark of the first line."""
    first = source.text.partition("\n")[0]
    return max(",;\t|", key=first.count)


def _in_database(path: Path, columns: Sequence[str]) -> Iterator[Use]:
    """The values of some columns of a database, which is opened for reading only."""
    import sqlite3
    from contextlib import closing

    place = str(path)
    wanted = [column for column in columns if "." in column]
    if not wanted:
        raise _refuse(place, "needs-columns", "warning")
    if not path.is_file():
        raise UnreadableFile(place, "no such file")
    address = f"{path.resolve().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(address, uri=True)) as base:
            for column in wanted:
                yield from _in_column(base, place, *column.rsplit(".", 1))
    except sqlite3.Error as error:
        raise _refuse(place, "syntax", problem=str(error)) from None


def _in_column(base: "sqlite3.Connection", place: str, table: str, name: str) -> Iterator[Use]:
    known = [str(row[1]) for row in base.execute(f"PRAGMA table_info({_quote(table)})")]
    if name not in known:
        tables = [str(row[0]) for row in base.execute("SELECT name FROM sqlite_master")]
        raise _no_column(place, f"{table}.{name}", known or tables, ".")
    query = f"SELECT rowid, {_quote(name)} FROM {_quote(table)}"  # noqa: S608 - names are quoted
    for row, value in base.execute(query):
        if value not in (None, ""):
            where = Place(place, record=f"{table}[{row}]", field=name)
            yield Use(str(value), where, True, 0)


def _quote(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
