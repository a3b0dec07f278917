"""The portal on whatever version it is pinned to."""

import subprocess
import sys
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from portal.app import app
from portal.policy import PYPROJECT, policy
from portal.store import Store

from ppun_bfc import Pin, load

ROOT = PYPROJECT.parent


@pytest.fixture
def client(tmp_path, monkeypatch):
    monkeypatch.setenv("PORTAL_DB", str(tmp_path / "portal.db"))
    with TestClient(app) as client:
        yield client


def test_every_answer_rests_on_the_pinned_bytes(client):
    pin = Pin.from_pyproject(PYPROJECT)
    assert client.get("/policy").json() == {"version": pin.version, "digest": pin.digest}
    assert policy() is load(pin.version)


def test_a_form_offers_official_labels(client):
    first, *_ = client.get("/choices/priority").json()
    assert first == {
        "id": "priority:inclusion-citoyenne",
        "label": "Placer l’inclusion citoyenne au cœur de nos priorités",
        "featured": "True",
    }
    assert client.get("/choices/actor").status_code == 404


def test_a_project_is_kept_and_explained(client):
    project = {
        "title": "Ateliers",
        "priority": "priority:transformation-economie",
        "scheme": "scheme:srdeii",
    }
    assert client.post("/projects", json=project).status_code == 201
    (row,) = client.get("/projects").json()
    assert row["meets_scheme"] == "derived"


def test_a_misspelt_id_is_told(client):
    project = {"title": "x", "priority": "priority:inclusion-citoyene"}
    answer = client.post("/projects", json=project)
    assert answer.status_code == 422
    (found,) = answer.json()["detail"]
    assert found["ctx"]["nearest"][0] == "priority:inclusion-citoyenne"
    listed = client.get("/openapi.json").json()["components"]["schemas"]["NewProject"]
    names = [one["title"] for one in listed["properties"]["priority"]["oneOf"]]
    assert names == [one.label.fr for one in policy().priorities]


def test_the_ids_in_the_code_and_content_are_those_of_the_pin():
    done = subprocess.run(
        [sys.executable, "-m", "ppun_bfc", "--lang", "en", "check", "portal", "content"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_the_database_moves_with_the_pin(tmp_path):
    projects = Store(tmp_path / "p.db")
    projects.add("a", "priority:inclusion-citoyenne", "scheme:srdeii")
    before = projects.all()
    assert projects.move(load()) == []
    assert projects.all() == before
    projects.add("b", "priority:nowhere", None)
    (undecided,) = projects.move(load())
    assert (undecided.id, undecided.outcome) == ("priority:nowhere", "unknown")
    assert Path(tmp_path / "p.db").exists()
    projects.close()
