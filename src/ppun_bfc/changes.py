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

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Literal, TypeAlias, cast

from .canonical import Json, JsonObject, digest, dump_line, dump_snapshot
from .errors import DigestMismatch
from .models import ENTITY_TYPES, Language
from .policy import PolicyVersion

__all__ = ["IMPACTS", "Change", "Collection", "Diff", "FieldChange", "Impact", "apply", "diff"]

Impact: TypeAlias = Literal["breaking", "additive", "editorial"]
Collection: TypeAlias = Literal["documents", "relations", "entities", "links"]
#: Worst first.
IMPACTS: tuple[Impact, ...] = ("breaking", "additive", "editorial")

_COLLECTIONS: tuple[Collection, ...] = ("documents", "relations", "entities", "links")
#: Fields of our own words, or of places in the sources; also inside other fields.
_OURS = frozenset({"en", "summary", "rationale", "why", "citations", "as_written", "introduced_in"})
_EXPLAINS = frozenset({"label", "inverse_label", "definition"})
#: So many ids of new records are named in release notes; of more, only the number.
_NAMED = 5


@dataclass(frozen=True)
class FieldChange:
    """
    One field that differs.

    Attributes:
        field: its path in the record, such as "label.fr".
        before: its value as JSON; None where there was none.
        after: its value as JSON; None where there is none any more.
        impact: what the change means to those who build on it.

    """

    field: str
    before: Json
    after: Json
    impact: Impact


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
        record: a record that came or went, as JSON.

    """

    collection: Collection
    key: str
    action: Literal["added", "removed", "deprecated", "changed"]
    impact: Impact
    fields: tuple[FieldChange, ...] = ()
    record: JsonObject | None = None

    @property
    def kind(self) -> str:
        """The kind of an entity; of another record, the name of its collection."""
        return self.key.partition(":")[0] if self.collection == "entities" else self.collection

    def text(self) -> str:
        """The change in one line."""
        told = [f"{f.field}: {_short(f.before)} → {_short(f.after)}" for f in self.fields]
        return " ".join([self.key, self.action, "; ".join(told)]).strip()

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


@dataclass(frozen=True)
class Diff:
    """
    Every change from one version to another: `apply(diff(a, b), a) == b`.

    Attributes:
        old: the version that it starts from.
        new: the version that it leads to.
        old_digest: the digest of the one.
        new_digest: the digest of the other.
        changes: what differs, by collection, in the order of the newer version.
        header: what the newer version says of itself.
        order: the official order of the kinds for which it cannot be told from the changes.
        reordered: the kinds in which what both versions have stands in another order.

    """

    old: str
    new: str
    old_digest: str
    new_digest: str
    changes: tuple[Change, ...]
    header: JsonObject = field(repr=False)
    order: Mapping[str, tuple[str, ...]] = field(repr=False)
    reordered: tuple[str, ...] = ()

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
            "order": {kind: list(ids) for kind, ids in self.order.items()},
            "reordered": list(self.reordered),
        }

    def markdown(self, lang: Language = "en") -> str:
        """Release notes: what breaks in full, the rest in numbers."""
        texts = _TEXTS[lang]
        parts = []
        for impact in IMPACTS:
            lines = _breaking(self.of(impact)) if impact == "breaking" else []
            if impact == "additive":
                lines = _additions(self.changes, texts)
            if impact != "breaking":
                lines += _fields(self.changes, impact, texts)
            if impact == "editorial":
                lines += [texts["order"].format(noun=_noun(kind, 2)) for kind in self.reordered]
            body = "\n".join(f"- {line}" for line in lines) or texts["nothing"]
            parts.append(f"#### {texts[impact]}\n\n{body}\n")
        return "\n".join(parts)


_TEXTS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "breaking": "Breaking",
        "additive": "Additive",
        "editorial": "Editorial",
        "nothing": "Nothing.",
        "stated": "{count} links: {stated} stated, {derived} derived",
        "field": "`{field}` of {where}",
        "order": "the order of the {noun}",
    },
    "fr": {
        "breaking": "Ruptures",
        "additive": "Ajouts",
        "editorial": "Rédaction",
        "nothing": "Rien.",
        "stated": "{count} links : {stated} énoncés, {derived} déduits",
        "field": "`{field}` de {where}",
        "order": "l’ordre des {noun}",
    },
}


def _breaking(changes: Sequence[Change]) -> list[str]:
    lines = []
    for change in changes:
        told = [
            f"`{f.field}`: {_short(f.before)} → {_short(f.after)}"
            for f in change.fields
            if f.impact == "breaking" or change.action == "deprecated"
        ]
        lines.append(f"`{change.key}` {change.action}" + (f"; {'; '.join(told)}" if told else ""))
    return lines


def _additions(changes: Sequence[Change], texts: Mapping[str, str]) -> list[str]:
    added: dict[str, list[Change]] = {}
    for change in changes:
        if change.action == "added":
            added.setdefault(change.kind, []).append(change)
    lines = []
    for kind, found in added.items():
        if kind == "links":
            bases = Counter(str((change.record or {}).get("basis")) for change in found)
            given = {"stated": bases["stated"], "derived": bases["derived"]}
            lines.append(texts["stated"].format(count=len(found), **given))
        else:
            named = ", ".join(f"`{change.key}`" for change in found)
            line = f"{len(found)} {_noun(kind, len(found))}"
            lines.append(f"{line}: {named}" if len(found) <= _NAMED else line)
    return lines


def _fields(changes: Sequence[Change], impact: Impact, texts: Mapping[str, str]) -> list[str]:
    counts: dict[str, Counter[str]] = {}
    for change in changes:
        for found in change.fields:
            if found.impact == impact and change.action != "deprecated":
                counts.setdefault(found.field, Counter())[change.kind] += 1
    return [
        texts["field"].format(
            field=name, where=", ".join(f"{n} {_noun(kind, n)}" for kind, n in kinds.items())
        )
        for name, kinds in counts.items()
    ]


def _noun(kind: str, count: int) -> str:
    plural = ENTITY_TYPES[kind].plural if kind in ENTITY_TYPES else kind
    singular = kind if kind in ENTITY_TYPES else kind.removesuffix("s")
    return singular if count == 1 else plural


def _short(value: Json) -> str:
    text = value if isinstance(value, str) else "—" if value is None else dump_line(value)
    limit = 80
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
    before, after = old.to_dict(), new.to_dict()
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
        header,
        order,
        tuple(reordered),
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
    before = old.to_dict()
    snapshot: dict[str, Json] = dict(changes.header)
    for name in _COLLECTIONS:
        if name != "entities":
            found = _by_key(before, name)
            _patch(found, [change for change in changes if change.collection == name])
            inner: list[JsonObject] = sorted(found.values(), key=partial(_ends, name))
            snapshot[name] = inner
    records = {str(record["id"]): record for record in _patched(before, changes.changes)}
    plain = _ids_by_kind([*records.values()])
    ordered = [id for kind, ids in plain.items() for id in changes.order.get(kind, ids)]
    snapshot["entities"] = [records[id] for id in ordered]
    actual = digest(dump_snapshot(snapshot))
    if actual != changes.new_digest:
        raise DigestMismatch(f"version {changes.new}", changes.new_digest, actual)
    return PolicyVersion(snapshot, actual)


def _by_key(snapshot: JsonObject, name: Collection) -> dict[str, JsonObject]:
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


def _patched(before: JsonObject, changes: Sequence[Change]) -> list[JsonObject]:
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
            yield Change(name, key, "removed", "breaking", record=record)
    for key, record in after.items():
        if key not in before:
            yield Change(name, key, "added", "additive", record=record)
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
            yield FieldChange(path, old, new, _impact(name, path, old, new))


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
