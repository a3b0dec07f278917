"""Commands for those who build on a version: pin it, check against it, compare, migrate."""

from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ..changes import IMPACTS, Diff, diff
from ..checks import check_files
from ..errors import InvalidData
from ..migration import migrate_files
from ..pins import Pin
from .messages import ERRORS
from .reports import annotations, sarif
from .session import Format, Session

__all__ = ["register"]

_PYPROJECT = Path("pyproject.toml")


class ReportFormat(StrEnum):
    """For whom `check` prints."""

    text = "text"
    json = "json"
    sarif = "sarif"
    github = "github"


class DiffFormat(StrEnum):
    """For whom `diff` prints."""

    text = "text"
    json = "json"
    markdown = "markdown"


FormatOption = Annotated[Format, typer.Option("--format", help="format")]
Paths = Annotated[list[Path], typer.Argument(help="paths")]
Columns = Annotated[list[str] | None, typer.Option("--column", help="column")]
Delimiter = Annotated[str | None, typer.Option(help="delimiter")]
Ignore = Annotated[list[str] | None, typer.Option("--ignore", help="ignore")]


def pin(
    ctx: typer.Context,
    version: Annotated[str | None, typer.Argument(help="pin.version")] = None,
    into: Annotated[Path, typer.Option(help="pin.into")] = _PYPROJECT,
    python: Annotated[bool, typer.Option("--python", help="pin.python")] = False,  # noqa: FBT002 - a flag
    form: FormatOption = Format.text,
) -> None:
    session = _session(ctx)
    made = Pin.of(version)
    if not python:
        made.write(into)
    if form is Format.json:
        session.json({key: value for key, value in asdict(made).items() if key != "ignore"})
    elif python:
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
    form: Annotated[
        ReportFormat, typer.Option("--format", help="check.format")
    ] = ReportFormat.text,
) -> None:
    session = _session(ctx)
    pinned = _pin(pin_file)
    report = check_files(
        paths,
        pinned=pinned.load() if pinned else None,
        against=session.named(against) if against else None,
        columns=column or (),
        delimiter=delimiter,
        ignore=(*(pinned.ignore if pinned else ()), *(ignore or ())),
    )
    catalogue = ERRORS[session.lang]
    if form is ReportFormat.sarif:
        import ppun_bfc

        session.json(sarif(report.findings, catalogue, ppun_bfc.__version__))
    elif form is ReportFormat.github:
        session.lines(*annotations(report.findings, catalogue))
    elif form is ReportFormat.json:
        session.json(
            {
                "version": report.version,
                "pinned": report.pinned,
                "files": report.files,
                "uses": len(report.uses),
                "findings": [session.finding_record(found) for found in report.findings],
            }
        )
    else:
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
    form: Annotated[DiffFormat, typer.Option("--format", help="diff.format")] = DiffFormat.text,
) -> None:
    session = _session(ctx)
    found = diff(session.named(old), session.named(new))
    if form is DiffFormat.json:
        session.json(found.to_dict())
    elif form is DiffFormat.markdown:
        session.write(found.markdown(session.lang))
    else:
        _print_diff(session, found)


def _print_diff(session: Session, found: Diff) -> None:
    for impact in IMPACTS:
        name = session.say(f"impact.{impact}")
        session.lines(*(f"{name}\t{change.text()}" for change in found.of(impact)))
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
    form: FormatOption = Format.text,
) -> None:
    session = _session(ctx)
    pinned = _pin(None)
    done = migrate_files(
        paths,
        session.named(to),
        dry_run=dry_run,
        columns=column or (),
        delimiter=delimiter,
        ignore=(*(pinned.ignore if pinned else ()), *(ignore or ())),
    )
    failed = any(finding.severity == "error" for finding in done.findings)
    if form is Format.json:
        session.json(
            {
                "version": done.version,
                "written": not dry_run,
                "files": done.files,
                "rewrites": [
                    {
                        "file": rewrite.place.file,
                        "line": rewrite.place.line,
                        "column": rewrite.place.column,
                        "old": rewrite.old,
                        "new": rewrite.new,
                    }
                    for rewrite in done.rewrites
                ],
                "findings": [session.finding_record(found) for found in done.findings],
            }
        )
    else:
        session.lines(*(f"{move.place}: {move.old} → {move.new}" for move in done.rewrites))
        session.findings(done.findings)
        key = "would-migrate" if dry_run else "migrated"
        given = {"files": done.files, "count": len(done.rewrites), "open": len(done.findings)}
        session.lines(session.say(key, version=done.version, **given))
    raise typer.Exit(1 if failed else 0)


def register(app: typer.Typer) -> None:
    """Add the commands to the application; their help is a key of `messages.TEXTS`."""
    app.command(help="pin")(pin)
    app.command(help="check")(check)
    app.command("diff", help="diff")(diff_)
    app.command(help="migrate")(migrate)


def _session(ctx: typer.Context) -> Session:
    found: Session = ctx.obj
    return found
