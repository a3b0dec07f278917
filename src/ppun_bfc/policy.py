"""One version in memory: one long class, since its questions are told where they are asked."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import deepcopy
from typing import TYPE_CHECKING, Literal, NoReturn, Self, TypeAlias, cast

from . import models
from .canonical import Json, Snapshot, dump_snapshot
from .collection import EntityCollection, Of
from .errors import UnknownField, UnknownRelation, WrongType
from .languages import Phrase
from .models import (
    Aid,
    Basis,
    Document,
    EdtfDate,
    Entity,
    Link,
    Policy,
    Programme,
    Relation,
    Scheme,
)
from .models.dates import Day, as_day
from .records import Elsewhere, Records, id_of
from .several import Many, each, texts
from .vocabulary import Kind, RelationName

# What answers a question is imported when the first one is asked, so that reading stays cheap.
if TYPE_CHECKING:
    from .crossref import Explanation, Gaps, Matrix, Missing, Network
    from .grants import Amount, Grant, Offer
    from .search import SearchIndex

__all__ = ["Direction", "Group", "PolicyVersion", "records_of"]

#: Which links of an entity: those that start from it, those that lead to it, or both.
Direction: TypeAlias = Literal["out", "in", "both"]
_Reopen: TypeAlias = "tuple[Callable[..., PolicyVersion], tuple[object, ...]]"
#: What a matrix crosses: a kind, one entity, or several entities or ids.
Group: TypeAlias = Kind | Entity | Many[Entity | str] | Iterator[Entity | str]
_A_GROUP = Phrase(
    "a kind, an entity, or several entities or ids",
    "une sorte, une entité, ou plusieurs entités ou identifiants",
)
_A_TEXT = Phrase("words to search for", "des mots à chercher")
_NAMES = Phrase("names such as 'led_by'", "des noms comme « led_by »")


class PolicyVersion:
    """
    One version of the policy and of what it articulates with; immutable, safe between threads.

    Get one from `load` or `read`. Two are equal when their digests are. Each kind has a collection,
    such as `schemes` or `actions`.

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

    __slots__ = (
        "_active",
        "_lazy_network",
        "_lazy_search",
        "_links_of",
        "_records",
        "_reopen",
        "digest",
        "edition",
        "format",
        "previous",
        "released",
        "version",
    )

    version: str
    edition: str
    released: EdtfDate | None
    previous: str | None
    format: int
    digest: str
    _records: Records
    _active: Mapping[str, Entity]
    _links_of: dict[str, tuple[Link, ...]]
    _reopen: "_Reopen | None"
    _lazy_network: "Network | None"
    _lazy_search: "SearchIndex | None"

    purposes = Of(models.Purpose)
    priorities = Of(models.Priority)
    sections = Of(models.Section)
    themes = Of(models.Theme)
    actions = Of(models.Action)
    opportunities = Of(models.Opportunity)
    risks = Of(models.Risk)
    principles = Of(models.Principle)
    guarantees = Of(models.Guarantee)
    programmes = Of(models.Programme)
    schemes = Of(models.Scheme)
    axes = Of(models.Axis)
    objectives = Of(models.Objective)
    challenges = Of(models.Challenge)
    orientations = Of(models.Orientation)
    proposals = Of(models.Proposal)
    services = Of(models.Service)
    agencies = Of(models.Agency)
    tasks = Of(models.Task)
    aids = Of(models.Aid)
    audiences = Of(models.Audience)
    actors = Of(models.Actor)
    fundings = Of(models.Funding)
    goals = Of(models.Goal)
    events = Of(models.Event)
    figures = Of(models.Figure)
    discrepancies = Of(models.Discrepancy)

    # Not `__init__`, which could be called again on a version that others share.
    def __new__(
        cls,
        snapshot: Snapshot,
        digest: str,
        reopen: "_Reopen | None" = None,
        elsewhere: Elsewhere | None = None,
    ) -> Self:
        """
        Wrap a validated snapshot.

        `reopen` is how another process gets the same one; `elsewhere` knows the other versions.
        """
        self = super().__new__(cls)
        records = Records(snapshot, elsewhere)
        released = snapshot.get("released")
        values: dict[str, object] = {
            "version": records.version,
            "edition": snapshot["edition"],
            "released": EdtfDate(released) if released else None,
            "previous": snapshot.get("previous"),
            "format": snapshot["format"],
            "digest": digest,
            "_records": records,
            "_active": records.active,
            "_links_of": {},
            "_reopen": reopen,
            "_lazy_network": None,
            "_lazy_search": None,
        }
        for name, value in values.items():
            object.__setattr__(self, name, value)
        return self

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("a PolicyVersion is immutable")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError("a PolicyVersion is immutable")

    # -- records ---------------------------------------------------------------------------------

    @property
    def documents(self) -> Mapping[str, Document]:
        """The sources, by id."""
        return self._records.documents

    @property
    def relations(self) -> Mapping[str, Relation]:
        """What links may say, by name."""
        return self._records.relations

    @property
    def links(self) -> tuple[Link, ...]:
        """Every link, sorted by source, relation and target."""
        return tuple([self._records.link(at) for at in range(len(self._records.links))])

    def get(self, id: str | Entity) -> Entity:
        """
        The entity with this id.

        Raises:
            UnknownId: where there is none; it suggests the nearest ids.
            WrongType: where what is given is no id.

        Warns:
            DeprecatedIdWarning: where this version has deprecated the id.

        """
        try:
            return self._active[id]  # type: ignore[index] # an entity is no key, and told apart below
        except (KeyError, TypeError):
            return self._records.look_up(id)

    def record(self, id: str | Entity) -> dict[str, Json]:
        """
        The entity with this id as published JSON, deprecated or not: a copy, with no addresses.

        Raises:
            UnknownId: where there is none.
            WrongType: where what is given is no id.

        """
        return deepcopy(cast("dict[str, Json]", self._records.parsed[self._records.known(id)]))

    def entities(self, kind: Kind | None = None, *, deprecated: bool = False) -> tuple[Entity, ...]:
        """
        Entities in official order, of one kind or of all; deprecated ones only when asked.

        Raises:
            UnknownKind: where there is no such kind.

        """
        ids = self._records.ids(kind)
        if deprecated:
            every = self._records.parsed
            ids = tuple(id for id in every if kind in (None, id.partition(":")[0]))
        return self._records.entities(ids)

    def __iter__(self) -> Iterator[Entity]:
        return iter(self.entities())

    def __len__(self) -> int:
        return len(self._records.ids())

    def __contains__(self, item: object) -> bool:
        id = item.id if isinstance(item, Entity) else item
        return isinstance(id, str) and id in self._records.parsed

    @property
    def policy(self) -> Policy:
        """The policy itself: when it was adopted, its scope, horizon and standing."""
        return next(iter(EntityCollection(self._records, Policy)))

    # -- questions -------------------------------------------------------------------------------

    def related(
        self,
        id: str | Entity,
        relation: RelationName | None = None,
        direction: Direction = "both",
        basis: Basis | None = None,
    ) -> tuple[Link, ...]:
        """
        The links of one entity, sorted.

        Args:
            id: the entity, or its id.
            relation: keep only links of this relation.
            direction: keep those that start from it ("out"), lead to it ("in"), or both.
            basis: keep only "stated" or only "derived" links.

        Raises:
            UnknownId: where there is no such entity.
            UnknownRelation: where there is no such relation.
            UnknownField: where the direction or basis is none of those.

        Examples:
            >>> import ppun_bfc
            >>> for link in ppun_bfc.load("2020.10.1").related("goal:sdg-12"):
            ...     print(link.source, link.relation, link.basis)
            policy:ppun-bfc pursues stated

        """
        if relation is None and basis is None and direction == "both":
            try:
                return self._links_of[id]  # type: ignore[index] # as in `get`
            except (KeyError, TypeError):
                return self._links(id)
        return self._filtered(id, relation, direction, basis)

    def _links(self, id: object) -> tuple[Link, ...]:
        known = self._records.known(id)
        return self._links_of.setdefault(known, self._records.links_of(known))

    def _filtered(
        self, id: str | Entity, relation: str | None, direction: str, basis: str | None
    ) -> tuple[Link, ...]:
        links = self._links(id)
        if relation is not None and relation not in self.relations:
            raise UnknownRelation(str(relation), self.version, tuple(self.relations))
        for name, value, known in (
            ("direction", direction, ("out", "in", "both")),
            ("basis", basis or "stated", ("stated", "derived")),
        ):
            if value not in known:
                raise UnknownField(name, str(value), known)
        end = {"out": "source", "in": "target"}.get(direction)
        return tuple(
            link
            for link in links
            if relation in (None, link.relation)
            and basis in (None, link.basis)
            and (end is None or getattr(link, end) == id_of(id))
        )

    @property
    def _network(self) -> "Network":
        if self._lazy_network is None:
            from .crossref import Network

            object.__setattr__(self, "_lazy_network", Network(self._records))
        assert self._lazy_network is not None
        return self._lazy_network

    def ancestors(self, id: str | Entity) -> tuple[Entity, ...]:
        """
        What the entity is a part of, nearest first.

        Raises:
            UnknownId: where there is no such entity.

        """
        return self._records.entities(self._network.ancestors(self._asked(id)))

    def descendants(self, id: str | Entity) -> tuple[Entity, ...]:
        """
        Everything below the entity, each before what is below it.

        Raises:
            UnknownId: where there is no such entity.

        """
        return self._records.entities(self._network.descendants(self._asked(id)))

    def _asked(self, id: str | Entity) -> str:
        """The id that a question names; a deprecated one warns."""
        return self.get(id).id

    def explain(
        self, source: str | Entity, target: str | Entity, *, max_links: int = 1
    ) -> "Explanation":
        """
        Every way in which two entities meet, strongest and shortest first.

        Args:
            source: an entity, or its id.
            target: another.
            max_links: with 2, also ways over a third entity, last; never over an actor, audience,
                funding or the policy, where everything meets.

        Raises:
            UnknownId: where there is no such entity.
            UnknownField: where `max_links` is neither 1 nor 2.

        Examples:
            >>> import ppun_bfc
            >>> policy = ppun_bfc.load("2020.10.1")
            >>> policy.explain("priority:transformation-economie", "scheme:srdeii").strength
            'derived'

        """
        if max_links not in (1, 2):
            raise UnknownField("max_links", str(max_links), ("1", "2"))
        return self._network.explain(self._asked(source), self._asked(target), max_links)

    def matrix(self, rows: Group = "priority", columns: Group | None = None) -> "Matrix":
        """
        Cross two kinds, or two groups of entities (or of ids).

        Args:
            rows: a kind, or the entities in the rows.
            columns: likewise; by default, the schemes that the policy itself implements or is
                coordinated with.

        Raises:
            UnknownKind: where there is no such kind.
            UnknownId: where there is no such entity.
            WrongType: where a group is none.

        Examples:
            >>> import ppun_bfc
            >>> matrix = ppun_bfc.load("2020.10.1").matrix()
            >>> matrix.cell("priority:transformation-economie", "scheme:srdeii").strength
            'derived'

        """
        across = self._neighbours() if columns is None else self._group(columns)
        return self._network.matrix(self._group(rows), across)

    def _neighbours(self) -> tuple[str, ...]:
        links = self.related(self.policy.id, direction="out")
        ids = {x.target for x in links if x.relation in ("implements", "coordinated_with")}
        return tuple(id for id in self._records.ids("scheme") if id in ids)

    def _group(self, given: Group) -> tuple[str, ...]:
        if isinstance(given, str):
            # An id where a kind is meant stands for itself: one of something is taken as one.
            return (self._asked(given),) if ":" in given else self._records.ids(given)
        if isinstance(given, Entity):
            return (self._asked(given),)
        several: Iterable[Entity | str] = given
        ids = dict.fromkeys(id_of(item) for item in each(several, _A_GROUP))
        return tuple(self._asked(id) for id in ids)

    def gaps(self, rows: Group, columns: Group) -> "Gaps":
        """
        The rows and columns that nothing meets directly.

        Raises:
            UnknownKind: where there is no such kind.
            UnknownId: where there is no such entity.

        """
        return self.matrix(rows, columns).gaps()

    def missing(self, kind: Kind, what: str | Many[str] | Iterator[str]) -> "tuple[Missing, ...]":
        """
        What the policy leaves open: the entities of a kind for which something is not told.

        Args:
            kind: such as "action".
            what: one name or several: of relations (no link of theirs starts there), "date" (no
                event about it has a date, and it has no period of its own) and "figure" (no figure
                is about it).

        Raises:
            UnknownKind: where there is no such kind.
            UnknownField: where a name is none of these.

        """
        from .crossref import missing

        wanted = tuple(dict.fromkeys(texts(what, _NAMES)))
        return missing(self._records, self._records.ids(kind), wanted)

    def in_force(self, on: Day) -> tuple[Scheme | Programme | Aid, ...]:
        """
        The schemes and programmes in force and the aids open on a day, where a source says so.

        Args:
            on: a `date` or `datetime`, or the text of a day.

        Raises:
            WrongType: where it is no day.

        Examples:
            >>> import ppun_bfc
            >>> policy = ppun_bfc.load("2020.10.1")
            >>> [found.slug for found in policy.in_force("2022-06-01")]
            ['capeco-numerique', 'tourisme']

        """
        day = as_day(on)
        dated = (*self.schemes, *self.programmes, *self.aids)
        return tuple(found for found in dated if found.in_force(day))

    def grant(self, aid: str | Aid, cost: "Amount") -> "Grant":
        """
        Which bracket of an aid a project falls in, and the most that it can receive.

        Args:
            aid: an aid, or its id or slug.
            cost: the eligible cost of the project, in euros.

        Raises:
            UnknownId: where there is no such aid.
            BadQuantity: where the cost is not a number above 0.

        """
        from .grants import grant

        return grant(self._lineage(self.aids[id_of(aid)]), cost)

    def aids_for(
        self,
        applicant: str | Entity,
        *,
        population: "Amount | None" = None,
        on: Day | None = None,
    ) -> "tuple[Offer, ...]":
        """
        The aids that an applicant could ask for.

        Args:
            applicant: an actor or audience, or its id, such as "actor:communes".
            population: its inhabitants; aids with a limit that it exceeds are left out.
            on: a day; aids that are closed then are left out.

        Raises:
            UnknownId: where there is no such applicant.
            BadQuantity: where the population is not a number above 0.
            WrongType: where the day is none.

        """
        from .grants import offers

        id = self._asked(applicant)
        names = {id, *self._network.ancestors(id)}
        lineages = [self._lineage(aid) for aid in self.aids]
        day = None if on is None else as_day(on)
        return offers(lineages, frozenset(names), population, day)

    def _lineage(self, aid: Aid) -> tuple[Aid, ...]:
        """An aid and those that hold it, nearest first."""
        return (aid, *(above for above in self.ancestors(aid.id) if isinstance(above, Aid)))

    def search(self, text: str, kind: Kind | None = None) -> tuple[Entity, ...]:
        """
        Entities that hold every word of a text, best first; case and accents do not count.

        Raises:
            UnknownKind: where there is no such kind.
            WrongType: where the text is none.

        Examples:
            >>> import ppun_bfc
            >>> [entity.id for entity in ppun_bfc.load("2020.10.1").search("capeco", "scheme")]
            ['scheme:capeco-numerique']

        """
        if not isinstance(text, str):
            raise WrongType.of(text, _A_TEXT)
        if self._lazy_search is None:
            from .search import SearchIndex

            parsed = self._records.parsed
            index = SearchIndex(parsed[id] for id in self._records.ids())
            object.__setattr__(self, "_lazy_search", index)
        assert self._lazy_search is not None
        among = None if kind is None else frozenset(self._records.ids(kind))
        found = self._lazy_search.find(text)
        return self._records.entities(id for id in found if among is None or id in among)

    # -- identity --------------------------------------------------------------------------------

    def to_dict(self) -> dict[str, Json]:
        """The snapshot as parsed JSON: a copy, for the caller to change."""
        return deepcopy(cast("dict[str, Json]", self._records.snapshot))

    def to_json(self) -> bytes:
        """The canonical bytes of the snapshot; their SHA-256 is the digest."""
        return dump_snapshot(self._records.snapshot)

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

    def __reduce__(self) -> _Reopen:
        return self._reopen or (_from_bytes, (self.to_json(), self.digest))


def _from_bytes(data: bytes, digest: str) -> PolicyVersion:
    import json

    return PolicyVersion(json.loads(data), digest)


def records_of(policy: PolicyVersion) -> Records:
    """The live records of a version, for this package only: they are never handed out."""
    return policy._records  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
