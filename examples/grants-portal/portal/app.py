"""The web service: choices, projects, and why a project fits the policy."""

import json
import os
from collections.abc import Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, Request
from pydantic import BaseModel

from ppun_bfc.fields import member

from .policy import policy
from .store import Project, Store

CONTENT = Path(__file__).parent.parent / "content"
PriorityId = Annotated[str, member(policy(), "priority")]
SchemeId = Annotated[str, member(policy(), "scheme")]


@asynccontextmanager
async def lifespan(app: FastAPI) -> Iterator[None]:
    """Open the database while the service runs."""
    app.state.store = Store(Path(os.environ.get("PORTAL_DB", "portal.db")))
    yield
    app.state.store.close()


app = FastAPI(title="Grants portal (a sample; not a service of the region)", lifespan=lifespan)


def store(request: Request) -> Store:
    """The projects."""
    return request.app.state.store


class NewProject(BaseModel):
    """What a project holder fills in."""

    title: str
    priority: PriorityId
    scheme: SchemeId | None = None


@app.get("/policy")
def which_policy() -> dict[str, str]:
    """The version and digest that every answer rests on."""
    return {"version": policy().version, "digest": policy().digest}


@app.get("/choices/{kind}")
def choices(kind: str, lang: str = "fr") -> list[dict[str, str]]:
    """What a form offers: ids with the official labels, in official order; news on top."""
    if kind not in ("priority", "scheme"):
        raise HTTPException(404, "choose among priority and scheme")
    featured = json.loads((CONTENT / "featured.json").read_text(encoding="utf-8"))["featured"]
    found = policy().entities(kind)
    return [
        {"id": e.id, "label": e.label.text(lang), "featured": str(e.id in featured)} for e in found
    ]


@app.post("/projects", status_code=201)
def submit(project: NewProject, projects: Annotated[Store, Depends(store)]) -> Project:
    """Take a project: what it names exists, else FastAPI has answered 422 with the nearest ids."""
    return projects.add(project.title, project.priority, project.scheme)


@app.get("/projects")
def listing(projects: Annotated[Store, Depends(store)]) -> list[dict[str, object]]:
    """Projects with official labels, and how their priority meets their scheme."""
    rows = []
    for project in projects.all():
        strength = None
        if project.scheme:
            strength = policy().explain(project.priority, project.scheme).strength
        label = policy().priorities[project.priority].label.fr
        rows.append({"title": project.title, "priority": label, "meets_scheme": strength})
    return rows
