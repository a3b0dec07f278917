"""
What can go wrong, as typed facts: every failure is a `PpunError`, every problem in data a `Finding`.

Both hold a code and fields. Sentences are made from a catalogue, so that another language needs
another catalogue only (the command line has a French one). Exceptions print in English.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import ClassVar, Literal, TypeAlias

__all__ = [
    "ENGLISH",
    "AlreadyPublished",
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
    "UnknownRelation",
    "UnknownVersion",
    "UnreadableFile",
    "UnsupportedFormat",
    "nearest",
]

#: Catalogue keys, each with the fields of its sentence.
_Sentences: TypeAlias = list[tuple[str, dict[str, object]]]

#: Sentences by key, with the fields they take in braces. For a finding, `code` says what is wrong
#: and `code.cure` what to do.
ENGLISH: Mapping[str, str] = {
    "unknown-id": "no {id!r} in version {version}",
    "unknown-kind": "no kind {kind!r}",
    "unknown-relation": "no relation {relation!r} in version {version}",
    "unknown-version": "no version {version!r} in this package",
    "unknown-field": "{noun} has no {name!r}",
    "nearest": "did you mean {names}?",
    "known": "known: {names}",
    "list-ids": "list what there is with `ppun-bfc list {kind}`",
    "upgrade": "a newer release of ppun-bfc may ship it",
    "upgrade-to": 'it ships from release {package} on: pip install "ppun-bfc>={package}"',
    "other-versions": "{versions} has it{heir}: load that one, or migrate the id",
    "bad-quantity": "{noun} is not a number above 0: {value!r}",
    "bad-quantity.cure": "give a whole number, or a decimal one with a point",
    "digest-mismatch": "{place} has digest {actual}, not {expected}",
    "digest-mismatch.cure": "reinstall ppun-bfc, or correct the digest in the pin",
    "digest-of": "that digest is version {version}",
    "invalid-data": "{place}: {count} problem(s)",
    "unsupported-format": "{place} is written in format {found}; this release reads up to {newest}",
    "unsupported-format.cure": "install a newer ppun-bfc",
    "unreadable-file": "cannot use {path}: {reason}",
    "unreadable-file.cure": "check the path and its permissions",
    "already-published": "version {version} is published, and what is published never changes",
    "already-published.cure": "publish under the next number, {next}",
    "nothing-to-publish": "{folder} says the same as version {version}",
    "nothing-to-publish.cure": "change the data first",
    "missing-extra": "{what} needs the extra {extra!r}",
    "missing-extra.cure": 'install it with: pip install "ppun-bfc[{extra}]"',
    # findings: reading files
    "too-large": "the file has {size} bytes, more than the {limit} allowed",
    "too-large.cure": "split the file",
    "empty": "there is nothing here",
    "empty.cure": "write a value, or delete the key or file",
    "no-files": "no *.yaml file in this folder",
    "no-files.cure": "give the folder that holds the authoring files",
    "outside": "this file is a link that leads outside the folder",
    "outside.cure": "put the file itself in the folder",
    "not-utf8": "byte {offset} is not UTF-8",
    "not-utf8.cure": "save the file as UTF-8",
    "not-nfc": "this text is not in Unicode normal form C",
    "not-nfc.cure": "write it as {text!r} in form C",
    "control-character": "this text has a control character or a lone surrogate",
    "control-character.cure": "delete it",
    "syntax": "{problem}",
    "syntax.cure": "correct the syntax",
    "too-deep": "nested more than {limit} deep",
    "too-deep.cure": "flatten it",
    "alias": "anchors and aliases are not used here",
    "alias.cure": "write the value itself",
    "tag": "tags are not used here: {tag}",
    "tag.cure": "delete the tag; every value is read as text",
    "duplicate-key": "the key {key!r} stands twice",
    "duplicate-key.cure": "keep one",
    "bad-number": "{number} is not a number that can be read",
    "bad-number.cure": "write a decimal number as text",
    # findings: shape of records
    "missing-field": "{name!r} is missing",
    "missing-field.cure": "add it",
    "unexpected-field": "{name!r} is not a field here",
    "unexpected-field.cure": "delete it, or write one of: {names}",
    "wrong-type": "expected {expected}",
    "wrong-type.cure": "write {expected} here",
    "not-one-of": "{value!r} is not one of the values allowed",
    "not-one-of.cure": "write one of: {names}",
    "bad-value": "{value!r} is not valid here: {problem}",
    "bad-value.cure": "correct the value",
    "bad-id": "{value!r} is not an id",
    "bad-id.cure": "write kind:slug, lower-case ASCII words joined by '-', at most 60 characters",
    "other-kind": "the kind {kind!r} is not the one in the id",
    "other-kind.cure": "write the same kind in both",
    "bad-date": "{value!r} is not a date",
    "bad-date.cure": "write 2016, 2019-06, 2021-12-31 or an interval such as 2018/2022",
    "bad-decimal": "{value!r} is not a decimal number",
    "bad-decimal.cure": "write digits, and a point before decimals",
    "too-many-words": "{count} words, more than the {limit} allowed",
    "too-many-words.cure": "shorten it",
    # findings: what holds across records
    "duplicate-id": "the id {id!r} stands twice",
    "duplicate-id.cure": "rename or delete one",
    "unknown-reference": "{field} names {id!r}, which is not in the data",
    "unknown-reference.cure": "write an existing id{hint}",
    "wrong-kind": "{field} cannot name a {kind}",
    "wrong-kind.cure": "name one of: {names}",
    "cycle": "{field} leads back to {id!r}",
    "cycle.cure": "break the circle",
    "split-kind": "records of kind {kind} also stand in {file}",
    "split-kind.cure": "keep one kind in one file, since their order is data",
    "duplicate-link": "this link stands twice",
    "duplicate-link.cure": "keep one",
    "wrong-range": "{relation} does not go from {source} to {target}",
    "wrong-range.cure": "{relation} goes from {sources} to {targets}",
    "needs-citation": "a stated link cites the place that states it",
    "needs-citation.cure": "add a citation",
    "needs-rationale": "a derived link gives its reason",
    "needs-rationale.cure": "add a rationale in French and English",
    "needs-both-ends": "a derived link cites both ends: nothing cited belongs to {id}",
    "needs-both-ends.cure": "cite a page that {id} cites",
    "no-rationale": "a stated link has no rationale",
    "no-rationale.cure": "delete the rationale, or make the link derived",
    "needs-modality": "a stated link says what the source commits to",
    "needs-modality.cure": "add a modality: {names}",
    "no-modality": "a derived link has no modality",
    "no-modality.cure": "delete the modality",
    "needs-value": "a figure has a value, or a minimum or maximum, not both",
    "needs-value.cure": "keep one of them",
    "bad-bounds": "the minimum is above the maximum",
    "bad-bounds.cure": "exchange them",
    "needs-rate": "a bracket grants a rate, a ceiling or both",
    "needs-rate.cure": "add what it grants",
    "two-starts": "a bracket starts at cost_from or above cost_above, not both",
    "two-starts.cure": "keep one of them",
    "not-a-reading": "what is adopted is none of the readings",
    "not-a-reading.cure": "copy the reading that the data follows",
    "needs-as-written": "a date or number is given with its as_written, and the other way round",
    "needs-as-written.cure": "give both or neither",
    "needs-deprecated": "only a deprecated record has {field}",
    "needs-deprecated.cure": "add `status: deprecated`, or delete {field}",
    "two-ways": "replaced_by and consider are never mixed",
    "two-ways.cure": "keep one",
    "dead-end": "replaced_by does not end at an active record",
    "dead-end.cure": "name an active record",
    "one-policy": "there must be one policy, not {count}",
    "one-policy.cure": "keep one record of kind policy",
    "other-edition": "another file says edition {edition}",
    "other-edition.cure": "keep one edition in a folder",
    "vanished-id": "this id of version {version} is gone",
    "vanished-id.cure": "keep the record, with `status: deprecated`",
    "changed-kind": "this id of version {version} is now {id}, and kinds never change",
    "changed-kind.cure": "keep the record, with `status: deprecated` and `replaced_by: {id}`",
    "wrong-edition": "version {version} does not belong to edition {edition}",
    "wrong-edition.cure": "correct one of them",
    # findings: against the sources
    "page-missing": "{page} is not in the sources",
    "page-missing.cure": "correct the page, or give the folder that holds it",
    "not-on-page": "{text!r} does not stand in {page}",
    "not-on-page.cure": "write it as the page prints it, or cite another page",
    "parses-otherwise": "{text!r} reads as {found}, not {expected}",
    "parses-otherwise.cure": "correct the value, or as_written",
    "not-parsed": "{text!r} cannot be read as a {what}",
    "not-parsed.cure": "give the words of the source that hold the {what}",
    # findings in the files of an application
    "unreadable": "this file cannot be read: {reason}",
    "unreadable.cure": "check its permissions, or leave it out",
    "binary": "this file is binary, and was passed over",
    "binary.cure": "leave it out, or save it as text",
    "not-a-format": "files with this ending are not read",
    "not-a-format.cure": "give files that end in one of: {names}",
    "needs-columns": "a database is read only where its columns are named",
    "needs-columns.cure": "add --column TABLE.COLUMN",
    "no-column": "there is no column {name!r}; found with the delimiter {delimiter!r}: {names}",
    "no-column.cure": "correct the name, or give the delimiter with --delimiter",
    "bad-delimiter": "{value!r} cannot part the cells of a CSV file",
    "bad-delimiter.cure": "give one character, such as ',' or ';'",
    "unknown-use": "version {version} has no {id!r}",
    "unknown-use.cure": "write one of: {names}; if it is no id of the policy, --ignore it",
    "stray-use": "version {version} has no {id!r}, nor anything like it",
    "stray-use.cure": "correct it; if it is no id of the policy, --ignore it",
    "elsewhere-use": "version {version} has no {id!r}, but {names} has it",
    "elsewhere-use.cure": "pin such a version, or do not use the id",
    "replaced-use": "{id} is deprecated in version {version}, and replaced by {heir}",
    "replaced-use.cure": "write {heir}; in data files `ppun-bfc migrate` does it",
    "split-use": "{id} is deprecated in version {version}, and a person must choose what follows",
    "split-use.cure": "choose among: {names}",
    "withdrawn-use": "{id} is deprecated in version {version}, and nothing replaces it",
    "withdrawn-use.cure": "stop using it",
    "changed-use": "{id} means something else in version {version} than in {pinned}: {what}",
    "changed-use.cure": "see whether what you built on it still holds, then pin {version}",
    "grown-use": "version {version} says more of {id} than {pinned}: {what}",
    "grown-use.cure": "nothing breaks; see whether you want it",
    # findings in a pyproject
    "no-pin": "there is no [tool.ppun-bfc] with a pin here",
    "no-pin.cure": "write one with `ppun-bfc pin --into {file}`",
    "pin-elsewhere": "the pin here is not a table [tool.ppun-bfc] that can be rewritten",
    "pin-elsewhere.cure": "write it as such a table, or change it by hand",
    # findings: published files
    "unsound": "{problem}",
    "unsound.cure": "reinstall ppun-bfc",
    "stray-file": "the index does not list this file",
    "stray-file.cure": "delete it, or publish it",
    "index-mismatch": "the index says {expected}, the file {actual}",
    "index-mismatch.cure": "reinstall ppun-bfc",
}


def nearest(name: str, known: "list[str] | tuple[str, ...]", count: int = 3) -> tuple[str, ...]:
    """
    The `count` entries of `known` most like `name`, best first; empty where none is near.

    >>> nearest("scheme:srdei", ["scheme:srdeii", "goal:sdg-12"])
    ('scheme:srdeii',)
    """
    from difflib import get_close_matches

    return tuple(get_close_matches(str(name)[:200], known, n=count, cutoff=0.6))


@dataclass(eq=False, repr=False)
class PpunError(Exception):
    """
    Base of every failure that this library raises.

    Two are equal when their type and fields are, and all of them pickle.
    """

    #: The key of its sentence in a catalogue; `code.cure` is the key of the cure.
    code: ClassVar[str] = ""

    def sentences(self) -> _Sentences:
        """The catalogue keys of what happened and of the cure, each with its fields."""
        given: dict[str, object] = {f.name: getattr(self, f.name) for f in fields(self)}
        return [(self.code, given), (f"{self.code}.cure", given)]

    def text(self, catalogue: Mapping[str, str] = ENGLISH) -> str:
        """The whole message in the language of `catalogue`."""
        return "; ".join(catalogue[key].format(**given) for key, given in self.sentences())

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


def _suggest(names: tuple[str, ...]) -> _Sentences:
    return [("nearest", {"names": ", ".join(names)})] if names else []


@dataclass(eq=False, repr=False)
class UnknownId(PpunError, KeyError):
    """No entity has this id in this version."""

    id: str
    version: str
    nearest: tuple[str, ...] = ()
    #: Other shipped versions that have it.
    elsewhere: tuple[str, ...] = ()
    #: What replaces it, where one of them says so.
    replaced_by: str | None = None

    def sentences(self) -> _Sentences:
        what: _Sentences = [("unknown-id", {"id": self.id, "version": self.version})]
        if self.elsewhere:
            heir = f" ({self.id} → {self.replaced_by})" if self.replaced_by else ""
            given: dict[str, object] = {"versions": ", ".join(self.elsewhere), "heir": heir}
            return [*what, ("other-versions", given)]
        kind = self.id.partition(":")[0]
        return [*what, *(_suggest(self.nearest) or [("list-ids", {"kind": kind or "KIND"})])]


@dataclass(eq=False, repr=False)
class UnknownKind(PpunError, KeyError):
    """There is no such kind of entity."""

    kind: str
    known: tuple[str, ...]

    def sentences(self) -> _Sentences:
        cure = _suggest(nearest(self.kind, self.known))
        return [
            ("unknown-kind", {"kind": self.kind}),
            *(cure or [("known", {"names": ", ".join(self.known)})]),
        ]


@dataclass(eq=False, repr=False)
class UnknownRelation(PpunError, KeyError):
    """The version's table of relations has no such name."""

    relation: str
    version: str
    known: tuple[str, ...]

    def sentences(self) -> _Sentences:
        cure = _suggest(nearest(self.relation, self.known))
        return [
            ("unknown-relation", {"relation": self.relation, "version": self.version}),
            *(cure or [("known", {"names": ", ".join(self.known)})]),
        ]


