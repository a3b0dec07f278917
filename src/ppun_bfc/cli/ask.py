"""Commands that ask: what there is, how it relates, and why."""

from dataclasses import asdict
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, cast

import typer

from ..cards import one_line
from ..crossref import Missing, Step
from ..crossref.table import as_text
from ..export import form as form_of
from ..export import forms, make, write
from ..languages import BASES, MODALITIES
from ..models import ENTITY_TYPES, Entity, Modality
from ..published import Publications, load, shipped, version_of
from ..vocabulary import Kind, RelationName
from .session import AnswerForm, RowsForm, Session, choice, form_option

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


#: A shell shows so much of a name beside an id.
_HINT = 48


def _ids(incomplete: str) -> list[tuple[str, str]]:
    """The ids that go on so, for a shell that completes."""
    policy = load()
    return [
        (one.id, one_line(one.label.fr, _HINT)) for one in policy if one.id.startswith(incomplete)
    ]


def _kinds(incomplete: str) -> list[str]:
    """The kinds that go on so."""
    return [kind for kind in ENTITY_TYPES if kind.startswith(incomplete)]


def _form(value: str | None) -> str | None:
    """A form of the whole policy."""
    return None if value is None else choice(*forms("policy", "files"))(value)


Id = Annotated[str, typer.Argument(help="id", autocompletion=_ids)]
Ids = Annotated[list[str], typer.Argument(help="cite.ids", autocompletion=_ids)]
Rows = Annotated[str, typer.Argument(help="rows", autocompletion=_kinds)]
Columns = Annotated[str, typer.Argument(help="columns", autocompletion=_kinds)]
Kinds = Annotated[
    list[str] | None, typer.Option("--kind", help="search.kind", autocompletion=_kinds)
]


def versions(
    ctx: typer.Context,
    digest: Annotated[str | None, typer.Option(help="versions.digest")] = None,
    check: Annotated[bool, typer.Option("--check", help="versions.check")] = False,  # noqa: FBT002 - a flag
    folder: Annotated[Path | None, typer.Option(help="versions.folder")] = None,
    form: RowsForm = "text",
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
        session.table(["version", "date", "digest", ""], rows, form)


def list_(
    ctx: typer.Context,
    kind: Annotated[str | None, typer.Argument(help="list.kind", autocompletion=_kinds)] = None,
    form: RowsForm = "text",
) -> None:
    session = Session.of(ctx)
    policy = session.policy()
    if kind is not None:
        _print_entities(session, policy.entities(cast("Kind", kind)), form)
        return
    lang = session.lang
    counts = [
        (name, model, len(policy.entities(cast("Kind", name))))
        for name, model in ENTITY_TYPES.items()
    ]
    told = [
        {
            "kind": name,
            "collection": model.noun.en[1],
            "label": model.noun.text(lang, 2),
            "count": count,
        }
        for name, model, count in counts
    ]
    if not session.answer(form, told):
        rows = [[name, model.noun.text(lang, 2), str(count)] for name, model, count in counts]
        session.table(["kind", session.say("word"), session.say("count")], rows, form)


def search(
    ctx: typer.Context,
    text: Annotated[list[str], typer.Argument(help="search.text")],
    kind: Kinds = None,
    limit: Annotated[int, typer.Option(min=0, help="search.limit")] = 20,
    form: RowsForm = "text",
) -> None:
    session = Session.of(ctx)
    kinds = cast("list[Kind] | None", kind)
    found = session.policy().search(" ".join(text), kinds or None, limit=limit)
    if not session.answer(form, [hit.to_dict(session.lang) for hit in found]):
        if form == "text" and session.is_terminal:
            session.card(found.card(session.lang))
        else:
            lang = session.lang
            rows = [
                [h.id, h.entity.acronym or "", h.entity.label.text(lang), h.why(lang)]
                for h in found
            ]
            session.table(["id", "", "label", ""], rows, form)
    raise typer.Exit(0 if found else 1)


def show(ctx: typer.Context, id: Id, form: AnswerForm = "text") -> None:
    session = Session.of(ctx)
    policy = session.policy()
    page = policy.about(id)
    links = [Step.of_link(link).to_dict() for link in policy.related(page.entity)]
    told = page.to_dict(session.lang)
    if not session.answer(
        form, {**page.entity.to_dict(), **told, "links": links, "about": told["links"]}
    ):
        session.card(page.card(session.lang))


def related(
    ctx: typer.Context,
    id: Id,
    relation: Annotated[list[str] | None, typer.Option(help="related.relation")] = None,
    direction: Annotated[Side, typer.Option(help="related.direction")] = Side.both,
    basis: Annotated[Ground | None, typer.Option(help="related.basis")] = None,
    kind: Kinds = None,
    modality: Annotated[list[str] | None, typer.Option(help="related.modality")] = None,
    form: RowsForm = "text",
) -> None:
    session = Session.of(ctx)
    links = session.policy().related(
        id,
        relation=cast("list[RelationName] | None", relation or None),
        direction=direction.value,
        basis=basis.value if basis else None,
        kind=cast("list[Kind] | None", kind or None),
        modality=cast("list[Modality] | None", modality or None),
    )
    if not session.answer(form, [Step.of_link(link).to_dict() for link in links]):
        header = ["source", "relation", "target", session.say("basis"), session.say("modality")]
        rows = [_link_row(session, Step.of_link(link)) for link in links]
        session.table(header, rows, form)


def matrix(
    ctx: typer.Context,
    rows: Rows = "priority",
    columns: Annotated[
        str | None, typer.Argument(help="matrix.columns", autocompletion=_kinds)
    ] = None,
    layer: Annotated[Path | None, typer.Option(help="matrix.layer")] = None,
    form: RowsForm = "text",
) -> None:
    session = Session.of(ctx)
    policy = session.policy()
    found = policy.matrix(cast("Kind", rows), cast("Kind | None", columns))
    table, told = found.table(session.lang), dict[str, object](found.to_dict())
    if layer is not None:
        from ..layer import Layer

        own = Layer.read(layer, policy)
        table, told["layer"] = own.table(found, session.lang), own.to_dict()
    if session.answer(form, told):
        return
    if form != "text":
        header, *body = table
        session.table(header, body, form)
        return
    notes = [session.say("context", count=len(found.context))]
    notes += [session.say("matrix.more")] if columns is None else []
    key = session.wrapped(*found.notes(session.lang))
    session.page(f"{as_text(table, session.width)}\n\n{key}\n{session.wrapped(*notes)}")


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
    if not session.answer(form, found.to_dict()):
        if found.paths:
            session.card(found.card(session.lang))
        else:
            given = {"source": source, "target": target, "version": policy.version}
            session.lines(session.say("no-meeting", **given))
    raise typer.Exit(0 if found.paths else 1)


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
        session.card(found.card(session.lang))


def timeline(
    ctx: typer.Context,
    start: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="timeline.start")
    ] = None,
    end: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="timeline.end")] = None,
    due: Annotated[bool, typer.Option("--due", help="timeline.due")] = False,  # noqa: FBT002 - a flag
    form: Annotated[str, form_option("moments", "json", "csv", "markdown")] = "text",
) -> None:
    session = Session.of(ctx)
    policy = session.policy()
    last = end or "9999-12-31"
    found = policy.closing(last, since=start) if due else policy.timeline(start, end)
    if make := form_of(form).moments:
        session.write(make(found, policy, session.lang))
    elif not session.answer(form, found.to_dict(session.lang)):
        rows = [[str(one.date), one.sort, one.entity.id, one.text(session.lang)] for one in found]
        if form == "text" and session.is_terminal:
            session.card(found.card(session.lang))
        else:
            session.table(["date", "sort", "id", "label"], rows, form)


