"""The main matrix as a picture (SVG), strength by colour and by mark, its key below."""

from html import escape

from ..crossref import Cell, Matrix
from ..languages import STRENGTHS, Language, Phrase, wrap
from ..policy import PolicyVersion
from ..release import NOTICE
from .mark import mark

__all__ = ["matrix", "picture"]

_MARKS = {"part_of": "⊂", "stated": "●", "derived": "◐", "inherited": "○"}
_COLOURS = {"part_of": "#cfd8e8", "stated": "#8fc1a0", "derived": "#d5e6bd", "inherited": "#eeeeee"}
_DISPUTED = Phrase("* sources disagree", "* les sources se contredisent")
_LEFT, _WIDTH, _LINE, _PAD = 330, 118, 17, 9
_LABEL, _HEAD = 44, 15
#: What a reader without a screen of our own choice reads well, light or dark.
_STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#1b1f24}.id{fill:#57606a;font-size:11px}"
    ".mark{font-size:15px}.key{font-size:12px}"
)


def picture(policy: PolicyVersion, lang: Language = "fr") -> bytes:
    """The priorities by the schemes, as `policy.matrix()` crosses them."""
    return matrix(policy.matrix(), lang, mark(policy, lang))


def matrix(found: Matrix, lang: Language = "fr", made_from: str = "") -> bytes:
    """Any matrix; `made_from` is told to machines."""
    heads = [wrap(one.acronym or one.label.text(lang), _HEAD) for one in found.columns]
    top = max((len(lines) for lines in heads), default=1) * _LINE + 2 * _PAD
    rows = [wrap(one.label.text(lang), _LABEL) for one in found.rows]
    drawn: list[str] = []
    for at, lines in enumerate(heads):
        drawn += _text(lines, _LEFT + at * _WIDTH + _WIDTH // 2, _PAD, anchor="middle")
    down = top
    for row, lines in zip(found.rows, rows, strict=True):
        height = max(len(lines), 2) * _LINE + 2 * _PAD
        drawn += _text(lines, 8, down + _PAD)
        for at, column in enumerate(found.columns):
            drawn += _cell(found.cell(row, column), _LEFT + at * _WIDTH, down, height, lang)
        down += height + 3
    key = "   ".join(f"{mark} {STRENGTHS[name].text(lang)}" for name, mark in _MARKS.items())
    if any(cell.disputes for cell in found.filled()):
        key += f"   {_DISPUTED.text(lang)}"
    drawn.append(f'<text class="key" x="8" y="{down + 20}">{escape(key)}</text>')
    foot = f"ppun_bfc {found.version}. {NOTICE.text(lang)}"
    drawn.append(f'<text class="id" x="8" y="{down + 38}">{escape(foot)}</text>')
    width, height = _LEFT + len(found.columns) * _WIDTH + 8, down + 48
    title = (
        escape(" × ".join((found.rows[0].noun.text(lang, 2), found.columns[0].noun.text(lang, 2))))
        if found.rows and found.columns
        else ""
    )
    body = "\n".join(drawn)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img" lang="{lang}"><title>{title}</title>'
        f"<desc>{escape(made_from)}</desc>\n"
        f""
        f'<style>{_STYLE}</style>\n<rect width="100%" height="100%" fill="#ffffff"/>\n'
        f"{body}\n</svg>\n"
    ).encode()


def _text(lines: list[str], x: int, y: int, anchor: str = "start") -> list[str]:
    return [
        f'<text x="{x}" y="{y + 13 + at * _LINE}" text-anchor="{anchor}">{escape(line)}</text>'
        for at, line in enumerate(lines)
    ]


def _cell(cell: Cell, x: int, y: int, height: int, lang: Language) -> list[str]:
    colour = _COLOURS.get(cell.strength or "", "#fafafa")
    middle = x + _WIDTH // 2
    drawn = [
        f'<rect x="{x + 2}" y="{y}" width="{_WIDTH - 4}" height="{height}" rx="4" fill="{colour}"/>'
    ]
    if cell.strength:
        words = wrap(cell.word(lang), _HEAD)
        start = y + (height - (len(words) + 1) * _LINE) // 2
        mark = _MARKS[cell.strength]
        drawn.append(
            f'<text class="mark" x="{middle}" y="{start + 13}" text-anchor="middle">{mark}</text>'
        )
        drawn += _text(words, middle, start + _LINE, "middle")
    return drawn
