"""Values that are made once: when they are first asked for, and kept; or for good."""

from collections.abc import Callable, Mapping
from typing import Generic, NoReturn, Self, TypeAlias, TypeVar, overload

__all__ = ["Immutable", "once"]

_O = TypeVar("_O")
_T = TypeVar("_T")
_Attributes: TypeAlias = Mapping[str, object] | None
#: What pickle keeps of an object: its attributes, and apart from them those in slots.
_State: TypeAlias = _Attributes | tuple[_Attributes, _Attributes]


class once(Generic[_O, _T]):  # noqa: N801 - used as a decorator
    """
    Makes a method an attribute that is worked out once, also where several threads ask.

    Unlike `functools.cached_property` of Python 3.11 it takes no lock, which a process that forks
    while another thread holds it would never get: two threads may both work, and both get the value
    of the one that was done first.
    """

    def __init__(self, make: Callable[[_O], _T]) -> None:
        self._make = make
        self._name = make.__name__
        self.__doc__ = make.__doc__

    @overload
    def __get__(self, instance: None, owner: type) -> "once[_O, _T]": ...
    @overload
    def __get__(self, instance: _O, owner: type) -> _T: ...
    def __get__(self, instance: _O | None, owner: type) -> "once[_O, _T] | _T":
        if instance is None:
            return self
        # What is kept in the instance is found before this descriptor the next time.
        kept: _T = instance.__dict__.setdefault(self._name, self._make(instance))
        return kept


class Immutable:
    """What takes and loses no attribute, and is its own copy; it sets its own with `object.__setattr__`."""

    __slots__ = ()

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is immutable")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is immutable")

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: Mapping[int, object]) -> Self:
        return self  # nothing of it changes; forms of Django copy the choices of a field

    def __setstate__(self, state: _State) -> None:
        for attributes in state if isinstance(state, tuple) else (state,):
            for name, value in (attributes or {}).items():
                object.__setattr__(self, name, value)