def cite(
    ctx: typer.Context,
    ids: Ids,
    derived: Annotated[bool, typer.Option("--derived", help="cite.derived")] = False,  # noqa: FBT002 - a flag
    form: Annotated[str, form_option("answer", "markdown")] = "text",
) -> None:
    session = Session.of(ctx)
    found = session.policy().cite(ids, derived=derived)
    if form == "markdown":
        session.write(f"{found.paragraph(markdown=True)}\n")
    elif not session.answer(form, found.to_dict()):
        session.lines(*found.paragraph().split("\n"))


def export(
    ctx: typer.Context,
    name: Annotated[
        str | None, typer.Argument(help="export.form", metavar="[FORM]", callback=_form)
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="export.output")] = None,
    force: Annotated[bool, typer.Option("--force", help="export.force")] = False,  # noqa: FBT002 - a flag
    option: Annotated[list[str] | None, typer.Option("--option", help="export.option")] = None,
    form: Annotated[str, form_option("policy", *forms("files"))] = "json",
) -> None:
    session = Session.of(ctx)
    wanted = name or form
    options = dict(map(_option, option or ()))
    if output is not None:
        write(session.policy(), wanted, output, session.lang, force=force, **options)
        session.lines(session.say("written", path=output))
        return
    found = form_of(wanted)
    if found.files or (session.is_terminal and not found.is_text):
        raise typer.BadParameter(session.say("export.needs-output", name=wanted))
    made = make(session.policy(), wanted, session.lang, **options)
    assert isinstance(made, bytes)
    session.write(made)


def _option(given: str) -> tuple[str, str | bool]:
    """What an option NAME=VALUE of a form says; "yes" and "no" are truth values."""
    name, _, value = given.partition("=")
    return name.replace("-", "_"), {"yes": True, "no": False, "": True}.get(value, value)


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
    app.command(help="timeline")(timeline)
    app.command(help="cite")(cite)
    app.command(help="export")(export)


def _print_entities(session: Session, found: tuple[Entity, ...], form: str) -> None:
    if not session.answer(form, [entity.to_dict() for entity in found]):
        rows = [[e.id, e.acronym or "", e.label.text(session.lang)] for e in found]
        session.table(["id", session.say("acronym"), "label"], rows, form)


def _print_missing(session: Session, found: tuple[Missing, ...], form: str) -> None:
    if not session.answer(form, [row.to_dict() for row in found]):
        rows = [
            [row.entity.id, row.entity.label.text(session.lang), ", ".join(row.missing)]
            for row in found
        ]
        session.table(["id", "label", session.say("missing")], rows)


def _link_row(session: Session, step: Step) -> list[str]:
    basis = BASES[step.basis].text(session.lang)
    modality = MODALITIES[step.modality].text(session.lang) if step.modality else ""
    return [step.source, step.relation, step.target, basis, modality]
