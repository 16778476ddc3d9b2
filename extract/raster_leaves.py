"""The lowest names of a header on a raster where they tell their columns for certain.

One name for each column, in order: then it does not matter that blanks have pushed them off.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.extract.header_cells import HeaderCell
from kenzan.extract.raster_names import cut_levels, find_cycle, join_atoms, stack_leaves
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.extract.raster_columns import Raster
    from kenzan.extract.raster_names import Atom
    from kenzan.extract.raster_pieces import Strip

_HALF_WAY = 0.25
"""Lines by which a name set half way up the header may stand too low."""


@dataclass(frozen=True, slots=True)
class Leaves:
    """The lowest names, a column each, and the lines ``above`` them.

    ``closed`` are the columns that nothing above may stand for.
    """

    above: list[list[Atom]]
    names: list[HeaderCell]
    closed: frozenset[int] = frozenset()


def read_leaves(head: Sequence[Strip], raster: Raster) -> Leaves | None:
    """The lowest names, if there are as many as columns; ``None`` if their places have to tell."""
    numeric = raster.numeric
    if not numeric:
        return None
    if raster.count_named(head) >= len(numeric):
        return _read_in_order(head, raster)
    stacked = stack_leaves(head, len(raster))
    if stacked is None:
        return None
    above, leaves = stacked
    names = [HeaderCell(join_atoms([leaf]), i, i) for i, leaf in enumerate(leaves)]
    return Leaves(above, names, _find_whole(names, head) if above else frozenset())


def _read_in_order(head: Sequence[Strip], raster: Raster) -> Leaves | None:
    """The lines above the lowest one, and its names if it has just one for each column of figures.

    Names that come again and again are whole, so that their order tells, wherever they stand.
    """
    numeric = raster.numeric
    levels = cut_levels(head, len(numeric))
    lowest = levels[-1] if levels else []
    left = raster.left_of_figures()
    if len(lowest) != len(numeric) or any(atom.middle <= left for atom in lowest):
        return None
    if not find_cycle([atom.text for atom in lowest]):
        return None
    names = [HeaderCell(join_atoms([a]), i, i) for a, i in zip(lowest, numeric, strict=True)]
    return Leaves(levels[:-1], names)


def _find_whole(names: Sequence[HeaderCell], head: Sequence[Strip]) -> frozenset[int]:
    """Columns whose names stand half way up the header: nothing stands above them."""
    lines = {id(strip.line): strip.y for strip in head}
    middle = (head[0].y + head[-1].y) / 2
    whole = []
    for name in names:
        ys = [lines[id(piece.line)] for piece in name.pieces]
        if (min(ys) + max(ys)) / 2 <= middle + _HALF_WAY:
            whole.append(name.first)
    return frozenset(whole)
