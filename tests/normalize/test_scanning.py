"""Periods in running text: several patterns at once do what one of all alternatives would."""

from __future__ import annotations

import regex
from hypothesis import given
from hypothesis import strategies as st

from kenzan.normalize import periods
from kenzan.normalize.periods import find_periods

_PIECES = (
    "令和", "平成", "R", "H", "2", "3", "30", "元", "年", "年度", "月", "日", "/", ".", "～", "第",
    "四半期", "上半期", "初年度", "年目", "(", ")", "2020", "末", "まで", "Q", "a", " ", "か年",
)  # fmt: skip
_TOGETHER = regex.compile(
    "|".join(f"(?P<is_{name}>{pattern})" for name, (pattern, _) in periods._IN_TEXT.items()),
    regex.VERBOSE,
)


@given(st.lists(st.sampled_from(_PIECES), max_size=15).map("".join))
def test_the_leftmost_match_wins_and_of_those_the_first_pattern(text: str) -> None:
    expected = [found.span() for found in _TOGETHER.finditer(text)]
    assert [found.span() for found, _ in periods._scan(text)] == expected


def test_one_text_can_name_periods_of_many_kinds() -> None:
    text = "令和元年度から2年度、R3.4.1とR4上半期、3年目"
    assert [period.kind for period in find_periods(text)] == [
        "range", "date", "half", "ordinal",
    ]  # fmt: skip
