"""Audits that others of the same form helped to decide, laid over what a document says alone.

Their rows in the tables are those of the helped audit; what the document says by itself stays in
its record, from which the rows are put back when the comparison is made anew.
"""

# ruff: noqa: S608  table names come from the models, never from input

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.batch.packing import pack, unpack
from kenzan.batch.rows import MODELS, rows_of, to_arrow

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

    from kenzan.schemas.audit import AuditResult
    from kenzan.schemas.report import Report

_CHANGED = ("indicators", "checks", "findings")
"""The tables that depend on the verdicts."""


class Lifts:
    """The helped audits of one store, by document. ``db`` is the connection of the store."""

    def __init__(self, db: duckdb.DuckDBPyConnection) -> None:
        self._db = db

    def create(self) -> None:
        """Make the table if it is not there."""
        self._db.execute("CREATE TABLE IF NOT EXISTS store.lifted (document VARCHAR, record BLOB)")

    def find(self, document: str) -> bytes | None:
        """The packed report and audit of a document that was helped; ``None`` if it was not."""
        query = "SELECT record FROM store.lifted WHERE document = ?"
        found = self._db.execute(query, [document]).fetchone()
        return found[0] if found else None

    def put(self, document: str, report: Report, result: AuditResult) -> None:
        """Lay a helped audit over what is there, in the transaction that is open."""
        self._replace_rows(document, report, result)
        record = [document, pack(report, result)]
        self._db.execute("INSERT INTO store.lifted VALUES (?, ?)", record)

    def forget(self, documents: Sequence[str]) -> None:
        """Let go of documents that are written anew."""
        names = [list(documents)]
        self._db.execute("DELETE FROM store.lifted WHERE document IN (SELECT unnest(?))", names)

    def clear(self) -> None:
        """Put back what each document says by itself, in the transaction that is open."""
        names = self._db.execute("SELECT document FROM store.lifted").fetchall()
        for (document,) in names:
            query = "SELECT record FROM store.keys WHERE document = ?"
            (record,) = self._db.execute(query, [document]).fetchall()[0]
            self._replace_rows(document, *unpack(record))
        self._db.execute("DELETE FROM store.lifted")

    def _replace_rows(self, document: str, report: Report, result: AuditResult) -> None:
        for table in _CHANGED:
            self._db.execute(f"DELETE FROM store.{table} WHERE document = ?", [document])
            self._db.register("lifted", to_arrow(MODELS[table], rows_of(table, report, result)))
            try:
                self._db.execute(f"INSERT INTO store.{table} SELECT * FROM lifted")
            finally:
                self._db.unregister("lifted")
