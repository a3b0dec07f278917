"""Whether the ids that an application names still mean what they did: by the pin, and beyond it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from .changes import Change, diff
from .errors import Finding, nearest
from .models import ENTITY_TYPES
from .policy import PolicyVersion
from .snapshots import load, versions
from .uses import Use, scan

__all__ = ["UseReport", "check_files", "judge", "known_ids"]

#: So many ids are suggested.
_NEAR = 3


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


def check_files(
    paths: Iterable[str | Path],
    *,
    pinned: PolicyVersion | None = None,
    against: PolicyVersion | None = None,
    columns: Iterable[str] = (),
    delimiter: str | None = None,
    ignore: Iterable[str] = (),
) -> UseReport:
    """
    Find the policy's ids in an application's files, and what is wrong with them.

    An id is reported where the version has none such, or has deprecated it, or where it means
    something else than in the version that the application was built on. A file that cannot be
    read is reported too, and the others are read all the same.

    Args:
        paths: files and folders; Python, JSON, YAML, TOML, CSV and SQL files are read, and SQLite
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
    ignored = frozenset(ignore)
    places = [Path(path) for path in paths]
    found = scan(places, known_ids(target, base), tuple(columns), delimiter)
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
            return _finding("elsewhere-use", {**given, "names": ", ".join(having)})
        kind = id.partition(":")[0]
        ids = [e.id for e in target.entities(kind)] if kind in ENTITY_TYPES else [*_ids(target)]
        if near := nearest(id, ids, _NEAR):
            return _finding("unknown-use", {**given, "names": ", ".join(near)})
        return _finding("stray-use", given)
    record = target.record(id)
    if record.get("status") == "deprecated":
        return _deprecated(record, given)
    if change is None or change.action == "added" or change.impact == "editorial":
        return None
    told = [f.field for f in change.fields if f.impact == change.impact]
    code = "changed-use" if change.impact == "breaking" else "grown-use"
    finding = _finding(code, {**given, "pinned": base.version, "what": ", ".join(told)})
    return finding if code == "changed-use" else replace(finding, severity="warning")


def _deprecated(record: Mapping[str, object], given: dict[str, str]) -> Finding:
    if heir := record.get("replaced_by"):
        return _finding("replaced-use", {**given, "heir": str(heir)})
    if choices := record.get("consider"):
        assert isinstance(choices, list)
        return _finding("split-use", {**given, "names": ", ".join(choices)})
    return _finding("withdrawn-use", given)


def _ids(policy: PolicyVersion) -> Iterable[str]:
    return (entity.id for entity in policy)


def _finding(code: str, given: Mapping[str, str]) -> Finding:
    return Finding(code, given=tuple(given.items()))
