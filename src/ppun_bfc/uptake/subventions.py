"""
Grants in the French national schema `subventions` (SCDL, version 2), as sets of tags.

A grant says by name under which scheme it was given (`dispositifAide`). Only a name that is exactly one
of the policy's, or an alias that a person has reviewed, becomes a tag; the rest is told. Nothing else
of a grant is read than its scheme, its amount and the year of its agreement.
"""

from collections.abc import Mapping
from pathlib import PurePath
from typing import NamedTuple

from ..errors import AmbiguousName, UnknownName
from ..policy import PolicyVersion
from ..several import Many, Progress
from .files import read_files
from .sets import TagSet, merged

__all__ = ["Subventions", "subventions"]


class Subventions(NamedTuple):
    """
    Grants, as far as the policy knows the schemes that they were given under.

    Attributes:
        rows: sets of tags, for `uptake`; what was not mapped counts there as not tagged.
        mapped: which name became which id.
        unmapped: names that are none of the policy's, with how many grants bear them, most first.

    """

    rows: tuple[TagSet, ...]
    mapped: tuple[tuple[str, str], ...]
    unmapped: tuple[tuple[str, int], ...]


def subventions(
    files: str | PurePath | Many[str | PurePath],
    policy: PolicyVersion,
    aliases: Mapping[str, str] | None = None,
    *,
    progress: Progress | None = None,
) -> Subventions:
    """
    Read grants in the national schema.

    Args:
        files: paths or patterns of files with the columns `dispositifAide`, `montant` and
            `dateConvention`.
        policy: the version whose names count.
        aliases: ids by names that a person has reviewed, for what is called otherwise there.
        progress: is told how many files of how many are done.

    Raises:
        UnknownId: where an alias leads to no id of the version.
        UnreadableFile: as in `read_files`.
        UnknownField: where a file lacks one of those columns.
        BadQuantity: as in `read_files`.

    """
    known = {name: policy.get(id).id for name, id in (aliases or {}).items()}
    rows = read_files(
        files, "dispositifAide", "montant", "dateConvention", single=True, progress=progress
    )
    mapped: dict[str, str] = {}
    unmapped: dict[str, int] = {}
    made: list[TagSet] = []
    for row in rows:
        tags: tuple[str, ...] = ()
        for name in row.tags:
            id = known.get(name) or _named(policy, name)
            if id:
                mapped[name], tags = id, (id,)
            else:
                unmapped[name] = unmapped.get(name, 0) + row.items
        year = row.group[:4] if row.group else None
        made.append(row._replace(tags=tags, group=year))
    most = sorted(unmapped.items(), key=lambda pair: (-pair[1], pair[0]))
    return Subventions(merged(made), tuple(sorted(mapped.items())), tuple(most))


def _named(policy: PolicyVersion, name: str) -> str | None:
    """The one thing of exactly this name; None where there is none, or several."""
    try:
        return policy.lookup(name).id
    except (UnknownName, AmbiguousName):
        return None
