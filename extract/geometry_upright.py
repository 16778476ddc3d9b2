"""Pages whose text lies on its side, or stands on its head: turned so that it can be read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from kenzan.extract.content import Chars, PageContent, Rules

if TYPE_CHECKING:
    from kenzan.extract.boxes import Floats

_MOSTLY = 0.7
"""Share of a page's characters that run one way if the page is to be read that way."""


def turn_upright(content: PageContent) -> tuple[PageContent, int]:
    """The page with most of its text level, and the quarter turns clockwise it was away from it."""
    chars = content.chars
    if not len(chars) or not chars.turns.any():
        return content, 0
    counts = np.bincount(chars.turns, minlength=4)
    turn = int(counts.argmax())
    if not turn or counts[turn] < _MOSTLY * len(chars):
        return content, 0
    width, height = content.width, content.height
    boxes = _turned(chars.boxes, turn, width, height)
    level = Chars(chars.codes, boxes, chars.sizes, (chars.turns - turn) % 4)
    if turn % 2:
        width, height = height, width
    rules = _turn_rules(content.rules, turn, content.width, content.height)
    return replace(content, width=width, height=height, chars=level, rules=rules), turn


def _turned(boxes: Floats, turn: int, width: float, height: float) -> Floats:
    """Boxes of a page of this size (as shown), ``turn`` quarters counter-clockwise."""
    x0, top, x1, bottom = boxes.T
    turned = {
        1: (top, width - x1, bottom, width - x0),
        2: (width - x1, height - bottom, width - x0, height - top),
        3: (height - bottom, x0, height - top, x1),
    }[turn]
    return np.stack(turned, axis=1)


def _turn_rules(rules: Rules, turn: int, width: float, height: float) -> Rules:
    y, left, right = rules.across.T
    x, top, bottom = rules.down.T
    across = _turned(np.stack((left, y, right, y), axis=1), turn, width, height)
    down = _turned(np.stack((x, top, x, bottom), axis=1), turn, width, height)
    if turn % 2:
        across, down = down, across
    return Rules(
        across[:, [1, 0, 2]], down[:, [0, 1, 3]], _turned(rules.fills, turn, width, height)
    )
