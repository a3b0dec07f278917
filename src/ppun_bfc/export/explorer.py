"""
The explorer: one HTML file that shows a version without a server and without a network.

Its modules lie in `explorer/` as a browser would load them; here they become one script.
"""

import base64
import json
import re
import zlib
from collections.abc import Iterator
from hashlib import sha256
from html import escape

from ..files import own_text
from ..languages import Language, Phrase
from ..layer import Layer
from ..policy import PolicyVersion
from .compiled import compiled
from .mark import mark

__all__ = ["page"]

_FOLDER = "explorer"
_IMPORT = re.compile(r'^import \{[^}]*\} from "\./([a-z]+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:class|const|function)\b)", re.MULTILINE)
_NO_SCRIPT = Phrase(
    "This page needs JavaScript; nothing is loaded from a network.",
    "Cette page a besoin de JavaScript ; rien n’est chargé depuis un réseau.",
)


def page(policy: PolicyVersion, lang: Language = "fr", *, layer: str | None = None) -> bytes:
    """The file; `layer` is the path of a CSV of a person's own notes."""
    notes = None if layer is None else Layer.read(layer, policy)
    data = json.dumps(compiled(policy), ensure_ascii=False, separators=(",", ":")).encode()
    script, style = "".join(_modules("main", {})), own_text(_FOLDER, "style.css")
    parts = {
        "lang": lang,
        "version": escape(policy.version),
        "mark": escape(mark(policy, lang)),
        "noscript": escape(_NO_SCRIPT.text(lang)),
        "script_hash": _hash(script),
        "style_hash": _hash(style),
        "style": style,
        "script": script,
        "layer": _layer(notes) if notes else "",
        "data": base64.b64encode(zlib.compress(data, 9)).decode(),
    }
    template = own_text(_FOLDER, "page.html")
    return re.sub(r"\{(\w+)\}", lambda found: parts[found[1]], template).encode()


def _modules(name: str, done: dict[str, None]) -> Iterator[str]:
    """A module without its imports and exports, after those that it imports."""
    if name in done:
        return
    done[name] = None
    text = own_text(_FOLDER, f"{name}.js")
    for found in _IMPORT.finditer(text):
        yield from _modules(found[1], done)
    yield _EXPORT.sub("", _IMPORT.sub("", text))


def _hash(text: str) -> str:
    """By which a content security policy knows the one script and the one style."""
    return base64.b64encode(sha256(text.encode()).digest()).decode()


def _layer(layer: Layer) -> str:
    """The notes as the file that a person would drop; nothing in it ends its element."""
    text = json.dumps(layer.to_csv()).replace("<", "\\u003c")
    return f'<script type="application/json" id="layer" data-name="{escape(layer.name)}">{text}</script>\n'
