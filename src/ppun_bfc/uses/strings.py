"""The strings of Python, JSON, TOML and SQL, each with where it begins."""

import re
from collections.abc import Iterator, Mapping

from .sources import FileFormat, Source

__all__ = ["strings"]

_LONG = r'"""(?P<t>(?:\\.|[^\\])*?)"""'
_DOUBLE, _SINGLE = r'"(?P<d>(?:\\.|[^"\\\n])*+)"', r"'(?P<s>(?:\\.|[^'\\\n])*+)'"
#: The strings of a format, after what hides quotation marks that begin none.
_STRINGS: Mapping[FileFormat, re.Pattern[str]] = {
    "json": re.compile(_DOUBLE),
    "python": re.compile(
        rf"#[^\n]*|{_LONG}|\'\'\'(?P<u>(?:\\.|[^\\])*?)\'\'\'|{_DOUBLE}|{_SINGLE}", re.DOTALL
    ),
    "toml": re.compile(
        rf"#[^\n]*|{_LONG}|\'\'\'(?P<u>.*?)\'\'\'|{_DOUBLE}|'(?P<s>[^'\n]*+)'", re.DOTALL
    ),
    "sql": re.compile(
        r"""--[^\n]*|/\*.*?\*/|'(?P<s>(?:\'\'|[^'])*+)'|"(?P<d>(?:""|[^"])*+)\"""", re.DOTALL
    ),
}


def strings(source: Source) -> Iterator[tuple[int, str]]:
    """The strings of a file, in order."""
    for match in _STRINGS[source.format].finditer(source.text):
        if match.lastgroup is not None:
            yield match.start(match.lastgroup), match[match.lastgroup]
