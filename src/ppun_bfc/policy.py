"""One version of the policy in memory: typed collections, look-up, and the questions one asks."""

import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Generic, Literal, NoReturn, TypeAlias, TypeVar, cast, overload

from pydantic import ValidationError

from .canonical import Json, JsonObject, dump_line, dump_snapshot
from .errors import (
    DeprecatedIdWarning,
    Finding,
    InvalidData,
    Place,
    UnknownField,
    UnknownId,
    UnknownKind,
    UnknownRelation,
    nearest,
)
from .models import (
    ENTITY_TYPES,
    Action,
    Actor,
    Agency,
    Aid,
    Audience,
    Axis,
    Basis,
    Challenge,
    Discrepancy,
    Document,
    EdtfDate,
    Entity,
    Event,
    Figure,
    Funding,
    Goal,
    Guarantee,
    Link,
    Objective,
    Opportunity,
    Orientation,
    Policy,
    Principle,
    Priority,
    Programme,
    Proposal,
    Purpose,
    Record,
    Relation,
    Risk,
    Scheme,
    Section,
    Service,
    Task,
    Theme,
)

# What answers a question is imported when the first one is asked, so that reading stays cheap.
if TYPE_CHECKING:
    from .crossref import Explanation, Gaps, Matrix, Missing, Network
    from .grants import Amount, Grant, Offer
    from .search import SearchIndex

__all__ = ["Direction", "Elsewhere", "EntityCollection", "PolicyVersion"]

_E = TypeVar("_E", bound=Entity)
_R = TypeVar("_R", bound=Record)
_T = TypeVar("_T")
#: Tells which other shipped versions have an id, and what replaces it there.
Elsewhere: TypeAlias = Callable[[str], tuple[tuple[str, ...], str | None]]
#: Which links of an entity: those that start from it, those that lead to it, or both.
Direction = Literal["out", "in", "both"]


class _Missing:
    """Tells "no default was given" from every default."""


_MISSING = _Missing()


class _Entities(dict[str, Entity]):
    """
    Entities by id, each validated when it is first asked for.

    A published snapshot was validated before it was published, and its digest is checked on load,
    so a record may wait. Deprecated ones are not kept, so that every look-up of one warns.
    """

    def __init__(
        self,
        version: str,
        raw: JsonObject,
        documents: Callable[[], object],
        elsewhere: "Elsewhere | None",
    ) -> None:
        super().__init__()
        self.version = version
        self.raw = raw
        self._documents = documents
        self._elsewhere = elsewhere

    def __missing__(self, id: str) -> Entity:
        entity = self.quietly(id)
        if entity.status == "deprecated":
            heirs = ", ".join((entity.replaced_by,) if entity.replaced_by else entity.consider)
            text = f"{id} is deprecated in version {self.version}"
            text += f"; see {heirs}" if heirs else ""
            warnings.warn(text, DeprecatedIdWarning, stacklevel=_depth_of_caller())
        return entity

    def record(self, id: str) -> JsonObject:
        """The entity as parsed JSON."""
        if id not in self.raw:
            others, heir = self._elsewhere(str(id)) if self._elsewhere else ((), None)
            near = nearest(str(id), tuple(self.raw))
            raise UnknownId(str(id), self.version, near, others, heir)
        return cast("JsonObject", self.raw[id])

    def quietly(self, id: str) -> Entity:
        """The entity, without a warning where it is deprecated."""
        if (found := super().get(id)) is not None:
            return found
        record = self.record(id)
        model = ENTITY_TYPES[id.partition(":")[0]]
        context = self._documents()
        try:
            entity = model.model_validate_json(dump_line(record), context=context)
        except ValidationError as error:
            # Only a file that was forged, index and all, gets here.
            detail = error.errors(include_url=False)[0]
            place = Place(record=id, field=".".join(map(str, detail["loc"])))
            given = (("value", id), ("problem", detail["msg"]))
            finding = Finding("bad-value", place, given)
            raise InvalidData(f"version {self.version}", (finding,)) from None
        # Where two threads build it at once, both get the record of the first.
        return self.setdefault(entity.id, entity) if entity.status == "active" else entity


def _depth_of_caller() -> int:
    """How many frames above `__missing__` the first one outside this package is."""
    depth = 2
    frame = sys._getframe(depth)
    package = __name__.partition(".")[0] + "."
    while frame.f_back and str(frame.f_globals.get("__name__", "")).startswith(package):
        depth += 1
        frame = frame.f_back
    return depth


