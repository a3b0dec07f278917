"""One version in memory: one long class, since its questions are told where they are asked."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import deepcopy
from typing import TYPE_CHECKING, Literal, Self, TypeAlias, cast

from . import models
from .canonical import Json, Snapshot, dump_snapshot
from .cards import Card, Item, Listed, Section
from .collection import EntityCollection, Of
from .errors import UnknownField, UnknownRelation, WrongType
from .languages import LANGUAGES, Language, Phrase
from .models import (
    ENTITY_TYPES,
    MODALITIES,
    Aid,
    Basis,
    Discrepancy,
    Document,
    EdtfDate,
    Entity,
    Link,
    Modality,
    Policy,
    Programme,
    Relation,
    Scheme,
)
from .models.dates import Day, as_day
from .once import Immutable
from .records import Elsewhere, Records, id_of
from .release import NOTICE
from .several import Many, each, texts
from .vocabulary import InverseName, Kind, RelationName

# What answers a question is imported when the first one is asked, so that reading stays cheap.
if TYPE_CHECKING:
    from decimal import Decimal

    from .cite import Cited
    from .crossref import Explanation, Gaps, Matrix, Missing, Network
    from .crossref.about import About
    from .crossref.reach import Reach
    from .grants import Amount, Offer, Offers
    from .search import Hits, SearchIndex
    from .tables import Tables
    from .timeline import Timeline

__all__ = ["Direction", "Group", "PolicyVersion", "lineages_of", "reach_of", "records_of"]

#: Which links of an entity: those that start from it, those that lead to it, or both.
Direction: TypeAlias = Literal["out", "in", "both"]
_BOTH: Direction = "both"
_Reopen: TypeAlias = "tuple[Callable[..., PolicyVersion], tuple[object, ...]]"
#: What a matrix crosses: a kind, one entity, or several entities or ids.
Group: TypeAlias = Kind | Entity | Many[Entity | str] | Iterator[Entity | str]
_A_GROUP = Phrase(
    "a kind, an entity, or several entities or ids",
    "une sorte, une entité, ou plusieurs entités ou identifiants",
)
_A_TEXT = Phrase("words to search for", "des mots à chercher")
_HOLDS = Phrase("What it holds", "Ce qu’elle contient")
_NEXT = Phrase("What to ask", "Que demander")
_STEPS = (
    'policy.search("tiers-lieux")',
    'policy.about("theme:inclusion")',
    'policy.offers("actor:communes", population=800, cost=350_000)',
    "policy.matrix()",
    'policy.explain("priority:transformation-economie", "scheme:srdeii")',
)
_A_NAME = Phrase("a name", "un nom")
_MODALITIES = Phrase("modalities such as 'affirmed'", "des modalités comme « affirmed »")
_KINDS = Phrase("kinds such as 'scheme'", "des sortes comme « scheme »")
_A_COUNT = Phrase("a whole number from 0 on", "un nombre entier à partir de 0")
_NAMES = Phrase("names such as 'led_by'", "des noms comme « led_by »")


class PolicyVersion(Immutable):
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
        return Listed(self._records.entities(ids))

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
        relation: RelationName | InverseName | Many[RelationName | InverseName] | None = None,
        direction: Direction = _BOTH,
        basis: Basis | None = None,
        kind: Kind | Many[Kind] | None = None,
        modality: Modality | Many[Modality] | None = None,
    ) -> tuple[Link, ...]:
        """
        The links of one entity, sorted.

        Args:
            id: the entity, or its id.
            relation: keep only links of this relation, or of these; by the inverse name, such as
                "leads", those that lead to the entity.
            direction: keep those that start from it ("out"), lead to it ("in"), or both.
            basis: keep only "stated" or only "derived" links.
            kind: keep only links to entities of this kind, or of these.
            modality: keep only links of this modality, or of these.

        Raises:
            UnknownId: where there is no such entity.
            UnknownRelation: where there is no such relation.
            UnknownKind: where there is no such kind.
            UnknownField: where the direction, basis or modality is none of those.

        Examples:
            >>> import ppun_bfc
            >>> for link in ppun_bfc.load("2020.10.1").related("goal:sdg-12"):
            ...     print(link.source, link.relation, link.basis)
            policy:ppun-bfc pursues stated

        """
        # Nothing by keyword only, and `is`: half of what the look-up costs. Another "both" that is
        # equal, but not this one, is told below.
        if (
            relation is None
            and basis is None
            and direction is _BOTH
            and kind is None
            and modality is None
        ):
            try:
                return self._links_of[id]  # type: ignore[index] # as in `get`
            except (KeyError, TypeError):
                return self._links(id)
        return self._filtered(id, relation, direction, basis, kind, modality)

    # Apart, since the variables that an inner function shares are made anew at every call.
    def _filtered(
        self,
        id: str | Entity,
        relation: RelationName | InverseName | Many[RelationName | InverseName] | None,
        direction: Direction,
        basis: Basis | None,
        kind: Kind | Many[Kind] | None,
        modality: Modality | Many[Modality] | None,
    ) -> tuple[Link, ...]:
        links, own = self._links(id), id_of(id)
        wanted = None if relation is None else self._directed(texts(relation, _NAMES))
        among = None if kind is None else self._among(kind, deprecated=True)
        said = None if modality is None else frozenset(texts(modality, _MODALITIES))
        for name, values, known in (
            ("direction", (direction,), ("out", "in", "both")),
            ("basis", (basis or "stated",), ("stated", "derived")),
            ("modality", said or (), MODALITIES),
        ):
            for value in values:
                if value not in known:
                    raise UnknownField(name, str(value), known)

        def is_kept(link: Link) -> bool:
            ways = {way for way, end in (("out", link.source), ("in", link.target)) if end == own}
            return (
                (direction == "both" or direction in ways)
                and (wanted is None or any((link.relation, way) in wanted for way in ways))
                and basis in (None, link.basis)
                and (said is None or link.modality in said)
                and (among is None or link.other(own) in among)
            )

        return Listed(link for link in links if is_kept(link))

    def _directed(self, names: Iterable[str]) -> frozenset[tuple[str, str]]:
        """The relations of some names, each with the direction in which it is read so."""
        inverses = {relation.inverse: name for name, relation in self.relations.items()}
        found: set[tuple[str, str]] = set()
        for name in names:
            if name in self.relations:
                found |= {(name, "out"), (name, "in")}
            elif name in inverses:
                found.add((inverses[name], "in"))
            else:
                raise UnknownRelation(str(name), self.version, (*self.relations, *inverses))
        return frozenset(found)

    def _links(self, id: object) -> tuple[Link, ...]:
        known = self._records.known(id)
        return self._links_of.setdefault(known, Listed(self._records.links_of(known)))

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
        return Listed(self._records.entities(self._network.ancestors(self._asked(id))))

    def descendants(self, id: str | Entity) -> tuple[Entity, ...]:
        """
        Everything below the entity, each before what is below it.

        Raises:
            UnknownId: where there is no such entity.

        """
        return Listed(self._records.entities(self._network.descendants(self._asked(id))))

    def children(
        self, id: str | Entity, kind: Kind | Many[Kind] | None = None
    ) -> tuple[Entity, ...]:
        """
        What is directly a part of the entity, in official order.

        Args:
            id: the entity, or its id.
            kind: keep only this kind, or these.

        Raises:
            UnknownId: where there is no such entity.
            UnknownKind: where there is no such kind.

        Examples:
            >>> import ppun_bfc
            >>> scoran = ppun_bfc.load("2020.10.2").children("scheme:scoran-bfc", "axis")
            >>> [axis.slug for axis in scoran]
            ['scoran-1', 'scoran-2', 'scoran-3']

        """
        among = None if kind is None else self._among(kind)
        found = self._network.children(self._asked(id))
        return Listed(self._records.entities(x for x in found if among is None or x in among))

    def about(self, id: str | Entity) -> "About":
        r"""
        Everything that concerns one thing, each part worked out when it is asked for.

        What it is a part of, what is a part of it, its links with their ends, figures, events, grant
        schemes, disputes and places in the sources.

        Raises:
            UnknownId: where there is no such entity.

        Examples:
            >>> import ppun_bfc
            >>> page = ppun_bfc.load("2020.10.2").about("scheme:capeco-numerique")
            >>> [figure.quantity("en") for figure in page.figures], len(page.disputes)
            (['30\xa0action sheets'], 2)
            >>> page.links["coordinated_with"].entities[0].id
            'policy:ppun-bfc'

        """
        from .crossref.about import About

        return About(self._records, self._network, self._asked(id))

    def disputes(self, id: str | Entity, *, deep: bool = False) -> "tuple[Discrepancy, ...]":
        """
        Where sources disagree about a thing; what matters comes before what is minor.

        Args:
            id: the entity, or its id.
            deep: also about its figures and events.

        Raises:
            UnknownId: where there is no such entity.

        Examples:
            >>> import ppun_bfc
            >>> [d.slug for d in ppun_bfc.load("2020.10.2").disputes("scheme:capeco-numerique")]
            ['capeco-periode', 'capeco-sigle']

        """
        from .crossref.about import disputes

        return disputes(self._records, self._asked(id), deep=deep)

    def lookup(self, name: str, kind: Kind | None = None) -> Entity:
        """
        The one thing that is called so.

        By its official name, another wording, an acronym, an official number or a former name;
        case, accents, apostrophes, hyphens and spaces do not count.

        Args:
            name: the whole name; `search` finds things by parts of theirs.
            kind: only of this kind.

        Raises:
            UnknownName: where nothing is; it suggests the nearest names.
            AmbiguousName: where several are; it lists them.
            UnknownKind: where there is no such kind.
            WrongType: where the name is no text.

        Examples:
            >>> import ppun_bfc
            >>> ppun_bfc.load("2020.10.1").lookup("capeco NUMERIQUE").id
            'scheme:capeco-numerique'

        """
        from .search import look_up_name

        if not isinstance(name, str):
            raise WrongType.of(name, _A_NAME)
        return self._records.entity(look_up_name(self._records, name, kind))

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
        return Listed(found for found in dated if found.in_force(day))

    def grant(self, aid: str | Aid, cost: "Amount") -> "Offer":
        """
        Which bracket of an aid a project falls in, and the most that it can receive.

        Args:
            aid: an aid, or its id or slug.
            cost: the eligible cost of the project, in euros.

        Raises:
            UnknownId: where there is no such aid.
            BadQuantity: where the cost is not a number above 0.

        Examples:
            >>> import ppun_bfc
            >>> ppun_bfc.load("2020.10.2").grant("micro-folies", "100 000 €").most
            Decimal('10000')

        """
        from .grants import amount, grant

        return grant(self._lineage(self.aids[id_of(aid)]), amount("cost", cost))

    def offers(
        self,
        applicant: str | Entity,
        *,
        cost: "Amount | None" = None,
        population: "Amount | None" = None,
        epci_population: "Amount | None" = None,
        on: Day | None = None,
    ) -> "Offers":
        """
        What an applicant can ask for, what grants most first; and what it cannot, with why.

        An applicant may ask for what names it or what it is a part of; where an aid names only a part
        of it, the offer says "if you are ...".

        Args:
            applicant: an actor or audience, or its id, such as "actor:communes".
            cost: the eligible cost of its project, in euros.
            population: its inhabitants.
            epci_population: the inhabitants of the inter-municipal body that it belongs to; of an
                inter-municipal body, its own are taken.
            on: a day; aids that are closed then are refused.

        Raises:
            UnknownId: where there is no such applicant.
            BadQuantity: where an amount is not a number above 0.
            WrongType: where the day is none.

        Examples:
            >>> import ppun_bfc
            >>> policy = ppun_bfc.load("2020.10.2")
            >>> best = policy.offers("actor:epci", cost=350_000, on="2021-07-01")[0]
            >>> best.aid.slug, best.most, best.rate
            ('appel-a-projets-territoires-intelligents', Decimal('245000'), Decimal('70'))

        """
        from .grants import Applicant, amount, offers

        def number(noun: str, given: "Amount | None") -> "Decimal | None":
            return None if given is None else amount(noun, given)

        id = self._asked(applicant)
        belongs = frozenset({id, *self._network.ancestors(id)})
        own = number("population", population)
        shared = number("epci_population", epci_population)
        asked = Applicant(
            id,
            Phrase(self._records.name(id, "en"), self._records.name(id)),
            belongs,
            frozenset(self._network.descendants(id)),
            own,
            own if shared is None and "actor:epci" in belongs else shared,
            None if on is None else as_day(on),
            number("cost", cost),
        )
        lineages = self._lineages()
        named = {entry.who for aid, *_ in lineages for entry in aid.eligible}
        names = {
            who: Phrase(self._records.name(who, "en"), self._records.name(who)) for who in named
        }
        return offers(lineages, asked, names)

    def applicants(self) -> tuple[Entity, ...]:
        """
        Who may be asked for in `offers`: whom an aid names, and what is a part of them.

        Examples:
            >>> import ppun_bfc
            >>> "actor:communes" in [who.id for who in ppun_bfc.load("2020.10.2").applicants()]
            True

        """
        found: dict[str, None] = {}
        for aid in self.aids:
            for entry in aid.eligible:
                found |= dict.fromkeys((entry.who, *self._network.descendants(entry.who)))
        ordered = [id for id in self._records.ids() if id in found]
        return Listed(self._records.entities(ordered))

    def _lineages(self) -> list[tuple[Aid, ...]]:
        """Each aid that can be asked for, with those that hold it, nearest first."""
        # What holds other aids is asked for by one of them; a chapter may hold programmes only.
        held = (*self._records.ids("aid"), *self._records.ids("programme"))
        holding = {self._records.parsed[one].get("part_of") for one in held}
        return [self._lineage(aid) for aid in self.aids if aid.id not in holding]

    def _lineage(self, aid: Aid) -> tuple[Aid, ...]:
        """An aid and those that hold it, nearest first."""
        return (aid, *(above for above in self.ancestors(aid.id) if isinstance(above, Aid)))

    def timeline(self, start: Day | None = None, end: Day | None = None) -> "Timeline":
        """
        What is dated, earliest first.

        Events, when aids open, close and have something due, when something was adopted, and how
        long it holds.

        Args:
            start: leave out what ended before that day.
            end: leave out what begins after that day.

        Raises:
            WrongType: where one of them is no day.

        Examples:
            >>> import ppun_bfc
            >>> policy = ppun_bfc.load("2020.10.1")
            >>> [str(moment.date) for moment in policy.timeline("2019-06-01", "2019-12-31")][:1]
            ['2017/2022']

        """
        from .timeline import timeline

        first, last = (None if day is None else as_day(day) for day in (start, end))
        return timeline(self._records, first, last)

    def closing(self, before: Day, *, since: Day | None = None) -> "Timeline":
        """
        The days by which something is due, up to a day: when aids close, and their deadlines.

        Args:
            before: the last day that counts.
            since: the first day that counts; without one, all that were ever due.

        Raises:
            WrongType: where one of them is no day.

        Examples:
            >>> import ppun_bfc
            >>> due = ppun_bfc.load("2020.10.2").closing("2021-12-31", since="2021-07-01")
            >>> "aid:developper-les-tiers-lieux" in [moment.entity.id for moment in due]
            True

        """
        from .timeline import timeline

        first = None if since is None else as_day(since)
        return timeline(self._records, first, as_day(before), ("closes", "deadline"))

    def cite(self, ids: str | Entity | Many[Entity | str], *, derived: bool = False) -> "Cited":
        """
        The paragraph of a deliberation that grounds a project on some things of the policy, in French.

        Each clause has its places in the sources. Only what a source states is told, with what it
        commits to.

        Args:
            ids: one thing or several: entities, or their ids.
            derived: also what the editors of the data concluded, told as such.

        Raises:
            UnknownId: where there is no such entity.
            WrongType: where it is neither an entity nor an id, nor several.

        Examples:
            >>> import ppun_bfc
            >>> text = ppun_bfc.load("2020.10.1").cite("priority:inclusion-citoyenne")
            >>> text.clauses[0]
            'Vu la Politique Publique des Usages Numériques (PPUN-BFC), adoptée en octobre 2020'

        """
        from .cite import cite

        given: list[object] = [ids] if isinstance(ids, str | Entity) else list(each(ids, _A_GROUP))
        things = [self.get(id_of(one)) for one in given]
        told = [(one, self.ancestors(one), self.related(one)) for one in things]
        return cite(self._records, self.digest, self.policy, told, derived=derived)

    def search(
        self,
        text: str,
        kinds: Kind | Many[Kind] | None = None,
        *,
        limit: int | None = None,
        lang: Language | None = None,
    ) -> "Hits":
        """
        What people mean by some words, best first, each with why it was found.

        Case, accents, other forms of a word and a letter or two do not count; what people say for
        what the policy calls otherwise is looked for too. Things come before what is said of them,
        discrepancies last. Search may find other things in a later release.

        Args:
            text: words, as one types them; also an amount ("162 M€") or a number ("ODD 12").
            kinds: only of this kind, or of these.
            limit: at most so many.
            lang: only in texts of this language.

        Raises:
            UnknownKind: where there is no such kind.
            UnknownField: where there is no such language.
            WrongType: where the text is none, or the limit no whole number.

        Examples:
            >>> import ppun_bfc
            >>> hit = ppun_bfc.load("2020.10.1").search("le schéma capeco")[0]
            >>> hit.id, hit.where, hit.snippet()
            ('scheme:capeco-numerique', 'acronym', '**CAPéCO** numérique')

        """
        from .search import Hits

        if lang not in (None, *LANGUAGES):
            raise UnknownField("lang", str(lang), LANGUAGES)
        found = self._search(text).find(text, self._among(kinds), lang)
        return Hits(text, found, self._records, self._limit(limit))

    def suggest(
        self, text: str, kinds: Kind | Many[Kind] | None = None, *, limit: int = 8
    ) -> tuple[Entity, ...]:
        """
        What a person may be about to type: things of which a name goes on so.

        Raises:
            UnknownKind: where there is no such kind.
            WrongType: where the text is none, or the limit no whole number.

        Examples:
            >>> import ppun_bfc
            >>> [found.id for found in ppun_bfc.load("2020.10.1").suggest("schéma rég", limit=2)]
            ['scheme:tourisme', 'scheme:sresri']

        """
        found = self._search(text).begins(text, self._among(kinds))
        return Listed(self._records.entities(found[: self._limit(limit)]))

    def _search(self, text: str) -> "SearchIndex":
        if not isinstance(text, str):
            raise WrongType.of(text, _A_TEXT)
        if self._lazy_search is None:
            from .search import SearchIndex

            parsed = self._records.parsed
            ids = self._records.ids()
            index = SearchIndex((parsed[id] for id in ids), self._records.neighbours)
            object.__setattr__(self, "_lazy_search", index)
        assert self._lazy_search is not None
        return self._lazy_search

    def _among(
        self, kinds: Kind | Many[Kind] | None, *, deprecated: bool = False
    ) -> frozenset[str] | None:
        if kinds is None:
            return None
        wanted = texts(kinds, _KINDS)
        active = frozenset(id for kind in wanted for id in self._records.ids(kind))
        if not deprecated:
            return active
        return active | {id for id in self._records.parsed if id.partition(":")[0] in wanted}

    @staticmethod
    def _limit(limit: int | None) -> int | None:
        if limit is not None and (
            isinstance(limit, bool) or not isinstance(limit, int) or limit < 0
        ):
            raise WrongType.of(limit, _A_COUNT)
        return limit

    def tables(self) -> "Tables":
        """
        The version as flat tables, from which every tabular form is made.

        Examples:
            >>> import ppun_bfc
            >>> tables = ppun_bfc.load("2020.10.1").tables()
            >>> tables["priority"].names[:4]
            ('id', 'kind', 'label_fr', 'label_en')

        """
        from .tables import Tables

        return Tables(self._records, self._network, self.digest)

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

    def card(self, lang: Language = "fr") -> Card:
        """What a person is shown of it: what it is, what is in it, and what to ask."""
        own = self.policy
        counts = tuple(
            Item(f"{len(ids)} {model.noun.text(lang, len(ids))}", model.noun.en[1])
            for kind, model in ENTITY_TYPES.items()
            if (ids := self._records.ids(kind))
        )
        return Card(
            own.headline(lang),
            f"{self.version} · {self.digest}",
            (own.summary.text(lang),) if own.summary else (),
            (
                Section(_HOLDS.text(lang), counts),
                Section(_NEXT.text(lang), tuple(Item(step) for step in _STEPS)),
            ),
            (NOTICE.text(lang),),
        )

    def text(self, lang: Language = "fr", width: int = 100) -> str:
        """The card as text."""
        return self.card(lang).text(width)

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return self.card().html()

    def __rich__(self) -> object:
        return self.card().rich()

    def __reduce__(self) -> _Reopen:
        return self._reopen or (_from_bytes, (self.to_json(), self.digest))


def _from_bytes(data: bytes, digest: str) -> PolicyVersion:
    import json

    return PolicyVersion(json.loads(data), digest)


def records_of(policy: PolicyVersion) -> Records:
    """The live records of a version, for this package only: they are never handed out."""
    return policy._records  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]


def lineages_of(policy: PolicyVersion) -> list[tuple[Aid, ...]]:
    """Each aid that can be asked for, with those that hold it, for this package only."""
    return policy._lineages()  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]


def reach_of(policy: PolicyVersion) -> "Reach":
    """What the tags of a version count for, for this package only."""
    from .crossref.reach import Reach

    return Reach(policy._records, policy._network)  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
