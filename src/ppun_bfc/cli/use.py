"""Commands for those who build on a version: pin it, check against it, compare, migrate."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..changes import IMPACTS, Diff, diff
from ..errors import InvalidData
from ..export import Report
from ..export import form as form_of
from ..export.report import repository_root
from ..pins import Pin
from .session import AnswerForm, Session, form_option

# What only one command needs is imported by it.
if TYPE_CHECKING:
    from ..uses import Passed

__all__ = ["register"]

_PYPROJECT = Path("pyproject.toml")
#: So many names of a sort of thing that was passed over are told.
_NAMED = 8


Paths = Annotated[list[Path], typer.Argument(help="paths")]
Columns = Annotated[list[str] | None, typer.Option("--column", help="column")]
Delimiter = Annotated[str | None, typer.Option(help="delimiter")]
Exclude = Annotated[list[str] | None, typer.Option("--exclude", help="exclude")]
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
    told = {key: value for key, value in asdict(made).items() if key not in ("ignore", "exclude")}
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
    require_pin: Annotated[bool, typer.Option("--require-pin", help="check.require_pin")] = False,  # noqa: FBT002 - a flag
    against: Annotated[str | None, typer.Option(help="check.against")] = None,
    column: Columns = None,
    delimiter: Delimiter = None,
    ignore: Ignore = None,
    exclude: Exclude = None,
    root: Annotated[Path | None, typer.Option(help="check.root")] = None,
    form: Annotated[str, form_option("findings", "json")] = "text",
) -> None:
    from ..checks import UseReport, check_files

    session = Session.of(ctx)
    try:
        pinned = Pin.from_pyproject(pin_file) if pin_file else None
    except InvalidData as error:
        if form == "text":
            raise
        # Programs are told of a pin that cannot be read in the form that they asked for.
        report = UseReport("", None, 0, (), 0, error.findings)
    else:
        report = check_files(
            paths,
            pinned=pinned.load() if pinned else None,
            against=session.named(against) if against else None,
            columns=column or (),
            delimiter=delimiter,
            ignore=(*(pinned.ignore if pinned else ()), *(ignore or ())),
            exclude=(*(pinned.exclude if pinned else ()), *(exclude or ())),
            find_pins=pinned is None,
            require_pin=require_pin and pinned is None,
            progress=session.progress(),
        )
    if make := form_of(form).findings:
        seen_from = root or repository_root(Path())
        told = Report(report.findings, seen_from, report.passed)
        session.write(make(told, session.lang))
    elif not session.answer(form, report.to_dict(session.lang)):
        session.findings(report.findings)
        _tell_passed(session, report.passed)
        count = sum(finding.severity == "error" for finding in report.findings)
        notices = len(report.findings) - count
        given = {"files": report.files, "uses": report.used, "count": count, "more": notices}
        ground = "" if report.pinned else session.say("no-pin")
        session.lines(session.say("checked", version=report.version, pin=ground, **given))
    raise typer.Exit(1 if report.failed else 0)


def _tell_passed(session: Session, passed: "Sequence[Passed]") -> None:
    """Say in a line a reason what was passed over, by name, and how often."""
    by_reason: dict[str, list[str]] = {}
    for found in passed:
        count = f" ({found.count})" if found.count > 1 else ""
        by_reason.setdefault(found.reason, []).append(f"{found.name}{count}")
    for reason, names in by_reason.items():
        more = len(names) - _NAMED
        told = [*names[:_NAMED], *([session.say("and-more", count=more)] if more > 0 else [])]
        session.lines(f"{session.head(f'passed.{reason}')} {', '.join(told)}")


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
    paths: Annotated[list[Path] | None, typer.Argument(help="paths")] = None,
    to: Annotated[str | None, typer.Option(help="migrate.to")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="migrate.dry_run")] = False,  # noqa: FBT002 - a flag
    column: Columns = None,
    delimiter: Delimiter = None,
    ignore: Ignore = None,
    exclude: Exclude = None,
    column_of: Annotated[
        str | None, typer.Option("--sql", help="migrate.sql", metavar="TABLE.COLUMN")
    ] = None,
    form: AnswerForm = "text",
) -> None:
    session = Session.of(ctx)
    if (column_of is None) == (not paths):
        raise typer.BadParameter(session.say("migrate.which"))
    if column_of is not None:
        from ..export.sql import moves

        session.write(moves(session.named(to), column_of, session.lang))
        return
    from ..migration import migrate_files

    found = Pin.find(Path())
    pinned = found[1] if found else None
    done = migrate_files(
        paths or (),
        session.named(to),
        dry_run=dry_run,
        columns=column or (),
        delimiter=delimiter,
        ignore=(*(pinned.ignore if pinned else ()), *(ignore or ())),
        exclude=(*(pinned.exclude if pinned else ()), *(exclude or ())),
    )
    if not session.answer(form, done.to_dict(session.lang)):
        session.lines(*(f"{move.place}: {move.old} → {move.new}" for move in done.rewrites))
        session.findings(done.findings)
        _tell_passed(session, done.passed)
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
