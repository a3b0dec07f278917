"""
What people call a thing and no document does: the hidden labels of SKOS.

They are looked through and never shown as names. Like synonyms they are no part of any version: what
search finds may change from one release to the next.
"""

from collections.abc import Mapping
from functools import cache

from ..files import own_text
from ..languages import LANGUAGES

__all__ = ["hidden_labels"]

_FILE = "hidden.tsv"


@cache
def hidden_labels() -> Mapping[str, Mapping[str, str]]:
    """By id, the words that people say for it, each language in one text."""
    found: dict[str, Mapping[str, str]] = {}
    for line in own_text("search", _FILE).splitlines()[1:]:
        id, *texts = line.split("\t")
        found[id] = dict(zip(LANGUAGES, texts, strict=True))
    return found
