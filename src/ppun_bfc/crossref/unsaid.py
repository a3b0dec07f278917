"""What a version leaves open."""

from collections.abc import Iterable, Mapping
from typing import cast

from ..canonical import JsonObject
from ..errors import UnknownField, nearest
from ..records import Records
from .answers import Missing

__all__ = ["missing"]

#: Fields that give a date of an entity itself.
_DATES = ("period", "adopted", "opens", "closes")


def missing(records: Records, ids: Iterable[str], what: tuple[str, ...]) -> tuple[Missing, ...]:
    """
    The entities for which something is not told.

    Args:
        records: the version.
        ids: the entities asked for.
        what: names of relations (no link of theirs starts there), "date" and "figure".

    Raises:
        UnknownField: where a name is none of these.

    """
    known = ("date", "figure", *records.relations)
    for name in what:
        if name not in known:
            raise UnknownField("missing", str(name), nearest(str(name), known) or known)
    parsed = cast("Mapping[str, JsonObject]", records.parsed)
    counted = {str(parsed[id]["about"]) for id in records.ids("figure")}
    dated = {str(parsed[id]["about"]) for id in records.ids("event") if parsed[id].get("date")}
    found: list[Missing] = []
    for id in ids:
        links = (records.links[position] for position in records.touching.get(id, ()))
        told = {link["relation"] for link in links if link["source"] == id}
        if id in counted:
            told.add("figure")
        if id in dated or any(parsed[id].get(name) for name in _DATES):
            told.add("date")
        if open_ := tuple(name for name in what if name not in told):
            found.append(Missing(records.entity(id), open_))
    return tuple(found)
