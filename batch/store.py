"""OUT/kenzan.duckdb: the truth of a batch, written by one process, a document whole or not at all.

The tables of the data contract are views in the main schema; the rows behind them stand in the
schema ``store`` with one more column, ``seq``, their order in their document. Documents that
finish close together are committed together: a transaction holds one or more whole documents.

Names of tables and columns in the statements come from the models alone, never from input.
"""

# ruff: noqa: S608  see above

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import field, replace
from typing import TYPE_CHECKING, Any, Self

import duckdb
import pyarrow as pa

from kenzan.batch.lifts import Lifts
from kenzan.batch.links import Links
from kenzan.batch.neighbours import find_neighbours
from kenzan.batch.packing import unpack
from kenzan.batch.practices import PRACTICES, create_practices, find_lent
from kenzan.batch.rows import MODELS, arrow_schema, to_arrow
from kenzan.errors import ExportError, OtherVersionError
from kenzan.export.staging import hold_folder
from kenzan.schemas.audit import AuditResult
from kenzan.schemas.columns import Column, columns_of
from kenzan.schemas.contract import read_row
from kenzan.schemas.records import dataclass
from kenzan.schemas.report import Report
from kenzan.schemas.tables import DocumentRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from kenzan.audit import Ways


LAYOUT = "3"
_NAMES_IN_ORDER = "SELECT document FROM store.documents ORDER BY document"
_SQL_TYPES = {"text": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "decimal": "VARCHAR"}
_FIGURE = "DECIMAL(38, 10)"
_HEADERS = 3 * 4096
"""Bytes that every database of DuckDB begins with, whatever it holds."""
_MAGIC = b"DUCK"
_CONFIG: dict[str, Any] = {"threads": 1, "enable_external_access": "false"}


