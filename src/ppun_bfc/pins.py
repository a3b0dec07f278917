"""Pins: the exact version that an application was built on, kept in its own `pyproject.toml`."""

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, cast

from . import problems
from .errors import InvalidData, Place, UnknownVersion
from .files import parsing, read_file, write_file
from .languages import Phrase
from .policy import PolicyVersion
from .problems import Problem
from .published import load, versions

__all__ = ["Pin"]

#: No pyproject.toml is larger.
_LARGEST = 8 * 1024 * 1024
_TABLE = "ppun-bfc"
_KEYS = ("version", "digest", "package")
_A_TEXT, _A_LIST = Phrase("text", "un texte"), Phrase("a list", "une liste")
_HEADER = re.compile(
    r"""\ufeff?[ \t]*\[[ \t]*(?:tool|"tool"|'tool')[ \t]*\.[ \t]*(["']?)ppun-bfc\1[ \t]*\]"""
)
_ANY_HEADER = re.compile(r"[ \t]*\[")
_KEY = re.compile(
    r"""(?P<before>[ \t]*(?P<key>["']?(?:version|digest|package)["']?)[ \t]*=[ \t]*)"""
    r"""(?:"[^"\n]*"|'[^'\n]*')(?P<after>.*\n?)""",
    re.DOTALL,
)
#: A dotted key: reading one takes the square of its parts, and its depth.
_DOTTED = re.compile(r"""(?:[A-Za-z0-9_-]++[ \t]*+\.[ \t]*+){50,}+""")
_LONGEST_KEY = 1_000


@dataclass(frozen=True)
class Pin:
    """
    One version of the data, and the digest of its bytes.

    Attributes:
        version: `edition.N`, such as "2020.10.1".
        digest: `sha256:` and the SHA-256 of its file.
        package: the first release of ppun-bfc that shipped it, for one that lacks it.
        ignore: what `check` leaves alone, since it only looks like an id; never written.
        exclude: patterns of files that `check` and `migrate` leave out; never written.

    Examples:
        >>> from ppun_bfc import Pin
        >>> pin = Pin.of("2020.10.1")
        >>> pin.load().version
        '2020.10.1'

    """

    version: str
    digest: str
    package: str | None = None
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    @classmethod
    def of(cls, version: str | None = None) -> "Pin":
        """
        The pin of a shipped version; without one, of the current version.

        Raises:
            UnknownVersion: where no such version ships with this package.

        """
        policy = load(version)
        row = next(row for row in versions() if row.version == policy.version)
        return cls(policy.version, policy.digest, row.package)

    @classmethod
    def from_pyproject(cls, path: str | Path) -> "Pin":
        """
        The pin in the table `[tool.ppun-bfc]` of a `pyproject.toml`.

        Raises:
            UnreadableFile: where there is no such file.
            InvalidData: where it is not TOML, or has no pin of the right shape.

        """
        place = str(path)
        _, tables = _read(Path(path))
        found = _table(_table(tables, "tool"), _TABLE)
        if not found:
            _refuse(place, problems.NO_PIN, file=place)
        given: dict[str, str] = {}
        for key in _KEYS:
            value = found.get(key)
            if isinstance(value, str):
                given[key] = value
            elif value is not None:
                _refuse(place, problems.WRONG_TYPE, key, expected=_A_TEXT)
            elif key != "package":
                _refuse(place, problems.MISSING_FIELD, name=key)
        ignore, exclude = (_texts(place, found, name) for name in ("ignore", "exclude"))
        return cls(**given, ignore=ignore, exclude=exclude)

    @classmethod
    def find(cls, path: str | Path) -> "tuple[Path, Pin] | None":
        """
        The nearest pin: in the `pyproject.toml` beside a file, or of a folder above it.

        Gives the file that holds it, and the pin; None where there is none up to the root. A
        `pyproject.toml` without a pin is passed over.

        Raises:
            UnreadableFile: where a `pyproject.toml` on the way cannot be read.
            InvalidData: where one is not TOML, or its pin has not the right shape.

        """
        start = Path(os.path.abspath(path))  # noqa: PTH100 - links are not followed upwards
        for folder in (start, *start.parents):
            found = folder / "pyproject.toml"
            if not os.path.isfile(found):  # noqa: PTH113 - unlike Path, it never raises
                continue
            try:
                return found, cls.from_pyproject(found)
            except InvalidData as error:
                if [finding.code for finding in error.findings] != ["no-pin"]:
                    raise
        return None

    def load(self) -> PolicyVersion:
        """
        The pinned version: those bytes and no others.

        Raises:
            UnknownVersion: where this package does not ship it; it names the release that does.
            DigestMismatch: where the bytes are not those.

        """
        known = tuple(row.version for row in versions())
        if self.version not in known:
            raise UnknownVersion(self.version, known, self.package)
        return load(self.version, digest=self.digest)

    def to_python(self) -> str:
        """
        The line of Python that loads it.

        Examples:
            >>> from ppun_bfc import Pin
            >>> Pin("2020.10.1", "sha256:d1d0").to_python()
            'ppun_bfc.load("2020.10.1", digest="sha256:d1d0")'

        """
        return f'ppun_bfc.load("{self.version}", digest="{self.digest}")'

    def write(self, path: str | Path) -> None:
        """
        Write it into a `pyproject.toml`, and change nothing else there: comments, order, line ends.

        Raises:
            UnreadableFile: where the file is not there, or may not be written.
            InvalidData: where it is not TOML, or keeps the pin in another form than a table.

        """
        path = Path(path)
        text, tables = _read(path)
        wanted = {key: value for key in _KEYS if (value := getattr(self, key)) is not None}
        written = _with_pin(text, wanted)
        # The text was edited by its lines; that it says what it should is seen by reading it.
        tool = _table(tables, "tool")
        kept = {key: value for key, value in _table(tool, _TABLE).items() if key not in _KEYS}
        expected = {**tables, "tool": {**tool, _TABLE: {**kept, **wanted}}}
        try:
            said = _parsed(written, str(path))
        except InvalidData:
            said = {}
        if not _same(said, expected):
            _refuse(str(path), problems.PIN_ELSEWHERE)
        write_file(path, written.encode(), expected=text.encode())


