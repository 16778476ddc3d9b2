"""Blocks in the order in which a person reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.schemas.geometry import Box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.schemas.document import Block

_NOWHERE = Box(0.0, 0.0, 0.0, 0.0)
_BESIDE = 0.5
"""Share of the lower one's height that two blocks side by side have in common."""


def in_reading_order(blocks: Sequence[Block]) -> list[Block]:
    """Top to bottom; what stands side by side from left to right."""
    waiting = sorted(blocks, key=lambda block: _box(block).top)
    taken = [False] * len(waiting)
    ordered: list[Block] = []
    for index, block in enumerate(waiting):
        if taken[index]:
            continue
        row, bottom = [block], _box(block).bottom
        for other in range(index + 1, len(waiting)):
            if _box(waiting[other]).top >= bottom:
                break
            if not taken[other] and _beside(block, waiting[other]):
                taken[other] = True
                row.append(waiting[other])
        ordered += _in_row(row)
    return ordered


def _in_row(row: list[Block]) -> list[Block]:
    """Blocks at one height: left to right, several on one side of a table from the top down."""
    return sorted(row, key=lambda block: (_box(block).x0, _box(block).top))


def _beside(first: Block, second: Block) -> bool:
    """Whether two blocks stand side by side: at one height, and not over each other."""
    a, b = _box(first), _box(second)
    shared = min(a.bottom, b.bottom) - max(a.top, b.top)
    if shared <= _BESIDE * min(a.height, b.height):
        return False
    return a.x1 <= b.x0 + 1 or b.x1 <= a.x0 + 1


def _box(block: Block) -> Box:
    return block.box or _NOWHERE
