"""Years of a header or stub printed as bare numbers: 平成 over 28 29 30, or H28 29 30 R元 2 3."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from kenzan.interpret.words.label import Label
from kenzan.normalize.characters import fold
from kenzan.normalize.periods import Period, parse_period

if TYPE_CHECKING:
    from kenzan.interpret.tables.view import Spot, View

_ERA = re.compile(r"(平成|令和|昭和|[HRS])(?:年度?)?$")
_BARE = re.compile(r"(\d{1,2}|元)")
_NUMBER = re.compile(r"(\d{1,2}|元)(?:年度?)?$")
_FEWEST, _PAIR = 3, 2
# Most header rows over a column of years.
_HEADERS = 3
# No era goes on longer; the last years of 平成 and 昭和, after which counting begins again.
_MOST, _TURNS = 64, frozenset({30, 31, 63, 64})


def name_years(view: View) -> None:
    """Let the bare years of header rows, and of the first columns, be read as labels."""
    for col in range(min(view.cols, 2)):
        _name_down(view, col)
    for row in range(min(view.rows, 4)):
        spots = [s for s in view.starting(row) if s.content.kind != "empty"]
        if row and _are_western(view, row, spots):
            for spot in spots:
                spot.content = replace(spot.content, kind="words", entries=(), bare_year=False)
            continue
        eras = [_era_over(view, s) for s in spots]
        years = [s for s, era in zip(spots, eras, strict=True) if era or _number(s) is not None]
        if _count_years(years) and (any(eras) or _speaks_of_years(spots, years)):
            for spot, era in zip(spots, eras, strict=True):
                if _BARE.fullmatch(_text(spot)):
                    _name(spot, era)


def _name_down(view: View, col: int) -> None:
    """H30, R元, 2, 3 below one another, under a header or none."""
    spots = [s for s in view.starting_in(col) if s.content.kind != "empty"]
    first = next((k for k, s in enumerate(spots) if _number(s) is not None), len(spots))
    years = spots[first:]
    dated = any(s.content.label.only_period for s in years)
    if first > _HEADERS or not dated or not _count_years(years):
        return
    for spot in years:
        if _BARE.fullmatch(_text(spot)):
            _name(spot, "")


def _are_western(view: View, row: int, spots: list[Spot]) -> bool:
    """2020 | 2021 under 実績 in a row that has no label of its own, the labels running past it."""
    if len(spots) < _PAIR or not all(s.content.bare_year for s in spots):
        return False
    values = [s.content.whole_number for s in spots]
    counts = all(a is not None and b == a + 1 for a, b in pairwise(values))
    label = view.at[row][0]
    above = [view.at[row - 1][s.col] for s in spots]
    return (
        counts
        and label is not None
        and label.row < row
        and label.content.kind == "words"
        and not any(a is None or a.content.label.only_period for a in above)
    )


def _text(spot: Spot) -> str:
    return fold(spot.text).strip()


def _number(spot: Spot) -> int | None:
    """The number of a bare year or of one with its era (H30, 令和元)."""
    text = _text(spot)
    match = _NUMBER.search(text)
    if match is None or not (_BARE.fullmatch(text) or spot.content.label.only_period):
        return None
    number = 1 if match[1] == "元" else int(match[1])
    return number if 0 < number <= _MOST else None


def _era_over(view: View, spot: Spot) -> str:
    """The era that stands over the column of a bare number and says nothing else."""
    if not _BARE.fullmatch(_text(spot)):
        return ""
    for row in range(spot.row - 1, -1, -1):
        above = view.at[row][spot.col]
        match = _ERA.fullmatch(_text(above)) if above is not None else None
        if above is not None and match:
            # The era is told with each of its years, and names nothing else.
            above.content = replace(above.content, stated=Label(raw=above.text, text=match[0]))
            return match[1]
    return ""


def _count_years(years: list[Spot]) -> bool:
    """Whether numbers count up by one, beginning again where an era ends; some of them bare."""
    numbers = [n for spot in years if (n := _number(spot)) is not None]
    if len(numbers) < _FEWEST or len(numbers) < len(years):
        return False
    if not any(_BARE.fullmatch(_text(spot)) for spot in years):
        return False
    return all(b == a + 1 or (a in _TURNS and b in {1, 2}) for a, b in pairwise(numbers))


def _speaks_of_years(spots: list[Spot], years: list[Spot]) -> bool:
    """Whether one of the numbers is surely a year, or the label before them says 年度."""
    if any(s.content.label.only_period or _text(s) == "元" for s in years):
        return True
    before = spots[0].content.label
    return spots[0] not in years and before.role == "period"


def _name(spot: Spot, era: str) -> None:
    text = _text(spot)
    known = parse_period(f"{era}{text}年度") if era else None
    number = None if text == "元" else int(text)
    period = Period("fiscal_year", 2019 if text == "元" else None, spot.text.strip(), number=number)
    if known is not None:
        period = replace(known, label=f"{era}{text}", rest="")
    label = Label(raw=spot.text, text=text, name=text, period=period)
    spot.content = replace(spot.content, kind="words", entries=(), stated=label)
