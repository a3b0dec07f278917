"""
What must hold in and across the records of a snapshot, whether it was written by hand or read.

`check` reports every problem at once. It works on parsed JSON, so authoring files and snapshots
obey one set of rules.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias, TypeVar, get_args

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from .canonical import FORMAT, VERSION, Json, JsonObject, dump_line
from .errors import ENGLISH, Finding, Place, nearest
from .models import (
    ENTITY_TYPES,
    MODALITIES,
    Aid,
    AnyEntity,
    Citation,
    Discrepancy,
    Document,
    EdtfDate,
    Entity,
    Event,
    Figure,
    Link,
    Policy,
    Record,
    Relation,
)

__all__ = [
    "COLLECTIONS",
    "Checked",
    "Header",
    "Locate",
    "Path",
    "check",
]

#: Where a value stands in a snapshot: keys and positions, from the top.
Path: TypeAlias = tuple[str | int, ...]
#: Tells a person where a path is.
Locate: TypeAlias = Callable[[Path], Place]

#: Kinds that may apply for an aid.
_APPLICANTS = ("actor", "audience")

COLLECTIONS = ("documents", "relations", "entities", "links")

#: Codes that our own validators raise.
_OURS = frozenset(key.removesuffix(".cure") for key in ENGLISH if key.endswith(".cure"))
_Model = TypeVar("_Model", bound=Record)
#: A link has two of them.
_ENDS = 2
#: So much of a wrong value is shown.
_SHOWN = 60
# Line feeds and tabs never stand in a record; authoring folds them before.
_CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ud800-\udfff\ufffe\uffff]"
)
_EXPECTED = {
    "string_type": "text",
    "tuple_type": "a list",
    "list_type": "a list",
    "bool_type": "true or false",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "too_long": "a pair of texts",
}


class Header(Record, frozen=True):
    """What a snapshot says of itself."""

    format: int
    version: str
    edition: str
    released: EdtfDate | None = None
    previous: str | None = None


class Checked:
    """The records of a snapshot that are well-formed, and every finding."""

    def __init__(self) -> None:
        self.header: Header | None = None
        self.documents: list[tuple[Path, Document]] = []
        self.relations: list[tuple[Path, Relation]] = []
        self.entities: list[tuple[Path, Entity]] = []
        self.links: list[tuple[Path, Link]] = []
        self.findings: list[Finding] = []


def check(snapshot: JsonObject, locate: Locate | None = None) -> Checked:
    """
    Validate every record, then what must hold across them.

    Args:
        snapshot: parsed JSON with the four collections of a snapshot.
        locate: tells where a path stands; by default the record's id and field.

    """
    locate = locate or _by_record(snapshot)
    checked = Checked()
    report = _Report(locate, checked.findings)
    for name in COLLECTIONS:
        if name not in snapshot:
            report((), "missing-field", name=name)
        elif not isinstance(snapshot[name], list | tuple):
            report((name,), "wrong-type", expected="a list")
    _check_header(snapshot, checked, report)
    for path, text in _texts(snapshot, ()):
        if _CONTROL.search(text):
            report(path, "control-character")
        elif not unicodedata.is_normalized("NFC", text):
            report(path, "not-nfc", text=unicodedata.normalize("NFC", text)[:60])
    checked.documents = list(
        _records(snapshot, "documents", TypeAdapter(Document), Document, report)
    )
    checked.relations = list(
        _records(snapshot, "relations", TypeAdapter(Relation), Relation, report)
    )
    checked.links = list(_records(snapshot, "links", TypeAdapter(Link), Link, report))
    adapter: TypeAdapter[Entity] = TypeAdapter(AnyEntity)
    checked.entities = list(_records(snapshot, "entities", adapter, AnyEntity, report))
    _check_entities(snapshot, checked, report)
    _check_links(snapshot, checked, report)
    checked.findings.sort(key=lambda finding: (finding.place, finding.code))
    return checked


class _Report:
    """Adds findings, each at its place."""

    def __init__(self, locate: Locate, findings: list[Finding]) -> None:
        self._locate = locate
        self._findings = findings

    def __call__(self, path: Path, code: str, **given: str | int) -> None:
        self._findings.append(Finding(code, self._locate(path), tuple(given.items())))


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


def _records(
    snapshot: JsonObject, name: str, adapter: TypeAdapter[_Model], model: object, report: _Report
) -> Iterator[tuple[Path, _Model]]:
    for position, raw in enumerate(_collection(snapshot, name)):
        path: Path = (name, position)
        try:
            text = dump_line(raw)
            yield path, adapter.validate_json(text.encode("utf-8", "surrogatepass"))
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                _report_shape(path, detail, raw, model, report)


def _report_shape(
    path: Path, detail: ErrorDetails, raw: Json, model: object, report: _Report
) -> None:
    """Turn one error of pydantic's into a finding of ours."""
    kind, context = detail["type"], detail.get("ctx", {})
    # A discriminated union puts the kind in front of the field; it is not in the data.
    loc = detail["loc"]
    if loc and loc[0] in ENTITY_TYPES and not (isinstance(raw, Mapping) and loc[0] in raw):
        loc = loc[1:]
    where = (*path, *loc)
    value = _short(detail["input"])
    if kind in _OURS:
        given = {key: item for key, item in context.items() if isinstance(item, str | int)}
        if kind in ("bad-id", "bad-date", "bad-decimal"):
            given["value"] = value
        if kind == "needs-modality":
            given["names"] = ", ".join(MODALITIES)
        report(where, kind, **given)
    elif kind == "missing":
        report(where[:-1], "missing-field", name=str(where[-1]))
    elif kind == "extra_forbidden":
        known = _fields_at(model, raw, loc[:-1])
        names = ", ".join(nearest(str(loc[-1]), known) or known)
        report(where, "unexpected-field", name=str(loc[-1]), names=names)
    elif kind in ("union_tag_invalid", "union_tag_not_found"):
        tag = str(context.get("tag", ""))
        kinds = nearest(tag, tuple(ENTITY_TYPES)) or tuple(ENTITY_TYPES)
        report((*where, "id"), "not-one-of", value=tag, names=", ".join(kinds))
    elif kind == "literal_error":
        names = str(context["expected"]).replace("'", "").replace(" or ", ", ")
        report(where, "not-one-of", value=value, names=names)
    elif kind in _EXPECTED:
        report(where, "wrong-type", expected=_EXPECTED[kind])
    elif kind in ("string_too_short", "too_short"):
        if not detail["input"]:  # a list is also "too short" where its records are broken
            report(where, "empty")
    else:
        report(where, "bad-value", value=value, problem=detail["msg"])


