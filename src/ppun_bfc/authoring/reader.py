"""
YAML as data with places: every scalar a text, every value with its file, line and column.

YAML is read from the parser's events, not from its constructors: nothing is resolved, so `NO` and
`2018` stay what they are; tags, anchors and aliases are refused; nothing can be executed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path as FilePath
from typing import NoReturn

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from .. import problems
from ..canonical import COLLECTIONS, Json
from ..errors import Finding, InvalidData, Place, UnreadableFile
from ..files import list_folder, need_folder, parsing, read_file
from ..languages import Phrase
from ..models.walk import Path
from ..problems import Problem

__all__ = ["Folder", "read_file_of_yaml", "read_folder"]

_LARGEST = 8 * 1024 * 1024
_DEEPEST = 50
_A_TEXT = Phrase("text", "un texte")
_A_LIST = Phrase("a list", "une liste")
_A_MAPPING = Phrase("a mapping", "une table de clés et de valeurs")
_ONE_DOCUMENT = Phrase("one document a file", "un seul document par fichier")
_A_KEY = Phrase("a key is a text", "une clé est un texte")
# The loader classes differ only in how they read characters into events.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Folder:
    """What the files of a folder say, before it is validated."""

    def __init__(self) -> None:
        self.edition = ""
        self.collections: dict[str, list[Json]] = {name: [] for name in COLLECTIONS}
        self.findings: list[Finding] = []
        self._origins: dict[tuple[str, int], tuple[str, Path]] = {}
        self._marks: dict[tuple[str, Path], tuple[int, int]] = {}

    def add(self, file: "_File") -> None:
        """Take in one file's records."""
        self.findings += file.findings
        self._marks.update({(file.name, path): mark for path, mark in file.marks.items()})
        if not isinstance(file.value, dict):
            return
        for key, value in file.value.items():
            if key == "edition":
                if not isinstance(value, str):
                    file.report((key,), problems.WRONG_TYPE, expected=_A_TEXT)
                elif self.edition not in ("", value):
                    file.report((key,), problems.OTHER_EDITION, edition=self.edition)
                else:
                    self.edition = value
            elif key not in COLLECTIONS:
                file.report(
                    (key,), problems.UNEXPECTED_FIELD, name=key, names=", ".join(COLLECTIONS)
                )
            elif not isinstance(value, list):
                file.report((key,), problems.WRONG_TYPE, expected=_A_LIST)
            else:
                for position, record in enumerate(value):
                    found = self.collections[key]
                    self._origins[key, len(found)] = (file.name, (key, position))
                    found.append(_with_kind(record) if key == "entities" else record)
        self.findings += file.late_findings()

    def locate(self, path: Path) -> Place:
        """The file, line and column of a path, or of the nearest thing around it."""
        file, local = "", path
        if len(path) > 1 and (origin := self._origins.get((str(path[0]), int(path[1])))):
            file, local = origin[0], (*origin[1], *path[2:])
        record, field = self._record(path), ".".join(map(str, path[2:]))
        while local and (file, local) not in self._marks:
            local = local[:-1]
        line, column = self._marks.get((file, local), (0, 0))
        return Place(file, line, column, record, field)

    def _record(self, path: Path) -> str:
        record = self.collections[str(path[0])][int(path[1])] if path[1:] else None
        if not isinstance(record, dict):
            return ""
        ends = " ".join(str(record.get(key, "")) for key in ("source", "relation", "target"))
        return str(record.get("id") or record.get("name") or ends.strip())[:200]


def _with_kind(record: Json) -> Json:
    """Authors write the id only; its prefix is the kind."""
    if isinstance(record, dict) and isinstance(record.get("id"), str):
        return {"kind": str(record["id"]).partition(":")[0], **record}
    return record


def read_folder(folder: FilePath) -> Folder:
    """
    Read every `*.yaml` file of a folder, in the order of their names.

    Raises:
        UnreadableFile: where it is not a folder.

    """
    need_folder(folder)
    result = Folder()
    names = [path.name for path in list_folder(folder)]
    paths = [folder / name for name in names if name.endswith((".yaml", ".yml"))]
    if not paths:
        result.findings.append(Finding.of(problems.NO_FILES, Place(str(folder))))
    kinds: dict[str, str] = {}
    for path in paths:
        file = _File(path, folder)
        result.add(file)
        for position, record in enumerate(file.records("entities")):
            kind = str(record.get("id", "")).partition(":")[0]
            first = kinds.setdefault(kind, file.name)
            if first != file.name:
                file.report(("entities", position), problems.SPLIT_KIND, kind=kind, file=first)
        result.findings += file.late_findings()
    return result


def read_file_of_yaml(path: FilePath) -> Mapping[str, Json]:
    """
    Read one file.

    Raises:
        UnreadableFile: where it cannot be read.
        InvalidData: where it is not such YAML.

    """
    file = _File(path, path.parent)
    if not isinstance(file.value, dict):
        raise InvalidData(str(path), tuple(file.findings))
    return file.value


