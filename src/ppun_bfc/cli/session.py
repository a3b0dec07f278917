"""What every command shares: the language, the policy asked about, and how to print."""

import json
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NoReturn

from rich.console import Console
from rich.table import Table
from rich.text import Text as RichText

from ..errors import Finding, PpunError, UnreadableFile
from ..models import Language
from ..policy import PolicyVersion
from ..snapshots import load, read, versions
from .messages import ERRORS, TEXTS

__all__ = ["Format", "Session", "choose_language"]


class Format(StrEnum):
    """For whom a command prints."""

    text = "text"
    json = "json"


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

    def say(self, key: str, **given: object) -> str:
        """A text of the command line."""
        return TEXTS[self.lang][key].format(**given)

    def head(self, key: str) -> str:
        """A text that something follows."""
        return self.say(key) + (" :" if self.lang == "fr" else ":")

    def policy(self) -> PolicyVersion:
        """The policy that `--policy` names."""
        return self.named(self.policy_name)

    def named(self, name: str | None) -> PolicyVersion:
        """The policy of a name: a folder, a file, or a version; without one, the current."""
        known = {name for row in versions() for name in (row.version, row.edition)}
        # A name that ships always means what ships, whatever the working folder holds.
        if name is None or name in known:
            return load(name)
        if os.path.isdir(name):  # noqa: PTH112 - unlike Path, it never raises
            from ..authoring import draft

            return draft(name)
        is_file = os.sep in name or name.endswith(".json") or os.path.isfile(name)  # noqa: PTH113
        return read(name) if is_file else load(name)

    @property
    def is_terminal(self) -> bool:
        """Whether a person watches."""
        return sys.stdout is not None and sys.stdout.isatty()

    @property
    def width(self) -> int:
        """How many characters fit in a line."""
        return shutil.get_terminal_size().columns if self.is_terminal else 100

    def write(self, data: str | bytes) -> None:
        """Print to standard output, as UTF-8; a reader that went away is no failure."""
        raw = data.encode("utf-8", "replace") if isinstance(data, str) else data
        if sys.stdout is None:  # closed by whoever started this process
            return
        try:
            sys.stdout.buffer.write(raw)
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            # Whatever is flushed at exit must not complain again.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise SystemExit(0) from None
        except OSError as error:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise UnreadableFile("stdout", error.strerror or str(error)) from None

    def json(self, value: object) -> None:
        """Print a value as JSON."""
        self.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")

    def lines(self, *lines: str) -> None:
        """Print lines of text."""
        self.write("".join(f"{line}\n" for line in lines))

    def table(self, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Print a table in a terminal, or lines of fields apart by tabs when piped."""
        if not rows:
            self.lines(self.say("nothing"))
        elif self.is_terminal:
            console = Console()
            table = Table(show_header=any(header), header_style="bold")
            for name in header:
                table.add_column(RichText(name), overflow="fold")
            for row in rows:
                table.add_row(*(RichText(cell) for cell in row))
            with console.capture() as captured:
                console.print(table)
            self.write(captured.get())
        else:
            self.lines(*("\t".join(row) for row in rows))

    def finding_record(self, finding: Finding) -> dict[str, object]:
        """A finding as JSON, in the language of the session."""
        place = finding.place
        catalogue = ERRORS[self.lang]
        return {
            "code": finding.code,
            "severity": finding.severity,
            "file": place.file,
            "line": place.line,
            "column": place.column,
            "record": place.record,
            "field": place.field,
            "message": finding.message(catalogue),
            "cure": finding.cure(catalogue),
        }

    def findings(self, findings: Sequence[Finding]) -> None:
        """Print findings, one a line."""
        self.lines(*(finding.text(ERRORS[self.lang]) for finding in findings))

    def conclude(self, findings: Sequence[Finding], form: Format, sound: str) -> int:
        """Print what a check found, or that all is `sound`; gives the exit status."""
        if form is Format.json:
            self.json({"findings": [self.finding_record(finding) for finding in findings]})
        elif findings:
            self.findings(findings)
            self.lines(self.say("invalid", count=len(findings)))
        else:
            self.lines(sound)
        return 1 if findings else 0

    def fail(self, error: PpunError) -> NoReturn:
        """Say what went wrong, and exit."""
        text = f"{self.say('error')}: {error.text(ERRORS[self.lang])}\n"
        sys.stderr.buffer.write(text.encode("utf-8", "replace"))
        sys.stderr.flush()
        raise SystemExit(1)
