"""The command for those who would rather look: a version as one page."""

from pathlib import Path
from typing import Annotated

import typer

from ..files import look_for_nothing, write_file
from .session import Session

__all__ = ["register"]


def explore(
    ctx: typer.Context,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="explore.output")] = None,
    show: Annotated[bool, typer.Option("--open", help="explore.open")] = False,  # noqa: FBT002 - a flag
    layer: Annotated[Path | None, typer.Option(help="explore.layer")] = None,
    force: Annotated[bool, typer.Option("--force", help="export.force")] = False,  # noqa: FBT002 - a flag
) -> None:
    from ..export.explorer import page
    from ..layer import Layer

    session = Session.of(ctx)
    policy = session.policy()
    target = Path(f"ppun-bfc-{policy.version}.html") if output is None else output
    if not force:  # before the work
        look_for_nothing(target)
    notes = None if layer is None else Layer.read(layer, policy)
    write_file(target, page(policy, session.lang, layer=notes), replace=force)
    session.lines(session.say("written", path=target))
    if show:
        import webbrowser

        webbrowser.open(target.resolve().as_uri())


def register(app: typer.Typer) -> None:
    """Add the command to the application; its help is a key of `texts.TEXTS`."""
    app.command(help="explore")(explore)
