"""
What of the sources is in the data: every heading, table row, list item, number and date of a page.

An item is *cited* where a record that cites the page has words that stand in it; what is left out
on purpose stands in reviewed files, each with its reason; anything else is *unexplained*. The
brochure repeats the pages, so a phrase of four words or more counts wherever it stands.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from pydantic import Field, TypeAdapter, ValidationError

from .. import problems
from ..errors import Finding, InvalidData, Place, UnreadableFile
from ..files import need_folder
from ..models import Record
from ..models.values import DocumentId, Line, Several
from ..models.walk import Said, said
from ..policy import PolicyVersion
from ..several import Progress, watched
from .french import MONTHS, NUMBER_WORDS
from .pages import Page, Sources
from .reader import read_file_of_yaml

__all__ = ["Inventory", "Item", "LeftOut", "inventory"]

Sort: TypeAlias = Literal["heading", "row", "item", "number", "date"]
State: TypeAlias = Literal["cited", "left-out", "unexplained"]

#: So much of a heading, row or item is shown.
_SHOWN = 100
#: A phrase of so many words is itself wherever it stands.
_TELLING = 4
_YEAR = r"(?:19|20)\d{2}"
_MONTH = "|".join(MONTHS)
_DATE = re.compile(
    rf"\b(?:\d{{1,2}}(?:er)? )?(?:{_MONTH}) {_YEAR}(?!\d)|\b\d{{1,2}}(?:er)? (?:{_MONTH})\b"
    rf"|(?<!\d)(?<!\d[.,]){_YEAR}(?!\d|[.,]\d)",
    re.IGNORECASE,
)
# "5G" and "COVID-19" are names.
_NUMBER = re.compile(
    r"(?<!\w)(?<![A-Za-z]-)(?:\d{1,3}(?:[ .]\d{3})+(?:,\d+)?|\d+(?:[.,/]\d+)*)(?!G\b)|\b(?:"
    + "|".join(sorted(NUMBER_WORDS))
    + r")\b",
    re.IGNORECASE,
)
#: "n°1" numbers a thing and counts nothing.
_ORDINAL = re.compile(r"(?:n°|no|№)\s*$", re.IGNORECASE)
_BLOCKS: Mapping[Sort, re.Pattern[str]] = {
    "heading": re.compile(r"^#+\s+(.+)$|^description:\s*(?:>-\s*)?((?:.|\n {2})+)", re.MULTILINE),
    "row": re.compile(r"<tr>(.*?)</tr>", re.DOTALL),
    "item": re.compile(r"^\s*(?:\*|\d{1,2}\.)\s+([^\n]+)$|<li>((?:.|\n)*?)</li>", re.MULTILINE),
}


@dataclass(frozen=True)
class Item:
    """
    One thing that a page says.

    Attributes:
        document: the source.
        page: the page of it.
        sort: what it is.
        text: how it begins, with some words around a number or date.
        state: whether a record cites it, a reviewer left it out, or neither.
        by: the records that cite it.
        reason: why it is left out.

    """

    document: str
    page: str
    sort: Sort
    text: str
    state: State
    by: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class Inventory:
    """Every item of the sources, in the order of the pages; and what is wrong with the reviews."""

    items: tuple[Item, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def unexplained(self) -> tuple[Item, ...]:
        """What no record cites and no reviewer left out."""
        return tuple(item for item in self.items if item.state == "unexplained")


def inventory(
    policy: PolicyVersion,
    sources: str | Path,
    reviewed: str | Path | None = None,
    *,
    progress: Progress | None = None,
) -> Inventory:
    """
    Go through the sources, and say of everything in them whether the data has it.

    Args:
        policy: any version, also a draft.
        sources: the folder of the source documents, as for `verify`.
        reviewed: a YAML file that lists what is left out on purpose, with reasons.
        progress: is told how many of how many pages of a document are done.

    Raises:
        UnreadableFile: where there is no such folder or file, or where the folder has no page of a
            document, or one that cannot be read: what is not looked at is not told.
        InvalidData: where the reviewed file is not such a list.

    """
    folder = Path(sources)
    need_folder(folder)
    found = Sources(folder)
    left_out = _Reviewed.read(Path(reviewed)) if reviewed is not None else _Reviewed({})
    phrases = _phrases(policy)
    items: list[Item] = []
    for document in policy.documents:
        pages = found.pages(document)
        if not pages:
            raise UnreadableFile(str(folder), f"no page of {document} in it")
        for page in watched(pages, progress, len(pages)):
            items += _page_items(document, page, found, phrases, left_out)
    return Inventory(tuple(items), left_out.findings)


@dataclass(frozen=True)
class _Phrase:
    """Words of a record, the pages that it cites for them, and whether they say a quantity."""

    record: str
    words: str
    pages: frozenset[tuple[str, str]]
    exact: bool  # a quantity, date or name, not only a place
    within: str = ""  # elsewhere, the words count only inside these


class LeftOut(Record, frozen=True):
    """Phrases of one page, or of every page (`*`) of a document, that no record needs to cite."""

    document: DocumentId
    page: Line
    why: Line
    texts: Several[Line] = Field(min_length=1)


class _Reviewed:
    """What reviewers left out, by page: a phrase and the reason."""

    def __init__(self, by_page: Mapping[tuple[str, str], tuple[tuple[str, str], ...]]) -> None:
        self._by_page = by_page
        self._stale = {(*place, text) for place, texts in by_page.items() for text, _ in texts}

    @classmethod
    def read(cls, path: Path) -> "_Reviewed":
        found: dict[tuple[str, str], list[tuple[str, str]]] = {}
        rows = read_file_of_yaml(path).get("left_out")
        try:
            read = TypeAdapter(Several[LeftOut]).validate_python(rows)
        except ValidationError as error:
            findings: list[Finding] = []
            for detail in error.errors(include_url=False):
                place = Place(file=str(path), field=".".join(map(str, detail["loc"])))
                given = {"value": str(detail["input"])[:60], "problem": detail["msg"]}
                findings.append(Finding.of(problems.BAD_VALUE, place, **given))
            raise InvalidData(str(path), tuple(findings)) from None
        for row in read:
            texts = [(text, row.why) for text in row.texts]
            found.setdefault((row.document, row.page), []).extend(texts)
        return cls({place: tuple(texts) for place, texts in found.items()})

    def on(self, document: str, page: str, text: Page) -> Iterator[tuple[int, int, str]]:
        """Where phrases that were left out stand on a page, each with the reason."""
        for name in (page, "*"):
            for words, why in self._by_page.get((document, name), ()):
                for span in text.spans(words):
                    self._stale.discard((document, name, words))
                    yield (*span, why)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Phrases that stand on no page: the list has grown stale."""
        return tuple(
            Finding.of(problems.NOT_ON_PAGE, Place(record=document), text=text, page=page)
            for document, page, text in sorted(self._stale)
        )


