"""
Find what people mean by a few words.

What is asked is widened word by word (other forms, other spellings, what the policy calls
it), and each record is worth what its best lines are worth for each word.
"""

import math
import re
from bisect import bisect
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from operator import itemgetter
from typing import TypeAlias

from ..canonical import ParsedEntity
from ..models import ENTITY_TYPES
from ..once import once
from .synonyms import SYNONYMS
from .texts import Where, texts_of
from .words import ENDINGS, STOP_WORDS, amounts, amounts_apart, fold, fold_lines, near, stem

__all__ = ["Found", "SearchIndex"]

#: What a word is worth in each.
_WORTH: Mapping[Where, float] = {
    "acronym": 1.3,
    "notation": 1.2,
    "label": 1.0,
    "wording": 0.9,
    "id": 0.7,
    "as_written": 0.8,
    "text": 0.45,
    "summary": 0.45,
    "anchor": 0.3,
    "kind": 0.4,
    "hidden": 0.5,
}
_NAMES = frozenset({"acronym", "label", "wording", "notation", "id"})
#: A thing before what is said of it.
_KINDS: Mapping[str, float] = {
    "figure": 0.72,
    "event": 0.72,
    "discrepancy": 0.5,
    "audience": 0.88,
    "actor": 0.93,
    "section": 0.95,
    "proposal": 0.9,
    "objective": 0.93,
    "goal": 0.97,
    "scheme": 1.08,
    "agency": 1.1,
    "service": 1.1,
    "theme": 1.04,
    "action": 1.05,
    "aid": 1.04,
    "priority": 1.04,
    "policy": 0.9,
}
#: What a word is worth that is not the one typed.
_SAME, _FORM, _BEGIN, _SPELLING, _SYNONYM = 1.0, 0.85, 0.7, 0.75, 0.8
#: Names that begin so are worth looking through; shorter words begin too many.
_BEGINS = 4
#: A record has to have so much of what the best one has of the words.
_ENOUGH = 0.55
_LEAST_SHARE = 0.34
#: How fast a record falls that lacks words, by what they tell apart.
_STRICT = 1.5
#: What a record is worth whose kind is named: "axes", "aide".
_NAMED = 1.4
#: What a record is worth of whose kind a question asks: "combien", "when".
_ASKED = 1.5
_ASKS: Mapping[str, str] = {
    **dict.fromkeys(("combien", "nombre", "taux", "montant", "valeur"), "figure"),
    **dict.fromkeys(("many", "much", "number", "rate", "amount", "worth"), "figure"),
    **dict.fromkeys(("quand", "date", "when"), "event"),
    **dict.fromkeys(("subvention", "subventions", "financement", "grants", "funding"), "aid"),
}
#: What a word is worth that stands in what a record is linked to only, and how much it then weighs.
_NEIGHBOUR, _LIGHTER = 0.2, 0.5
#: So many letters make a word that may have other forms; so many words a synonym.
_SHORT, _LEAST, _LONGEST = 2, 3, 4
_WORD = re.compile("[a-z0-9]+")
_LETTERS = re.compile(r"(?:\b[a-z]\b\s?){2,}")


#: One text of one record: the record, its field, its language, and the text.
_Line: TypeAlias = tuple[int, Where, str, str]
#: What one asked word may mean: words of the texts, what each is worth, and the lines that have it.
_Term: TypeAlias = dict[str, tuple[float, Sequence[int]]]


@dataclass(frozen=True)
class Found:
    """One record that was found: how well, and its best line with the words that count."""

    id: str
    score: float
    where: Where
    lang: str
    text: str
    spans: tuple[tuple[int, int], ...]


def _nobody(id: str) -> Iterable[str]:  # noqa: ARG001 - nothing is known of links
    return ()


