"""
The paragraph of a deliberation that grounds a project on the policy.

It says what the sources say and no more: only stated links unless derived ones are asked for, and
what a source does not affirm is told as what it is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .canonical import Json
from .cards import Card, Item, Reference, Section, Shown
from .languages import Language, day_words, in_markdown
from .models import Entity, Link, Modality, Policy
from .records import Records

__all__ = ["Cited", "cite"]

#: How a kind is named with its article, in a sentence.
_THE: Mapping[str, str] = {
    "action": "l’action",
    "actor": "l’acteur",
    "agency": "l’agence",
    "aid": "l’aide",
    "audience": "le public",
    "axis": "l’axe",
    "challenge": "le défi",
    "discrepancy": "l’écart",
    "event": "l’événement",
    "figure": "le chiffre",
    "funding": "le financement",
    "goal": "l’objectif de développement durable",
    "guarantee": "la garantie",
    "objective": "l’objectif",
    "opportunity": "l’opportunité",
    "orientation": "l’orientation",
    "policy": "la politique",
    "principle": "le principe",
    "priority": "la priorité",
    "programme": "le programme",
    "proposal": "la piste d’action",
    "purpose": "la vocation",
    "risk": "le risque",
    "scheme": "le document-cadre",
    "section": "la section",
    "service": "le service",
    "task": "la mission",
    "theme": "le thème",
}
#: What a text rests on: frames and aims, not who acts or for whom.
_GROUNDS = frozenset(
    [
        "axis",
        "challenge",
        "goal",
        "guarantee",
        "objective",
        "orientation",
        "policy",
        "principle",
        "priority",
        "programme",
        "proposal",
        "scheme",
        "service",
        "theme",
        "section",
        "action",
    ]
)
#: What is told of a link that a source does not affirm.
_HEDGES: Mapping[Modality, str] = {
    "affirmed": "",
    "required": "exigence",
    "intended": "intention affichée",
    "conditional": "sous condition",
    "possible": "possibilité",
}
_DERIVED = "rapprochement fait par les auteurs de ces données, non énoncé par la source"


@dataclass(frozen=True)
class Cited(Shown):
    """
    A text that one can paste, in French: the policy has been adopted in it.

    Attributes:
        version: the version that it was made from.
        clauses: its clauses, without the marks of their places.
        places: the places in the sources, numbered as in the text.

    """

    version: str
    digest: str
    clauses: tuple[str, ...]
    marks: tuple[tuple[int, ...], ...]
    places: tuple[Reference, ...]

    def paragraph(self, *, markdown: bool = False) -> str:
        """The text, as plain text or Markdown, its places below."""
        lines = [
            f"{clause}{''.join(f' [{number}]' for number in numbers)} ;"
            for clause, numbers in zip(self.clauses, self.marks, strict=True)
        ]
        lines[-1] = f"{lines[-1].removesuffix(' ;')}."
        gap = "\n\n" if markdown else "\n"
        places = [
            f"{number}. [{in_markdown(place.text)}](<{place.url}>)"
            if markdown
            else f"[{number}] {place.text} — {place.url}"
            for number, place in enumerate(self.places, 1)
        ]
        if markdown:
            lines = [in_markdown(line) for line in lines]
        return gap.join(lines) + "\n\n" + "\n".join([*places, "", self._note()])

    def _note(self) -> str:
        return f"Données ppun_bfc {self.version} ({self.digest}) ; ceci n’est pas une publication officielle de la Région."

    def to_dict(self) -> dict[str, Json]:
        """The text as JSON."""
        return {
            "version": self.version,
            "digest": self.digest,
            "clauses": list(self.clauses),
            "marks": [list(numbers) for numbers in self.marks],
            "places": [{"text": place.text, "url": place.url} for place in self.places],
        }

    def card(self, lang: Language = "fr") -> Card:  # noqa: ARG002 - a deliberation is in French
        """What a person is shown of it."""
        items = tuple(
            Item(f"{clause} ;", places=tuple(self.places[number - 1] for number in numbers))
            for clause, numbers in zip(self.clauses, self.marks, strict=True)
        )
        return Card("À citer", sections=(Section("", items),), notes=(self._note(),))

    def __str__(self) -> str:
        return self.paragraph()

    def __repr__(self) -> str:
        return f"<Cited {len(self.clauses)} clauses of {self.version}>"


def cite(
    records: Records,
    digest: str,
    policy: Policy,
    things: Iterable[tuple[Entity, Sequence[Entity], Sequence[Link]]],
    *,
    derived: bool = False,
) -> Cited:
    """
    The text that grounds a project on some things.

    Args:
        records: the version.
        digest: its digest.
        policy: the policy itself.
        things: each thing, what it is a part of, and its links.
        derived: also by derived links, told as such.

    """
    places: dict[Reference, int] = {}
    clauses: list[str] = []
    marks: list[tuple[int, ...]] = []

    def add(clause: str, cited: Iterable[Reference]) -> None:
        clauses.append(clause)
        marks.append(tuple(dict.fromkeys(places.setdefault(one, len(places) + 1) for one in cited)))

    def references(record: Entity | Link) -> list[Reference]:
        found = [records.documents[cited.document].place(cited) for cited in record.citations]
        return found[:_PLACES]

    adopted = [records.documents[c.document].place(c) for c in policy.adopted.citations][:_PLACES]
    name = f"{policy.label.fr} ({policy.acronym})" if policy.acronym else policy.label.fr
    add(f"Vu la {name}, adoptée en {day_words(policy.adopted.date.text, 'fr')}", adopted)
    for thing, above, links in things:
        within = [
            f"{_THE[one.kind]} «\u00a0{one.label.fr}\u00a0»"
            for one in above
            if one.kind != "policy"
        ]
        clause = f"Considérant {_named(thing)}"
        add(f"{clause}, qui relève {_joined(within)}" if within else clause, references(thing))
        for link in links:
            is_out = link.source == thing.id
            other = records.entity(link.other(thing))
            if (
                not is_out
                or other.kind not in _GROUNDS
                or (link.basis == "derived" and not derived)
            ):
                continue
            hedge = _DERIVED if link.basis == "derived" else _HEDGES[link.modality or "affirmed"]
            said = _before(records.relations[link.relation].label.fr, _named(other))
            clause = f"Considérant que {_THE[thing.kind]} «\u00a0{thing.label.fr}\u00a0» {said}"
            add(f"{clause} ({hedge})" if hedge else clause, references(link))
    return Cited(records.version, digest, tuple(clauses), tuple(marks), tuple(places))


#: So many places a clause: one in the web pages, one in the brochure.
_PLACES = 2


def _named(thing: Entity) -> str:
    acronym = f" ({thing.acronym})" if thing.acronym else ""
    return f"{_THE[thing.kind]} «\u00a0{thing.label.fr}\u00a0»{acronym}"


def _before(verb: str, named: str) -> str:
    """A verb and what follows it: "de le" and "à le" are one word."""
    for preposition, together in (("de", "du"), ("à", "au")):
        if verb.endswith(preposition) and named.startswith("le "):
            return f"{verb.removesuffix(preposition)}{together} {named[3:]}"
    return f"{verb} {named}"


def _joined(parts: Sequence[str]) -> str:
    *first, last = [_before("de", part) for part in parts]
    return f"{', '.join(first)} et {last}" if first else last
