"""What the reports of one store say about each other, laid over what was read of each.

Rows go into ``checks`` and ``findings`` behind those of their document, their working into a table
of its own. Everything is made anew as a whole and stands there whole or not at all.
"""

# ruff: noqa: S608  table names come from the models and rule ids from the registry, never from input

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from kenzan.audit import ACROSS, join_results
from kenzan.batch.packing import Kept, pack, unpack
from kenzan.batch.rows import MODELS, to_arrow
from kenzan.schemas.audit import AuditResult
from kenzan.schemas.report import Report
from kenzan.schemas.tables import DocumentRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import duckdb

_RULES = ", ".join(f"'{rule.id}'" for rule in ACROSS)
_LONG = ("checks", "findings", "details")
_TOGETHER = 64
"""Documents whose rows are put in at once."""

_NOBODY = DocumentRow(
    document="", sha256="", bytes=0, kind="", pages=0, status="done", kenzan_version=""
)


class Links:
    """The results of comparing reports, by document. ``db`` is the connection of the store."""

    def __init__(self, db: duckdb.DuckDBPyConnection) -> None:
        self._db = db

    def create(self) -> None:
        """Make the tables if they are not there."""
        self._db.execute("CREATE TABLE IF NOT EXISTS store.links (document VARCHAR, record BLOB)")
        self._db.execute("CREATE TABLE IF NOT EXISTS store.linked (state VARCHAR)")

    def add_to(self, document: str, result: AuditResult) -> AuditResult:
        """The audit of a document, with what the comparison added."""
        if not self._are_there:
            return result
        found = self._db.execute(
            "SELECT record FROM store.links WHERE document = ?", [document]
        ).fetchall()
        return _join(result, unpack(found[0][0])[1]) if found else result

    @cached_property
    def _are_there(self) -> bool:
        """Whether the store has the tables: one that is only read may be older than they are."""
        held = "SELECT 1 FROM information_schema.tables WHERE table_name = 'links'"
        return bool(self._db.execute(held).fetchall())

    def forget(self, documents: Sequence[str]) -> None:
        """Let go of documents that are written anew: their rows go with the others."""
        self._db.execute(
            "DELETE FROM store.links WHERE document IN (SELECT unnest(?))", [documents]
        )

    def state(self) -> str:
        """What the documents in the store are, as a number: it changes when one of them does."""
        rows = self._db.execute(
            "SELECT count(*), sum(hash(document, sha256, status, kenzan_version, options)::HUGEINT)"
            " FROM store.documents JOIN store.keys USING (document)"
        ).fetchall()
        return "/".join(map(str, rows[0]))

    def are_current(self) -> bool:
        """Whether what stands there was made of the documents as they are."""
        return self._db.execute("SELECT state FROM store.linked").fetchall() == [(self.state(),)]

    def clear(self) -> None:
        """Take all of it away, in the transaction that is open."""
        for table in ("checks", "findings"):
            self._db.execute(f"DELETE FROM store.{table} WHERE rule IN ({_RULES})")
        self._db.execute("DELETE FROM store.links")
        self._db.execute("DELETE FROM store.linked")

    def fill(self, added: Iterable[tuple[str, AuditResult, AuditResult]]) -> None:
        """Put in document, its own audit and what is added, in the transaction that is open."""
        waiting: list[tuple[str, AuditResult, AuditResult]] = []
        for one in added:
            waiting.append(one)
            if len(waiting) == _TOGETHER:
                self._append(waiting)
                waiting = []
        self._append(waiting)
        self._db.execute("INSERT INTO store.linked VALUES (?)", [self.state()])

    def _append(self, added: Sequence[tuple[str, AuditResult, AuditResult]]) -> None:
        for table in ("checks", "findings") if added else ():
            rows = [
                to_arrow(MODELS[table], getattr(more, table), len(getattr(own, table)))
                for _, own, more in added
            ]
            self._insert(table, pa.concat_tables(rows))
        records = [(name, pack(Report(_NOBODY), more)) for name, _, more in added]
        if records:
            columns = zip(*records, strict=True)
            self._insert("links", pa.table(list(map(pa.array, columns)), ["document", "record"]))

    def _insert(self, table: str, rows: pa.Table) -> None:
        self._db.register("added", rows)
        try:
            self._db.execute(f"INSERT INTO store.{table} SELECT * FROM added")
        finally:
            self._db.unregister("added")


def _join(result: AuditResult, added: AuditResult) -> AuditResult:
    """As ``join_results``; what was left packed stays so."""
    short = AuditResult(conventions=result.conventions, counts=result.counts)
    joined = join_results(short, added)
    behind: dict[str, Any] = {}
    for name in _LONG:
        own, more = getattr(result, name), getattr(joined, name)
        behind[name] = own.followed_by(more) if isinstance(own, Kept) else (*own, *more)
    return replace(joined, **behind)
