"""Labels that show that lines were put together wrongly; labels of true tables do not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kenzan.interpret.plausibility import is_counting, is_plausible
from kenzan.schemas.document import Grid
from tests.interpret.text_grids import grid, line

RIGHT = """
指標名（単位） | 区分 | 令和4年度 | 令和5年度
空き家の¶利活用件数 | 目標 | 10 | 12
^ | 実績 | 9 | 11
"""


def with_source(table: Grid, text: str) -> Grid:
    return replace(table, source=tuple(line(part) for part in text.split("|")))


def test_a_table_of_targets_and_actuals_is_plausible() -> None:
    assert is_plausible(grid(RIGHT))


@pytest.mark.parametrize("swallowed", ["基準値", "単位", "当初"])
def test_no_name_goes_on_with_the_label_of_a_column(swallowed: str) -> None:
    assert not is_plausible(grid(RIGHT.replace("空き家の¶利活用件数", f"空き家の件数¶{swallowed}")))


def test_letters_set_upright_are_no_labels_of_their_own() -> None:
    table = grid("区分 | 標 | 値\n市税 | 100 | 200\n諸税 | 10 | 20")
    assert is_plausible(with_source(table, "区分|男|女|市税|100"))
    assert not is_plausible(with_source(table, "区分|目|標|値|市税|100"))


def test_a_budget_is_no_settlement() -> None:
    table = "区分 | 令和4年度¶決算額 | 令和5年度¶決算額\n予算額 | 100 | 200\n国庫支出金 | 10 | 20"
    assert not is_plausible(grid(table))
    assert is_plausible(grid(table.replace("予算額", "総事業費")))


@pytest.mark.parametrize(
    "table",
    [
        "区分 | 項目 | 調定額 | 収入済額\n市税 | 4,340,362 | 4,041,075 | 7,338",
        "指標名 | 実績\n雨水ポンプ場の更新箇所数 | 40\n担当 | 44",
        "指標 | 事業開始前 | 1年目\nKPI① | 265 | 281",
    ],
)
def test_labels_of_columns_of_labels_neither_stand_over_figures_nor_name_them(table: str) -> None:
    assert not is_plausible(grid(table))


def test_counting_an_indicator_is_no_name() -> None:
    assert is_counting("KPI①")
    assert is_counting("指標 2")
    assert not is_counting("人口10")
    assert is_plausible(grid("KPI① | 市内総生産 | < \n | 1年目 | 2年目\n目標 | 265 | 281"))


def test_levels_stand_over_labels() -> None:
    assert is_plausible(grid("款 | 項 | 予算額\n | １　市税 | 839,548\n | 1 市民税 | 68,575"))


@pytest.mark.parametrize(
    "table",
    [
        "指標名 | R4\n1 災害に強いまち¶消防団員数 | 104\n婚姻件数 | 453",
        "年度 | 平成24年度 | 残高\n平成25年度 | 776 | 259\n平成26年度 | 792 | 253",
        "年度 | 市債残高 | < | 平成24年度\n | 平成25年度 | 平成26年度 | 評価の区分\n基金 | 776 | 792 | 763",
        "指標名 | R4 | R5\n施設の利用日数¶目標値 | 299 | 304",
        "区分 | 計画\n住み続けたい市民¶区分 | 66.7",
    ],
)
def test_sections_years_and_measures_are_no_part_of_names(table: str) -> None:
    assert not is_plausible(grid(table))


def test_names_may_be_numbered() -> None:
    assert is_plausible(
        grid("指標名 | R4\n1 高齢者のボランティア¶登録者数 | 104\n2 婚姻件数 | 453")
    )


def test_letters_of_one_word_are_no_labels_beside_each_other() -> None:
    table = "科 | 目 | 令和4年度\n議 | 会 | 100\n総 | 務 | 200"
    assert not is_plausible(grid(table))
    assert is_plausible(grid("区分 | 内訳 | 令和4年度\n男 | 住民 | 100\n女 | 住民 | 200"))


def test_a_figure_before_an_office_is_the_end_of_another_row() -> None:
    table = "担当 | 令和4年度\n60.4 総務課 | 57.5\n98.4 観光課 | 98.3"
    assert not is_plausible(grid(table))
    assert is_plausible(grid(table.replace("60.4 ", "1 ").replace("98.4 ", "2 ")))
