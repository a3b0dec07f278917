"""
The small values that records are made of: texts, ids, numbers.

A type also says what its values are to the rest of the library: an id that must exist, a name or a
phrase that stands in a source. What resolves references and checks claims finds them by that role.
"""

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias, TypeVar, cast

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, Strict, StringConstraints
from pydantic_core import PydanticCustomError

from .. import problems
from ..cards import one_line
from ..languages import VALUES, Language, day_words, decimal_words
from ..problems import Problem

if TYPE_CHECKING:
    from ..canonical import Json

__all__ = [
    "DECIMAL",
    "ID",
    "Among",
    "Code",
    "DocumentId",
    "EntityId",
    "Flag",
    "Line",
    "Name",
    "Namer",
    "Notation",
    "Number",
    "OfficialName",
    "OwnId",
    "Record",
    "Role",
    "Several",
    "Text",
    "Translation",
    "Url",
    "Written",
    "refuse",
    "well_formed_id",
    "words_of",
]

#: The form of an id, and of a decimal number.
ID = re.compile(r"[a-z]+:[a-z0-9]+(?:-[a-z0-9]+)*")
_SLUG_LENGTH = 60
DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,9})?")
_NAME_WORDS = 45
_WRITTEN_WORDS = 8
#: So much of a wrong value is shown.
_SHOWN = 60

_T = TypeVar("_T")


#: How a thing with some id is called.
Namer: TypeAlias = Callable[[str], str]


class Record(BaseModel, frozen=True, strict=True, extra="forbid", defer_build=True):
    """Base of every model here: immutable, hashable, strict, and closed to unknown fields."""

    # Subclasses say `frozen` again, so that type checkers let a kind narrow the type of a field.

    def to_dict(self) -> dict[str, "Json"]:
        """The record as JSON, without what is not said; every citation has its address."""
        record: dict[str, Json] = self.model_dump(mode="json", exclude_defaults=True)
        return record

    def words(self, lang: Language = "fr", name: Namer = str) -> str:
        """
        The record as a person reads it, in one line.

        `name` tells how a thing with some id is called; without it, things are told by their ids.
        """
        told = (words_of(value, lang, name) for field, value in self if field != "citations")
        return ", ".join(filter(None, told))

    def __repr__(self) -> str:
        said = ", ".join(
            f"{field}={value!r}"
            for field, value in self
            if field != "citations" and value not in (None, ())
        )
        return one_line(f"<{type(self).__name__} {said}>")

    def __str__(self) -> str:
        return self.words()


@dataclass(frozen=True)
class Role:
    """
    What the values of a type are to the rest of the library.

    `entity` and `document`: an id that must exist. `name`: official, stands exactly in a source;
    `written`: a phrase of a source; `notation`: an official number; `url`: an address in a source.
    `answer`: in answers only, never in a file.
    """

    name: Literal["entity", "document", "name", "written", "notation", "url", "answer"]


@dataclass(frozen=True)
class Among:
    """The kinds that a reference may name."""

    kinds: tuple[str, ...]


def words_of(value: object, lang: Language, name: Namer = str) -> str:
    """The value of a field as a person reads it; an id by the name of what it is."""
    if value is None or value == ():
        return ""
    if isinstance(value, Record):
        return value.words(lang, name)
    if isinstance(value, Decimal):
        return decimal_words(value, lang)
    if isinstance(value, tuple):
        parts = cast("tuple[object, ...]", value)
        return ", ".join(words_of(part, lang, name) for part in parts)
    text = str(value)
    if not isinstance(value, str | bool):  # a date
        return day_words(text, lang)
    if ID.fullmatch(text):
        return name(text)
    return VALUES[text].text(lang) if text in VALUES else text


def refuse(problem: Problem, **given: str | int) -> PydanticCustomError:
    """What a validator raises: a problem of ours, with the fields of its sentences."""
    short = {
        name: f"{value[: _SHOWN - 3]}..."
        if isinstance(value, str) and len(value) > _SHOWN
        else value
        for name, value in given.items()
    }
    message = f"{problem.what.text('en', **short)}; {problem.cure.text('en', **short)}"
    # Braces are pydantic's own marks for fields.
    return PydanticCustomError(problem.code, "{message}", {"message": message, **short})


