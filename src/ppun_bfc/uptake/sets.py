"""What is tagged, folded: how many items, and for how much, bear which set of tags."""

import re
from collections.abc import Iterable
from typing import NamedTuple

__all__ = ["TagSet", "merged", "split_tags"]

#: What parts the tags in one cell of French open data, of spreadsheets, and of PostgreSQL.
_MARKS = re.compile(r"[|;,\n\t\x1f]+")
_ID = re.compile(r"[a-z]+:[a-z0-9-]+")
_TWO = 2
_AROUND = " \u00a0\"'"
#: A cell as a program writes it, which is most of them: there is nothing to look for.
_PLAIN = re.compile(r"[a-z]+:[a-z0-9-]+(?:\|[a-z]+:[a-z0-9-]+)*")


class TagSet(NamedTuple):
    """
    The items that bear the same tags.

    Attributes:
        tags: ids, as the items bear them.
        items: how many items.
        cents: what they come to, in cents of a euro; None where no amounts are counted.
        unpriced: how many of them have no amount.
        group: what else they have in common, such as a year; None where nothing is asked for.

    """

    tags: tuple[str, ...]
    items: int
    cents: int | None = None
    unpriced: int = 0
    group: str | None = None


def split_tags(cell: str | None, *, single: bool = False) -> tuple[str, ...]:
    """
    The tags in one cell, each once, in order; with `single`, all that is in it is one tag.

    Examples:
        >>> split_tags("theme:inclusion | action:pass-numeriques;theme:inclusion")
        ('theme:inclusion', 'action:pass-numeriques')
        >>> split_tags('{"theme:inclusion","theme:sante"}'), split_tags(None)
        (('theme:inclusion', 'theme:sante'), ())

    """
    if cell is None:
        return ()
    if single:
        return (cell.strip(),) if cell.strip() else ()
    if _PLAIN.fullmatch(cell):
        return tuple(dict.fromkeys(cell.split("|")))
    found: dict[str, None] = {}
    for part in _MARKS.split(cell.strip(" \u00a0[](){}")):
        tag = part.strip(_AROUND)
        words = tag.split()
        several = words if len(words) > 1 and all(map(_ID.fullmatch, words)) else [tag]
        found.update(dict.fromkeys(filter(None, several)))
    return tuple(found)


def merged(rows: Iterable[TagSet]) -> tuple[TagSet, ...]:
    """
    The same, each set of tags once in each group, whatever the order of its tags.

    Where only some rows have amounts, the others come to nothing.

    Examples:
        >>> merged([TagSet(("b:b", "a:a"), 1, 5), TagSet(("a:a", "b:b"), 2, 7)])
        (TagSet(tags=('a:a', 'b:b'), items=3, cents=12, unpriced=0, group=None),)

    """
    found: dict[tuple[tuple[str, ...], str | None], TagSet] = {}
    for row in rows:
        tags = row.tags if len(row.tags) < _TWO else tuple(sorted(set(row.tags)))
        key = tags, row.group
        had = found.get(key)
        if had is None:
            found[key] = TagSet(key[0], *row[1:])
            continue
        cents = row.cents if had.cents is None else had.cents + (row.cents or 0)
        found[key] = TagSet(
            key[0], had.items + row.items, cents, had.unpriced + row.unpriced, row.group
        )
    return tuple(found.values())
