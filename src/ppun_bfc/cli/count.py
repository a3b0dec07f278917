"""The command for those who count what is done under the policy."""

from typing import Annotated, cast

import typer

from ..models import ENTITY_TYPES, Basis
from ..vocabulary import Kind
from .session import RowsForm, Session, choice

__all__ = ["register"]

_BASES: tuple[Basis, ...] = ("stated", "derived")
_kind = choice(*ENTITY_TYPES)


def _across(value: str | None) -> str | None:
    return None if value is None else _kind(value)


Files = Annotated[list[str], typer.Argument(help="uptake.files", metavar="FILE...")]
Tags = Annotated[str, typer.Option("--tags", help="uptake.tags")]
Amount = Annotated[str | None, typer.Option("--amount", help="uptake.amount")]
By = Annotated[str | None, typer.Option("--by", help="uptake.by")]
Item = Annotated[str | None, typer.Option("--item", help="uptake.item")]
Table = Annotated[str | None, typer.Option("--table", help="uptake.table")]
Kinds = Annotated[str, typer.Option("--kind", help="uptake.kind", callback=_kind)]
Across = Annotated[str | None, typer.Option("--across", help="uptake.across", callback=_across)]
Share = Annotated[str, typer.Option("--rule", help="uptake.rule", callback=choice("full", "split"))]
Stated = Annotated[bool, typer.Option("--stated", help="uptake.stated")]
Before = Annotated[str | None, typer.Option("--before", help="uptake.before")]
Suppress = Annotated[int, typer.Option("--suppress", min=0, help="uptake.suppress")]


def uptake(
    ctx: typer.Context,
    files: Files,
    tags: Tags,
    amount: Amount = None,
    by: By = None,
    item: Item = None,
    table: Table = None,
    kind: Kinds = "priority",
    across: Across = None,
    rule: Share = "full",
    stated: Stated = False,  # noqa: FBT002 - a flag
    suppress: Suppress = 0,
    before: Before = None,
    form: RowsForm = "text",
) -> None:
    from ..uptake import Crossed, Rule, Shift, Uptake, crossed, read_files, shift
    from ..uptake import uptake as count

    if before is not None and across is not None:
        raise typer.BadParameter("--before, --across")
    session = Session.of(ctx)
    policy = session.policy()
    rows = read_files(files, tags, amount, by, item=item, table=table, progress=session.progress())
    found: Uptake | Crossed | Shift
    which, bases = cast("Rule", rule), _BASES[:1] if stated else _BASES
    by_kind = cast("Kind", kind)
    if before is not None:
        old = session.named(before)
        found = shift(rows, old, policy, by_kind, rule=which, bases=bases, suppress=suppress)
    elif across is None:
        found = count(rows, policy, by_kind, rule=which, bases=bases, suppress=suppress)
    else:
        pair = by_kind, cast("Kind", across)
        found = crossed(rows, policy, pair, rule=which, bases=bases, suppress=suppress)
    if session.answer(form, found.to_dict()):
        return
    if form == "text":
        session.card(found.card(session.lang))
        return
    header, *body = found.table(session.lang)
    session.table(header, body, form)


def register(app: typer.Typer) -> None:
    """Add the command to the application; its help is a key of `texts.TEXTS`."""
    app.command(help="uptake")(uptake)
