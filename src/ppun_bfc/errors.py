"""
What can go wrong, as typed facts; long, since each failure is a class of its own.

Every failure is a `PpunError`, every problem in data a `Finding`.

Both hold fields; their sentences stand in `problems`, in both languages. Exceptions print in
English.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from importlib import import_module
from typing import ClassVar, TypeAlias

from . import problems
from .languages import Language, Phrase, printable
from .problems import Problem, Severity
from .vocabulary import Code

__all__ = [
    "AlreadyPublished",
    "AmbiguousName",
    "BadQuantity",
    "DeprecatedIdWarning",
    "DigestMismatch",
    "Finding",
    "InvalidData",
    "MissingExtra",
    "NothingToPublish",
    "Place",
    "PpunError",
    "UnknownField",
    "UnknownId",
    "UnknownKind",
    "UnknownName",
    "UnknownRelation",
    "UnknownTable",
    "UnknownVersion",
    "UnreadableFile",
    "UnsupportedFormat",
    "WrongType",
    "nearest",
    "need",
]

#: So many near names are suggested.
_NEAR = 3
#: What a sentence needs to be told.
_Given: TypeAlias = Mapping[str, object]


def nearest(name: str, known: Iterable[str], count: int = _NEAR) -> tuple[str, ...]:
    """
    The `count` entries of `known` most like `name`, best first; empty where none is near.

    Case, accents, spaces and underscores do not count, and the kind of an id may be left out.

    >>> nearest("scheme:srdei", ["scheme:srdeii", "goal:sdg-12"])
    ('scheme:srdeii',)
    >>> nearest("SRDEII", ["scheme:srdeii", "goal:sdg-12"])
    ('scheme:srdeii',)
    """
    from difflib import get_close_matches

    wanted = _folded(str(name)[:200])
    whole = ":" in wanted
    by_text: dict[str, list[str]] = {}
    for entry in known:
        folded = _folded(entry)
        by_text.setdefault(folded if whole else folded.rpartition(":")[2], []).append(entry)
    close = [wanted] if wanted in by_text else []
    close += get_close_matches(wanted, [text for text in by_text if text != wanted], count, 0.6)
    return tuple([entry for text in close for entry in by_text[text]][:count])


def _folded(text: str) -> str:
    if not text.isascii():
        from unicodedata import combining, normalize

        text = "".join(char for char in normalize("NFKD", text) if not combining(char))
    return text.casefold().replace("_", "-").replace(" ", "-")


@dataclass(eq=False, repr=False)
class PpunError(Exception):
    """
    Base of every failure that this library raises.

    Two are equal when their type and fields are, and all of them pickle.
    """

    #: What happened and what to do, with the fields of the error in braces.
    problem: ClassVar[Problem]

    def said(self) -> list[tuple[Phrase, _Given]]:
        """What happened and what to do, each with its fields."""
        given = {f.name: getattr(self, f.name) for f in fields(self)}
        return [(self.problem.what, given), (self.problem.cure, given)]

    def text(self, lang: Language = "en") -> str:
        """The whole message in one language."""
        return "; ".join(phrase.text(lang, **given) for phrase, given in self.said())

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        given = ", ".join(f"{f.name}={getattr(self, f.name)!r}" for f in fields(self))
        return f"{type(self).__name__}({given})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PpunError) and self.__reduce__() == other.__reduce__()

    def __hash__(self) -> int:
        return hash(self.__reduce__())

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return type(self), tuple(getattr(self, f.name) for f in fields(self))


def _suggest(names: Iterable[str], known: Iterable[str] = ()) -> list[tuple[Phrase, _Given]]:
    """The nearest names, else all that are known, if any."""
    if found := ", ".join(names):
        return [(problems.NEAREST, {"names": found})]
    return [(problems.KNOWN, {"names": found})] if (found := ", ".join(known)) else []


@dataclass(eq=False, repr=False)
class UnknownId(PpunError, KeyError, ValueError):
    """
    No entity has this id in this version, or one of another kind than was asked for.

    It is a `ValueError` too, so that a validator of pydantic that looks an id up refuses the value.
    """

    id: str
    version: str
    nearest: tuple[str, ...] = ()
    #: Other shipped versions that have it.
    elsewhere: tuple[str, ...] = ()
    #: What replaces it, where one of them says so.
    replaced_by: str | None = None
    #: The kind that was asked for, where the id is one of another kind.
    wanted: str | None = None

    def said(self) -> list[tuple[Phrase, _Given]]:
        """What happened and what to do, each with its fields."""
        kind = self.id.partition(":")[0]
        if self.wanted:
            named = {"found": _a(kind), "wanted": _a(self.wanted)}
            return [(problems.ANOTHER_KIND, {"id": self.id, **named}), *_suggest(self.nearest)]
        what = (problems.UNKNOWN_ID, {"id": self.id, "version": self.version})
        if self.elsewhere:
            heir = f" ({self.id} → {self.replaced_by})" if self.replaced_by else ""
            given = {"versions": ", ".join(self.elsewhere), "heir": heir}
            return [what, (problems.OTHER_VERSIONS, given)]
        known = _suggest(self.nearest)
        return [
            what,
            *(known or [(problems.LIST_IDS, {"kind": kind if ":" in self.id else "KIND"})]),
        ]


@dataclass(eq=False, repr=False)
class UnknownName(PpunError, KeyError, ValueError):
    """Nothing in this version is called so."""

    name: str
    version: str
    #: The ids of what is called nearly so.
    nearest: tuple[str, ...] = ()

    def said(self) -> list[tuple[Phrase, _Given]]:
        """What happened and what to do, each with its fields."""
        what = (problems.UNKNOWN_NAME, {"name": self.name, "version": self.version})
        return [what, *(_suggest(self.nearest) or [(problems.SEARCH_IT, {})])]


@dataclass(eq=False, repr=False)
class AmbiguousName(PpunError, KeyError, ValueError):
    """Several things in this version are called so."""

    name: str
    version: str
    #: Their ids.
    ids: tuple[str, ...]

    def said(self) -> list[tuple[Phrase, _Given]]:
        """What happened and what to do, each with its fields."""
        given = {"name": self.name, "version": self.version}
        choose = (problems.CHOOSE_ONE, {"ids": ", ".join(self.ids)})
        return [(problems.AMBIGUOUS_NAME, given), choose]


def _a(kind: str) -> Phrase:
    return Phrase(f"{'an' if kind[:1] in 'aeiou' else 'a'} {kind}", kind)


@dataclass(eq=False, repr=False)
class UnknownKind(PpunError, KeyError, ValueError):
    """There is no such kind of entity."""

    kind: str
    known: tuple[str, ...]

    def said(self) -> list[tuple[Phrase, _Given]]:
        """What happened and what to do, each with its fields."""
        what = (problems.UNKNOWN_KIND, {"kind": self.kind})
        return [what, *_suggest(nearest(self.kind, self.known), self.known)]


@dataclass(eq=False, repr=False)
class UnknownRelation(PpunError, KeyError, ValueError):
    """The version's table of relations has no such name."""

    relation: str
    version: str
    known: tuple[str, ...]

    def said(self) -> list[tuple[Phrase, _Given]]:
        """What happened and what to do, each with its fields."""
        what = (problems.UNKNOWN_RELATION, {"relation": self.relation, "version": self.version})
        return [what, *_suggest(nearest(self.relation, self.known), self.known)]


