"""The application: its global options, its language, and what happens to errors."""

import os
from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated, Any, cast

import typer
from typer.core import TyperGroup
from typer.main import get_command

from ..errors import PpunError
from . import ask, build, make
from .messages import TEXTS
from .session import Session, choose_language

__all__ = ["run"]


class Lang(StrEnum):
    """Languages of the command line."""

    fr = "fr"
    en = "en"


class _Group(TyperGroup):
    """Turns every failure of ours into one message and exit status 1, and Ctrl-C into 130."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except PpunError as error:
            cast("Session", ctx.obj).fail(error)
        except KeyboardInterrupt:
            raise SystemExit(130) from None


def _print_version(ctx: typer.Context, wanted: bool) -> None:  # noqa: FBT001 - typer calls it so
    if wanted:
        from importlib.metadata import version

        from ..snapshots import load

        cast("Session", ctx.obj).lines(f"ppun-bfc {version('ppun-bfc')}, data {load().version}")
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
    cast("Session", ctx.obj).policy_name = policy


def run(arguments: Sequence[str]) -> None:
    """Run one command and exit."""
    session = Session(choose_language(arguments, os.environ))
    app = typer.Typer(
        cls=_Group,
        help="app",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.callback()(_options)
    ask.register(app)
    build.register(app)
    make.register(app)
    group = cast("_Group", get_command(app))
    texts = TEXTS[session.lang]
    for command in (group, *group.commands.values()):
        command.help = texts.get(command.help or "", command.help)
        for parameter in command.params:
            # In some releases of typer, `--help` itself is among them, and an argument has no help.
            key = getattr(parameter, "help", None)
            setattr(parameter, "help", texts.get(key or "", key))  # noqa: B010
    group(args=list(arguments), prog_name="ppun-bfc", obj=session)
