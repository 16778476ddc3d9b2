"""Tables whose columns, or parts of them, come one after the other: read, or left as they are."""

from __future__ import annotations

from itertools import islice, pairwise
from typing import TYPE_CHECKING

from kenzan.interpret.blockwise.axes import Axes, find_axes
from kenzan.interpret.blockwise.cells import read_cells
from kenzan.interpret.blockwise.changes import hold_changes
from kenzan.interpret.blockwise.likeness import Likeness
from kenzan.interpret.blockwise.meaning import is_baseline, is_borne_out, is_plain, judge
from kenzan.interpret.blockwise.roles import is_data
from kenzan.interpret.blockwise.stretches import find_stretches
from kenzan.interpret.blockwise.sums import Amounts, Sums, find_sums, relate_columns
from kenzan.interpret.blockwise.tilings import Stream, Tiling, find_tilings
from kenzan.interpret.blockwise.weights import load_weights
from kenzan.interpret.columnwise.bodies import Row
from kenzan.interpret.columnwise.grids import Builder, Table
from kenzan.interpret.columnwise.headers import find_layout
from kenzan.interpret.columnwise.placing import Placed
from kenzan.interpret.columnwise.segments import hold_rows
from kenzan.interpret.columnwise.shapes import amount_of, infer_shape
from kenzan.interpret.recovered import Recovery
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kenzan.interpret.blockwise.stretches import Stretch
    from kenzan.interpret.columnwise.entries import Entry
    from kenzan.interpret.columnwise.layouts import Layout
    from kenzan.schemas.document import Line

