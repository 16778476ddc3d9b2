"""The frame of a flattened table: its axes, its stream of pieces, and where each cell stands.

A cell is a slot: one indicator, one period, one measure. Where the text goes row by row, labels
in the stream name the row; where it goes column by column, they come in runs of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from decimal import Decimal

    from kenzan.interpret.linear.pieces import Gap
    from kenzan.interpret.linear.tokens import Token

Order = Literal["rows", "columns"]


@dataclass(frozen=True, slots=True)
class Axes:
    """How many indicators and periods there are, and the measures of each indicator.

    ``measures`` holds classes (target, actual, rate …); ``baseline`` tells that the first period
    is not a year but 当初 or the like.
    """

    indicators: int
    periods: int
    measures: tuple[str, ...]
    baseline: bool = False

    @property
    def size(self) -> int:
        """The number of slots."""
        return self.indicators * self.periods * len(self.measures)

    def slot(self, indicator: int, period: int, measure: int) -> int:
        """The number of a slot, from 0."""
        return (indicator * self.periods + period) * len(self.measures) + measure

    def place(self, slot: int) -> tuple[int, int, int]:
        """Indicator, period and measure of a slot."""
        rest, measure = divmod(slot, len(self.measures))
        indicator, period = divmod(rest, self.periods)
        return indicator, period, measure


@dataclass(frozen=True, slots=True)
class Figure:
    """A value or a bracketed change in the stream, with what tells where it stands.

    ``size`` is the order of magnitude in hundredths of a decade (``None`` for 0 and for missing
    marks).
    ``values_after`` counts the values that follow before the next label, ``values_on_line`` those
    on its line, ``deltas_after`` the changes that follow at once. ``begins`` marks the first
    figure of a line.
    """

    token: Token
    index: int
    amount: Decimal | None
    unit: str
    decimals: int
    size: int | None
    gap: Gap
    values_after: int = 0
    deltas_after: int = 0
    values_on_line: int = 0
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One element of the stream: a figure, or labels that say where the next figures stand.

    ``row`` is the row that a label opens (rows order); ``measures`` are the column labels and
    ``named`` whether the name of an indicator stood since the last figure (columns order).
    ``stray`` marks what may be a broken figure: the row around it cannot be trusted.
    """

    figure: Figure | None = None
    row: int | None = None
    measures: tuple[int, ...] = ()
    named: bool = False
    stray: bool = False
