"""
What a person is shown: a card, and how it becomes text, HTML and what rich prints.

Whatever has something to tell makes one card of it; nothing else here knows what is told. A place in
a source is named once, below, and numbered where it counts.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from .languages import Language, printable, wrap
from .once import Immutable

if TYPE_CHECKING:
    from rich.text import Text as RichText

__all__ = [
    "Card",
    "Item",
    "Listed",
    "Reference",
    "Rich",
    "Section",
    "Shown",
    "one_line",
    "table_lines",
]

_T = TypeVar("_T")


class Reference(NamedTuple):
    """A place in a source: how a person finds it, and the address that opens it."""

    text: str
    url: str


class Item(NamedTuple):
    """
    One thing on a card.

    Attributes:
        text: what is told.
        id: the id of what it is about, shown beside.
        mark: a word of warning or of strength, shown before the id.
        places: where sources say it.
        below: what belongs to it, further in.

    """

    text: str
    id: str = ""
    mark: str = ""
    places: tuple[Reference, ...] = ()
    below: tuple["Item", ...] = ()


class Section(NamedTuple):
    """A part of a card: a title, and items or a table whose first row is its header."""

    title: str
    items: tuple[Item, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()


class Card(NamedTuple):
    """
    Everything that is shown of one thing.

    Attributes:
        title: its name.
        id: its id, or another line below the name.
        lead: what it is, in a paragraph or two.
        sections: its parts.
        notes: what a reader has to know.
        sources: the title of the list of places.

    """

    title: str
    id: str = ""
    lead: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    notes: tuple[str, ...] = ()
    sources: str = "Sources"

    def places(self) -> tuple[Reference, ...]:
        """Every place that an item names, each once, in the order of the card."""
        found: dict[Reference, None] = {}
        for section in self.sections:
            for item in _every(section.items):
                found.update(dict.fromkeys(item.places))
        return tuple(found)

    # -- text ------------------------------------------------------------------------------------

    def text(self, width: int = 100, *, styled: bool = False) -> str:
        """The card as text in lines that fit, unless a word, an id or an address is longer."""
        return "\n".join(self._lines(width, _STYLED if styled else _PLAIN))

    def _lines(self, width: int, style: "_Style") -> Iterator[str]:
        numbers = {place: number for number, place in enumerate(self.places(), 1)}
        yield from (style.title(line) for line in wrap(printable(self.title), width))
        if self.id:
            yield style.faint(printable(self.id))
        for paragraph in self.lead:
            yield ""
            yield from wrap(printable(paragraph), width)
        for section in self.sections:
            yield ""
            if section.title:
                yield from (style.title(line) for line in wrap(printable(section.title), width))
            for item in section.items:
                yield from _item(item, width, 2, numbers, style)
            yield from table_lines(section.table, width, style)
        if numbers:
            yield ""
            yield style.title(self.sources)
            for place, number in numbers.items():
                yield from _hanging(f"[{number}] ", printable(place.text), width, 2)
                if place.url != place.text:
                    yield f"      {style.faint(printable(place.url))}"
        for note in self.notes:
            yield ""
            yield from wrap(printable(note), width)

    def rich(self) -> "Rich":
        """The card for rich, as wide as the console."""
        return Rich(lambda width: self.text(width, styled=True))

    # -- notebooks ----------------------------------------------------------------------

    def html(self) -> str:
        """The card as HTML, every text escaped; its colours are those of the page it is in."""
        numbers = {place: number for number, place in enumerate(self.places(), 1)}
        parts = [
            f"<article class='ppun-card' style='{_FRAME}'><h3 style='{_HEAD}'>{_esc(self.title)}</h3>"
        ]
        parts += [_code(self.id)] if self.id else []
        parts += [f"<p>{_esc(paragraph)}</p>" for paragraph in self.lead]
        for section in self.sections:
            parts.append(f"<h4 style='{_HEAD}'>{_esc(section.title)}</h4>" if section.title else "")
            if section.items:
                parts.append(_html_items(section.items, numbers))
            if section.table:
                parts.append(_html_table(section.table))
        if numbers:
            places = "".join(
                f"<li><a href='{_esc(place.url)}'>{_esc(place.text)}</a></li>"
                if place.url.startswith("https://")
                else f"<li>{_esc(place.text)}</li>"
                for place in numbers
            )
            parts.append(
                f"<details><summary>{_esc(self.sources)}</summary><ol>{places}</ol></details>"
            )
        parts += [f"<p style='{_FAINT}'>{_esc(note)}</p>" for note in self.notes]
        return "".join([*parts, "</article>"])


class Shown:
    """What shows itself: printed, in a notebook, and by rich; each by its one card."""

    __slots__ = ()

    def card(self, lang: Language = "fr") -> Card:
        """What a person is shown of it."""
        raise NotImplementedError

    def text(self, lang: Language = "fr", width: int = 100) -> str:
        """The card as text, in lines of at most `width` where words allow it."""
        return self.card(lang).text(width)

    def __str__(self) -> str:
        return self.card().text()

    def _repr_html_(self) -> str:
        return self.card().html()

    def __rich__(self) -> "Rich":
        return self.card().rich()


class Listed(tuple[_T, ...], Immutable, Shown):
    """Several things: a tuple whose `repr` fits a line, and which shows itself as a list."""

    __slots__ = ()

    def card(self, lang: Language = "fr") -> Card:
        """What a person is shown of it."""
        return Card(
            f"{len(self)}", sections=(Section("", tuple(_told(one, lang) for one in self)),)
        )

    def __repr__(self) -> str:
        first = ", ".join(map(_short, self[:_FEW]))
        return one_line(f"<{len(self)}: {first}{'…' if len(self) > _FEW else ''}>")


#: So many of a list stand in its `repr`.
_FEW = 3


def _told(value: object, lang: Language) -> Item:
    """What is listed, in a line: what has a name by its name, what is a sentence by its words."""
    for way in ("headline", "words"):
        if (tell := getattr(value, way, None)) is not None:
            return Item(one_line(tell(lang)), str(getattr(value, "id", "")))
    return Item(one_line(repr(value)))


def _short(value: object) -> str:
    return str(getattr(value, "id", None) or repr(value))


class Rich:
    """What makes a text of some width, for rich: as wide as the console."""

    __slots__ = ("_text",)

    def __init__(self, text: Callable[[int], str]) -> None:
        self._text = text

    def __rich_console__(self, console: object, options: object) -> "Iterator[RichText]":
        from rich.text import Text

        yield Text.from_ansi(self._text(getattr(options, "max_width", 100)))


class _Style(NamedTuple):
    """How a terminal sets a title and an aside."""

    bold: str = ""
    dim: str = ""
    end: str = ""

    def title(self, text: str) -> str:
        return f"{self.bold}{text}{self.end}"

    def faint(self, text: str) -> str:
        return f"{self.dim}{text}{self.end}"


_PLAIN, _STYLED = _Style(), _Style("\x1b[1m", "\x1b[2m", "\x1b[0m")
#: Half-transparent greys are seen on a light and on a dark page.
_FRAME = "border:1px solid rgba(128,128,128,.45);border-radius:6px;padding:.6em 1em;max-width:60em;overflow-wrap:break-word;overflow-x:auto"
_HEAD = "margin:.4em 0 .2em"
_FAINT = "opacity:.8;font-size:.9em"
_CELL = "text-align:left;border-bottom:1px solid rgba(128,128,128,.45);padding:.2em .6em"


def one_line(value: object, width: int = 96) -> str:
    """A text cut to one line."""
    text = printable(" ".join(str(value).split()))
    return text if len(text) <= width else f"{text[: width - 1]}…"


def _every(items: Iterable[Item]) -> Iterator[Item]:
    for item in items:
        yield item
        yield from _every(item.below)


def _item(
    item: Item, width: int, indent: int, numbers: dict[Reference, int], style: _Style
) -> Iterator[str]:
    marks = "".join(f"[{numbers[place]}]" for place in item.places)
    # An id never breaks, so that it can be copied; it goes to a line of its own where it does not fit.
    text = " ".join(
        filter(None, [printable(item.text), f"({item.mark})" if item.mark else "", marks])
    )
    lines = [*_hanging("", text, width, indent)]
    if item.id:
        last, id = lines[-1], printable(item.id)
        if item.text and len(last) + 2 + len(id) <= width:
            lines[-1] = f"{last}  {style.faint(id)}"
        else:
            lines.append(f"{' ' * (indent + 4)}{style.faint(id)}")
    yield from lines
    for inner in item.below:
        yield from _item(inner, width, indent + 4, numbers, style)


def _hanging(first: str, text: str, width: int, indent: int) -> Iterator[str]:
    lines = wrap(f"{first}{text}", max(width - indent - 2, 20)) or [first]
    yield f"{' ' * indent}{lines[0]}"
    yield from (f"{' ' * (indent + 2)}{line}" for line in lines[1:])


def table_lines(
    table: Sequence[Sequence[str]], width: int, style: "_Style" = _PLAIN
) -> Iterator[str]:
    """A table as lines: columns as wide as they need to be where they fit, else one row below another."""
    if not table:
        return
    rows = [[printable(cell) for cell in row] for row in table]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    if sum(widths) + 2 * len(widths) <= width:
        for number, row in enumerate(rows):
            line = "  ".join(
                f"{cell:<{wide}}" for cell, wide in zip(row, widths, strict=True)
            ).rstrip()
            yield f"  {style.title(line) if number == 0 else line}"
        return
    header, *body = rows
    for row in body:
        yield from _hanging("", row[0], width, 2)
        for name, cell in zip(header[1:], row[1:], strict=True):
            if cell:
                yield from _hanging("", f"{name}{':' if name else ''} {cell}".strip(), width, 6)


def _esc(text: str) -> str:
    from html import escape  # only a page needs it, and it knows every entity of HTML

    return escape(printable(text), quote=True)


def _code(id: str) -> str:
    """An id, which is never broken, so that it can be read and copied."""
    return f"<code style='white-space:nowrap;font-size:.85em;opacity:.75'>{_esc(id)}</code>"


def _html_items(items: Iterable[Item], numbers: dict[Reference, int]) -> str:
    lines: list[str] = []
    for item in items:
        line = _esc(item.text)
        line += f" <small>({_esc(item.mark)})</small>" if item.mark else ""
        line += f" {_code(item.id)}" if item.id else ""
        for place in item.places:
            number = numbers[place]
            if place.url.startswith("https://"):
                line += f"<sup><a href='{_esc(place.url)}' title='{_esc(place.text)}'>[{number}]</a></sup>"
            else:
                line += f"<sup>[{number}]</sup>"
        line += _html_items(item.below, numbers) if item.below else ""
        lines.append(f"<li>{line}</li>")
    return f"<ul>{''.join(lines)}</ul>"


def _html_table(table: Sequence[Sequence[str]]) -> str:
    header, *body = table
    head = "".join(f"<th scope='col' style='{_CELL}'>{_esc(cell)}</th>" for cell in header)
    rows = [
        f"<tr><th scope='row' style='{_CELL}'>{_esc(row[0])}</th>"
        + "".join(f"<td style='{_CELL}'>{_esc(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in body
    ]
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
