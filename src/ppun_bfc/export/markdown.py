"""Markdown: release notes of the data."""

from collections import Counter
from collections.abc import Mapping, Sequence

from ..changes import ACTIONS, IMPACTS, Change, Diff, Impact, shown
from ..languages import Language, Noun, Phrase
from ..models import ENTITY_TYPES

__all__ = ["notes"]

#: So many ids of new records are named; of more, only the number.
_NAMED = 5
_TEXTS: Mapping[str, Phrase] = {
    "breaking": Phrase("Breaking", "Ruptures"),
    "additive": Phrase("Additive", "Ajouts"),
    "editorial": Phrase("Editorial", "Rédaction"),
    "nothing": Phrase("Nothing.", "Rien."),
    "stated": Phrase(
        "{count} links: {stated} stated, {derived} derived",
        "{count} liens : {stated} énoncés, {derived} déduits",
    ),
    "field": Phrase("`{field}` of {where}", "`{field}` de {where}"),
    "order": Phrase("the order of the {noun}", "l’ordre des {noun}"),
}
#: The nouns of the collections that are no entities.
_NOUNS: Mapping[str, Noun] = {
    "documents": Noun(("document", "documents"), ("document", "documents")),
    "relations": Noun(("relation", "relations"), ("relation", "relations")),
    "links": Noun(("link", "links"), ("lien", "liens")),
}


def notes(changes: Diff, lang: Language) -> str:
    """Release notes: what breaks in full, the rest in numbers."""
    parts: list[str] = []
    for impact in IMPACTS:
        lines = _breaking(changes.of(impact), lang) if impact == "breaking" else []
        if impact == "additive":
            lines = _additions(changes.changes, lang)
        if impact != "breaking":
            lines += _fields(changes.changes, impact, lang)
        if impact == "editorial":
            nouns = (_noun(kind, 2, lang) for kind in changes.reordered)
            lines += [_TEXTS["order"].text(lang, noun=noun) for noun in nouns]
        body = "\n".join(f"- {line}" for line in lines) or _TEXTS["nothing"].text(lang)
        parts.append(f"#### {_TEXTS[impact].text(lang)}\n\n{body}\n")
    return "\n".join(parts)


def _breaking(changes: Sequence[Change], lang: Language) -> list[str]:
    lines: list[str] = []
    for change in changes:
        told = [
            f"`{f.field}`: {shown(f.before)} → {shown(f.after)}"
            for f in change.fields
            if f.impact == "breaking" or change.action == "deprecated"
        ]
        action = ACTIONS[change.action].text(lang)
        lines.append("; ".join([f"`{change.key}` {action}", *told]))
    return lines


def _additions(changes: Sequence[Change], lang: Language) -> list[str]:
    added: dict[str, list[Change]] = {}
    for change in changes:
        if change.action == "added":
            added.setdefault(change.kind, []).append(change)
    lines: list[str] = []
    for kind, found in added.items():
        if kind == "links":
            bases = Counter(str((change.record or {}).get("basis")) for change in found)
            given = {"stated": bases["stated"], "derived": bases["derived"]}
            lines.append(_TEXTS["stated"].text(lang, count=len(found), **given))
        else:
            named = ", ".join(f"`{change.key}`" for change in found)
            line = f"{len(found)} {_noun(kind, len(found), lang)}"
            lines.append(f"{line}: {named}" if len(found) <= _NAMED else line)
    return lines


def _fields(changes: Sequence[Change], impact: Impact, lang: Language) -> list[str]:
    counts: dict[str, Counter[str]] = {}
    for change in changes:
        for found in change.fields:
            if found.impact == impact and change.action != "deprecated":
                counts.setdefault(found.field, Counter())[change.kind] += 1
    return [
        _TEXTS["field"].text(
            lang,
            field=name,
            where=", ".join(f"{n} {_noun(kind, n, lang)}" for kind, n in kinds.items()),
        )
        for name, kinds in counts.items()
    ]


def _noun(kind: str, count: int, lang: Language) -> str:
    noun = ENTITY_TYPES[kind].noun if kind in ENTITY_TYPES else _NOUNS[kind]
    return noun.text(lang, count)
