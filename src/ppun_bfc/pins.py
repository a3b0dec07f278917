"""Pins: the exact version that an application was built on, kept in its own `pyproject.toml`."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, cast

from . import problems
from .errors import InvalidData, Place, UnknownVersion
from .files import read_file, write_file
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
    r"""^[ \t]*\[[ \t]*tool[ \t]*\.[ \t]*(["']?)ppun-bfc\1[ \t]*\][^\n]*\n?""", re.MULTILINE
)
_NEXT_HEADER = re.compile(r"^[ \t]*\[", re.MULTILINE)


@dataclass(frozen=True)
class Pin:
    """
    One version of the data, and the digest of its bytes.

    Attributes:
        version: `edition.N`, such as "2020.10.1".
        digest: `sha256:` and the SHA-256 of its file.
        package: the first release of ppun-bfc that shipped it, for one that lacks it.
        ignore: what `check` leaves alone, since it only looks like an id; never written.

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
        ignore = found.get("ignore", [])
        items = cast("list[object]", ignore) if isinstance(ignore, list) else [None]
        texts = tuple(item for item in items if isinstance(item, str))
        if len(texts) != len(items):
            _refuse(place, problems.WRONG_TYPE, "ignore", expected=_A_LIST)
        return cls(**given, ignore=texts)

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
            said = tomllib.loads(written)
        except tomllib.TOMLDecodeError:
            said = {}
        if said != expected:
            _refuse(str(path), problems.PIN_ELSEWHERE)
        write_file(path, written.encode())


def _table(tables: Mapping[str, object], name: str) -> Mapping[str, object]:
    """The table of a name; empty where there is none."""
    found = tables.get(name)
    return cast("Mapping[str, object]", found) if isinstance(found, dict) else {}


def _read(path: Path) -> tuple[str, Mapping[str, object]]:
    place = str(path)
    try:
        text = read_file(path, _LARGEST).decode("utf-8")
        # Bare carriage returns are no TOML, and line ends must survive.
        return text, tomllib.loads(text)
    except UnicodeDecodeError as error:
        _refuse(place, problems.NOT_UTF8, offset=error.start)
    except tomllib.TOMLDecodeError as error:
        _refuse(place, problems.SYNTAX, problem=str(error))
    except RecursionError:
        _refuse(place, problems.TOO_DEEP, limit=50)


def _with_pin(text: str, wanted: Mapping[str, str]) -> str:
    """The text with a pin: values replaced in its table, or a table added at the end."""
    end = "\r\n" if "\r\n" in text else "\n"
    header = _HEADER.search(text)
    if header is None:
        table = [f"[tool.{_TABLE}]", *(f'{key} = "{value}"' for key, value in wanted.items())]
        gap = "" if not text else end if text.endswith("\n") else end + end
        return text + gap + "".join(line + end for line in table)
    after = _NEXT_HEADER.search(text, header.end())
    stop = after.start() if after else len(text)
    head, body, tail = text[: header.end()], text[header.end() : stop], text[stop:]
    if not head.endswith("\n"):
        head += end
    added = ""
    for key in _KEYS:
        line = re.compile(
            rf"""^([ \t]*{key}[ \t]*=[ \t]*)(?:"[^"\n]*"|'[^'\n]*')(.*\n?)""", re.MULTILINE
        )
        if key not in wanted:
            body = line.sub("", body, count=1)
        elif line.search(body):
            body = line.sub(rf'\g<1>"{wanted[key]}"\g<2>', body, count=1)
        else:
            added += f'{key} = "{wanted[key]}"{end}'
    return head + added + body + tail


def _refuse(
    place: str, problem: Problem, field: str = "", /, **given: str | int | Phrase
) -> NoReturn:
    where = Place(file=place, record=f"tool.{_TABLE}" if field else "", field=field)
    raise InvalidData.of(problem, where, **given)
