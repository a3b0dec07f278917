"""Plain text: an entity a line, for people and for `grep`."""

from ..languages import Language, printable
from ..policy import PolicyVersion

__all__ = ["listing"]


def listing(policy: PolicyVersion, lang: Language) -> bytes:
    """The id and name of every entity, apart by a tab."""
    rows = (f"{entity.id}\t{printable(entity.label.text(lang))}\n" for entity in policy)
    return "".join(rows).encode()
