"""The one list of forms: what each is called, and what it is made from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from ..changes import Diff
from ..languages import Language
from ..policy import PolicyVersion
from ..timeline import Timeline
from . import github, ics, json, markdown, rows, sarif, text
from .report import Report

__all__ = ["FORMS", "Form", "Report", "Subject", "form", "forms"]

#: What a form is made from.
Subject: TypeAlias = Literal["policy", "answer", "findings", "changes", "rows", "moments"]


@dataclass(frozen=True)
class Form:
    """
    One form, and for each subject that it can tell how it is made.

    Attributes:
        name: what it is called on the command line.
        suffix: how the names of its files end.
        media_type: its media type (RFC 6838).
        policy: from a version.
        answer: from a value that has the form of JSON.
        findings: from what a check found.
        changes: from the difference of two versions.
        rows: from a header and rows of texts.
        moments: from what is dated in a version.

    """

    name: str
    suffix: str
    media_type: str
    policy: Callable[[PolicyVersion, Language], bytes] | None = None
    answer: Callable[[object, Language], str] | None = None
    findings: Callable[[Report, Language], str] | None = None
    changes: Callable[[Diff, Language], str] | None = None
    rows: Callable[[Sequence[str], Sequence[Sequence[str]]], str] | None = None
    moments: Callable[[Timeline, PolicyVersion, Language], bytes] | None = None


FORMS: tuple[Form, ...] = (
    Form("text", ".txt", "text/plain", policy=text.listing),
    Form("json", ".json", "application/json", policy=json.snapshot, answer=json.answer),
    Form("csv", ".csv", "text/csv", rows=rows.as_csv),
    Form("markdown", ".md", "text/markdown", changes=markdown.notes, rows=rows.as_markdown),
    Form("ics", ".ics", "text/calendar", moments=ics.calendar),
    Form("sarif", ".sarif", "application/sarif+json", findings=sarif.log),
    Form("github", ".txt", "text/plain", findings=github.annotations),
)


def forms(subject: Subject) -> tuple[str, ...]:
    """
    The names of the forms that can tell a subject.

    >>> forms("findings")
    ('sarif', 'github')
    """
    return tuple(found.name for found in FORMS if getattr(found, subject) is not None)


def form(name: str) -> Form:
    """The form of a name that `forms` gives."""
    return next(found for found in FORMS if found.name == name)