def _short(value: object) -> str:
    text = value if isinstance(value, str) else dump_line(value) if value is not None else "null"
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 3]}..."


def _fields_at(model: object, raw: Json, loc: tuple[int | str, ...]) -> tuple[str, ...]:
    """The names of the fields that the model has where `loc` leads."""
    kind = str(raw.get("kind", "")) if isinstance(raw, Mapping) else ""
    found = _record_in(ENTITY_TYPES.get(kind, model))
    for part in loc:
        if isinstance(part, str) and found and part in found.model_fields:
            found = _record_in(found.model_fields[part].annotation)
    return tuple(found.model_fields) if found else ()


def _record_in(annotation: object) -> type[Record] | None:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    found = (_record_in(part) for part in get_args(annotation))
    return next((record for record in found if record), None)


def _check_header(snapshot: JsonObject, checked: Checked, report: _Report) -> None:
    raw = {key: value for key, value in snapshot.items() if key not in COLLECTIONS}
    try:
        header = Header.model_validate_json(dump_line(raw).encode("utf-8", "surrogatepass"))
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            _report_shape((), detail, raw, Header, report)
        return
    if header.format != FORMAT:
        report(("format",), "not-one-of", value=str(header.format), names=str(FORMAT))
    if not VERSION.fullmatch(header.version):
        report(("version",), "bad-value", value=header.version[:60], problem="not edition.N")
    elif header.version.removesuffix(".dev0").rpartition(".")[0] != header.edition:
        given = {"version": header.version, "edition": header.edition[:60]}
        report(("edition",), "wrong-edition", **given)
    checked.header = header


