"""Plain lines that are no tables stay lines, and lines made to be slow are read in good time."""

from __future__ import annotations

import time

import pytest

from kenzan.interpret.flattened import restore_tables
from kenzan.schemas.document import Grid, Line


def lines_of(texts: list[str]) -> list[Line]:
    return [Line(text, 1, number=number) for number, text in enumerate(texts, 1)]


PROSE = (
    "令和５年度の来館者数は1,204人で、前年度の1,150人から54人増加した。\n"
    "一方、満足度は71.2％にとどまり、目標値の75.0％に届かなかった。\n"
    "このため、令和６年度は予算を3,400千円増額し、目標を1,300人とする。"
)
ADDRESSES = (
    "窓口一覧\n名称 所在地 電話\n本庁舎 中央1丁目2番3号 012-345-6789\n"
    "東支所 東町4丁目5番地 012-345-6790\n西支所 西町17番地 012-345-6791\n"
    "南支所 南町8丁目1番12号 012-345-6792"
)
SCHEDULE = (
    "日程\n令和６年５月10日 10:00 第１回会議 3階会議室\n令和６年７月12日 13:30 第２回会議 2階会議室\n"
    "令和６年９月６日 10:00 第３回会議 3階会議室\n令和７年１月17日 15:00 第４回会議 1階ホール"
)


@pytest.mark.parametrize("text", [PROSE, ADDRESSES, SCHEDULE], ids=["prose", "addresses", "times"])
def test_lines_that_are_no_table_stay_lines(text):
    lines = lines_of(text.split("\n"))
    assert restore_tables(lines) == lines


MANY = 10_000
HOSTILE = {
    "rows of figures": ["1,204 13 5.6"] * MANY,
    "one header again and again": ["区分 令和５年度 令和４年度 比較"] * MANY,
    "digits in one line": ["1 " * (10 * MANY)],
    "one long number": ["1" * (20 * MANY)],
    "headers and rows in turn": ["区分 令和５年度 比較", "市税 1,204 13"] * (MANY // 2),
    "a figure a line": ["1,204"] * MANY,
    "a year a line": ["令和５年度"] * MANY,
    "letters set upright": ["財", "源"] * (MANY // 2),
    "units in brackets": ["（千円）"] * MANY,
}


@pytest.mark.parametrize("texts", HOSTILE.values(), ids=HOSTILE)
def test_hostile_lines_take_bounded_time(texts):
    start = time.process_time()
    found = restore_tables(lines_of(texts))
    assert time.process_time() - start < 10
    assert not any(isinstance(block, Grid) for block in found)
