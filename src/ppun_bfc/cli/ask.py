"""Commands that ask: what there is, how it relates, and why."""

from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated, cast

import typer
from pydantic import BaseModel

from ..crossref import Missing, Step
from ..export import form as form_of
from ..files import write_file
from ..languages import BASES, STRENGTHS, Language
from ..models import Entity, Name
from ..policy import PolicyVersion
from ..published import Publications, shipped, version_of
from ..vocabulary import Kind, RelationName
from .session import AnswerForm, Session, form_option, place_of

__all__ = ["register"]


class Side(StrEnum):
    """Which links of an entity."""

    out = "out"
    in_ = "in"
    both = "both"


class Ground(StrEnum):
    """What a link rests on."""

    stated = "stated"
    derived = "derived"


Id = Annotated[str, typer.Argument(help="id")]
Rows = Annotated[str, typer.Argument(help="rows")]
Columns = Annotated[str, typer.Argument(help="columns")]


def versions(
    ctx: typer.Context,
    digest: Annotated[str | None, typer.Option(help="versions.digest")] = None,
    check: Annotated[bool, typer.Option("--check", help="versions.check")] = False,  # noqa: FBT002 - a flag
    folder: Annotated[Path | None, typer.Option(help="versions.folder")] = None,
    form: AnswerForm = "text",
) -> None:
    session = Session.of(ctx)
    publications = shipped() if folder is None else Publications(folder)
    found = publications.index if digest is None else (version_of(digest),)
    if check:
        sound = session.say("versions.sound", count=len(found))
        raise typer.Exit(session.conclude(publications.audit(), form, sound))
    if not session.answer(form, [asdict(row) for row in found]):
        current = session.say("current")
        rows = [[v.version, v.released, v.digest, current if v.current else ""] for v in found]
        session.table(["version", "date", "digest", ""], rows)


def list_(
    ctx: typer.Context,
    kind: Annotated[str, typer.Argument(help="list.kind")],
    form: AnswerForm = "text",
) -> None:
    session = Session.of(ctx)
    _print_entities(session, session.policy().entities(cast("Kind", kind)), form)


def search(
    ctx: typer.Context,
    text: Annotated[list[str], typer.Argument(help="search.text")],
    kind: Annotated[str | None, typer.Option(help="search.kind")] = None,
    form: AnswerForm = "text",
) -> None:
    session = Session.of(ctx)
    found = session.policy().search(" ".join(text), cast("Kind | None", kind))
    _print_entities(session, found, form)


def show(ctx: typer.Context, id: Id, form: AnswerForm = "text") -> None:
    session = Session.of(ctx)
    policy = session.policy()
    entity = policy.get(id)
    links = [Step.of_link(link).to_dict() for link in policy.related(entity)]
    if not session.answer(form, {**entity.to_dict(), "links": links}):
        session.lines(*_describe(session, policy, entity))


def related(
    ctx: typer.Context,
    id: Id,
    relation: Annotated[str | None, typer.Option(help="related.relation")] = None,
    direction: Annotated[Side, typer.Option(help="related.direction")] = Side.both,
    basis: Annotated[Ground | None, typer.Option(help="related.basis")] = None,
    form: AnswerForm = "text",
) -> None:
    session = Session.of(ctx)
    policy = session.policy()
    links = policy.related(
        id,
        relation=cast("RelationName | None", relation),
        direction=direction.value,
        basis=basis.value if basis else None,
    )
    if not session.answer(form, [Step.of_link(link).to_dict() for link in links]):
        rows = [_link_row(session, Step.of_link(link)) for link in links]
        session.table(["source", "relation", "target", session.say("basis"), ""], rows)


def matrix(
    ctx: typer.Context,
    rows: Rows = "priority",
    columns: Annotated[str | None, typer.Argument(help="matrix.columns")] = None,
    form: AnswerForm = "text",
) -> None:
    session = Session.of(ctx)
    found = session.policy().matrix(cast("Kind", rows), cast("Kind | None", columns))
    if not session.answer(form, found.to_dict()):
        session.write(f"{found.text(session.lang, session.width)}\n\n")
        notes = [session.say("context", count=len(found.context))]
        notes += [session.say("matrix.more")] if columns is None else []
        session.paragraphs(*notes)


def explain(
    ctx: typer.Context,
    source: Id,
    target: Id,
    max_links: Annotated[int, typer.Option(min=1, max=2, help="explain.max_links")] = 1,
    form: AnswerForm = "text",
) -> None:
    session = Session.of(ctx)
    policy = session.policy()
    found = policy.explain(source, target, max_links=max_links)
    if session.answer(form, found.to_dict()):
        return
    if not found.paths:
        given = {"source": source, "target": target, "version": policy.version}
        session.lines(session.say("no-meeting", **given))
    for path in found:
        session.lines(path.text(STRENGTHS[path.strength].text(session.lang)))
        session.lines(*(f"    {line}" for s in path.steps for line in _why(session, s)))