def _ids(snapshot: JsonObject, name: str) -> tuple[str, ...]:
    """Every id given, also of records that are broken in another way."""
    found = (raw.get("id") for raw in _collection(snapshot, name) if isinstance(raw, Mapping))
    return tuple(id for id in found if isinstance(id, str))


def _citations(value: object, path: Path) -> Iterator[tuple[Path, Citation]]:
    if isinstance(value, Citation):
        yield path, value
    elif isinstance(value, Record):
        for name in type(value).model_fields:
            yield from _citations(getattr(value, name), (*path, name))
    elif isinstance(value, tuple):
        for position, item in enumerate(value):
            yield from _citations(item, (*path, position))


class _Names:
    """Resolves references against the ids that there are."""

    def __init__(self, ids: Iterable[str], report: _Report) -> None:
        self._ids = tuple(ids)
        self._set = frozenset(self._ids)
        self._report = report

    def __call__(self, path: Path, id: str) -> bool:
        if id in self._set:
            return True
        near = nearest(id, self._ids)
        hint = f", such as {', '.join(near)}" if near else ""
        field = next(str(part) for part in reversed(path) if isinstance(part, str))
        self._report(path, "unknown-reference", field=field, id=id, hint=hint)
        return False


def _report_twice(snapshot: JsonObject, name: str, report: _Report) -> None:
    seen: set[str] = set()
    for position, raw in enumerate(_collection(snapshot, name)):
        key = "name" if name == "relations" else "id"
        id = raw.get(key) if isinstance(raw, Mapping) else None
        if isinstance(id, str):
            if id in seen:
                report((name, position, key), "duplicate-id", id=id)
            seen.add(id)


def _check_entities(snapshot: JsonObject, checked: Checked, report: _Report) -> None:
    for name in ("documents", "entities", "relations"):
        _report_twice(snapshot, name, report)
    documents = _Names(_ids(snapshot, "documents"), report)
    names = _Names(_ids(snapshot, "entities"), report)
    by_id = {entity.id: entity for _, entity in checked.entities}
    for path, record in (*checked.entities, *checked.links):
        for where, citation in _citations(record, path):
            documents((*where, "document"), citation.document)
    for path, entity in checked.entities:
        _check_part_of(path, entity, by_id, names, report)
        _check_succession(path, entity, by_id, names, report)
        for where, id in _references(entity):
            names((*path, *where), id)
        if isinstance(entity, Aid):
            _check_applicants(path, entity, report)
    broken = set(_ids(snapshot, "entities")) - by_id.keys()
    given = [id for id in broken if id.startswith("policy:")]
    given += [e.id for e in by_id.values() if e.kind == "policy" and e.status == "active"]
    if len(given) != 1:
        report(("entities",), "one-policy", count=len(given))


def _references(entity: Entity) -> Iterator[tuple[Path, str]]:
    """The ids that the own fields of an entity name, and where."""
    if isinstance(entity, Event | Figure):
        yield ("about",), entity.about
    elif isinstance(entity, Discrepancy):
        for position, id in enumerate(entity.about):
            yield ("about", position), id
    elif isinstance(entity, Aid):
        for position, entry in enumerate(entity.eligible):
            yield ("eligible", position, "who"), entry.who
    elif isinstance(entity, Policy):
        for position, id in enumerate(entity.scope.excluded):
            yield ("scope", "excluded", position), id


