"""Check every name, figure, date and anchor against the page that it cites."""

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ..errors import Finding, Place
from ..files import need_folder, read_file
from ..models import Citation, CitedDate, Entity, Event, Figure, Record, Wording
from ..policy import PolicyVersion
from .french import parse_date, parse_quantity

__all__ = ["Sources", "Verification", "verify"]

_LARGEST = 64 * 1024 * 1024
#: Kinds that we name, so that their label need not stand in a source.
_NAMED_BY_US = frozenset({"figure", "event", "discrepancy"})
_PDF_PAGE = re.compile(r"^=== PDF page (\d+) ===$", re.MULTILINE)


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


class Sources:
    """The pages of the source documents, as text in which a phrase can be found."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self.page = lru_cache(maxsize=None)(self._page)
        self._pdf = lru_cache(maxsize=None)(self._read_pdf)

    def _page(self, document: str, page: str) -> "Page | None":
        """One page; None where it is missing."""
        folder = self._folder / document.partition(":")[2]
        try:
            path = (folder / page).resolve()
            if path.is_relative_to(folder) and path.is_file():
                return Page(_plain(read_file(path, _LARGEST).decode("utf-8")), squeezed=False)
            if (text := self._pdf(folder).get(page)) is not None:
                return Page(text, squeezed=True)
        except (OSError, ValueError, RuntimeError):  # RuntimeError: a circle of links
            pass
        return None

    def _read_pdf(self, folder: Path) -> dict[str, str]:
        pages: dict[str, str] = {}
        for path in sorted(folder.glob("*.txt")):
            parts = _PDF_PAGE.split(read_file(path, _LARGEST).decode("utf-8"))
            pages.update(zip(parts[1::2], parts[2::2], strict=True))
        return pages


class Page:
    """The text of one page. In a PDF's text, line breaks and hyphens inside words mean nothing."""

    def __init__(self, text: str, *, squeezed: bool) -> None:
        self._squeezed = squeezed
        self._exact = _spaces(text)
        self._loose = _loose(self._exact)

    def has(self, phrase: str, *, exact: bool) -> bool:
        """
        Whether the phrase stands here as whole words and whole numbers.

        Its first letter may be a capital. With `exact`, apostrophes and quotation marks are as
        printed; without, any will do.
        """
        wanted, text = _spaces(phrase), self._exact
        if not exact:
            wanted, text = _loose(wanted), self._loose
        if self._squeezed:
            wanted = re.sub(r"[\s\-]+", "", wanted)
        if not wanted:
            return False
        first, rest = wanted[0], wanted[1:]
        parts = [f"[{re.escape(first.lower())}{re.escape(first.upper())}]", *map(re.escape, rest)]
        pattern = (r"[\s\-]*" if self._squeezed else "").join(parts)
        # "5 %" does not stand in "0,5 %", nor "250" in "1 250".
        before = r"(?<!\w)(?<!\d[ .,])" if first.isdigit() else r"(?<!\w)"
        after = r"(?!\w)(?![ .,]\d)" if wanted[-1].isdigit() else r"(?!\w)"
        return re.search(f"{before}{pattern}{after}", text) is not None


def _spaces(text: str) -> str:
    text = unicodedata.normalize("NFC", text.replace("…", "...").replace("\u00ad", ""))
    return " ".join(text.split())


def _loose(text: str) -> str:
    text = re.sub("[’‘ʼ]", "'", text)
    text = re.sub(r"\s*[«»“”„]\s*", '"', text)
    return re.sub(r"\s+([%;:!?])", r"\1", text)


def _plain(text: str) -> str:
    """A GitBook page without its markup; emphasis is deleted, so that words stay whole."""
    text = re.sub(r"\{%.*?%\}", " ", text, flags=re.DOTALL)
    for _ in range(2):  # some tables hold markup whose angle brackets are entities
        text = html.unescape(text)
        text = re.sub(r"</?(?:b|i|em|strong|a|u|code|span|mark)\b[^<>]*>", "", text)
        text = re.sub(r"<[^<>]*>", " ", text)
    text = re.sub(r"!?\[([^\[\]]*)\]\([^()]*\)", r"\1", text)
    text = re.sub(r"\\([^\w\s])", r"\1", text)
    text = re.sub(r"^\s*(?:#+|>|\*(?=\s)|\d+\.(?=\s))\s*", " ", text, flags=re.MULTILINE)
    return re.sub(r"[|\u20e3]", " ", re.sub(r"[*_]+", "", text))


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
        ours = entity.kind in _NAMED_BY_US
        label = "" if ours else entity.label.fr
        self._name(entity.id, "label", label, entity.citations)
        if entity.acronym:
            self._stands(entity.id, "acronym", entity.acronym, entity.citations)
        for where, value in _parts(entity, ""):
            if isinstance(value, Wording):
                self._name(entity.id, where, value.label.fr, value.citations)
            elif isinstance(value, CitedDate):
                self._date(entity.id, where, value.as_written, str(value.date), value.citations)
        if isinstance(entity, Event) and entity.as_written is not None:
            self._date(entity.id, "date", entity.as_written, str(entity.date), entity.citations)
        if isinstance(entity, Figure):
            self._figure(entity)

    def _name(self, id: str, field: str, label: str, citations: tuple[Citation, ...]) -> None:
        """A label stands on a page that it cites, and on each one that gives no anchor."""
        if label:
            self._stands(id, field, label, citations, sort="label")
        for citation in citations:
            self._anchor(citation, id, label)

    def _stands(
        self,
        id: str,
        field: str,
        text: str,
        citations: tuple[Citation, ...],
        sort: str = "",
    ) -> bool:
        """Whether an official text stands, exactly, on one of the pages cited."""
        self._checked[sort or field] += 1
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
        elif str(found) != value:
            self._report(
                "parses-otherwise", id, field, text=written, found=str(found), expected=value
            )

    def _figure(self, figure: Figure) -> None:
        self._stands(figure.id, "as_written", figure.as_written, figure.citations, sort="figure")
        given = tuple(n for n in (figure.value, figure.minimum, figure.maximum) if n is not None)
        found = parse_quantity(figure.as_written)
        if found is None:
            self._report(
                "not-parsed", figure.id, "as_written", text=figure.as_written, what="quantity"
            )
        elif found.numbers != given or found.unit not in (None, figure.unit):
            says = (*map(str, found.numbers), found.unit or "")
            self._report(
                "parses-otherwise",
                figure.id,
                "as_written",
                text=figure.as_written,
                found=" ".join(says),
                expected=" ".join((*map(str, given), figure.unit)),
            )


def _parts(value: object, path: str) -> Iterator[tuple[str, object]]:
    """Every record inside a record, with the way to it."""
    if isinstance(value, Record):
        if path:
            yield path.lstrip("."), value
        for name in type(value).model_fields:
            yield from _parts(getattr(value, name), f"{path}.{name}")
    elif isinstance(value, tuple):
        for position, item in enumerate(value):
            yield from _parts(item, f"{path}.{position}")
