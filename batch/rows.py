"""Rows of the data contract as Arrow tables, and back as bytes for the way between processes.

Figures travel as text in their exact printed form (80.0 stays 80.0): a decimal column of one
fixed scale could not keep that. The store's views give them as decimals.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pyarrow as pa

from kenzan.export.arrow import text_schema, to_batch
from kenzan.export.rows import MODELS, rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.schemas.tables import Row

__all__ = ["MODELS", "arrow_schema", "from_bytes", "rows_of", "to_arrow", "to_stream"]

_STEP = 5_000


def arrow_schema(model: type[Row]) -> pa.Schema:
    """The Arrow schema of one table, with ``seq``, the row's position in its document, last."""
    return _schema(model.table)


@cache
def _schema(table: str) -> pa.Schema:
    return text_schema(table).append(pa.field("seq", pa.int32()))


def to_arrow(model: type[Row], rows: Sequence[Row], first: int = 0) -> pa.Table:
    """Rows of one table as an Arrow table; ``first`` is the position of the first of them."""
    places = pa.array(range(first, first + len(rows)), pa.int32())
    arrays = [*to_batch(model, rows).columns, places]
    return pa.Table.from_arrays(arrays, schema=arrow_schema(model))


def to_stream(model: type[Row], rows: Sequence[Row]) -> bytes:
    """Rows of one table as an Arrow IPC stream, made a few thousand rows at a time."""
    return _written(model, rows) if rows else _empty_stream(model.table)


@cache
def _empty_stream(table: str) -> bytes:
    return _written(MODELS[table], ())


def _written(model: type[Row], rows: Sequence[Row]) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, arrow_schema(model)) as writer:
        for start in range(0, len(rows), _STEP):
            writer.write_table(to_arrow(model, rows[start : start + _STEP], start))
    data: bytes = sink.getvalue().to_pybytes()
    return data


def from_bytes(data: bytes) -> pa.Table:
    """The Arrow table of an IPC stream."""
    with pa.ipc.open_stream(data) as reader:
        return reader.read_all()
