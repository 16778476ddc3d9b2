"""The row that a finished document has in ``documents``, whatever became of it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kenzan import __version__
from kenzan.batch.names import place_of
from kenzan.batch.rows import from_bytes
from kenzan.batch.store import Entry
from kenzan.errors import restore_error
from kenzan.schemas.contract import read_row
from kenzan.schemas.tables import DocumentRow

if TYPE_CHECKING:
    import pyarrow as pa

    from kenzan.batch.inputs import Input
    from kenzan.batch.task import Digest, Outcome

_LONGEST_REASON = 500


def to_entry(
    entry: Input, digest: Digest, outcome: Outcome, *, options: str, owner: str = ""
) -> Entry:
    """One finished document for the store; ``owner`` names the document of the same content."""
    tables = {name: from_bytes(data) for name, data in outcome.tables.items()}
    read = tables.pop("documents", None)
    facts = {
        "document": entry.name,
        "sha256": digest.sha256,
        "bytes": digest.size or entry.size,
        "kind": "",
        "pages": 0,
        "status": outcome.status,
        "error": describe(outcome)[:_LONGEST_REASON],
        "seconds": Decimal(f"{outcome.seconds:.3f}"),
        "kenzan_version": __version__,
        "duplicate_of": owner,
    }
    if read is not None:
        facts |= _read_facts(read)
    return Entry(
        read_row(DocumentRow, facts),
        options,
        outcome.code,
        outcome.detail,
        tables,
        outcome.record,
        place_of(entry.path),
    )


def describe(outcome: Outcome) -> str:
    """What the documents table says of a document that did not end well: code and reason."""
    if outcome.status == "failed":
        message = restore_error(outcome.code, outcome.name, outcome.detail).message("en")
        return f"{outcome.code}: {message}"
    return outcome.detail


def _read_facts(read: pa.Table) -> dict[str, object]:
    row = read.to_pylist()[0]
    return {name: row[name] for name in ("kind", "pages", "title", "label")}
