"""The ids of a version as a module of Python: a `Literal` a kind, for editors and type checkers."""

from typing import cast

from ..languages import Language
from ..models import ENTITY_TYPES, Entity
from ..policy import PolicyVersion
from ..vocabulary import Kind
from .mark import mark

__all__ = ["literals", "of_kind"]


def literals(policy: PolicyVersion, lang: Language = "fr") -> bytes:
    """
    The module; what the version has withdrawn is not in it.

    >>> import ppun_bfc
    >>> literals(ppun_bfc.load("2020.10.1"), "en").decode().splitlines()[8]
    'VERSION = "2020.10.1"'
    """
    lines = [
        '"""', mark(policy, lang), "", "Made by `ppun-bfc codegen python`; do not edit.", '"""', "",
        "from typing import Literal, TypeAlias", "",
        f'VERSION = "{policy.version}"', f'DIGEST = "{policy.digest}"',
    ]  # fmt: skip
    for kind, model in ENTITY_TYPES.items():
        found = of_kind(policy, kind)
        if found:
            lines += ["", f"{model.__name__}Id: TypeAlias = Literal["]
            lines += [f'    "{one.id}",  # {_comment(one.label.text(lang))}' for one in found]
            lines.append("]")
    return ("\n".join(lines) + "\n").encode()


def of_kind(policy: PolicyVersion, kind: str) -> tuple[Entity, ...]:
    """What a version has of a kind that the models name."""
    return tuple(policy.entities(cast("Kind", kind)))


def _comment(text: str) -> str:
    """A name that is no instruction to those who read comments."""
    return " ".join(text.split()).replace("type:", "type :").replace("noqa", "no qa")
