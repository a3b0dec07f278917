"""Check every name, figure, date and anchor against the page that it cites."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from .. import problems
from ..errors import Finding, Place
from ..files import need_folder
from ..languages import Phrase
from ..models import Entity, Link
from ..policy import PolicyVersion
from ..problems import Problem
from ..several import Progress, watched
from .claims import Claim, Reading, claims
from .french import parse_date, parse_quantity
from .pages import Sources

__all__ = ["Verification", "verify"]

_A_DATE = Phrase("date", "date")
_A_QUANTITY = Phrase("quantity", "quantité")


@dataclass(frozen=True)
class Verification:
    """What was looked for in the sources: how many of each sort, and what was not found."""

    checked: Mapping[str, int]
    findings: tuple[Finding, ...]


def verify(
    policy: PolicyVersion, sources: str | Path, *, progress: Progress | None = None
) -> Verification:
    """
    Look up everything that a version says its sources say.

    Args:
        policy: any version, also a draft.
        sources: a folder with one folder a document, named by the slug of its id: pages as files,
            or one text file in which `=== PDF page N ===` starts each page.
        progress: is told how many of how many records are done.

    Raises:
        UnreadableFile: where there is no such folder.

    """
    folder = Path(sources)
    need_folder(folder)
    verifier = _Verifier(Sources(folder))
    records: list[Entity | Link] = [*policy.entities(deprecated=True), *policy.links]
    for record in watched(records, progress, len(records)):
        for claim in claims(record):
            if isinstance(claim, Claim):
                verifier.look_up(claim)
            elif claim.dates:
                verifier.date(claim)
            else:
                verifier.quantity(claim)
    return Verification(dict(sorted(verifier.checked.items())), tuple(verifier.findings))


class _Verifier:
    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self.checked: Counter[str] = Counter()
        self.findings: list[Finding] = []

    def _report(
        self, problem: Problem, claim: Claim | Reading, field: str = "", /, **given: str | Phrase
    ) -> None:
        place = Place(record=claim.record, field=field or claim.field)
        self.findings.append(Finding.of(problem, place, **given))

    def look_up(self, claim: Claim) -> None:
        """Whether the phrase stands on one of the pages cited."""
        cited = ((c, self._sources.page(c.document, c.page)) for c in claim.citations)
        pages = dict(cited)
        if claim.sort == "anchor":
            for citation, page in pages.items():
                if page is None:
                    name = f"{citation.document} {citation.page}"
                    field = f"{claim.field.rpartition('.')[0]}.page"
                    self._report(problems.PAGE_MISSING, claim, field, page=name)
                    return
        if claim.text is None:
            # Nothing but its anchor ties such a record to a place.
            self._report(problems.MISSING_FIELD, claim, name="anchor")
            return
        self.checked[claim.sort] += 1
        found = (page for page in pages.values() if page is not None)
        if not any(page.has(claim.text, exact=claim.exact) for page in found):
            where = ", ".join(dict.fromkeys(citation.page for citation in claim.citations))
            self._report(problems.NOT_ON_PAGE, claim, text=claim.text, page=where)

    def date(self, reading: Reading) -> None:
        """Whether the phrases say the date."""
        for text in reading.phrases:
            found = parse_date(text)
            if found is None:
                self._report(problems.NOT_PARSED, reading, text=text, what=_A_DATE)
                continue
            said = {str(found), *_ends(reading.field, str(found))}
            for date in reading.dates:
                if str(date) not in said:
                    given = {"text": text, "found": str(found), "expected": str(date)}
                    self._report(problems.PARSES_OTHERWISE, reading, **given)

    def quantity(self, reading: Reading) -> None:
        """Whether the numbers in the phrases are those given, and the unit, if one is named."""
        numbers: list[Decimal] = []
        units: list[str] = []
        for text in reading.phrases:
            found = parse_quantity(text)
            if found is None:
                self._report(problems.NOT_PARSED, reading, text=text, what=_A_QUANTITY)
                return
            numbers += found.numbers
            units += [found.unit] if found.unit else []
        if sorted(numbers) != sorted(reading.numbers):
            given = {
                "text": " / ".join(reading.phrases),
                "found": " ".join(map(str, sorted(numbers))),
                "expected": " ".join(map(str, sorted(reading.numbers))),
            }
            self._report(problems.PARSES_OTHERWISE, reading, **given)
        for unit in units:
            if reading.unit and unit != reading.unit.partition(" per ")[0]:
                given = {"text": reading.phrases[0], "found": unit, "expected": reading.unit}
                self._report(problems.PARSES_OTHERWISE, reading, "unit", **given)


def _ends(field: str, found: str) -> tuple[str, ...]:
    """An aid opens or closes at an end of the period that is printed."""
    first, _, last = found.partition("/")
    return {"opens": (first,), "closes": (last,)}.get(field.partition(".")[0], ())
