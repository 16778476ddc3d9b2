"""Text that does not run left to right: turned, and set top-down one character below the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kenzan.extract.content import Chars
from kenzan.schemas.document import Line
from kenzan.schemas.geometry import Box

if TYPE_CHECKING:
    from kenzan.extract.boxes import Flags, Floats, Ints

_SAME_COLUMN = 0.2
"""Em by which the middles of two characters one below the other may differ."""
_CLOSEST, _FARTHEST = 0.6, 1.35
"""Em from one character to the next below it in text set top-down."""
_STACK = 3
"""Characters that make a stack."""
_IDEOGRAPHIC = 0.6
"""Share of a stack's characters that are not digits or signs."""


def as_level(chars: Chars, turn: int) -> Chars:
    """The characters with their boxes turned so that the text runs left to right."""
    x0, y0, x1, y1 = chars.boxes.T
    turned = {
        0: (x0, y0, x1, y1),
        1: (y0, -x1, y1, -x0),
        2: (-x1, -y1, -x0, -y0),
        3: (-y1, x0, -y0, x1),
    }[turn]
    return Chars(chars.codes, np.stack(turned, axis=1), chars.sizes, chars.turns)


def as_shown(boxes: Floats, turn: int) -> Floats:
    """Boxes that ``as_level`` turned, as they are on the page again."""
    if turn == 0:
        return boxes
    u0, v0, u1, v1 = boxes.T
    shown = {
        1: (-v1, u0, -v0, u1),
        2: (-u1, -v1, -u0, -v0),
        3: (v0, -u1, v1, -u0),
    }[turn]
    return np.stack(shown, axis=1)


def mark_stacks(chars: Chars, areas: Ints) -> None:
    """Set ``turns`` to 1 (downwards) where characters follow each other top-down."""
    count = len(chars)
    if count < _STACK:
        return
    boxes, size = chars.boxes, chars.sizes
    across = np.abs((boxes[1:, 0] + boxes[1:, 2]) - (boxes[:-1, 0] + boxes[:-1, 2])) / 2
    downwards = (boxes[1:, 1] + boxes[1:, 3] - boxes[:-1, 1] - boxes[:-1, 3]) / 2
    em = np.maximum(size[:-1], 0.1)
    follows = (
        (across < _SAME_COLUMN * em)
        & (downwards > _CLOSEST * em)
        & (downwards < _FARTHEST * em)
        & (areas[1:] == areas[:-1])
        & (chars.turns[1:] == 0)
        & (chars.turns[:-1] == 0)
    )
    if not follows.any():
        return
    _mark_runs(chars, follows)


def _mark_runs(chars: Chars, follows: Flags) -> None:
    begins = np.flatnonzero(follows & ~np.concatenate(([False], follows[:-1])))
    ends = np.flatnonzero(follows & ~np.concatenate((follows[1:], [False]))) + 2
    letters = is_ideographic(chars.codes)
    for begin, end in zip(begins.tolist(), ends.tolist(), strict=True):
        if end - begin >= _STACK and letters[begin:end].mean() >= _IDEOGRAPHIC:
            chars.turns[begin:end] = 1


def is_ideographic(codes: Ints) -> Flags:
    """Kana, kanji and the marks that stand among them."""
    return ((codes >= 0x3005) & (codes <= 0x30FF)) | ((codes >= 0x3400) & (codes <= 0x9FFF))


def join_stack(lines: list[Line]) -> list[Line]:
    """A label set one character a line, as one vertical line; other lines as they are."""
    if len(lines) < 2 or any(len(line.text) != 1 for line in lines):
        return lines
    letters = is_ideographic(np.array([ord(line.text) for line in lines], np.int64))
    centers = [line.box.center[0] for line in lines if line.box]
    size = max(line.size or 0.0 for line in lines)
    if letters.mean() < _IDEOGRAPHIC or max(centers) - min(centers) > size:
        return lines
    return [
        Line(
            "".join(line.text for line in lines),
            lines[0].page,
            Box.around(line.box for line in lines),
            None,
            tuple(x for line in lines for x in line.x0s),
            tuple(x for line in lines for x in line.x1s),
            size,
            vertical=True,
        )
    ]
