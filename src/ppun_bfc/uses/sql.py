"""
The strings of SQL as people have it: of the standard, PostgreSQL and its dumps, MySQL, SQL Server.

A backslash before a quotation mark ends a string in the standard and does not in MySQL. Nothing in
a file tells for sure, so where there are such, it is read in both ways: in the wrong one no id is
a string of its own.
"""

import re
from collections.abc import Iterator

from .strings import resolved
from .values import Value

__all__ = ["sql_strings"]

_OPENS = re.compile(
    r"""--|(?:(?<=[\s\ufeff])|^)\#(?=[\s\w]|$)|/\*!?|(?<![A-Za-z0-9_$])\$(?:[A-Za-z_]\w*)?\$|[eE]'|['"]"""
    r"|\[[^\]\[\n]{0,128}+\]|(?<![A-Za-z0-9_])(?i:from[ \t]{1,8}+stdin)\b[^;\n]{0,300}+;",
    re.MULTILINE,
)
_STANDARD = {q: re.compile(rf"(?:[^{q}]++|{q}{q})*+") for q in "'\""}
_ESCAPED = {q: re.compile(rf"(?:[^{q}\\]++|\\.|{q}{q})*+", re.DOTALL) for q in "'\""}
_DEEPEST = 3


def sql_strings(text: str) -> Iterator[Value]:
    """The strings of SQL, those in dollar quotes and the cells of `COPY` blocks too."""
    yield from _read(text, 0, 0, escaped=False)
    if "\\'" in text or '\\"' in text:
        yield from _read(text, 0, 0, escaped=True)


def _read(text: str, shift: int, depth: int, *, escaped: bool) -> Iterator[Value]:
    at = 0
    while match := _OPENS.search(text, at):
        mark, at = match[0], match.end()
        if mark == "--" or mark.startswith("#"):
            end = text.find("\n", at)
            at = len(text) if end < 0 else end
        elif mark == "/*":
            end = text.find("*/", at)
            at = len(text) if end < 0 else end + 2
        elif mark == "/*!":  # what MySQL runs
            continue
        elif mark.startswith("["):
            # A name in brackets may have an apostrophe; an array has them in pairs.
            at = match.end() if mark.count("'") % 2 else match.start() + 1
        elif mark.startswith("$"):
            end = text.find(mark, at)
            body = text[at : len(text) if end < 0 else end]
            if end >= 0:
                # A string of the code in it is one of its own, and so comes before the whole.
                if depth < _DEEPEST:
                    yield from _read(body, shift + at, depth + 1, escaped=escaped)
                yield Value(body, shift + at)
            at = len(text) if end < 0 else end + len(mark)
        elif mark[-1] in "'\"":
            quote = mark[-1]
            with_escapes = escaped or len(mark) > 1
            run = (_ESCAPED if with_escapes else _STANDARD)[quote].match(text, at)
            assert run is not None
            if text.startswith(quote, run.end()):
                yield _string(text, shift, at, run.end(), quote, escaped=with_escapes)
            at = run.end() + 1
        else:
            end = text.find("\n\\.", at)
            stop = len(text) if end < 0 else end
            yield from _block(text, shift, at, stop)
            at = stop


def _string(text: str, shift: int, begin: int, end: int, quote: str, *, escaped: bool) -> Value:
    if escaped and "\\" in text[begin:end]:
        return resolved(text, shift, begin, end)
    return doubled(text[begin:end], shift + begin, quote)


def doubled(raw: str, start: int, quote: str, among: int | None = None) -> Value:
    """A value in which a quotation mark is spelled twice."""
    if quote * 2 not in raw:
        return Value(raw, start, among=among)
    spelled: list[int] = []
    at = 0
    while at < len(raw):
        spelled.append(start + at)
        at += 2 if raw.startswith(quote * 2, at) else 1
    return Value(raw.replace(quote * 2, quote), start, [*spelled, start + len(raw)], among)


def _block(text: str, shift: int, begin: int, end: int) -> Iterator[Value]:
    """The cells of a `COPY … FROM stdin` block: a row a line, cells apart by tabs."""
    for match in re.compile(r"[^\t\n\r]++").finditer(text, begin, end):
        yield resolved(text, shift, *match.span())
