"""
Fields of an application that hold ids of the policy: for pydantic, FastAPI, Django and whoever lists choices.

A field stays a plain `str` to a type checker; what it may hold is the version's to say.
"""

import warnings
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, TypeAlias, overload

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from .canonical import Json
from .errors import DeprecatedIdWarning, PpunError, UnknownField, UnknownId, nearest
from .languages import LANGUAGES, Language, Phrase
from .models import Entity
from .once import Immutable
from .policy import PolicyVersion
from .published import load
from .several import Many, texts
from .vocabulary import Kind

__all__ = ["Choice", "Choices", "Group", "Member", "choices", "member"]

#: An id and its name.
Choice: TypeAlias = tuple[str, str]
#: The name of a group, and its choices.
Group: TypeAlias = tuple[str, tuple[Choice, ...]]

_KINDS = Phrase("kinds such as 'action'", "des sortes comme « action »")
_RETIRED = Phrase("Withdrawn", "Retirés")
_MARK = Phrase("{label} (withdrawn)", "{label} (retiré)")
_HEIR = Phrase("{label} (withdrawn, see {heirs})", "{label} (retiré, voir {heirs})")
_OTHERS = Phrase("Others", "Autres")
_NOT_BELOW = "{id} is not below {below}"
_WITHDRAWN = "{id} is withdrawn in version {version}"


class Member(Immutable):
    """
    What a field of pydantic is annotated with so that it holds ids of one version; see `member`.

    Attributes:
        kinds: the kinds that it takes; empty for any.
        below: the id that what it takes is below; None for anywhere.

    """

    __slots__ = ("_lang", "_policy", "_retired", "_schema", "below", "kinds")
    _policy: PolicyVersion
    _retired: Literal["warn", "refuse"]
    _schema: Literal["oneOf", "enum"]
    _lang: Language
    kinds: tuple[str, ...]
    below: str | None

    def __init__(
        self,
        policy: PolicyVersion,
        kinds: tuple[str, ...],
        below: str | None,
        retired: Literal["warn", "refuse"],
        schema: Literal["oneOf", "enum"],
        lang: Language,
    ) -> None:
        for name, value in (
            ("_policy", policy),
            ("kinds", kinds),
            ("below", below),
            ("_retired", retired),
            ("_schema", schema),
            ("_lang", lang),
        ):
            object.__setattr__(self, name, value)

    @property
    def entities(self) -> tuple[Entity, ...]:
        """What it takes, in official order; what is withdrawn is left out."""
        return _within(self._policy, self.kinds, self.below)

    def check(self, value: str) -> str:
        """
        The id, if it is one that the field takes.

        Raises:
            PydanticCustomError: where it is none; a `ValueError` that names the nearest ids.

        Warns:
            DeprecatedIdWarning: where the version has withdrawn it, and the field takes such ids.

        """
        if value not in self._policy:
            kind = value.partition(":")[0]
            near = nearest(value, [one.id for one in self.entities])
            found = UnknownId(value, self._policy.version, near)
            raise self._refusal(found, value, near, kind)
        record = self._policy.record(value)
        kind = str(record["kind"])
        if self.kinds and kind not in self.kinds:
            near = nearest(value, [one.id for one in self.entities])
            wrong = UnknownId(value, self._policy.version, near, wanted=self.kinds[0])
            raise self._refusal(wrong, value, near, kind)
        if record.get("status") == "deprecated":
            self._withdrawn(value, record)
        elif self.below and self.below not in self._above(value):
            text = _NOT_BELOW.format(id=value, below=self.below)
            raise PydanticCustomError("not-below", "{message}", {"message": text, "id": value})
        return value

    def _above(self, id: str) -> list[str]:
        return [one.id for one in self._policy.ancestors(id)]

    def _withdrawn(self, id: str, record: Mapping[str, Json]) -> None:
        text = _WITHDRAWN.format(id=id, version=self._policy.version)
        if heirs := _heirs(record):
            text += f"; see {', '.join(heirs)}"
        if self._retired == "refuse":
            given = {"message": text, "id": id, "nearest": list(heirs)}
            raise PydanticCustomError("withdrawn-id", "{message}", given)
        warnings.warn(text, DeprecatedIdWarning, stacklevel=2)

    @staticmethod
    def _refusal(error: PpunError, id: str, near: Sequence[str], kind: str) -> PydanticCustomError:
        given = {"message": str(error), "id": id, "kind": kind, "nearest": list(near)}
        return PydanticCustomError("unknown-id", "{message}", given)

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, object]:
        found = self.entities
        if self._schema == "enum":
            return {"type": "string", "enum": [one.id for one in found]}
        # A `type` beside `oneOf` makes readers of OpenAPI show a bare text.
        return {"oneOf": [{"const": one.id, "title": one.label.text(self._lang)} for one in found]}

    def __repr__(self) -> str:
        kinds = ", ".join(self.kinds) or "any kind"
        return f"<Member of {self._policy.version}: {kinds}{f' below {self.below}' if self.below else ''}>"


