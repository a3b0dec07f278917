"""The policy's text as a Mermaid flowchart, for Markdown pages that draw them."""

from ..languages import Language
from ..models import Entity
from ..policy import PolicyVersion
from .mark import mark

__all__ = ["flowchart", "subtree"]

#: Down to which kinds a chart of the whole policy goes; its actions would not fit a page.
_SHOWN = ("priority", "section", "theme")


def flowchart(policy: PolicyVersion, lang: Language = "fr") -> bytes:
    """The chart of the whole policy, down to its themes."""
    below = [one for one in policy.descendants(policy.policy) if one.kind in _SHOWN]
    return _chart(policy, [policy.policy, *below], lang)


def subtree(policy: PolicyVersion, root: str | Entity, lang: Language = "fr") -> bytes:
    """
    The chart of one thing and everything below it.

    Raises:
        UnknownId: where there is no such thing.

    """
    return _chart(policy, [policy.get(root), *policy.descendants(root)], lang)


def _chart(policy: PolicyVersion, things: list[Entity], lang: Language) -> bytes:
    lines = [f"%% {mark(policy, lang)}", "flowchart LR"]
    numbers = {one.id: f"n{number}" for number, one in enumerate(things)}
    lines += [f'  {numbers[one.id]}["{_quoted(one.headline(lang))}"]' for one in things]
    lines += [
        f"  {numbers[one.part_of]} --> {numbers[one.id]}"
        for one in things
        if one.part_of in numbers
    ]
    return ("\n".join(lines) + "\n").encode()


def _quoted(text: str) -> str:
    """
    A text as Mermaid takes it in quotation marks: what it would read otherwise by its number.

    >>> _quoted('a "b" <c>')
    'a #34;b#34; #60;c#62;'
    """
    return "".join(f"#{ord(char)};" if char in '"#<>`;&\n' else char for char in text)
