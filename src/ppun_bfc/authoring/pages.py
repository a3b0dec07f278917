"""The pages of the source documents, as text in which a phrase can be found."""

import html
import re
import unicodedata
from functools import cached_property, lru_cache
from pathlib import Path

from ..errors import UnreadableFile
from ..files import read_file

__all__ = ["Page", "Sources"]

_LARGEST = 64 * 1024 * 1024
_PDF_PAGE = re.compile(r"^=== PDF page (\d+) ===$", re.MULTILINE)
#: Characters shown on each side of a number.
_AROUND = 40


class Sources:
    """
    The documents in a folder: one folder a document, named by the slug of its id.

    Its pages are files, or parts of one text file in which `=== PDF page N ===` starts each page.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self.page = lru_cache(maxsize=None)(self._page)
        self._pdf = lru_cache(maxsize=None)(self._read_pdf)

    def pages(self, document: str) -> tuple[str, ...]:
        """The pages of a document, in order."""
        folder = self._folder / document.partition(":")[2]
        files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.md"))
        return (*files, *self._pdf(folder))

    def _page(self, document: str, page: str) -> "Page | None":
        """One page; None where it is missing."""
        folder = self._folder / document.partition(":")[2]
        try:
            path = (folder / page).resolve()
            if path.is_relative_to(folder) and path.is_file():
                return Page(read_file(path, _LARGEST).decode("utf-8"))
            if (text := self._pdf(folder).get(page)) is not None:
                return Page(text, printed=True)
        except (OSError, ValueError, RuntimeError):  # RuntimeError: a circle of links
            pass
        return None

    def _read_pdf(self, folder: Path) -> dict[str, str]:
        pages: dict[str, str] = {}
        for path in sorted(folder.glob("*.txt")):
            try:
                parts = _PDF_PAGE.split(read_file(path, _LARGEST).decode("utf-8"))
            except UnicodeDecodeError:
                raise UnreadableFile(str(path), "not UTF-8") from None
            pages.update(zip(parts[1::2], parts[2::2], strict=True))
        return pages


class Page:
    """
    The text of one page.

    Attributes:
        raw: the page as it is stored.
        printed: whether it is a printed page, in whose text line breaks and hyphens inside words
            mean nothing.
        text: what a reader sees, in one line, with one sort of apostrophe and quotation mark.

    """

    def __init__(self, raw: str, *, printed: bool = False) -> None:
        self.raw = raw
        self.printed = printed
        self._exact = _spaces(raw if printed else plain(raw))
        self.text = _loose(self._exact)

    def has(self, phrase: str, *, exact: bool) -> bool:
        """
        Whether the phrase stands here as whole words and whole numbers.

        Its first letter may be a capital. With `exact`, apostrophes and quotation marks are as
        printed; without, any will do.
        """
        wanted, text = _spaces(phrase), self._exact
        if not exact:
            wanted, text = _loose(wanted), self.text
        if self.printed:
            wanted = re.sub(r"[\s\-]+", "", wanted)
        if not wanted:
            return False
        first, rest = wanted[0], wanted[1:]
        parts = [f"[{re.escape(first.lower())}{re.escape(first.upper())}]", *map(re.escape, rest)]
        pattern = (r"[\s\-]*" if self.printed else "").join(parts)
        # "5 %" does not stand in "0,5 %", nor "250" in "1 250"; "1.1" does in "22 1.1".
        before, after = r"(?<!\w)", r"(?!\w)"
        if first.isdigit():
            before += r"(?<!\d[.,])"
            before += r"(?<!\d )" * bool(re.match(r"\d{3}(?!\d)", wanted))
        if wanted[-1].isdigit():
            after += r"(?![.,]\d)(?! \d{3}(?!\d))"
        # A quotation mark is a boundary itself.
        before, after = before * (first != '"'), after * (wanted[-1] != '"')
        return re.search(f"{before}{pattern}{after}", text) is not None

    def spans(self, phrase: str) -> tuple[tuple[int, int], ...]:
        """Where in `text` the phrase stands, whatever its case and the marks between its letters."""
        wanted = _letters_of(phrase)
        letters, places = self._letters
        found: list[tuple[int, int]] = []
        start = letters.find(wanted) if wanted else -1
        while start >= 0:
            first, last = places[start], places[start + len(wanted) - 1] + 1
            before = self.text[first - 1] if first else " "
            after = self.text[last] if last < len(self.text) else " "
            if not (before.isalnum() or after.isalnum()):
                found.append((first, last))
            start = letters.find(wanted, start + 1)
        return tuple(found)

    def span_of(self, block: str, since: int = 0) -> tuple[int, int] | None:
        """Where in `text` a part of the raw page stands, not before `since`."""
        wanted = "".join(c for c in _loose(_spaces(plain(block))).lower() if c.isalnum())
        letters, places = self._letters
        begin = next((n for n, place in enumerate(places) if place >= since), len(places))
        start = letters.find(wanted, begin) if wanted else -1
        return (places[start], places[start + len(wanted) - 1] + 1) if start >= 0 else None

    @cached_property
    def _letters(self) -> tuple[str, tuple[int, ...]]:
        """The letters and digits of the text, and where each stands."""
        places = tuple(n for n, c in enumerate(self.text) if c.isalnum())
        return "".join(self.text[n].lower() for n in places), places

    def around(self, start: int, end: int) -> str:
        """A part of the text with some words around it."""
        before = self.text[max(0, start - _AROUND) : start].partition(" ")[2]
        after = self.text[end : end + _AROUND].rpartition(" ")[0]
        return f"{before}[{self.text[start:end]}]{after}"


@lru_cache(maxsize=65536)
def _letters_of(phrase: str) -> str:
    """The letters and digits of a phrase; each is looked for on many pages, and normalised once."""
    return "".join(c for c in _loose(_spaces(phrase)).lower() if c.isalnum())


def _spaces(text: str) -> str:
    text = unicodedata.normalize("NFC", text.replace("…", "...").replace("\u00ad", ""))
    return " ".join(text.split())


def _loose(text: str) -> str:
    text = re.sub("[’‘ʼ]", "'", text)
    text = re.sub(r"\s*[«»“”„]\s*", '"', text)
    return re.sub(r"\s+([%;:!?])", r"\1", text)


def plain(text: str) -> str:
    """A GitBook page without its markup; emphasis is deleted, so that words stay whole."""
    text = re.sub(r"\{%.*?%\}", " ", text, flags=re.DOTALL)
    for _ in range(2):  # some tables hold markup whose angle brackets are entities
        text = html.unescape(text)
        text = re.sub(r"</?(?:b|i|em|strong|a|u|code|span|mark)\b[^<>]*>", "", text)
        text = re.sub(r"<[^<>]*>", " ", text)
    text = re.sub(r"!?\[([^\[\]]*)\]\([^()]*\)", r"\1", text)
    text = re.sub(r"\\([^\w\s])", r"\1", text)
    text = re.sub(r"^\s*(?:#+|>|\*(?=\s)|\d{1,2}\.(?=\s))\s*", " ", text, flags=re.MULTILINE)
    # A keycap (U+20E3) numbers an item of a list.
    return re.sub(r"\d\u20e3|\|", " ", re.sub(r"[*_]+", "", text))
