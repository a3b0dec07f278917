"""
The strings of Python, JSON, TOML and SQL, each with where it is spelled.

Each is read in one pass that never goes back: what opens a string or comment is looked for, then
its end, and what has no end reaches to the end of its line or file.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping

from .values import FILLED, Value

__all__ = ["json_strings", "markdown_strings", "notebook_strings", "python_strings", "toml_strings"]

_SIMPLE = dict(zip("ntrbfav0e", "\n\t\r\b\f\a\v\0\x1b", strict=True)) | {"\n": ""}
_ESCAPE = re.compile(
    r"\\(?:x(?P<x>[0-9a-fA-F]{2})|u(?P<u>[0-9a-fA-F]{4})|U(?P<w>[0-9a-fA-F]{8})"
    r"|N\{(?P<n>[^{}\n]{1,80})\}|(?P<o>[0-7]{1,3})|(?P<s>.))",
    re.DOTALL,
)
_LARGEST_CHARACTER = 0x10FFFF


def resolved(text: str, start: int, begin: int, end: int, among: int | None = None) -> Value:
    """The value spelled between two places of a text, with backslash escapes as most formats have."""
    raw = text[begin:end]
    if "\\" not in raw:
        return Value(raw, start + begin, among=among)
    parts: list[str] = []
    spelled: list[int] = []
    at = 0
    for match in _ESCAPE.finditer(raw):
        parts.append(raw[at : match.start()])
        spelled.extend(range(start + begin + at, start + begin + match.start()))
        char = _character(match)
        parts.append(char)
        spelled.extend([start + begin + match.start()] * len(char))
        at = match.end()
    parts.append(raw[at:])
    spelled.extend(range(start + begin + at, start + end + 1))
    return Value("".join(parts), start + begin, spelled, among)


def _character(match: re.Match[str]) -> str:
    if digits := match["x"] or match["u"] or match["w"]:
        number = int(digits, 16)
        return chr(number) if number <= _LARGEST_CHARACTER else "\ufffd"
    if match["o"]:
        return chr(int(match["o"], 8))
    if match["n"]:
        try:
            return unicodedata.lookup(match["n"])
        except KeyError:
            return "\ufffd"
    return _SIMPLE.get(match["s"], match["s"])


# -- JSON ------------------------------------------------------------------------------------------

_JSON = re.compile(r'"(?P<s>(?:[^"\\\n]++|\\.)*+)(?P<end>"?)|(?P<mark>[{}\[\],:])', re.DOTALL)


def json_strings(text: str) -> Iterator[Value]:
    """The strings of JSON; a key knows its mapping, an item its list."""
    # What is open: the sign and number of each mapping and list, and whether a key may come.
    open_: list[tuple[str, int]] = []
    number, key = 0, False
    for match in _JSON.finditer(text):
        mark = match["mark"]
        if mark is None:
            if match["end"]:
                in_list = bool(open_) and open_[-1][0] == "["
                among = open_[-1][1] if in_list or (open_ and key) else None
                yield resolved(text, 0, *match.span("s"), among)
        elif mark in "{[":
            number += 1
            open_.append((mark, number))
            key = mark == "{"
        elif mark in "}]":
            if open_:
                open_.pop()
            key = False
        else:
            key = mark == "," and bool(open_) and open_[-1][0] == "{"


def notebook_strings(text: str) -> Iterator[Value]:
    """The strings of a notebook, and those of the code in them."""
    for value in json_strings(text):
        yield value
        if "'" in value.text or '"' in value.text:
            for inner in python_strings(value.text):
                spelled = [value.at(inner.at(n)) for n in range(len(inner.text) + 1)]
                yield Value(inner.text, spelled[0], spelled, exact=False)


# -- Python ----------------------------------------------------------------------------------------

_PYTHON = re.compile(r"""#|(?<![A-Za-z0-9_])[A-Za-z]{1,2}(?=["'])|(?:\"""|'''|["'])""")
_ENDS: Mapping[str, re.Pattern[str]] = {
    '"': re.compile(r'(?:[^"\\\n]++|\\.)*+', re.DOTALL),
    "'": re.compile(r"(?:[^'\\\n]++|\\.)*+", re.DOTALL),
    '"""': re.compile(r'(?:[^"\\]++|\\.|"(?!""))*+', re.DOTALL),
    "'''": re.compile(r"(?:[^'\\]++|\\.|'(?!''))*+", re.DOTALL),
}
#: The parts of an f-string up to what ends it or opens an expression.
_TEXTS: Mapping[str, re.Pattern[str]] = {
    '"': re.compile(r'(?:[^"\\\n{]++|\\.|\{\{)*+', re.DOTALL),
    "'": re.compile(r"(?:[^'\\\n{]++|\\.|\{\{)*+", re.DOTALL),
    '"""': re.compile(r'(?:[^"\\{]++|\\.|\{\{|"(?!""))*+', re.DOTALL),
    "'''": re.compile(r"(?:[^'\\{]++|\\.|\{\{|'(?!''))*+", re.DOTALL),
}
_EXPRESSION = re.compile(r"""[{}]|(?<![A-Za-z0-9_])[A-Za-z]{1,2}(?=["'])|\"""|'''|["']""")
_DEEPEST = 8


