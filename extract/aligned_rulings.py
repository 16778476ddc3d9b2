"""Rules across a page as evidence for rows: what they part, and what they do not."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import field
from typing import TYPE_CHECKING

from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from kenzan.extract.boxes import Floats

_LEVEL = 1.5
"""Points within which two rules are pieces of one."""
_MOSTLY = 0.6
"""Share of a stretch that a rule has to run along to part what is above from what is below."""
_WHOLE = 0.9
"""The same for a rule that parts two rows of a table from edge to edge."""


@dataclass(slots=True)
class Rulings:
    """Heights at which something is ruled, top down, and the stretches ruled there."""

    ys: list[float] = field(default_factory=list)
    stretches: list[list[tuple[float, float]]] = field(default_factory=list)

    @staticmethod
    def of(across: Floats) -> Rulings:
        """From rules (n, 3) of y, x0, x1."""
        made = Rulings()
        for y, x0, x1 in sorted(across.tolist()):
            if made.ys and y - made.ys[-1] <= _LEVEL:
                made.stretches[-1].append((x0, x1))
            else:
                made.ys.append(y)
                made.stretches.append([(x0, x1)])
        return made

    def between(self, top: float, bottom: float) -> range:
        """The indexes of the rules between two heights."""
        return range(bisect_right(self.ys, top), bisect_left(self.ys, bottom))

    def covers(self, index: int, x0: float, x1: float, share: float = _MOSTLY) -> bool:
        """Whether a rule runs along that share of a stretch."""
        ruled = sum(
            max(min(x1, right) - max(x0, left), 0.0) for left, right in self.stretches[index]
        )
        return ruled >= share * (x1 - x0)

    def part(self, top: float, bottom: float, x0: float, x1: float) -> bool:
        """Whether a rule runs all along the stretch x0…x1 between two heights."""
        return any(self.covers(i, x0, x1, _WHOLE) for i in self.between(top, bottom))

    def whole(self, top: float, bottom: float, x0: float, x1: float) -> list[float]:
        """The heights between two others at which all of x0…x1 is ruled."""
        return [self.ys[i] for i in self.between(top, bottom) if self.covers(i, x0, x1, _WHOLE)]


NO_RULINGS = Rulings()
