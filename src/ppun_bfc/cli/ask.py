"""Commands that ask: what there is, how it relates, and why."""

from dataclasses import asdict
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from pydantic import BaseModel

from ..canonical import Json
from ..crossref import WORDS, Missing, Step, wrap
from ..grants import Offer
from ..models import Bonus, Bracket, Citation, Eligibility, Entity, Language, Name, Rule
from ..policy import PolicyVersion
from ..snapshots import check_published, version_of
from ..snapshots import versions as published_versions
from .session import Format, Session

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


FormatOption = Annotated[Format, typer.Option("--format", help="format")]
Id = Annotated[str, typer.Argument(help="id")]
Rows = Annotated[str, typer.Argument(help="rows")]
Columns = Annotated[str, typer.Argument(help="columns")]


def versions(
    ctx: typer.Context,
    digest: Annotated[str | None, typer.Option(help="versions.digest")] = None,
    check: Annotated[bool, typer.Option("--check", help="versions.check")] = False,  # noqa: FBT002 - a flag
    form: FormatOption = Format.text,
) -> None:
    session = _session(ctx)
    found = published_versions() if digest is None else (version_of(digest),)
    if check:
        sound = session.say("versions.sound", count=len(found))
        raise typer.Exit(session.conclude(check_published(), form, sound))
    if form is Format.json:
        session.json([asdict(row) for row in found])
    else:
        current = session.say("current")
        rows = [[v.version, v.released, v.digest, current if v.current else ""] for v in found]
        session.table(["version", "date", "digest", ""], rows)


def list_(
    ctx: typer.Context,
    kind: Annotated[str, typer.Argument(help="list.kind")],
    form: FormatOption = Format.text,
) -> None:
    session = _session(ctx)
    _print_entities(session, session.policy().entities(kind), form)


def search(
    ctx: typer.Context,
    text: Annotated[list[str], typer.Argument(help="search.text")],
    kind: Annotated[str | None, typer.Option(help="search.kind")] = None,
    form: FormatOption = Format.text,
) -> None:
    session = _session(ctx)
    _print_entities(session, session.policy().search(" ".join(text), kind), form)


def show(ctx: typer.Context, id: Id, form: FormatOption = Format.text) -> None:
    session = _session(ctx)
    policy = session.policy()
    entity = policy.get(id)
    steps = [Step.of_link(link) for link in policy.related(id)]
    if form is Format.json:
        session.json({**_record(entity), "links": [step.to_dict() for step in steps]})
    else:
        session.lines(*_describe(session, policy, entity))


def related(
    ctx: typer.Context,
    id: Id,
    relation: Annotated[str | None, typer.Option(help="related.relation")] = None,
    direction: Annotated[Side, typer.Option(help="related.direction")] = Side.both,
    basis: Annotated[Ground | None, typer.Option(help="related.basis")] = None,
    form: FormatOption = Format.text,
) -> None:
    session = _session(ctx)
    policy = session.policy()
    links = policy.related(
        id,
        relation=relation,
        direction=direction.value,
        basis=basis.value if basis else None,
    )
    if form is Format.json:
        session.json([Step.of_link(link).to_dict() for link in links])
    else:
        rows = [_link_row(session, Step.of_link(link)) for link in links]
        session.table(["source", "relation", "target", session.say("basis"), ""], rows)


def matrix(
    ctx: typer.Context,
    rows: Rows = "priority",
    columns: Annotated[str | None, typer.Argument(help="matrix.columns")] = None,
    form: FormatOption = Format.text,
) -> None:
    session = _session(ctx)
    found = session.policy().matrix(rows, columns)
    if form is Format.json:
        session.json(found.to_dict())
    else:
        session.lines(found.text(session.lang, session.width), "")
        notes = [session.say("context", count=len(found.context))]
        notes += [session.say("matrix.more")] if columns is None else []
        session.lines(*(line for note in notes for line in wrap(note, session.width)))


