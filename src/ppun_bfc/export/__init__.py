"""The one list of forms: what each is called, and what it is made from."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from inspect import signature
from pathlib import Path
from typing import Literal, TypeAlias, cast, overload

from ..changes import Diff
from ..errors import UnknownField, WrongType, nearest
from ..files import look_for_nothing, write_file, write_folder
from ..languages import Language, Phrase
from ..policy import PolicyVersion
from ..timeline import Timeline
from . import github, ics, json, markdown, rows, sarif
from .report import Report

__all__ = [
    "FORMS",
    "FileForm",
    "Files",
    "FolderForm",
    "Form",
    "Option",
    "Report",
    "Subject",
    "form",
    "forms",
    "make",
    "write",
]

#: What a form is made from; a form of the whole policy is one file, or a folder of files.
Subject: TypeAlias = Literal["policy", "files", "answer", "findings", "changes", "rows", "moments"]
#: A folder: names of files, which may have slashes, and their bytes.
Files: TypeAlias = Mapping[str, bytes]
#: The forms of a version that are one file, and those that are a folder.
FileForm: TypeAlias = Literal[
    "text", "json", "sql", "sqlite", "xlsx", "json-ld", "turtle", "dcat-ap", "cpsv-ap",
    "dispositif-aide", "sssom", "python", "ids", "mermaid", "svg", "html",
]  # fmt: skip
FolderForm: TypeAlias = Literal["csv", "parquet", "choices", "site"]
#: What some forms take beside the policy and a language, such as a base IRI.
Option: TypeAlias = str | bool

_A_PATH = Phrase("a path", "un chemin")


@dataclass(frozen=True)
class Form:
    """
    One form, and for each subject that it can tell how it is made.

    Attributes:
        name: what it is called on the command line.
        suffix: how the names of its files end.
        media_type: its media type (RFC 6838).
        is_text: whether a terminal can show it.
        policy: from a version, as one file; how to get the function.
        files: from a version, as a folder; how to get the function.
        answer: from a value that has the form of JSON.
        findings: from what a check found.
        changes: from the difference of two versions.
        rows: from a header and rows of texts.
        moments: from what is dated in a version.

    """

    name: str
    suffix: str
    media_type: str
    is_text: bool = True
    policy: "Callable[[], Callable[..., object]] | None" = None
    files: "Callable[[], Callable[..., object]] | None" = None
    answer: Callable[[object, Language], str] | None = None
    findings: Callable[[Report, Language], str] | None = None
    changes: Callable[[Diff, Language], str] | None = None
    rows: Callable[[Sequence[str], Sequence[Sequence[str]]], str] | None = None
    moments: Callable[[Timeline, PolicyVersion, Language], bytes] | None = None


def _late(module: str, name: str) -> "Callable[[], Callable[..., object]]":
    """How to get a function of a module of this package, which is imported then and not before."""

    def function() -> Callable[..., object]:
        from importlib import import_module

        found: Callable[..., object] = getattr(import_module(f"{__name__}.{module}"), name)
        return found

    return function


FORMS: tuple[Form, ...] = (
    Form("text", ".txt", "text/plain", policy=_late("text", "listing")),
    Form("json", ".json", "application/json", policy=_late("json", "snapshot"), answer=json.answer),
    Form("csv", ".csv", "text/csv", files=_late("datapackage", "folder"), rows=rows.as_csv),
    Form("markdown", ".md", "text/markdown", changes=markdown.notes, rows=rows.as_markdown),
    Form("ics", ".ics", "text/calendar", moments=ics.calendar),
    Form("sarif", ".sarif", "application/sarif+json", findings=sarif.log),
    Form("github", ".txt", "text/plain", findings=github.annotations),
    Form("parquet", ".parquet", "application/vnd.apache.parquet", files=_late("parquet", "folder")),
    Form("sql", ".sql", "application/sql", policy=_late("sql", "script")),
    Form(
        "sqlite",
        ".db",
        "application/vnd.sqlite3",
        is_text=False,
        policy=_late("sqlite", "database"),
    ),
    Form(
        "xlsx",
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        is_text=False,
        policy=_late("excel", "workbook"),
    ),
    Form("choices", ".csv", "text/csv", files=_late("choices", "folder")),
    Form("json-ld", ".jsonld", "application/ld+json", policy=_late("linked", "json_ld")),
    Form("turtle", ".ttl", "text/turtle", policy=_late("linked", "turtle")),
    Form("dcat-ap", ".ttl", "text/turtle", policy=_late("catalogue", "dcat_ap")),
    Form("cpsv-ap", ".ttl", "text/turtle", policy=_late("catalogue", "cpsv_ap")),
    Form("dispositif-aide", ".csv", "text/csv", policy=_late("dispositif_aide", "table")),
    Form("sssom", ".sssom.tsv", "text/tab-separated-values", policy=_late("sssom", "mappings")),
    Form("python", ".py", "text/x-python", policy=_late("python", "literals")),
    Form("ids", ".json", "application/openapi+json", policy=_late("ids", "schema")),
    Form("site", ".json", "application/json", files=_late("site", "folder")),
    Form("mermaid", ".mmd", "text/vnd.mermaid", policy=_late("mermaid", "flowchart")),
    Form("svg", ".svg", "image/svg+xml", policy=_late("svg", "picture")),
    Form("html", ".html", "text/html", policy=_late("explorer", "page")),
)


def forms(*subjects: Subject) -> tuple[str, ...]:
    """
    The names of the forms that can tell one of some subjects.

    >>> forms("findings")
    ('sarif', 'github')
    """
    return tuple(
        found.name
        for found in FORMS
        if any(getattr(found, subject) is not None for subject in subjects)
    )


def form(name: str) -> Form:
    """The form of a name that `forms` gives."""
    return next(found for found in FORMS if found.name == name)


@overload
def make(
    policy: PolicyVersion, name: FileForm, lang: Language = "fr", **options: Option
) -> bytes: ...
@overload
def make(
    policy: PolicyVersion, name: FolderForm, lang: Language = "fr", **options: Option
) -> Files: ...
@overload
def make(
    policy: PolicyVersion, name: str, lang: Language = "fr", **options: Option
) -> bytes | Files: ...
def make(
    policy: PolicyVersion, name: str, lang: Language = "fr", **options: Option
) -> bytes | Files:
    """
    A version in a form: the bytes of a file, or the files of a folder by their names.

    Args:
        policy: the version.
        name: of the form, such as "csv", "sqlite" or "json-ld".
        lang: the language of titles and of what the form says of itself.
        options: what this form takes beside, such as `base` (the base IRI of linked data), `prefix`
            and `foreign_keys` (SQL), `delimiter` and `bom` (choices).

    Raises:
        UnknownField: where there is no such form, or it takes no such option.
        MissingExtra: where the form needs a library that is not installed.

    Examples:
        >>> import ppun_bfc
        >>> from ppun_bfc import export
        >>> script = export.make(ppun_bfc.load("2020.10.1"), "sql", prefix="ref_")
        >>> script.decode().splitlines()[2]
        'CREATE TABLE IF NOT EXISTS "ref_version" ('

    """
    known = forms("policy", "files")
    if name not in known:
        raise UnknownField("form", str(name), nearest(str(name), known) or known)
    found = form(name)
    late = found.policy or found.files
    assert late is not None
    function = late()
    takes = tuple(signature(function).parameters)[2:]
    for option in options:
        if option not in takes:
            raise UnknownField(f"form {name}", option, takes)
    return cast("bytes | Files", function(policy, lang, **options))


def write(
    policy: PolicyVersion,
    name: str,
    path: str | Path,
    lang: Language = "fr",
    *,
    force: bool = False,
    **options: Option,
) -> None:
    """
    Write a version in a form, as a file or a folder, whole or not at all.

    Args:
        policy: the version.
        name: of the form.
        path: the file or folder.
        lang: as in `make`.
        force: whether what stands there is replaced.
        options: as in `make`.

    Raises:
        UnknownField: as in `make`.
        MissingExtra: as in `make`.
        UnreadableFile: where something stands there already, or it cannot be written.
        WrongType: where it is no path.

    """
    try:
        target = Path(path)
    except TypeError:
        raise WrongType.of(path, _A_PATH) from None
    if not force:  # before the work
        look_for_nothing(target)
    made = make(policy, name, lang, **options)
    if isinstance(made, bytes):
        write_file(target, made, replace=force)
    else:
        write_folder(target, made, replace=force)
