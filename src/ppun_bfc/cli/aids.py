"""Commands about aids: who could ask for what, and how much."""

from datetime import datetime
from typing import Annotated

import typer

from .session import AnswerForm, Session, place_of

__all__ = ["register"]


def aids(
    ctx: typer.Context,
    applicant: Annotated[str, typer.Argument(help="aids.applicant")],
    population: Annotated[str | None, typer.Option(help="aids.population")] = None,
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="aids.on")] = None,
    form: AnswerForm = "text",
) -> None:
    session = Session.of(ctx)
    day = on.date() if on else None
    found = session.policy().aids_for(applicant, population=population, on=day)
    if session.answer(form, [offer.to_dict() for offer in found]):
        return
    rows: list[list[str]] = []
    for offer in found:
        notes = [] if offer.open is not None or on is None else [session.say("undated")]
        if offer.depends_on_population:
            limit = offer.eligibility.population_below
            notes.append(session.say("if-population", limit=limit))
        if offer.eligibility.condition:
            notes.append(offer.eligibility.condition.text(session.lang))
        label = offer.aid.label.text(session.lang)
        rows.append([offer.aid.id, label, " ; ".join(notes), offer.url or ""])
    session.table(["id", "label", "", "url"], rows)


def grant(
    ctx: typer.Context,
    aid: Annotated[str, typer.Argument(help="grant.aid")],
    cost: Annotated[str, typer.Argument(help="grant.cost")],
    form: AnswerForm = "text",
) -> None:
    session = Session.of(ctx)
    found = session.policy().grant(aid, cost)
    if session.answer(form, found.to_dict()):
        return
    session.lines(f"{found.aid.id}  {found.text(session.lang)}")
    session.lines(*(f"    {place_of(c)}" for b in found.brackets for c in b.citations))
    for bonus in found.bonuses:
        session.lines(f"    + {bonus.rate} % : {bonus.label.text(session.lang)}")
    if found.rules:
        session.lines(f"  {session.head('rules')}")
        session.lines(*(f"    {rule.text.text(session.lang)}" for rule in found.rules))


def register(app: typer.Typer) -> None:
    """Add the commands to the application; their help is a key of `texts.TEXTS`."""
    app.command(help="aids")(aids)
    app.command(help="grant")(grant)
