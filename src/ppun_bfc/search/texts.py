"""The texts of a record that search looks through."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Literal, TypeAlias, cast

from ..canonical import JsonObject, ParsedEntity
from ..models import ENTITY_TYPES
from .hidden import hidden_labels
from .words import as_amount

__all__ = ["Where", "texts_of"]

#: The field of a record in which something was found.
Where: TypeAlias = Literal[
    "acronym",
    "label",
    "wording",
    "notation",
    "id",
    "summary",
    "as_written",
    "text",
    "anchor",
    "kind",
    "hidden",
]


def texts_of(entity: ParsedEntity) -> Iterator[tuple[Where, str, str]]:
    """Every text of a record that is looked through, with its field and language."""
    kind, _, slug = entity["id"].partition(":")
    yield from _both("label", entity["label"])
    for wording in entity.get("wordings", ()):
        yield from _both("wording", wording["label"])
    if acronym := entity.get("acronym"):
        yield "acronym", "", acronym
    yield "id", "", slug
    for _, code in entity.get("codes", ()):
        yield "notation", "", code
    yield from _notations(kind, slug, entity)
    yield from _both("summary", entity.get("summary", {}))
    noun = ENTITY_TYPES[kind].noun
    yield from _both("hidden", hidden_labels().get(entity["id"], {}))
    yield from _both("kind", {"fr": " ".join(noun.fr), "en": " ".join(noun.en)})
    record = cast("JsonObject", entity)
    yield from _euros(record)
    anchors: list[str] = []
    for name, value in record.items():
        for where, lang, text in () if name in _TOLD else _inside(name, value):
            if where == "anchor":
                anchors.append(text)
            else:
                yield where, lang, text
    if anchors:  # in one line: each is a few words, and there are many
        yield "anchor", "fr", " … ".join(dict.fromkeys(anchors))


def _both(where: Where, texts: Mapping[str, str]) -> Iterator[tuple[Where, str, str]]:
    """A text in the languages that it has."""
    for lang, text in texts.items():
        yield where, lang, text


def _euros(record: JsonObject) -> Iterator[tuple[Where, str, str]]:
    """The amounts of a figure, or of the brackets of an aid, each as one word."""
    rows = [record] if str(record.get("unit")).startswith("EUR") else []
    for row in [*rows, *cast("list[JsonObject]", record.get("brackets", ()))]:
        for name in (
            "value",
            "minimum",
            "maximum",
            "ceiling",
            "cost_from",
            "cost_above",
            "cost_to",
        ):
            if isinstance(value := row.get(name), str):
                yield "as_written", "", as_amount(Decimal(value))


#: Told apart, or nothing to look for.
_TOLD = frozenset(
    [
        "id",
        "kind",
        "label",
        "wordings",
        "acronym",
        "notation",
        "summary",
        "codes",
        "part_of",
        "status",
        "replaced_by",
        "consider",
        "introduced_in",
        "about",
        "unit",
        "nature",
        "type",
        "value",
        "minimum",
        "maximum",
        "qualifier",
        "change",
    ]
)


def _inside(name: str, value: object) -> Iterator[tuple[Where, str, str]]:
    if isinstance(value, str):
        if name in ("as_written", "anchor"):
            yield cast("Where", name), "fr", value
        elif name in ("fr", "en"):
            yield "text", name, value
    elif isinstance(value, list):
        for item in cast("list[object]", value):
            yield from _inside(name, item)
    elif isinstance(value, dict):
        for key, item in cast("dict[str, object]", value).items():
            if key not in ("document", "page", "date"):
                yield from _inside(key, item)


_NUMBER = re.compile(r"(?:^|-)(\d+)(?:-(\d+))?$")


def _notations(kind: str, slug: str, entity: ParsedEntity) -> Iterator[tuple[Where, str, str]]:
    """An official number, and how people say it: "orientation 9", "ODD 12"."""
    notation = entity.get("notation")
    if notation:
        yield "notation", "", notation
    noun = ENTITY_TYPES[kind].noun
    said = {notation} if notation else set[str]()
    if (found := _NUMBER.search(slug)) and kind not in (
        "figure",
        "event",
        "discrepancy",
        "actor",
        "aid",
    ):
        said.add(".".join(part for part in found.groups() if part))
    for number in sorted(said):
        for lang, word in (("fr", noun.fr[0]), ("en", noun.en[0])):
            yield "notation", lang, f"{word} {number}"
        if kind == "goal":
            yield "notation", "fr", f"ODD {number}"
            yield "notation", "en", f"SDG {number}"
        if kind == "axis":
            yield "notation", "fr", f"axe {number}"
