"""Blocks in the order in which a person reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.schemas.geometry import Box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.schemas.document import Block

_NOWHERE = Box(0.0, 0.0, 0.0, 0.0)


def in_reading_order(blocks: Sequence[Block]) -> list[Block]:
    """Top to bottom; what stands side by side from left to right."""
    return sorted(blocks, key=lambda block: _key(block.box or _NOWHERE))


def _key(box: Box) -> tuple[float, float]:
    return box.top, box.x0
