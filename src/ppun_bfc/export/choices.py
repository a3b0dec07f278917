"""
Lists to choose from, names first, for form builders: one file a kind, and one of the whole tree.

No name stands twice in a file: what is called alike is told apart by what it is a part of, then by
its id. What begins like a formula is put behind an apostrophe where a spreadsheet is to open it
(`bom=True`), and only there. Deprecated things are left out.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from ..errors import UnknownField
from ..languages import Language
from ..models import ENTITY_TYPES, Entity
from ..policy import PolicyVersion
from ..vocabulary import Kind
from .mark import mark

__all__ = ["folder", "labelled"]

#: A name, an id, and what it is a part of or its kind.
_Choice: TypeAlias = tuple[str, str, str]
_DELIMITERS = (",", ";")

#: What a spreadsheet takes for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def folder(
    policy: PolicyVersion, lang: Language = "fr", *, delimiter: str = ",", bom: bool = False
) -> Mapping[str, bytes]:
    """
    The files by their names: `KIND.csv` for each kind that there is, `arborescence.csv`, and what they are.

    Args:
        policy: the version.
        lang: the language of the names.
        delimiter: "," or, as French spreadsheets expect, ";".
        bom: whether a spreadsheet is to open them: a byte order mark, and formulas made harmless.

    Raises:
        UnknownField: where the delimiter is another.

    """
    if delimiter not in _DELIMITERS:
        raise UnknownField("delimiter", delimiter, _DELIMITERS)
    lists: dict[str, Iterable[_Choice]] = {
        f"{kind}.csv": _rows(policy, found, lang)
        for kind in _kinds()
        if (found := policy.entities(kind))
    }
    lists["arborescence.csv"] = _flat(policy, lang)
    files = {name: _listing(rows, delimiter, bom=bom) for name, rows in lists.items()}
    return {"LISEZMOI.txt": f"{mark(policy, lang)}\n".encode(), **files}


def _kinds() -> tuple[Kind, ...]:
    return tuple(ENTITY_TYPES)  # type: ignore[arg-type] # a test holds that they are the same


def _listing(rows: Iterable[_Choice], delimiter: str, *, bom: bool) -> bytes:
    """Rows of label, id and group as CSV."""
    made = io.StringIO(newline="")
    writer = csv.writer(made, delimiter=delimiter)
    writer.writerow(["label", "id", "group"])
    for row in rows:
        writer.writerow([_harmless(cell) for cell in row] if bom else row)
    return made.getvalue().encode("utf-8-sig" if bom else "utf-8")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def labelled(policy: PolicyVersion, things: Sequence[Entity], lang: Language = "fr") -> list[str]:
    """A name for each of some things, none of them twice."""
    names = [one.label.text(lang) for one in things]
    groups = [_group(policy, one, lang) for one in things]
    for more in (groups, [one.id for one in things]):
        seen = Counter(names)
        names = [
            f"{name} ({what})" if seen[name] > 1 and what else name
            for name, what in zip(names, more, strict=True)
        ]
    return names


def _group(policy: PolicyVersion, one: Entity, lang: Language) -> str:
    return policy.get(one.part_of).label.text(lang) if one.part_of else ""


def _rows(policy: PolicyVersion, things: Sequence[Entity], lang: Language) -> Iterable[_Choice]:
    for name, one in zip(labelled(policy, things, lang), things, strict=True):
        yield name, one.id, _group(policy, one, lang)


def _flat(policy: PolicyVersion, lang: Language) -> Iterable[_Choice]:
    """The policy's own tree, each thing by its way down, such as "Priorité > Section"."""
    tree = [
        one
        for one in policy.descendants(policy.policy)
        if one.kind in {"priority", "section", "theme", "action"}
    ]
    ways: list[str] = []
    for one in tree:
        above = [x for x in reversed(policy.ancestors(one)) if x.kind != "policy"]
        ways.append(" > ".join(x.label.text(lang) for x in (*above, one)))
    seen = Counter(ways)
    for way, one in zip(ways, tree, strict=True):
        yield f"{way} ({one.id})" if seen[way] > 1 else way, one.id, one.kind