_LEAST_ROWS, _LEAST_FIGURES, _WIDEST = 2, 4, 24
_LEAST_TOLD = 3
_MERGED, _LEAST_MERGED = (2, 3, 4), 3
_MOST_AXES, _MOST_SIZES, _MOST_PAIRS = 40, 4, 12


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a stretch: its axes, the layout of its header, its columns, and its cost."""

    axes: Axes
    layout: Layout
    tiling: Tiling
    sums: Sums
    cost: int
    stream: Stream

    @property
    def borne_out(self) -> bool:
        """Whether the table may be believed by itself."""
        columns = self.tiling.columns
        if not hold_changes(self.stream.figures, columns):
            return False
        if not is_borne_out(self.layout, self.sums, self.axes):
            return False
        if len(self.sums.columns) == len(columns):
            return True
        likeness = Likeness(self.stream.figures)
        apart = min(likeness.spread(columns), likeness.spread(self.tiling.rows))
        limit = load_weights()["search"]["uneven"] * len(self.stream.figures)
        return len(columns) > 1 and is_plain(columns) and apart <= limit

    def label_places(self) -> dict[int, frozenset[int]]:
        """The lines with which the labels of each figure begin, by its index in the text."""
        found: dict[int, frozenset[int]] = {}
        for path, column in zip(self.layout.paths, self.tiling.columns, strict=True):
            for k, figure in enumerate(column):
                labels = (*self.axes.rows[k], *path)
                found[figure] = frozenset(label.first for label in labels)
        return found

    def says(self) -> frozenset[tuple[str, ...]]:
        """Every figure with its labels, by which readings are told apart."""
        return frozenset(
            (str(figure), *(label.text for label in (*self.axes.rows[k], *path)))
            for path, column in zip(self.layout.paths, self.tiling.columns, strict=True)
            for k, figure in enumerate(column)
        )


def recover_tables(lines: Sequence[Line]) -> list[Recovery]:
    """All tables among the lines that one reading explains far better than any other."""
    found: list[Recovery] = []
    waiting: Stretch | None = None
    for whole in find_stretches(read_cells(lines)):
        for stretch in whole.after(waiting) if waiting is not None else (whole,):
            reading = _read(stretch)
            if reading is not None:
                found.append(_build(reading, stretch, lines))
        waiting = None if whole.figures else whole
    return found


def _read(stretch: Stretch) -> Reading | None:
    search = load_weights()["search"]
    stream = _stream(stretch)
    count = len(stream.figures)
    if not _LEAST_FIGURES <= count <= search["most_figures"] or hold_rows(stretch.cells):
        return None
    readings = sorted(_readings(stretch, stream), key=lambda reading: reading.cost)
    if not readings or not readings[0].borne_out:
        return None
    best, said = readings[0], readings[0].says()
    if not follow_labels(best, stretch):
        return None
    rival = next((r for r in readings[1:] if r.says() != said), None)
    return best if rival is None or rival.cost - best.cost >= search["clear"] else None


def follow_labels(reading: Reading, stretch: Stretch) -> bool:
    """Whether figures stand under the label before them, where each run of them has its own.

    The last label of a list before a column of figures is no such label: one run may differ.
    """
    if reading.stream.merged:
        return True  # repeated figures are counted otherwise than the text has them
    places = reading.label_places()
    figure = -1
    runs: list[tuple[int, list[int]]] = []
    for before, cell in pairwise((None, *stretch.cells)):
        if cell is None or not cell.is_figure:
            continue
        figure += 1
        if before is not None and not before.is_figure:
            runs.append((before.first, []))
        if runs:
            runs[-1][1].append(figure)
    told = [run for run in runs if len(run[1]) > 1 and run[0] in set().union(*places.values())]
    held = sum(all(label in places.get(k, ()) for k in figures) for label, figures in told)
    return len(told) < _LEAST_TOLD or held * 2 >= len(told)


def _readings(stretch: Stretch, stream: Stream) -> Iterator[Reading]:
    found = [(rows, find_axes(stretch, rows), stream) for rows in _sizes(len(stream.figures))]
    found += _with_merged_first_column(stretch, stream)
    listed = [(rows, list(islice(axes, _MOST_AXES)), whole) for rows, axes, whole in found]
    listed = [part for part in listed if part[1]]
    layouts = _Layouts()
    listed.sort(key=lambda part: min(one.cost for one in part[1]))
    most = _MOST_SIZES if len(stream.figures) < load_weights()["search"]["long"] else 2
    for rows, axes, whole in listed[:most]:
        tilings = find_tilings(whole, rows, len(whole.figures) // rows)
        if whole.merged:
            tilings = [t for t in tilings if t.columns[0] == tuple(range(rows))]
        yield from _combine(axes, tilings, whole, layouts)


def _sizes(count: int) -> list[int]:
    """How many rows a table of so many figures may have."""
    sizes = range(_LEAST_ROWS, count + 1)
    return [rows for rows in sizes if count % rows == 0 and count // rows <= _WIDEST]


def _with_merged_first_column(
    stretch: Stretch, stream: Stream
) -> Iterator[tuple[int, Iterator[Axes], Stream]]:
    """The stream with each of its first figures as often as an indicator has rows.

    The state before the plan is often one cell over the rows of target and actual.
    """
    count = len(stream.figures)
    for each in _MERGED:
        for first in range(1, count // each + 1):
            rows = first * each
            columns, rest = divmod(count + first * (each - 1), rows)
            if not rest and _LEAST_MERGED <= columns <= _WIDEST:
                axes = [a for a in find_axes(stretch, rows) if _is_grouped(a, each)]
                yield rows, iter(axes[:_MOST_AXES]), stream.repeat(first, each)


def _is_grouped(axes: Axes, each: int) -> bool:
    """Whether every so many rows a name stands before the label of the row."""
    return all((len(row) > 1) == (k % each == 0) for k, row in enumerate(axes.rows))


class _Layouts:
    """Layouts of headers, each sought once: they only ask of columns whether they hold rates."""

    def __init__(self) -> None:
        self.known: dict[tuple[object, ...], Layout | None] = {}

    def find(self, axes: Axes, tiling: Tiling, stream: Stream) -> Layout | None:
        shapes = [infer_shape([stream.figures[k] for k in column]) for column in tiling.columns]
        stubs = max(len(row) for row in axes.rows)
        rates = (shape.known and shape.is_rate for shape in shapes)
        key = (stubs, *rates, *(cell.first for cell in axes.header))
        if key not in self.known:
            layout = find_layout(axes.header, stubs, shapes)
            whole = layout is not None and not any(map(is_data, (*layout.tail, *layout.titles)))
            self.known[key] = layout if whole else None
        return self.known[key]


def _combine(
    axes: Sequence[Axes], tilings: Sequence[Tiling], stream: Stream, layouts: _Layouts
) -> Iterator[Reading]:
    """Readings of the likeliest pairs of labels and columns: to lay out a header takes time."""
    known: dict[tuple[int, tuple[str, ...]], Sums] = {}
    likeness = Likeness(stream.figures)
    pairs: list[tuple[int, int, int]] = []
    for t, tiling in enumerate(tilings):
        amounts: Amounts = tuple(
            tuple(amount_of(stream.figures[k]) for k in column) for column in tiling.columns
        )
        across = relate_columns(amounts)
        for a, one in enumerate(axes):
            key = t, tuple(one.kinds)
            sums = known.get(key) or known.setdefault(key, find_sums(amounts, one.kinds, across))
            cost = tiling.cost + one.cost - sums.score + _unevenness(one, tiling, likeness)
            pairs.append((cost, t, a))
    for cost, t, a in sorted(pairs)[:_MOST_PAIRS]:
        one, tiling = axes[a], tilings[t]
        layout = layouts.find(one, tiling, stream)
        if layout is not None and (stream.merged < 2 or is_baseline(layout.paths[0])):
            sums = known[t, tuple(one.kinds)]
            meant = judge(layout, sums, len(one.rows))
            points = load_weights()["labels"]["layout"] * layout.score
            yield Reading(one, layout, tiling, sums, cost - meant - points, stream)


def _unevenness(axes: Axes, tiling: Tiling, likeness: Likeness) -> int:
    """What is told of year after year stays of one kind and size."""
    cost = likeness.spread(tiling.columns) if axes.rows_are_years else 0
    cost += likeness.spread(tiling.rows) if axes.columns_are_years else 0
    return cost * load_weights()["labels"]["uneven"]


def _stream(stretch: Stretch) -> Stream:
    figures: list[Entry] = []
    breaks: set[int] = set()
    blocks: set[int] = set()
    for before, cell in pairwise((None, *stretch.cells)):
        if cell is None or not cell.is_figure:
            continue
        if before is None or not before.is_figure:
            breaks.add(len(figures))
        if cell.after_blank:
            blocks.add(len(figures))
        figures.append(cell)
    told = len(blocks) * 2 < len(figures)
    return Stream(tuple(figures), frozenset(breaks), frozenset(blocks if told else ()))


def _build(reading: Reading, stretch: Stretch, lines: Sequence[Line]) -> Recovery:
    figures, merged = reading.stream.figures, reading.stream.merged
    columns = reading.tiling.columns
    width = tuple(range(len(columns)))
    places = [width[1:] if merged and k % merged else width for k in range(len(columns[0]))]
    rows = [
        Row(list(labels), [figures[columns[c][k]] for c in places[k]])
        for k, labels in enumerate(reading.axes.rows)
    ]
    layout = reading.layout
    stubs = max(len(layout.stubs), *(len(row.stubs) for row in rows))
    table = Table(layout, rows, list(map(Placed, places)), stubs, merged > 0)
    cells = [
        *layout.titles, *layout.stubs, *layout.tail, *(e for p in layout.paths for e in p),
        *(e for row in rows for e in (*row.stubs, *row.figures)),
    ]  # fmt: skip
    taken = {(line.number, line.text) for cell in cells for line in cell.lines}
    used = sorted({k for cell in cells for k in _lines_of(cell, lines)})
    inside = set(used)
    left = tuple(
        line
        for cell in stretch.cells
        if cell.first in inside
        for line in cell.lines
        if (line.number, line.text) not in taken
    )
    grid = Builder(table).build([lines[k] for k in used])
    return Recovery(grid, left, used=tuple(used), sure=True)


def _lines_of(cell: Entry, lines: Sequence[Line]) -> Iterator[int]:
    numbers = {line.number for line in cell.lines}
    return (k for k in range(cell.first, cell.last + 1) if lines[k].number in numbers)
