"""Linear text made tables again: the better of two readings of the same lines.

Text set in columns reaches us as grids made by alignment; such columns are only as good as the
blanks of the program that wrote them. Where the flattened-table search, which weighs units, order
and arithmetic, finds a table in the same lines, its grid is taken instead.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kenzan.schemas.document import Grid, Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.schemas.document import Block


def restore_tables(blocks: Sequence[Block]) -> list[Block]:
    """The blocks of a text, flattened tables among them as grids; every line stays once."""
    from kenzan.interpret.linear import recover_grids

    owners: dict[int, Grid] = {}
    lines: list[Block] = []
    for block in blocks:
        if isinstance(block, Grid) and block.origin == "aligned" and block.source:
            owners.update((id(line), block) for line in block.source)
            lines += block.source
        else:
            lines.append(block)
    return _give_back(recover_grids(lines), owners)


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
