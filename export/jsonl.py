"""JSON Lines: one file a table, one object a line, decimals as strings of digits."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from kenzan.export.plain import render_json
from kenzan.export.rows import MODELS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pyarrow as pa

    from kenzan.export.formats import AddRows


@contextmanager
def write_jsonl(folder: Path) -> Iterator[AddRows]:
    """Write the tables as they come."""
    with ExitStack() as stack:
        handles = {
            table: stack.enter_context(
                (folder / f"{table}.jsonl").open("w", encoding="utf-8", newline="\n")
            )
            for table in MODELS
        }

        def add(table: str, rows: pa.RecordBatch) -> None:
            handles[table].writelines(render_json(row) + "\n" for row in rows.to_pylist())

        yield add
