"""
A version as an Excel workbook for those who read rather than program, in French.

A sheet each for the tree, the matrix with its evidence, aids, figures, gaps, disputes and sources.
What begins like a formula is written as text. What it cannot carry: bases of links that the matrix
does not show; the table of every field is in the other forms.
"""

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Protocol, cast

from ..errors import need
from ..languages import BASES, MODALITIES, STRENGTHS, Language, Phrase, wrap
from ..layer import Layer
from ..models import ENTITY_TYPES
from ..policy import PolicyVersion
from ..release import LICENCE, NOTICE, PUBLISHER
from ..vocabulary import Kind

__all__ = ["workbook"]

_Row = Sequence[str]


class _Page(Protocol):
    """What is used of a sheet."""

    def write_string(self, row: int, column: int, text: str, form: object) -> int: ...
    def set_column(self, first: int, last: int, width: int) -> int: ...
    def set_row(self, row: int, height: float) -> int: ...
    def freeze_panes(self, row: int, column: int) -> None: ...
    def autofilter(self, top: int, left: int, bottom: int, right: int) -> None: ...
    def set_landscape(self) -> None: ...
    def fit_to_pages(self, wide: int, high: int) -> None: ...
    def repeat_rows(self, first: int) -> None: ...


class _Book(Protocol):
    """What is used of a workbook."""

    def add_worksheet(self, name: str) -> _Page: ...
    def add_format(self, properties: dict[str, object]) -> object: ...
    def set_properties(self, properties: dict[str, object]) -> None: ...
    def close(self) -> None: ...


_KEY = Phrase(
    "stated: a source says it; derived: an editor concluded it; inherited: true of what contains one "
    "of the two; *: sources disagree about what it rests on.",
    "énoncé : une source le dit ; déduit : les auteurs de ces données le concluent ; hérité : vrai "
    "de ce qui contient l’un des deux ; * : les sources se contredisent sur ce qui le fonde.",
)
_SHEETS = {
    "read": Phrase("Read me", "À lire"),
    "tree": Phrase("Tree", "Arborescence"),
    "matrix": Phrase("Matrix", "Matrice"),
    "evidence": Phrase("Evidence", "Preuves"),
    "aids": Phrase("Grants", "Aides"),
    "figures": Phrase("Figures", "Chiffres"),
    "gaps": Phrase("Gaps", "Manques"),
    "disputes": Phrase("Disputes", "Désaccords"),
    "sources": Phrase("Sources", "Sources"),
}
_HEADS = {
    "tree": (
        Phrase("Number", "Numéro"), Phrase("Kind", "Nature"), Phrase("Name", "Intitulé"),
        Phrase("Summary", "Résumé"), Phrase("Id", "Identifiant"),
    ),
    "evidence": (
        Phrase("Row", "Ligne"), Phrase("Column", "Colonne"), Phrase("Strength", "Force"),
        Phrase("Commitment", "Engagement"), Phrase("From", "De"), Phrase("Relation", "Relation"),
        Phrase("To", "Vers"), Phrase("Basis", "Fondement"), Phrase("Place", "Passage"),
    ),
    "aids": (
        Phrase("Grant", "Aide"), Phrase("Who may apply", "Bénéficiaires"),
        Phrase("What is granted", "Montants"), Phrase("Opens", "Ouverture"),
        Phrase("Closes", "Clôture"), Phrase("Id", "Identifiant"),
    ),
    "figures": (
        Phrase("Figure", "Chiffre"), Phrase("Quantity", "Quantité"), Phrase("About", "À propos de"),
        Phrase("As printed", "Tel qu’imprimé"), Phrase("Place", "Passage"),
    ),
    "gaps": (
        Phrase("What nothing meets directly", "Ce que rien ne rencontre directement"),
        Phrase("Kind", "Nature"), Phrase("Among", "Parmi"), Phrase("Id", "Identifiant"),
    ),
    "disputes": (
        Phrase("Disagreement", "Désaccord"), Phrase("About", "À propos de"),
        Phrase("Readings", "Lectures"), Phrase("Adopted", "Retenue"), Phrase("Why", "Pourquoi"),
    ),
    "sources": (Phrase("Source", "Source"), Phrase("Publisher", "Éditeur"), Phrase("Date", "Date"),
                Phrase("Address", "Adresse")),
}  # fmt: skip
#: What a person's own layer says of a thing.
_OWN = (Phrase("Value", "Valeur"), Phrase("Note", "Note"))
#: Between which kinds gaps are looked for.
_CROSSED: tuple[tuple[Kind, Kind], ...] = (
    ("theme", "scheme"), ("action", "scheme"), ("action", "orientation"), ("action", "aid"),
)  # fmt: skip
#: How narrow and how wide a column may be, in letters.
_NARROWEST, _WIDEST = 10, 60
#: How high a line is, and the highest that a row of Excel may be, in points.
_LINE, _HIGHEST = 15, 409
#: A sheet of Excel holds so many characters in a cell.
_CELL = 32_767


