"""
The ways by which two things meet: frozen values, equal by content.

Each gives itself as JSON (`to_dict`), with the address of every page cited.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Literal, TypeAlias, TypedDict, cast

from ..cards import Card, Item, Reference, Section, Shown
from ..languages import MODALITIES, Language, Phrase
from ..languages import STRENGTHS as WORDS
from ..models import Basis, Citation, Entity, Link, Modality, Text
from ..records import Records

__all__ = [
    "STRENGTHS",
    "EvidenceRecord",
    "Explanation",
    "ExplanationRecord",
    "Path",
    "PathRecord",
    "Step",
    "Strength",
    "Words",
]

#: How well it is founded that two things meet.
Strength: TypeAlias = Literal["part_of", "stated", "derived", "inherited"]
#: Strengths, strongest first.
STRENGTHS: tuple[Strength, ...] = ("part_of", "stated", "derived", "inherited")

_NOWHERE = Phrase("nothing shows that they meet", "rien ne montre qu’ils se rencontrent")


class EvidenceRecord(TypedDict, total=False):
    """One piece of evidence, as JSON."""

    source: str
    relation: str
    target: str
    basis: Basis
    strength: Strength
    modality: Modality
    citations: list[dict[str, str]]
    rationale: dict[str, str]


class PathRecord(TypedDict):
    """A path, as JSON."""

    nodes: list[str]
    strength: Strength
    modality: Modality | None
    steps: list[EvidenceRecord]


class ExplanationRecord(TypedDict):
    """An explanation, as JSON."""

    source: str
    target: str
    strength: Strength | None
    modality: Modality | None
    paths: list[PathRecord]


@dataclass(frozen=True)
class Step:
    """One relation on the way between two things: a link, or that one is part of the other."""

    source: str
    relation: str
    target: str
    basis: Basis
    citations: tuple[Citation, ...]
    modality: Modality | None = None
    rationale: Text | None = None

    @classmethod
    def of_link(cls, link: Link) -> "Step":
        """The step that a link makes."""
        return cls(**{own.name: getattr(link, own.name) for own in fields(cls)})

    @classmethod
    def of_part(cls, child: Entity) -> "Step":
        """The step from an entity to what it is a part of."""
        return cls(child.id, "part_of", child.part_of or "", "stated", child.citations)

    def to_dict(self) -> EvidenceRecord:
        """The step as JSON, with the address of every page cited."""
        record = EvidenceRecord(
            source=self.source,
            relation=self.relation,
            target=self.target,
            basis=self.basis,
            citations=[cast("dict[str, str]", cited.to_dict()) for cited in self.citations],
        )
        if self.modality:
            record["modality"] = self.modality
        if self.rationale:
            record["rationale"] = {"fr": self.rationale.fr, "en": self.rationale.en}
        return record


@dataclass(frozen=True)
class Words:
    """How an answer says what stands in it: names of things, relations and places."""

    records: Records

    def name(self, id: str, lang: Language) -> str:
        """How a thing is called, in quotation marks."""
        label = self.records.name(id, lang)
        return f"“{label}”" if lang == "en" else f"«\u00a0{label}\u00a0»"

    def verb(self, relation: str, lang: Language) -> str:
        """A relation as a verb."""
        if relation == "part_of":
            return _IS_PART.text(lang)
        return self.records.relations[relation].label.text(lang)

    def place(self, citation: Citation) -> Reference:
        """Where a citation leads."""
        return self.records.documents[citation.document].place(citation)


def _of_step(step: Step, lang: Language) -> str:
    if step.relation == "part_of":
        return ""
    word = WORDS[step.basis].text(lang)
    return f"{word}, {MODALITIES[step.modality].text(lang)}" if step.modality else word


_IS_PART = Phrase("is part of", "fait partie de")


@dataclass(frozen=True)
class Path:
    """
    A way from one thing to another: the ids on it, and the step between each two.

    It is as strong as its weakest step: derived where one of its links is. `modality` is the
    weakest of its stated links; None where there is none.
    """

    nodes: tuple[str, ...]
    steps: tuple[Step, ...]
    strength: Strength
    modality: Modality | None = None

    def to_dict(self) -> PathRecord:
        """The path as JSON."""
        return PathRecord(
            nodes=list(self.nodes),
            strength=self.strength,
            modality=self.modality,
            steps=[step.to_dict() for step in self.steps],
        )

    def text(self, strength: str) -> str:
        """The path as one line, its strength in the words given."""
        line = self.nodes[0]
        for step, end in zip(self.steps, self.nodes[1:], strict=True):
            # Plain signs, since not every console can print an arrow.
            arrow = f"-{step.relation}->" if step.target == end else f"<-{step.relation}-"
            line += f" {arrow} {end}"
        return f"{line} ({strength})"

    def __str__(self) -> str:
        return self.text(self.strength)


@dataclass(frozen=True, repr=False)
class Explanation(Shown):
    """Every way in which two things meet, strongest and shortest first."""

    source: Entity
    target: Entity
    strength: Strength | None
    modality: Modality | None
    paths: tuple[Path, ...]
    _words: "Words" = field(repr=False, compare=False)

    def card(self, lang: Language = "fr") -> Card:
        """What a person is shown of it: each way in sentences, with its places."""
        told = tuple(self._path(number, path, lang) for number, path in enumerate(self.paths, 1))
        lead = WORDS[self.strength].text(lang) if self.strength else _NOWHERE.text(lang)
        if self.modality and self.modality != "affirmed" and self.strength != "derived":
            lead = f"{lead}, {MODALITIES[self.modality].text(lang)}"
        title = f"{self.source.label.text(lang)} × {self.target.label.text(lang)}"
        ids = f"{self.source.id} × {self.target.id}"
        return Card(title, ids, (lead.capitalize(),), (Section("", told),) if told else ())

    def _path(self, number: int, path: Path, lang: Language) -> Item:
        words = self._words
        strength = WORDS[path.strength].text(lang)
        if path.modality and path.strength != "derived":
            strength = f"{strength}, {MODALITIES[path.modality].text(lang)}"
        steps = tuple(
            Item(
                f"{words.name(step.source, lang)} {words.verb(step.relation, lang)} {words.name(step.target, lang)}",
                mark=_of_step(step, lang),
                places=tuple(map(words.place, step.citations))
                if step.relation != "part_of"
                else (),
                below=(Item(step.rationale.text(lang)),) if step.rationale else (),
            )
            for step in path.steps
        )
        return Item(f"{number}. {' – '.join(path.nodes)}", mark=strength, below=steps)

    def to_dict(self) -> ExplanationRecord:
        """The explanation as JSON."""
        return ExplanationRecord(
            source=self.source.id,
            target=self.target.id,
            strength=self.strength,
            modality=self.modality,
            paths=[path.to_dict() for path in self.paths],
        )

    def __iter__(self) -> Iterator[Path]:
        return iter(self.paths)

    def __len__(self) -> int:
        return len(self.paths)

    def __repr__(self) -> str:
        ends = f"{self.source.id} × {self.target.id}"
        return f"<Explanation {ends}: {self.strength}, {len(self.paths)} ways>"
