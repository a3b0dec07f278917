"""The lookup table is loaded twice without change, and a project refers to what is there."""

import pytest
from projects import Project, Scheme, load_schemes
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel, create_engine, select

import ppun_bfc

POLICY = ppun_bfc.load()


@pytest.fixture
def session():
    engine = create_engine("sqlite://")
    event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA foreign_keys = ON"))
    SQLModel.metadata.create_all(engine)
    with Session(engine) as session:
        load_schemes(session, POLICY)
        yield session


def rows(session):
    return [row.model_dump() for row in session.exec(select(Scheme).order_by(Scheme.id))]


def test_it_is_loaded_twice_without_change(session):
    before = rows(session)
    assert len(before) == len(POLICY.schemes)
    statements = []
    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    load_schemes(session, POLICY)
    assert rows(session) == before
    assert not [one for one in statements if not one.startswith("SELECT")]


def test_a_project_refers_to_a_scheme_that_is_there(session):
    session.add(Project(title="a", scheme_id="scheme:srdeii"))
    session.commit()
    session.add(Project(title="b", scheme_id="scheme:srdei"))
    with pytest.raises(IntegrityError):
        session.commit()


def test_an_older_version_loses_no_row_that_is_referred_to(session):
    session.add(Project(title="a", scheme_id="scheme:scoran-bfc"))
    session.commit()
    load_schemes(session, ppun_bfc.load("2020.10.1"))
    assert session.get(Scheme, "scheme:scoran-bfc").label
    assert len(rows(session)) >= len(POLICY.schemes)
