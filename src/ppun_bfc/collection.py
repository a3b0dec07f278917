"""The entities of one kind, and the attribute of a policy that gives them."""

from collections.abc import Iterator
from typing import Generic, Protocol, TypeVar, cast, overload

from .cards import Card, Item, Section, Shown
from .errors import UnknownId, WrongType, nearest
from .languages import Language, Phrase
from .models import Entity
from .records import Records

__all__ = ["EntityCollection", "Of"]

_E = TypeVar("_E", bound=Entity)
_T = TypeVar("_T")


class _Missing:
    """Tells "no default was given" from every default."""


_MISSING = _Missing()


class EntityCollection(Shown, Generic[_E]):
    """
    The entities of one kind, in official order.

    Look one up by its slug or its whole id; iterate over the active ones.

    Examples:
        >>> import ppun_bfc
        >>> schemes = ppun_bfc.load("2020.10.1").schemes
        >>> schemes["srdeii"].acronym
        'SRDEII'
        >>> "scheme:sraddet" in schemes, len(schemes)
        (True, 7)

    """

    __slots__ = ("_kind", "_model", "_records")

    def __init__(self, records: Records, model: type[_E]) -> None:
        self._records = records
        self._model = model
        self._kind = model.noun.en[0]

    def card(self, lang: Language = "fr") -> Card:
        """What a person is shown of it: how many there are, and the name of each."""
        items = tuple(Item(entity.headline(lang), entity.id) for entity in self)
        noun = self._model.noun.text(lang, len(self))
        return Card(f"{len(self)} {noun}", self._records.version, sections=(Section("", items),))

    def __getitem__(self, key: str) -> _E:
        """
        The entity with this slug or id.

        Raises:
            UnknownId: where there is none of this kind.
            WrongType: where the key is no text, such as a position.

        """
        if isinstance(key, Entity):
            key = key.id
        if not isinstance(key, str):
            raise WrongType.of(key, self._a_key)
        kind, colon, _ = key.partition(":")
        id = key if colon else f"{self._kind}:{key}"
        if colon and kind != self._kind:
            self._refuse(key)
        return cast("_E", self._records.look_up(id))

    @property
    def _a_key(self) -> Phrase:
        example = next(iter(self.ids), self._kind).rpartition(":")[2]
        return Phrase(
            f"a slug or id, such as {example!r} (iterate to go by position)",
            f"un nom court ou identifiant, comme « {example} » (parcourir pour aller par position)",
        )

    def _refuse(self, key: str) -> None:
        near = nearest(f"{self._kind}:{key.partition(':')[2]}", self.ids)
        kind = None if key not in self._records.parsed else self._kind
        raise UnknownId(key, self._records.version, near, wanted=kind)

    @overload
    def get(self, key: str) -> _E: ...
    @overload
    def get(self, key: str, default: _T) -> _E | _T: ...
    def get(self, key: str, default: _T | _Missing = _MISSING) -> _E | _T:
        """
        The entity with this slug or id, else the default.

        Raises:
            UnknownId: where there is none, and no default.
            WrongType: where the key is no text.

        """
        try:
            return self[key]
        except UnknownId:
            if isinstance(default, _Missing):
                raise
            return default

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the active ones, in official order."""
        return self._records.ids(self._kind)

    def __iter__(self) -> Iterator[_E]:
        return iter(cast("tuple[_E, ...]", self._records.entities(self.ids)))

    def __len__(self) -> int:
        return len(self.ids)

    def __contains__(self, key: object) -> bool:
        if isinstance(key, Entity):
            return key.id in self._records.parsed and key.kind == self._kind
        if not isinstance(key, str):
            return False
        id = key if ":" in key else f"{self._kind}:{key}"
        return id.startswith(f"{self._kind}:") and id in self._records.parsed

    def __repr__(self) -> str:
        return f"<{len(self)} × {self._kind} in {self._records.version}>"

    def _ipython_key_completions_(self) -> list[str]:
        return [id.partition(":")[2] for id in self.ids]


class _Held(Protocol):
    """What has records."""

    _records: Records


class Of(Generic[_E]):
    """
    Makes the collection of one kind an attribute: `schemes = Of(Scheme)`.

    Its documentation is the first line of that of the kind.
    """

    def __init__(self, model: type[_E]) -> None:
        self._model = model
        self.__doc__ = (model.__doc__ or "").strip().partition("\n")[0]

    @overload
    def __get__(self, instance: None, owner: type) -> "Of[_E]": ...
    @overload
    def __get__(self, instance: _Held, owner: type) -> EntityCollection[_E]: ...
    def __get__(self, instance: _Held | None, owner: type) -> "Of[_E] | EntityCollection[_E]":
        if instance is None:
            return self
        return EntityCollection(instance._records, self._model)  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