class EntityCollection(Generic[_E]):
    """
    The entities of one kind, in official order.

    Look one up by its slug or its whole id; iterate over the active ones.

    Examples:
        >>> import ppun_bfc
        >>> schemes = ppun_bfc.load("2020.10.1").schemes
        >>> schemes["srdeii"].acronym
        'SRDEII'
        >>> "scheme:sraddet" in schemes, len(schemes)
        (True, 7)

    """

    def __init__(self, policy: "PolicyVersion", model: type[_E]) -> None:
        self._policy = policy
        self._kind = model.__name__.lower()

    def _id(self, key: str) -> str:
        return key if ":" in key else f"{self._kind}:{key}"

    def __getitem__(self, key: str) -> _E:
        """The entity with this slug or id; raises `UnknownId`."""
        id = self._id(key)
        if not id.startswith(f"{self._kind}:"):
            raise UnknownId(id, self._policy.version, nearest(id, self.ids))
        return cast("_E", self._policy._entities[id])

    @overload
    def get(self, key: str) -> _E: ...
    @overload
    def get(self, key: str, default: _T) -> _E | _T: ...
    def get(self, key: str, default: _T | _Missing = _MISSING) -> _E | _T:
        """The entity with this slug or id, else the default; raises `UnknownId` without one."""
        try:
            return self[key]
        except UnknownId:
            if isinstance(default, _Missing):
                raise
            return default

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the active ones, in official order."""
        return self._policy._ids(self._kind)

    def __iter__(self) -> Iterator[_E]:
        return iter([self[id] for id in self.ids])

    def __len__(self) -> int:
        return len(self.ids)

    def __contains__(self, key: object) -> bool:
        id = self._id(key) if isinstance(key, str) else getattr(key, "id", "")
        return id.startswith(f"{self._kind}:") and id in self._policy

    def __repr__(self) -> str:
        return f"<{len(self)} × {self._kind} in {self._policy.version}>"


class PolicyVersion:
    """
    One version of the policy and of what it articulates with; immutable, safe between threads.

    Get one from `load` or `read`. Two are equal when their digests are.

    Attributes:
        version: `edition.N`, such as "2020.10.1".
        edition: the adopted text that it encodes, such as "2020.10".
        released: the day it was published; None for a draft.
        previous: the version before it.
        format: the format of its snapshot.
        digest: `sha256:` and the SHA-256 of its canonical bytes.

    Examples:
        >>> import ppun_bfc
        >>> policy = ppun_bfc.load("2020.10.1")
        >>> policy.priorities["inclusion-citoyenne"].label.fr
        'Placer l’inclusion citoyenne au cœur de nos priorités'
        >>> policy.get("scheme:srdeii").acronym
        'SRDEII'

    """

    version: str
    edition: str
    released: EdtfDate | None
    previous: str | None
    format: int
    digest: str
    _snapshot: JsonObject
    _reopen: "tuple[Callable[..., PolicyVersion], tuple[object, ...]] | None"
    _entities: _Entities
    _links_of: dict[str, tuple[Link, ...]]

    def __init__(
        self,
        snapshot: JsonObject,
        digest: str,
        reopen: "tuple[Callable[..., PolicyVersion], tuple[object, ...]] | None" = None,
        elsewhere: Elsewhere | None = None,
    ) -> None:
        """
        Wrap a validated snapshot.

        `reopen` is how another process gets the same one; `elsewhere` knows the other versions.
        """
        released, previous = snapshot.get("released"), snapshot.get("previous")
        version = str(snapshot["version"])
        records = cast("Sequence[JsonObject]", snapshot["entities"])
        raw = {sys.intern(str(record["id"])): record for record in records}
        entities = _Entities(version, raw, lambda: self.documents, elsewhere)
        self.__dict__.update(
            version=version,
            edition=str(snapshot["edition"]),
            format=snapshot["format"],
            digest=digest,
            released=EdtfDate(str(released)) if released else None,
            previous=str(previous) if previous else None,
            _snapshot=snapshot,
            _reopen=reopen,
            _entities=entities,
            # The method below, as the table's own look-up: a Python call would take twice as long.
            get=entities.__getitem__,
            _links_of={},
        )

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("a PolicyVersion is immutable")

    # -- records ---------------------------------------------------------------------------------

    @cached_property
    def documents(self) -> Mapping[str, Document]:
        """The sources, by id."""
        found = self._records("documents", Document)
        return MappingProxyType({document.id: document for document in found})

    @cached_property
    def relations(self) -> Mapping[str, Relation]:
        """What links may say, by name."""
        found = self._records("relations", Relation)
        return MappingProxyType({relation.name: relation for relation in found})

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Every link, sorted by source, relation and target."""
        return self._records("links", Link)

    def _records(self, name: str, model: type[_R]) -> tuple[_R, ...]:
        context = None if name == "documents" else self.documents
        records = cast("Sequence[Json]", self._snapshot[name])
        read = model.model_validate_json
        return tuple([read(dump_line(record), context=context) for record in records])

    @cached_property
    def _active_ids(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {kind: [] for kind in ENTITY_TYPES}
        for id, record in self._entities.raw.items():
            if cast("JsonObject", record).get("status") != "deprecated":
                found[id.partition(":")[0]].append(id)
        return {kind: tuple(ids) for kind, ids in found.items()}

    def _ids(self, kind: str) -> tuple[str, ...]:
        try:
            return self._active_ids[kind]
        except KeyError:
            raise UnknownKind(kind, tuple(ENTITY_TYPES)) from None

    def get(self, id: str) -> Entity:
        """
        The entity with this id.

        Raises:
            UnknownId: where there is none; it suggests the nearest ids.

        Warns:
            DeprecatedIdWarning: where this version has deprecated the id.

        """
        return self._entities[id]

    def record(self, id: str) -> JsonObject:
        """
        The entity with this id as parsed JSON, deprecated or not; not to be changed.

        Raises:
            UnknownId: where there is none.

        """
        return self._entities.record(id)

    def entities(self, kind: str | None = None, *, deprecated: bool = False) -> tuple[Entity, ...]:
        """
        Entities in official order, of one kind or of all; deprecated ones only when asked.

        Raises:
            UnknownKind: where there is no such kind.

        """
        if deprecated:
            if kind is not None:
                self._ids(kind)
            ids = [id for id in self._entities.raw if kind in (None, id.partition(":")[0])]
            return tuple([self._entities.quietly(id) for id in ids])
        kinds = tuple(ENTITY_TYPES) if kind is None else (kind,)
        return tuple(self._entities[id] for kind in kinds for id in self._ids(kind))

    def __iter__(self) -> Iterator[Entity]:
        return iter(self.entities())

    def __len__(self) -> int:
        return sum(map(len, self._active_ids.values()))

    def __contains__(self, item: object) -> bool:
        return (item if isinstance(item, str) else getattr(item, "id", None)) in self._entities.raw

    @property
    def policy(self) -> Policy:
        """The policy itself: when it was adopted, its scope, horizon and standing."""
        return next(iter(EntityCollection(self, Policy)))

    @property
    def purposes(self) -> "EntityCollection[Purpose]":
        """What the policy is for."""
        return EntityCollection(self, Purpose)

    @property
    def priorities(self) -> "EntityCollection[Priority]":
        """What it puts first."""
        return EntityCollection(self, Priority)

    @property
    def sections(self) -> "EntityCollection[Section]":
        """The sections of its text."""
        return EntityCollection(self, Section)

    @property
    def themes(self) -> "EntityCollection[Theme]":
        """The themes of its sections."""
        return EntityCollection(self, Theme)

    @property
    def actions(self) -> "EntityCollection[Action]":
        """The actions of its themes."""
        return EntityCollection(self, Action)

    @property
    def opportunities(self) -> "EntityCollection[Opportunity]":
        """Opportunities that it acknowledges."""
        return EntityCollection(self, Opportunity)

    @property
    def risks(self) -> "EntityCollection[Risk]":
        """Risks that it acknowledges."""
        return EntityCollection(self, Risk)

    @property
    def principles(self) -> "EntityCollection[Principle]":
        """Founding principles."""
        return EntityCollection(self, Principle)

    @property
    def guarantees(self) -> "EntityCollection[Guarantee]":
        """What the digital public service guarantees."""
        return EntityCollection(self, Guarantee)

    @property
    def programmes(self) -> "EntityCollection[Programme]":
        """Public programmes beside it."""
        return EntityCollection(self, Programme)

    @property
    def schemes(self) -> "EntityCollection[Scheme]":
        """Strategies, plans, contracts and roadmaps beside it."""
        return EntityCollection(self, Scheme)

    @property
    def axes(self) -> "EntityCollection[Axis]":
        """Named axes."""
        return EntityCollection(self, Axis)

    @property
    def objectives(self) -> "EntityCollection[Objective]":
        """Named objectives."""
        return EntityCollection(self, Objective)

    @property
    def challenges(self) -> "EntityCollection[Challenge]":
        """The challenges of SCORAN BFC."""
        return EntityCollection(self, Challenge)

    @property
    def orientations(self) -> "EntityCollection[Orientation]":
        """The orientations of SCORAN BFC."""
        return EntityCollection(self, Orientation)

    @property
    def proposals(self) -> "EntityCollection[Proposal]":
        """The proposals of SCORAN BFC."""
        return EntityCollection(self, Proposal)

    @property
    def services(self) -> "EntityCollection[Service]":
        """The digital public service."""
        return EntityCollection(self, Service)

    @property
    def agencies(self) -> "EntityCollection[Agency]":
        """The agency that is to carry the policy."""
        return EntityCollection(self, Agency)

    @property
    def tasks(self) -> "EntityCollection[Task]":
        """The missions of the agency."""
        return EntityCollection(self, Task)

    @property
    def aids(self) -> "EntityCollection[Aid]":
        """Support measures and calls for projects."""
        return EntityCollection(self, Aid)

    @property
    def audiences(self) -> "EntityCollection[Audience]":
        """Whom it serves."""
        return EntityCollection(self, Audience)

    @property
    def actors(self) -> "EntityCollection[Actor]":
        """Who acts."""
        return EntityCollection(self, Actor)

    @property
    def fundings(self) -> "EntityCollection[Funding]":
        """What pays or may pay."""
        return EntityCollection(self, Funding)

    @property
    def goals(self) -> "EntityCollection[Goal]":
        """Sustainable Development Goals."""
        return EntityCollection(self, Goal)

    @property
    def events(self) -> "EntityCollection[Event]":
        """What happened or is to happen."""
        return EntityCollection(self, Event)

    @property
    def figures(self) -> "EntityCollection[Figure]":
        """Quantities."""
        return EntityCollection(self, Figure)

    @property
    def discrepancies(self) -> "EntityCollection[Discrepancy]":
        """Where the sources disagree."""
        return EntityCollection(self, Discrepancy)

    # -- questions -------------------------------------------------------------------------------

    def _first_links(self, id: str) -> tuple[Link, ...]:
        """The links of one entity; those of all are kept, so that the next look-up is one."""
        self.record(id)
        found: dict[str, list[Link]] = {id: [] for id in self._entities.raw}
        for link in self.links:
            for end in dict.fromkeys((link.source, link.target)):
                found[end].append(link)
        self._links_of.update({id: tuple(links) for id, links in found.items()})
        return self._links_of[id]

    def related(
        self,
        id: str,
        relation: str | None = None,
        direction: Direction = "both",
        basis: Basis | None = None,
    ) -> tuple[Link, ...]:
        """
        The links of one entity, sorted.

        Args:
            id: the entity.
            relation: keep only links of this relation.
            direction: keep those that start from it ("out"), lead to it ("in"), or both.
            basis: keep only "stated" or only "derived" links.

        Raises:
            UnknownId: where there is no such entity.
            UnknownRelation: where there is no such relation.

        Examples:
            >>> import ppun_bfc
            >>> for link in ppun_bfc.load("2020.10.1").related("goal:sdg-12"):
            ...     print(link.source, link.relation, link.basis)
            policy:ppun-bfc pursues stated

        """
        try:
            links = self._links_of[id]
        except KeyError:
            links = self._first_links(id)
        if relation is None and basis is None and direction == "both":
            return links
        return self._filtered(id, links, relation, direction, basis)

    def _filtered(
        self,
        id: str,
        links: tuple[Link, ...],
        relation: str | None,
        direction: Direction,
        basis: Basis | None,
    ) -> tuple[Link, ...]:
        if relation is not None and relation not in self.relations:
            raise UnknownRelation(relation, self.version, tuple(self.relations))
        if direction not in ("out", "in", "both"):
            raise UnknownField("related", direction, ("out", "in", "both"))
        if basis not in (None, "stated", "derived"):
            raise UnknownField("basis", basis, ("stated", "derived"))
        return tuple(
            link
            for link in links
            if relation in (None, link.relation)
            and basis in (None, link.basis)
            and (direction == "both" or id == (link.source if direction == "out" else link.target))
        )

    @cached_property
    def _network(self) -> "Network":
        from .crossref import Network

        return Network(self.entities(deprecated=True), self.links)

    def ancestors(self, id: str) -> tuple[Entity, ...]:
        """What the entity is a part of, nearest first."""
        return self._all(self._network.ancestors(self._known(id)))

    def descendants(self, id: str) -> tuple[Entity, ...]:
        """Everything below the entity, each before what is below it."""
        return self._all(self._network.descendants(self._known(id)))

    def _known(self, id: str) -> str:
        self.get(id)
        return id

    def _all(self, ids: Iterable[str]) -> tuple[Entity, ...]:
        return tuple([self._entities.quietly(id) for id in ids])

    def explain(self, source: str, target: str, *, max_links: int = 1) -> "Explanation":
        """
        Every way in which two entities meet, strongest and shortest first.

        Args:
            source: an id.
            target: another.
            max_links: with 2, also ways over a third entity, last; never over an actor, audience,
                funding or the policy, where everything meets.

        Raises:
            UnknownId: where there is no such entity.

        Examples:
            >>> import ppun_bfc
            >>> policy = ppun_bfc.load("2020.10.1")
            >>> policy.explain("priority:transformation-economie", "scheme:srdeii").strength
            'derived'

        """
        if max_links not in (1, 2):
            raise UnknownField("max_links", str(max_links), ("1", "2"))
        return self._network.explain(self._known(source), self._known(target), max_links)

    def matrix(
        self,
        rows: str | Entity | Iterable[Entity | str] = "priority",
        columns: str | Entity | Iterable[Entity | str] | None = None,
    ) -> "Matrix":
        """
        Cross two kinds, or two groups of entities (or of ids).

        Args:
            rows: a kind, or the entities in the rows.
            columns: likewise; by default, the schemes that the policy itself implements or is
                coordinated with.

        Raises:
            UnknownKind: where there is no such kind.
            UnknownId: where there is no such entity.

        Examples:
            >>> import ppun_bfc
            >>> matrix = ppun_bfc.load("2020.10.1").matrix()
            >>> matrix.cell("priority:transformation-economie", "scheme:srdeii").strength
            'derived'

        """
        across = self._neighbours() if columns is None else self._group(columns)
        return self._network.matrix(self.version, self._group(rows), across)

    def _neighbours(self) -> tuple[Scheme, ...]:
        links = self.related(self.policy.id, direction="out")
        ids = {x.target for x in links if x.relation in ("implements", "coordinated_with")}
        return tuple(scheme for scheme in self.schemes if scheme.id in ids)

    def _group(self, given: str | Entity | Iterable[Entity | str]) -> tuple[Entity, ...]:
        if isinstance(given, str):
            return self.entities(given)
        if isinstance(given, Entity):
            given = (given,)
        ids = dict.fromkeys(item if isinstance(item, str) else item.id for item in given)
        return tuple(self.get(id) for id in ids)

    def gaps(
        self,
        rows: str | Entity | Iterable[Entity | str],
        columns: str | Entity | Iterable[Entity | str],
    ) -> "Gaps":
        """The rows and columns that nothing meets directly."""
        from .crossref import Gaps

        matrix = self.matrix(rows, columns)
        met = [cell for cell in matrix.filled() if cell.strength != "inherited"]
        row_ids, column_ids = {c.row.id for c in met}, {c.column.id for c in met}
        return Gaps(
            tuple(row for row in matrix.rows if row.id not in row_ids),
            tuple(column for column in matrix.columns if column.id not in column_ids),
        )

    def missing(self, kind: str, what: Iterable[str]) -> "tuple[Missing, ...]":
        """
        What the policy leaves open: the entities of a kind for which something is not told.

        Args:
            kind: such as "action".
            what: names of relations (no link of theirs starts there), "date" (no event about it
                has a date, and it has no period of its own) and "figure" (no figure is about it).

        Raises:
            UnknownKind: where there is no such kind.
            UnknownField: where a name is none of these.

        """
        from .crossref import Missing

        wanted = tuple(dict.fromkeys(what))
        known = ("date", "figure", *self.relations)
        for name in wanted:
            if name not in known:
                raise UnknownField("missing", name, nearest(name, known) or known)
        dated = {event.about for event in self.events if event.date is not None}
        counted = {figure.about for figure in self.figures}
        found = []
        for entity in self.entities(kind):
            told = {link.relation for link in self.related(entity.id, direction="out")}
            if entity.id in counted:
                told.add("figure")
            own = (getattr(entity, name, None) for name in ("period", "adopted", "opens", "closes"))
            if entity.id in dated or any(own):
                told.add("date")
            if open_ := tuple(name for name in wanted if name not in told):
                found.append(Missing(entity, open_))
        return tuple(found)

    def in_force(self, on: date) -> tuple[Scheme | Programme | Aid, ...]:
        """
        The schemes and programmes in force and the aids open on a day, where a source says so.

        Examples:
            >>> import datetime, ppun_bfc
            >>> policy = ppun_bfc.load("2020.10.1")
            >>> [found.slug for found in policy.in_force(datetime.date(2022, 6, 1))]
            ['capeco-numerique', 'tourisme']

        """
        dated = (*self.schemes, *self.programmes, *self.aids)
        return tuple(found for found in dated if found.in_force(on))

    def grant(self, aid: str, cost: "Amount") -> "Grant":
        """
        Which bracket of an aid a project falls in, and the most that it can receive.

        Args:
            aid: the id or slug of an aid.
            cost: the eligible cost of the project, in euros.

        Raises:
            UnknownId: where there is no such aid.
            BadQuantity: where the cost is not a number above 0.

        """
        from .grants import grant

        return grant(self._lineage(self.aids[aid]), cost)

    def aids_for(
        self, applicant: str, *, population: "Amount | None" = None, on: date | None = None
    ) -> "tuple[Offer, ...]":
        """
        The aids that an applicant could ask for.

        Args:
            applicant: the id of an actor or audience, such as "actor:communes".
            population: its inhabitants; aids with a limit that it exceeds are left out.
            on: a day; aids that are closed then are left out.

        Raises:
            UnknownId: where there is no such applicant.
            BadQuantity: where the population is not a number above 0.

        """
        from .grants import offers

        names = {self.get(applicant).id, *(above.id for above in self.ancestors(applicant))}
        lineages = [self._lineage(aid) for aid in self.aids]
        return offers(lineages, frozenset(names), population, on)

    def _lineage(self, aid: Aid) -> tuple[Aid, ...]:
        """An aid and those that hold it, nearest first."""
        return (aid, *(above for above in self.ancestors(aid.id) if isinstance(above, Aid)))

    @cached_property
    def _search_index(self) -> "SearchIndex":
        from .search import SearchIndex

        return SearchIndex(self)

    def search(self, text: str, kind: str | None = None) -> tuple[Entity, ...]:
        """
        Entities that hold every word of a text, best first; case and accents do not count.

        Raises:
            UnknownKind: where there is no such kind.

        Examples:
            >>> import ppun_bfc
            >>> [entity.id for entity in ppun_bfc.load("2020.10.1").search("capeco", "scheme")]
            ['scheme:capeco-numerique']

        """
        if kind is not None:
            self._ids(kind)
        found = self._search_index.find(text)
        return tuple(entity for entity in found if kind in (None, entity.kind))

    # -- identity --------------------------------------------------------------------------------

    def to_dict(self) -> JsonObject:
        """The snapshot as parsed JSON; not to be changed, since the policy reads from it."""
        return self._snapshot

    def to_json(self) -> bytes:
        """The canonical bytes of the snapshot; their SHA-256 is the digest."""
        return dump_snapshot(self._snapshot)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PolicyVersion) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def __repr__(self) -> str:
        return f"<PolicyVersion {self.version}, {len(self)} entities, {self.digest[:19]}…>"

    def __copy__(self) -> "PolicyVersion":
        return self

    def __deepcopy__(self, memo: Mapping[int, Json]) -> "PolicyVersion":
        return self

    def __reduce__(self) -> tuple[Callable[..., "PolicyVersion"], tuple[object, ...]]:
        return self._reopen or (_from_bytes, (self.to_json(), self.digest))


def _from_bytes(data: bytes, digest: str) -> PolicyVersion:
    import json

    return PolicyVersion(json.loads(data), digest)