def _heirs(record: Mapping[str, Json]) -> tuple[str, ...]:
    """What a withdrawn record says to take instead."""
    consider = record.get("consider")
    several = consider if isinstance(consider, list) else []
    found = [record["replaced_by"]] if record.get("replaced_by") else several
    return tuple(str(id) for id in found)


def _within(policy: PolicyVersion, kinds: Sequence[str], below: str | None) -> tuple[Entity, ...]:
    found = policy.entities() if below is None else policy.descendants(below)
    return tuple(one for one in found if not kinds or one.kind in kinds)


def _checked(policy: PolicyVersion, kinds: Sequence[str]) -> tuple[str, ...]:
    for kind in kinds:
        policy.entities(kind)  # type: ignore[arg-type] # raises where there is no such kind
    return tuple(kinds)


def member(
    policy: PolicyVersion,
    kind: Kind | Many[Kind] | None = None,
    *,
    below: str | Entity | None = None,
    retired: Literal["warn", "refuse"] = "warn",
    schema: Literal["oneOf", "enum"] = "oneOf",
    lang: Language = "fr",
) -> Member:
    """
    What to annotate a field with so that it takes ids of a version only.

    Args:
        policy: the version, pinned.
        kind: only this kind, or these.
        below: only what is below this.
        retired: whether an id that the version has withdrawn is taken with a warning, as what is
            stored should be, or refused.
        schema: how JSON Schema lists the ids: "oneOf" with names, or "enum" for parameters.
        lang: the language of names.

    Raises:
        UnknownKind: where there is no such kind.
        UnknownId: where there is no such thing to be below.
        UnknownField: where `retired`, `schema` or `lang` is none of those.

    Examples:
        >>> from typing import Annotated
        >>> from pydantic import BaseModel
        >>> import ppun_bfc
        >>> from ppun_bfc.fields import member
        >>> POLICY = ppun_bfc.load("2020.10.1")
        >>> SchemeId = Annotated[str, member(POLICY, "scheme")]
        >>> class Project(BaseModel):
        ...     scheme: SchemeId
        >>> Project(scheme="scheme:srdeii").scheme
        'scheme:srdeii'
        >>> try:
        ...     Project(scheme="scheme:srdei")
        ... except ValueError as error:
        ...     print(error.errors()[0]["msg"].partition(",")[0])
        no 'scheme:srdei' in version 2020.10.1; did you mean scheme:srdeii

    """
    for noun, value, known in (
        ("retired", retired, ("warn", "refuse")),
        ("schema", schema, ("oneOf", "enum")),
        ("lang", lang, LANGUAGES),
    ):
        if value not in known:
            raise UnknownField(noun, str(value), known)
    kinds = _checked(policy, () if kind is None else texts(kind, _KINDS))
    start = None if below is None else policy.get(below).id
    return Member(policy, kinds, start, retired, schema, lang)