def workbook(policy: PolicyVersion, lang: Language = "fr", *, layer: str | None = None) -> bytes:
    """
    The bytes of the workbook.

    Args:
        policy: the version.
        lang: the language of its sheets.
        layer: the path of a CSV of a person's own notes, shown in the tree and beside the names of the
            matrix.

    Raises:
        InvalidData: where the layer has ids that the version does not have.
        MissingExtra: where `xlsxwriter` is not installed.

    """
    need("xlsxwriter", "the form xlsx", "xlsx")
    import xlsxwriter  # type: ignore[import-untyped]

    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = cast("_Book", xlsxwriter.Workbook(made, options))
    # The same version makes the same bytes: the day of the file is that of the version.
    day = policy.released.first if policy.released else datetime(2000, 1, 1, tzinfo=UTC).date()
    book.set_properties(
        {
            "title": f"{policy.policy.headline(lang)} – {policy.version}",
            "author": PUBLISHER,
            "comments": f"{NOTICE.text(lang)} {LICENCE}. {policy.digest}",
            "created": datetime(day.year, day.month, day.day, tzinfo=UTC),
        }
    )
    sheets = _Sheets(book, policy, lang, None if layer is None else Layer.read(layer, policy))
    sheets.read_me()
    sheets.table("tree", sheets.tree())
    sheets.matrix()
    for name in ("evidence", "aids", "figures", "gaps", "disputes", "sources"):
        sheets.table(name, getattr(sheets, name)())
    book.close()
    return made.getvalue()


def _width(column: _Row) -> int:
    """How wide a column is, in letters: as its longest line, so far as a page allows it."""
    longest = max(len(line) for cell in column for line in cell.split("\n"))
    return min(max(longest + 3, _NARROWEST), _WIDEST)


def _height(row: _Row, widths: Sequence[int]) -> float:
    """How high a row is whose texts are wrapped: not every program works it out."""
    lines = [
        sum(max(1, len(wrap(line, width - 2))) for line in cell.split("\n"))
        for cell, width in zip(row, widths, strict=True)
    ]
    return min(max(lines) * _LINE, _HIGHEST)


