"""The one thing that has a name, read as people write it."""

from collections.abc import Iterator

from ..canonical import ParsedEntity
from ..errors import AmbiguousName, UnknownName, nearest
from ..records import Records
from .words import fold

__all__ = ["look_up_name"]


def look_up_name(records: Records, name: str, kind: str | None = None) -> str:
    """
    The id of the one thing that is called so.

    An official name counts more than another wording, a wording more than an acronym or number, and
    what is in force more than what it replaced.

    Raises:
        UnknownName: where nothing is.
        AmbiguousName: where several are.
        UnknownKind: where there is no such kind.

    """
    if kind is not None:
        records.ids(kind)  # there is such a kind
    wanted = _key(name)
    ranked: dict[int, list[str]] = {}
    names: dict[str, str] = {}
    for id, entity in records.parsed.items():
        if kind not in (None, id.partition(":")[0]):
            continue
        for rank, told in _names(entity):
            names.setdefault(told, id)
            if _key(told) == wanted:
                heir = entity.get("replaced_by") or id
                ranked.setdefault(rank + _FORMER * (heir != id), []).append(heir)
    for rank in sorted(ranked):
        found = list(dict.fromkeys(ranked[rank]))
        if len(found) == 1:
            return found[0]
        raise AmbiguousName(name, records.version, tuple(found))
    near = nearest(name, names)
    raise UnknownName(name, records.version, tuple(dict.fromkeys(names[told] for told in near)))


#: A name that a thing had counts less than any that one has.
_FORMER = 10


def _key(name: str) -> str:
    return fold(name).replace(" ", "")


def _names(entity: ParsedEntity) -> Iterator[tuple[int, str]]:
    """Every name of a record, with its rank."""
    yield from ((0, told) for told in entity["label"].values())
    for wording in entity.get("wordings", ()):
        yield from ((1, told) for told in wording["label"].values())
    if acronym := entity.get("acronym"):
        yield 0, acronym
    if notation := entity.get("notation"):
        yield 2, notation
