"""What figures in brackets beside a figure are: the change, last year's figure, a part of it.

The headers or a note may say so; else signs and arithmetic of all cells of the table decide.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from kenzan.interpret.words.label import read_label
from kenzan.normalize.characters import fold
from kenzan.normalize.periods import Period, find_periods
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kenzan.normalize.numbers import Entry

BracketRole = Literal["delta", "other"]


@dataclass(frozen=True, slots=True)
class BracketWords:
    """What a header or note says brackets hold; the period if it is another year's figure."""

    role: BracketRole
    period: Period | None = None
    years_back: int = 0


_ABOUT = re.compile(
    r"\(\s*\)\s*(?:内|書き?)?(?:の数[字値])?\s*(?:は|:|、|=)?\s*(.{1,20})|\((増減|前年度?比?|対前年度?比?|前年差|前年度差)\)"
)
_LAST_YEAR = re.compile(r"前年|昨年|前回")
_CHANGE_WORDS = re.compile(r"増減|前年差|前年度差|比較|差|対前年|伸び|増加|増分")
_OTHER_WORDS = re.compile(r"前年|前回|割合|率|うち|内数|累計|構成|計画|当初|参考")
_ENDING = re.compile(r".[(（]([^()（）]+)[)）]$")


@lru_cache(maxsize=4096)
def year_in_brackets(header: str) -> Period | None:
    """The year that a header ends with in brackets: 予算額（前年度）, R6決算（R5決算）."""
    match = _ENDING.search(header)
    return read_label(match.group(1)).period if match is not None else None


def role_from_words(texts: Iterable[str]) -> BracketWords | None:
    """What headers or notes say about brackets; ``None`` if they say nothing."""
    for text in texts:
        match = _ABOUT.search(fold(text))
        if match is None:
            continue
        said = match.group(1) or match.group(2) or ""
        if _CHANGE_WORDS.search(said):
            return BracketWords("delta")
        if _OTHER_WORDS.search(said):
            years = [p for p in find_periods(said) if p.fiscal_year is not None]
            back = int(bool(_LAST_YEAR.search(said)))
            return BracketWords("other", years[0] if years else None, back)
    return None


def infer_bracket_role(
    entries: Iterable[Entry], said: BracketWords | None, *, kpi: bool
) -> BracketRole:
    """The role of the brackets of a table, from all its cells that hold one."""
    if said is not None:
        return said.role
    signed = plain = other_unit = 0
    for entry in entries:
        for number in entry.bracketed:
            if number.missing or not number.value:
                continue
            if number.unit and entry.number.unit and number.unit != entry.number.unit:
                other_unit += 1
            elif number.sign == "+" or (number.sign == "-" and entry.number.sign != "-"):
                signed += 1
            else:
                plain += 1
    if signed:
        return "delta" if signed >= other_unit else "other"
    if other_unit or plain:
        return "other"
    return "delta" if kpi else "other"