@dataclass(frozen=True, slots=True)
class Known:
    """What the store already holds of a document: content, version, options and how it ended.

    ``place`` is the path or URL that it was read from.
    """

    sha256: str
    version: str
    options: str
    status: str
    code: str
    detail: str
    duplicate_of: str
    place: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One finished document on its way into the store; ``tables`` are its rows but for its own."""

    row: DocumentRow
    options: str
    code: str = ""
    detail: str = ""
    tables: dict[str, pa.Table] = field(default_factory=dict)
    record: bytes = b""
    place: str = ""


class Store:
    """The database of one output folder. Use as a context manager; one process at a time."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        with _as_export_error(path):
            if read_only:
                self._db = duckdb.connect(str(path), read_only=True, config=_CONFIG)
                self._check_layout()
            else:
                self._db = self._open()
            self.links = Links(self._db)
            self.lifts = Lifts(self._db)
            if not read_only:
                self._create()
        self._names = {name for (name,) in self._fetch("SELECT document FROM store.documents")}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Write what is pending into the main file and let go of it."""
        with _as_export_error(self.path):
            self._db.close()

    def _open(self) -> duckdb.DuckDBPyConnection:
        with hold_folder(self.path.parent):
            _remove_unfinished(self.path)
            try:
                return duckdb.connect(str(self.path), config=_CONFIG)
            except duckdb.Error:
                _remove_unfinished(self.path)
                raise

    def _create(self) -> None:
        self._db.execute("BEGIN")
        self._db.execute("CREATE SCHEMA IF NOT EXISTS store")
        self._db.execute("CREATE TABLE IF NOT EXISTS store.layout (version VARCHAR)")
        if not self._fetch("SELECT * FROM store.layout"):
            self._db.execute("INSERT INTO store.layout VALUES (?)", [LAYOUT])
        self._check_layout()
        self._db.execute(
            "CREATE TABLE IF NOT EXISTS"
            " store.keys (document VARCHAR, options VARCHAR, code VARCHAR, detail VARCHAR,"
            " record BLOB, place VARCHAR)"
        )
        for table, model in MODELS.items():
            columns = columns_of(model)
            body = ", ".join(f'"{column.name}" {_SQL_TYPES[column.kind]}' for column in columns)
            self._db.execute(f"CREATE TABLE IF NOT EXISTS store.{table} ({body}, seq INTEGER)")
            shown = ", ".join(map(_shown, columns))
            order = "document" if table == "documents" else "document, seq"
            self._db.execute(
                f"CREATE OR REPLACE VIEW {table} AS"
                f" SELECT {shown} FROM store.{table} ORDER BY {order}"
            )
        create_practices(self._db)
        self.links.create()
        self.lifts.create()
        self._db.execute("COMMIT")

    def _check_layout(self) -> None:
        if self._fetch("SELECT version FROM store.layout") != [(LAYOUT,)]:
            self._db.close()
            raise OtherVersionError(str(self.path))

    def _fetch(self, query: str) -> list[tuple[Any, ...]]:
        with _as_export_error(self.path):
            return self._db.execute(query).fetchall()

    def known(self) -> dict[str, Known]:
        """What is held, by document name."""
        rows = self._fetch(
            "SELECT d.document, d.sha256, d.kenzan_version, k.options, d.status, k.code,"
            " k.detail, d.duplicate_of, k.place"
            " FROM store.documents d JOIN store.keys k USING (document)"
        )
        return {name: Known(*rest) for name, *rest in rows}

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is done inside, or nothing of it.

        Raises:
            ExportError: the disk is full or the file cannot be written.
        """
        with _as_export_error(self.path):
            self._db.execute("BEGIN")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                with suppress(duckdb.Error):
                    self._db.execute("ROLLBACK")
                raise

    def write(self, entries: Sequence[Entry]) -> None:
        """Put finished documents in, replacing what was held of them, in one transaction.

        Raises:
            ExportError: the disk is full or the file cannot be written; nothing of these
                documents is in the store then.
        """
        if not entries:
            return
        with self.transaction():
            self._forget([entry.row.document for entry in entries])
            self._insert(entries)
        self._names.update(entry.row.document for entry in entries)

    def _insert(self, entries: Sequence[Entry]) -> None:
        parts: dict[str, list[pa.Table]] = {
            "documents": [to_arrow(DocumentRow, [entry.row for entry in entries])]
        }
        for entry in entries:
            for table, rows in entry.tables.items():
                parts.setdefault(table, []).append(rows)
        for table, tables in parts.items():
            self._append(f"store.{table}", pa.concat_tables(tables))
        keys = [
            (
                entry.row.document,
                entry.options,
                entry.code,
                entry.detail,
                entry.record,
                entry.place,
            )
            for entry in entries
        ]
        kinds = {
            "document": pa.string(),
            "options": pa.string(),
            "code": pa.string(),
            "detail": pa.string(),
            "record": pa.binary(),
            "place": pa.string(),
        }
        columns = [
            pa.array(list(column), kind)
            for column, kind in zip(zip(*keys, strict=True), kinds.values(), strict=True)
        ]
        self._append("store.keys", pa.table(columns, names=list(kinds)))

    def _append(self, table: str, rows: pa.Table) -> None:
        self._db.register("incoming", rows)
        try:
            self._db.execute(f"INSERT INTO {table} SELECT * FROM incoming")
        finally:
            self._db.unregister("incoming")

    def _forget(self, names: Sequence[str]) -> None:
        held = [name for name in names if name in self._names]
        if not held:
            return
        for table in [*MODELS, "keys", PRACTICES]:
            self._db.execute(
                f"DELETE FROM store.{table} WHERE document IN (SELECT unnest(?))", [held]
            )
        self.links.forget(held)
        self.lifts.forget(held)

    def find_neighbours(self) -> Iterator[tuple[str, list[str]]]:
        """Documents, each with the earlier ones that print some of the same figures."""
        return find_neighbours(self._db)

    def find_lent(self) -> Iterator[tuple[str, dict[str, Ways]]]:
        """Documents that show too little of how they count, each with how the others do."""
        return find_lent(self._db)

    def records(self) -> Iterator[tuple[Report, AuditResult]]:
        """All documents with their audits, in order, one at a time.

        One that was not read has nothing but its own row. What a long document holds very many
        of is read as it is gone through.
        """
        names = self._fetch(_NAMES_IN_ORDER)
        for (name,) in names:
            yield self.record_of(name, lazily=True)

    def record_of(self, document: str, *, lazily: bool = False) -> tuple[Report, AuditResult]:
        """One document with its audit; ``lazily`` as for ``records``."""
        row = self._row_of(document)
        found = self._db.execute(
            "SELECT record FROM store.keys WHERE document = ?", [document]
        ).fetchone()
        if not found or not found[0]:
            return Report(row), AuditResult()
        record = self.lifts.find(document) or found[0]
        content, result = unpack(record, lazily=lazily)
        return replace(content, document=row), self.links.add_to(document, result)

    def _row_of(self, document: str) -> DocumentRow:
        names = [column.name for column in columns_of(DocumentRow)]
        listed = ", ".join(f'"{name}"' for name in names)
        values = self._db.execute(
            f"SELECT {listed} FROM store.documents WHERE document = ?", [document]
        ).fetchone()
        return read_row(DocumentRow, dict(zip(names, values or (), strict=True)))

    def batches(self, table: str, size: int = 10_000) -> Iterator[pa.RecordBatch]:
        """The rows of one table in order, ``size`` at a time, figures as text."""
        names = [name for name in arrow_schema(MODELS[table]).names if name != "seq"]
        listed = ", ".join(f'"{name}"' for name in names)
        order = "document" if table == "documents" else "document, seq"
        with _as_export_error(self.path):
            rows = self._db.sql(f"SELECT {listed} FROM store.{table} ORDER BY {order}")
            reader: Any = rows.to_arrow_reader(size)
            yield from reader

    def document_rows(self) -> list[DocumentRow]:
        """The rows of the documents table, in order."""
        return [self._row_of(name) for (name,) in self._fetch(_NAMES_IN_ORDER)]

    def count_inconsistent(self) -> int:
        """How many documents have figures that do not agree (doubts about reading aside)."""
        query = (
            "SELECT count(DISTINCT document) FROM store.findings"
            " WHERE severity IN ('error', 'warning') AND NOT starts_with(rule, 'KZ9')"
        )
        return int(self._fetch(query)[0][0])

    def count(self, table: str) -> int:
        """Rows in one table."""
        return int(self._fetch(f"SELECT count(*) FROM store.{table}")[0][0])


def _remove_unfinished(path: Path) -> None:
    """Remove a database that a full disk or a kill left without its headers: it holds nothing."""
    try:
        with path.open("rb") as file:
            start = file.read(_HEADERS)
    except FileNotFoundError:
        return
    if len(start) < _HEADERS and start[8:12] in (b"", _MAGIC):
        path.unlink()


def _shown(column: Column) -> str:
    """A column as the views show it: figures as decimals."""
    if column.kind == "decimal":
        return f'TRY_CAST("{column.name}" AS {_FIGURE}) AS "{column.name}"'
    return f'"{column.name}"'


@contextmanager
def _as_export_error(path: Path) -> Iterator[None]:
    """Errors of the database become the one error the caller knows."""
    try:
        yield
    except (duckdb.Error, OSError) as error:
        raise ExportError(str(path), _reason(error)) from error


def _reason(error: Exception) -> str:
    """Why, in one line; where the database repeats the system's own reason, that alone."""
    text = str(error)
    if not text:
        return type(error).__name__
    first = text.splitlines()[0]
    if isinstance(error, duckdb.IOException | duckdb.TransactionException):
        return first.rpartition('": ')[2]
    return first
