"""
What changed from one version to another, each change classified, and the way from one to the other.

The rules, in this order, decide the impact of a change:

1. A record that is gone, and an entity that became deprecated, are `breaking`; a new record is
   `additive`.
2. Our own words (summaries, translations, rationales), places in the sources, and the typography of
   official names are left out of account: what differs in them alone is `editorial`.
3. Of what remains, a value where there was none, and a list that only grew, are `additive`; every
   other difference is `breaking`.

Documents, and the words that explain a relation, are editorial throughout.
"""

import dataclasses
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal, TypeAlias, cast

from .canonical import COLLECTIONS, Json, JsonObject, Snapshot, digest, dump_line, dump_snapshot
from .cards import Card, Item, Section, Shown
from .errors import DigestMismatch
from .languages import Language, Phrase
from .models import ENTITY_TYPES
from .policy import PolicyVersion, records_of

__all__ = [
    "ACTIONS",
    "IMPACTS",
    "Change",
    "Collection",
    "Diff",
    "FieldChange",
    "Impact",
    "apply",
    "diff",
    "shown",
]

Impact: TypeAlias = Literal["breaking", "additive", "editorial"]
Collection: TypeAlias = Literal["documents", "relations", "entities", "links"]
#: Worst first.
IMPACTS: tuple[Impact, ...] = ("breaking", "additive", "editorial")

_COLLECTIONS = cast("tuple[Collection, ...]", COLLECTIONS)
#: Fields of our own words, or of places in the sources; also inside other fields.
_OURS = frozenset({"en", "summary", "rationale", "why", "citations", "as_written", "introduced_in"})
_EXPLAINS = frozenset({"label", "inverse_label", "definition"})


@dataclass(frozen=True)
class FieldChange:
    """
    One field that differs.

    Attributes:
        field: its path in the record, such as "label.fr".
        impact: what the change means to those who build on it.

    """

    field: str
    impact: Impact
    _before: str = dataclasses.field(repr=False)
    _after: str = dataclasses.field(repr=False)

    @property
    def before(self) -> Json:
        """Its value as JSON; None where there was none."""
        return _read(self._before)

    @property
    def after(self) -> Json:
        """Its value as JSON; None where there is none any more."""
        return _read(self._after)


def _read(text: str) -> Json:
    # Values are kept as text: whoever asks gets one of his own, and nobody changes that of others.
    value: Json = json.loads(text)
    return value


@dataclass(frozen=True)
class Change:
    """
    One record that differs.

    Attributes:
        collection: documents, relations, entities or links.
        key: its id or name; of a link "source relation target".
        action: what happened to it.
        impact: the worst impact of what happened.
        fields: what differs in it; none for a record that came or went.

    """

    collection: Collection
    key: str
    action: Literal["added", "removed", "deprecated", "changed"]
    impact: Impact
    fields: tuple[FieldChange, ...] = ()
    _record: str = dataclasses.field(default="null", repr=False)

    @property
    def record(self) -> JsonObject | None:
        """A record that came or went, as JSON."""
        return cast("JsonObject | None", _read(self._record))

    @property
    def kind(self) -> str:
        """The kind of an entity; of another record, the name of its collection."""
        return self.key.partition(":")[0] if self.collection == "entities" else self.collection

    def text(self, lang: Language = "en") -> str:
        """The change in one line."""
        told = [f"{f.field}: {shown(f.before)} -> {shown(f.after)}" for f in self.fields]
        return " ".join([self.key, ACTIONS[self.action].text(lang), "; ".join(told)]).strip()

    def to_dict(self) -> dict[str, Json]:
        """The change as JSON."""
        fields = [
            {"field": f.field, "before": f.before, "after": f.after, "impact": f.impact}
            for f in self.fields
        ]
        return {
            "collection": self.collection,
            "key": self.key,
            "action": self.action,
            "impact": self.impact,
            "fields": fields,
            "record": self.record,
        }


