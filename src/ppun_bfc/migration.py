"""
Move ids to another version: what a program may follow it follows, the rest is left to a person.

A file is rewritten at the very places where ids stand, so that all else in it stays byte by byte.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, TypeAlias

from . import problems, several
from .canonical import Json
from .checks import judge
from .errors import Finding, InvalidData, Place, UnreadableFile, nearest
from .files import look_before_writing, write_file
from .languages import Language
from .policy import PolicyVersion, records_of
from .published import load
from .uses import IDS, MOST, PATHS, TEXTS, Passed, Source, Use, Walk, read_all, use_at

__all__ = ["FileMigration", "Move", "Outcome", "Rewrite", "migrate", "migrate_files"]

Outcome: TypeAlias = Literal["kept", "replaced", "choose", "withdrawn", "unknown"]
_REWRITTEN = ("json", "yaml", "csv")


@dataclass(frozen=True)
class Move:
    """
    Where one id goes.

    Attributes:
        id: the id as it was.
        outcome: "kept", "replaced" by the one in `to`, or to be decided by a person: "choose" among
            `choices`, "withdrawn" without heir, "unknown" to the version (`choices`: the nearest).
        to: the id in the other version; None where a person must decide.
        choices: what a person may choose among.

    """

    id: str
    outcome: Outcome
    to: str | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rewrite:
    """One id in one file, and the one that stands there instead."""

    place: Place
    old: str
    new: str


@dataclass(frozen=True)
class FileMigration:
    """
    What migrating files did, or would do.

    Attributes:
        version: the version that the ids move to.
        written: whether files were rewritten; with `dry_run`, none was.
        files: how many files were read.
        rewrites: every id that is replaced.
        findings: what a person must decide or do by hand, and files that could not be read.
        passed: what was passed over in folders, and why.

    """

    version: str
    written: bool
    files: int
    rewrites: tuple[Rewrite, ...]
    findings: tuple[Finding, ...]
    passed: tuple[Passed, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether something is left to a person."""
        return any(finding.severity == "error" for finding in self.findings)

    def to_dict(self, lang: Language = "en") -> dict[str, Json]:
        """What was done as JSON, its sentences in one language."""
        return {
            "version": self.version,
            "written": self.written,
            "files": self.files,
            "rewrites": [
                {
                    "file": rewrite.place.file,
                    "line": rewrite.place.line,
                    "column": rewrite.place.column,
                    "old": rewrite.old,
                    "new": rewrite.new,
                }
                for rewrite in self.rewrites
            ],
            "findings": [finding.to_dict(lang) for finding in self.findings],
            "passed": [
                {"reason": passed.reason, "name": passed.name, "count": passed.count}
                for passed in self.passed
            ],
        }


def migrate(ids: str | Iterable[str], to: "PolicyVersion | str | None" = None) -> tuple[Move, ...]:
    """
    Where ids go in another version, one answer for each, in their order.

    Args:
        ids: an id of any version, or several.
        to: a version, or its name; by default the current one.

    Raises:
        UnknownVersion: where no such version ships with this package.

    Examples:
        >>> import ppun_bfc
        >>> [move.outcome for move in ppun_bfc.migrate(["scheme:srdeii", "scheme:srdei"])]
        ['kept', 'unknown']

    """
    policy = to if isinstance(to, PolicyVersion) else load(to)
    given = several.texts(ids, IDS)
    moves = {id: _move(id, policy) for id in dict.fromkeys(given)}
    return tuple(moves[id] for id in given)


def _move(id: str, policy: PolicyVersion) -> Move:
    if id not in policy:
        return Move(id, "unknown", None, nearest(id, records_of(policy).ids()))
    parsed = records_of(policy).parsed
    record = parsed[id]
    if record.get("status") != "deprecated":
        return Move(id, "kept", id)
    heir = record.get("replaced_by")
    while heir and (further := parsed[heir].get("replaced_by")):
        heir = further  # a sound version has no circle here
    if heir:
        return Move(id, "replaced", heir)
    if choices := record.get("consider"):
        return Move(id, "choose", None, tuple(choices))
    return Move(id, "withdrawn")