def explain(
    ctx: typer.Context,
    source: Id,
    target: Id,
    max_links: Annotated[int, typer.Option(min=1, max=2, help="explain.max_links")] = 1,
    form: FormatOption = Format.text,
) -> None:
    session = _session(ctx)
    policy = session.policy()
    found = policy.explain(source, target, max_links=max_links)
    if form is Format.json:
        session.json(found.to_dict())
    elif not found.paths:
        given = {"source": source, "target": target, "version": policy.version}
        session.lines(session.say("no-meeting", **given))
    else:
        for path in found:
            session.lines(path.text(WORDS[path.strength][session.lang]))
            session.lines(*(f"    {line}" for s in path.steps for line in _why(session, s)))


def gaps(
    ctx: typer.Context,
    rows: Rows = "priority",
    columns: Columns = "scheme",
    missing: Annotated[str | None, typer.Option(help="gaps.missing")] = None,
    form: FormatOption = Format.text,
) -> None:
    session = _session(ctx)
    if missing is not None:
        names = [name.strip() for name in missing.split(",") if name.strip()]
        _print_missing(session, session.policy().missing(rows, names), form)
        return
    found = session.policy().gaps(rows, columns)
    if form is Format.json:
        sides = {"rows": found.rows, "columns": found.columns}
        session.json({name: [entity.id for entity in side] for name, side in sides.items()})
    else:
        for key, side in (("rows-gap", found.rows), ("columns-gap", found.columns)):
            session.lines(f"{session.head(key)} {len(side)}")
            session.lines(*(f"  {e.id}\t{e.label.text(session.lang)}" for e in side))


def aids(
    ctx: typer.Context,
    applicant: Annotated[str, typer.Argument(help="aids.applicant")],
    population: Annotated[str | None, typer.Option(help="aids.population")] = None,
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="aids.on")] = None,
    form: FormatOption = Format.text,
) -> None:
    session = _session(ctx)
    day = on.date() if on else None
    found = session.policy().aids_for(applicant, population=population, on=day)
    if form is Format.json:
        session.json([_offer_record(offer) for offer in found])
        return
    rows = []
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
    form: FormatOption = Format.text,
) -> None:
    session = _session(ctx)
    found = session.policy().grant(aid, cost)
    if form is Format.json:
        brackets = [_with_urls(bracket) for bracket in found.brackets]
        session.json(
            {
                "aid": found.aid.id,
                "cost": str(found.cost),
                "most": None if found.most is None else str(found.most),
                "below": found.is_below,
                "least_cost": None if found.least_cost is None else str(found.least_cost),
                "brackets": brackets,
                "bonuses": [_with_urls(bonus) for bonus in found.bonuses],
                "rules": [_with_urls(rule) for rule in found.rules],
            }
        )
        return
    session.lines(f"{found.aid.id}  {found.text(session.lang)}")
    session.lines(*(f"    {_place(c)}" for b in found.brackets for c in b.citations))
    for bonus in found.bonuses:
        session.lines(f"    + {bonus.rate} % : {bonus.label.text(session.lang)}")
    if found.rules:
        session.lines(f"  {session.head('rules')}")
        session.lines(*(f"    {rule.text.text(session.lang)}" for rule in found.rules))


def export(
    ctx: typer.Context,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="export.output")] = None,
    form: Annotated[Format, typer.Option("--format", help="format")] = Format.json,
) -> None:
    session = _session(ctx)
    policy = session.policy()
    data = policy.to_json() if form is Format.json else _listing(session, policy).encode()
    if output is None:
        session.write(data)
    else:
        from ..files import write_file

        write_file(output, data)
        session.lines(session.say("written", path=output))


def register(app: typer.Typer) -> None:
    """Add the commands to the application; their help is a key of `messages.TEXTS`."""
    app.command(help="versions")(versions)
    app.command("list", help="list")(list_)
    app.command(help="search")(search)
    app.command(help="show")(show)
    app.command(help="related")(related)
    app.command(help="matrix")(matrix)
    app.command(help="explain")(explain)
    app.command(help="gaps")(gaps)
    app.command(help="aids")(aids)
    app.command(help="grant")(grant)
    app.command(help="export")(export)


