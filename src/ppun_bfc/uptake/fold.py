"""
One group-by on the engine that holds the items, whatever it is; no item leaves it.

An item matters by its set of tags only, and there are few sets: what comes back is small.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol, cast

from ..errors import BadQuantity, UnknownField, WrongType, need
from ..languages import Phrase
from .sets import TagSet, merged, split_tags

if TYPE_CHECKING:
    import narwhals as nw
    import pandas as pd
    from narwhals.typing import IntoFrame

__all__ = ["fold", "quoted"]

_A_FRAME = Phrase(
    "a frame of DuckDB, Polars, pandas, PyArrow or PySpark",
    "un tableau de DuckDB, Polars, pandas, PyArrow ou PySpark",
)
_A_KEY = Phrase(
    "texts, or lists where the engine can group by them (Polars, DuckDB, PySpark, Arrow)",
    "des textes, ou des listes là où le moteur sait les grouper (Polars, DuckDB, PySpark, Arrow)",
)
_AN_AMOUNT = Phrase("a column of numbers", "une colonne de nombres")
#: What parts the tags of a list that an engine cannot group by.
_JOIN = "\x1f"


class _Relation(Protocol):
    """What is used of a relation of DuckDB."""

    def fetchall(self) -> list[tuple[object, ...]]: ...


class _SparkSession(Protocol):
    """What is used of a session of Spark, so that nothing of it is imported."""

    def sql(self, query: str, *, frame: object) -> "IntoFrame": ...


class _SparkFrame(Protocol):
    """What is used of a frame of Spark."""

    columns: list[str]
    sparkSession: _SparkSession  # noqa: N815 - their name


def fold(
    frame: "IntoFrame",
    tags: str,
    amount: str | None = None,
    by: str | None = None,
    *,
    item: str | None = None,
    single: bool = False,
) -> tuple[TagSet, ...]:
    """
    The sets of tags of some items, with how many items bear each and what they come to.

    Args:
        frame: the items: a relation of DuckDB, a frame of Polars (lazy too), pandas, PyArrow or
            PySpark.
        tags: the column of tags: a text with `|`, `;` or `,` between ids, or a list of ids.
        amount: a column of amounts in euros; decimals are summed exactly, other numbers as cents.
        by: a column by whose values the sets are kept apart, such as a year.
        item: where the frame has a row for each tag of an item (a long table), the column that tells
            items apart; amounts and `by` are those of any row of an item. DuckDB and PySpark only.
        single: whether a text is one tag, whatever is in it.

    Raises:
        MissingExtra: where `narwhals` is not installed.
        UnknownField: where the frame has no such column.
        WrongType: where it is no frame, or a column is of a type that cannot be counted.
        BadQuantity: where decimals come to parts of a cent.

    Examples:
        >>> import polars
        >>> from ppun_bfc.uptake import fold
        >>> items = polars.DataFrame({"tags": ["theme:inclusion", None], "euros": [120.5, 3.0]})
        >>> sorted((found.tags, found.items, found.cents) for found in fold(items, "tags", "euros"))
        [((), 1, 300), (('theme:inclusion',), 1, 12050)]

    """
    need("narwhals", "uptake", "uptake")
    import narwhals as nw

    if item is not None:
        frame = _long(frame, tags, amount, by, item)
    try:
        native = nw.from_native(frame)
    except TypeError:
        raise WrongType.of(frame, _A_FRAME) from None
    columns = native.collect_schema()
    for column in filter(None, (tags, amount, by)):
        if column not in columns:
            raise UnknownField("column", column, tuple(columns))
    if isinstance(columns[tags], nw.List) and native.implementation.name in {"PYARROW", "PANDAS"}:
        native = nw.from_native(_joined(frame, tags))
    elif not isinstance(columns[tags], nw.List | nw.String | nw.Categorical | nw.Enum):
        raise WrongType.of(str(columns[tags]), _A_KEY)
    keys = [nw.col(tags).alias("tags"), *([nw.col(by).cast(nw.String).alias("by")] if by else [])]
    sums: list[nw.Expr] = []
    is_float = False
    if amount is not None:
        kind = columns[amount]
        if not kind.is_numeric():
            raise WrongType.of(str(kind), _AN_AMOUNT)
        value = nw.col(amount)
        is_float = kind.is_float()
        if is_float:
            value = value.fill_nan(None)
            cents = (value.fill_null(0) * 100).round().cast(nw.Int64)
            keys += [cents.alias("sum"), value.alias("amount")]
            sums = [nw.col("sum").sum(), nw.col("amount").count().alias("priced")]
        else:
            keys.append(value.alias("sum"))
            sums = [nw.col("sum").sum(), nw.col("sum").count().alias("priced")]
    names = ["tags", *(["by"] if by else [])]
    found = native.select(*keys).group_by(*names).agg(nw.len().alias("items"), *sums)
    scale = 1 if is_float else 100
    rows = _rows(found)
    return merged(
        _sets(rows, scale, grouped=by is not None, priced=amount is not None, single=single)
    )


def _rows(found: "nw.DataFrame[Any] | nw.LazyFrame[Any]") -> Iterable[tuple[Any, ...]]:
    """What came back: tags, the group where there is one, items, and what they come to and how many have it."""
    import narwhals as nw

    if isinstance(found, nw.DataFrame):
        return found.iter_rows()
    if found.implementation.is_duckdb():
        # Its own way out; by Arrow it would take a fifth of a second to import that.
        return cast("_Relation", found.to_native()).fetchall()
    return found.collect().iter_rows()


def _sets(
    rows: Iterable[tuple[Any, ...]], scale: int, *, grouped: bool, priced: bool, single: bool
) -> Iterator[TagSet]:
    for cell, *rest in rows:
        group = rest.pop(0) if grouped else None
        total, with_amount = rest[1:] if priced else (None, 0)
        items = int(rest[0])
        yield TagSet(
            _tags(cell, single=single),
            items,
            _cents(total, scale) if priced else None,
            items - int(with_amount) if priced else 0,
            None if group is None or group != group else str(group),  # noqa: PLR0124 - NaN is not itself
        )


def _tags(cell: object, *, single: bool) -> tuple[str, ...]:
    if isinstance(cell, str):
        return split_tags(cell, single=single)
    if isinstance(cell, Sequence):
        return tuple(str(tag) for tag in cast("Sequence[object]", cell) if tag)
    return ()  # nothing is said, in the way of whichever engine


def _cents(total: object, scale: int) -> int:
    exact = (total if isinstance(total, Decimal) else Decimal(str(total or 0))) * scale
    if exact != exact.to_integral_value():
        raise BadQuantity("amount in whole cents", str(total))
    return int(exact)


def _joined(frame: object, tags: str) -> "IntoFrame":
    """The frame with its lists as texts: Arrow cannot group by lists."""
    import pyarrow as pa
    import pyarrow.compute as pc

    # What it gives for a column is a column.
    joined = cast("Callable[[object, str], pa.StringArray]", pc.binary_join)  # pyright: ignore[reportUnknownMemberType]
    if isinstance(frame, pa.Table):
        table = frame
    else:
        table = pa.Table.from_pandas(cast("pd.DataFrame", frame), preserve_index=False)
    place = table.schema.get_field_index(tags)
    return cast("IntoFrame", table.set_column(place, tags, joined(table[tags], _JOIN)))


def _long(
    frame: "IntoFrame", tags: str, amount: str | None, by: str | None, item: str
) -> "IntoFrame":
    """The items of a long table, each with its tags as one list: in the engine's own words."""
    module = type(frame).__module__.partition(".")[0]
    rest = [name for name in (amount, by) if name]
    if module == "duckdb":
        import duckdb

        relation = cast("duckdb.DuckDBPyRelation", frame)
        _know(relation.columns, (tags, item, *rest))
        name, key = (quoted(column) for column in (tags, item))
        others = "".join(f", any_value({quoted(x)}) AS {quoted(x)}" for x in rest)
        made = f"list_sort(list(DISTINCT {name}) FILTER ({name} IS NOT NULL)) AS {name}{others}"
        return cast("IntoFrame", relation.aggregate(made, key))
    if module == "pyspark":
        spark = cast("_SparkFrame", frame)
        _know(spark.columns, (tags, item, *rest))
        name, key = (_spark(column) for column in (tags, item))
        others = "".join(f", any_value({_spark(x)}, true) AS {_spark(x)}" for x in rest)
        return spark.sparkSession.sql(
            f"SELECT sort_array(collect_set({name})) AS {name}{others}"  # noqa: S608 - every name is quoted
            f" FROM {{frame}} GROUP BY {key}",
            frame=frame,
        )
    raise WrongType.of(type(frame).__name__, _LONG)


_LONG = Phrase(
    "a long table of DuckDB or PySpark (elsewhere, put the tags of an item into one text first)",
    "une table longue de DuckDB ou PySpark (ailleurs, réunissez d’abord les étiquettes d’un élément)",
)


def _know(columns: Iterable[str], wanted: Iterable[str]) -> None:
    known = tuple(columns)
    for column in wanted:
        if column not in known:
            raise UnknownField("column", column, known)


def _spark(name: str) -> str:
    """A name as Spark writes it in a text in which braces mean a frame."""
    return "`" + name.replace("`", "``").replace("{", "{{").replace("}", "}}") + "`"


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'