@dataclass(eq=False, repr=False)
class UnknownTable(PpunError, KeyError, ValueError):
    """A version has no table of that name."""

    table: str
    nearest: tuple[str, ...] = ()

    def said(self) -> list[tuple[Phrase, _Given]]:
        """What happened and what to do, each with its fields."""
        what = (problems.UNKNOWN_TABLE, {"table": self.table})
        return [what, *(_suggest(self.nearest) or [(problems.LIST_TABLES, {})])]


@dataclass(eq=False, repr=False)
class UnknownVersion(PpunError, KeyError, ValueError):
    """No version or edition of that name ships with this package."""

    version: str
    known: tuple[str, ...]
    #: The first release of the package that ships it, where a pin tells.
    package: str | None = None

    def said(self) -> list[tuple[Phrase, _Given]]:
        """What happened and what to do, each with its fields."""
        newer = (problems.UPGRADE_TO, {"package": self.package})
        return [
            (problems.UNKNOWN_VERSION, {"version": self.version}),
            *_suggest((), self.known),
            newer if self.package else (problems.UPGRADE, {}),
        ]


@dataclass(eq=False, repr=False)
class UnknownField(PpunError, ValueError):
    """An option names something that does not exist."""

    noun: str
    name: str
    known: tuple[str, ...]

    def said(self) -> list[tuple[Phrase, _Given]]:
        """What happened and what to do, each with its fields."""
        what = (problems.UNKNOWN_FIELD, {"noun": self.noun, "name": self.name})
        return [what, *_suggest((), self.known)]


@dataclass(eq=False, repr=False)
class WrongType(PpunError, TypeError, ValueError):
    """A value is of a type that cannot be meant, such as a number for an id."""

    problem: ClassVar[Problem] = problems.NOT_TEXT
    #: The value as Python shows it, cut where it is long.
    value: str
    expected: Phrase

    @classmethod
    def of(cls, value: object, expected: Phrase) -> "WrongType":
        """The error for a value."""
        shown = repr(value)
        return cls(shown if len(shown) <= _SHOWN else f"{shown[: _SHOWN - 1]}…", expected)


_SHOWN = 60


@dataclass(eq=False, repr=False)
class BadQuantity(PpunError, ValueError):
    """A cost or a number of inhabitants is no number above 0."""

    problem: ClassVar[Problem] = problems.BAD_QUANTITY
    noun: str
    value: str


@dataclass(eq=False, repr=False)
class DigestMismatch(PpunError, ValueError):
    """Bytes are not those that were asked for."""

    problem: ClassVar[Problem] = problems.DIGEST_MISMATCH
    place: str
    expected: str
    actual: str
    #: The shipped version that has the expected digest, if one has.
    belongs_to: str | None = None

    def said(self) -> list[tuple[Phrase, _Given]]:
        """What happened and what to do, each with its fields."""
        what, cure = super().said()
        owner = [(problems.DIGEST_OF, {"version": self.belongs_to})] if self.belongs_to else []
        return [what, *owner, cure]


