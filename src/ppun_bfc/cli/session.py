"""What every command shares: the language, the policy asked about, and how to print."""

import os
import shutil
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, NoReturn

import typer
from typer.models import OptionInfo

from ..cards import Card, table_lines
from ..errors import Finding, PpunError, UnreadableFile
from ..export import Subject, form, forms
from ..languages import Language, colon, printable, wrap
from ..policy import PolicyVersion
from ..published import load, read, shipped
from ..several import Progress
from .texts import TEXTS

__all__ = [
    "AnswerForm",
    "RowsForm",
    "Session",
    "choice",
    "choose_language",
    "form_option",
    "silence",
    "tell",
]

#: How wide a page is where nobody watches.
_PAGE = 100
#: So many seconds pass between two words of how far the work is.
_TOLD_EVERY = 0.1


def choice(*names: str) -> Callable[[str], str]:
    """A check of an option or argument that takes one of some names."""

    def check(value: str) -> str:
        if value not in names:
            raise typer.BadParameter(f"{value!r}: {' | '.join(names)}")
        return value

    return check


def form_option(subject: Subject, *more: str) -> OptionInfo:
    """The option `--format` of a command: text for people, and the forms that its answer has."""
    names = tuple(dict.fromkeys(("text", *more, *forms(subject))))
    metavar = f"[{'|'.join(names)}]"
    made: OptionInfo = typer.Option(
        "--format", callback=choice(*names), metavar=metavar, help="format"
    )
    return made


#: The option of a command that answers in text or JSON.
AnswerForm = Annotated[str, form_option("answer")]
#: The option of a command that answers in text, JSON or rows.
RowsForm = Annotated[str, form_option("answer", "csv", "markdown")]


def choose_language(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """The language asked for with `--lang`, else the one of the environment, else French."""
    for position, argument in enumerate(arguments):
        name, _, value = argument.partition("=")
        if name == "--lang":
            given = value or "".join(arguments[position + 1 : position + 2])
            return "en" if given == "en" else "fr"
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name, ""):
            return "en" if value.startswith("en") else "fr"
    return "fr"