def _same(one: object, other: object) -> bool:
    """Whether two values say the same, in whatever order; not-a-number is itself."""
    with parsing("pyproject.toml"):
        return _shape(one) == _shape(other)


def _shape(value: object) -> object:
    if isinstance(value, Mapping):
        tables = cast("Mapping[str, object]", value)
        return {key: _shape(item) for key, item in tables.items()}
    if isinstance(value, list):
        return [_shape(item) for item in cast("list[object]", value)]
    return type(value).__name__, str(value)


def _texts(place: str, table: Mapping[str, object], name: str) -> tuple[str, ...]:
    """The texts of a list; empty where there is none."""
    found = table.get(name, [])
    items = cast("list[object]", found) if isinstance(found, list) else [None]
    texts = tuple(item for item in items if isinstance(item, str))
    if len(texts) != len(items):
        _refuse(place, problems.WRONG_TYPE, name, expected=_A_LIST)
    return texts


def _table(tables: Mapping[str, object], name: str) -> Mapping[str, object]:
    """The table of a name; empty where there is none."""
    found = tables.get(name)
    return cast("Mapping[str, object]", found) if isinstance(found, dict) else {}


def _read(path: Path) -> tuple[str, Mapping[str, object]]:
    place = str(path)
    try:
        text = read_file(path, _LARGEST).decode("utf-8")
    except UnicodeDecodeError as error:
        _refuse(place, problems.NOT_UTF8, offset=error.start)
    return text, _parsed(text, place)


def _parsed(text: str, place: str) -> dict[str, object]:
    # Bare carriage returns are no TOML, and line ends must survive.
    if (parts := max(map(len, _DOTTED.findall(text)), default=0)) > _LONGEST_KEY:
        _refuse(place, problems.SYNTAX, problem=f"a key of {parts} characters")
    with parsing(place):
        return tomllib.loads(text.removeprefix("\ufeff"))


def _with_pin(text: str, wanted: Mapping[str, str]) -> str:
    """The text with a pin: values replaced in its table, or a table added at the end."""
    end = "\r\n" if "\r\n" in text else "\n"
    lines = _lines(text)
    header = next((n for n, (line, code) in enumerate(lines) if code and _HEADER.match(line)), None)
    said = {key: f'{key} = "{value}"' for key, value in wanted.items()}
    if header is None:
        table = [f"[tool.{_TABLE}]", *said.values()]
        gap = "" if not text else end if text.endswith("\n") else end + end
        return text + gap + "".join(line + end for line in table)
    written: list[str] = []
    rest = header + 1
    while rest < len(lines) and not (lines[rest][1] and _ANY_HEADER.match(lines[rest][0])):
        line, code = lines[rest]
        match = _KEY.match(line) if code else None
        if match is None:
            written.append(line)
        elif match["key"].strip("\"'") in said:
            key = match["key"].strip("\"'")
            written.append(f'{match["before"]}"{wanted[key]}"{match["after"]}')
            del said[key]
        rest += 1
    head = lines[header][0]
    head += "" if head.endswith("\n") else end
    added = [line + end for line in said.values()]
    before = [line for line, _ in lines[:header]]
    after = [line for line, _ in lines[rest:]]
    return "".join([*before, head, *added, *written, *after])


def _lines(text: str) -> list[tuple[str, bool]]:
    """The lines, each with its end, and whether it begins outside of strings."""
    from .uses.strings import toml_strings  # only writing needs it

    inside: set[int] = set()
    found: list[tuple[str, bool]] = []
    for value in toml_strings(text):
        begin, end = value.at(0), value.at(len(value.text))
        inside.update(n for n in _breaks(text, begin, end))
    at = 0
    for line in re.findall(r"[^\n]*\n|[^\n]+", text):
        found.append((line, at not in inside))
        at += len(line)
    return found


def _breaks(text: str, begin: int, end: int) -> Iterator[int]:
    """Where lines begin inside a part of a text."""
    at = text.find("\n", begin, end)
    while at >= 0:
        yield at + 1
        at = text.find("\n", at + 1, end)


def _refuse(
    place: str, problem: Problem, field: str = "", /, **given: str | int | Phrase
) -> NoReturn:
    where = Place(file=place, record=f"tool.{_TABLE}" if field else "", field=field)
    raise InvalidData.of(problem, where, **given)
