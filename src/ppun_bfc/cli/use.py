"""Commands for those who build on a version: pin it, check against it, compare, migrate."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from ..changes import IMPACTS, Diff, diff
from ..checks import check_files
from ..errors import InvalidData
from ..export import form as form_of
from ..migration import migrate_files
from ..pins import Pin
from .session import AnswerForm, Session, form_option

__all__ = ["register"]

_PYPROJECT = Path("pyproject.toml")


Paths = Annotated[list[Path], typer.Argument(help="paths")]
Columns = Annotated[list[str] | None, typer.Option("--column", help="column")]
Delimiter = Annotated[str | None, typer.Option(help="delimiter")]
Ignore = Annotated[list[str] | None, typer.Option("--ignore", help="ignore")]


def pin(
    ctx: typer.Context,
    version: Annotated[str | None, typer.Argument(help="pin.version")] = None,
    into: Annotated[Path, typer.Option(help="pin.into")] = _PYPROJECT,
    python: Annotated[bool, typer.Option("--python", help="pin.python")] = False,  # noqa: FBT002 - a flag
    form: AnswerForm = "text",
) -> None:
    session = Session.of(ctx)
    made = Pin.of(version)
    if not python:
        made.write(into)
    told = {key: value for key, value in asdict(made).items() if key != "ignore"}
    if session.answer(form, told):
        return
    if python:
        session.lines(made.to_python())
    else:
        session.lines(session.say("pinned", version=made.version, path=into))


def check(
    ctx: typer.Context,
    paths: Paths,
    pin_file: Annotated[Path | None, typer.Option("--pin", help="check.pin")] = None,
    against: Annotated[str | None, typer.Option(help="check.against")] = None,
    column: Columns = None,
    delimiter: Delimiter = None,
    ignore: Ignore = None,
    form: Annotated[str, form_option("findings", "json")] = "text",
) -> None:
    session = Session.of(ctx)
    pinned = _pin(pin_file)
    report = check_files(
        paths,
        pinned=pinned.load() if pinned else None,
        against=session.named(against) if against else None,
        columns=column or (),
        delimiter=delimiter,
        ignore=(*(pinned.ignore if pinned else ()), *(ignore or ())),
    )
    if make := form_of(form).findings:
        session.write(make(report.findings, session.lang))
    elif not session.answer(form, report.to_dict(session.lang)):
        session.findings(report.findings)
        count = sum(finding.severity == "error" for finding in report.findings)
        notices = len(report.findings) - count
        given = {"files": report.files, "uses": len(report.uses), "count": count, "more": notices}
        session.lines(session.say("checked", version=report.version, **given))
    raise typer.Exit(1 if report.failed else 0)


def _pin(path: Path | None) -> Pin | None:
    """The pin that was asked for, else that of the working folder, if there is one."""
    if path is not None:
        return Pin.from_pyproject(path)
    if not _PYPROJECT.is_file():
        return None
    try:
        return Pin.from_pyproject(_PYPROJECT)
    except InvalidData as error:
        if [finding.code for finding in error.findings] == ["no-pin"]:
            return None
        raise


def diff_(
    ctx: typer.Context,
    old: Annotated[str, typer.Argument(help="diff.old")],
    new: Annotated[str, typer.Argument(help="diff.new")],
    form: Annotated[str, form_option("changes", "json")] = "text",
) -> None:
    session = Session.of(ctx)
    found = diff(session.named(old), session.named(new))
    if make := form_of(form).changes:
        session.write(make(found, session.lang))
    elif not session.answer(form, found.to_dict()):
        _print_diff(session, found)


def _print_diff(session: Session, found: Diff) -> None:
    for impact in IMPACTS:
        name = session.say(f"impact.{impact}")
        session.lines(*(f"{name}\t{change.text(session.lang)}" for change in found.of(impact)))
    session.lines(*(session.say("reordered", kind=kind) for kind in found.reordered))
    counts = ", ".join(f"{len(found.of(i))} {session.say(f'impact.{i}')}" for i in IMPACTS)
    session.lines(f"{found.old} → {found.new}: {counts}")


def migrate(
    ctx: typer.Context,
    paths: Paths,
    to: Annotated[str | None, typer.Option(help="migrate.to")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="migrate.dry_run")] = False,  # noqa: FBT002 - a flag
    column: Columns = None,
    delimiter: Delimiter = None,
    ignore: Ignore = None,
    form: AnswerForm = "text",
) -> None:
    session = Session.of(ctx)
    pinned = _pin(None)
    done = migrate_files(
        paths,
        session.named(to),
        dry_run=dry_run,
        columns=column or (),
        delimiter=delimiter,
        ignore=(*(pinned.ignore if pinned else ()), *(ignore or ())),
    )
    if not session.answer(form, done.to_dict(session.lang)):
        session.lines(*(f"{move.place}: {move.old} → {move.new}" for move in done.rewrites))
        session.findings(done.findings)
        key = "would-migrate" if dry_run else "migrated"
        given = {"files": done.files, "count": len(done.rewrites), "open": len(done.findings)}
        session.lines(session.say(key, version=done.version, **given))
    raise typer.Exit(1 if done.failed else 0)


def register(app: typer.Typer) -> None:
    """Add the commands to the application; their help is a key of `texts.TEXTS`."""
    app.command(help="pin")(pin)
    app.command(help="check")(check)
    app.command("diff", help="diff")(diff_)
    app.command(help="migrate")(migrate)