def python_strings(text: str) -> Iterator[Value]:
    """The strings of Python, those inside f-strings too."""
    at = 0
    while match := _PYTHON.search(text, at):
        if match[0] == "#":
            end = text.find("\n", max(match.end(), at))
            at = len(text) if end < 0 else end
        else:
            found: list[Value] = []
            at = _python_string(text, match, found, 0)
            yield from found


def _python_string(text: str, match: re.Match[str], found: list[Value], depth: int) -> int:
    """Add what the string that begins here says; gives where it ends."""
    prefix = "" if match[0][0] in "\"'" else match[0].lower()
    begin = match.end() if prefix else match.start()
    quote = text[begin : begin + 3] if text[begin : begin + 3] in _ENDS else text[begin]
    begin += len(quote)
    if ("f" in prefix or "t" in prefix) and depth < _DEEPEST:
        return _f_string(text, begin, quote, found, depth)
    run = _ENDS[quote].match(text, begin)
    assert run is not None  # it matches no text, too
    end = run.end()
    if not text.startswith(quote, end):
        return max(begin, end)  # it has no end: its line, or the file, is over
    raw = "r" in prefix
    found.append(Value(text[begin:end], begin) if raw else resolved(text, 0, begin, end))
    return end + len(quote)


def _f_string(text: str, begin: int, quote: str, found: list[Value], depth: int) -> int:
    """The texts between expressions as one value, and the strings inside the expressions."""
    parts: list[str] = []
    spelled: list[int] = []
    at = begin
    while True:
        run = _TEXTS[quote].match(text, at)
        assert run is not None
        value = resolved(text, 0, at, run.end())
        parts.append(value.text)
        spelled.extend(value.at(n) for n in range(len(value.text)))
        at = run.end()
        if not text.startswith("{", at):
            break
        parts.append(FILLED)
        spelled.append(at)
        at = _expression(text, at + 1, found, depth + 1)
    if text.startswith(quote, at):
        found.append(Value("".join(parts), begin, [*spelled, at]))
        at += len(quote)
    return at


def _expression(text: str, at: int, found: list[Value], depth: int) -> int:
    """Where an expression in an f-string ends; its strings are added."""
    open_ = 1
    while match := _EXPRESSION.search(text, at):
        if match[0] == "{":
            open_, at = open_ + 1, match.end()
        elif match[0] == "}":
            open_, at = open_ - 1, match.end()
            if open_ == 0:
                return at
        elif depth >= _DEEPEST:
            return match.start()
        else:
            at = _python_string(text, match, found, depth)
    return len(text)


# -- TOML ------------------------------------------------------------------------------------------

_TOML = re.compile(r"""#|\"""|'''|["']""")
_LITERAL: Mapping[str, re.Pattern[str]] = {
    "'": re.compile(r"[^'\n]*+"),
    "'''": re.compile(r"(?:[^']++|'(?!''))*+"),
}


def toml_strings(text: str) -> Iterator[Value]:
    """The strings of TOML."""
    at = 0
    while match := _TOML.search(text, at):
        mark, begin = match[0], match.end()
        if mark == "#":
            end = text.find("\n", begin)
            at = len(text) if end < 0 else end
            continue
        run = (_LITERAL if mark in _LITERAL else _ENDS)[mark].match(text, begin)
        assert run is not None
        at = run.end()
        if text.startswith(mark, at):
            plain = mark in _LITERAL
            yield Value(text[begin:at], begin) if plain else resolved(text, 0, begin, at)
            at += len(mark)


# -- Markdown --------------------------------------------------------------------------------------

_CODE = re.compile(r"`([^`\n]++)`")


def markdown_strings(text: str) -> Iterator[Value]:
    """The text of Markdown, in which ids stand inside; what is marked as code may be one."""
    at = 0
    for match in _CODE.finditer(text):
        yield Value(text[at : match.start()], at, alone=False, exact=False)
        yield Value(match[1], match.start(1), exact=False)
        at = match.end()
    yield Value(text[at:], at, alone=False, exact=False)


#: How the strings of a format are found.
Reader = Callable[[str], Iterator[Value]]
