"""What a fact rests on: documents, and citations that point into them."""

from collections.abc import Mapping
from urllib.parse import quote

from pydantic import Field, PrivateAttr

from .values import EdtfDate, EntityId, Line, Name, OfficialName, Record, Written

__all__ = ["Citation", "CitedDate", "Document", "Wording"]


class Document(Record, frozen=True):
    """
    A source, with what a reader needs to open it.

    `url` is the address of a page, with `{page}` where the page goes.
    """

    id: EntityId
    title: OfficialName
    publisher: OfficialName
    date: EdtfDate
    url: Line
    repository: Line | None = None
    commit: Line | None = None
    path: Line | None = None

    def page_url(self, page: str) -> str:
        """The address that opens one page."""
        return self.url.replace("{page}", quote(page))


class Citation(Record, frozen=True):
    """
    A place in a document.

    `page` is a path in a set of web pages, or a page number of a PDF; `section` a heading on it;
    `anchor` a phrase of at most 8 words that stands there (without one, the label itself does).
    """

    document: EntityId
    page: Line
    section: OfficialName | None = None
    anchor: Written | None = None
    _url: str | None = PrivateAttr(None)

    def model_post_init(self, context: Mapping[str, Document] | None, /) -> None:
        """Learn the page's address from the documents that the record was loaded with."""
        if context and (document := context.get(self.document)):
            # Private attributes may be set on a frozen model; pyright takes them for fields.
            setattr(self, "_url", document.page_url(self.page))  # noqa: B010

    @property
    def url(self) -> str | None:
        """
        The address that opens the page; None for a citation loaded without its policy.

        Examples:
            >>> import ppun_bfc
            >>> citation = ppun_bfc.load("2020.10.1").priorities["inclusion-citoyenne"].citations[0]
            >>> citation.url.rsplit("/", 1)[1]
            'conclusion.md'

        """
        return self._url

    def to_dict(self) -> dict[str, str]:
        """The citation as JSON, with the address of the page where it is known."""
        record: dict[str, str] = self.model_dump(mode="json", exclude_none=True)
        return {**record, "url": self._url} if self._url else record

    # Two citations are the same place however they were loaded: the address does not count.
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Citation) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash((self.document, self.page, self.section, self.anchor))


class Wording(Record, frozen=True):
    """Another official name of the same thing, cited."""

    label: Name
    citations: tuple[Citation, ...] = Field(min_length=1)


class CitedDate(Record, frozen=True):
    """A date with its place in the sources: `as_written` is how it is printed there."""

    date: EdtfDate
    as_written: Written
    citations: tuple[Citation, ...] = Field(min_length=1)
