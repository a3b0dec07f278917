"""A snapshot file: read it from any place, validate it, assemble it in its one canonical form."""

from collections.abc import Iterable, Mapping
from operator import attrgetter
from pathlib import Path
from typing import cast

from . import problems
from .canonical import FORMAT, JsonObject, Snapshot, digest, dump_snapshot, parse
from .errors import DigestMismatch, InvalidData, Place, UnsupportedFormat
from .files import Readable, read_file
from .languages import Phrase
from .models import ENTITY_TYPES, Record
from .policy import PolicyVersion
from .records import Elsewhere
from .rules import Checked, check

__all__ = ["LARGEST", "assemble", "read_snapshot"]

#: No snapshot has more bytes.
LARGEST = 64 * 1024 * 1024
_A_MAPPING = Phrase("a mapping", "une table de clés et de valeurs")


def read_snapshot(
    path: str | Path | Readable, expected: str | None = None, elsewhere: Elsewhere | None = None
) -> PolicyVersion:
    """
    Read a snapshot file and validate everything in it.

    Raises:
        UnreadableFile: where there is no such file.
        DigestMismatch: where its bytes have another digest than expected.
        UnsupportedFormat: where it is newer than this release.
        InvalidData: with every finding, where it breaks a rule.

    """
    place = str(path)
    data = read_file(Path(path) if isinstance(path, str) else path, LARGEST)
    if expected is not None and (actual := digest(data)) != expected:
        raise DigestMismatch(place, expected, actual)
    parsed = parse(data, place)
    if not isinstance(parsed, Mapping):
        raise InvalidData.of(problems.WRONG_TYPE, Place(place), expected=_A_MAPPING)
    found = parsed.get("format")
    if isinstance(found, int) and found > FORMAT:
        raise UnsupportedFormat(place, str(found), FORMAT)
    checked = check(parsed)
    if checked.findings:
        raise InvalidData(place, checked.findings)
    return assemble(checked, elsewhere)


def assemble(checked: Checked, elsewhere: Elsewhere | None = None) -> PolicyVersion:
    """A version from records that passed every check, in canonical order and form."""
    kinds = list(ENTITY_TYPES)
    assert checked.header is not None
    entities = sorted(checked.entities, key=lambda entity: kinds.index(entity.kind))
    snapshot = {
        **checked.header.model_dump(mode="json"),
        "documents": _dump(sorted(checked.documents, key=attrgetter("id"))),
        "relations": _dump(sorted(checked.relations, key=attrgetter("name"))),
        "entities": _dump(entities),
        "links": _dump(sorted(checked.links, key=attrgetter("key"))),
    }
    found = cast("Snapshot", snapshot)
    return PolicyVersion(found, digest(dump_snapshot(found)), elsewhere=elsewhere)


def _dump(records: Iterable[Record]) -> list[JsonObject]:
    # What equals its default is left out: a default never changes within a format.
    return [record.to_dict() for record in records]