def _check_applicants(path: Path, aid: Aid, report: _Report) -> None:
    for position, entry in enumerate(aid.eligible):
        kind = entry.who.partition(":")[0]
        if kind not in _APPLICANTS:
            where = (*path, "eligible", position, "who")
            report(where, "wrong-kind", field="who", kind=kind, names=", ".join(_APPLICANTS))


def _check_part_of(
    path: Path, entity: Entity, by_id: Mapping[str, Entity], names: _Names, report: _Report
) -> None:
    where = (*path, "part_of")
    if entity.part_of is None or not names(where, entity.part_of):
        return
    kind = entity.part_of.partition(":")[0]
    if kind not in entity.parents:
        allowed = ", ".join(entity.parents) or "nothing"
        report(where, "wrong-kind", field="part_of", kind=kind, names=allowed)
    seen: set[str] = set()
    above: Entity | None = entity
    while above is not None and above.part_of and above.id not in seen:
        seen.add(above.id)
        above = by_id.get(above.part_of)
    if above is entity and seen:
        report(where, "cycle", field="part_of", id=entity.id)


def _check_succession(
    path: Path, entity: Entity, by_id: Mapping[str, Entity], names: _Names, report: _Report
) -> None:
    for position, id in enumerate(entity.consider):
        names((*path, "consider", position), id)
    where = (*path, "replaced_by")
    if entity.replaced_by is None or not names(where, entity.replaced_by):
        return
    seen = {entity.id}
    heir = by_id.get(entity.replaced_by)
    while heir is not None and heir.replaced_by and heir.id not in seen:
        seen.add(heir.id)
        heir = by_id.get(heir.replaced_by)
    if heir is not None and heir.status != "active":
        report(where, "dead-end")


def _check_links(snapshot: JsonObject, checked: Checked, report: _Report) -> None:
    names = _Names(_ids(snapshot, "entities"), report)
    relations = {relation.name: relation for _, relation in checked.relations}
    given = {
        str(raw["name"])
        for raw in _collection(snapshot, "relations")
        if isinstance(raw, Mapping) and "name" in raw
    }
    relation_names = _Names(sorted(given), report)
    kinds = tuple(ENTITY_TYPES)
    for path, relation in checked.relations:
        for side, allowed in (("sources", relation.sources), ("targets", relation.targets)):
            for position, kind in enumerate(allowed):
                if kind not in kinds:
                    near = ", ".join(nearest(kind, kinds) or kinds)
                    report((*path, side, position), "not-one-of", value=kind, names=near)
    cited = {
        entity.id: {(found.document, found.page) for _, found in _citations(entity, ())}
        for _, entity in checked.entities
    }
    seen: set[tuple[str, str, str]] = set()
    for path, link in checked.links:
        known = [names((*path, side), getattr(link, side)) for side in ("source", "target")]
        if relation_names((*path, "relation"), link.relation) and all(known):
            _check_range(path, link, relations.get(link.relation), report)
        if link.key in seen:
            report(path, "duplicate-link")
        seen.add(link.key)
        if link.basis == "derived":
            pages = {(citation.document, citation.page) for citation in link.citations}
            for id in (link.source, link.target):
                if id in cited and (len(link.citations) < _ENDS or not pages & cited[id]):
                    report((*path, "citations"), "needs-both-ends", id=id)


def _check_range(path: Path, link: Link, relation: Relation | None, report: _Report) -> None:
    if relation is None:
        return
    source, target = (id.partition(":")[0] for id in (link.source, link.target))
    sources, targets = relation.sources, relation.targets
    if (sources and source not in sources) or (targets and target not in targets):
        report(
            (*path, "relation"),
            "wrong-range",
            relation=link.relation,
            source=source,
            target=target,
            sources=", ".join(sources) or "anything",
            targets=", ".join(targets) or "anything",
        )
