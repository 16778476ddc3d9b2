"""Rows of a table without rules: lines that belong together, and cells that span rows."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import field
from itertools import pairwise
from typing import TYPE_CHECKING

from kenzan.extract.aligned_cycles import merge_runs
from kenzan.extract.aligned_pieces import CHAINED, height_of
from kenzan.extract.aligned_slots import Slot, columns_by_height, fill_slots
from kenzan.extract.aligned_texts import is_ordinal
from kenzan.extract.aligned_tops import are_set_at_top, goes_on
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.extract.aligned_columns import Columns, Placed

_LEVEL = 0.3
"""Em by which two lines of one height differ."""
_WRAPPED = 1.75
"""Em between two lines of one wrapped text, at most."""
_TIGHT = 1.15
"""How much wider than the closest lines of its column two lines of one text may stand."""
_NEARER = 0.85
_FULL = 0.8
"""Em that a wrapped line may be short of its column's right edge."""
_CENTERED = 0.35
"""Share of the distance of two rows by which a label may be off the middle of its rows."""


@dataclass(slots=True)
class Band:
    """Lines that share a height: one row, or the rows beside a label at half height."""

    placed: list[Placed]
    heights: list[float] = field(default_factory=list)
    """Heights of the rows of figures in it; none if it has no figures of its own."""


def arrange(body: Sequence[Placed], columns: Columns) -> tuple[int, list[Slot]]:
    """How many rows there are, and what stands in them. ``body`` is placed in points."""
    bands = [_with_heights(band, columns) for band in _chain(body, columns.em)]
    groups = _join_partial(bands, columns)
    whole = [
        ([y for band in group for y in band.heights], [i for band in group for i in band.placed])
        for group in groups
    ]
    single = columns_by_height(whole, columns)
    slots: list[Slot] = []
    row = 0
    for heights, placed in whole:
        slots += fill_slots(row, heights, placed, single)
        row += max(len(heights), 1)
    figures = next((i for i, c in enumerate(columns.columns) if c.figures), len(columns.columns))
    slots = _join_ordinals(slots, columns, figures)
    slots, merged = merge_runs(slots, _row_heights(slots, row), figures)
    _spread_labels(slots, row, range(merged, figures))
    return row, slots


def _join_ordinals(slots: list[Slot], columns: Columns, figures: int) -> list[Slot]:
    """A mark alone on the line above a label (①) is its first line, not a label of its own."""
    labels = sorted((s for s in slots if s.col < figures), key=lambda slot: (slot.col, slot.row))
    joined: list[Slot] = []
    for mark, label in pairwise(labels):
        texts = [piece.text for piece in mark.pieces]
        alone = len(texts) == 1 and is_ordinal(texts[0]) and not is_ordinal(label.pieces[0].text)
        if mark.col != label.col or not alone or columns.columns[mark.col].numbers_rows:
            continue
        if label.height - mark.height <= (len(label.pieces) + 1) * columns.em:
            label.pieces[:0] = mark.pieces
            label.rowspan += label.row - mark.row
            label.row = mark.row
            joined.append(mark)
    return [slot for slot in slots if not any(slot is mark for mark in joined)]


def _spread_labels(slots: list[Slot], rows: int, labels: range) -> None:
    """Labels set half way beside several rows span those rows, where that works out for all."""
    heights = _row_heights(slots, rows)
    for col in labels:
        own = sorted((slot for slot in slots if slot.col == col), key=lambda slot: slot.row)
        if not 1 <= len(own) < rows or sum(slot.rowspan for slot in own) == rows:
            continue
        spans = _spans_around([slot.height for slot in own], heights)
        if col + 1 < labels.stop and (spans is None or not _are_even(spans)):
            below = _spans_below([slot.row for slot in own], _rows_with(slots, col + 1), rows)
            spans = below if spans is None or (below and _are_even(below)) else spans
        for slot, (first, last) in zip(own, spans or (), strict=False):
            slot.row, slot.rowspan = first, last - first + 1