@dataclass(eq=False, repr=False)
class UnknownVersion(PpunError, KeyError):
    """No version or edition of that name ships with this package."""

    version: str
    known: tuple[str, ...]
    #: The first release of the package that ships it, where a pin tells.
    package: str | None = None

    def sentences(self) -> _Sentences:
        return [
            ("unknown-version", {"version": self.version}),
            ("known", {"names": ", ".join(self.known)}),
            ("upgrade-to", {"package": self.package}) if self.package else ("upgrade", {}),
        ]


@dataclass(eq=False, repr=False)
class UnknownField(PpunError, ValueError):
    """An option names something that does not exist."""

    noun: str
    name: str
    known: tuple[str, ...]

    def sentences(self) -> _Sentences:
        return [
            ("unknown-field", {"noun": self.noun, "name": self.name}),
            ("known", {"names": ", ".join(self.known)}),
        ]


@dataclass(eq=False, repr=False)
class BadQuantity(PpunError, ValueError):
    """A cost or a number of inhabitants is no number above 0."""

    code: ClassVar[str] = "bad-quantity"
    noun: str
    value: str


@dataclass(eq=False, repr=False)
class DigestMismatch(PpunError, ValueError):
    """Bytes are not those that were asked for."""

    code: ClassVar[str] = "digest-mismatch"
    place: str
    expected: str
    actual: str
    #: The shipped version that has the expected digest, if one has.
    belongs_to: str | None = None

    def sentences(self) -> _Sentences:
        what, cure = super().sentences()
        owner: _Sentences = [("digest-of", {"version": self.belongs_to})]
        return [what, *(owner if self.belongs_to else ()), cure]


