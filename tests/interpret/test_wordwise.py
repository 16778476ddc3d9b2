"""Tables in lines whose rows have as many words as their header."""

from __future__ import annotations

import pytest

from kenzan.interpret.wordwise import recover_tables
from kenzan.schemas.document import Line


def _lines(text: str) -> list[Line]:
    return [Line(line, 1, number=k) for k, line in enumerate(text.strip("\n").split("\n"), 1)]


def _matrix(text: str) -> list[list[str]]:
    (found,) = recover_tables(_lines(text))
    grid = found.grid
    cells = {(cell.row, cell.col): cell.text for cell in grid.cells}
    return [[cells[row, col] for col in range(grid.cols)] for row in range(grid.rows)]


def test_words_of_a_row_stand_under_those_of_the_header_whatever_the_blanks() -> None:
    assert _matrix(
        """
ごみ排出量の推移
年度＼月 4月 5月 6月 合計
R3  1,204.5 1,310.2 1,188.0 3,702.7
R4      －     1,295.5 1,160.9 3,636.7
"""
    ) == [
        ["年度＼月", "4月", "5月", "6月", "合計"],
        ["R3", "1,204.5", "1,310.2", "1,188.0", "3,702.7"],
        ["R4", "－", "1,295.5", "1,160.9", "3,636.7"],
    ]


def test_names_of_several_words_and_letters_set_apart_are_one_label() -> None:
    assert _matrix(
        """
区   分 令和５年度 令和４年度 増減
業務 活動 収支 1,842 1,760 82
投資活動収支 △1,205 △986 △219
"""
    )[1:] == [
        ["業務 活動 収支", "1,842", "1,760", "82"],
        ["投資活動収支", "△1,205", "△986", "△219"],
    ]


def test_a_total_needs_no_word_under_what_describes_the_others() -> None:
    assert _matrix(
        """
団地名 構造 戸数（戸） 入居率（％）
緑ヶ丘 中耐４ 144 84.0%
東 簡平 48 41.7%
計 192 73.4%
"""
    )[3] == ["計", "", "192", "73.4%"]


def test_words_in_brackets_go_with_those_above_them() -> None:
    assert _matrix(
        """
     KPI        現状                     目標
              （平成30年） 令和4年 令和5年 （令和6年）
観光入込客数            182万人 98万人 104万人 200万人
宿泊者数              412千人 203千人 231千人 450千人
"""
    )[0] == ["KPI", "現状\n（平成30年）", "令和4年", "令和5年", "目標\n（令和6年）"]


def test_groups_stand_over_words_that_come_again() -> None:
    (found,) = recover_tables(
        _lines(
            """
月 令和４年度 令和５年度
  人数（人） 税額（円） 人数（人） 税額（円）
4月 1,200 180,000 1,310 196,500
5月 1,520 228,000 1,604 240,600
"""
        )
    )
    header = [(c.row, c.col, c.rowspan, c.colspan, c.text) for c in found.grid.cells[:7]]
    assert header == [
        (0, 0, 2, 1, "月"),
        (0, 1, 1, 2, "令和４年度"),
        (1, 1, 1, 1, "人数（人）"),
        (1, 2, 1, 1, "税額（円）"),
        (0, 3, 1, 2, "令和５年度"),
        (1, 3, 1, 1, "人数（人）"),
        (1, 4, 1, 1, "税額（円）"),
    ]


def test_units_stand_under_the_names_that_state_none() -> None:
    (found,) = recover_tables(
        _lines(
            """
事業名 人件費 利用者数 1人当たり（円）
千円 人
市民プール 8,210 28,410 289
総合体育館 14,500 102,300 142
"""
        )
    )
    names = {c.col: c.text for c in found.grid.cells if c.row == 0}
    units = {c.col: c.text for c in found.grid.cells if c.row == 1}
    assert names == {0: "事業名", 1: "人件費", 2: "利用者数", 3: "1人当たり（円）"}
    assert units == {1: "千円", 2: "人"}


def test_names_below_a_corner_need_no_word_above_them() -> None:
    header, *rows = _matrix(
        """
   年      内訳
   火災件数 建物 林野 その他
令和３年  28 15 4 9
令和４年  31 18 5 8
増減    3  3 1 △1
"""
    )
    assert header == ["年", "火災件数", "建物", "林野", "その他"]
    assert rows[-1] == ["増減", "3", "3", "1", "△1"]


def test_years_above_names_are_not_lost() -> None:
    text = "区分 令和４年度 令和５年度\n件数 金額 人数\n甲 12 3,400 5\n乙 15 4,100 6\n丙 9 2,000 4"
    assert recover_tables(_lines(text)) == []


def test_words_between_figures_are_columns_and_a_total_has_none() -> None:
    assert _matrix(
        """
開札日 工事名 予定価格（円） 落札価格（円） 落札率 落札業者 参加者数
R5.6.14 舗装補修工事 12,480,000 11,607,000 93.0% 山田建設 5
R5.7.5 防水工事 28,310,000 25,479,000 90.0% 東工業 4
合計 40,790,000 37,086,000 90.9% 9
"""
    )[-1] == ["合計", "", "40,790,000", "37,086,000", "90.9%", "", "9"]


@pytest.mark.parametrize(
    "text",
    [
        "年度 件数 金額 備考\nR3 12 3,400\nR4 15 4,100",  # a header of more words than the rows
        "年度 件数 金額\nR3 12 3,400\nR4 15",  # an empty cell without a mark
        "氏名 甲地区 乙地区\n山田 12 34\n佐藤 15 41",  # no words that headers use
        "目標値 令和４年度 令和５年度\n実績値 12,345 12,500\n達成率 6,200 6,310",  # cut off
        "本年度は前年度に比べ、 12 34 増えた。\n内訳は、 15 41 である。",
        "R3 12 34\nR4 15 41",  # no header at all
        "基金 年度末現在高 増 減 差引\n財政 千円 18 25 7\n減債 千円 8 0 8",  # one column off
    ],
)
def test_lines_that_may_have_lost_something_are_left(text: str) -> None:
    assert recover_tables(_lines(text)) == []


def test_work_grows_with_the_lines(count_calls) -> None:
    text = "年度 件数 金額\n" + "R3 12 3,400\n" * 50
    recover_tables(_lines(text))
    once, often = _lines(text), _lines(text * 8)
    assert count_calls(recover_tables, often) <= 1.2 * 8 * count_calls(recover_tables, once)
