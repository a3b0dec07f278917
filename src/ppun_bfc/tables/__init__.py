"""
A version as flat tables: one description, from which every tabular form is made.

Beside a table for each kind stand those that all kinds share (`entity`, `link`, `citation` and what
hangs on them) and four that every user would else work out: `tree`, `closure`, `meets`, `dispute`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import cast

from ..crossref import Network
from ..crossref.about import disputes
from ..crossref.meets import Above, Meeting, closure, meetings
from ..errors import UnknownTable, nearest
from ..languages import Phrase
from ..models import ENTITY_TYPES, Document, Entity, Link, Relation
from ..once import Immutable
from ..records import Records
from ..release import LICENCE, NOTICE, PUBLISHER
from .flat import Key, citations, column, family
from .table import Cell, Column, ColumnType, ForeignKey, Table

__all__ = ["Cell", "Column", "ColumnType", "ForeignKey", "Table", "Tables"]

_Family = Callable[[], Iterator[Table]]
_COMMON = frozenset(Entity.model_fields)
_ENTITY = ForeignKey(("id",), "entity", ("id",))
_LINK = ("source", "relation", "target")

_TITLES = {
    "version": Phrase("Version", "Version"),
    "document": Phrase("Sources", "Sources"),
    "relation": Phrase("Relations", "Relations"),
    "entity": Phrase("Everything", "Ensemble"),
    "citation": Phrase("Places in the sources", "Passages des sources"),
    "link": Phrase("Links", "Liens"),
    "tree": Phrase("Tree", "Arborescence"),
    "closure": Phrase("What each thing counts for", "Ce dont relève chaque chose"),
    "meets": Phrase("What meets what", "Rencontres"),
    "dispute": Phrase("What is disputed", "Désaccords"),
}


class Tables(Immutable, Mapping[str, Table]):
    """
    The tables of a version by name, parents before children; each is made when it is asked for.

    Raises:
        UnknownTable: a `KeyError`, where there is none of that name; it suggests the nearest names.

    Examples:
        >>> import ppun_bfc
        >>> tables = ppun_bfc.load("2020.10.1").tables()
        >>> tables["priority"].cells("id")[0]
        'priority:inclusion-citoyenne'
        >>> list(tables)[:4]
        ['version', 'document', 'relation', 'relation_sources']

    """

    __slots__ = ("_families", "_made", "_version")
    _families: Mapping[str, _Family]
    _made: dict[str, Mapping[str, Table]]
    _version: str

    def __init__(self, records: Records, network: Network, digest: str) -> None:
        families: dict[str, _Family] = {
            "version": partial(_version, records, digest),
            "document": partial(_documents, records),
            "relation": partial(_relations, records),
            "entity": partial(_entities, records),
            **{kind: partial(_kind, records, kind) for kind in ENTITY_TYPES},
            "citation": partial(_citations, records),
            "link": partial(_links, records),
            "tree": partial(_tree, records, network),
            "closure": partial(_closure, records, network),
            "meets": partial(_meets, records, network),
            "dispute": partial(_disputes, records),
        }
        object.__setattr__(self, "_families", MappingProxyType(families))
        object.__setattr__(self, "_made", {})
        object.__setattr__(self, "_version", records.version)

    def _family(self, name: str) -> Mapping[str, Table]:
        """A table and its children; where two threads make them at once, one of the two is kept."""
        if name not in self._made:
            found = {table.name: table for table in self._families[name]()}
            self._made.setdefault(name, MappingProxyType(found))
        return self._made[name]

    def __getitem__(self, name: str) -> Table:
        head = str(name).partition("_")[0]
        found = self._family(head).get(name) if head in self._families else None
        if found is None:
            raise UnknownTable(str(name), nearest(str(name), self))
        return found

    def __iter__(self) -> Iterator[str]:
        for head in self._families:
            yield from self._family(head)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __repr__(self) -> str:
        return f"<Tables of {self._version}: {', '.join(self)}>"


def _version(records: Records, digest: str) -> Iterator[Table]:
    snapshot = records.snapshot
    said: dict[str, Cell] = {
        "version": records.version,
        "edition": str(snapshot["edition"]),
        "released": snapshot.get("released"),
        "previous": snapshot.get("previous"),
        "digest": digest,
        "licence": LICENCE,
        "publisher": PUBLISHER,
        "notice": NOTICE.fr,
    }
    optional = ("released", "previous")
    columns = (*(column(name, required=name not in optional) for name in said),)
    about = "Which version the tables were made from, and what it is not."
    yield Table(
        "version", _TITLES["version"], about, columns, ("version",), (), (tuple(said.values()),)
    )


def _documents(records: Records) -> Iterator[Table]:
    found = tuple(records.documents.values())
    return family("document", _TITLES["document"], Document, found)


def _relations(records: Records) -> Iterator[Table]:
    found = tuple(records.relations.values())
    return family("relation", _TITLES["relation"], Relation, found, key=("name",))


def _all(records: Records) -> tuple[Entity, ...]:
    return records.entities(records.parsed)


def _entities(records: Records) -> Iterator[Table]:
    return family("entity", _TITLES["entity"], Entity, _all(records))


def _kind(records: Records, kind: str) -> Iterator[Table]:
    model = ENTITY_TYPES[kind]
    found = records.entities(id for id in records.parsed if id.partition(":")[0] == kind)
    title = Phrase(model.noun.text("en", 2).capitalize(), model.noun.text("fr", 2).capitalize())
    return family(kind, title, model, found, foreign=(_ENTITY,), common=_COMMON)


def _citations(records: Records) -> Iterator[Table]:
    owner = Key("entity", (column("entity", required=True),), ("id",))
    items = [((one.id,), one) for one in _all(records)]
    yield citations("citation", _TITLES["citation"], owner, items)


def _links(records: Records) -> Iterator[Table]:
    found = tuple(records.link(at) for at in range(len(records.links)))
    named = (ForeignKey(("relation",), "relation", ("name",)),)
    yield from family("link", _TITLES["link"], Link, found, key=_LINK, foreign=named)
    owner = Key("link", tuple(column(name, required=True) for name in _LINK), _LINK)
    title = Phrase("Links – places in the sources", "Liens – passages des sources")
    yield citations("link_citation", title, owner, (((*link.key,), link) for link in found))


def _references(*columns: str) -> tuple[ForeignKey, ...]:
    return tuple(ForeignKey((name,), "entity", ("id",)) for name in columns)


def _tree(records: Records, network: Network) -> Iterator[Table]:
    levels = ("priority", "section", "theme")
    rows: list[tuple[Cell, ...]] = []
    children: dict[str | None, list[str]] = {}
    for id, entity in records.parsed.items():
        children.setdefault(entity.get("part_of"), []).append(id)
    waiting = list(reversed(children.get(None, ())))
    while waiting:
        id = waiting.pop()
        waiting.extend(reversed(children.get(id, ())))
        way = [id, *network.ancestors(id)]
        above = [next((x for x in way if x.startswith(f"{level}:")), None) for level in levels]
        path = "/".join(reversed(way))
        rows.append(
            (id, way[1] if len(way) > 1 else None, len(way) - 1, path, *above, len(rows) + 1)
        )
    columns = (
        column("id", required=True),
        column("parent"),
        column("depth", "integer", required=True),
        column("path", required=True),
        *(column(level) for level in levels),
        column("position", "integer", required=True),
    )
    about = "What is part of what: each thing before what is below it."
    foreign = _references("id", "parent", *levels)
    yield Table("tree", _TITLES["tree"], about, columns, ("id",), foreign, tuple(rows))


def _closure(records: Records, network: Network) -> Iterator[Table]:
    columns = (
        column("id", required=True),
        column("ancestor", required=True),
        column("via", required=True, choices=("itself", "part_of", "delivers")),
        column("basis", required=True, choices=("stated", "derived")),
    )
    about = (
        "What a thing counts for: itself, what it is a part of, and, for an aid, what it delivers."
    )
    rows = tuple(closure(records, network))
    foreign = _references(*Above._fields[:2])
    yield Table("closure", _TITLES["closure"], about, columns, ("id", "ancestor"), foreign, rows)


def _meets(records: Records, network: Network) -> Iterator[Table]:
    bases = ("stated", "derived")
    columns = (
        column("row", required=True),
        column("column", required=True),
        column("strength", required=True, choices=("part_of", "stated", "derived", "inherited")),
        column("modality"),
        column("basis_itself", choices=bases),
        column("basis_above", choices=bases),
    )
    about = (
        "Every two things that meet, as in a matrix; what is tagged with the row counts where the "
        "row itself, or what it is a part of, has a basis."
    )
    rows = tuple(meetings(records, network))
    foreign = _references(*Meeting._fields[:2])
    yield Table("meets", _TITLES["meets"], about, columns, ("row", "column"), foreign, rows)


def _disputes(records: Records) -> Iterator[Table]:
    found: Sequence[tuple[Cell, ...]] = [
        (id, one.id, one.weight)
        for id in records.parsed
        for one in disputes(records, id, deep=True)
    ]
    columns = (
        column("id", required=True),
        column("discrepancy", required=True),
        column("weight", choices=("substantive", "minor")),
    )
    about = "Where sources disagree about a thing, its figures or its events."
    foreign = _references("id", "discrepancy")
    yield Table(
        "dispute",
        _TITLES["dispute"],
        about,
        columns,
        ("id", "discrepancy"),
        foreign,
        cast("tuple[tuple[Cell, ...], ...]", tuple(found)),
    )
