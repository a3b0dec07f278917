"""Never run: what a user may write, checked by mypy --strict and pyright."""

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Annotated, assert_type

from pydantic import BaseModel

import ppun_bfc
from ppun_bfc import EntityCollection, Link, PolicyVersion, export, fields
from ppun_bfc.crossref import Explanation, Matrix, Missing
from ppun_bfc.grants import Offer, Offers
from ppun_bfc.models import Aid, Bracket, Entity, Figure, Priority, Programme, Scheme
from ppun_bfc.tables import Table

policy = ppun_bfc.load("2020.10.1")
assert_type(policy, PolicyVersion)
assert_type(policy.schemes, EntityCollection[Scheme])
assert_type(policy.schemes["scoran-bfc"], Scheme)
assert_type(policy.schemes["scoran-bfc"].label.fr, str)
assert_type(policy.schemes.get("x", None), Scheme | None)
assert_type(policy.priorities.get("x"), Priority)
assert_type(iter(policy.figures), Iterator[Figure])
assert_type(policy.figures["aide-thd-total"].value, Decimal | None)
assert_type(policy.get("scheme:sraddet"), Entity)
assert_type(policy.related("scheme:sraddet"), tuple[Link, ...])
assert_type(policy.matrix(), Matrix)
assert_type(policy.matrix("priority", policy.schemes), Matrix)
assert_type(policy.matrix(["priority:inclusion-citoyenne"], policy.get("scheme:srdeii")), Matrix)
assert_type(policy.matrix((entity for entity in policy), {"scheme:srdeii"}), Matrix)
assert_type(policy.explain(policy.get("a:a"), "b:b"), Explanation)
assert_type(ppun_bfc.check_files("README.md").failed, bool)
assert_type(policy.explain("a:a", "b:b"), Explanation)
assert_type(policy.in_force(dt.date(2020, 1, 1)), tuple[Scheme | Programme | Aid, ...])
assert_type(policy.missing("action", ["led_by"]), tuple[Missing, ...])
assert_type(policy.grant("a", 350_000), Offer)
assert_type(policy.grant("a", "350000.50").most, Decimal | None)
assert_type(policy.in_force("2020-01-01"), tuple[Scheme | Programme | Aid, ...])
assert_type(policy.grant("a", Decimal(1)).bracket, Bracket | None)
assert_type(policy.offers("actor:communes", population=800), Offers)
assert_type(policy.offers("actor:communes")[0].most, Decimal | None)
assert_type(policy.about("a:a").figures[0].value, Decimal | None)
assert_type(policy.search("x", kinds=["scheme"], limit=3)[0].entity, Entity)
assert_type(policy.lookup("x", "scheme"), Entity)
assert_type(policy.related("a:a", relation=("leads", "led_by")), tuple[Link, ...])
assert_type(policy.get("a:a").citations[0].url, str | None)

try:
    policy.get("x")
except ppun_bfc.UnknownId as error:
    assert_type(error.nearest, tuple[str, ...])

SchemeId = Annotated[str, fields.member(policy, "scheme", below="policy:ppun-bfc")]


class Project(BaseModel):
    """What an application stores."""

    scheme: SchemeId


assert_type(Project(scheme="scheme:srdeii").scheme, str)
assert_type(fields.choices(policy, "action"), tuple[tuple[str, str], ...])
assert_type(policy.tables()["action"], Table)
assert_type(export.make(policy, "sqlite"), bytes)
assert_type(export.make(policy, "csv"), Mapping[str, bytes])