@dataclass(frozen=True, repr=False)
class Diff(Shown):
    """
    Every change from one version to another: `apply(diff(a, b), a) == b`.

    Attributes:
        old: the version that it starts from.
        new: the version that it leads to.
        old_digest: the digest of the one.
        new_digest: the digest of the other.
        changes: what differs, by collection, in the order of the newer version.
        order: the official order of the kinds for which it cannot be told from the changes.
        reordered: the kinds in which what both versions have stands in another order.

    """

    old: str
    new: str
    old_digest: str
    new_digest: str
    changes: tuple[Change, ...]
    order: tuple[tuple[str, tuple[str, ...]], ...] = dataclasses.field(repr=False)
    reordered: tuple[str, ...]
    _header: str = dataclasses.field(repr=False)

    @property
    def header(self) -> JsonObject:
        """What the newer version says of itself."""
        return cast("JsonObject", _read(self._header))

    def card(self, lang: Language = "fr") -> Card:
        """What a person is shown of it: what breaks, what was added, what was reworded."""
        sections = tuple(
            Section(
                f"{_IMPACTS[impact].text(lang)} ({len(found)})",
                tuple(Item(c.text(lang)) for c in found),
            )
            for impact in IMPACTS
            if (found := self.of(impact))
        )
        return Card(f"{self.old} → {self.new}", sections=sections)

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(self.of(impact))} {impact}" for impact in IMPACTS)
        return f"<Diff {self.old} to {self.new}: {counts}>"

    def __iter__(self) -> Iterator[Change]:
        return iter(self.changes)

    def __len__(self) -> int:
        return len(self.changes)

    def of(self, impact: Impact) -> tuple[Change, ...]:
        """The changes of one impact."""
        return tuple(change for change in self.changes if change.impact == impact)

    def to_dict(self) -> dict[str, Json]:
        """The whole difference as JSON."""
        return {
            "old": {"version": self.old, "digest": self.old_digest},
            "new": {"version": self.new, "digest": self.new_digest},
            "counts": {impact: len(self.of(impact)) for impact in IMPACTS},
            "changes": [change.to_dict() for change in self.changes],
            "header": self.header,
            "order": {kind: list(ids) for kind, ids in self.order},
            "reordered": list(self.reordered),
        }


_IMPACTS: Mapping[Impact, Phrase] = {
    "breaking": Phrase("Breaking", "Ce qui casse"),
    "additive": Phrase("Added", "Ajouts"),
    "editorial": Phrase("Reworded", "Reformulations"),
}
#: What happened to a record, in words.
ACTIONS: Mapping[str, Phrase] = {
    "added": Phrase("added", "ajouté"),
    "removed": Phrase("removed", "retiré"),
    "deprecated": Phrase("deprecated", "déprécié"),
    "changed": Phrase("changed", "modifié"),
}


def shown(value: Json) -> str:
    """A value as a person reads it, cut where it is long."""
    text = value if isinstance(value, str) else "—" if value is None else dump_line(value)
    limit = 72
    return f"“{text}”" if len(text) <= limit else f"“{text[: limit - 1]}…”"


def diff(old: PolicyVersion, new: PolicyVersion) -> Diff:
    """
    Every change from one version to another, classified by stated rules.

    See the rules in the guide "Build on a version". Any two versions can be compared, also a draft
    with what is published.

    Examples:
        >>> import ppun_bfc
        >>> first, second = ppun_bfc.load("2020.10.1"), ppun_bfc.load("2020.10.2")
        >>> changes = ppun_bfc.diff(first, second)
        >>> "action:pass-numeriques" in [change.key for change in changes.of("additive")]
        True
        >>> ppun_bfc.apply(changes, first) == second
        True

    """
    before, after = (records_of(policy).snapshot for policy in (old, new))
    changes: list[Change] = []
    for name in _COLLECTIONS:
        changes += _compare(name, _by_key(before, name), _by_key(after, name))
    plain, wanted = _ids_by_kind(_patched(before, changes)), _ids_by_kind(after["entities"])
    order = {kind: ids for kind, ids in wanted.items() if plain[kind] != ids}
    reordered = [
        kind for kind, ids in order.items() if _shared(plain[kind], old) != _shared(ids, old)
    ]
    header = {key: value for key, value in after.items() if key not in _COLLECTIONS}
    return Diff(
        old.version,
        new.version,
        old.digest,
        new.digest,
        tuple(changes),
        tuple(order.items()),
        tuple(reordered),
        dump_line(header),
    )


def _shared(ids: Sequence[str], old: PolicyVersion) -> list[str]:
    return [id for id in ids if id in old]


