"""What each kind of evidence counts, in tenths of bits (10 = twice as likely).

Costs are negative. They are rough odds, not fitted values: what matters is their order.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache

ROW_BEFORE_LABEL = -5
"""A row that begins before its label."""

UNIT_DIFFERS = -110
UNIT_MISSING = -25
MARK_IN_COMPANY, MARK_OF_RATE, MARK_OF_ACTUAL, MARK_OF_TARGET = -6, -12, -20, -40
"""A missing mark beside another one (or for an actual in the last rows), and by itself."""
EVEN_STEP = 30
"""At most, for a target one step above the last, as that was above the one before."""
BESIDE_MARK = -12
JUNK = -260
"""A figure of the stream that is left without a place."""

TAB_DIFFERS = -110
COLUMN_DIFFERS = -90
COLUMN_AGAIN = -10
"""Display position nearer to another column; a later line of a row that begins before its end."""

LEAD_IGNORED = -25
LEAD_ABSENT = -12
"""Producer marks: a leading blank where no cell is empty, an empty cell without a leading blank."""

CHANGE_MISSING = -25
"""A value without a change in a table whose values have changes."""
CHANGE_OF_MISSING = -90
"""A change that belongs to a missing mark."""
CHANGE_OF_RATE = -60
CHANGE_AT_BASELINE = -35
CHANGE_FAR = -12
"""A change that does not belong to the value just before it."""

RATE_FITS, RATE_DIFFERS = 30, -25
RATE_EMPTY = -5
"""An empty rate beside an empty actual, or a missing mark."""
RATE_WITHOUT_ACTUAL = -60

BASELINE_EQUAL = 12
BASELINE_DIFFERS = -6

BLOCK_AT_LABEL = 0
BLOCK_AT_BLANK = -5
BLOCK_AT_LINE = -25
BLOCK_INSIDE_LINE = -110
BLOCK_IGNORES_LABELS = -60
"""Going on in the same column although labels of columns stood in between."""
BLOCK_WRONG_MEASURE = -50
BLOCK_UNUSUAL_ORDER = -15
"""A block whose columns follow labels that stand in another order than elsewhere."""
REUSE_AFTER_NAME = -40
NEW_WITHOUT_NAME = -20
ACROSS_BLANK = -4
ROW_SPLIT_ON_LINE = -90
"""Two figures of one line put into different rows."""
LATE_ROW = -25
"""The first rows of a column left empty."""

EMPTY_BASELINE = (80, 10)
"""Rows in a thousand without targets, without actuals: in the row of the baseline …"""
EMPTY_LATE = (350, 120, 40, 12)
"""… without actuals in the last row, the one before, the one before that, further up …"""
EMPTY_LATE_AGAIN = 970
"""… without actuals under a row without …"""
EMPTY_START, EMPTY_AGAIN, EMPTY_GAP = 50, 500, 3
EMPTY_ALONE = 10
"""… without targets in the first year, after years without, after a year with some. Any cell by
itself may be empty with the last odds."""

CONVENTION_PRIOR = (0, 0, 0, -5, -5, -5, -30)


@cache
def size_cost(difference: int) -> int:
    """Cost of two neighbours of a column whose sizes differ by hundredths of a decade."""
    return -min(40, difference * 2 // 5)


@cache
def urn_cost(present: int, absent: int, share: int, filled: bool) -> int:  # noqa: FBT001
    """Cost of the next cell of one measure in one row being filled, or empty.

    ``present`` and ``absent`` are its cells so far; ``share`` is how many in a thousand such rows
    have none. Rows tend to be all filled or all empty, so the first empty cell costs most.
    Source: Pólya urn, whose total does not depend on the order of the cells.
    """
    start = Decimal(4 * (1000 - share if filled else share)) / 10000
    odds = (start + (present if filled else absent)) / (Decimal("0.4") + present + absent)
    if not filled and present:
        odds = max(odds, Decimal(EMPTY_ALONE) / 1000)
    return int(10 * odds.ln() / Decimal(2).ln())
