"""One table: what its columns are, its rows, and the frames of other libraries."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, TypeAlias

from ..errors import need
from ..languages import Phrase

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

__all__ = ["Cell", "Column", "ColumnType", "ForeignKey", "Table"]

#: What a cell holds; None where nothing is said.
Cell: TypeAlias = str | Decimal | date | int | bool | None
#: What the cells of a column hold.
ColumnType: TypeAlias = Literal["text", "decimal", "integer", "boolean", "date"]
#: How many digits the numbers of records have at most, and how many of them after the point.
DIGITS, DECIMALS = 27, 9


@dataclass(frozen=True)
class Column:
    """
    One column.

    Attributes:
        name: its name, which stays.
        type: what its cells hold.
        title: how people call it.
        description: what it means.
        required: whether every row has a value.
        choices: the only texts that it holds; empty for any.

    """

    name: str
    type: ColumnType
    title: Phrase
    description: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class ForeignKey:
    """That some columns name a row of a table, by the columns `targets` of that table."""

    columns: tuple[str, ...]
    table: str
    targets: tuple[str, ...]


@dataclass(frozen=True, repr=False)
class Table:
    """
    One table of a version, a value.

    Attributes:
        name: its name, which stays.
        title: how people call it.
        description: what its rows are.
        columns: its columns.
        key: the names of the columns that tell its rows apart.
        foreign_keys: which columns name rows of which tables.
        rows: its rows, a cell for each column.

    Examples:
        >>> import ppun_bfc
        >>> table = ppun_bfc.load("2020.10.1").tables()["scheme"]
        >>> table.records()[2]["acronym"], len(table)
        ('SRDEII', 7)

    """

    name: str
    title: Phrase
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(column.name for column in self.columns)

    def records(self) -> list[dict[str, Cell]]:
        """Its rows, each by the names of its columns."""
        return [dict(zip(self.names, row, strict=True)) for row in self.rows]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[tuple[Cell, ...]]:
        return iter(self.rows)

    def __repr__(self) -> str:
        return f"<Table {self.name}, {len(self.rows)} rows: {', '.join(self.names)}>"

    def cells(self, name: str) -> list[Cell]:
        """
        The cells of one column.

        Raises:
            ValueError: where there is none of that name.

        """
        place = self.names.index(name)
        return [row[place] for row in self.rows]

    def to_arrow(self) -> "pa.Table":
        """
        A table of Apache Arrow: numbers as exact decimals, days as dates.

        Raises:
            MissingExtra: where `pyarrow` is not installed.

        """
        need("pyarrow", "a frame of pyarrow", "arrow")
        import pyarrow as pa

        types = {
            "text": pa.string(),
            "decimal": pa.decimal128(DIGITS, DECIMALS),
            "integer": pa.int64(),
            "boolean": pa.bool_(),
            "date": pa.date32(),
        }
        schema = pa.schema(
            [
                pa.field(column.name, types[column.type], nullable=not column.required)
                for column in self.columns
            ]
        )
        return pa.Table.from_pydict({name: self.cells(name) for name in self.names}, schema)

    def to_pandas(self) -> "pd.DataFrame":
        """
        A data frame of pandas, its columns of Arrow's types: exact decimals, dates, and `<NA>`.

        Raises:
            MissingExtra: where `pandas` or `pyarrow` is not installed.

        """
        need("pandas", "a frame of pandas", "pandas")
        import pandas as pd

        frame: pd.DataFrame = self.to_arrow().to_pandas(types_mapper=pd.ArrowDtype)  # pyright: ignore[reportUnknownMemberType]
        return frame

    def to_polars(self) -> "pl.DataFrame":
        """
        A data frame of Polars: numbers as exact decimals, days as dates.

        Raises:
            MissingExtra: where `polars` is not installed.

        """
        need("polars", "a frame of polars", "polars")
        import polars as pl

        types = {
            "text": pl.String(),
            "decimal": pl.Decimal(DIGITS, DECIMALS),
            "integer": pl.Int64(),
            "boolean": pl.Boolean(),
            "date": pl.Date(),
        }
        schema = {column.name: types[column.type] for column in self.columns}
        return pl.DataFrame({name: self.cells(name) for name in self.names}, schema=schema)