@overload
def choices(
    policy: PolicyVersion,
    kind: Kind | Many[Kind],
    *,
    group: None = None,
    lang: Language = "fr",
    retired: bool = False,
) -> tuple[Choice, ...]: ...
@overload
def choices(
    policy: PolicyVersion,
    kind: Kind | Many[Kind],
    *,
    group: Kind,
    lang: Language = "fr",
    retired: bool = False,
) -> tuple[Group, ...]: ...
def choices(
    policy: PolicyVersion,
    kind: Kind | Many[Kind],
    *,
    group: Kind | None = None,
    lang: Language = "fr",
    retired: bool = False,
) -> tuple[Choice, ...] | tuple[Group, ...]:
    """
    The ids of a kind with their names, in official order, as forms list them.

    Args:
        policy: the version.
        kind: a kind, or several.
        group: put together what is below the same thing of this kind.
        lang: the language of names.
        retired: also what the version has withdrawn, marked, last.

    Raises:
        UnknownKind: where there is no such kind.

    Examples:
        >>> import ppun_bfc
        >>> from ppun_bfc.fields import choices
        >>> choices(ppun_bfc.load("2020.10.1"), "principle")[0]
        ('principle:ethique', 'Éthique')
        >>> choices(ppun_bfc.load("2020.10.2"), "theme", group="priority")[0][1][0]
        ('theme:inclusion', 'Inclusion')

    """
    kinds = _checked(policy, texts(kind, _KINDS))
    things = _within(policy, kinds, None)
    old = tuple(_old(policy, kinds, lang)) if retired else ()
    if group is None:
        return (*((one.id, one.label.text(lang)) for one in things), *old)
    _checked(policy, [group])
    grouped: dict[str, list[Choice]] = {}
    for one in things:
        above = next((x for x in policy.ancestors(one) if x.kind == group), None)
        name = above.label.text(lang) if above else _OTHERS.text(lang)
        grouped.setdefault(name, []).append((one.id, one.label.text(lang)))
    found = [(name, tuple(own)) for name, own in grouped.items()]
    return (*found, *([(_RETIRED.text(lang), old)] if old else []))


def _old(policy: PolicyVersion, kinds: Sequence[str], lang: Language) -> Iterator[Choice]:
    """What is withdrawn, marked as such."""
    for one in policy.entities(deprecated=True):
        if one.status == "deprecated" and one.kind in kinds:
            heirs = _heirs(policy.record(one))
            phrase = _HEIR if heirs else _MARK
            label = one.label.text(lang)
            yield one.id, phrase.text(lang, label=label, heirs=", ".join(heirs))


class Choices(Immutable):
    """
    The choices of a field of Django: called, they are those of the version; in a migration, the kinds.

    A migration names the kinds and never the labels, so that `makemigrations --check` stays clean from
    one version of the data to the next. What the version has withdrawn stays selectable, marked, so
    that what is stored can be saved again.

    Args:
        kinds: the kinds.
        group: put together what is below the same thing of this kind.
        version: the version, pinned; without one, the newest that ships. It is not in migrations.
        lang: the language of names.

    Examples:
        >>> from ppun_bfc.fields import Choices
        >>> field = Choices("theme", group="priority", version="2020.10.2")
        >>> field()[0][1][0]
        ('theme:inclusion', 'Inclusion')
        >>> field.deconstruct()
        ('ppun_bfc.fields.Choices', ['theme'], {'group': 'priority'})

    """

    __slots__ = ("_given", "_lang", "_version")
    _given: tuple[tuple[Kind, ...], Kind | None]
    _version: str | None
    _lang: Language

    def __init__(
        self,
        *kinds: Kind,
        group: Kind | None = None,
        version: str | None = None,
        lang: Language = "fr",
    ) -> None:
        object.__setattr__(self, "_given", (kinds, group))
        object.__setattr__(self, "_version", version)
        object.__setattr__(self, "_lang", lang)

    def __call__(self) -> tuple[Choice, ...] | tuple[Group, ...]:
        """
        The choices.

        Raises:
            UnknownKind: where there is no such kind.
            UnknownVersion: where the version does not ship.

        """
        kinds, group = self._given
        policy = load(self._version)
        if group is None:
            return choices(policy, kinds, lang=self._lang, retired=True)
        return choices(policy, kinds, group=group, lang=self._lang, retired=True)

    def deconstruct(self) -> tuple[str, list[str], dict[str, str]]:
        """How a migration of Django writes it down: by its kinds."""
        kinds, group = self._given
        return "ppun_bfc.fields.Choices", [*kinds], {"group": group} if group else {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Choices) and self._given == other._given

    def __hash__(self) -> int:
        return hash(self._given)

    def __repr__(self) -> str:
        return f"<Choices {', '.join(self._given[0])}>"
