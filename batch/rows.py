"""Rows of the data contract as Arrow tables, and back as bytes for the way between processes.

Figures travel as text in their exact printed form (80.0 stays 80.0): a decimal column of one
fixed scale could not keep that. The store's views give them as decimals.
"""

from __future__ import annotations

from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from kenzan.export.rows import MODELS, rows_of
from kenzan.schemas.columns import Column, columns_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.schemas.tables import Row

__all__ = ["MODELS", "arrow_schema", "from_bytes", "rows_of", "to_arrow", "to_stream"]

_STEP = 5_000

_ARROW = {
    "text": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "decimal": pa.string(),
}


def arrow_schema(model: type[Row]) -> pa.Schema:
    """The Arrow schema of one table, with ``seq``, the row's position in its document, last."""
    return _schema(model.table)


@cache
def _schema(table: str) -> pa.Schema:
    fields = [pa.field(column.name, _ARROW[column.kind]) for column in columns_of(MODELS[table])]
    return pa.schema([*fields, pa.field("seq", pa.int32())])


def to_arrow(model: type[Row], rows: Sequence[Row], first: int = 0) -> pa.Table:
    """Rows of one table as an Arrow table; ``first`` is the position of the first of them."""
    arrays = [pa.array(_values(rows, column), _ARROW[column.kind]) for column in columns_of(model)]
    arrays.append(pa.array(range(first, first + len(rows)), pa.int32()))
    return pa.Table.from_arrays(arrays, schema=arrow_schema(model))


def _values(rows: Sequence[Row], column: Column) -> list[Any]:
    values: list[Any] = list(map(attrgetter(column.name), rows))
    if column.kind == "decimal":
        return [value if value is None else format(value, "f") for value in values]
    return values


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