def _phrases(policy: PolicyVersion) -> tuple[_Phrase, ...]:
    found: dict[_Phrase, None] = {}
    for entity in policy.entities(deprecated=True):
        for part in said(entity):
            found |= dict.fromkeys(_of(entity.id, part))
    for link in policy.links:
        for part in said(link):
            found |= dict.fromkeys(_of(" ".join(link.key), part))
    return tuple(found)


def _of(record: str, part: Said) -> Iterator[_Phrase]:
    """Every text of a record that stands in a page."""
    pages = frozenset((c.document, c.page) for c in part.citations)
    for citation in part.citations:
        page = frozenset([(citation.document, citation.page)])
        for words in filter(None, (citation.anchor, citation.section)):
            yield _Phrase(record, words, page, exact=False)
    for words in (*(text for _, text in part.names), *part.others):
        if len(words) > 1:  # "5.13" is telling, "3" is not
            yield _Phrase(record, words, pages, exact=True)
    for _, words in part.written:
        yield _Phrase(record, words, pages, exact=True)
        for anchor in filter(None, (citation.anchor for citation in part.citations)):
            yield _Phrase(record, words, frozenset(), exact=True, within=anchor)


def _page_items(
    document: str,
    page: str,
    sources: Sources,
    phrases: Iterable[_Phrase],
    left_out: _Reviewed,
) -> Iterator[Item]:
    text = sources.page(document, page)
    if text is None:
        raise UnreadableFile(page, f"a page of {document} that is no text, or leads outside")
    cited: list[tuple[int, int, _Phrase]] = []
    for phrase in phrases:
        here = (document, page) in phrase.pages
        if not here and len((phrase.within or phrase.words).split()) < _TELLING:
            continue
        if phrase.within:
            for start, end in text.spans(phrase.within):
                inside = [s for s in text.spans(phrase.words) if start <= s[0] and s[1] <= end]
                cited += [(*span, phrase) for span in inside]
        else:
            cited += [(*span, phrase) for span in text.spans(phrase.words)]
    reviewed = list(left_out.on(document, page, text))
    for sort, start, end in _items(text):
        quantity = sort in ("number", "date")
        by = dict.fromkeys(
            phrase.record
            for first, last, phrase in cited
            if first < end
            and last > start
            and (not quantity or (phrase.exact and first <= start and last >= end))
        )
        shown = text.around(start, end) if quantity else text.text[start:end][:_SHOWN]
        if by:
            yield Item(document, page, sort, shown, "cited", by=tuple(by))
            continue
        reason = next((why for first, last, why in reviewed if first < end and last > start), "")
        state: State = "left-out" if reason else "unexplained"
        yield Item(document, page, sort, shown, state, reason=reason)


def _items(page: Page) -> Iterator[tuple[Sort, int, int]]:
    """Where the items of a page are; only numbers and dates in print, which has no marks."""
    if not page.printed:
        for sort, pattern in _BLOCKS.items():
            since = 0
            for match in pattern.finditer(page.raw):
                span = page.span_of(next(filter(None, match.groups()), ""), since)
                if span is not None:
                    since = span[0]
                    yield sort, *span
    dates = [match.span() for match in _DATE.finditer(page.text)]
    for start, end in dates:
        yield "date", start, end
    for match in _NUMBER.finditer(page.text):
        start, end = match.span()
        inside = any(first < end and last > start for first, last in dates)
        if not inside and not _ORDINAL.search(page.text[max(0, start - 4) : start]):
            yield "number", start, end
