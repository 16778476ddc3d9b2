"""SQLite: all tables in one database that any tool opens (datasette, a spreadsheet, a browser).

SQLite has no decimals. A figure is stored as a whole number where it is one, as a real number
where that gives back its digits exactly, and as text otherwise (beyond 15 digits), so that
``Decimal(str(value))`` always equals what was published. Columns of figures declare no type, as
any declared one would make SQLite convert what it is given.

Source: sqlite.org/datatype3.html, "Determination Of Column Affinity".
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from decimal import Decimal
from typing import TYPE_CHECKING

from kenzan.export.rows import MODELS, render_cell
from kenzan.schemas.columns import columns_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    import pyarrow as pa

    from kenzan.export.formats import AddRows
    from kenzan.schemas.columns import Column
    from kenzan.schemas.tables import Row

FILE_NAME = "kenzan.sqlite"
_TYPES = {"text": " TEXT", "integer": " INTEGER", "number": " REAL", "decimal": ""}
_LARGEST = 2**63 - 1


@contextmanager
def write_sqlite(folder: Path) -> Iterator[AddRows]:
    """Write the rows as they come, in one transaction."""
    with closing(sqlite3.connect(folder / FILE_NAME)) as database:
        # The file is moved into place when whole: no journal is needed beside it.
        database.execute("PRAGMA journal_mode = OFF")
        for model in MODELS.values():
            database.execute(_declare(model))

        def add(table: str, rows: pa.RecordBatch) -> None:
            columns = columns_of(MODELS[table])
            marks = ", ".join("?" * len(columns))
            database.executemany(
                f'INSERT INTO "{table}" VALUES ({marks})',  # noqa: S608 - our own names
                zip(*map(_values, columns, rows.columns), strict=True),
            )

        yield add
        for table in MODELS:
            database.execute(f'CREATE INDEX "{table}_document" ON "{table}" ("document")')
        database.commit()


def _declare(model: type[Row]) -> str:
    columns = ", ".join(map(_declare_column, columns_of(model)))
    return f'CREATE TABLE "{model.table}" ({columns})'


def _declare_column(column: Column) -> str:
    return f'"{column.name}"{_TYPES[column.kind]}' + ("" if column.nullable else " NOT NULL")


def _values(column: Column, values: pa.Array) -> list[Any]:
    found: list[Any] = values.to_pylist()
    if column.kind != "decimal":
        return found
    return [None if text is None else _store(Decimal(text)) for text in found]


def _store(value: Decimal) -> str | int | float:
    """A figure as SQLite can hold it without loss."""
    if value == value.to_integral_value() and abs(value) <= _LARGEST:
        whole = int(value)
        return whole if value.as_tuple().exponent == 0 else _real(value)
    return _real(value)


def _real(value: Decimal) -> float | str:
    real = float(value)
    return real if Decimal(repr(real)) == value else render_cell(value)