class _Sheets:
    """The sheets of one workbook."""

    def __init__(
        self, book: _Book, policy: PolicyVersion, lang: Language, layer: Layer | None
    ) -> None:
        self.book = book
        self.layer = layer or Layer("", {})
        self.policy = policy
        self.lang: Language = lang
        self.names = {one.id: one.headline(lang) for one in policy.entities(deprecated=True)}
        shared: dict[str, object] = {"text_wrap": True, "valign": "top"}
        self.plain = book.add_format(shared)
        self.bold = book.add_format({**shared, "bold": True, "bg_color": "#E8EEF7", "border": 1})
        colours = {
            "stated": "#9CC6A3",
            "derived": "#D8E8C0",
            "inherited": "#F2F2F2",
            "part_of": "#CFD8E8",
        }
        self.marks = {
            strength: book.add_format({**shared, "bg_color": colour, "border": 1})
            for strength, colour in colours.items()
        }

    def name(self, id: str) -> str:
        """How a thing is called."""
        return self.names[id]

    def table(self, sheet: str, rows: Iterable[_Row]) -> None:
        """A sheet with a frozen header, filters and fitted columns."""
        page = self.book.add_worksheet(_SHEETS[sheet].text(self.lang))
        phrases = (*_HEADS[sheet], *_OWN) if sheet == "tree" and self.layer.notes else _HEADS[sheet]
        heads = [head.text(self.lang) for head in phrases]
        for at, head in enumerate(heads):
            page.write_string(0, at, head, self.bold)
        cells = [[cell[:_CELL] for cell in row] for row in rows]
        widths = [_width(column) for column in zip(heads, *cells, strict=True)]
        for at, width in enumerate(widths):
            page.set_column(at, at, width)
        for down, row in enumerate(cells, 1):
            for at, cell in enumerate(row):
                page.write_string(down, at, cell, self.plain)
            page.set_row(down, _height(row, widths))
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, len(cells), len(heads) - 1)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)

    def read_me(self) -> None:
        """What this is, and what it is not."""
        page = self.book.add_worksheet(_SHEETS["read"].text(self.lang))
        page.set_column(0, 0, 100)
        lines = (
            self.policy.policy.headline(self.lang),
            f"{self.policy.version} – {self.policy.digest}",
            NOTICE.text(self.lang),
            f"{PUBLISHER} – {LICENCE}",
            _KEY.text(self.lang),
        )
        for at, line in enumerate(lines):
            page.write_string(at, 0, line, self.bold if at == 0 else self.plain)

    def tree(self) -> Iterable[_Row]:
        """The policy's own text, indented by depth."""
        for one in self.policy.descendants(self.policy.policy):
            deep = len(self.policy.ancestors(one)) - 1
            summary = one.summary.text(self.lang) if one.summary else ""
            own = self.layer.notes.get(one.id, ("", "")) if self.layer.notes else ()
            yield (
                one.notation or "",
                one.noun.text(self.lang),
                "   " * deep + one.label.text(self.lang),
                summary,
                one.id,
                *own,
            )

    def matrix(self) -> None:
        """The main matrix, strength by word and colour, with its key below."""
        page = self.book.add_worksheet(_SHEETS["matrix"].text(self.lang))
        found = self.policy.matrix()
        page.set_column(0, 0, 46)
        page.set_column(1, max(1, len(found.columns)), 18)
        head, *body = self.layer.table(found, self.lang)
        for at, name in enumerate(head[1:], 1):
            page.write_string(0, at, name, self.bold)
        for down, row in enumerate(found.rows, 1):
            page.write_string(down, 0, body[down - 1][0], self.bold)
            for at, column in enumerate(found.columns, 1):
                cell = found.cell(row, column)
                page.write_string(
                    down, at, cell.word(self.lang), self.marks.get(cell.strength or "", self.plain)
                )
        page.write_string(len(found.rows) + 2, 0, _KEY.text(self.lang), self.plain)
        page.freeze_panes(1, 1)
        page.set_landscape()
        page.fit_to_pages(1, 0)

    def evidence(self) -> Iterable[_Row]:
        """What each cell of the matrix rests on."""
        relations = self.policy.relations
        for cell in self.policy.matrix().filled():
            for one in cell.evidence:
                step = one.step
                relation = (
                    relations[step.relation].label.text(self.lang)
                    if step.relation in relations
                    else step.relation
                )
                places = "\n".join(c.url or "" for c in step.citations)
                modality = MODALITIES[one.modality].text(self.lang) if one.modality else ""
                yield (
                    cell.row.headline(self.lang), cell.column.headline(self.lang),
                    STRENGTHS[one.strength].text(self.lang), modality,
                    self.name(step.source), relation, self.name(step.target),
                    BASES[step.basis].text(self.lang), places,
                )  # fmt: skip

    def aids(self) -> Iterable[_Row]:
        """Grants: for whom, how much, until when."""
        for aid in self.policy.aids:
            yield (
                aid.headline(self.lang),
                "\n".join(who.words(self.lang, self.name) for who in aid.eligible),
                "\n".join(bracket.words(self.lang) for bracket in aid.brackets),
                aid.opens.words(self.lang) if aid.opens else "",
                aid.closes.words(self.lang) if aid.closes else "",
                aid.id,
            )

    def figures(self) -> Iterable[_Row]:
        """Figures, each with how its source prints it."""
        for figure in self.policy.figures:
            place = figure.citations[0].url or ""
            yield (
                figure.label.text(self.lang), figure.quantity(self.lang), self.name(figure.about),
                figure.as_written, place,
            )  # fmt: skip

    def gaps(self) -> Iterable[_Row]:
        """What no scheme, no orientation of SCORAN and no aid meets directly, and the other way round."""
        for rows, columns in _CROSSED:
            found = self.policy.gaps(rows, columns)
            nouns = {kind: ENTITY_TYPES[kind].noun.text(self.lang, 2) for kind in (rows, columns)}
            for empty, other in ((found.rows, columns), (found.columns, rows)):
                for one in empty:
                    yield one.headline(self.lang), one.noun.text(self.lang), nouns[other], one.id

    def disputes(self) -> Iterable[_Row]:
        """Where sources disagree."""
        for one in self.policy.discrepancies:
            yield (
                one.label.text(self.lang), ", ".join(map(self.name, one.about)),
                "\n".join(f"{r.value} – {r.citations[0].url}" for r in one.readings),
                one.adopted or "", one.why.text(self.lang),
            )  # fmt: skip

    def sources(self) -> Iterable[_Row]:
        """The documents that all of it was read from."""
        for document in self.policy.documents.values():
            yield document.title, document.publisher, document.date.text, document.url
