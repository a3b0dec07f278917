"""Check every name, figure, date and anchor against the page that it cites."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from ..errors import Finding, Place
from ..files import need_folder
from ..models import (
    Bonus,
    Bracket,
    Citation,
    CitedDate,
    EdtfDate,
    Eligibility,
    Entity,
    Event,
    Figure,
    Reading,
    Record,
    Rule,
    Wording,
)
from ..policy import PolicyVersion
from .french import parse_date, parse_quantity
from .pages import Sources

__all__ = ["Verification", "parts", "verify"]

#: Kinds that we name, so that their label need not stand in a source.
_NAMED_BY_US = frozenset({"figure", "event", "discrepancy"})


@dataclass(frozen=True)
class Verification:
    """What was looked for in the sources: how many of each sort, and what was not found."""

    checked: Mapping[str, int]
    findings: tuple[Finding, ...]


def verify(policy: PolicyVersion, sources: str | Path) -> Verification:
    """
    Look up everything that a version says its sources say.

    Args:
        policy: any version, also a draft.
        sources: a folder with one folder a document, named by the slug of its id: pages as files,
            or one text file in which `=== PDF page N ===` starts each page.

    Raises:
        UnreadableFile: where there is no such folder.

    """
    folder = Path(sources)
    need_folder(folder)
    return _Verifier(Sources(folder)).run(policy)


class _Verifier:
    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._checked: Counter[str] = Counter()
        self._findings: list[Finding] = []

    def run(self, policy: PolicyVersion) -> Verification:
        for entity in policy.entities(deprecated=True):
            self._entity(entity)
        for link in policy.links:
            named = " ".join(link.key)
            for citation in link.citations:
                if citation.anchor is None:
                    # Nothing but its anchor ties a link to a place.
                    self._report("missing-field", named, "citations", name="anchor")
                self._anchor(citation, named, "")
        return Verification(dict(sorted(self._checked.items())), tuple(self._findings))

    def _report(self, code: str, record: str, field: str, **given: str) -> None:
        place = Place(record=record, field=field)
        self._findings.append(Finding(code, place, tuple(given.items())))

    def _entity(self, entity: Entity) -> None:
        label = "" if entity.kind in _NAMED_BY_US else entity.label.fr
        if label:
            self._stands(entity.id, "label", label, entity.citations)
        shown = label or getattr(entity, "as_written", None) or ""
        for citation in entity.citations:
            self._anchor(citation, entity.id, shown)
        if entity.acronym:
            self._stands(entity.id, "acronym", entity.acronym, entity.citations, "acronym")
        for where, value in parts(entity, ""):
            if isinstance(value, Wording):
                self._name(entity.id, where, value.label.fr, value.citations)
            elif isinstance(value, Reading):
                self._name(entity.id, where, value.value, value.citations)
            elif isinstance(value, CitedDate):
                self._date(entity.id, where, value.as_written, str(value.date), value.citations)
            elif isinstance(value, Bracket | Bonus | Eligibility | Rule):
                self._terms(entity.id, where, value)
        if isinstance(entity, Event) and entity.as_written is not None:
            self._date(entity.id, "date", entity.as_written, str(entity.date), entity.citations)
        if isinstance(entity, Figure):
            bounds = (entity.value, entity.minimum, entity.maximum)
            self._quantity(entity.id, "as_written", (entity.as_written,), bounds, entity.citations)
            self._unit(entity)
            if entity.according_to:
                self._stands(entity.id, "according_to", entity.according_to, entity.citations)

    def _name(self, id: str, field: str, label: str, citations: tuple[Citation, ...]) -> None:
        """A label stands on a page that it cites, and on each one that gives no anchor."""
        self._stands(id, field, label, citations)
        for citation in citations:
            self._anchor(citation, id, label)

    def _terms(self, id: str, where: str, value: Bracket | Bonus | Eligibility | Rule) -> None:
        """What an aid grants or asks: its phrases stand in the page, and say its numbers."""
        written: tuple[str, ...] = ()
        bounds: tuple[Decimal | None, ...] = ()
        if isinstance(value, Bracket):
            written = value.as_written
            costs = (value.cost_from, value.cost_above, value.cost_to)
            bounds = (*costs, value.rate_from, value.rate, value.ceiling)
            if value.label:
                self._stands(id, f"{where}.label", value.label.fr, value.citations)
        elif isinstance(value, Bonus):
            written, bounds = (value.as_written,), (value.rate,)
        elif isinstance(value, Eligibility) and value.as_written:
            written, bounds = (value.as_written,), (value.population_below,)
        for citation in value.citations:
            if not (citation.anchor or written):
                self._report("missing-field", id, f"{where}.citations", name="anchor")
            self._anchor(citation, id, written[0] if written else "")
        if written:
            self._quantity(id, f"{where}.as_written", written, bounds, value.citations)

    def _stands(
        self,
        id: str,
        field: str,
        text: str,
        citations: tuple[Citation, ...],
        sort: str = "label",
    ) -> bool:
        """Whether an official text stands, exactly, on one of the pages cited."""
        self._checked[sort] += 1
        pages = [self._sources.page(c.document, c.page) for c in citations]
        if any(page is not None and page.has(text, exact=True) for page in pages):
            return True
        where = ", ".join(dict.fromkeys(citation.page for citation in citations))
        self._report("not-on-page", id, field, text=text, page=where)
        return False

    def _anchor(self, citation: Citation, record: str, label: str) -> None:
        page = self._sources.page(citation.document, citation.page)
        if page is None:
            name = f"{citation.document} {citation.page}"
            self._report("page-missing", record, "citations", page=name)
            return
        for field, text in (("anchor", citation.anchor or label), ("section", citation.section)):
            if not text:
                continue
            self._checked[field] += 1
            if not page.has(text, exact=False):
                self._report("not-on-page", record, field, text=text, page=citation.page)

    def _date(
        self, id: str, field: str, written: str, value: str, citations: tuple[Citation, ...]
    ) -> None:
        self._stands(id, field, written, citations, sort="date")
        for citation in citations:
            self._anchor(citation, id, written)
        found = parse_date(written)
        if found is None:
            self._report("not-parsed", id, field, text=written, what="date")
        elif value not in (str(found), *_end(field, found)):
            self._report(
                "parses-otherwise", id, field, text=written, found=str(found), expected=value
            )

    def _quantity(
        self,
        id: str,
        field: str,
        written: tuple[str, ...],
        bounds: tuple[Decimal | None, ...],
        citations: tuple[Citation, ...],
    ) -> None:
        """The phrases stand in the page, and the numbers in them are those given."""
        given = sorted(number for number in bounds if number is not None)
        numbers: list[Decimal] = []
        for text in written:
            self._stands(id, field, text, citations, sort="figure")
            found = parse_quantity(text)
            if found is None:
                self._report("not-parsed", id, field, text=text, what="quantity")
                return
            numbers += found.numbers
        if sorted(numbers) != given:
            says = {
                "found": " ".join(map(str, sorted(numbers))),
                "expected": " ".join(map(str, given)),
            }
            self._report("parses-otherwise", id, field, text=" / ".join(written), **says)

    def _unit(self, figure: Figure) -> None:
        found = parse_quantity(figure.as_written)
        if found and found.unit and found.unit != figure.unit.partition(" per ")[0]:
            given = {"text": figure.as_written, "found": found.unit, "expected": figure.unit}
            self._report("parses-otherwise", figure.id, "unit", **given)


def _end(field: str, found: EdtfDate) -> tuple[str, ...]:
    """An aid opens or closes at an end of the period that is printed."""
    first, _, last = str(found).partition("/")
    return {"opens": (first,), "closes": (last,)}.get(field, ())


def parts(value: object, path: str) -> Iterator[tuple[str, object]]:
    """Every record inside a record, with the way to it."""
    if isinstance(value, Record):
        if path:
            yield path.lstrip("."), value
        for name in type(value).model_fields:
            yield from parts(getattr(value, name), f"{path}.{name}")
    elif isinstance(value, tuple):
        for position, item in enumerate(value):
            yield from parts(item, f"{path}.{position}")
