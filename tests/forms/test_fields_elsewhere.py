"""Fields in the frameworks of others: FastAPI refuses with the nearest ids, Django keeps its migrations."""

from typing import Annotated

import pytest
from pydantic import BaseModel

import ppun_bfc
from ppun_bfc.fields import Choices, member

pytestmark = pytest.mark.filterwarnings("ignore")  # of other people's libraries

POLICY = ppun_bfc.load()
SchemeId = Annotated[str, member(POLICY, "scheme")]
SchemeParameter = Annotated[str, member(POLICY, "scheme", schema="enum")]


class Project(BaseModel):
    """What is sent."""

    scheme: SchemeId


@pytest.fixture
def client(need):
    need("httpx")  # the client of tests is there, and fails, without it
    fastapi, testing = need("fastapi"), need("fastapi.testclient")
    app = fastapi.FastAPI()

    @app.post("/body")
    def body(project: Project) -> str:
        return project.scheme

    @app.get("/query")
    def query(scheme: SchemeParameter) -> str:
        return scheme

    @app.get("/path/{scheme}")
    def path(scheme: SchemeParameter) -> str:
        return scheme

    return testing.TestClient(app)


def test_fastapi_takes_an_id_in_body_query_and_path(client):
    good = "scheme:srdeii"
    for answer in (
        client.post("/body", json={"scheme": good}),
        client.get("/query", params={"scheme": good}),
        client.get(f"/path/{good}"),
    ):
        assert (answer.status_code, answer.json()) == (200, good)


def test_fastapi_refuses_a_wrong_one_with_the_nearest(client):
    for answer in (
        client.post("/body", json={"scheme": "scheme:srdei"}),
        client.get("/query", params={"scheme": "scheme:srdei"}),
        client.get("/path/scheme:srdei"),
    ):
        assert answer.status_code == 422
        (found,) = answer.json()["detail"]
        assert found["type"] == "unknown-id"
        assert found["ctx"]["nearest"][0] == "scheme:srdeii"


def test_openapi_lists_the_ids(client):
    said = client.get("/openapi.json").json()
    listed = said["components"]["schemas"]["Project"]["properties"]["scheme"]
    assert "type" not in listed
    assert [one["const"] for one in listed["oneOf"]] == [one.id for one in POLICY.schemes]
    (parameter,) = said["paths"]["/query"]["get"]["parameters"]
    assert parameter["schema"]["enum"] == [one.id for one in POLICY.schemes]


def test_django_names_kinds_in_migrations_and_lists_names_in_forms(need):
    settings = need("django.conf").settings
    if not settings.configured:
        settings.configure(INSTALLED_APPS=[], USE_TZ=True)
    need("django").setup()
    models, writer = need("django.db.models"), need("django.db.migrations.writer")
    field = models.CharField(max_length=80, choices=Choices("theme", group="priority"))
    written, imports = writer.MigrationWriter.serialize(field)
    assert "ppun_bfc.fields.Choices('theme', group='priority')" in written
    assert "import ppun_bfc.fields" in imports
    assert "inclusion" not in written  # no label and no id, so no new migration with new data
    shown = dict(field.flatchoices)
    assert shown["theme:inclusion"] == POLICY.get("theme:inclusion").label.fr


def test_a_lookup_table_of_sqlalchemy_is_loaded_twice_without_change(need):
    sql = need("sqlalchemy")
    engine = sql.create_engine("sqlite://")
    rows = [{"id": one.id, "label": one.label.fr} for one in POLICY.schemes]
    metadata = sql.MetaData()
    scheme = sql.Table(
        "scheme",
        metadata,
        sql.Column("id", sql.String, primary_key=True),
        sql.Column("label", sql.String),
    )
    project = sql.Table(
        "project", metadata, sql.Column("scheme", sql.ForeignKey("scheme.id"), nullable=False)
    )
    metadata.create_all(engine)
    upsert = need("sqlalchemy.dialects.sqlite").insert(scheme)
    upsert = upsert.on_conflict_do_update(
        index_elements=["id"], set_={"label": upsert.excluded.label}
    )
    with engine.begin() as connection:
        for _ in range(2):
            connection.execute(upsert, rows)
            loaded = connection.execute(sql.select(scheme)).mappings().all()
            assert [dict(row) for row in loaded] == rows
            connection.execute(sql.insert(project), [{"scheme": rows[0]["id"]}])