@dataclass(eq=False, repr=False)
class UnsupportedFormat(PpunError, ValueError):
    """A file is written in a newer format than this release reads."""

    problem: ClassVar[Problem] = problems.UNSUPPORTED_FORMAT
    place: str
    found: str
    newest: int


@dataclass(eq=False, repr=False)
class UnreadableFile(PpunError, OSError):
    """A file or folder is missing, of the wrong type, or may not be read or written."""

    problem: ClassVar[Problem] = problems.UNREADABLE_FILE
    path: str
    reason: str


@dataclass(eq=False, repr=False)
class AlreadyPublished(PpunError, FileExistsError):
    """Publishing would touch a version that is out."""

    problem: ClassVar[Problem] = problems.ALREADY_PUBLISHED
    version: str
    next: str


@dataclass(eq=False, repr=False)
class NothingToPublish(PpunError, ValueError):
    """The draft says what the newest published version says."""

    problem: ClassVar[Problem] = problems.NOTHING_TO_PUBLISH
    folder: str
    version: str


@dataclass(eq=False, repr=False)
class MissingExtra(PpunError, ImportError):
    """An optional part of the package is not installed."""

    problem: ClassVar[Problem] = problems.MISSING_EXTRA
    what: str
    extra: str


def need(library: str, what: str, extra: str) -> None:
    """
    Make sure that an optional library is installed.

    Args:
        library: the module to import.
        what: what needs it.
        extra: the extra of this package that brings it.

    Raises:
        MissingExtra: where it is not.

    """
    try:
        import_module(library)
    except ImportError:
        raise MissingExtra(what, extra) from None


class DeprecatedIdWarning(UserWarning):
    """An id was looked up that this version has deprecated."""


@dataclass(frozen=True, order=True)
class Place:
    """Where something is: as much as is known of file, line and column, record, and field."""

    file: str = ""
    line: int = 0
    column: int = 0
    record: str = ""
    field: str = ""

    def __str__(self) -> str:
        spot = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        named = ".".join(part for part in (self.record, self.field) if part)
        return printable(" ".join(part for part in (spot, named) if part))


@dataclass(frozen=True)
class Finding:
    """One problem in data: what it is, where, the fields of its sentences, and how bad."""

    problem: Problem
    place: Place = Place()
    given: tuple[tuple[str, str | int | Phrase], ...] = ()
    severity: Severity = "error"

    @classmethod
    def of(
        cls,
        problem: Problem,
        place: Place | None = None,
        /,
        **given: str | int | Phrase,
    ) -> "Finding":
        """
        A problem somewhere, with the fields of its sentences by name.

        >>> from ppun_bfc import problems
        >>> print(Finding.of(problems.DUPLICATE_KEY, Place("a.yaml", 3, 5), key="x"))
        a.yaml:3:5: the key 'x' stands twice; keep one [duplicate-key]
        """
        return cls(problem, place or Place(), tuple(given.items()), problem.severity)

    @property
    def code(self) -> Code:
        """What its sort is called."""
        return self.problem.code

    def message(self, lang: Language = "en") -> str:
        """What is wrong."""
        return self.problem.what.text(lang, **dict(self.given))

    def cure(self, lang: Language = "en") -> str:
        """What to do about it."""
        return self.problem.cure.text(lang, **dict(self.given))

    def text(self, lang: Language = "en") -> str:
        """Place, message, cure and code in one line."""
        where = f"{self.place}: " if str(self.place) else ""
        return f"{where}{self.message(lang)}; {self.cure(lang)} [{self.code}]"

    def to_dict(self, lang: Language = "en") -> dict[str, str | int]:
        """The finding as JSON, its sentences in one language."""
        return {
            "code": self.code,
            "severity": self.severity,
            "file": self.place.file,
            "line": self.place.line,
            "column": self.place.column,
            "record": self.place.record,
            "field": self.place.field,
            "message": self.message(lang),
            "cure": self.cure(lang),
        }

    def __str__(self) -> str:
        return self.text()


@dataclass(eq=False, repr=False)
class InvalidData(PpunError, ValueError):
    """Data that breaks the rules, with every finding."""

    place: str
    findings: tuple[Finding, ...]

    @classmethod
    def of(cls, problem: Problem, place: Place, /, **given: str | int | Phrase) -> "InvalidData":
        """The error for one finding; it is about the file of the place."""
        return cls(place.file, (Finding.of(problem, place, **given),))

    def said(self) -> list[tuple[Phrase, _Given]]:
        """What happened, with its fields; the findings say what to do."""
        return [(problems.INVALID_DATA, {"place": self.place, "count": len(self.findings)})]

    def text(self, lang: Language = "en") -> str:
        """A first line, then each finding on a line of its own."""
        return "\n  ".join([super().text(lang), *(found.text(lang) for found in self.findings)])
