"""Rows with fewer figures than columns: where the empty cells were.

A row that fills every column of figures has one place only. Any other row is left out until
something tells its empty cells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.interpret.rowwise.headers import Header
    from kenzan.interpret.rowwise.records import Record


def place_figures(records: Sequence[Record], header: Header) -> list[tuple[int, ...] | None]:
    """The column of each piece of each row; ``None`` where it cannot be told."""
    return [
        record.columns if record.banner or _is_filled(record, header) else None
        for record in records
    ]


def _is_filled(record: Record, header: Header) -> bool:
    kinds = header.kinds
    filled = {col for col in record.columns if kinds[col] == "f"}
    return len(filled) == header.figures