@dataclass(eq=False, repr=False)
class UnsupportedFormat(PpunError, ValueError):
    """A file is written in a newer format than this release reads."""

    code: ClassVar[str] = "unsupported-format"
    place: str
    found: str
    newest: int


@dataclass(eq=False, repr=False)
class UnreadableFile(PpunError, OSError):
    """A file or folder is missing, of the wrong type, or may not be read or written."""

    code: ClassVar[str] = "unreadable-file"
    path: str
    reason: str


@dataclass(eq=False, repr=False)
class AlreadyPublished(PpunError, FileExistsError):
    """Publishing would touch a version that is out."""

    code: ClassVar[str] = "already-published"
    version: str
    next: str


@dataclass(eq=False, repr=False)
class NothingToPublish(PpunError, ValueError):
    """The draft says what the newest published version says."""

    code: ClassVar[str] = "nothing-to-publish"
    folder: str
    version: str


@dataclass(eq=False, repr=False)
class MissingExtra(PpunError, ImportError):
    """An optional part of the package is not installed."""

    code: ClassVar[str] = "missing-extra"
    what: str
    extra: str


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
        return " ".join(part for part in (spot, named) if part)


@dataclass(frozen=True)
class Finding:
    """One problem in data: its code, how bad, where, and the fields of its sentences."""

    code: str
    place: Place = Place()
    given: tuple[tuple[str, str | int], ...] = ()
    severity: Literal["error", "warning"] = "error"

    def message(self, catalogue: Mapping[str, str] = ENGLISH) -> str:
        """What is wrong."""
        return catalogue[self.code].format(**dict(self.given))

    def cure(self, catalogue: Mapping[str, str] = ENGLISH) -> str:
        """What to do about it."""
        return catalogue[f"{self.code}.cure"].format(**dict(self.given))

    def text(self, catalogue: Mapping[str, str] = ENGLISH) -> str:
        """Place, message, cure and code in one line."""
        where = f"{self.place}: " if str(self.place) else ""
        return f"{where}{self.message(catalogue)}; {self.cure(catalogue)} [{self.code}]"

    def __str__(self) -> str:
        return self.text()


@dataclass(eq=False, repr=False)
class InvalidData(PpunError, ValueError):
    """Data that breaks the rules, with every finding."""

    place: str
    findings: tuple[Finding, ...]

    def sentences(self) -> _Sentences:
        return [("invalid-data", {"place": self.place, "count": len(self.findings)})]

    def text(self, catalogue: Mapping[str, str] = ENGLISH) -> str:
        """A first line, then each finding on a line of its own."""
        first = super().text(catalogue)
        return "\n  ".join([first, *(finding.text(catalogue) for finding in self.findings)])
