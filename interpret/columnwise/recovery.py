"""Tables of lines that hold a cell each: every segment read, or left as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.interpret.columnwise.bodies import MOST_STUBS, cut_rows, cut_stream
from kenzan.interpret.columnwise.entries import read_entries
from kenzan.interpret.columnwise.grids import Builder, Table
from kenzan.interpret.columnwise.headers import find_layout
from kenzan.interpret.columnwise.layouts import Layout, is_data, is_role, measure_of
from kenzan.interpret.columnwise.placing import (
    Column,
    find_merged_baseline,
    full_rows,
    infer_shapes,
    place_row,
)
from kenzan.interpret.columnwise.segments import (
    LEAST_FIGURES,
    find_segments,
    hold_rows,
    mark_serials,
)
from kenzan.interpret.differences import contradict, find_differences
from kenzan.interpret.recovered import Recovery
from kenzan.interpret.words.lexicon import funding_parents, funding_words, label_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.interpret.columnwise.bodies import Row, Stream
    from kenzan.interpret.columnwise.entries import Entry
    from kenzan.interpret.columnwise.shapes import Shape
    from kenzan.schemas.document import Line

_MOST_LABELS = 40
_MOST_STARTS = 6
_MOST_LOST, _SURE = 3, 2
"""Columns that no full row shows, because every row lost some cell."""
_ALONE = 8
"""Cost of labels that only the first row has: they rather belong to the header."""


def recover_tables(lines: Sequence[Line]) -> list[Recovery]:
    """All tables among lines of one cell each, in order."""
    found = (_recover(segment, lines) for segment in find_segments(read_entries(lines)))
    return [recovery for recovery in found if recovery is not None]


def _recover(segment: Sequence[Entry], lines: Sequence[Line]) -> Recovery | None:
    if hold_rows(segment):
        return None
    stream = cut_stream(mark_serials(segment))
    if not stream.width or len(stream.labels[0]) > _MOST_LABELS:
        return None
    for lost in range(_MOST_LOST + 1 if stream.varies else 1):
        table = _read(stream, stream.width + lost)
        if table is not None:
            sure = not lost or table.layout.score >= _SURE * (stream.width + lost)
            return _build(table, lines) if sure else None
    return None


def _read(stream: Stream, width: int) -> Table | None:
    """The reading of rows and header that goes together best."""
    best: tuple[int, Table] | None = None
    shapes = infer_shapes(stream.figures, width)
    for stubs in range(1, min(MOST_STUBS, len(stream.labels[0])) + 1):
        head = stream.labels[0][: len(stream.labels[0]) - stubs]
        if any(entry.kind == "serial" for entry in head):
            continue
        layout = _layout_of(head, stubs, shapes)
        for tail in range(len(layout.tail) + 1) if layout is not None else ():
            rows = cut_rows(stream, stubs, tail)
            if layout is None or rows is None or _takes_header(rows):
                continue
            if layout.score < width and not _are_dated(rows):
                continue
            score = layout.score + _agreement(rows, stubs, tail, layout)
            if best is None or score > best[0]:
                table = _to_table(layout, rows, stubs, shapes)
                best = best if _is_contradicted(table) else (score, table)
    return best[1] if best else None


def _is_contradicted(table: Table) -> bool:
    """Whether the labels find the changes in another column than the figures do."""
    measures = [measure_of(path) for path in table.layout.paths]
    return contradict(measures, full_rows(table.rows, len(measures)))


def _layout_of(head: Sequence[Entry], stubs: int, shapes: Sequence[Shape]) -> Layout | None:
    """The layout of all labels, or of those from where a header may begin."""
    named = next((k for k, entry in enumerate(head) if entry.names_column), 0)
    roles = [k for k, entry in enumerate(head) if k < named and is_role(entry)]
    for start in dict.fromkeys((0, *roles[-_MOST_STARTS:], max(named - 2, 0))):
        layout = find_layout(head[start:], stubs, shapes)
        if layout is not None:
            return layout
    return None


def _are_dated(rows: Sequence[Row]) -> bool:
    """Whether the rows are years: then their columns may have any name."""
    return all(row.leaf.label.only_period for row in rows)


def _takes_header(rows: Sequence[Row]) -> bool:
    """Whether the first row has labels of columns among its own, as no other row has."""
    first = rows[0].stubs
    for back in range(2, len(first) + 1):
        entry = first[-back]
        others = (row.stubs[-back] for row in rows[1:] if len(row.stubs) >= back)
        alike = any(other.kind == entry.kind for other in others)
        source = label_key(entry.text) in funding_words() | funding_parents()
        if (
            source
            or entry.label.kind == "total"
            or ((is_role(entry) or entry.names_column) and not alike)
        ):
            return True
    return len(first) > 1 and is_role(first[-1]) and not is_data(first[-1])


def _agreement(rows: Sequence[Row], stubs: int, tail: int, layout: Layout) -> int:
    """How well the rows are like what the header names."""
    missing = stubs - len(layout.stubs)
    score = -missing if missing > 0 else 3 * missing
    score -= 2 * abs(tail - len(layout.tail))
    deep = [row for row in rows if len(row.stubs) == stubs]
    if len(deep) == 1 and len(rows) > 1 and missing > 0:
        score -= _ALONE
    return score - sum(bool(row.section) for row in rows)


def _to_table(layout: Layout, rows: list[Row], stubs: int, shapes: Sequence[Shape]) -> Table:
    columns = [_column(path, shape) for path, shape in zip(layout.paths, shapes, strict=True)]
    differences = find_differences(full_rows(rows, len(columns)), len(columns))
    merged = find_merged_baseline(rows, columns)
    deepest = max(len(row.stubs) for row in rows)
    placed = [
        place_row(
            row, columns, differences, merged=merged and len(row.stubs) < deepest
        )  # the first row of an indicator has the figure that holds for the others
        for row in rows
    ]
    return Table(layout, rows, placed, max(stubs, len(layout.stubs)), bool(merged))


def _column(path: Sequence[Entry], shape: Shape) -> Column:
    measure = measure_of(path)
    kinds = {e.label.period.kind for e in path if e.label.period is not None}
    baseline = "baseline" in kinds or any(
        e.label.measure is not None and e.label.measure.measure == "baseline" for e in path
    )
    dated = bool(kinds - {"baseline"}) or any(e.label.relative is not None for e in path)
    funding = label_key(path[-1].text) in funding_words()
    return Column(shape, measure, baseline, dated, funding)


def _build(table: Table, lines: Sequence[Line]) -> Recovery | None:
    layout = table.layout
    named = [*layout.titles, *layout.stubs, *layout.tail, *(e for p in layout.paths for e in p)]
    body = [e for r in table.rows for e in (*r.section, *r.stubs, *r.figures, *r.tail)]
    first = min(e.first for e in (*named, *body))
    last = max(e.last for e in (*named, *body))
    builder = Builder(table)
    grid = builder.build(lines[first : last + 1])
    unplaced = [line for entry in builder.unplaced for line in entry.lines]
    figures = sum(e.kind == "figure" for r in table.rows for e in r.figures)
    if figures - len(builder.unplaced) < LEAST_FIGURES // 2:
        return None
    return Recovery(
        grid, tuple(unplaced), tuple(builder.doubtful), used=tuple(range(first, last + 1))
    )
