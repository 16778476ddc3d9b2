"""Tables as Arrow, with figures as decimals of one scale: wide enough for every figure, exact.

A decimal column of Arrow has one scale, which is known only after the last document. So figures
are spooled as text, and become decimals when all of them are there: ``decimal128`` where 38
digits suffice, ``decimal256`` up to 76, text beyond that (no published figure is that long).
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from kenzan.export.rows import MODELS, render_cell, rows_of
from kenzan.schemas.columns import columns_of
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from kenzan.schemas.audit import AuditResult
    from kenzan.schemas.columns import Column
    from kenzan.schemas.report import Report
    from kenzan.schemas.tables import Row

NARROW, WIDE = 38, 76
_BATCH = 20_000
_TYPES = {
    "text": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "decimal": pa.string(),
}


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
    _waiting: list[Row] = field(default_factory=list)
    _digits: dict[str, _Digits] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._writer = pq.ParquetWriter(self.path, self._spool_schema(), compression="zstd")

    def add(self, rows: Sequence[Row]) -> None:
        """Take the rows of one document."""
        for row in rows:
            self._waiting.append(row)
            if len(self._waiting) >= _BATCH:
                self._flush()

    def close(self) -> None:
        """Nothing more will come; may be said twice."""
        self._flush()
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

    def _spool_schema(self) -> pa.Schema:
        fields = [pa.field(entry.name, _TYPES[entry.kind]) for entry in columns_of(self.model)]
        return pa.schema(fields)

    def _flush(self) -> None:
        if not self._waiting:
            return
        arrays = [self._array(column) for column in columns_of(self.model)]
        self._writer.write_table(pa.Table.from_arrays(arrays, schema=self._spool_schema()))
        self._waiting.clear()

    def _array(self, column: Column) -> pa.Array:
        values = [getattr(row, column.name) for row in self._waiting]
        if column.kind == "decimal":
            digits = self._digits.setdefault(column.name, _Digits())
            for value in values:
                if value is not None:
                    digits.see(value)
            values = [None if value is None else render_cell(value) for value in values]
        return pa.array(values, _TYPES[column.kind])


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


def add_document(tables: dict[str, SpooledTable], report: Report, audit: AuditResult) -> None:
    """Take one document's rows into all tables."""
    for name, table in tables.items():
        table.add(rows_of(name, report, audit))
