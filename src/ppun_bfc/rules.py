"""
What must hold in and across the records of a snapshot, whether it was written by hand or read.

`check` reports every problem at once. It works on parsed JSON, so authoring files and snapshots
obey one set of rules; references are found by the types of fields.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias, TypeVar

from pydantic import TypeAdapter

from . import problems
from .canonical import COLLECTIONS, FORMAT, VERSION, Json, JsonObject
from .errors import Finding, Place, nearest
from .languages import Phrase
from .models import (
    ENTITY_TYPES,
    AnyEntity,
    Citation,
    Document,
    EdtfDate,
    Entity,
    Link,
    Record,
    Relation,
)
from .models.values import ID
from .models.walk import Path, records, references
from .problems import Problem
from .shape import Report, read_record
from .vocabulary import Code

__all__ = ["Checked", "Header", "Locate", "check"]

#: Tells a person where a path is.
Locate: TypeAlias = Callable[[Path], Place]

_Model = TypeVar("_Model", bound=Record)
#: A link has two of them.
_ENDS = 2
#: So much of a wrong text is shown.
_SHOWN = 60
# Line feeds and tabs never stand in a record; authoring folds them before. Beside controls: what
# turns the direction of a text, what cannot be seen, what is no character.
_CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\ufffe\uffff\U000e0000-\U000e0fff]"
)
_A_LIST = Phrase("a list", "une liste")


class Header(Record, frozen=True):
    """What a snapshot says of itself."""

    format: int
    version: str
    edition: str
    released: EdtfDate | None = None
    previous: str | None = None


@dataclass(frozen=True)
class Checked:
    """The records of a snapshot that are well-formed, and every finding."""

    header: Header | None
    documents: tuple[Document, ...]
    relations: tuple[Relation, ...]
    entities: tuple[Entity, ...]
    links: tuple[Link, ...]
    findings: tuple[Finding, ...]


@dataclass
class _Draft:
    """Records with their places, while they are checked."""

    snapshot: JsonObject
    report: Report
    suggest: bool
    documents: list[tuple[Path, Document]]
    relations: list[tuple[Path, Relation]]
    entities: list[tuple[Path, Entity]]
    links: list[tuple[Path, Link]]


@cache
def _adapters() -> tuple[
    TypeAdapter[Document], TypeAdapter[Relation], TypeAdapter[Entity], TypeAdapter[Link]
]:
    entity: TypeAdapter[Entity] = TypeAdapter(AnyEntity)
    return TypeAdapter(Document), TypeAdapter(Relation), entity, TypeAdapter(Link)


def check(
    snapshot: JsonObject, locate: Locate | None = None, *, ignore: Collection[Code] = ()
) -> Checked:
    """
    Validate every record, then what must hold across them.

    Args:
        snapshot: parsed JSON with the four collections of a snapshot.
        locate: tells where a path stands; by default the record's id and field.
        ignore: codes of problems that are not told, and cost nothing.

    """
    findings: list[Finding] = []
    where = locate or _by_record(snapshot)

    def report(path: Path, problem: Problem, /, **given: str | int | Phrase) -> None:
        if problem.code not in ignore:
            findings.append(Finding.of(problem, where(path), **given))

    for name in COLLECTIONS:
        if name not in snapshot:
            report((), problems.MISSING_FIELD, name=name)
        elif not isinstance(snapshot[name], list | tuple):
            report((name,), problems.WRONG_TYPE, expected=_A_LIST)
    header = _header(snapshot, report)
    for path, text in _texts(snapshot, ()):
        if _CONTROL.search(text):
            report(path, problems.CONTROL_CHARACTER)
        elif not unicodedata.is_normalized("NFC", text):
            shown = unicodedata.normalize("NFC", text)[:_SHOWN]
            report(path, problems.NOT_NFC, text=shown)
    suggest = problems.UNKNOWN_REFERENCE.code not in ignore
    draft = _Draft(snapshot, report, suggest, [], [], [], [])
    documents, relations, entities, links = _adapters()
    draft.documents += _read(draft, "documents", documents, Document)
    draft.relations += _read(draft, "relations", relations, Relation)
    draft.links += _read(draft, "links", links, Link)
    draft.entities += _read(draft, "entities", entities, Entity)
    _check_entities(draft)
    _check_links(draft)
    findings.sort(key=lambda finding: (finding.place, finding.code))
    return Checked(
        header,
        _plain(draft.documents),
        _plain(draft.relations),
        _plain(draft.entities),
        _plain(draft.links),
        tuple(findings),
    )


def _plain(found: Iterable[tuple[Path, _Model]]) -> tuple[_Model, ...]:
    return tuple(record for _, record in found)


def _collection(snapshot: JsonObject, name: str) -> Sequence[Json]:
    value = snapshot.get(name, ())
    return value if isinstance(value, list | tuple) else ()


def _by_record(snapshot: JsonObject) -> Locate:
    def locate(path: Path) -> Place:
        record = ""
        if len(path) > 1 and isinstance(path[1], int):
            value = _collection(snapshot, str(path[0]))[path[1]]
            if isinstance(value, Mapping):
                ends = [str(value.get(key, "")) for key in ("source", "relation", "target")]
                named = value.get("id") or value.get("name") or " ".join(ends).strip()
                record = str(named)
            record = record[:200] or f"{path[0]}[{path[1]}]"
            path = path[2:]
        return Place(record=record, field=".".join(map(str, path)))

    return locate


def _texts(value: Json, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _texts(key, (*path, key))
            yield from _texts(item, (*path, key))
    elif isinstance(value, list | tuple):
        for position, item in enumerate(value):
            yield from _texts(item, (*path, position))


def _read(
    draft: _Draft, name: str, adapter: TypeAdapter[_Model], model: type[Record]
) -> Iterator[tuple[Path, _Model]]:
    for position, raw in enumerate(_collection(draft.snapshot, name)):
        path: Path = (name, position)
        for record in read_record(adapter, model, raw, path, draft.report):
            yield path, record


def _header(snapshot: JsonObject, report: Report) -> Header | None:
    raw = {key: value for key, value in snapshot.items() if key not in COLLECTIONS}
    for header in read_record(TypeAdapter(Header), Header, raw, (), report):
        version = header.version
        if not 1 <= header.format <= FORMAT:
            names = ", ".join(map(str, range(1, FORMAT + 1)))
            report(("format",), problems.NOT_ONE_OF, value=str(header.format), names=names)
        if not VERSION.fullmatch(version):
            shown = version[:_SHOWN]
            report(("version",), problems.BAD_VALUE, value=shown, problem="not edition.N")
        elif version.removesuffix(".dev0").rpartition(".")[0] != header.edition:
            given = {"version": version, "edition": header.edition[:_SHOWN]}
            report(("edition",), problems.WRONG_EDITION, **given)
        return header
    return None


def _ids(snapshot: JsonObject, name: str) -> tuple[str, ...]:
    """Every id given, also of records that are broken in another way."""
    found = (raw.get("id") for raw in _collection(snapshot, name) if isinstance(raw, Mapping))
    return tuple(id for id in found if isinstance(id, str))


class _Names:
    """Resolves references against the ids that there are; each unknown one is looked up once."""

    def __init__(self, ids: Iterable[str], draft: _Draft) -> None:
        self._ids = tuple(ids)
        self._set = frozenset(self._ids)
        self._draft = draft
        self._near: dict[str, str] = {}

    def __call__(self, path: Path, id: str) -> bool:
        if id in self._set:
            return True
        if not self._draft.suggest:
            return False
        if id not in self._near:
            kind = id.partition(":")[0]
            # What is no id is no cure.
            whole = [known for known in self._ids if ID.fullmatch(known)]
            among = [known for known in whole if known.partition(":")[0] == kind]
            self._near[id] = ", ".join(nearest(id, among or whole))
        near = self._near[id]
        hint = Phrase(f", such as {near}", f", comme {near}") if near else ""
        (*_, name) = (part for part in path if isinstance(part, str))
        self._draft.report(path, problems.UNKNOWN_REFERENCE, field=name, id=id, hint=hint)
        return False


def _report_twice(draft: _Draft, name: str) -> None:
    seen: set[str] = set()
    for position, raw in enumerate(_collection(draft.snapshot, name)):
        key = "name" if name == "relations" else "id"
        id = raw.get(key) if isinstance(raw, Mapping) else None
        if isinstance(id, str):
            if id in seen:
                draft.report((name, position, key), problems.DUPLICATE_ID, id=id)
            seen.add(id)


def _check_entities(draft: _Draft) -> None:
    for name in ("documents", "entities", "relations"):
        _report_twice(draft, name)
    documents = _Names(_ids(draft.snapshot, "documents"), draft)
    names = _Names(_ids(draft.snapshot, "entities"), draft)
    by_id = {entity.id: entity for _, entity in draft.entities}
    for path, record in (*draft.entities, *draft.links):
        for where, id, _ in references(record, "document"):
            documents((*path, *where), id)
    for path, entity in draft.entities:
        for where, id, found in references(entity):
            kind = id.partition(":")[0]
            allowed = entity.parents if where == ("part_of",) else found.kinds
            known = names((*path, *where), id)
            if (
                (known or found.kinds)
                and kind not in allowed
                and (allowed or where == ("part_of",))
            ):
                named = ", ".join(allowed) or _NOTHING
                given = {"field": found.name, "kind": kind, "names": named}
                draft.report((*path, *where), problems.WRONG_KIND, **given)
        _check_circle(draft, path, entity, by_id)
        _check_succession(draft, path, entity, by_id)
    broken = set(_ids(draft.snapshot, "entities")) - by_id.keys()
    policies = [id for id in broken if id.startswith("policy:")]
    policies += [e.id for e in by_id.values() if e.kind == "policy" and e.status == "active"]
    if len(policies) != 1:
        draft.report(("entities",), problems.ONE_POLICY, count=len(policies))


_NOTHING = Phrase("nothing", "rien")
_ANYTHING = Phrase("anything", "n’importe quoi")


def _check_circle(draft: _Draft, path: Path, entity: Entity, by_id: Mapping[str, Entity]) -> None:
    seen: set[str] = set()
    above: Entity | None = entity
    while above is not None and above.part_of and above.id not in seen:
        seen.add(above.id)
        above = by_id.get(above.part_of)
    if above is entity and seen:
        draft.report((*path, "part_of"), problems.CYCLE, field="part_of", id=entity.id)


def _check_succession(
    draft: _Draft, path: Path, entity: Entity, by_id: Mapping[str, Entity]
) -> None:
    seen = {entity.id}
    heir = by_id.get(entity.replaced_by or "")
    while heir is not None and heir.replaced_by and heir.id not in seen:
        seen.add(heir.id)
        heir = by_id.get(heir.replaced_by)
    if heir is not None and heir.status != "active":
        draft.report((*path, "replaced_by"), problems.DEAD_END)


def _check_links(draft: _Draft) -> None:
    names = _Names(_ids(draft.snapshot, "entities"), draft)
    relations = {relation.name: relation for _, relation in draft.relations}
    given = {
        str(raw["name"])
        for raw in _collection(draft.snapshot, "relations")
        if isinstance(raw, Mapping) and "name" in raw
    }
    relation_names = _Names(sorted(given), draft)
    for path, relation in draft.relations:
        _check_kinds(draft, path, relation)
    cited = {entity.id: _places(entity) for _, entity in draft.entities}
    seen: set[tuple[str, str, str]] = set()
    for path, link in draft.links:
        known = [names((*path, *where), id) for where, id, _ in references(link)]
        if relation_names((*path, "relation"), link.relation) and all(known):
            _check_range(draft, path, link, relations.get(link.relation))
        if link.key in seen:
            draft.report(path, problems.DUPLICATE_LINK)
        seen.add(link.key)
        if link.basis == "derived":
            pages = _places(link)
            for id in (link.source, link.target):
                if id in cited and (len(link.citations) < _ENDS or not pages & cited[id]):
                    draft.report((*path, "citations"), problems.NEEDS_BOTH_ENDS, id=id)


def _places(record: Record) -> set[tuple[str, str]]:
    """The pages that a record cites, also inside it."""
    found = (inner for _, inner in records(record) if isinstance(inner, Citation))
    return {(citation.document, citation.page) for citation in found}


def _check_kinds(draft: _Draft, path: Path, relation: Relation) -> None:
    for side, allowed in (("sources", relation.sources), ("targets", relation.targets)):
        for position, kind in enumerate(allowed):
            if kind not in ENTITY_TYPES:
                near = ", ".join(nearest(kind, ENTITY_TYPES) or ENTITY_TYPES)
                where = (*path, side, position)
                draft.report(where, problems.NOT_ONE_OF, value=kind, names=near)


def _check_range(draft: _Draft, path: Path, link: Link, relation: Relation | None) -> None:
    if relation is None:
        return
    source, target = (id.partition(":")[0] for id in (link.source, link.target))
    sources, targets = relation.sources, relation.targets
    if (sources and source not in sources) or (targets and target not in targets):
        draft.report(
            (*path, "relation"),
            problems.WRONG_RANGE,
            relation=link.relation,
            source=source,
            target=target,
            sources=", ".join(sources) or _ANYTHING,
            targets=", ".join(targets) or _ANYTHING,
        )
