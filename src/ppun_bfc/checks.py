"""Whether the ids that an application names still mean what they did: by the pin, and beyond it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from . import problems, several
from .canonical import Json, ParsedEntity
from .changes import Change, diff
from .errors import Finding, Place, PpunError, nearest
from .languages import Language
from .models import ENTITY_TYPES
from .once import once
from .pins import Pin
from .policy import PolicyVersion, records_of
from .published import load, versions
from .several import Progress, watched
from .uses import MOST, PATHS, TEXTS, Passed, Use, Walk, is_meant, read_all, use_at

__all__ = ["UseReport", "check_files", "judge", "known_ids"]


@dataclass(frozen=True)
class UseReport:
    """
    What a look through an application's files found.

    Attributes:
        version: the version that the ids were held against; several, where pins differ.
        pinned: the version that the application is built on, where it says so; several likewise.
        files: how many files were read.
        uses: the places where ids stand, at most 10,000 of them.
        used: how many such places there are.
        findings: what is wrong there, by place; with severity "warning" where nothing breaks.
        passed: what was passed over in folders, and why.

    """

    version: str
    pinned: str | None
    files: int
    uses: tuple[Use, ...]
    used: int
    findings: tuple[Finding, ...]
    passed: tuple[Passed, ...] = ()

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
            "uses": self.used,
            "findings": [finding.to_dict(lang) for finding in self.findings],
            "passed": [
                {"reason": passed.reason, "name": passed.name, "count": passed.count}
                for passed in self.passed
            ],
        }


def check_files(
    paths: str | Path | Iterable[str | Path],
    *,
    pinned: PolicyVersion | None = None,
    against: PolicyVersion | None = None,
    columns: str | Iterable[str] = (),
    delimiter: str | None = None,
    ignore: str | Iterable[str] = (),
    exclude: str | Iterable[str] = (),
    find_pins: bool = False,
    require_pin: bool = False,
    progress: Progress | None = None,
) -> UseReport:
    """
    Find the policy's ids in an application's files, and what is wrong with them.

    An id is reported where the version has none such, or has deprecated it, or where it means
    something else than in the version that the application was built on. A file that cannot be
    read is reported too, and the others are read all the same.

    Args:
        paths: a file or folder, or several; Python, JSON, YAML, TOML, CSV, SQL, Markdown files and
            notebooks are read, and SQLite files where `columns` names columns of theirs.
        pinned: the version that the application is built on.
        against: the version to hold the ids against; by default the pinned one, else the current.
        columns: columns that hold ids and nothing else: of CSV files by name, of SQLite files as
            `table.column`.
        delimiter: what parts the cells of CSV files; by default it is found out.
        ignore: texts that only look like ids.
        exclude: patterns of files and folders that are left out, such as `chart/**`.
        find_pins: whether the nearest pin above each file tells what the file is built on.
        require_pin: whether a file without a pin is an error.
        progress: is told how many files are done, of how many nobody knows.

    Examples:
        >>> import ppun_bfc
        >>> report = ppun_bfc.check_files(["LICENSE"])
        >>> [finding.code for finding in report.findings], report.failed
        (['not-a-format'], False)

    """
    grounds = _Grounds(pinned, against, find=find_pins)
    ignored = frozenset(several.texts(ignore, TEXTS))
    names = tuple(several.texts(columns, TEXTS))
    walk = Walk(tuple(several.texts(exclude, TEXTS)))
    uses: list[Use] = []
    findings: list[Finding] = []
    files = used = 0
    places = several.paths(paths, PATHS)
    found = read_all(walk, places, grounds.knows, names, delimiter, grounds.keeps)
    for source, spots in watched(found, progress):
        ground = grounds.of(source.path)
        left = ignored | ground.ignore
        before = len(walk.findings)
        for spot in spots:
            if spot.id in left:
                continue
            used += 1
            judged = ground.judge(spot.id)
            # Of a large file, most uses are sound and nobody asks where they are.
            if used <= MOST or (judged and len(findings) <= MOST):
                use = use_at(source, spot)
                uses += [use] if used <= MOST else []
                findings += [replace(judged, place=use.place)] if judged else []
        files += len(walk.findings) == before
        if require_pin and ground.pin is None:
            place = Place(str(source.path))
            findings.append(Finding.of(problems.NO_PIN, place, file="pyproject.toml"))
    findings += [*walk.findings, *grounds.findings]
    findings.sort(key=lambda finding: (finding.place, finding.code))
    if len(findings) > MOST:
        findings = [*findings[:MOST], Finding.of(problems.TOO_MANY, limit=MOST)]
    return UseReport(*grounds.versions, files, tuple(uses), used, tuple(findings), walk.passed)


class _Ground:
    """What some files are held against: the versions, and what their pin leaves alone."""

    def __init__(self, pin: Pin | None, base: PolicyVersion | None, target: PolicyVersion) -> None:
        self.pin = pin
        self.pinned = base
        self.target = target
        self.ignore = frozenset(pin.ignore if pin else ())
        self._base = base or target
        self._judged: dict[str, Finding | None] = {}

    @once
    def _changes(self) -> dict[str, Change]:
        found = diff(self._base, self.target)
        return {change.key: change for change in found if change.collection == "entities"}

    def judge(self, id: str) -> Finding | None:
        """What is wrong with an id; found out once for each."""
        if id not in self._judged:
            same = self._base is self.target
            change = None if same else self._changes.get(id)
            self._judged[id] = judge(id, self.target, self._base, change)
        return self._judged[id]


class _Grounds:
    """The ground of each file: one for all, or by the nearest pin."""

    def __init__(
        self, pinned: PolicyVersion | None, against: PolicyVersion | None, *, find: bool
    ) -> None:
        self._against = against
        self._find = find
        self._default = _Ground(None, pinned, against or pinned or load())
        self._by_folder: dict[Path, tuple[Path, _Ground] | None] = {}
        self._by_pin: dict[Path, _Ground | None] = {}
        self._used: dict[int, _Ground] = {}
        self.findings: list[Finding] = []
        self.knows = known_ids(self._default.target, pinned or self._default.target)

    def of(self, path: Path) -> _Ground:
        """The ground of a file."""
        found = self._nearest(path.parent) if self._find else None
        ground = found[1] if found else self._default
        self._used[id(ground)] = ground
        return ground

    def keeps(self, path: Path) -> bool:
        """Whether the pin of a file does not leave it out."""
        found = self._nearest(path.parent) if self._find else None
        if found is None or found[1].pin is None:
            return True
        return not any(is_meant(path, found[0], pattern) for pattern in found[1].pin.exclude)

    def _nearest(self, folder: Path) -> tuple[Path, _Ground] | None:
        if folder not in self._by_folder:
            try:
                found = Pin.find(folder)
            except PpunError as error:
                found = None
                told = getattr(error, "findings", None) or (
                    Finding.of(problems.UNREADABLE, Place(str(folder)), reason=str(error)),
                )
                self.findings += [one for one in told if one not in self.findings]
            self._by_folder[folder] = (found[0].parent, self._made(*found)) if found else None
        return self._by_folder[folder]

    def _made(self, file: Path, pin: Pin) -> _Ground:
        ground = self._by_pin.get(file)
        if ground is None:
            base = pin.load()
            ground = self._by_pin[file] = _Ground(pin, base, self._against or base)
        return ground

    @property
    def versions(self) -> tuple[str, str | None]:
        """The versions held against, and those pinned, of the files that were read."""
        grounds = [*self._used.values()] or [self._default]
        targets = dict.fromkeys(ground.target.version for ground in grounds)
        pinned = dict.fromkeys(g.pinned.version for g in grounds if g.pinned)
        return ", ".join(targets), ", ".join(pinned) or None


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
