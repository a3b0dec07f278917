"""The schemes as a lookup table, and projects that refer to them."""

from sqlmodel import Field, Session, SQLModel, create_engine, select

import ppun_bfc
from ppun_bfc import PolicyVersion


class Scheme(SQLModel, table=True):
    """A strategy or scheme of the region, as the policy names it."""

    id: str = Field(primary_key=True)
    label: str
    acronym: str | None = None
    active: bool = True


class Project(SQLModel, table=True):
    """A project, and the scheme that it is under."""

    number: int | None = Field(default=None, primary_key=True)
    title: str
    scheme_id: str = Field(foreign_key="scheme.id")


def load_schemes(session: Session, policy: PolicyVersion) -> None:
    """Bring the lookup table to a version; what the version lacks or has withdrawn stays, inactive."""
    told = {one.id: one for one in policy.entities("scheme")}
    for row in session.exec(select(Scheme)):
        row.active = row.id in told
    for one in told.values():
        session.merge(Scheme(id=one.id, label=one.label.fr, acronym=one.acronym))
    session.commit()


if __name__ == "__main__":
    engine = create_engine("sqlite://")
    SQLModel.metadata.create_all(engine)
    with Session(engine) as session:
        load_schemes(session, ppun_bfc.load())
        session.add(Project(title="Ateliers", scheme_id="scheme:srdeii"))
        session.commit()
        for title, label in session.exec(select(Project.title, Scheme.label).join(Scheme)):
            print(f"{title}: {label}")
