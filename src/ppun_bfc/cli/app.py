"""The application: its global options, its language, and what happens to errors."""

import os
import sys
import warnings
from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated, Any, cast

import typer
from typer.core import TyperGroup
from typer.main import get_command

from ..errors import DeprecatedIdWarning, PpunError, UnreadableFile
from . import aids, ask, author, use
from .session import Session, choose_language, silence, tell
from .texts import TEXTS

__all__ = ["run"]


class Lang(StrEnum):
    """Languages of the command line."""

    fr = "fr"
    en = "en"


class _Group(TyperGroup):
    """Ends quietly where a person presses Ctrl-C."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise SystemExit(130) from None


def _print_version(ctx: typer.Context, wanted: bool) -> None:  # noqa: FBT001 - typer calls it so
    if wanted:
        from ..published import load
        from ..release import release

        Session.of(ctx).lines(f"ppun-bfc {release()}, data {load().version}")
        raise typer.Exit


# The language is found before, since the help itself is in it; typer only checks the value.
def _options(
    ctx: typer.Context,
    policy: Annotated[str | None, typer.Option(help="app.policy")] = None,
    _lang: Annotated[Lang | None, typer.Option("--lang", help="app.lang")] = None,
    *,
    _version: Annotated[
        bool, typer.Option("--version", help="app.version", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    Session.of(ctx).policy_name = policy


def _warn(message: Warning | str, *_: object, **__: object) -> None:
    """A warning as one line, without a place in the code."""
    tell(f"{message}\n")


def run(arguments: Sequence[str]) -> None:
    """Run one command and exit; every failure of ours is one message and exit status 1."""
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="replace")  # help in French, on a console that has no accents
    session = Session(choose_language(arguments, os.environ))
    app = typer.Typer(
        cls=_Group,
        help="app",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.callback()(_options)
    for commands in (ask, aids, use, author):
        commands.register(app)
    group = cast("_Group", get_command(app))
    for command in (group, *group.commands.values()):
        command.help = _in_language(command.help, session)
        for parameter in command.params:
            # In some releases of typer, `--help` itself is among them, and an argument has no help.
            key = getattr(parameter, "help", None)
            setattr(parameter, "help", _in_language(key, session))  # noqa: B010
    with warnings.catch_warnings():
        warnings.simplefilter("always", DeprecatedIdWarning)
        setattr(warnings, "showwarning", _warn)  # noqa: B010 - as the module says to do
        try:
            group(args=list(arguments), prog_name="ppun-bfc", obj=session)
        except PpunError as error:
            session.fail(error)
        except OSError as error:  # of the console itself: all else is ours
            silence(sys.stdout.fileno())
            session.fail(UnreadableFile("stdout", error.strerror or str(error)))


def _in_language(key: str | None, session: Session) -> str | None:
    return TEXTS[key].text(session.lang) if key is not None and key in TEXTS else key