def _row_heights(slots: Sequence[Slot], rows: int) -> list[float]:
    """The height of each row, by its figures if it has any."""
    figures: list[list[float]] = [[] for _ in range(rows)]
    texts: list[list[float]] = [[] for _ in range(rows)]
    for slot in slots:
        if slot.rowspan == 1:
            figures[slot.row] += [height_of(p.line) for p in slot.pieces if p.figure][:1]
            texts[slot.row] += [height_of(p.line) for p in slot.pieces][:1]
    heights: list[float] = []
    for found in (one or two for one, two in zip(figures, texts, strict=True)):
        heights.append(sum(found) / len(found) if found else (heights or [0.0])[-1])
    return heights


def _spans_around(labels: list[float], heights: list[float]) -> list[tuple[int, int]] | None:
    """Runs of rows, one after the other, with a label in the middle of each."""
    steps = [lower - upper for upper, lower in pairwise(heights)]
    slack = _CENTERED * min(steps, default=0.0)
    spans: list[tuple[int, int]] = []
    first = 0
    for label in labels:
        off, last = min(
            (
                (abs((heights[first] + heights[i]) / 2 - label), i)
                for i in range(first, len(heights))
            ),
            default=(slack + 1, 0),
        )
        if off > slack:
            return None
        spans.append((first, last))
        first = last + 1
    return spans if first == len(heights) else None


def _are_even(spans: Sequence[tuple[int, int]]) -> bool:
    """Whether all runs are of one length, as those of the same measures again and again."""
    return len({last - first for first, last in spans}) == 1


def _rows_with(slots: Sequence[Slot], col: int) -> set[int]:
    return {slot.row + i for slot in slots if slot.col == col for i in range(slot.rowspan)}


def _spans_below(labels: list[int], beside: set[int], rows: int) -> list[tuple[int, int]] | None:
    """Runs of rows that begin with a label, where every row without one has one further in."""
    ends = [row - 1 for row in labels[1:]] + [rows - 1]
    spans = list(zip(labels, ends, strict=True))
    bare = {row for first, last in spans for row in range(first + 1, last + 1)}
    return spans if labels[0] == 0 and bare <= beside else None


def _chain(body: Sequence[Placed], em: float) -> list[Band]:
    bands: list[Band] = []
    last = float("-inf")
    for item in sorted(body, key=lambda item: item.y):
        if item.y - last < CHAINED * em:
            bands[-1].placed.append(item)
        else:
            bands.append(Band([item]))
        last = item.y
    return bands


def _with_heights(band: Band, columns: Columns) -> Band:
    """Find the heights at which figures stand; figures between two of them span both."""
    counts: dict[float, int] = defaultdict(int)
    for item in band.placed:
        if columns.columns[item.first].figures and item.piece.figure:
            near = next((y for y in counts if abs(y - item.y) < _LEVEL * columns.em), item.y)
            counts[near] += not item.piece.bracketed
    for item in band.placed:
        if counts and _comes_again(item, columns):
            # A row of negative figures is one of its own beside a word that other rows have.
            near = min(counts, key=lambda y: abs(y - item.y))
            counts[near] += abs(near - item.y) < _LEVEL * columns.em
    for y, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        if counts[y] and all(abs(y - other) >= CHAINED * columns.em for other in band.heights):
            band.heights.append(y)
    if not band.heights and counts and _is_labelled(band, columns):
        band.heights = [min(counts)]
    band.heights.sort()
    return band


def _is_labelled(band: Band, columns: Columns) -> bool:
    """Whether it begins a row, or has a word before it that other rows have too (目標, 実績)."""
    labels = [item for item in band.placed if not item.piece.figure]
    return any(item.first == 0 for item in band.placed) or any(
        _comes_again(item, columns) for item in labels
    )


def _comes_again(item: Placed, columns: Columns) -> bool:
    piece = item.piece
    if piece.figure or piece.bracketed:
        return False
    return sum(other.text == piece.text for other in columns.columns[item.first].pieces) > 1


def _join_partial(bands: list[Band], columns: Columns) -> list[list[Band]]:
    """Bands without figures of their own join the row that their text goes on from or to."""
    bridges = {index for index in range(len(bands)) if _is_bridge(index, bands, columns)}
    for index in bridges:
        bands[index].heights = []
    joins = [False] * (len(bands) + 1)
    closest = _closest_lines(bands)
    at_top = are_set_at_top(bands, columns)
    for index, band in enumerate(bands):
        if index in bridges:
            joins[index] = joins[index + 1] = True
        elif at_top and not band.heights:
            joins[index] = index > 0 and goes_on(bands[index - 1], band, columns)
        elif not band.heights:
            between = _is_between(index, bands, columns)
            home = -1 if between else _home_of(index, bands, closest, columns)
            joins[index] |= home < 0
            joins[index + 1] |= home > 0
    groups: list[list[Band]] = []
    for index, (band, joined) in enumerate(zip(bands, joins, strict=False)):
        over = index - 1 in bridges
        full = bool(band.heights) and bool(groups) and any(b.heights for b in groups[-1])
        if joined and groups and (over or not full):
            groups[-1].append(band)
        else:
            groups.append([band])
    return groups