def well_formed_id(value: str) -> str:
    """The id, unless it is not `kind:slug`."""
    if not ID.fullmatch(value) or len(value.partition(":")[2]) > _SLUG_LENGTH:
        raise refuse(problems.BAD_ID, value=value)
    # One object for each id: links repeat them, and tables find the same object at once.
    return sys.intern(value)


def _at_most(limit: int, value: str) -> str:
    # "50 %" is one word: a mark that stands alone is none.
    if (count := sum(any(map(str.isalnum, word)) for word in value.split())) > limit:
        raise refuse(problems.TOO_MANY_WORDS, count=count, limit=limit)
    return value


def _parse_decimal(value: object) -> Decimal:
    if isinstance(value, Decimal):
        value = str(value)
    if not isinstance(value, str) or not DECIMAL.fullmatch(value):
        raise refuse(problems.BAD_DECIMAL, value=str(value))
    return Decimal(value)


def _parse_flag(value: object) -> object:
    # Authoring YAML has text only; JSON has true and false.
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


#: Several values; a list, as JSON has it, is taken for a tuple in Python too.
Several: TypeAlias = Annotated[tuple[_T, ...], Strict(False)]
#: One line or paragraph of text, not empty, without space around it.
Line: TypeAlias = Annotated[str, StringConstraints(min_length=1, pattern=r"^\S(?:[\s\S]*\S)?$")]
#: A name of at most 45 words that we give: a translation, or one that is not looked for.
Translation: TypeAlias = Annotated[Line, AfterValidator(lambda v: _at_most(_NAME_WORDS, v))]
#: An official name: at most 45 words, and exact.
OfficialName: TypeAlias = Annotated[Translation, Role("name")]
#: A phrase of a source, at most 8 words: how it prints a quantity or a date, or an anchor.
Written: TypeAlias = Annotated[
    Line, AfterValidator(lambda v: _at_most(_WRITTEN_WORDS, v)), Role("written")
]
#: An official numbering, such as "5.13".
Notation: TypeAlias = Annotated[Line, Role("notation")]
#: An address that a source gives.
Url: TypeAlias = Annotated[Line, Field(pattern=r"^https://"), Role("url")]
#: The id of the record itself.
OwnId: TypeAlias = Annotated[str, AfterValidator(well_formed_id)]
#: The id of an entity that must exist.
EntityId: TypeAlias = Annotated[OwnId, Role("entity")]
#: The id of a document that must exist.
DocumentId: TypeAlias = Annotated[OwnId, Role("document")]
#: An exact decimal number; text in JSON, so that no reader rounds it.
Number: TypeAlias = Annotated[Decimal, BeforeValidator(_parse_decimal)]
#: True or false.
Flag: TypeAlias = Annotated[bool, BeforeValidator(_parse_flag)]
#: An outside identifier: (register, value), such as ("siren", "200053726").
Code: TypeAlias = Annotated[tuple[Line, Line], Strict(False)]


class Text(Record, frozen=True):
    """
    A text in French and English, in our own words.

    Examples:
        >>> from ppun_bfc.models import Text
        >>> Text(fr="énoncé", en="stated").text("en")
        'stated'

    """

    fr: Line
    en: Line

    def text(self, lang: Language = "fr") -> str:
        """The text in one language."""
        return self.en if lang == "en" else self.fr

    def words(self, lang: Language = "fr", name: Namer = str) -> str:  # noqa: ARG002
        """The text as a person reads it."""
        return self.text(lang)


class Name(Record, frozen=True):
    """
    A name: official and exact in French, with our courtesy translation where there is one.

    Examples:
        >>> from ppun_bfc.models import Name
        >>> Name(fr="SRADDET").text("en")
        'SRADDET'

    """

    fr: OfficialName
    en: Translation | None = None

    def text(self, lang: Language = "fr") -> str:
        """The name in one language; French where there is no other."""
        return (self.en or self.fr) if lang == "en" else self.fr

    def words(self, lang: Language = "fr", name: Namer = str) -> str:  # noqa: ARG002
        """The name as a person reads it."""
        return self.text(lang)
