"""Commands for those who make the data."""

import json
from collections import Counter
from dataclasses import asdict
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ..errors import UnknownField, nearest
from ..files import write_file
from ..schemas import SCHEMAS
from .session import Format, Session

__all__ = ["register"]

#: In a checkout, what was left out on purpose.
_REVIEWED = Path("data/coverage/left-out.yaml")


class SchemaName(StrEnum):
    """A JSON Schema."""

    snapshot = "snapshot"
    authoring = "authoring"


FormatOption = Annotated[Format, typer.Option("--format", help="format")]
Folder = Annotated[Path, typer.Argument(help="folder")]


def validate(ctx: typer.Context, folder: Folder, form: FormatOption = Format.text) -> None:
    session = _session(ctx)
    from .. import authoring

    sound = session.say("valid", folder=folder)
    raise typer.Exit(session.conclude(authoring.validate(folder), form, sound))


def publish(
    ctx: typer.Context,
    folder: Folder,
    into: Annotated[Path | None, typer.Option(help="publish.into")] = None,
    number: Annotated[str | None, typer.Option(help="publish.number")] = None,
    released: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="publish.released")
    ] = None,
    form: FormatOption = Format.text,
) -> None:
    session = _session(ctx)
    from .. import authoring

    day = released.date() if released else None
    done = authoring.publish(folder, into, version=number, released=day)
    if form is Format.json:
        session.json(asdict(done))
    else:
        given = {"version": done.version, "size": done.size, "digest": done.digest}
        session.lines(session.say("published", **given))


def verify(
    ctx: typer.Context,
    sources: Annotated[Path, typer.Argument(help="sources")],
    form: FormatOption = Format.text,
) -> None:
    session = _session(ctx)
    from .. import authoring

    done = authoring.verify(session.policy(), sources)
    count = sum(done.checked.values())
    if form is Format.json:
        findings = [session.finding_record(found) for found in done.findings]
        session.json({"checked": dict(done.checked), "findings": findings})
    else:
        session.findings(done.findings)
        session.lines(*(f"{n}\t{session.say(f'sort.{sort}')}" for sort, n in done.checked.items()))
        key = "unverified" if done.findings else "verified"
        session.lines(session.say(key, count=count, missing=len(done.findings)))
    raise typer.Exit(1 if done.findings else 0)


def coverage(
    ctx: typer.Context,
    sources: Annotated[Path, typer.Argument(help="sources")],
    reviewed: Annotated[Path | None, typer.Option(help="coverage.reviewed")] = None,
    page: Annotated[str | None, typer.Option(help="coverage.page")] = None,
    every: Annotated[bool, typer.Option("--all", help="coverage.all")] = False,  # noqa: FBT002 - a flag
    form: FormatOption = Format.text,
) -> None:
    session = _session(ctx)
    from .. import authoring

    if reviewed is None and _REVIEWED.is_file():
        reviewed = _REVIEWED
    done = authoring.coverage(session.policy(), sources, reviewed)
    items = [item for item in done.items if page is None or page in (item.page, item.document)]
    if not items and page is not None:
        known = tuple(dict.fromkeys(item.page for item in done.items))
        raise UnknownField("coverage", page, nearest(page, known) or known)
    unexplained = [item for item in items if item.state == "unexplained"]
    if form is Format.json:
        findings = [session.finding_record(found) for found in done.findings]
        session.json({"items": [asdict(item) for item in items], "findings": findings})
    else:
        pages = Counter[tuple[str, str]]((item.page, item.state) for item in items)
        states = ("cited", "left-out", "unexplained")
        header = ["", *(session.say(f"state.{state}") for state in states)]
        names = dict.fromkeys(item.page for item in items)
        counts = [[name, *(str(pages[name, state]) for state in states)] for name in names]
        session.table(header, [header, *counts] if not session.is_terminal else counts)
        for item in items if every else unexplained:
            why = item.reason or " ".join(item.by)
            state, sort = session.say(f"state.{item.state}"), session.say(f"item.{item.sort}")
            session.lines(f"{item.page}\t{sort}\t{state}\t{item.text}\t{why}")
        session.findings(done.findings)
        given = {"count": len(items), "missing": len(unexplained)}
        session.lines(session.say("covered", **given))
    raise typer.Exit(1 if unexplained or done.findings else 0)


def schema(
    ctx: typer.Context,
    name: Annotated[SchemaName, typer.Argument(help="schema.name")],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="export.output")] = None,
) -> None:
    session = _session(ctx)
    data = json.dumps(SCHEMAS[name.value](), ensure_ascii=False, indent=1) + "\n"
    if output is None:
        session.write(data)
    else:
        write_file(output, data.encode())
        session.lines(session.say("written", path=output))


def register(app: typer.Typer) -> None:
    """Add the commands to the application; their help is a key of `messages.TEXTS`."""
    app.command(help="validate")(validate)
    app.command(help="publish")(publish)
    app.command(help="verify")(verify)
    app.command(help="coverage")(coverage)
    app.command(help="schema")(schema)


def _session(ctx: typer.Context) -> Session:
    found: Session = ctx.obj
    return found
