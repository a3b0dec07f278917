"""Commands for those who make the data."""

import json
from collections import Counter
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated, cast

import typer

from ..errors import UnknownField, nearest
from ..export import make
from ..files import read_file, write_file
from ..pins import Pin
from .session import AnswerForm, Session, choice

__all__ = ["register"]

#: In a checkout, what was left out on purpose.
_REVIEWED = Path("data/inventory/left-out.yaml")


#: Those of `ppun_bfc.schemas`, which makes models when it is imported.
_SCHEMAS = ("snapshot", "authoring")
_schema = choice(*_SCHEMAS)


def _schema_name(value: str | None) -> str | None:
    return None if value is None else _schema(value)


SchemaName = Annotated[
    str | None,
    typer.Argument(callback=_schema_name, metavar=f"[{'|'.join(_SCHEMAS)}]", help="schema.name"),
]
Folder = Annotated[Path, typer.Argument(help="folder")]


def validate(ctx: typer.Context, folder: Folder, form: AnswerForm = "text") -> None:
    session = Session.of(ctx)
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
    form: AnswerForm = "text",
) -> None:
    session = Session.of(ctx)
    from .. import authoring

    day = released.date() if released else None
    done = authoring.publish(folder, into, version=number, released=day)
    if not session.answer(form, asdict(done)):
        given = {"version": done.version, "size": done.size, "digest": done.digest}
        session.lines(session.say("published", **given))


def verify(
    ctx: typer.Context,
    sources: Annotated[Path, typer.Argument(help="sources")],
    form: AnswerForm = "text",
) -> None:
    session = Session.of(ctx)
    from .. import authoring

    done = authoring.verify(session.policy(), sources, progress=session.progress())
    count = sum(done.checked.values())
    findings = [found.to_dict(session.lang) for found in done.findings]
    if not session.answer(form, {"checked": dict(done.checked), "findings": findings}):
        session.findings(done.findings)
        session.lines(*(f"{n}\t{session.say(f'sort.{sort}')}" for sort, n in done.checked.items()))
        key = "unverified" if done.findings else "verified"
        session.lines(session.say(key, count=count, missing=len(done.findings)))
    raise typer.Exit(1 if done.findings else 0)


def inventory(
    ctx: typer.Context,
    sources: Annotated[Path, typer.Argument(help="sources")],
    reviewed: Annotated[Path | None, typer.Option(help="inventory.reviewed")] = None,
    page: Annotated[str | None, typer.Option(help="inventory.page")] = None,
    every: Annotated[bool, typer.Option("--all", help="inventory.all")] = False,  # noqa: FBT002 - a flag
    form: AnswerForm = "text",
) -> None:
    session = Session.of(ctx)
    from .. import authoring

    if reviewed is None and _REVIEWED.is_file():
        reviewed = _REVIEWED
    done = authoring.inventory(session.policy(), sources, reviewed, progress=session.progress())
    items = [item for item in done.items if page is None or page in (item.page, item.document)]
    if not items and page is not None:
        known = tuple(dict.fromkeys(item.page for item in done.items))
        raise UnknownField("inventory", page, nearest(page, known) or known)
    unexplained = [item for item in items if item.state == "unexplained"]
    findings = [found.to_dict(session.lang) for found in done.findings]
    if not session.answer(form, {"items": [asdict(item) for item in items], "findings": findings}):
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
    name: SchemaName = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="export.output")] = None,
    ids: Annotated[bool, typer.Option("--ids", help="schema.ids")] = False,  # noqa: FBT002 - a flag
) -> None:
    session = Session.of(ctx)
    if ids == (name is not None):
        raise typer.BadParameter(session.say("schema.which", names=" | ".join(_SCHEMAS)))
    if ids:
        data = make(session.policy(), "ids", session.lang).decode()
    else:
        from ..schemas import SCHEMAS, Schema

        made = SCHEMAS[cast("Schema", name)]()
        data = json.dumps(made, ensure_ascii=False, indent=1) + "\n"
    if output is None:
        session.write(data)
    else:
        write_file(output, data.encode())
        session.lines(session.say("written", path=output))


def codegen(
    ctx: typer.Context,
    language: Annotated[str, typer.Argument(callback=choice("python"), help="codegen.language")],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="export.output")] = None,
    check: Annotated[bool, typer.Option("--check", help="codegen.check")] = False,  # noqa: FBT002 - a flag
) -> None:
    session = Session.of(ctx)
    found = None if session.policy_name else Pin.find(Path())
    policy = found[1].load() if found else session.policy()
    data = make(policy, language, session.lang)
    assert isinstance(data, bytes)
    if output is None:
        session.write(data)
    elif not check:
        write_file(output, data)
        session.lines(session.say("written", path=output))
    elif not output.is_file() or read_file(output, 2 * len(data)) != data:
        session.lines(session.say("codegen.stale", path=output, version=policy.version))
        raise typer.Exit(1)


def register(app: typer.Typer) -> None:
    """Add the commands to the application; their help is a key of `texts.TEXTS`."""
    app.command(help="validate")(validate)
    app.command(help="publish")(publish)
    app.command(help="verify")(verify)
    app.command(help="inventory")(inventory)
    app.command(help="schema")(schema)
    app.command(help="codegen")(codegen)
