"""What the figures of a column look like: rates, amounts, with which unit."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from kenzan.interpret.columnwise.entries import Entry

_PERCENT = frozenset({"%", "％", "ポイント", "‰"})


@dataclass(frozen=True, slots=True)
class Shape:
    """The usual decimals and unit of figures; ``known`` is false where there are none."""

    known: bool = False
    decimals: int = 0
    unit: str = ""
    size: int = 0

    @property
    def is_rate(self) -> bool:
        """Whether the figures may be rates: a percent sign or decimals."""
        return self.unit in _PERCENT or self.decimals > 0


def amount_of(entry: Entry) -> Decimal | None:
    """The one value of a cell; ``None`` if it has none or several."""
    found = [e.number.value for e in entry.content.entries if not e.number.bracketed]
    return found[0] if len(found) == 1 else None


def shape_of(entry: Entry) -> Shape:
    """The shape of one figure."""
    numbers = [e.number for e in entry.content.entries if e.number.value is not None]
    if not numbers:
        return Shape()
    number = numbers[0]
    value = abs(number.value) if number.value is not None else None
    size = value.adjusted() if value else 0
    return Shape(known=True, decimals=number.decimals, unit=number.unit, size=size)


def infer_shape(entries: Sequence[Entry]) -> Shape:
    """The shape that most figures of a column have."""
    known = [shape for shape in map(shape_of, entries) if shape.known]
    if not known:
        return Shape()
    decimals = Counter(shape.decimals for shape in known).most_common(1)[0][0]
    unit = Counter(shape.unit for shape in known).most_common(1)[0][0]
    sizes = sorted(shape.size for shape in known)
    return Shape(known=True, decimals=decimals, unit=unit, size=sizes[len(sizes) // 2])
