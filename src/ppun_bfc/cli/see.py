"""The command for those who would rather look: a version as one page."""

from pathlib import Path
from typing import Annotated

import typer

from ..export import write
from .session import Session

__all__ = ["register"]


def explore(
    ctx: typer.Context,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="explore.output")] = None,
    show: Annotated[bool, typer.Option("--open", help="explore.open")] = False,  # noqa: FBT002 - a flag
    layer: Annotated[Path | None, typer.Option(help="explore.layer")] = None,
    force: Annotated[bool, typer.Option("--force", help="export.force")] = False,  # noqa: FBT002 - a flag
) -> None:
    session = Session.of(ctx)
    policy = session.policy()
    target = Path(f"ppun-bfc-{policy.version}.html") if output is None else output
    options = {} if layer is None else {"layer": str(layer)}
    write(policy, "html", target, session.lang, force=force, **options)
    session.lines(session.say("written", path=target))
    if show:
        import webbrowser

        webbrowser.open(target.resolve().as_uri())


def register(app: typer.Typer) -> None:
    """Add the command to the application; its help is a key of `texts.TEXTS`."""
    app.command(help="explore")(explore)
