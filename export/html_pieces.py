"""Pieces cut out of page pictures: a figure, those it was checked against, and their table."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING, Any

from kenzan.export.html_pages import to_percent
from kenzan.schemas.geometry import Box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.schemas.view import PageView

_AROUND_X, _AROUND_Y = 60.0, 26.0
_NARROWEST, _HIGHEST = 380.0, 260.0
_EDGE = 3.0
# CSS pixels a point: a little larger than printed, and a piece of a whole line still fits a card.
_SCALE = 1.8


def cut_piece(
    view: PageView, figure: Box, used: Sequence[tuple[str, Box]], table: Box | None
) -> dict[str, Any]:
    """A piece of a page around a figure, with the places of the figures used inside of it.

    ``used`` are letters and boxes on the same page; those too far away are left out. The piece
    reaches to the head of ``table`` where that is near, so that the headings can be read.
    """
    near = _gather(figure, [box for _, box in used])
    region = _region(near, table, view)
    if region.width < 1 or region.height < 1:
        return {}
    boxes = [("", figure), *((letter, box) for letter, box in used if _inside(box, region))]
    return {
        "image": _cut(view, region),
        "width": round(region.width * _SCALE),
        "height": round(region.height * _SCALE),
        "boxes": [
            {
                "letter": letter,
                **to_percent(box, region.width, region.height, region.x0, region.top),
            }
            for letter, box in boxes
        ],
    }


def _gather(figure: Box, others: Sequence[Box]) -> Box:
    """The box around a figure and as many of the others, nearest first, as fit a piece."""
    around = figure
    for box in sorted(others, key=lambda item: abs(item.center[1] - figure.center[1])):
        wider = Box.around((around, box))
        if wider is None or wider.height > _HIGHEST:
            break
        around = wider
    return around


def _region(near: Box, table: Box | None, view: PageView) -> Box:
    more = max(_AROUND_X, (_NARROWEST - near.width) / 2)
    x0, x1 = near.x0 - more, near.x1 + more
    top, bottom = near.top - _AROUND_Y, near.bottom + _AROUND_Y
    if table is not None:
        x0, x1 = min(x0, table.x0 - _EDGE), max(x1, table.x1 + _EDGE)
        if top > table.top - _EDGE and bottom - table.top <= _HIGHEST:
            top = table.top - _EDGE
    return Box(max(0.0, x0), max(0.0, top), min(view.width, x1), min(view.height, bottom))


def _inside(box: Box, region: Box) -> bool:
    return region.contains(*box.center)


def _cut(view: PageView, region: Box) -> str:
    from PIL import Image

    with Image.open(io.BytesIO(view.close or view.image)) as opened:
        scale = opened.width / view.width
        left, top = region.x0 * scale, region.top * scale
        piece = opened.convert("RGB").crop((left, top, region.x1 * scale, region.bottom * scale))
    buffer = io.BytesIO()
    piece.save(buffer, "WEBP", quality=65, method=4)
    return base64.b64encode(buffer.getvalue()).decode("ascii")