def gaps(
    ctx: typer.Context,
    rows: Rows = "priority",
    columns: Columns = "scheme",
    missing: Annotated[str | None, typer.Option(help="gaps.missing")] = None,
    form: AnswerForm = "text",
) -> None:
    session = Session.of(ctx)
    if missing is not None:
        names = [name.strip() for name in missing.split(",") if name.strip()]
        _print_missing(session, session.policy().missing(cast("Kind", rows), names), form)
        return
    found = session.policy().gaps(cast("Kind", rows), cast("Kind", columns))
    if not session.answer(form, found.to_dict()):
        for key, side in (("rows-gap", found.rows), ("columns-gap", found.columns)):
            session.lines(f"{session.head(key)} {len(side)}")
            session.lines(*(f"  {e.id}\t{e.label.text(session.lang)}" for e in side))


def export(
    ctx: typer.Context,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="export.output")] = None,
    form: Annotated[str, form_option("policy")] = "json",
) -> None:
    session = Session.of(ctx)
    make = form_of(form).policy
    assert make is not None
    data = make(session.policy(), session.lang)
    if output is None:
        session.write(data)
    else:
        write_file(output, data)
        session.lines(session.say("written", path=output))


def register(app: typer.Typer) -> None:
    """Add the commands to the application; their help is a key of `texts.TEXTS`."""
    app.command(help="versions")(versions)
    app.command("list", help="list")(list_)
    app.command(help="search")(search)
    app.command(help="show")(show)
    app.command(help="related")(related)
    app.command(help="matrix")(matrix)
    app.command(help="explain")(explain)
    app.command(help="gaps")(gaps)
    app.command(help="export")(export)


def _print_entities(session: Session, found: tuple[Entity, ...], form: str) -> None:
    if not session.answer(form, [entity.to_dict() for entity in found]):
        rows = [[e.id, e.acronym or "", e.label.text(session.lang)] for e in found]
        session.table(["id", "", "label"], rows)


def _print_missing(session: Session, found: tuple[Missing, ...], form: str) -> None:
    if not session.answer(form, [row.to_dict() for row in found]):
        rows = [
            [row.entity.id, row.entity.label.text(session.lang), ", ".join(row.missing)]
            for row in found
        ]
        session.table(["id", "label", session.say("missing")], rows)


def _link_row(session: Session, step: Step) -> list[str]:
    basis = BASES[step.basis].text(session.lang)
    return [step.source, step.relation, step.target, basis, step.modality or ""]


def _why(session: Session, step: Step) -> list[str]:
    lines = [" ".join(_link_row(session, step)).strip()]
    if step.rationale:
        lines.append(f"  {session.head('rationale')} {step.rationale.text(session.lang)}")
    return lines + [f"  {place_of(citation)}" for citation in step.citations]


def _describe(session: Session, policy: PolicyVersion, entity: Entity) -> list[str]:
    lang = session.lang
    name = f" ({entity.acronym})" if entity.acronym else ""
    lines = [entity.id, f"  {entity.label.text(lang)}{name}"]
    if entity.summary:
        lines.append(f"  {session.head('summary')} {entity.summary.text(lang)}")
    if entity.part_of:
        lines.append(f"  {session.head('part_of')} {entity.part_of}")
    if entity.wordings:
        names = " ; ".join(wording.label.text(lang) for wording in entity.wordings)
        lines.append(f"  {session.head('wordings')} {names}")
    if facts := _facts(entity, lang):
        lines += [f"  {session.head('fields')}", *facts]
    lines += [f"  {session.head('citations')}", *(f"    {place_of(c)}" for c in entity.citations)]
    if links := policy.related(entity.id):
        rows = (" ".join(_link_row(session, Step.of_link(link))).strip() for link in links)
        lines += [f"  {session.head('links')}", *(f"    {row}" for row in rows)]
    return lines


def _facts(entity: Entity, lang: Language) -> list[str]:
    """The fields that this kind alone has, and the numbers and codes of every kind."""
    common = set(Entity.model_fields) - {"notation", "codes"}
    lines: list[str] = []
    for name in type(entity).model_fields:
        value = getattr(entity, name)
        if name not in common and value not in (None, ()):
            lines.append(f"    {name}: {_plain(value, lang)}")
    return lines


def _plain(value: object, lang: Language) -> str:
    if isinstance(value, tuple):
        parts = cast("tuple[object, ...]", value)
        return ", ".join(_plain(part, lang) for part in parts)
    if isinstance(value, Name):
        return value.text(lang)
    if isinstance(value, BaseModel):
        told = [part for name, part in value if name not in ("citations", "as_written", "url")]
        return _plain(tuple(part for part in told if part not in (None, ())), lang)
    return str(value)
