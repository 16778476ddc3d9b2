"""Places on a page: boxes in PDF points, and lines of a text file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in PDF points, origin at the top left of the page as it is shown.

    The rotation, crop box and media box of the page are already applied.
    """

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        """Width in points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Height in points."""
        return self.bottom - self.top

    @property
    def center(self) -> tuple[float, float]:
        """The middle, as (x, y)."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    def turned(self, turn: int, width: float, height: float) -> Box:
        """The box after ``turn`` quarter turns clockwise; the size is that of the page then."""
        return {
            0: self,
            1: Box(width - self.bottom, self.x0, width - self.top, self.x1),
            2: Box(width - self.x1, height - self.bottom, width - self.x0, height - self.top),
            3: Box(self.top, height - self.x1, self.bottom, height - self.x0),
        }[turn % 4]

    def contains(self, x: float, y: float) -> bool:
        """Whether the point lies inside or on the edge."""
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom

    def meets(self, other: Box) -> bool:
        """Whether the two rectangles share more than an edge."""
        return (
            self.x0 < other.x1
            and other.x0 < self.x1
            and self.top < other.bottom
            and other.top < self.bottom
        )

    @staticmethod
    def around(boxes: Iterable[Box | None]) -> Box | None:
        """The smallest rectangle around all given ones; ``None`` if there is none."""
        known = [box for box in boxes if box is not None]
        if not known:
            return None
        return Box(
            min(box.x0 for box in known),
            min(box.top for box in known),
            max(box.x1 for box in known),
            max(box.bottom for box in known),
        )


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is printed: a page and its box, a line of a text file, a row of a sheet.

    ``page`` counts from 1 (for a workbook: the sheet; for text: form feeds end pages).
    ``line`` counts from 1 and is given for input without geometry.
    """

    page: int
    box: Box | None = None
    line: int | None = None