def _session(ctx: typer.Context) -> Session:
    found: Session = ctx.obj
    return found


def _listing(session: Session, policy: PolicyVersion) -> str:
    rows = (f"{entity.id}\t{entity.label.text(session.lang)}\n" for entity in policy)
    return "".join(rows)


def _print_entities(session: Session, found: tuple[Entity, ...], form: Format) -> None:
    if form is Format.json:
        session.json([_record(entity) for entity in found])
    else:
        rows = [[e.id, e.acronym or "", e.label.text(session.lang)] for e in found]
        session.table(["id", "", "label"], rows)


def _print_missing(session: Session, found: tuple[Missing, ...], form: Format) -> None:
    if form is Format.json:
        session.json([{"id": row.entity.id, "missing": list(row.missing)} for row in found])
    else:
        rows = [
            [row.entity.id, row.entity.label.text(session.lang), ", ".join(row.missing)]
            for row in found
        ]
        session.table(["id", "label", session.say("missing")], rows)


def _offer_record(offer: Offer) -> dict[str, Json]:
    return {
        "aid": offer.aid.id,
        "label": offer.aid.label.fr,
        "open": offer.open,
        "depends_on_population": offer.depends_on_population,
        "eligibility": _with_urls(offer.eligibility),
        "rules": [_with_urls(rule) for rule in offer.rules],
        "url": offer.url,
    }


def _with_urls(part: Bracket | Bonus | Eligibility | Rule) -> dict[str, Json]:
    """A part of an aid as JSON, its citations with the addresses of their pages."""
    record: dict[str, Json] = part.model_dump(mode="json", exclude_defaults=True)
    return {**record, "citations": [citation.to_dict() for citation in part.citations]}


def _record(entity: Entity) -> dict[str, Json]:
    record: dict[str, Json] = entity.model_dump(mode="json", exclude_defaults=True)
    return {**record, "citations": [citation.to_dict() for citation in entity.citations]}


def _link_row(session: Session, step: Step) -> list[str]:
    basis = WORDS[step.basis][session.lang]
    return [step.source, step.relation, step.target, basis, step.modality or ""]


def _why(session: Session, step: Step) -> list[str]:
    lines = [" ".join(_link_row(session, step)).strip()]
    if step.rationale:
        lines.append(f"  {session.head('rationale')} {step.rationale.text(session.lang)}")
    return lines + [f"  {_place(citation)}" for citation in step.citations]


def _place(citation: Citation) -> str:
    anchor = f" « {citation.anchor} »" if citation.anchor else ""
    return f"{citation.url or citation.page}{anchor}"


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
    lines += [f"  {session.head('citations')}", *(f"    {_place(c)}" for c in entity.citations)]
    if links := policy.related(entity.id):
        rows = (" ".join(_link_row(session, Step.of_link(link))).strip() for link in links)
        lines += [f"  {session.head('links')}", *(f"    {row}" for row in rows)]
    return lines


def _facts(entity: Entity, lang: Language) -> list[str]:
    """The fields that this kind alone has, and the numbers and codes of every kind."""
    common = set(Entity.model_fields) - {"notation", "codes"}
    lines = []
    for name in type(entity).model_fields:
        value = getattr(entity, name)
        if name not in common and value not in (None, ()):
            lines.append(f"    {name}: {_plain(value, lang)}")
    return lines


def _plain(value: object, lang: Language) -> str:
    if isinstance(value, tuple):
        return ", ".join(_plain(part, lang) for part in value)
    if isinstance(value, Name):
        return value.text(lang)
    if isinstance(value, BaseModel):
        parts = [part for name, part in value if name not in ("citations", "as_written")]
        return _plain(tuple(part for part in parts if part not in (None, ())), lang)
    return str(value)