class SearchIndex:
    """
    The texts of some parsed entities, in the order in which they were given.

    They are folded into one long text, in which each word is looked for as it is asked: that costs
    less than a table of all words does, unless thousands are asked. `neighbours` tells what a record
    is linked to: whoever asks for vouchers for the young means what serves them.
    """

    def __init__(
        self, entities: Iterable[ParsedEntity], neighbours: Callable[[str], Iterable[str]] = _nobody
    ) -> None:
        self._neighbours = neighbours
        self._ids: list[str] = []
        self._lines: list[_Line] = []
        for number, entity in enumerate(entities):
            self._ids.append(entity["id"])
            self._lines += [(number, *told) for told in texts_of(entity)]
        folded = fold_lines("\n ".join(["", *(line[3] for line in self._lines), ""]))
        self._text = folded
        self._starts = [found.start() for found in re.finditer("\n", folded)]

    def _line_at(self, position: int) -> int:
        return bisect(self._starts, position) - 1

    def _folded(self, line: int) -> str:
        return self._text[self._starts[line] : self._starts[line + 1]].strip()

    @once
    def _vocabulary(self) -> frozenset[str]:
        return frozenset(self._text.split())

    def _beginning(self, letters: str) -> dict[str, list[int]]:
        """The words that begin so, each with the lines that have it."""
        found: dict[str, list[int]] = {}
        wanted = f" {letters}"
        at = self._text.find(wanted)
        while at >= 0:
            word = _WORD.match(self._text, at + 1)
            assert word is not None
            lines = found.setdefault(word[0], [])
            if not lines or self._starts[lines[-1] + 1] <= at:
                lines.append(self._line_at(at))
            at = self._text.find(wanted, word.end())
        return found

    def to_dict(self) -> dict[str, object]:
        """All that an answer is made from, for those who ask in another language than Python."""
        return {
            "ids": list(self._ids),
            "lines": list(self._lines),
            "worth": dict(_WORTH),
            "names": sorted(_NAMES),
            "kinds": dict(_KINDS),
            "asks": dict(_ASKS),
            "nouns": dict(_nouns()),
            "stop_words": sorted(STOP_WORDS),
            "synonyms": {said: list(others) for said, others in _synonyms().items()},
            "endings": [list(pair) for pair in ENDINGS],
        }

    # -- asking ----------------------------------------------------------------------------------

    def find(
        self, text: str, among: Collection[str] | None = None, lang: str | None = None
    ) -> list[Found]:
        """The records that have what is asked, best first."""
        terms = [self._term(words) for words in self._asked(text)]
        if not any(terms):
            return []
        scores: dict[int, list[tuple[float, int, str]]] = {}
        for position, term in enumerate(terms):
            common = max((len(found[1]) for found in term.values() if found[0] >= _FORM), default=0)
            for word, (worth, lines) in term.items():
                # Another form of a word is no rarer than the word.
                rare = math.log(1 + len(self._lines) / (max(len(lines), common) + 1)) / 4
                for number in lines:
                    entity, where, line_lang, line_text = self._lines[number]
                    if lang is not None and line_lang not in ("", lang):
                        continue
                    value = worth * _WORTH[where] * rare / (1 + len(line_text) / 400)
                    found = scores.get(entity)
                    if found is None:
                        found = scores[entity] = [(0.0, -1, "")] * len(terms)
                    if value > found[position][0]:
                        found[position] = (value, number, word)
        if len(terms) > 1:
            self._lend(scores)
        kinds, asked = _kinds_named(text), fold(text)
        wanted = {_ASKS[word] for word in asked.split() if word in _ASKS}
        wanted |= {"figure"} if any(amounts(text)) else set()
        weights = [self._weight(term) for term in terms]
        names = self._names({e for e in scores if among is None or self._ids[e] in among})
        ranked: list[tuple[bool, float, int, float, list[tuple[float, int, str]]]] = []
        for entity, own in names.items():
            parts = scores[entity]
            share = sum(1 for value, _, _ in parts if value) / len(terms)
            heavy = sum(
                weight * (1.0 if line >= 0 else _LIGHTER)
                for weight, (value, line, _) in zip(weights, parts, strict=True)
                if value
            ) / sum(weights)
            score = sum(value for value, _, _ in parts) * heavy**_STRICT
            score *= 1 + max((_likeness(asked, name) for name in own), default=0.0)
            kind = self._ids[entity].partition(":")[0]
            usual = _ASKED if kind in wanted else _KINDS.get(kind, 1.0)
            score *= _NAMED if kind in kinds else usual
            last = kind == "discrepancy" and kind not in kinds
            ranked.append((last, -score, entity, share, parts))
        ranked.sort(key=itemgetter(0, 1, 2))
        # Of a long question some words are enough, if there are no things that have more of them.
        top = max((row[3] for row in ranked), default=0.0)
        top = top if top >= _LEAST_SHARE else math.inf
        return [
            self._found(-score, entity, parts)
            for _, score, entity, share, parts in ranked
            if share >= top * _ENOUGH
        ]

    def _lend(self, scores: Mapping[int, list[tuple[float, int, str]]]) -> None:
        """Give each record a part of what its neighbours have of the words that it lacks."""
        places = {self._ids[entity]: entity for entity in scores}
        own = {entity: [value for value, _, _ in parts] for entity, parts in scores.items()}
        for id, entity in places.items():
            near_by = [own[places[other]] for other in self._neighbours(id) if other in places]
            for at, lent in enumerate(map(max, zip(*near_by, strict=True))):
                value, line, word = scores[entity][at]
                if lent * _NEIGHBOUR > value:
                    scores[entity][at] = (lent * _NEIGHBOUR, line, word)

    def _weight(self, term: _Term) -> float:
        """How much a word tells the records apart: the fewer have it, the more."""
        lines = sum(len(found) for _, found in term.values())
        return math.log(1 + len(self._lines) / (lines + 1))

    def _names(self, entities: Collection[int]) -> dict[int, list[str]]:
        """The folded names of some records."""
        found: dict[int, list[str]] = {entity: [] for entity in sorted(entities)}
        for number, line in enumerate(self._lines):
            if line[1] in _NAMES and line[0] in found:
                found[line[0]].append(self._folded(number))
        return found

    def _found(self, score: float, entity: int, parts: Iterable[tuple[float, int, str]]) -> Found:
        told = [part for part in parts if part[1] >= 0]
        _, number, _ = max(told, key=itemgetter(0))
        _, where, lang, text = self._lines[number]
        spans = tuple(_spans(text, {word for _, _, word in told}))
        return Found(self._ids[entity], round(score, 4), where, lang, text, spans)

    def _term(self, words: Sequence[str]) -> _Term:
        """What one asked word may mean; the others are what the policy calls it."""
        found: _Term = {}
        first, *others = words
        self._forms(first, 1.0, found)
        if not found:
            for word in near(first, self._vocabulary):
                self._forms(word, _SPELLING, found)
            # What people say is typed wrongly, too.
            for said in near(stem(first), (said for said in _synonyms() if " " not in said)):
                others += _synonyms()[said]
        for other in others:
            parts = [part for part in fold(other).split() if part not in STOP_WORDS]
            if len(parts) == 1:
                self._forms(parts[0], _SYNONYM, found)
            elif lines := self._together(parts):
                _add(found, " ".join(parts), _SYNONYM, lines)
        return found

    def _forms(self, word: str, worth: float, found: _Term) -> None:
        """The word, its other forms, the words that begin with it, and two words that are it."""
        root = stem(word)
        for other, lines in self._beginning(
            word[: max(min(len(word), _LEAST), len(root) - 2)]
        ).items():
            if other == word:
                _add(found, other, worth, lines)
            elif len(word) > _SHORT and stem(other) == root:
                _add(found, other, worth * _FORM, lines)
            elif len(word) >= _BEGINS and other.startswith(word):
                _add(found, other, worth * _BEGIN, lines)
        if not found:
            for cut in range(_SHORT, len(root) - 1):
                for other, lines in self._beginning(f"{root[:cut]} {root[cut:]}").items():
                    ends = self._pairs(root[:cut], root[cut:])
                    _add(found, f"{other} {root[cut:]}", worth * _FORM, ends or lines)

    def _pairs(self, first: str, second: str) -> list[int]:
        """The lines of names that have two words one after the other, the second in any form."""
        lines: list[int] = []
        for found in re.finditer(f" {first} ({second}[a-z0-9]*)", self._text):
            if stem(found[1]) == stem(second):
                line = self._line_at(found.start())
                if self._lines[line][1] in _NAMES and line not in lines:
                    lines.append(line)
        return lines

    def _together(self, parts: Sequence[str]) -> list[int]:
        """The lines that have every one of some words, in any form."""
        lines: set[int] | None = None
        for part in parts:
            forms: _Term = {}
            self._forms(part, 1.0, forms)
            here = {line for _, found in forms.values() for line in found}
            lines = here if lines is None else lines & here
        return sorted(lines or ())

    def _asked(self, text: str) -> list[list[str]]:
        """What is asked, word by word, each with what the policy calls it beside."""
        folded = fold(amounts_apart(text).replace(".", " "))
        # Letters apart are one acronym: "S.R.D.E.I.I."
        folded = _LETTERS.sub(lambda found: found[0].replace(" ", "") + " ", folded).strip()
        words = [word for word in folded.split() if word not in STOP_WORDS] or folded.split()
        # Two words may be one in the texts: "cyber sécurité".
        for at in range(len(words) - 1, 0, -1):
            one = words[at - 1] + words[at]
            if one.isdigit():
                continue  # "4.0" is not forty
            if stem(one) in _synonyms() or f" {one}" in self._text:
                words[at - 1 : at + 1] = [one]
        asked: list[list[str]] = []
        while words:
            for length in range(min(_LONGEST, len(words)), 0, -1):
                said = " ".join(map(stem, words[:length]))
                if said in _synonyms():
                    own = " ".join(words[:length])
                    asked.append([words[0] if length == 1 else "".join(words[:length])])
                    asked[-1] += [own] * (length > 1) + [*_synonyms()[said]]
                    del words[:length]
                    break
            else:
                asked.append([words.pop(0)])
        return asked

    # -- completing ------------------------------------------------------------------------------

    def begins(self, text: str, among: Collection[str] | None = None) -> list[str]:
        """The ids of the records of which a name has words that begin so, best first."""
        wanted = fold(text)
        if not wanted:
            return []
        rows: dict[str, tuple[bool, bool, int, int]] = {}
        at = self._text.find(f" {wanted}")
        while at >= 0:
            number = self._line_at(at)
            entity, where, _, _ = self._lines[number]
            id = self._ids[entity]
            if where in _NAMES and where != "id" and (among is None or id in among):
                name = self._folded(number)
                last = id.startswith("discrepancy:")
                rank = (last, not name.startswith(wanted), len(name), entity)
                rows[id] = min(rank, rows.get(id, rank))
            at = self._text.find(f" {wanted}", at + 1)
        return sorted(rows, key=rows.__getitem__)