def apply(changes: Diff, old: PolicyVersion) -> PolicyVersion:
    """
    The version that a difference leads to.

    Raises:
        DigestMismatch: where `old` is not the version that it starts from.

    Examples:
        >>> import ppun_bfc
        >>> policy = ppun_bfc.load("2020.10.1")
        >>> ppun_bfc.apply(ppun_bfc.diff(policy, policy), policy) == policy
        True

    """
    if old.digest != changes.old_digest:
        raise DigestMismatch(f"version {old.version}", changes.old_digest, old.digest)
    before = records_of(old).snapshot
    snapshot: dict[str, Json] = dict(changes.header)
    order = dict(changes.order)
    for name in _COLLECTIONS:
        if name != "entities":
            found = _by_key(before, name)
            _patch(found, [change for change in changes if change.collection == name])
            inner: list[JsonObject] = sorted(found.values(), key=partial(_ends, name))
            snapshot[name] = inner
    records = {str(record["id"]): record for record in _patched(before, changes.changes)}
    plain = _ids_by_kind([*records.values()])
    ordered = [id for kind, ids in plain.items() for id in order.get(kind, ids)]
    snapshot["entities"] = [records[id] for id in ordered]
    made = cast("Snapshot", snapshot)
    actual = digest(dump_snapshot(made))
    if actual != changes.new_digest:
        raise DigestMismatch(f"version {changes.new}", changes.new_digest, actual)
    return PolicyVersion(made, actual)


def _by_key(snapshot: Snapshot, name: Collection) -> dict[str, JsonObject]:
    records = cast("Sequence[JsonObject]", snapshot[name])
    return {" ".join(_ends(name, record)): record for record in records}


def _ends(name: Collection, record: JsonObject) -> tuple[str, ...]:
    names = {"links": ("source", "relation", "target"), "relations": ("name",)}
    return tuple(str(record[key]) for key in names.get(name, ("id",)))


def _ids_by_kind(records: object) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {kind: [] for kind in ENTITY_TYPES}
    for record in cast("Sequence[JsonObject]", records):
        found[str(record["kind"])].append(str(record["id"]))
    return {kind: tuple(ids) for kind, ids in found.items()}


def _patched(before: Snapshot, changes: Sequence[Change]) -> list[JsonObject]:
    """The entities after the changes, new ones at the end."""
    found = _by_key(before, "entities")
    _patch(found, [change for change in changes if change.collection == "entities"])
    return [*found.values()]


def _patch(records: dict[str, JsonObject], changes: Sequence[Change]) -> None:
    for change in changes:
        if change.action == "removed":
            del records[change.key]
        elif change.action == "added":
            records[change.key] = change.record or {}
        else:
            record = records[change.key]
            for found in change.fields:
                record = _with(record, found.field.split("."), found.after)
            records[change.key] = record


def _with(record: JsonObject, path: Sequence[str], value: Json) -> JsonObject:
    key, *rest = path
    if rest:
        return {**record, key: _with(cast("JsonObject", record[key]), rest, value)}
    kept = {name: given for name, given in record.items() if name != key}
    return kept if value is None else {**kept, key: value}


def _compare(
    name: Collection, before: Mapping[str, JsonObject], after: Mapping[str, JsonObject]
) -> Iterator[Change]:
    for key, record in before.items():
        if key not in after:
            yield Change(name, key, "removed", "breaking", (), dump_line(record))
    for key, record in after.items():
        if key not in before:
            yield Change(name, key, "added", "additive", (), dump_line(record))
        elif before[key] != record:
            fields = tuple(_field_changes(name, before[key], record, ""))
            ends = name == "entities" and record.get("status") == "deprecated" != before[key].get(
                "status"
            )
            found = {f.impact for f in fields}
            worst: Impact = next(impact for impact in IMPACTS if ends or impact in found)
            yield Change(name, key, "deprecated" if ends else "changed", worst, fields)


def _field_changes(
    name: Collection, before: JsonObject, after: JsonObject, above: str
) -> Iterator[FieldChange]:
    for key in sorted({*before, *after}):
        old, new = before.get(key), after.get(key)
        path = f"{above}{key}"
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            yield from _field_changes(name, old, new, f"{path}.")
        elif old != new:
            impact = _impact(name, path, old, new)
            yield FieldChange(path, impact, dump_line(old), dump_line(new))


def _impact(name: Collection, path: str, before: Json, after: Json) -> Impact:
    parts = path.split(".")
    if name == "documents" or (name == "relations" and parts[0] in _EXPLAINS):
        return "editorial"
    old, new = _core(before, parts), _core(after, parts)
    if old == new:
        return "editorial"
    if old is None:
        return "additive"
    if isinstance(old, list) and isinstance(new, list) and all(item in new for item in old):
        return "additive"
    return "breaking"


def _core(value: Json, path: Sequence[str]) -> Json:
    """What of a value counts: without our own words, places, and the typography of names."""
    if _OURS & set(path):
        return None
    if isinstance(value, Mapping):
        found = {key: _core(item, (*path, key)) for key, item in value.items()}
        return {key: item for key, item in found.items() if item is not None}
    if isinstance(value, list | tuple):
        return [_core(item, path) for item in value]
    if isinstance(value, str) and path[-1] == "fr":
        return "".join(char for char in value.casefold() if char.isalnum())
    return value
