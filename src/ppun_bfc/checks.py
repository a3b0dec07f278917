"""Whether the ids that an application names still mean what they did: by the pin, and beyond it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from . import problems, several
from .canonical import Json, ParsedEntity
from .changes import Change, diff
from .errors import Finding, nearest
from .languages import Language
from .models import ENTITY_TYPES
from .policy import PolicyVersion, records_of
from .published import load, versions
from .uses import PATHS, TEXTS, Use, scan

__all__ = ["UseReport", "check_files", "judge", "known_ids"]


@dataclass(frozen=True)
class UseReport:
    """
    What a look through an application's files found.

    Attributes:
        version: the version that the ids were held against.
        pinned: the version that the application is built on, where it says so.
        files: how many files were read.
        uses: every place where an id stands.
        findings: what is wrong there, by place; with severity "warning" where nothing breaks.

    """

    version: str
    pinned: str | None
    files: int
    uses: tuple[Use, ...]
    findings: tuple[Finding, ...]

    @property
    def failed(self) -> bool:
        """Whether there is more than warnings."""
        return any(finding.severity == "error" for finding in self.findings)

    def to_dict(self, lang: Language = "en") -> dict[str, Json]:
        """The report as JSON, its sentences in one language."""
        return {
            "version": self.version,
            "pinned": self.pinned,
            "files": self.files,
            "uses": len(self.uses),
            "findings": [finding.to_dict(lang) for finding in self.findings],
        }


def check_files(
    paths: str | Path | Iterable[str | Path],
    *,
    pinned: PolicyVersion | None = None,
    against: PolicyVersion | None = None,
    columns: str | Iterable[str] = (),
    delimiter: str | None = None,
    ignore: str | Iterable[str] = (),
) -> UseReport:
    """
    Find the policy's ids in an application's files, and what is wrong with them.

    An id is reported where the version has none such, or has deprecated it, or where it means
    something else than in the version that the application was built on. A file that cannot be
    read is reported too, and the others are read all the same.

    Args:
        paths: a file or folder, or several; Python, JSON, YAML, TOML, CSV and SQL files are read, and SQLite
            files where `columns` names columns of theirs.
        pinned: the version that the application is built on.
        against: the version to hold the ids against; by default the pinned one, else the current.
        columns: columns that hold ids and nothing else: of CSV files by name, of SQLite files as
            `table.column`.
        delimiter: what parts the cells of CSV files; by default it is found out.
        ignore: texts that only look like ids.

    Examples:
        >>> import ppun_bfc
        >>> report = ppun_bfc.check_files(["README.md"])
        >>> [finding.code for finding in report.findings], report.failed
        (['not-a-format'], False)

    """
    target = against or pinned or load()
    base = pinned or target
    ignored = frozenset(several.texts(ignore, TEXTS))
    places = several.paths(paths, PATHS)
    found = scan(places, known_ids(target, base), tuple(several.texts(columns, TEXTS)), delimiter)
    uses = tuple(use for use in found.uses if use.id not in ignored)
    changes = {c.key: c for c in diff(base, target) if c.collection == "entities"}
    judged = {id: judge(id, target, base, changes.get(id)) for id in {use.id for use in uses}}
    findings = list(found.findings)
    findings += [replace(f, place=use.place) for use in uses if (f := judged[use.id])]
    findings.sort(key=lambda finding: (finding.place, finding.code))
    return UseReport(
        target.version, pinned.version if pinned else None, found.files, uses, tuple(findings)
    )


def known_ids(*policies: PolicyVersion) -> Callable[[str], bool]:
    """Whether one of these versions, or of those that ship, has an id."""
    every = (*policies, *(load(row.version) for row in versions()))

    def known(id: str) -> bool:
        return any(id in policy for policy in every)

    return known


def judge(
    id: str, target: PolicyVersion, base: PolicyVersion, change: Change | None
) -> Finding | None:
    """What is wrong with an id in a version, for those who knew it in another; None if nothing."""
    given: dict[str, str] = {"id": id, "version": target.version}
    if id not in target:
        others = [load(row.version) for row in versions()]
        having = dict.fromkeys(p.version for p in (base, *others) if id in p)
        if having:
            return Finding.of(problems.ELSEWHERE_USE, **given, names=", ".join(having))
        kind = id.partition(":")[0]
        ids = records_of(target).ids(kind if kind in ENTITY_TYPES else None)
        if near := nearest(id, ids):
            return Finding.of(problems.UNKNOWN_USE, **given, names=", ".join(near))
        return Finding.of(problems.STRAY_USE, **given)
    record = records_of(target).parsed[id]
    if record.get("status") == "deprecated":
        return _deprecated(record, given)
    if change is None or change.action == "added" or change.impact == "editorial":
        return None
    told = ", ".join(f.field for f in change.fields if f.impact == change.impact)
    grown = change.impact == "additive"
    problem = problems.GROWN_USE if grown else problems.CHANGED_USE
    return Finding.of(problem, **given, pinned=base.version, what=told)


def _deprecated(record: ParsedEntity, given: dict[str, str]) -> Finding:
    if heir := record.get("replaced_by"):
        return Finding.of(problems.REPLACED_USE, **given, heir=heir)
    if choices := record.get("consider"):
        return Finding.of(problems.SPLIT_USE, **given, names=", ".join(choices))
    return Finding.of(problems.WITHDRAWN_USE, **given)
