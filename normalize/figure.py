"""One figure as printed: its value, sign, precision and unit, and where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from decimal import Decimal

Bound = Literal["at_least", "at_most", "more_than", "less_than", "about", "range"]
Missing = Literal["not_reported", "not_applicable", "withheld"]
Grouping = Literal["none", "grouped", "misgrouped"]
Sign = Literal["", "+", "-"]


@dataclass(frozen=True, slots=True)
class Number:
    """One printed figure, or the mark that stands in its place.

    ``value`` holds the printed decimals (80.0 stays 80.0) and is ``None`` exactly where
    ``missing`` says why. ``decimals`` counts printed decimal places; it is negative where a
    compound stops early (1億5,000万 stands to four places before the point: -4).
    ``sign`` is the printed one, ``""`` if there was none (33 in brackets is no +33), and
    ``sign_raw`` its characters (▲, 減). ``bound`` and ``high`` belong to 以上, 未満, 約, 5～10.
    ``prefix`` and ``word`` keep the folded words before and behind it (累計, 以上, 増).
    ``raw`` is ``text[start:end]`` of the text that was read, brackets included.
    """

    value: Decimal | None
    sign: Sign = ""
    sign_raw: str = ""
    decimals: int = 0
    unit: str = ""
    bound: Bound | None = None
    high: Decimal | None = None
    missing: Missing | None = None
    bracketed: bool = False
    grouping: Grouping = "none"
    raw: str = ""
    start: int = 0
    end: int = 0
    prefix: str = ""
    word: str = ""
