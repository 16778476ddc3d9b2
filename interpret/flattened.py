"""Linear text made tables again: of several readings of the same lines the one that places more.

Text set in columns reaches us as grids made by alignment; such columns are only as good as the
blanks of the program that wrote them, and a grid that makes no sense is lines again. Where the
flattened-table search, which weighs units, order and arithmetic, finds a table in the same lines,
its grid is taken instead. The other readings see only what alignment left as lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from kenzan.interpret import blockwise, columnwise, linear, rowwise
from kenzan.interpret.recovered import Recovery, choose_recoveries
from kenzan.interpret.soundness import is_sound
from kenzan.schemas.document import Grid, Line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kenzan.schemas.document import Block

Reading = Callable[[Sequence[Line]], list[Recovery]]

_ABOVE = 3
"""Lines over a table that may name its indicator."""

READINGS: tuple[Reading, ...] = (
    rowwise.recover_tables,
    columnwise.recover_tables,
    blockwise.recover_tables,
)
"""Ways to find tables in lines that no alignment claims; the earlier one wins a tie."""


def restore_tables(blocks: Sequence[Block]) -> list[Block]:
    """The blocks of a text, flattened tables among them as grids; every line stays once."""
    owners: dict[int, Grid] = {}
    lines: list[Block] = []
    for block in blocks:
        if isinstance(block, Grid) and block.origin == "aligned" and block.source:
            if is_sound(block, _lines_above(lines)):
                owners.update((id(line), block) for line in block.source)
            lines += block.source
        else:
            lines.append(block)
    return _give_back(list(_recover(lines, owners)), owners)


def _lines_above(blocks: Sequence[Block]) -> list[Line]:
    return [block for block in blocks[-_ABOVE:] if isinstance(block, Line)]


def _recover(blocks: Sequence[Block], owners: dict[int, Grid]) -> Iterator[Block]:
    """The blocks with flattened tables as grids, followed by what of them found no place."""
    run: list[Line] = []
    for block in blocks:
        if isinstance(block, Line):
            run.append(block)
            continue
        yield from _recover_run(run, owners)
        run = []
        yield block
    yield from _recover_run(run, owners)


def _recover_run(lines: list[Line], owners: dict[int, Grid]) -> Iterator[Block]:
    recoveries = {recovery.used[0]: recovery for recovery in _read(lines, owners)}
    taken = {index for recovery in recoveries.values() for index in recovery.used}
    for index, line in enumerate(lines):
        recovery = recoveries.get(index)
        if recovery is not None:
            yield recovery.marked_grid()
            yield from recovery.unplaced
        if index not in taken:
            yield line


def _read(lines: list[Line], owners: dict[int, Grid]) -> list[Recovery]:
    found: list[Recovery] = []
    at = 0
    for owned, group in groupby(lines, key=lambda line: id(line) in owners):
        part = list(group)
        if not owned:
            found += (r.moved(at) for reading in READINGS for r in reading(part))
        at += len(part)
    found += linear.recover_tables(lines)
    sound = [r for r in found if is_sound(r.grid, lines[max(r.used[0] - _ABOVE, 0) : r.used[0]])]
    return choose_recoveries(sound)


def _give_back(found: Sequence[Block], owners: dict[int, Grid]) -> list[Block]:
    """Aligned grids of which no line was used for another table take their place again."""
    left = Counter(id(owners[id(block)]) for block in found if id(block) in owners)
    result: list[Block] = []
    told: set[int] = set()
    for block in found:
        grid = owners.get(id(block)) if isinstance(block, Line) else None
        if grid is None or left[id(grid)] < len(grid.source):
            result.append(block)
        elif id(grid) not in told:
            told.add(id(grid))
            result.append(grid)
    return result