def _is_bridge(index: int, bands: Sequence[Band], columns: Columns) -> bool:
    """Whether a band's figures stand half way beside two rows of others, for both of them."""
    if not 0 < index < len(bands) - 1 or not bands[index].heights:
        return False
    above, band, below = bands[index - 1 : index + 2]
    if not above.heights or not below.heights:
        return False
    up, down = band.heights[0] - above.heights[-1], below.heights[0] - band.heights[-1]
    if max(up, down) > _WRAPPED * columns.em or abs(up - down) > _LEVEL * columns.em:
        return False
    own = _figure_columns(band)
    beside = _figure_columns(above) & _figure_columns(below)
    return bool(beside) and not own & (_figure_columns(above) | _figure_columns(below))


def _is_between(index: int, bands: Sequence[Band], columns: Columns) -> bool:
    """Whether a label stands half way between two rows that have none in its column.

    It is the label of an even number of rows, and no row by itself.
    """
    if not 0 < index < len(bands) - 1:
        return False
    above, band, below = bands[index - 1 : index + 2]
    if not above.heights or not below.heights:
        return False
    own = {item.first for item in band.placed}
    beside = {item.first for item in (*above.placed, *below.placed)}
    if own & beside or any(columns.columns[col].figures for col in own):
        return False
    y = band.placed[0].y
    up, down = y - above.heights[-1], below.heights[0] - y
    return abs(up - down) <= _LEVEL * (up + down)


def _figure_columns(band: Band) -> set[int]:
    return {item.first for item in band.placed if item.piece.figure}


def _closest_lines(bands: Sequence[Band]) -> dict[int, float]:
    """For each column the least distance between a line of a partial band and its neighbour."""
    closest: dict[int, float] = {}
    for upper, lower in pairwise(bands):
        if upper.heights and lower.heights:
            continue
        for a in upper.placed:
            for b in lower.placed:
                if a.first == b.first:
                    closest[a.first] = min(closest.get(a.first, float("inf")), b.y - a.y)
    return closest


def _home_of(index: int, bands: Sequence[Band], closest: dict[int, float], columns: Columns) -> int:
    """-1 if a partial band goes on the row above it, 1 if it begins the row below, 0 if neither."""
    band = bands[index]
    if all(item.piece.bracketed for item in band.placed):
        return -1 if index else 0
    up = _distance(bands[index - 1], band, closest, columns) if index else None
    down = _distance(band, bands[index + 1], closest, columns) if index + 1 < len(bands) else None
    if up is None or down is None:
        return -1 if up is not None else (1 if down is not None else 0)
    if up < _NEARER * down:
        return -1
    if down < _NEARER * up:
        return 1
    if _is_full(bands[index - 1], band, columns):
        return -1
    return 1 if _is_full(band, bands[index + 1], columns) else -1


def _distance(
    upper: Band, lower: Band, closest: dict[int, float], columns: Columns
) -> float | None:
    """The distance of two bands' lines in a column they share; ``None`` if not of one text."""
    steps = [
        b.y - a.y
        for a in upper.placed
        for b in lower.placed
        if a.first == b.first
        and not (a.piece.figure and b.piece.figure)
        and b.y - a.y <= _WRAPPED * columns.em
        and b.y - a.y <= _TIGHT * closest.get(a.first, float("inf"))
    ]
    return min(steps, default=None)


def _is_full(upper: Band, lower: Band, columns: Columns) -> bool:
    """Whether a line of the upper band reaches the edge at which the lower one goes on."""
    shared = {item.first for item in lower.placed}
    return any(
        item.first in shared
        and item.piece.x1 >= columns.columns[item.first].x1 - _FULL * columns.em
        for item in upper.placed
    )
