"""From a folder of YAML to a published file: validate, number, write, never touch again."""

import os
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import ppun_bfc

from ..canonical import FORMAT, Json, digest, dump_line, version_key
from ..errors import AlreadyPublished, Finding, InvalidData, NothingToPublish, Place
from ..files import need_folder, read_file, write_file
from ..models import EdtfDate
from ..policy import PolicyVersion
from ..rules import Checked, check
from ..snapshots import PublishedVersion, assemble, published_folder, read, read_index
from .reader import read_folder

__all__ = ["Publication", "draft", "publish", "validate"]


@dataclass(frozen=True)
class Publication:
    """What publishing wrote."""

    version: str
    digest: str
    size: int
    path: str


def validate(folder: str | Path) -> tuple[Finding, ...]:
    """
    Every problem in a folder of YAML, with file, line and column; empty where there is none.

    Raises:
        UnreadableFile: where it is not a folder.

    """
    return tuple(_check(Path(folder)).findings)


def draft(folder: str | Path) -> PolicyVersion:
    """
    A folder of YAML as a version that is not published, named `edition.N.dev0`.

    Raises:
        UnreadableFile: where it is not a folder.
        InvalidData: with every finding, where it breaks a rule.

    """
    return assemble(_sound(Path(folder)))


def publish(
    folder: str | Path,
    into: str | Path | None = None,
    *,
    version: str | None = None,
    released: date | None = None,
) -> Publication:
    """
    Write the next version of a folder's edition, and list it in the index as the current one.

    Args:
        folder: the authoring files.
        into: the folder of published files; by default the checkout's.
        version: the version to write, by default the next number of the edition.
        released: the day of publication, by default today.

    Raises:
        InvalidData: with every finding, where the data breaks a rule or drops an id of the version
            before.
        AlreadyPublished: where that version is out.
        NothingToPublish: where the newest version of the edition says the same.

    """
    target = Path(into) if into is not None else published_folder()
    index = _listed(target)
    checked = _sound(Path(folder))
    assert checked.header is not None
    edition = checked.header.edition
    earlier = [row for row in index if row.edition == edition]
    upcoming = f"{edition}.{version_key(earlier[-1].version)[-1] + 1 if earlier else 1}"
    wanted = version or upcoming
    if wanted in {row.version for row in index}:
        raise AlreadyPublished(wanted, upcoming)
    if wanted != upcoming:
        given = (("value", wanted), ("names", upcoming))
        raise InvalidData(str(folder), (Finding("not-one-of", given=given),))
    previous = _read(target, earlier[-1]) if earlier else None
    if previous is not None and (findings := _gone(checked, previous)):
        raise InvalidData(str(folder), findings)
    _stamp(checked, previous, wanted, released or datetime.now(UTC).date())
    policy = assemble(checked)
    if previous is not None and _content(policy) == _content(previous):
        raise NothingToPublish(str(folder), previous.version)
    data = policy.to_json()
    path = target / f"{wanted}.json"
    need_folder(target, make=True)
    # A publication that was killed may have left the file without its line in the index.
    if not path.is_file() or read_file(path, len(data)) != data:
        write_file(path, data, replace=False)
    row = PublishedVersion(
        version=wanted,
        edition=edition,
        released=str(policy.released),
        previous=policy.previous,
        format=FORMAT,
        size=len(data),
        digest=digest(data),
        package=ppun_bfc.__version__,
        current=True,
    )
    write_file(target / "index.json", _index_bytes((*index, row), wanted))
    return Publication(wanted, row.digest, row.size, str(path))


def _gone(checked: Checked, previous: PolicyVersion) -> tuple[Finding, ...]:
    """
    The ids of the version before that vanished, or came back under another kind.

    That version in turn has every id of those before it.
    """
    kept = {entity.id for _, entity in checked.entities}
    new = {id.partition(":")[2]: id for id in kept if id not in previous}
    findings = []
    for entity in previous.entities(deprecated=True):
        if entity.id in kept:
            continue
        given = [("version", previous.version)]
        code = "vanished-id"
        if entity.slug in new:
            code = "changed-kind"
            given.append(("id", new[entity.slug]))
        findings.append(Finding(code, Place(record=entity.id), tuple(given)))
    return tuple(findings)


def _check(folder: Path) -> Checked:
    found = read_folder(folder)
    edition = found.edition or "?"
    shipped = [row for row in _listed(published_folder()) if row.edition == edition]
    number = version_key(shipped[-1].version)[-1] + 1 if shipped else 1
    snapshot: dict[str, Json] = {
        "format": FORMAT,
        "edition": edition,
        "version": f"{edition}.{number}.dev0",
        **found.collections,
    }
    if not found.edition and not found.findings:
        found.findings.append(Finding("missing-field", given=(("name", "edition"),)))
        return _with(Checked(), found.findings)
    checked = check(snapshot, found.locate)
    if any(finding.code not in ("duplicate-key", "split-kind") for finding in found.findings):
        # A file that could not be read leaves references open; they are not problems of their own.
        checked.findings = [f for f in checked.findings if f.code not in _FOLLOW_UPS]
    return _with(checked, found.findings)


_FOLLOW_UPS = frozenset({"unknown-reference", "one-policy", "bad-value", "wrong-edition"})


def _with(checked: Checked, findings: list[Finding]) -> Checked:
    checked.findings = sorted(
        [*findings, *checked.findings], key=lambda finding: (finding.place, finding.code)
    )
    return checked


def _listed(folder: Path) -> tuple[PublishedVersion, ...]:
    return read_index(folder) if os.path.exists(folder / "index.json") else ()  # noqa: PTH110 - never raises


def _read(folder: Path, row: PublishedVersion) -> PolicyVersion:
    return read(folder / f"{row.version}.json", digest=row.digest)


def _sound(folder: Path) -> Checked:
    checked = _check(folder)
    if checked.findings:
        raise InvalidData(str(folder), tuple(checked.findings))
    return checked


def _stamp(checked: Checked, previous: PolicyVersion | None, version: str, day: date) -> None:
    """Number a draft, and say of each entity which version introduced it."""
    assert checked.header is not None
    checked.header = checked.header.model_copy(
        update={
            "version": version,
            "released": EdtfDate(day.isoformat()),
            "previous": previous.version if previous else None,
        }
    )
    known = {e.id: e.introduced_in for e in previous.entities(deprecated=True)} if previous else {}
    checked.entities = [
        (path, entity.model_copy(update={"introduced_in": known.get(entity.id) or version}))
        for path, entity in checked.entities
    ]


def _content(policy: PolicyVersion) -> tuple[object, ...]:
    """What a version says, apart from when it was published."""
    entities = [
        entity.model_copy(update={"introduced_in": None})
        for entity in policy.entities(deprecated=True)
    ]
    return entities, policy.links, dict(policy.documents), dict(policy.relations)


def _index_bytes(rows: tuple[PublishedVersion, ...], current: str) -> bytes:
    lines = []
    for row in rows:
        record = asdict(row)
        del record["current"]
        lines.append(f"\n{dump_line(record)}")
    head = f'{{"current":{dump_line(current)},\n"format":{FORMAT},\n"versions":['
    return f"{head}{','.join(lines)}\n]}}\n".encode()
