"""What a fact rests on: documents, and citations that point into them."""

from collections.abc import Mapping
from typing import Annotated, cast
from urllib.parse import quote

from pydantic import Field, ValidationInfo, model_validator

from .. import problems
from ..cards import Reference
from ..languages import Language, day_words
from .dates import EdtfDate
from .values import (
    DocumentId,
    Line,
    Name,
    Namer,
    OfficialName,
    OwnId,
    Record,
    Role,
    Several,
    Written,
    refuse,
)

__all__ = ["Citation", "Citations", "CitedDate", "Document", "Wording"]


class Document(Record, frozen=True):
    """
    A source, with what a reader needs to open it.

    `url` is the address of a page, with `{page}` where the page goes.
    """

    id: OwnId
    title: OfficialName
    publisher: OfficialName
    date: EdtfDate
    url: Line
    repository: Line | None = None
    commit: Line | None = None
    path: Line | None = None

    @property
    def is_paged(self) -> bool:
        """Whether its pages have numbers, as those of a brochure do."""
        return "#page=" in self.url

    def place(self, citation: "Citation") -> Reference:
        """
        Where a citation leads, as a person finds it, and the address that opens it.

        Examples:
            >>> import ppun_bfc
            >>> policy = ppun_bfc.load("2020.10.1")
            >>> cited = policy.priorities["inclusion-citoyenne"].citations[0]
            >>> policy.documents[cited.document].place(cited).text.rpartition(", ")[2]
            'feuille-de-route/ppun/conclusion'

        """
        page = f"p. {citation.page}" if self.is_paged else citation.page.removesuffix(".md")
        anchor = f"«\u00a0{citation.anchor}\u00a0», " if citation.anchor else ""
        url = citation.url or self.page_url(citation.page, citation.anchor)
        return Reference(f"{anchor}{self.title}, {page.removesuffix('/README')}", url)

    def page_url(self, page: str, anchor: str | None = None) -> str:
        """
        The address that opens one page, and in a web page leads to the very words.

        Examples:
            >>> import ppun_bfc
            >>> web = ppun_bfc.load("2020.10.1").documents["document:web-2021-06"]
            >>> web.page_url("faq.md", "l’objectif n°12 - suite").rsplit("/", 1)[1]
            'faq.md#:~:text=l%E2%80%99objectif%20n%C2%B012%20%2D%20suite'

        """
        address = self.url.replace("{page}", quote(page))
        if anchor is None or "#" in address:  # of a PDF, the fragment is the page
            return address
        # A text directive keeps "-", "," and "&" for itself (WICG, Scroll to Text Fragment).
        return f"{address}#:~:text={quote(anchor, safe='').replace('-', '%2D')}"


class Citation(Record, frozen=True):
    """
    A place in a document.

    Attributes:
        document: the source.
        page: a path in a set of web pages, or a page number of a PDF.
        section: a heading on it.
        anchor: a phrase of at most 8 words that stands there (without one, the label itself does).
        url: the address that opens the place; None for a citation loaded without its policy. It is
            in every answer, and in no file: where a citation is read with its policy, it is made.

    Examples:
        >>> import ppun_bfc
        >>> citation = ppun_bfc.load("2020.10.1").priorities["inclusion-citoyenne"].citations[0]
        >>> citation.url.rsplit("/", 1)[1].partition("#")[0]
        'conclusion.md'

    """

    document: DocumentId
    page: Line
    section: OfficialName | None = None
    anchor: Written | None = None
    url: Annotated[Line | None, Role("answer")] = None

    @model_validator(mode="before")
    @classmethod
    def _address(cls, value: object, info: ValidationInfo) -> object:
        """With documents as context, the address is made from them; else it is taken as it is."""
        documents: Mapping[str, Document] | None = info.context
        if documents is None or not isinstance(value, dict):
            return value
        given = cast("dict[str, object]", value)
        if "url" in given:
            raise refuse(
                problems.UNEXPECTED_FIELD, name="url", names="document, page, section, anchor"
            )
        document = documents.get(str(given.get("document")))
        if document is None:
            return given
        anchor = given.get("anchor")
        url = document.page_url(str(given.get("page")), str(anchor) if anchor else None)
        return {**given, "url": url}

    # Two citations are the same place however they were loaded: the address does not count.
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Citation) and self._place == other._place

    def __hash__(self) -> int:
        return hash(self._place)

    @property
    def _place(self) -> tuple[str | None, ...]:
        return (self.document, self.page, self.section, self.anchor)


#: Where something stands in the sources, at least one place.
Citations = Annotated[Several[Citation], Field(min_length=1)]


class Wording(Record, frozen=True):
    """Another official name of the same thing, cited."""

    label: Name
    citations: Citations

    def words(self, lang: Language = "fr", name: Namer = str) -> str:  # noqa: ARG002
        """The wording as a person reads it."""
        return self.label.text(lang)


class CitedDate(Record, frozen=True):
    """A date with its place in the sources: `as_written` is how it is printed there."""

    date: EdtfDate
    as_written: Written
    citations: Citations

    def words(self, lang: Language = "fr", name: Namer = str) -> str:  # noqa: ARG002
        """The date as a person reads it."""
        return day_words(self.date.text, lang)
