"""Rows of digits that name the columns below them: 2019 2020 …, 6級 5級 …, 1号 2号 3号."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.interpret.tables.view import Spot, View

_FEWEST_SEQUENCE = 3
_NUMBERED_NAME = re.compile(r"\d{1,2}[^\d\s.,％%]")


def name_columns(view: View, row: int, spots: Sequence[Spot]) -> bool:
    """Whether what starts with digits in a row over the first figures names the columns below.

    Years and measures that stand over all of the columns speak against it (位 under years are
    figures), unless the same names come again under each of them.
    """
    unread = [s for s in spots if s.content.unreadable and s.col]
    figures = [s for s in spots if s.content.figures]
    if unread:
        names = [*unread, *figures]
        own = any(_has_name_of_its_own(view, row, s.col) for s in names)
        return _are_numbered_names(names) and (not own or _come_again(spots))
    if len(figures) == 1 and _is_year_over_names(view, figures[0]):
        return not _named_above(view, row, figures)
    if not _are_classes_or_sequence(figures):
        return _are_classes(figures) and _come_again(spots)
    return not _named_above(view, row, figures) or _come_again(spots)


def _is_year_over_names(view: View, year: Spot) -> bool:
    """Whether a bare year stands over words in each of its columns: 2023 over 目標 | 実績."""
    row, cols = year.row + year.rowspan, range(year.col, year.col + year.colspan)
    if not year.content.bare_year or row >= view.rows:
        return False
    return all(view.content(row, col).kind == "words" for col in cols)


def _are_classes_or_sequence(figures: list[Spot]) -> bool:
    if len(figures) < 2:
        return False
    if _are_classes(figures):
        return len({s.text for s in figures}) == len(figures)
    values = [s.content.whole_number for s in figures]
    return len(values) >= _FEWEST_SEQUENCE and values == list(range(1, len(values) + 1))


def _are_classes(figures: list[Spot]) -> bool:
    return bool(figures) and all(s.content.classes or s.content.bare_year for s in figures)


def _are_numbered_names(spots: list[Spot]) -> bool:
    return len({s.text for s in spots}) > 1 and all(
        _NUMBERED_NAME.match(s.content.label.text) for s in spots
    )


def _come_again(spots: Sequence[Spot]) -> bool:
    """Whether the row says the same different things over and over: 1号 2号 3号 1号 2号 3号."""
    texts = [s.text.strip() for s in spots if s.content.kind != "empty"]
    names = list(dict.fromkeys(texts))
    return 1 < len(names) < len(texts) and texts == names * (len(texts) // len(names))


def _named_above(view: View, row: int, figures: list[Spot]) -> bool:
    """Whether years or measures already stand over all of these columns."""
    return all(
        any(
            (label := view.content(above, s.col).label).only_period or label.measure is not None
            for above in range(row)
        )
        for s in figures
    )


def _has_name_of_its_own(view: View, row: int, col: int) -> bool:
    """Whether a label above stands over this column alone."""
    above = (view.at[r][col] for r in range(row))
    return any(s is not None and s.colspan == 1 and s.content.kind != "empty" for s in above)
