"""The records of one version: parsed when it was read, each validated when it is first handed out."""

import sys
import warnings
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import TypeAlias, TypeVar, cast

from pydantic import ValidationError

from . import problems
from .canonical import JsonObject, ParsedEntity, ParsedLink, Snapshot
from .errors import (
    DeprecatedIdWarning,
    InvalidData,
    Place,
    UnknownId,
    UnknownKind,
    WrongType,
    nearest,
)
from .languages import Phrase
from .models import ENTITY_TYPES, Document, Entity, Link, Record, Relation
from .once import once

__all__ = ["Elsewhere", "Records", "id_of"]

#: Tells which other shipped versions have an id, and what replaces it there.
Elsewhere: TypeAlias = Callable[[str], tuple[tuple[str, ...], str | None]]
_R = TypeVar("_R", bound=Record)
_AN_ID = Phrase(
    "an entity, or an id such as 'scheme:srdeii'",
    "une entité, ou un identifiant comme « scheme:srdeii »",
)


def id_of(given: object) -> str:
    """
    The id of an entity, or the id itself.

    Raises:
        WrongType: where it is neither.

    """
    if isinstance(given, Entity):
        return given.id
    if not isinstance(given, str):
        raise WrongType.of(given, _AN_ID)
    return given


class Records:
    """
    What a version holds, for this package only: `parsed` and `links` are the live records.

    A published snapshot was validated before it was published, and its digest is checked on load,
    so a record may wait. Deprecated entities are not kept in `active`, so that every look-up of one
    warns.

    Attributes:
        snapshot: the version as parsed JSON.
        parsed: its entities as parsed JSON, by id.
        active: the active entities that were handed out, by id.
        made: how many records were validated so far.

    """

    def __init__(self, snapshot: Snapshot, elsewhere: Elsewhere | None = None) -> None:
        self.snapshot = snapshot
        self.version = str(snapshot["version"])
        self.parsed: dict[str, ParsedEntity] = {
            sys.intern(entity["id"]): entity for entity in snapshot["entities"]
        }
        self.active: dict[str, Entity] = {}
        self.made = 0
        self._links: dict[int, Link] = {}
        self._elsewhere = elsewhere

    def __reduce__(self) -> "tuple[type[Records], tuple[Snapshot]]":
        # An answer that travels to another process takes its version along, and nothing else.
        return Records, (self.snapshot,)

    # -- parsed ----------------------------------------------------------------------------------

    @property
    def links(self) -> list[ParsedLink]:
        """Every link as parsed JSON, sorted."""
        return self.snapshot["links"]

    @once
    def touching(self) -> Mapping[str, tuple[int, ...]]:
        """The positions of the links of each entity that has any."""
        found: dict[str, list[int]] = {}
        for position, link in enumerate(self.links):
            for end in dict.fromkeys((link["source"], link["target"])):
                found.setdefault(end, []).append(position)
        return {id: tuple(positions) for id, positions in found.items()}

    def neighbours(self, id: str) -> list[str]:
        """The other ends of the links of an entity, and what it is a part of or about."""
        found = [
            link["target"] if link["source"] == id else link["source"]
            for link in map(self.links.__getitem__, self.touching.get(id, ()))
        ]
        entity = self.parsed[id]
        above = entity.get("part_of"), cast("JsonObject", entity).get("about")
        return [*found, *(one for one in above if isinstance(one, str))]

    @once
    def _active_ids(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {kind: [] for kind in ENTITY_TYPES}
        for id in self.parsed:
            if self.is_active(id):
                found[id.partition(":")[0]].append(id)
        return {kind: tuple(ids) for kind, ids in found.items()}

    def ids(self, kind: str | None = None) -> tuple[str, ...]:
        """
        The ids of the active entities, of one kind or of all, in official order.

        Raises:
            UnknownKind: where there is no such kind.

        """
        if kind is None:
            return tuple(id for ids in self._active_ids.values() for id in ids)
        try:
            return self._active_ids[kind]
        except (KeyError, TypeError):
            raise UnknownKind(str(kind), tuple(ENTITY_TYPES)) from None

    def is_active(self, id: str) -> bool:
        """Whether the entity is not deprecated; what is deprecated counts only where asked for."""
        return self.parsed[id].get("status") != "deprecated"

    def known(self, given: object) -> str:
        """
        The id of an entity of this version.

        Raises:
            UnknownId: where it is none; it suggests the nearest ids.
            WrongType: where it is neither an entity nor text.

        """
        id = id_of(given)
        if id in self.parsed:
            return id
        others, heir = self._elsewhere(id) if self._elsewhere else ((), None)
        kind = id.partition(":")[0]
        among = self.ids(kind) if kind in ENTITY_TYPES else self.parsed
        raise UnknownId(id, self.version, nearest(id, among), others, heir)

    def name(self, id: str, lang: str = "fr") -> str:
        """How the entity is called; in French where there is no other name."""
        label = self.parsed[id]["label"]
        return label.get(lang) or label["fr"]

    # -- validated -------------------------------------------------------------------------------

    def entity(self, id: str) -> Entity:
        """The entity with an id of this version, without a warning where it is deprecated."""
        found = self.active.get(id)
        if found is None:
            found = self._validated(ENTITY_TYPES[id.partition(":")[0]], self.parsed[id], id)
            if found.status == "active":
                # Where two threads make it at once, both get the one that was made first.
                found = self.active.setdefault(found.id, found)
        return found

    def entities(self, ids: Iterable[str]) -> tuple[Entity, ...]:
        """The entities with these ids of this version, without warnings."""
        return tuple([self.entity(id) for id in ids])

    def look_up(self, given: object) -> Entity:
        """
        The entity that a caller names.

        Raises:
            UnknownId: where there is none.
            WrongType: where what is given is no name.

        """
        entity = self.entity(self.known(given))
        if entity.status == "deprecated":
            heirs = ", ".join((entity.replaced_by,) if entity.replaced_by else entity.consider)
            text = f"{entity.id} is deprecated in version {self.version}"
            text += f"; see {heirs}" if heirs else ""
            warnings.warn(text, DeprecatedIdWarning, stacklevel=_depth_of_caller())
        return entity

    def link(self, position: int) -> Link:
        """The link at a position."""
        found = self._links.get(position)
        if found is None:
            parsed = self.links[position]
            named = f"{parsed['source']} {parsed['relation']} {parsed['target']}"
            found = self._links.setdefault(position, self._validated(Link, parsed, named))
        return found

    def links_of(self, id: str) -> tuple[Link, ...]:
        """The links of one entity, sorted."""
        return tuple([self.link(position) for position in self.touching.get(id, ())])

    @once
    def documents(self) -> Mapping[str, Document]:
        """The sources, by id."""
        found = [self._validated(Document, raw, "documents") for raw in self.snapshot["documents"]]
        return MappingProxyType({document.id: document for document in found})

    @once
    def relations(self) -> Mapping[str, Relation]:
        """What links may say, by name."""
        found = [self._validated(Relation, raw, "relations") for raw in self.snapshot["relations"]]
        return MappingProxyType({relation.name: relation for relation in found})

    def _validated(
        self, model: type[_R], record: ParsedEntity | ParsedLink | JsonObject, named: str
    ) -> _R:
        context = None if model is Document else self.documents
        self.made += 1
        try:
            return model.model_validate(record, context=context)
        except ValidationError as error:
            # Only a file that was forged, index and all, gets here.
            detail = error.errors(include_url=False)[0]
            place = Place(record=named, field=".".join(map(str, detail["loc"])))
            given = {"value": named, "problem": detail["msg"]}
            found = InvalidData.of(problems.BAD_VALUE, place, **given)
            raise InvalidData(f"version {self.version}", found.findings) from None


def _depth_of_caller() -> int:
    """How many frames above `warn` the first one outside this package is."""
    depth = 1
    package = __name__.partition(".")[0]
    frame = sys._getframe(depth)  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
    while frame.f_back and str(frame.f_globals.get("__name__", "")).partition(".")[0] == package:
        depth += 1
        frame = frame.f_back
    return depth
