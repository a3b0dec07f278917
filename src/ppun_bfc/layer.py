"""
A person's own layer over the policy: a value and a note for some of its things.

The policy stays as it is; a matrix, the workbook and the explorer show the layer beside it.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath
from types import MappingProxyType
from typing import NamedTuple, Protocol

from . import problems
from .canonical import Json
from .cards import Card, Item, Section, Shown
from .crossref import Matrix
from .errors import (
    Finding,
    InvalidData,
    Place,
    UnknownField,
    WrongType,
    nearest,
)
from .files import parsing
from .languages import Language, Phrase
from .once import Immutable
from .policy import PolicyVersion
from .uses import read_source

__all__ = ["Layer", "Note"]

_A_PATH = Phrase("the path of a CSV file", "le chemin d’un fichier CSV")
_ANNOTATED = Phrase("{count} things annotated", "{count} choses annotées")
_VALUES = ("value", "valeur")
_MARKS = ";\t,|"


class Note(NamedTuple):
    """What a person notes of a thing: a value, as it is written, and a text; each may be empty."""

    value: str
    note: str

    @property
    def text(self) -> str:
        """Both in a line."""
        return " – ".join(filter(None, self))


class Layer(Immutable, Shown):
    """
    Notes on things of the policy, by id.

    Attributes:
        name: how it is called, such as the name of its file.
        notes: the notes, by id, in the order of the file.

    Examples:
        >>> from ppun_bfc.layer import Layer, Note
        >>> layer = Layer("budget", {"theme:inclusion": Note("3", "first call closed")})
        >>> layer.notes["theme:inclusion"].text
        '3 – first call closed'

    """

    __slots__ = ("name", "notes")
    name: str
    notes: Mapping[str, Note]

    def __init__(self, name: str, notes: Mapping[str, Note]) -> None:
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "notes", MappingProxyType(dict(notes)))

    def __reduce__(self) -> "tuple[type[Layer], tuple[str, dict[str, Note]]]":
        return Layer, (self.name, dict(self.notes))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Layer) and (self.name, self.notes) == (other.name, other.notes)

    def __hash__(self) -> int:
        return hash((self.name, tuple(self.notes.items())))

    @classmethod
    def read(cls, path: str | PurePath, policy: PolicyVersion) -> "Layer":
        """
        The layer in a CSV file with the columns `id`, `value` (or `valeur`) and `note`.

        Args:
            path: the file; its cells are parted by `;`, `,`, `|` or tabs.
            policy: the version that its ids are of.

        Raises:
            UnreadableFile: where it cannot be read.
            UnknownField: where it has no column `id`.
            InvalidData: where it is empty or no text, or has ids that the version does not have, or
                one twice; each is told with its line and the nearest ids.
            WrongType: where what is given is no path.

        """
        if not isinstance(path, str | PurePath):
            raise WrongType.of(path, _A_PATH)
        place = str(path)
        with parsing(place):
            text = read_source(Path(path)).text.removeprefix("\ufeff")
        if not text.strip():
            raise InvalidData.of(problems.EMPTY, Place(place))
        head = text.partition("\n")[0]
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(_MARKS, key=head.count))
        try:
            return cls(PurePath(path).name, dict(_notes(rows, policy, place)))
        except csv.Error as error:
            raise InvalidData.of(
                problems.BAD_VALUE, Place(place), value="CSV", problem=str(error)
            ) from None

    def on(self, name: str, id: str) -> str:
        """A name with the value of what it names, where the layer has one."""
        value, note = self.notes.get(id, ("", ""))
        return f"{name} [{value or note}]" if value or note else name

    def table(self, matrix: Matrix, lang: Language = "fr") -> list[list[str]]:
        """The texts of a matrix (`Matrix.table`), with values beside the names of rows and columns."""
        head, *body = matrix.table(lang)
        columns = [
            self.on(name, one.id) for name, one in zip(head[1:], matrix.columns, strict=True)
        ]
        rows = [
            [self.on(row[0], one.id), *row[1:]] for row, one in zip(body, matrix.rows, strict=True)
        ]
        return [["", *columns], *rows]

    def to_dict(self) -> dict[str, Json]:
        """The layer as JSON."""
        return {id: {"value": note.value, "note": note.note} for id, note in self.notes.items()}

    def to_csv(self) -> str:
        """The layer as the file that `read` takes."""
        made = io.StringIO(newline="")
        writer = csv.writer(made, delimiter=";")
        writer.writerow(["id", "value", "note"])
        writer.writerows([id, *note] for id, note in self.notes.items())
        return made.getvalue()

    def card(self, lang: Language = "fr") -> Card:
        """What a person is shown of it."""
        items = tuple(Item(note.text, id) for id, note in self.notes.items())
        lead = (_ANNOTATED.text(lang, count=len(items)),)
        return Card(self.name, "", lead, (Section("", items),) if items else ())

    def __repr__(self) -> str:
        return f"<Layer {self.name[:40]}: {len(self.notes)} notes>"


class _Rows(Protocol):
    """What is used of a reader of CSV."""

    @property
    def line_num(self) -> int: ...
    def __iter__(self) -> Iterator[list[str]]: ...
    def __next__(self) -> list[str]: ...


def _notes(rows: _Rows, policy: PolicyVersion, place: str) -> Iterator[tuple[str, Note]]:
    head = [name.strip().lower() for name in next(rows)]
    if "id" not in head:
        raise UnknownField(place, "id", tuple(head))
    columns = [head.index("id")]
    columns += [
        next((head.index(n) for n in names if n in head), -1) for names in (_VALUES, ("note",))
    ]
    findings: list[Finding] = []
    seen: set[str] = set()
    for row in rows:
        id, value, note = (row[at].strip() if 0 <= at < len(row) else "" for at in columns)
        where = Place(place, rows.line_num)
        if id in seen:
            findings.append(Finding.of(problems.DUPLICATE_ID, where, id=id))
        elif id in policy:
            seen.add(id)
            yield id, Note(value, note)
        elif any(row):
            near = ", ".join(nearest(id, [one.id for one in policy]))
            hint = Phrase(f", such as {near}", f", comme {near}") if near else ""
            found = Finding.of(problems.UNKNOWN_REFERENCE, where, field="id", id=id, hint=hint)
            findings.append(found)
    if findings:
        raise InvalidData(place, tuple(findings))