class _File:
    """One file: its value, where each part of it stands, and what is wrong with it."""

    def __init__(self, path: FilePath, folder: FilePath) -> None:
        self.name = path.name
        self.value: Json = None
        self.marks: dict[Path, tuple[int, int]] = {}
        self.findings: list[Finding] = []
        self._late: list[Finding] = []
        try:
            if not path.resolve().is_relative_to(folder.resolve()):
                self._stop(problems.OUTSIDE)
            text = read_file(path, _LARGEST).decode("utf-8")
            if not text.strip():
                self._stop(problems.EMPTY)
            self.value = self._read(text.removeprefix("\ufeff"))
        except InvalidData as error:
            places = [replace(found.place, file=self.name) for found in error.findings]
            found = zip(error.findings, places, strict=True)
            self.findings += [replace(finding, place=place) for finding, place in found]
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            place = Place(self.name, line)
            self.findings.append(Finding.of(problems.NOT_UTF8, place, offset=error.start))
        except RuntimeError as error:  # a circle of symbolic links, before Python 3.13
            raise UnreadableFile(str(path), str(error)) from None

    def report(self, path: Path, problem: Problem, /, **given: str | int | Phrase) -> None:
        """Add a finding about a part of this file."""
        line, column = self.marks[path]
        self._late.append(Finding.of(problem, Place(self.name, line, column), **given))

    def late_findings(self) -> list[Finding]:
        """The findings reported since the last call."""
        found, self._late = self._late, []
        return found

    def records(self, name: str) -> list[dict[str, Json]]:
        """The records under one key that are mappings."""
        value = self.value.get(name) if isinstance(self.value, dict) else None
        found = value if isinstance(value, list) else []
        return [record if isinstance(record, dict) else {} for record in found]

    def _stop(
        self, problem: Problem, line: int = 0, column: int = 0, /, **given: str | int | Phrase
    ) -> NoReturn:
        raise InvalidData.of(problem, Place(self.name, line, column), **given)

    def _read(self, text: str) -> Json:
        with parsing(self.name):
            return self._parsed(text)

    def _parsed(self, text: str) -> Json:
        try:
            events = iter(yaml.parse(text, Loader=_LOADER))
            next(events)
            start = next(events)
            if isinstance(start, StreamEndEvent):
                self._stop(problems.EMPTY)
            value = self._node(next(events), events, ())
            next(events)
            if isinstance(extra := next(events), DocumentStartEvent):
                self._stop(problems.SYNTAX, *_spot(extra), problem=_ONE_DOCUMENT)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            problem = getattr(error, "problem", None) or str(error).splitlines()[0]
            line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
            if "nesting depth" in problem:  # libyaml from 0.2.6 looks ahead, and stops by itself
                self._stop(problems.TOO_DEEP, line, column, limit=_DEEPEST)
            self._stop(problems.SYNTAX, line, column, problem=problem)
        if not isinstance(value, dict):
            self._stop(problems.WRONG_TYPE, 1, 1, expected=_A_MAPPING)
        return value

    def _node(self, event: Event, events: Iterator[Event], path: Path) -> Json:
        line, column = _spot(event)
        self.marks[path] = (line, column)
        if isinstance(event, AliasEvent) or (isinstance(event, NodeEvent) and event.anchor):
            self._stop(problems.ALIAS, line, column)
        tag = getattr(event, "tag", None)
        if tag is not None:
            self._stop(problems.TAG, line, column, tag=tag)
        if isinstance(event, ScalarEvent):
            return str(event.value)
        if len(path) >= _DEEPEST:
            self._stop(problems.TOO_DEEP, line, column, limit=_DEEPEST)
        if isinstance(event, SequenceStartEvent):
            return self._sequence(events, path)
        assert isinstance(event, MappingStartEvent)
        return self._mapping(events, path)

    def _sequence(self, events: Iterator[Event], path: Path) -> Json:
        found: list[Json] = []
        while not isinstance(event := next(events), SequenceEndEvent):
            found.append(self._node(event, events, (*path, len(found))))
        return found

    def _mapping(self, events: Iterator[Event], path: Path) -> Json:
        found: dict[str, Json] = {}
        while not isinstance(event := next(events), MappingEndEvent):
            line, column = _spot(event)
            if not isinstance(event, ScalarEvent):
                self._stop(problems.SYNTAX, line, column, problem=_A_KEY)
            key = str(self._node(event, events, (*path, "")))
            value = self._node(next(events), events, (*path, key))
            if key in found:
                place = Place(self.name, line, column)
                self.findings.append(Finding.of(problems.DUPLICATE_KEY, place, key=key))
            else:
                found[key] = value
        return found


def _spot(event: Event) -> tuple[int, int]:
    assert event.start_mark is not None
    return event.start_mark.line + 1, event.start_mark.column + 1