def migrate_files(
    paths: str | Path | Iterable[str | Path],
    to: "PolicyVersion | str | None" = None,
    *,
    dry_run: bool = False,
    columns: str | Iterable[str] = (),
    delimiter: str | None = None,
    ignore: str | Iterable[str] = (),
    exclude: str | Iterable[str] = (),
) -> FileMigration:
    """
    Rewrite the ids in JSON, CSV and YAML files, each file whole or not at all.

    Only an id that is a value of its own, or one of a list, is rewritten, and only where a program
    may follow it; never so that one key, or one item of a list, stands twice. Every other use of a
    deprecated or unknown id, also in files of other formats, is a finding. Every file is read, and
    looked at for whether it may be written, before the first is written; where one may not, none
    is. One that changed in between is left as it is, and told. Migrating again changes nothing.

    Args:
        paths: a file or folder, or several.
        to: a version, or its name; by default the current one.
        dry_run: write nothing, tell what would be.
        columns: as for `check_files`.
        delimiter: likewise.
        ignore: likewise.
        exclude: likewise.

    Raises:
        UnknownVersion: where no such version ships with this package.

    """
    policy = to if isinstance(to, PolicyVersion) else load(to)
    names, ignored = (frozenset(several.texts(given, TEXTS)) for given in (columns, ignore))
    walk = Walk(tuple(several.texts(exclude, TEXTS)))
    mover = _Mover(policy)
    findings: list[Finding] = []
    planned: list[tuple[Source, list[tuple[Use, str]]]] = []
    count = 0
    places = several.paths(paths, PATHS)
    for source, spots in read_all(walk, places, policy.__contains__, [*names], delimiter):
        before = len(walk.findings)
        wanted = [use_at(source, spot) for spot in spots if spot.id not in ignored]
        if len(walk.findings) > before:
            continue  # it could not be read to its end
        count += 1
        edits, told = mover.edits(source, wanted)
        findings += told
        if edits:
            planned.append((source, edits))
    findings += walk.findings
    rewrites, failed = _write(planned, dry_run=dry_run)
    findings += failed
    if len(findings) > MOST:
        findings = [*findings[:MOST], Finding.of(problems.TOO_MANY, limit=MOST)]
    written = not dry_run
    told_all = tuple(findings)
    return FileMigration(policy.version, written, count, rewrites, told_all, walk.passed)


class _Mover:
    """Where ids go, and what is to be told of them; found out once for each."""

    def __init__(self, policy: PolicyVersion) -> None:
        self._policy = policy
        self._moves: dict[str, Move] = {}
        self._judged: dict[str, Finding | None] = {}

    def _move(self, id: str) -> Move:
        if id not in self._moves:
            self._moves[id] = _move(id, self._policy)
            self._judged[id] = judge(id, self._policy, self._policy, None)
        return self._moves[id]

    def edits(
        self, source: Source, uses: Iterable[Use]
    ) -> tuple[list[tuple[Use, str]], list[Finding]]:
        """What is rewritten in one file, and what is left to a person."""
        edits: list[tuple[Use, str]] = []
        findings: list[Finding] = []
        beside: dict[tuple[int, ...], dict[str, set[str]]] = {}
        for use in uses:
            move = self._move(use.id)
            heir = move.to or use.id
            if use.among is not None:
                beside.setdefault(use.among, {}).setdefault(heir, set()).add(use.id)
            if move.outcome == "replaced" and use.whole and source.format in _REWRITTEN:
                edits.append((use, heir))
            elif judged := self._judged[use.id]:
                findings.append(replace(judged, place=use.place))
        # Two that become one, where one may stand only: a key of a mapping, an item of a list.
        kept: list[tuple[Use, str]] = []
        for use, heir in edits:
            if use.among is not None and len(beside[use.among][heir]) > 1:
                given = {"id": use.id, "heir": heir}
                findings.append(Finding.of(problems.TWO_IN_ONE, use.place, **given))
            else:
                kept.append((use, heir))
        return kept, findings


def _write(
    planned: Iterable[tuple[Source, list[tuple[Use, str]]]], *, dry_run: bool
) -> tuple[tuple[Rewrite, ...], list[Finding]]:
    """Write each file whole; what cannot be written is seen before the first one is."""
    findings: list[Finding] = []
    ready: list[tuple[Source, list[tuple[Use, str]]]] = []
    for source, edits in planned:
        try:
            look_before_writing(source.path)
        except UnreadableFile as error:
            place = Place(str(source.path))
            findings.append(Finding.of(problems.UNWRITABLE, place, reason=error.reason))
        else:
            ready.append((source, edits))
    if findings and not dry_run:
        return (), findings
    rewrites: list[Rewrite] = []
    for source, edits in ready:
        if not dry_run:
            before = source.text.encode(source.encoding)
            after = _edited(source.text, edits).encode(source.encoding)
            try:
                write_file(source.path, after, expected=before)
            except InvalidData as error:
                findings += error.findings
                continue
            except UnreadableFile as error:
                place = Place(str(source.path))
                findings.append(Finding.of(problems.UNWRITABLE, place, reason=error.reason))
                continue
        rewrites += [Rewrite(use.place, use.id, new) for use, new in edits]
    return tuple(rewrites), findings


def _edited(text: str, edits: Iterable[tuple[Use, str]]) -> str:
    parts: list[str] = []
    at = 0
    for use, new in sorted(edits, key=lambda edit: edit[0].start):
        parts += [text[at : use.start], new]
        at = use.end
    return "".join([*parts, text[at:]])
