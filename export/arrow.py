"""Rows as Arrow, figures as text at first, and as decimals of one scale in the end.

Text keeps a figure in its exact printed form (80.0 stays 80.0). A decimal column of Arrow has one
scale, which is known only after the last document. So figures are spooled as text, and become
decimals when all of them are there: ``decimal128`` where 38 digits suffice, ``decimal256`` up to
76, text beyond that (no published figure is that long).
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import field
from decimal import Decimal
from functools import cache
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from kenzan.export.rows import MODELS
from kenzan.schemas.columns import columns_of
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kenzan.schemas.columns import Column
    from kenzan.schemas.tables import Row

NARROW, WIDE = 38, 76
_BATCH = 20_000
_TYPES = {
    "text": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "decimal": pa.string(),
}


@cache
def text_schema(table: str) -> pa.Schema:
    """The schema of a table's rows with figures as text."""
    return pa.schema([(column.name, _TYPES[column.kind]) for column in columns_of(MODELS[table])])


def to_batch(model: type[Row], rows: Sequence[Row]) -> pa.RecordBatch:
    """Rows of one table with figures as text."""
    arrays = [pa.array(_values(rows, column), _TYPES[column.kind]) for column in columns_of(model)]
    return pa.RecordBatch.from_arrays(arrays, schema=text_schema(model.table))


def _values(rows: Sequence[Row], column: Column) -> list[Any]:
    values: list[Any] = list(map(attrgetter(column.name), rows))
    if column.kind == "decimal":
        return [value if value is None else format(value, "f") for value in values]
    return values


@dataclass(slots=True)
class _Digits:
    """The most digits seen before and after the point in one column."""

    before: int = 1
    after: int = 0

    def see(self, value: Decimal) -> None:
        _, digits, exponent = value.as_tuple()
        places = -exponent if isinstance(exponent, int) else 0
        self.after = max(self.after, places)
        self.before = max(self.before, len(digits) - places)

    def type_within(self, widest: int) -> pa.DataType:
        """The narrowest type that holds every value exactly; text if none does."""
        total = self.before + self.after
        if total <= NARROW:
            return pa.decimal128(NARROW, self.after)
        if total <= widest:
            return pa.decimal256(WIDE, self.after)
        return pa.string()


@dataclass(slots=True)
class SpooledTable:
    """One table on its way: rows wait in a file beside the output, figures as text."""

    model: type[Row]
    path: Path
    _writer: Any = None
    _waiting: list[pa.RecordBatch] = field(default_factory=list)
    _digits: dict[str, _Digits] = field(default_factory=dict)

    def __post_init__(self) -> None:
        schema = text_schema(self.model.table)
        self._writer = pq.ParquetWriter(self.path, schema, compression="zstd")

    def add(self, rows: pa.RecordBatch) -> None:
        """Take some more rows, with figures as text."""
        self._see_digits(rows)
        self._waiting.append(rows)
        waiting = sum(batch.num_rows for batch in self._waiting)
        while waiting >= _BATCH:
            table = pa.Table.from_batches(self._waiting)
            self._writer.write_table(table.slice(0, _BATCH))
            self._waiting = table.slice(_BATCH).to_batches()
            waiting -= _BATCH

    def close(self) -> None:
        """Nothing more will come; may be said twice."""
        if self._waiting:
            self._writer.write_table(pa.Table.from_batches(self._waiting))
            self._waiting.clear()
        self._writer.close()

    def batches(self, widest: int = WIDE) -> Iterator[pa.Table]:
        """The rows again, in pieces, with figures as decimals of at most ``widest`` digits."""
        schema = self.schema(widest)
        with pq.ParquetFile(self.path) as spooled:
            for number in range(spooled.num_row_groups):
                yield spooled.read_row_group(number).cast(schema)

    def schema(self, widest: int = WIDE) -> pa.Schema:
        """The schema of ``batches``, each column with its description."""
        return pa.schema([self._field(column, widest) for column in columns_of(self.model)])

    def _field(self, column: Column, widest: int) -> pa.Field:
        kind = _TYPES[column.kind]
        if column.kind == "decimal":
            kind = self._digits.get(column.name, _Digits()).type_within(widest)
        about = {"description": column.description}
        return pa.field(column.name, kind, column.nullable, metadata=about)

    def _see_digits(self, rows: pa.RecordBatch) -> None:
        for column in columns_of(self.model):
            if column.kind == "decimal":
                digits = self._digits.setdefault(column.name, _Digits())
                for text in pc.unique(rows.column(column.name)).drop_null().to_pylist():
                    digits.see(Decimal(text))


@contextmanager
def spool_tables(folder: Path) -> Iterator[dict[str, SpooledTable]]:
    """All tables, spooled beside the output; their files are removed in the end.

    Each writer has spools of its own: several formats are written at once.
    """
    with ExitStack() as stack:
        place = Path(stack.enter_context(TemporaryDirectory(prefix=".spool-", dir=folder)))
        tables = {}
        for table, model in MODELS.items():
            tables[table] = SpooledTable(model, place / table)
            stack.callback(tables[table].close)
        yield tables
