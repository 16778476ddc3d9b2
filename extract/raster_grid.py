"""The grid of a table on a raster, from its header and its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.extract.aligned_slots import Slot
from kenzan.extract.raster_drift import find_adrift
from kenzan.extract.raster_rows import arrange
from kenzan.schemas.document import Cell, Grid, Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kenzan.extract.aligned_pieces import Piece
    from kenzan.extract.raster_columns import Raster
    from kenzan.extract.raster_header import Heading
    from kenzan.extract.raster_pieces import Strip


def build_grid(
    heading: Heading, body: Sequence[Strip], raster: Raster, source: Sequence[Line]
) -> Grid:
    """The grid of a table with its header above the lines of ``body``."""
    over = _names_over(heading, len(raster))
    nameless = _find_nameless(over, raster)
    if _is_shifted(heading, raster):
        nameless = set(raster.numeric)
    adrift = {(id(p.line), p.start) for strip in body for p in find_adrift(strip, raster, over)}
    count, slots = arrange([raster.place(strip) for strip in body], raster)
    for slot in slots:
        slot.row += heading.depth
    slots += [
        Slot(name.row, name.first, name.rowspan, name.last - name.first + 1, name.pieces)
        for name in heading.names
    ]
    rows = count + heading.depth
    _stretch_stub(slots, rows)
    cells = tuple(
        _to_cell(
            slot,
            disputed=(slot.col in nameless and slot.row >= heading.depth)
            or any((id(p.line), p.start) in adrift for p in slot.pieces),
        )
        for slot in _without_overlap(slots, rows, len(raster))
    )
    return Grid(source[0].page, rows, len(raster), cells, None, "aligned", None, tuple(source))


def _names_over(heading: Heading, columns: int) -> list[int]:
    """For each column a number for the name right above it; those without one have their own."""
    over = list(range(-columns, 0))
    for index, name in sorted(enumerate(heading.names), key=lambda item: item[1].row):
        over[name.first : name.last + 1] = [index] * (name.last - name.first + 1)
    return over


def _find_nameless(over: Sequence[int], raster: Raster) -> set[int]:
    """The columns of figures without a name, if some have one: they may be part of another."""
    nameless = {col for col in raster.numeric if over[col] < 0}
    return nameless if len(nameless) < len(raster.numeric) else set()


def _is_shifted(heading: Heading, raster: Raster) -> bool:
    """Whether what names the labels stands over the figures beside them: all names may be off."""
    numeric = raster.numeric
    if not numeric or not numeric[0]:
        return False
    labels, figures = raster.columns[numeric[0] - 1], raster.columns[numeric[0]]
    return any(
        name.x0 - labels.x1 > max(figures.x0 - name.x1, 0.0)
        for name in heading.names
        if name.first == name.last == numeric[0] - 1
    )


def _stretch_stub(slots: Sequence[Slot], rows: int) -> None:
    """A name in the header with nothing below it on the left edge names all rows."""
    first = [slot for slot in slots if slot.col == 0]
    if len(first) == 1 and first[0].row == 0:
        first[0].rowspan = rows


def _without_overlap(slots: Iterable[Slot], rows: int, cols: int) -> list[Slot]:
    """Slots in reading order, each cut back to places that are free; the rest filled up."""
    owner: dict[tuple[int, int], Slot] = {}
    kept: list[Slot] = []
    for slot in sorted(slots, key=lambda slot: (slot.colspan > 1, slot.row, slot.col)):
        home = owner.get((slot.row, slot.col))
        if home is not None:
            home.pieces = [*home.pieces, *slot.pieces]
            continue
        slot.colspan = _run(owner, [(slot.row, slot.col + i) for i in range(slot.colspan)])
        slot.rowspan = _run(owner, [(slot.row + i, slot.col) for i in range(slot.rowspan)])
        kept.append(slot)
        for row in range(slot.row, slot.row + slot.rowspan):
            for col in range(slot.col, slot.col + slot.colspan):
                owner.setdefault((row, col), slot)
    places = ((row, col) for row in range(rows) for col in range(cols))
    kept += [Slot(row, col) for row, col in places if (row, col) not in owner]
    return sorted(kept, key=lambda slot: (slot.row, slot.col))


def _run(owner: dict[tuple[int, int], Slot], places: Sequence[tuple[int, int]]) -> int:
    """How many of the places are free before the first that is not."""
    return next((i for i, place in enumerate(places) if place in owner), len(places))


def _to_cell(slot: Slot, *, disputed: bool) -> Cell:
    lines = tuple(_line_of(run) for run in _runs(slot.pieces))
    return Cell(slot.row, slot.col, slot.rowspan, slot.colspan, lines, disputed=disputed)


def _runs(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces in reading order, those of one printed line together."""
    runs: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (piece.line.number or 0, piece.start)):
        if runs and runs[-1][-1].line is piece.line:
            runs[-1].append(piece)
        else:
            runs.append([piece])
    return runs


def _line_of(pieces: Sequence[Piece]) -> Line:
    line, start, end = pieces[0].line, pieces[0].start, pieces[-1].end
    x0s, x1s = tuple(line.x0s[start:end]), tuple(line.x1s[start:end])
    return Line(line.text[start:end], line.page, None, line.number, x0s, x1s)
