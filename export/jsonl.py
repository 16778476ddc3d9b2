"""JSON Lines: one file a table, one object a line, decimals as strings of digits."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from kenzan.export.plain import render_json, to_record
from kenzan.export.rows import MODELS, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kenzan.export.formats import Add
    from kenzan.schemas.audit import AuditResult
    from kenzan.schemas.report import Report


@contextmanager
def write_jsonl(folder: Path) -> Iterator[Add]:
    """Write the tables as they come."""
    with ExitStack() as stack:
        handles = {
            table: stack.enter_context(
                (folder / f"{table}.jsonl").open("w", encoding="utf-8", newline="\n")
            )
            for table in MODELS
        }

        def add(report: Report, audit: AuditResult) -> None:
            for table, handle in handles.items():
                for row in rows_of(table, report, audit):
                    handle.write(render_json(to_record(row)) + "\n")

        yield add
