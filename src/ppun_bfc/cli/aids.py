"""Commands about grant schemes: who could ask for what, and how much."""

from datetime import datetime
from typing import Annotated

import typer

from ..published import load
from .session import AnswerForm, Session

__all__ = ["register"]


def _applicants(incomplete: str) -> list[tuple[str, str]]:
    """The applicants whose ids go on so, for a shell that completes."""
    found = load().applicants()
    return [(one.id, one.label.fr) for one in found if one.id.startswith(incomplete)]


def aids(
    ctx: typer.Context,
    applicant: Annotated[
        str | None, typer.Argument(help="aids.applicant", autocompletion=_applicants)
    ] = None,
    cost: Annotated[str | None, typer.Option(help="grant.cost")] = None,
    population: Annotated[str | None, typer.Option(help="aids.population")] = None,
    epci_population: Annotated[str | None, typer.Option(help="aids.epci_population")] = None,
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="aids.on")] = None,
    form: AnswerForm = "text",
) -> None:
    session = Session.of(ctx)
    policy = session.policy()
    if applicant is None:
        who = policy.applicants()
        if not session.answer(form, [{"id": one.id, "label": one.label.fr} for one in who]):
            session.table(["id", "label"], [[one.id, one.label.text(session.lang)] for one in who])
        return
    found = policy.offers(
        applicant, cost=cost, population=population, epci_population=epci_population, on=on
    )
    if not session.answer(form, found.to_dict(session.lang)):
        session.card(found.card(session.lang))
    raise typer.Exit(0 if found else 1)


def grant(
    ctx: typer.Context,
    aid: Annotated[str, typer.Argument(help="grant.aid")],
    cost: Annotated[str, typer.Argument(help="grant.cost")],
    form: AnswerForm = "text",
) -> None:
    session = Session.of(ctx)
    found = session.policy().grant(aid, cost)
    if not session.answer(form, found.to_dict()):
        session.card(found.card(session.lang))


def register(app: typer.Typer) -> None:
    """Add the commands to the application; their help is a key of `texts.TEXTS`."""
    app.command(help="aids")(aids)
    app.command(help="grant")(grant)
