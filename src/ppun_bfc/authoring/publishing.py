"""
From a folder of YAML to a published file, by steps that are each a function of what they are given.

Read the folder, check it, stamp it with its version, assemble it, compare it with what is out,
write it; what was written is never touched again.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from .. import problems
from ..canonical import COLLECTIONS, FORMAT, JsonObject, version_key
from ..errors import AlreadyPublished, Finding, InvalidData, NothingToPublish, Place
from ..files import alone_in, need_folder, read_file, write_file
from ..models import ENTITY_TYPES, EdtfDate, Entity
from ..models.dates import Day, as_day
from ..policy import PolicyVersion, records_of
from ..published import Publications, PublishedVersion, index_bytes, published_folder, shipped
from ..release import release
from ..rules import Checked, check
from ..snapshots import assemble, read_snapshot
from ..vocabulary import Code
from .reader import Folder, read_folder

__all__ = ["Publication", "draft", "publish", "validate"]


@dataclass(frozen=True)
class Publication:
    """
    What publishing wrote.

    Attributes:
        version: the version.
        digest: `sha256:` and the SHA-256 of its file.
        size: the length of its file in bytes.
        path: the file.

    """

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
    return _check(read_folder(Path(folder))).findings


def draft(folder: str | Path) -> PolicyVersion:
    """
    A folder of YAML as a version that is not published, named `edition.N.dev0`.

    Raises:
        UnreadableFile: where it is not a folder.
        InvalidData: with every finding, where it breaks a rule.

    """
    return assemble(_sound(folder), shipped().elsewhere(""))


def publish(
    folder: str | Path,
    into: str | Path | None = None,
    *,
    version: str | None = None,
    released: Day | None = None,
) -> Publication:
    """
    Write the next version of a folder's edition, and list it in the index as the current one.

    Ids hold for ever: what the newest version of this edition has, the folder must have too, be it
    as a deprecated record; what only an earlier edition has is carried over as deprecated.

    Args:
        folder: the authoring files.
        into: the folder of published files; by default the checkout's.
        version: the version to write, by default the next number of the edition.
        released: the day of publication, by default today.

    Raises:
        InvalidData: with every finding, where the data breaks a rule or drops an id.
        WrongType: where the day is none.
        AlreadyPublished: where that version is out.
        NothingToPublish: where the newest version of the edition says the same.

    """
    target = Path(into) if into is not None else Path(str(published_folder()))
    day = as_day(released) if released is not None else datetime.now(UTC).date()
    checked = _sound(folder)
    need_folder(target, make=True)
    with alone_in(target):
        return _publish(checked, str(folder), target, version, EdtfDate(day.isoformat()))


def _publish(
    checked: Checked, folder: str, target: Path, version: str | None, day: EdtfDate
) -> Publication:
    assert checked.header is not None
    edition = checked.header.edition
    index = _index(target)
    number, previous = _next(index, edition)
    if version is not None and version != number:
        if version in {row.version for row in index}:
            raise AlreadyPublished(version, number)
        raise InvalidData.of(problems.NOT_ONE_OF, Place(folder), value=version, names=number)
    earlier = [read_snapshot(target / f"{row.version}.json", row.digest) for row in _newest(index)]
    before = [policy for policy in earlier if policy.edition <= edition]
    checked = _carried(checked, [policy for policy in before if policy.edition != edition])
    if findings := tuple(_gone(checked.entities, before)):
        raise InvalidData(folder, findings)
    made = assemble(_stamp(checked, number, day, previous, before))
    if before and before[-1].version == previous and _same(made, before[-1]):
        raise NothingToPublish(folder, before[-1].version)
    return _write(made, target, index)


def _check(folder: Folder) -> Checked:
    """What a folder says, held against every rule."""
    edition = folder.edition or "?"
    number, _ = _next(shipped().index, edition)
    snapshot: JsonObject = {
        "format": FORMAT,
        "edition": edition,
        "version": f"{number}.dev0",
        **folder.collections,
    }
    if not folder.edition and not folder.findings:
        missing = Finding.of(problems.MISSING_FIELD, name="edition")
        return Checked(None, (), (), (), (), (missing,))
    # A file that could not be read leaves references open; they are not problems of their own.
    broken = any(found.code not in ("duplicate-key", "split-kind") for found in folder.findings)
    checked = check(snapshot, folder.locate, ignore=_FOLLOW_UPS if broken else ())
    every = sorted(
        [*folder.findings, *checked.findings], key=lambda finding: (finding.place, finding.code)
    )
    return replace(checked, findings=tuple(every))


_FOLLOW_UPS: frozenset[Code] = frozenset(
    {"unknown-reference", "one-policy", "bad-value", "wrong-edition"}
)


def _sound(folder: str | Path) -> Checked:
    checked = _check(read_folder(Path(folder)))
    if checked.findings:
        raise InvalidData(str(folder), checked.findings)
    return checked


def _index(folder: Path) -> tuple[PublishedVersion, ...]:
    index = folder / "index.json"
    return Publications(folder).read_index() if index.exists() else ()


def _next(index: Iterable[PublishedVersion], edition: str) -> tuple[str, str | None]:
    """The next version of an edition, and the one before it."""
    rows = [row for row in index if row.edition == edition]
    number = version_key(rows[-1].version)[-1] + 1 if rows else 1
    return f"{edition}.{number}", rows[-1].version if rows else None


def _newest(index: Iterable[PublishedVersion]) -> Iterable[PublishedVersion]:
    """The newest version of each edition, oldest edition first."""
    return {row.edition: row for row in index}.values()


def _carried(checked: Checked, earlier: Iterable[PolicyVersion]) -> Checked:
    """The records, and as deprecated ones those that only earlier editions have."""
    entities = {entity.id: entity for entity in checked.entities}
    documents = {document.id: document for document in checked.documents}
    active = {entity.id for entity in checked.entities if entity.status == "active"}
    for policy in reversed([*earlier]):
        for id, record in records_of(policy).parsed.items():
            if id not in entities:
                # An heir of then may be withdrawn itself now.
                heir = record.get("replaced_by")
                choices = [choice for choice in record.get("consider", ()) if choice in active]
                fields: dict[str, object] = {**record, "status": "deprecated", "consider": choices}
                fields["replaced_by"] = heir if heir in active else None
                entities[id] = ENTITY_TYPES[id.partition(":")[0]].model_validate(fields)
        documents = {**policy.documents, **documents}
    every = tuple(entities.values())
    return replace(checked, entities=every, documents=tuple(documents.values()))


def _gone(entities: Iterable[Entity], before: Iterable[PolicyVersion]) -> Iterator[Finding]:
    """The ids of earlier versions that vanished, or came back under another kind."""
    kept = {entity.id for entity in entities}
    seen: set[str] = set()
    for policy in reversed([*before]):
        new = {id.partition(":")[2]: id for id in kept if id not in policy}
        for id in records_of(policy).parsed:
            if id in kept or id in seen:
                continue
            seen.add(id)
            place, given = Place(record=id), {"version": policy.version}
            if heir := new.get(id.partition(":")[2]):
                yield Finding.of(problems.CHANGED_KIND, place, **given, id=heir)
            else:
                yield Finding.of(problems.VANISHED_ID, place, **given)


def _stamp(
    checked: Checked,
    version: str,
    day: EdtfDate,
    previous: str | None,
    before: Iterable[PolicyVersion],
) -> Checked:
    """The records of a version that is released, each entity with the version that introduced it."""
    assert checked.header is not None
    header = {"version": version, "released": day, "previous": previous}
    known: dict[str, str] = {}
    for policy in before:
        for id, record in records_of(policy).parsed.items():
            known.setdefault(id, record.get("introduced_in") or policy.version)
    return replace(
        checked,
        header=checked.header.model_copy(update=header),
        entities=tuple(
            entity.model_copy(update={"introduced_in": known.get(entity.id, version)})
            for entity in checked.entities
        ),
    )


def _same(new: PolicyVersion, old: PolicyVersion) -> bool:
    """Whether two versions of an edition say the same, apart from when they were published."""
    one, other = new.to_dict(), old.to_dict()
    return all(one[part] == other[part] for part in COLLECTIONS)


def _write(policy: PolicyVersion, folder: Path, index: Iterable[PublishedVersion]) -> Publication:
    data = policy.to_json()
    path = folder / f"{policy.version}.json"
    # A publication that was killed may have left the file without its line in the index.
    if not path.is_file() or read_file(path, len(data)) != data:
        write_file(path, data, replace=False)
    row = PublishedVersion(
        version=policy.version,
        edition=policy.edition,
        released=str(policy.released),
        previous=policy.previous,
        format=policy.format,
        size=len(data),
        digest=policy.digest,
        package=release(),
        current=True,
    )
    write_file(folder / "index.json", index_bytes((*index, row), policy.version))
    return Publication(policy.version, row.digest, row.size, str(path))
