"""Headers whose cells are broken at different heights, and those whose order the text has lost."""

from __future__ import annotations

from decimal import Decimal

import pytest

import kenzan

HEAD = "Ｂ 通いの場づくりプロジェクト\n２ ＫＰＩの状況\n"
LATER = "３ 達成状況\n通いの場の数：達成 延べ利用者数：未達成\n"
ASIDE = """\
   年度 通いの場の数（か所）
        目標     実績
                     延べ利用者数（人） 支援員数（人）
                       目標     実績         目標 実績
事業開始前 ―          12 ―             3,400 ―        45
R2         15   14      3,600      2,100     60   52
        （+3） （+2） （+200）     （△1,300） （+15） （+7）
R3         20   21      3,800      3,980     75   81
        （+5） （+7） （+200）      （+1,880） （+15） （+29）
"""
BY_CELLS = """\
年度 通いの場の数（か所） 延べ利用者数（人） 支援員数（人）
目標 実績 目標 実績 目標 実績
事業開始前 ― 12 ― 3,400 ― 45
R2 15
（+3）
14
（+2）
3,600
（+200）
2,100
（△1,300）
60
（+15）
52
（+7）
R3 20
（+5）
21
（+7）
3,800
（+200）
3,980
（+1,880）
75
（+15）
81
（+29）
"""
LOST = """\
延べ利用者数（人） 支援員数（人）
年度 通いの場の数（か所）
目標
実績
目標
実績
目標 実績
事業開始前 ―
12 ―
3,400 ―
45
15
14
3,600
2,100
60
52
R2
（+3） （+2） （+200）
（△1,300） （+15） （+7）
20
21
3,800
3,980
75
81
R3
（+5） （+7） （+200）
（+1,880） （+15） （+29）
"""
TRUTH = {
    ("通いの場の数", "R2", "target"): (15, 3),
    ("通いの場の数", "R3", "actual"): (21, 7),
    ("延べ利用者数", "R2", "actual"): (2100, -1300),
    ("延べ利用者数", "R3", "target"): (3800, 200),
    ("支援員数", "R2", "target"): (60, 15),
    ("支援員数", "R3", "actual"): (81, 29),
}


def _read(text: str) -> dict[tuple[str, str, str], tuple[Decimal | None, Decimal | None]]:
    report = kenzan.read_report((HEAD + text + LATER).encode(), name="report.txt")
    return {
        (row.indicator, row.period, row.measure): (row.value, row.delta)
        for row in report.observations.itertuples()
    }


@pytest.mark.parametrize("text", [ASIDE, BY_CELLS], ids=["other-heights", "cell-by-cell"])
def test_names_and_measures_come_in_the_order_of_the_columns(text: str) -> None:
    found = _read(text)
    assert len(found) == 18
    assert {key: found[key] for key in TRUTH} == TRUTH


def test_nothing_is_placed_where_the_corner_stands_behind_names() -> None:
    assert _read(LOST) == {}
