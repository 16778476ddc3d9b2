"""Linear text made tables again: of several readings of the same lines the one that places more.

Text set in columns reaches us as grids made by alignment. Such columns are only as good as the
blanks of the program that wrote them: a grid that makes no sense is lines again. One that does is
kept, since where a figure stands says more about it than the order of the text does; unless all
its rows have as many words as their header, or changes in brackets bear out every figure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kenzan.interpret import blockwise, columnwise, linear, rowwise, wordwise
from kenzan.interpret.recovered import Recovery, choose_recoveries
from kenzan.interpret.soundness import is_sound
from kenzan.interpret.tables.content import read_content
from kenzan.interpret.tables.joins import has_header
from kenzan.normalize.cells import BRACKETS
from kenzan.normalize.characters import fold
from kenzan.schemas.document import Grid, Line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kenzan.schemas.document import Block

Reading = Callable[[Sequence[Line]], list[Recovery]]

_ABOVE = 3
"""Lines over a table that may name its indicator."""

_DIGIT = re.compile(r"\d")
_FEWEST_CHANGES = 4

READINGS: tuple[Reading, ...] = (
    wordwise.recover_tables,
    rowwise.recover_tables,
    columnwise.recover_tables,
    blockwise.recover_tables,
)
"""Ways to find tables in lines that no alignment claims; the earlier one wins a tie."""


def restore_tables(blocks: Sequence[Block]) -> list[Block]:
    """The blocks of a text, flattened tables among them as grids; every line stays once."""
    kept: list[Block] = []
    unplaced: dict[int, list[Line]] = {}
    for block in blocks:
        if not isinstance(block, Grid) or block.origin != "aligned" or not block.source:
            kept.append(block)
            continue
        grid, lines = _without_disputed(block)
        above = _lines_above(kept)
        sound = is_sound(grid, above) and (grid is block or is_sound(block, above))
        sound = sound or _goes_on(kept, grid)
        if sound and not _is_better_in_order(block.source):
            kept.append(grid)
            unplaced[id(grid)] = lines
        else:
            kept += block.source
    return [part for block in _recover(kept) for part in (block, *unplaced.get(id(block), ()))]


def _is_better_in_order(lines: Sequence[Line]) -> bool:
    """Whether the order of the words tells a table in columns for certain."""
    return _has_equal_counts(lines) or _is_told_by_changes(lines)


def _is_told_by_changes(lines: Sequence[Line]) -> bool:
    """Whether every figure has its place by the changes printed with them, none in doubt."""
    opened = sum(char in BRACKETS for line in lines for char in fold(line.text))
    if opened < _FEWEST_CHANGES:
        return False  # without brackets there are no changes, and nothing to search for
    found = linear.recover_tables(lines)
    if not found or any(recovery.unplaced or recovery.doubtful for recovery in found):
        return False
    cells = [read_content(cell.text) for recovery in found for cell in recovery.grid.cells]
    changes = sum(bool(entry.bracketed) for cell in cells for entry in cell.entries)
    used = {index for recovery in found for index in recovery.used}
    left = (line for index, line in enumerate(lines) if index not in used)
    return changes >= _FEWEST_CHANGES and not any(_DIGIT.search(line.text) for line in left)


def _has_equal_counts(lines: Sequence[Line]) -> bool:
    """Whether all lines belong to tables whose rows have as many words as their header."""
    found = wordwise.recover_tables(lines)
    told = sum(bool(line.text.strip()) for line in lines)
    return all(r.sure for r in found) and sum(len(r.used) for r in found) == told


def _without_disputed(grid: Grid) -> tuple[Grid, list[Line]]:
    """The grid without what may stand in other columns, and the lines of that."""
    lines = [line for cell in grid.cells if cell.disputed for line in cell.lines]
    if not lines:
        return grid, []
    cells = (replace(cell, lines=()) if cell.disputed else cell for cell in grid.cells)
    return replace(grid, cells=tuple(cells)), lines


def _goes_on(kept: Sequence[Block], grid: Grid) -> bool:
    """Whether a grid without a header makes sense under that of the table on the page before."""
    between = len(kept)
    while between and isinstance(kept[between - 1], Line):
        between -= 1
    before = kept[between - 1] if between else None
    if not isinstance(before, Grid) or before.page + 1 != grid.page or before.cols != grid.cols:
        return False
    lines = [line for line in kept[between:] if isinstance(line, Line)]
    words = [line for line in lines if any(map(str.isalpha, line.text))]
    return not words and not has_header(grid) and is_sound(grid, (), before)


def _lines_above(blocks: Sequence[Block]) -> list[Line]:
    return [block for block in blocks[-_ABOVE:] if isinstance(block, Line)]


def _recover(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks with flattened tables as grids, followed by what of them found no place."""
    run: list[Line] = []
    for block in blocks:
        if isinstance(block, Line):
            run.append(block)
            continue
        yield from _recover_run(run)
        run = []
        yield block
    yield from _recover_run(run)


def _recover_run(lines: list[Line]) -> Iterator[Block]:
    recoveries = {recovery.used[0]: recovery for recovery in _read(lines)}
    taken = {index for recovery in recoveries.values() for index in recovery.used}
    for index, line in enumerate(lines):
        recovery = recoveries.get(index)
        if recovery is not None:
            yield recovery.marked_grid()
            yield from recovery.unplaced
        if index not in taken:
            yield line


def _read(lines: list[Line]) -> list[Recovery]:
    found = [recovery for reading in READINGS for recovery in reading(lines)]
    found += linear.recover_tables(lines)
    return choose_recoveries([recovery for recovery in found if _makes_sense(recovery, lines)])


def _makes_sense(recovery: Recovery, lines: Sequence[Line]) -> bool:
    first = recovery.used[0]
    return is_sound(recovery.grid, lines[max(first - _ABOVE, 0) : first], whole=recovery.whole)