def _add(found: _Term, word: str, worth: float, lines: Sequence[int]) -> None:
    if worth > found.get(word, (0.0, ()))[0]:
        found[word] = (worth, lines)


def _roots(text: str) -> tuple[str, ...]:
    """The words of a folded text that are looked for, in any form."""
    words = text.split()
    return tuple(stem(word) for word in words if word not in STOP_WORDS) or (*map(stem, words),)


def _likeness(asked: str, name: str) -> float:
    """How much of a name is what was asked: all of it, or a part of it in one piece."""
    if asked == name:
        return 3.0
    mine, its = _roots(asked), _roots(name)
    if "".join(mine) == "".join(its):
        return 2.5
    if f" {' '.join(mine)} " in f" {' '.join(its)} ":
        return 0.3 + len(mine) / len(its) + 0.9 * (len(mine) > 1)
    shared = len({*mine} & {*its})
    return 0.8 * shared / max(len(mine), len(its))


@cache
def _synonyms() -> dict[str, tuple[str, ...]]:
    return {" ".join(map(stem, fold(said).split())): others for said, others in SYNONYMS.items()}


@cache
def _nouns() -> dict[str, str]:
    """The kinds by their names, in both languages."""
    found: dict[str, str] = {}
    for kind, model in ENTITY_TYPES.items():
        for word in (*model.noun.en, *model.noun.fr):
            found[fold(word)] = kind
    return found


def _kinds_named(text: str) -> frozenset[str]:
    words = fold(text).split()
    said = {*words, *(f"{a} {b}" for a, b in pairwise(words))}
    return frozenset(kind for word, kind in _nouns().items() if word in said)


def _spans(text: str, words: Collection[str]) -> Iterator[tuple[int, int]]:
    """Where the words of a text are that fold to one of some words."""
    stems = {stem(word) for word in words} | {stem(part) for word in words for part in word.split()}
    for found in re.finditer(r"\w+", text):
        folded = fold(found[0])
        if stem(folded) in stems or folded in words:
            yield found.span()
