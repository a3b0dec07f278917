"""
Move ids to another version: what a program may follow it follows, the rest is left to a person.

A file is rewritten at the very places where ids stand, so that all else in it stays byte by byte.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, TypeAlias

from . import several
from .canonical import Json
from .checks import judge
from .errors import Finding, Place, nearest
from .files import write_file
from .languages import Language
from .policy import PolicyVersion, records_of
from .published import load
from .uses import IDS, PATHS, TEXTS, Source, Use, read_all

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

    """

    version: str
    written: bool
    files: int
    rewrites: tuple[Rewrite, ...]
    findings: tuple[Finding, ...]

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
) -> FileMigration:
    """
    Rewrite the ids in JSON, CSV and YAML files, each file whole or not at all.

    Only an id that is a value of its own is rewritten, and only where a program may follow it.
    Every other use of a deprecated or unknown id, also in files of other formats, is a finding.
    Every file is read before the first is written; one that was migrated is left as it is.

    Args:
        paths: a file or folder, or several.
        to: a version, or its name; by default the current one.
        dry_run: write nothing, tell what would be.
        columns: as for `check_files`.
        delimiter: likewise.
        ignore: likewise.

    Raises:
        UnreadableFile: where a file may not be written.
        UnknownVersion: where no such version ships with this package.

    """
    policy = to if isinstance(to, PolicyVersion) else load(to)
    names, ignored = tuple(several.texts(columns, TEXTS)), frozenset(several.texts(ignore, TEXTS))
    findings: list[Finding] = []
    rewrites: list[Rewrite] = []
    written: list[tuple[Source, str]] = []
    moves: dict[str, Move] = {}
    judged: dict[str, Finding | None] = {}
    count = 0
    places = several.paths(paths, PATHS)
    for source, uses in read_all(places, policy.__contains__, findings, names, delimiter):
        count += 1
        edits: list[tuple[Use, str]] = []
        for use in uses:
            if use.id in ignored:
                continue
            if use.id not in moves:
                moves[use.id] = _move(use.id, policy)
                judged[use.id] = judge(use.id, policy, policy, None)
            move = moves[use.id]
            if move.outcome == "replaced" and use.whole and source.format in _REWRITTEN:
                assert move.to is not None
                edits.append((use, move.to))
            elif finding := judged[use.id]:
                findings.append(replace(finding, place=use.place))
        if edits:
            rewrites += [Rewrite(use.place, use.id, new) for use, new in edits]
            written.append((source, _edited(source.text, edits)))
    if not dry_run:
        for source, text in written:
            write_file(source.path, text.encode(source.encoding))
    return FileMigration(policy.version, not dry_run, count, tuple(rewrites), tuple(findings))


def _edited(text: str, edits: Iterable[tuple[Use, str]]) -> str:
    parts: list[str] = []
    at = 0
    for use, new in edits:
        parts += [text[at : use.start], new]
        at = use.start + len(use.id)
    return "".join([*parts, text[at:]])
