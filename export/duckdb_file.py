"""DuckDB: all tables in one database, typed, each column with its meaning as a comment."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from kenzan.export.arrow import NARROW, spool_tables
from kenzan.schemas.columns import columns_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import duckdb

    from kenzan.export.arrow import SpooledTable
    from kenzan.export.formats import AddRows

FILE_NAME = "tables.duckdb"


@contextmanager
def write_duckdb(folder: Path) -> Iterator[AddRows]:
    """Write the database once the scale of every figure is known."""
    import duckdb

    with spool_tables(folder) as tables:
        yield lambda table, rows: tables[table].add(rows)
        with duckdb.connect(folder / FILE_NAME) as database:
            for name, table in tables.items():
                table.close()
                _fill(database, name, table)


def _fill(database: duckdb.DuckDBPyConnection, name: str, table: SpooledTable) -> None:
    import pyarrow as pa

    # DuckDB has no decimals beyond 38 digits; such columns come as text.
    schema = table.schema(NARROW)
    reader = pa.RecordBatchReader.from_batches(
        schema, (batch for piece in table.batches(NARROW) for batch in piece.to_batches())
    )
    database.register("incoming", reader)
    database.execute(f'CREATE TABLE "{name}" AS SELECT * FROM incoming')  # noqa: S608 - our names
    database.unregister("incoming")
    for column in columns_of(table.model):
        meaning = column.description.replace("'", "''")
        database.execute(f'COMMENT ON COLUMN "{name}"."{column.name}" IS \'{meaning}\'')
