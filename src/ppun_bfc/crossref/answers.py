"""
The answers of a cross-reference: frozen values, equal by content.

Each gives itself as JSON (`to_dict`), with the address of every page cited.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypedDict

from ..cards import Card, Item, Rich, Section, Shown
from ..errors import UnknownId, WrongType, nearest
from ..languages import MODALITIES, Language, Phrase, wrap
from ..languages import STRENGTHS as WORDS
from ..models import Entity, Link, Modality
from ..once import once
from ..release import NOTICE
from .table import as_text
from .ways import EvidenceRecord, Step, Strength

__all__ = [
    "Cell",
    "CellRecord",
    "Evidence",
    "Gaps",
    "Matrix",
    "MatrixRecord",
    "Missing",
]

#: What the words in a matrix mean.
_KEY = Phrase(
    "stated: a source says it; derived: an editor concluded it, with a reason; inherited: true of "
    "what contains one of the two; part: one contains the other; ·: nothing. A second word is what "
    "the source commits to, where it does not affirm: required, intended, conditional or possible.",
    "énoncé : une source le dit ; déduit : les auteurs de ces données le concluent, et disent "
    "pourquoi ; hérité : vrai de ce qui contient l’un des deux ; partie : l’un contient l’autre ; "
    "· : rien. Un second mot dit à quoi la source s’engage, quand elle n’affirme pas : exigé, "
    "voulu, conditionnel ou possible.",
)
_DISPUTED = Phrase(
    "*: whatever the cell rests on, sources disagree about it.",
    "* : les sources se contredisent sur tout ce qui fonde la case.",
)
_EMPTY = Phrase(
    "Columns that hold nothing: {names}.", "Colonnes où rien ne se rencontre : {names}."
)
_GAPS = Phrase("What nothing meets directly", "Ce que rien ne rencontre directement")
_ROWS = Phrase("Rows", "Lignes")
_COLUMNS = Phrase("Columns", "Colonnes")
_AN_ID = Phrase("an id or an entity", "un identifiant ou une entité")


class CellRecord(TypedDict):
    """One cell of a matrix, as JSON."""

    row: str
    column: str
    strength: Strength | None
    modality: Modality | None
    disputes: list[str]
    evidence: list[EvidenceRecord]


class MatrixRecord(TypedDict):
    """A matrix, as JSON."""

    version: str
    rows: list[str]
    columns: list[str]
    cells: list[CellRecord]
    context: list[EvidenceRecord]


@dataclass(frozen=True)
class Evidence:
    """
    One step that shows that two things meet, and how strongly.

    Where an aid stands between the two and what it delivers was derived, so is the strength.
    `modality` is what the whole way commits to, the weakest of its stated links.
    """

    step: Step
    strength: Strength
    modality: Modality | None = None

    def to_dict(self) -> EvidenceRecord:
        """The evidence as JSON."""
        record = self.step.to_dict()
        record["strength"] = self.strength
        if self.modality:
            record["modality"] = self.modality
        return record


@dataclass(frozen=True)
class Cell:
    """
    Where a row and a column meet; `strength` is None where they do not.

    `modality` is the strongest one among the evidence that gives the cell its strength. `disputes`
    are the ids of the discrepancies of substance about an end of every link among that evidence:
    where one link is not disputed, the cell stands.
    """

    row: Entity
    column: Entity
    strength: Strength | None = None
    modality: Modality | None = None
    evidence: tuple[Evidence, ...] = ()
    disputes: tuple[str, ...] = ()

    def word(self, lang: Language = "fr") -> str:
        """Its strength in a word; a second one where the source does not affirm."""
        if self.strength is None:
            return "·"
        word = WORDS[self.strength].text(lang)
        # An editor concluded what is derived: no source commits to it.
        if self.strength != "derived" and self.modality not in (None, "affirmed"):
            word = f"{word}, {MODALITIES[self.modality].text(lang)}"
        return f"{word}\u00a0*" if self.disputes else word

    def to_dict(self) -> CellRecord:
        """The cell as JSON."""
        return CellRecord(
            row=self.row.id,
            column=self.column.id,
            strength=self.strength,
            modality=self.modality,
            disputes=list(self.disputes),
            evidence=[evidence.to_dict() for evidence in self.evidence],
        )


@dataclass(frozen=True, repr=False)
class Matrix:
    """
    Rows × columns, every cell with its evidence.

    Prints as text, shows as a table in a notebook, and gives its cells as records. Only cells in
    which something meets take memory.

    Attributes:
        version: the version that was asked.
        rows: the entities in the rows.
        columns: the entities in the columns.
        context: links of a whole tree, which say nothing of one row or column.

    """

    version: str
    rows: tuple[Entity, ...]
    columns: tuple[Entity, ...]
    context: tuple[Link, ...]
    _cells: tuple[Cell, ...]

    @once
    def _by_pair(self) -> dict[tuple[str, str], Cell]:
        return {(cell.row.id, cell.column.id): cell for cell in self._cells}

    def cell(self, row: Entity | str, column: Entity | str) -> Cell:
        """
        The cell of one row and one column, given as entities or ids.

        Raises:
            UnknownId: where the matrix has no such row or column.
            WrongType: where one of them is neither an entity nor an id.

        """
        found_row, found_column = self._on(self.rows, row), self._on(self.columns, column)
        found = self._by_pair.get((found_row.id, found_column.id))
        return found or Cell(found_row, found_column)

    def _on(self, side: tuple[Entity, ...], given: Entity | str) -> Entity:
        id = given.id if isinstance(given, Entity) else given
        if not isinstance(id, str):
            raise WrongType.of(given, _AN_ID)
        for entity in side:
            if entity.id == id:
                return entity
        raise UnknownId(id, self.version, nearest(id, [entity.id for entity in side]))

    def __iter__(self) -> Iterator[Cell]:
        """Every cell, row by row, also the empty ones."""
        for row in self.rows:
            for column in self.columns:
                yield self._by_pair.get((row.id, column.id)) or Cell(row, column)

    def filled(self) -> tuple[Cell, ...]:
        """The cells in which something meets, row by row."""
        return self._cells

    def __len__(self) -> int:
        return len(self.rows) * len(self.columns)

    def gaps(self) -> "Gaps":
        """The rows and columns that nothing meets directly."""
        met = [cell for cell in self._cells if cell.strength != "inherited"]
        rows, columns = {cell.row.id for cell in met}, {cell.column.id for cell in met}
        return Gaps(
            tuple(row for row in self.rows if row.id not in rows),
            tuple(column for column in self.columns if column.id not in columns),
        )

    def records(self) -> list[CellRecord]:
        """Every cell as a record, ready for a data frame."""
        return [cell.to_dict() for cell in self]

    def to_dict(self) -> MatrixRecord:
        """The whole matrix as JSON."""
        return MatrixRecord(
            version=self.version,
            rows=[row.id for row in self.rows],
            columns=[column.id for column in self.columns],
            cells=self.records(),
            context=[Step.of_link(link).to_dict() for link in self.context],
        )

    def table(self, lang: Language = "fr") -> list[list[str]]:
        """Texts of the header and of each row, its name first."""
        names = (column.acronym or column.label.text(lang) for column in self.columns)
        body = [[row.label.text(lang)] for row in self.rows]
        for position, cell in enumerate(self):
            body[position // len(self.columns)].append(cell.word(lang))
        return [["", *names], *body]

    def notes(self, lang: Language = "fr") -> list[str]:
        """What a reader of the table needs: what its words mean, and which columns hold nothing."""
        met = {cell.column.id for cell in self._cells}
        names = [c.acronym or c.label.text(lang) for c in self.columns if c.id not in met]
        empty = [_EMPTY.text(lang, names=", ".join(names))] if names else []
        disputed = [_DISPUTED.text(lang)] if any(cell.disputes for cell in self._cells) else []
        return [_KEY.text(lang), *disputed, *empty]

    def text(self, lang: Language = "fr", width: int = 100) -> str:
        """
        The matrix as plain text, and what its words mean, in lines of at most `width`.

        It stands in bands of as many columns as fit; only a word that is longer makes a line longer.
        """
        notes = "\n".join(line for note in self.notes(lang) for line in wrap(note, width))
        return f"{as_text(self.table(lang), width)}\n\n{notes}"

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        size = f"{len(self.rows)} × {len(self.columns)}"
        return f"<Matrix {size} of {self.version}, {len(self._cells)} cells filled>"

    def __rich__(self) -> Rich:
        return Rich(lambda width: self.text(width=width))

    def card(self, lang: Language = "fr") -> Card:
        """What a person is shown of it in a notebook."""
        table = tuple(tuple(row) for row in self.table(lang))
        title = f"{_counted(self.rows, lang)} × {_counted(self.columns, lang)}"
        notes = (*self.notes(lang), NOTICE.text(lang))
        return Card(title, f"PPUN-BFC {self.version}", (), (Section("", (), table),), notes)

    def _repr_html_(self) -> str:
        return self.card().html()


def _counted(side: tuple[Entity, ...], lang: Language) -> str:
    """How many there are, and of what, where all are of one kind."""
    kinds = {type(entity).noun for entity in side}
    noun = f" {next(iter(kinds)).text(lang, len(side))}" if len(kinds) == 1 else ""
    return f"{len(side)}{noun}"


@dataclass(frozen=True, repr=False)
class Gaps(Shown):
    """Rows and columns that nothing meets directly."""

    rows: tuple[Entity, ...]
    columns: tuple[Entity, ...]

    def card(self, lang: Language = "fr") -> Card:
        """What a person is shown of it."""
        sides = ((_ROWS, self.rows), (_COLUMNS, self.columns))
        sections = tuple(
            Section(
                f"{title.text(lang)} ({len(found)})",
                tuple(Item(entity.headline(lang), entity.id) for entity in found),
            )
            for title, found in sides
        )
        return Card(_GAPS.text(lang), sections=sections)

    def __repr__(self) -> str:
        return f"<Gaps: {len(self.rows)} rows, {len(self.columns)} columns>"

    def to_dict(self) -> dict[str, list[str]]:
        """The gaps as JSON."""
        return {
            "rows": [entity.id for entity in self.rows],
            "columns": [entity.id for entity in self.columns],
        }


@dataclass(frozen=True)
class Missing:
    """What the policy leaves open about one entity, in the order in which it was asked."""

    entity: Entity
    missing: tuple[str, ...]

    def to_dict(self) -> dict[str, str | list[str]]:
        """The answer as JSON."""
        return {"id": self.entity.id, "missing": list(self.missing)}
