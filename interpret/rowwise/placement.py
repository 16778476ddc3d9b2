"""Rows with fewer figures than columns: where the empty cells were.

A row that fills every column of figures has one place only. A baseline that one cell gives for
all rows of an indicator is told by all rows but its first lacking just that figure. Any other row
is left out until something tells its empty cells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.interpret.words.label import read_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.interpret.rowwise.heads import Header
    from kenzan.interpret.rowwise.records import Record

_FEWEST_SHARED = 2


def place_figures(records: Sequence[Record], header: Header) -> list[tuple[int, ...] | None]:
    """The column of each piece of each row; ``None`` where it cannot be told."""
    shared = find_shared_baseline(records, header) is not None
    return [_place(record, header, shared=shared) for record in records]


def find_shared_baseline(records: Sequence[Record], header: Header) -> int | None:
    """The column of a baseline that the first row of each indicator gives for those below it."""
    figures = [col for col, kind in enumerate(header.kinds) if kind == "f"]
    rows = [record for record in records if not record.banner]
    if len(figures) < _FEWEST_SHARED + 1 or not _is_baseline(header, figures[0]):
        return None
    name = header.kinds.find("l")
    counts: dict[bool, set[int]] = {True: set(), False: set()}
    for record in rows:
        counts[name in record.columns].add(_count(record, header.kinds))
    below = sum(name not in record.columns for record in rows)
    if counts[True] != {len(figures)} or counts[False] != {len(figures) - 1}:
        return None
    return figures[0] if below >= _FEWEST_SHARED else None


def _is_baseline(header: Header, col: int) -> bool:
    labels = [read_label(head.piece.text) for head in header.leaves[col].path]
    return any(
        (label.measure is not None and label.measure.measure == "baseline")
        or (label.period is not None and label.period.kind == "baseline")
        for label in labels
    )


def _place(record: Record, header: Header, *, shared: bool) -> tuple[int, ...] | None:
    if record.banner:
        return record.columns
    count = _count(record, header.kinds)
    if count == header.figures:
        return record.columns
    return _behind_baseline(record, header.kinds) if shared else None


def _count(record: Record, kinds: str) -> int:
    return len({col for col in record.columns if kinds[col] == "f"})


def _behind_baseline(record: Record, kinds: str) -> tuple[int, ...]:
    """The columns of a row whose figures stand in all columns but the first one of figures."""
    held = sorted({col for col in record.columns if kinds[col] == "f"})
    columns = [col for col, kind in enumerate(kinds) if kind == "f"][1:]
    moved = dict(zip(held, columns, strict=True))
    return tuple(moved.get(col, col) for col in record.columns)