@dataclass
class Session:
    """One run of the command line."""

    lang: Language
    policy_name: str | None = None

    @classmethod
    def of(cls, ctx: typer.Context) -> "Session":
        """The session of a command."""
        found: Session = ctx.obj
        return found

    # -- words -----------------------------------------------------------------------------------

    def say(self, key: str, **given: object) -> str:
        """A text of the command line."""
        return TEXTS[key].text(self.lang, **given)

    def head(self, key: str) -> str:
        """A text that something follows."""
        return colon(self.say(key), self.lang)

    # -- policies --------------------------------------------------------------------------------

    def policy(self) -> PolicyVersion:
        """The policy that `--policy` names."""
        return self.named(self.policy_name)

    def named(self, name: str | None) -> PolicyVersion:
        """The policy of a name: a folder, a file, or a version; without one, the current."""
        known = {name for row in shipped().index for name in (row.version, row.edition)}
        # A name that ships always means what ships, whatever the working folder holds.
        if name is None or name in known:
            return load(name)
        if os.path.isdir(name):  # noqa: PTH112 - unlike Path, it never raises
            from ..authoring import draft

            return draft(name)
        marks = (os.sep, os.altsep or os.sep)
        is_file = any(mark in name for mark in marks) or name.endswith(".json")
        return read(name) if is_file or os.path.isfile(name) else load(name)  # noqa: PTH113

    # -- printing --------------------------------------------------------------------------------

    @property
    def is_terminal(self) -> bool:
        """Whether a person watches."""
        return sys.stdout is not None and sys.stdout.isatty()

    @property
    def width(self) -> int:
        """How many characters fit in a line."""
        return shutil.get_terminal_size().columns if self.is_terminal else _PAGE

    def write(self, data: str | bytes) -> None:
        """Print to standard output, as UTF-8; a reader that went away is no failure."""
        raw = data.encode("utf-8", "replace") if isinstance(data, str) else data
        if sys.stdout is None:  # closed by whoever started this process
            return
        try:
            sys.stdout.buffer.write(raw)
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            silence(sys.stdout.fileno())
            raise SystemExit(0) from None
        except OSError as error:
            silence(sys.stdout.fileno())
            raise UnreadableFile("stdout", error.strerror or str(error)) from None

    def answer(self, form_name: str, value: object) -> bool:
        """Print an answer in a form for programs; False where text is asked for."""
        make = form(form_name).answer
        if make is None:
            return False
        self.write(make(value, self.lang))
        return True

    def lines(self, *lines: str) -> None:
        """Print lines of text; what is in a line makes no other."""
        clean = ("\t".join(map(printable, line.split("\t"))) for line in lines)
        self.write("".join(f"{line}\n" for line in clean))

    def wrapped(self, *texts: str) -> str:
        """Texts in lines that fit."""
        return "".join(f"{printable(line)}\n" for text in texts for line in wrap(text, self.width))

    @property
    def is_styled(self) -> bool:
        """Whether bold and faint letters are welcome: https://no-color.org."""
        return (
            self.is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        )

    def card(self, card: Card) -> None:
        """Print a card, as wide as the terminal."""
        self.page(card.text(self.width, styled=self.is_styled) + "\n")

    def page(self, text: str) -> None:
        """Print a text; one that is longer than the terminal goes to the pager that a person has set."""
        pager = os.environ.get("PAGER")
        height = shutil.get_terminal_size().lines
        if pager and self.is_terminal and sys.stdin.isatty() and text.count("\n") >= height:
            import shlex
            import subprocess

            # Its own settings win; without any, `less` shows bold letters and stays off one screen.
            environment = {"LESS": "FRX", **os.environ}
            try:
                subprocess.run(  # noqa: S603 - the pager that a person has set
                    shlex.split(pager), input=text.encode(), env=environment, check=False
                )
            except (OSError, ValueError):
                self.write(text)
        else:
            self.write(text)

    def table(
        self, header: Sequence[str], rows: Sequence[Sequence[str]], form_name: str = "text"
    ) -> None:
        """Print a table in a terminal, lines of fields apart by tabs when piped, or another form."""
        clean = [[printable(cell) for cell in row] for row in rows]
        if form_name != "text":
            make = form(form_name).rows
            assert make is not None
            self.write(make(header, rows))
        elif not rows:
            self.lines(self.say("nothing"))
        elif self.is_terminal:
            shown = [("" if name == "" else name) for name in header]
            table = tuple(map(tuple, [shown, *clean]))
            self.page("".join(f"{line}\n" for line in table_lines(table, self.width)))
        else:
            self.write("".join("\t".join(row) + "\n" for row in clean))

    def progress(self) -> "Progress | None":
        """What tells a person how long work goes on; nobody watches a pipe."""
        if sys.stderr is None or not sys.stderr.isatty():
            return None
        last = [0.0]

        def told(done: int, of: int) -> None:
            now = time.monotonic()
            if now - last[0] >= _TOLD_EVERY:
                last[0] = now
                tell(f"\r{done}{f' / {of}' if of else ''} ")

        return told

    def findings(self, findings: Sequence[Finding]) -> None:
        """Print findings, one a line."""
        self.lines(*(finding.text(self.lang) for finding in findings))

    def conclude(self, findings: Sequence[Finding], form_name: str, sound: str) -> int:
        """Print what a check found, or that all is `sound`; gives the exit status."""
        told = {"findings": [finding.to_dict(self.lang) for finding in findings]}
        if not self.answer(form_name, told):
            self.findings(findings)
            self.lines(self.say("invalid", count=len(findings)) if findings else sound)
        return 1 if findings else 0

    def fail(self, error: PpunError) -> NoReturn:
        """Say what went wrong, and exit."""
        text = "\n".join(map(printable, error.text(self.lang).split("\n")))
        tell(f"{self.say('error')}: {text}\n")
        raise SystemExit(1)


def tell(text: str) -> None:
    """Print to standard error, as UTF-8; where it is closed or full, nobody can be told."""
    if sys.stderr is not None:
        try:
            sys.stderr.buffer.write(text.encode("utf-8", "replace"))
            sys.stderr.flush()
        except OSError:
            silence(sys.stderr.fileno())


def silence(descriptor: int) -> None:
    """Lead a stream away, so that whatever is flushed at exit does not complain again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), descriptor)
