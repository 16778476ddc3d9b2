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


def test_a_name_said_once_for_every_column_of_a_merged_cell_is_one_name():
    text = (
        "居住誘導区域内の\n人口密度\n居住誘導区域内の\n人口密度\n企業誘致件数 企業誘致件数\n"
        "達成値 目標値 達成値 目標値\n計画開始時 34.2人/ha 34.2人/ha 1件 1件\n"
        "令和２年度\n35.2人/ha\n(+1.0)\n34.8人/ha\n(+0.6)\n2件\n(+1)\n1件\n(+0)\n"
        "令和３年度\n36.2人/ha\n(+1.0)\n35.0人/ha\n(+0.2)\n3件\n(+1)\n2件\n(+1)\n"
    )
    report = kenzan.read_report(("（２）ＫＰＩ\n\n" + text).encode(), name="report.txt")
    assert set(report.observations.indicator) == {"居住誘導区域内の人口密度", "企業誘致件数"}
