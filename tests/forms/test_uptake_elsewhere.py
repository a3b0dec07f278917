"""Uptake where the items are: a Spark cluster of this machine, whose rows never leave it."""

import importlib
import random
import shutil
from decimal import Decimal

import pytest

import ppun_bfc
from elsewhere import lacking
from ppun_bfc.uptake import TagSet, fold, merged, uptake

pytestmark = pytest.mark.filterwarnings("ignore")  # of other people's libraries


@pytest.fixture(scope="module")
def spark():
    try:
        sql = importlib.import_module("pyspark.sql")
    except ImportError:
        lacking("pyspark")
    if not shutil.which("java"):
        lacking("Java")
    builder = sql.SparkSession.builder.master("local[2]").appName("ppun")
    session = builder.config("spark.ui.enabled", "false").config(
        "spark.sql.shuffle.partitions", "2"
    ).config("spark.driver.bindAddress", "127.0.0.1").config(
        "spark.driver.host", "127.0.0.1"
    ).getOrCreate()  # fmt: skip
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.fixture(scope="module")
def items():
    """Items, each with tags, euros and a year."""
    chance = random.Random(1)
    ids = [one.id for one in ppun_bfc.load().actions]
    return [
        (
            number,
            chance.choices(ids, k=chance.randint(0, 3)),
            Decimal(chance.randint(0, 10**7)) / 100 if chance.random() < 0.9 else None,
            chance.choice([2020, 2021]),
        )
        for number in range(2000)
    ]


def expected(items):
    return sorted(
        merged(
            TagSet(tuple(tags), 1, int((euros or 0) * 100), int(euros is None), str(year))
            for _, tags, euros, year in items
        ),
        key=repr,
    )


SCHEMA = "id INT, tags {}, euros DECIMAL(12, 2), year INT"


def test_spark_groups_texts_and_lists(spark, items):
    texts = [(number, "|".join(tags) or None, euros, year) for number, tags, euros, year in items]
    frame = spark.createDataFrame(texts, SCHEMA.format("STRING"))
    assert sorted(fold(frame, "tags", "euros", "year"), key=repr) == expected(items)
    frame = spark.createDataFrame(items, SCHEMA.format("ARRAY<STRING>"))
    found = fold(frame, "tags", "euros", "year")
    assert sorted(merged(found), key=repr) == expected(items)
    assert uptake(found, ppun_bfc.load()).items == len(items)


def test_spark_groups_a_long_table(spark, items):
    rows = [
        (number, tag, euros, year)
        for number, tags, euros, year in items
        for tag in (tags or [None])
    ]
    frame = spark.createDataFrame(rows, SCHEMA.format("STRING"))
    found = fold(frame, "tags", "euros", "year", item="id")
    assert sorted(found, key=repr) == expected(items)


def test_rows_never_leave_spark(spark, items, monkeypatch, capsys):
    """What comes back is as small as the sets; the plan has no function of Python."""
    frame = spark.createDataFrame(
        [("|".join(tags) or None, euros) for _, tags, euros, _ in items],
        "tags STRING, euros DECIMAL(12, 2)",
    )
    parquet = frame.repartition(4)
    collected = []
    cls = type(parquet)
    arrow = cls.toArrow

    def watched(self):
        made = arrow(self)
        self.explain()
        collected.append(made.num_rows)
        return made

    monkeypatch.setattr(cls, "toArrow", watched)
    found = fold(parquet, "tags", "euros")
    plan = capsys.readouterr().out
    assert sum(row.items for row in found) == len(items)
    assert collected == [len({"|".join(tags) for _, tags, _, _ in items})]
    assert "HashAggregate" in plan
    assert "Python" not in plan.partition("Physical Plan")[2]
