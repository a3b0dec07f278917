"""The shape of records: what pydantic says of a wrong one, as findings of ours."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from . import problems
from .canonical import Json, dump_line
from .errors import nearest
from .languages import Phrase
from .models import ENTITY_TYPES, Record
from .models.walk import Path, fields_of
from .problems import PROBLEMS, Problem

__all__ = ["Report", "read_record"]

#: Adds a finding about a part of what is read.
Report: TypeAlias = Callable[..., None]
_Model = TypeVar("_Model", bound=Record)

#: So much of a wrong value is shown.
_SHOWN = 60
_A_LIST = Phrase("a list", "une liste")
_A_MAPPING = Phrase("a mapping", "une table de clés et de valeurs")
_A_TEXT = Phrase("text", "un texte")
_EXPECTED: Mapping[str, Phrase] = {
    "string_type": _A_TEXT,
    "string_unicode": _A_TEXT,
    "tuple_type": _A_LIST,
    "list_type": _A_LIST,
    "bool_type": Phrase("true or false", "true ou false"),
    "int_type": Phrase("a whole number", "un nombre entier"),
    "dict_type": _A_MAPPING,
    "model_type": _A_MAPPING,
    "model_attributes_type": _A_MAPPING,
    "too_long": Phrase("a pair of texts", "une paire de textes"),
}
#: What a file may say: with no document known, no address is made, and none is taken.
_IN_A_FILE: Mapping[str, object] = {}


def read_record(
    adapter: TypeAdapter[_Model], model: type[Record], raw: Json, path: Path, report: Report
) -> Iterator[_Model]:
    """The record, where it has the shape of its model; else everything that is wrong with it."""
    try:
        yield adapter.validate_python(raw, context=_IN_A_FILE)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            _report(path, detail, raw, model, report)


def _report(
    path: Path, detail: ErrorDetails, raw: Json, model: type[Record], report: Report
) -> None:
    kind, context = detail["type"], detail.get("ctx", {})
    # A discriminated union puts the kind in front of the field; it is not in the data.
    loc = detail["loc"]
    if loc and loc[0] in ENTITY_TYPES and not (isinstance(raw, Mapping) and loc[0] in raw):
        loc = loc[1:]
    where = (*path, *loc)
    value = _short(detail["input"])
    if ours := _OURS.get(kind):
        given = {k: v for k, v in context.items() if k != "message" and isinstance(v, str | int)}
        report(where, ours, **given)
    elif kind == "missing":
        report(where[:-1], problems.MISSING_FIELD, name=str(where[-1]))
    elif kind == "extra_forbidden":
        known = _fields_at(model, raw, loc[:-1])
        names = ", ".join(nearest(str(loc[-1]), known) or known)
        report(where, problems.UNEXPECTED_FIELD, name=str(loc[-1]), names=names)
    elif kind in ("union_tag_invalid", "union_tag_not_found"):
        tag = str(context.get("tag", ""))
        kinds = nearest(tag, ENTITY_TYPES) or tuple(ENTITY_TYPES)
        report((*where, "id"), problems.NOT_ONE_OF, value=tag, names=", ".join(kinds))
    elif kind == "literal_error":
        names = str(context["expected"]).replace("'", "").replace(" or ", ", ")
        report(where, problems.NOT_ONE_OF, value=value, names=names)
    elif kind in _EXPECTED:
        report(where, problems.WRONG_TYPE, expected=_EXPECTED[kind])
    elif kind in ("string_too_short", "too_short"):
        if not detail["input"]:  # a list is also "too short" where its records are broken
            report(where, problems.EMPTY)
    else:
        report(where, problems.BAD_VALUE, value=value, problem=detail["msg"])


#: Our own validators raise the codes of problems.
_OURS: Mapping[str, Problem] = {str(code): problem for code, problem in PROBLEMS.items()}


def _short(value: object) -> str:
    text = value if isinstance(value, str) else dump_line(value) if value is not None else "null"
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 3]}..."


def _fields_at(model: type[Record], raw: Json, loc: tuple[int | str, ...]) -> tuple[str, ...]:
    """The names of the fields that the model has where `loc` leads."""
    kind = str(raw.get("kind", "")) if isinstance(raw, Mapping) else ""
    found: type[Record] = ENTITY_TYPES.get(kind, model)
    for name in loc:
        inner = next((f.type for f in fields_of(found) if f.name == name), found)
        found = inner if issubclass(inner, Record) else found
    return tuple(field.name for field in fields_of(found) if "answer" not in field.roles)
