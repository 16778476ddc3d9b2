"""Parquet: one file a table, typed; figures are decimals, exactly as published."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from kenzan import __version__
from kenzan.export.arrow import spool_tables

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kenzan.export.arrow import SpooledTable
    from kenzan.export.formats import AddRows


@contextmanager
def write_parquet(folder: Path) -> Iterator[AddRows]:
    """Write the tables once the scale of every figure is known."""
    with spool_tables(folder) as tables:
        yield lambda table, rows: tables[table].add(rows)
        for name, table in tables.items():
            table.close()
            _write(table, folder / f"{name}.parquet")


def _write(table: SpooledTable, path: Path) -> None:
    schema = table.schema().with_metadata({"kenzan_version": __version__})
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in table.batches():
            writer.write_table(batch.cast(schema))
