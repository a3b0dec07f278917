"""Cuts a source page into sentences, so that a reviewed file can say what carries each of them."""

import re

from ppun_bfc.authoring.pages import plain


def sentences(markdown):
    """Headings, list items, table cells and paragraphs, cut where a sentence ends."""
    body = re.sub(r"\A---\n.*?\n---\n", "", markdown, flags=re.DOTALL)
    blocks = []
    for line in body.splitlines():
        if re.fullmatch(r"\s*(\{%.*%\}|\|[\s:|-]*\||)\s*", line):
            continue
        blocks.append(" ".join(plain(line).split()))
    found = []
    for block in blocks:
        found += re.split(r"(?<=[.!?])\s+(?=[A-ZÀÉÈÊ])", block)
    return [text for text in found if text]
