"""What a PDF engine finds on one page, the same for every engine: characters and rules.

All coordinates are points as the page is shown: origin top left, rotation, crop box and shifted
media box applied.
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

import numpy as np

from kenzan.extract.boxes import take_boxes
from kenzan.extract.runs import places_of
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from kenzan.extract.boxes import Flags, Floats, Ints

THIN = 2.5
"""Points: what is thinner is a rule, not an area."""


_SQUARE = 0.2
"""Points by which the sides of a square dot may differ: engines round them."""


@dataclass(slots=True)
class Chars:
    """Characters in the order of the content stream, one entry each in every array.

    ``codes`` are Unicode code points. ``boxes`` is (n, 4): x0, top, x1, bottom of the advance by
    the line height of the font (never the tight ink). ``sizes`` is the em in points. ``turns``
    counts quarter turns clockwise of the writing direction against left-to-right (0 to 3).
    """

    codes: Ints
    boxes: Floats
    sizes: Floats
    turns: Ints

    def __len__(self) -> int:
        return len(self.codes)

    def take(self, chosen: Ints | Flags) -> Chars:
        """The chosen characters, in the order of ``chosen``."""
        flags = chosen.dtype == bool
        index: Ints = chosen.nonzero()[0] if flags else chosen.astype(np.int64, copy=False)
        return Chars(
            self.codes.take(index),
            take_boxes(self.boxes, index),
            self.sizes.take(index),
            self.turns.take(index),
        )

    @staticmethod
    def none() -> Chars:
        """No characters."""
        return Chars(np.zeros(0, np.int64), np.zeros((0, 4)), np.zeros(0), np.zeros(0, np.int64))


@dataclass(slots=True)
class Rules:
    """Straight rules. ``across`` is (n, 3): y, x0, x1; ``down`` is (n, 3): x, top, bottom.

    ``fills`` is (n, 4): filled areas without an outline that are larger than a rule.
    """

    across: Floats
    down: Floats
    fills: Floats

    @staticmethod
    def sort(boxes: Floats, fills: Floats) -> Rules:
        """Thin boxes (x0, top, x1, bottom) by their direction; a square dot counts both ways."""
        x0, top, x1, bottom = boxes.T
        width, height = x1 - x0, bottom - top
        across = places_of((height <= THIN) & (width >= height - _SQUARE))
        down = places_of((width <= THIN) & (height >= width - _SQUARE))
        y, x = (top + bottom) / 2, (x0 + x1) / 2
        return Rules(
            np.array((y, x0, x1)).take(across, axis=1).T,
            np.array((x, top, bottom)).take(down, axis=1).T,
            fills,
        )


@dataclass(slots=True)
class PageContent:
    """One page as an engine sees it.

    ``image_share`` is the part of the page that its largest picture covers, 0 to 1. ``doubts``
    are (code, detail) pairs that become notices.
    """

    number: int
    width: float
    height: float
    chars: Chars
    rules: Rules
    image_share: float = 0.0
    doubts: list[tuple[str, str]] = field(default_factory=list)
