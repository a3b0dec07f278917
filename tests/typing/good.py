"""Never run: what a user may write, checked by mypy --strict and pyright."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import assert_type

import ppun_bfc
from ppun_bfc import EntityCollection, Explanation, Link, Matrix, PolicyVersion
from ppun_bfc.models import Entity, Figure, Priority, Scheme

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
assert_type(policy.matrix("priority", policy.schemes), Matrix)
assert_type(policy.explain("a:a", "b:b"), Explanation)
assert_type(policy.in_force(dt.date(2020, 1, 1)), tuple[Scheme, ...])
assert_type(policy.get("a:a").citations[0].url, str | None)

try:
    policy.get("x")
except ppun_bfc.UnknownId as error:
    assert_type(error.nearest, tuple[str, ...])
