"""Tables printed row by row, a row a line or in pieces, come back as grids; prose does not."""

from __future__ import annotations

import time

import pytest

from kenzan.interpret.recovered import Recovery
from kenzan.interpret.rowwise import recover_tables
from kenzan.schemas.document import Grid, Line


def read(text: str) -> list[Grid]:
    lines = [Line(raw, 1, number=n) for n, raw in enumerate(text.split("\n"), 1)]
    return [recovery.grid for recovery in recover_tables(lines)]


def rows_of(grid: Grid) -> list[list[str]]:
    return [
        ["/".join(cell.text.split("\n")) if cell else "" for cell in row] for row in grid.matrix()
    ]


def test_cells_of_the_second_header_row_stand_under_what_they_belong_to():
    (grid,) = read(
        "区分 令和５年度 令和４年度 比較\n"
        "予算額 構成比 予算額 構成比 増減額 増減率\n"
        "議会費 210 2.1 200 2.0 10 5.0\n"
        "総務費 9,790 97.9 9,800 98.0 △ 10 △ 0.1\n"
        "合計 10,000 100.0 10,000 100.0 0 0.0"
    )
    assert rows_of(grid)[:3] == [
        ["区分", "令和５年度", "令和５年度", "令和４年度", "令和４年度", "比較", "比較"],
        ["区分", "予算額", "構成比", "予算額", "構成比", "増減額", "増減率"],
        ["議会費", "210", "2.1", "200", "2.0", "10", "5.0"],
    ]


def test_header_cells_broken_over_lines_are_joined():
    (grid,) = read(
        "科目\n令和２年度\n決算額\n構成比\n令和元年度\n決算額\n増減額\n説明\n"
        "市税 8,165 77.8 8,100 65 納税者の増\n地方税 2,335 22.2 2,352 △17 制度の見直し\n"
        "合計 10,500 100.0 10,452 48 全体の増"
    )
    assert rows_of(grid)[0] == [
        "科目",
        "令和２年度/決算額",
        "構成比",
        "令和元年度/決算額",
        "増減額",
        "説明",
    ]


def test_a_label_over_several_rows_is_a_column_of_its_own():
    (grid,) = read(
        "区分 令和３年度 令和４年度\n市民税 個人 1,204 1,199\n法人 310 322\n小計 1,514 1,521\n"
        "入湯税 15 17"
    )
    assert [row[:2] for row in rows_of(grid)[1:4]] == [
        ["市民税", "個人"],
        ["市民税", "法人"],
        ["市民税", "小計"],
    ]


def test_a_row_in_pieces_is_put_together():
    (grid,) = read(
        "指標名\n令和６年度\n実績\n担当課\n健診の受診率（％）\n93.3\n（96.6）\n財政課\n"
        "貸出冊数（冊）\n7.0\n（5.2）\n建設課\n婚姻件数（組）\n411\n（371）\n総務課\n"
        "来場者数（人）\n5,199\n（5,194）\n観光課"
    )
    assert rows_of(grid)[2] == ["貸出冊数（冊）", "7.0/（5.2）", "建設課"]


def test_a_row_whose_empty_cells_cannot_be_told_is_left_out():
    text = (
        "事業名 国 県 一般財源\n公園管理 100 200 300\n庁舎管理 410 520\n"
        "広報発行 11 12 13\n図書館 21 22 23"
    )
    lines = [Line(raw, 1, number=n) for n, raw in enumerate(text.split("\n"), 1)]
    (recovery,) = recover_tables(lines)
    assert [row[0] for row in rows_of(recovery.grid)] == [
        "事業名",
        "公園管理",
        "広報発行",
        "図書館",
    ]
    assert [line.text for line in recovery.unplaced] == ["庁舎管理", "410", "520"]


@pytest.mark.parametrize(
    "text",
    [
        "施設名 所在地 電話番号\n保健センター 港町4丁目17番4号 061-31-1240",
        "時期 内容 場所\n7月14日 庁内検討会議 保健センター\n8月4日 計画の決定 市役所",
        "人口は令和２年度に 56,067 人となり、\n前年度より 1,200 人減って 23,297 世帯だった。",
    ],
)
def test_addresses_dates_and_prose_are_no_tables(text):
    assert read(text) == []


def test_work_grows_with_the_length_of_the_text(count_calls):
    rows = [
        f"費目{n} {n},100 {n},200 100\n\n" if n % 7 == 0 else f"名 {n} {n}" for n in range(1500)
    ]

    def measure(lines: list[str]) -> int:
        return count_calls(read, "区分 令和３年度 令和４年度 増減\n" + "\n".join(lines))

    measure(rows[:50])
    few = measure(rows[:300])  # first: what is remembered of the many would make it less
    assert measure(rows) < 12 * few


def test_long_texts_are_done_with_in_time():
    """A bound of many times what is needed."""
    rows = [
        f"費目{n} {n},100 {n},200 100\n\n" if n % 7 == 0 else f"名 {n} {n}" for n in range(3000)
    ]
    start = time.process_time()
    read("区分 令和３年度 令和４年度 増減\n" + "\n".join(rows))
    assert time.process_time() - start < 15


def test_labels_of_the_first_row_on_lines_of_their_own_belong_to_it():
    (grid,) = read(
        "指標名 区分 令和４年度 令和５年度 所管\n"
        "市民所得\n（千円）\n実績値\n2,452\n3,084\n健康増進課\n目標値 2,844 3,000\n"
        "女性の割合\n（％）\n実績値\n19.2\n21.1\n企画課\n目標値 19.6 20.5"
    )
    assert rows_of(grid) == [
        ["指標名", "区分", "令和４年度", "令和５年度", "所管"],
        ["市民所得/（千円）", "実績値", "2,452", "3,084", "健康増進課"],
        ["市民所得/（千円）", "目標値", "2,844", "3,000", ""],
        ["女性の割合/（％）", "実績値", "19.2", "21.1", "企画課"],
        ["女性の割合/（％）", "目標値", "19.6", "20.5", ""],
    ]


SHARED = (
    "指標名 区分 現状値 令和５年度 令和６年度\n"
    "来館者数 目標 1,250 1,300 1,400\n実績 1,280 1,390\n"
    "満足度 目標 70.2 71.0 72.0\n実績 69.8 73.1"
)


def test_a_baseline_given_once_holds_for_all_rows_of_its_indicator():
    (grid,) = read(SHARED)
    assert rows_of(grid)[1:3] == [
        ["来館者数", "目標", "1,250", "1,300", "1,400"],
        ["来館者数", "実績", "1,250", "1,280", "1,390"],
    ]


@pytest.mark.parametrize("whole", ["実績 1,240 1,280 1,390", "実績 1,280"])
def test_other_rows_that_lack_figures_stay_unplaced(whole):
    text = SHARED.replace("実績 1,280 1,390", whole)
    lines = [Line(raw, 1, number=n) for n, raw in enumerate(text.split("\n"), 1)]
    (recovery,) = recover_tables(lines)
    assert "69.8" in [line.text for line in recovery.unplaced]


def test_letters_set_upright_are_a_label_beside_their_rows():
    (grid,) = read(
        "区分 令和４年度 令和５年度\n事業費 13,926 12,306\n財\n源\n内\n訳\n国庫支出金 2,836 3,169\n"
        "県支出金 3,219 3,159\n一般財源 7,871 5,978"
    )
    assert [row[:2] for row in rows_of(grid)[1:4]] == [
        ["", "事業費"],
        ["財/源/内/訳", "国庫支出金"],
        ["財/源/内/訳", "県支出金"],
    ]


def test_years_and_measures_in_turn_are_one_cell_each():
    (grid,) = read(
        "区分\n令和４年度\n決算額\n令和５年度\n予算額\n事業費 13,926 12,306\n人件費 2,836 3,169"
    )
    assert rows_of(grid)[0] == ["区分", "令和４年度/決算額", "令和５年度/予算額"]


def test_digits_parted_from_their_year_are_one_with_it():
    (grid,) = read("区分 2023 年度 2024 年度\n20 歳代 695 731\n30 歳代 404 399")
    assert rows_of(grid)[0] == ["区分", "2023 年度", "2024 年度"]
    assert rows_of(grid)[1] == ["20 歳代", "695", "731"]


def test_a_row_may_go_on_over_as_many_lines_as_it_has_cells_and_changes():
    cells = "R6\n32,800\n(△24)\n33,925\n(+1,101)\n69.9\n(+4.1)\n74.7\n(+8.9)\n31\n(+3)\n29\n(+1)"
    (grid,) = read(
        "来館者数（人） 加入率（％） 法人数（法人）\n目標 実績 目標 実績 目標 実績\n"
        "R5 32,824 32,824 65.8 65.8 28 28\n" + cells
    )
    assert rows_of(grid)[3][1:] == [
        "32,800/(△24)", "33,925/(+1,101)", "69.9/(+4.1)", "74.7/(+8.9)", "31/(+3)", "29/(+1)",
    ]  # fmt: skip


def test_letters_of_formulas_belong_to_the_words_before_them():
    (grid,) = read(
        "区分 令和２年度 令和元年度 増減額　Ａ－Ｂ\n決算　Ａ 構成比 決算　Ｂ 構成比\n"
        "市税 2,387 90.1 2,231 88.7 156\n諸収入 262 9.9 285 11.3 ▲ 23\n"
        "計 2,649 100.0 2,516 100.0 133"
    )
    said = ["".join(row) for row in zip(*rows_of(grid)[:2], strict=True)]
    assert said[1:5] == [
        "令和２年度決算　Ａ", "令和２年度構成比", "令和元年度決算　Ｂ", "令和元年度構成比",
    ]  # fmt: skip
    assert rows_of(grid)[0][5].startswith("増減額")


def test_measures_of_spaced_letters_are_cells_each():
    (grid,) = read(
        "No. 指標名 計画策定時 令和５年度 令和６年度 進捗状況\n"
        "計 画 実 績 計 画 実 績\n"
        "1 職員数 1,154人 1,100人 1,064人 978人 1,072人 遅れ\n"
        "2 有効求人倍率 1.51倍 1.59倍 1.56倍 1.67倍 1.50倍 順調"
    )
    assert rows_of(grid)[:2] == [
        [
            "No.",
            "指標名",
            "計画策定時",
            "令和５年度",
            "令和５年度",
            "令和６年度",
            "令和６年度",
            "進捗状況",
        ],
        ["No.", "指標名", "計画策定時", "計 画", "実 績", "計 画", "実 績", "進捗状況"],
    ]


def test_a_bare_unit_is_the_label_of_a_column():
    (grid,) = read(
        "連番\n評価指標\n単位\n達成値（2025年度）\n2026年度\n目標値\n"
        "1 直売所の売上高 千円 97,348 99,899\n2 温室効果ガス排出量 千t-CO2 1,732 1,800"
    )
    assert rows_of(grid)[-2:] == [
        ["1", "直売所の売上高", "千円", "97,348", "99,899"],
        ["2", "温室効果ガス排出量", "千t-CO2", "1,732", "1,800"],
    ]


FORM = (
    "KPI①\n水道管路の耐震適合率（％）\n当初 令和2年度 令和3年度 令和4年度\n"
    "目標値 30.0 32.0 34.0 36.0\n実績値 30.0 33.1 32.8 34.1\n"
)


def test_rates_stand_where_they_are_the_part_of_the_target_that_was_reached():
    (grid,) = read(FORM + "達成率 103.4 96.5 94.7")
    assert rows_of(grid)[0][:2] == ["KPI①", "水道管路の耐震適合率（％）"]
    assert rows_of(grid)[-1] == ["達成率", "", "103.4", "96.5", "94.7"]


def test_rates_that_nothing_bears_out_stay_out():
    (grid,) = read(FORM + "達成率 103.4 98.8 94.7")
    assert [row[0] for row in rows_of(grid)[2:]] == ["目標値", "実績値"]


def test_years_over_measures_line_by_line_go_together():
    (grid,) = read(
        "区分\n令和１年度\n決算額\n令和２年度\n決算額\n増減額\n増減率(%)\n"
        "人件費 6,587 6,687 100 1.5\n扶助費 9,731 8,633 -1,098 -11.3\n公債費 2,959 3,163 204 6.9\n"
        "小計 19,277 18,483 -794 -4.1"
    )
    assert rows_of(grid)[0] == [
        "区分",
        "令和１年度/決算額",
        "令和２年度/決算額",
        "増減額",
        "増減率(%)",
    ]


def test_a_numbered_line_is_a_section_where_names_are_not_numbered():
    (grid,) = read(
        "指標名 当初値 目標値 達成値\n1 災害に強いまち\n消防団員数 1,121人 1,200人 1,231人\n"
        "防災訓練の回数 6回 7回 6回\n2 活躍できるまち\n婚姻件数 453組 460組 418組"
    )
    assert [row[0] for row in rows_of(grid)[1:]] == [
        "1 災害に強いまち",
        "消防団員数",
        "防災訓練の回数",
        "2 活躍できるまち",
        "婚姻件数",
    ]


GROUPS = (
    "区分 令和３年度 令和４年度 増減額\n{0}\n個人 1,204 1,199 △5\n法人 310 322 12\n計 1,514 1,521 7\n"
    "{1}\n土地 820 {2} 10\n家屋 700 710 10\n計 1,520 1,540 20\n入湯税 15 17 2\n合計 3,049 3,078 29"
)


def test_lines_between_rows_that_end_with_a_sum_are_labels_over_these_rows():
    (grid,) = read(GROUPS.format("市民税", "固定資産税", "830"))
    assert [row[:2] for row in rows_of(grid)[1:]] == [
        ["市民税", "個人"],
        ["市民税", "法人"],
        ["市民税", "計"],
        ["固定資産税", "土地"],
        ["固定資産税", "家屋"],
        ["固定資産税", "計"],
        ["入湯税", "入湯税"],
        ["合計", "合計"],
    ]


FUNDS = (
    "事業名\n令和５年度\n予算額\n令和４年度\n予算額\n比較\n財源内訳\n"
    "国庫支出金 県支出金 地方債 一般財源\n"
    "公園管理 14,410 13,839 571 1,200 500 300 12,410\n道路補修 9,500 9,800 △ 300 4,000 5,500\n"
    "図書館 8,110 8,110 0 8,110\n予防接種 7,260 7,000 260 3,000 1,000 3,260"
)


def read_whole(text: str) -> Recovery:
    lines = [Line(raw, 1, number=n) for n, raw in enumerate(text.split("\n"), 1)]
    (recovery,) = recover_tables(lines)
    return recovery


def test_figures_stand_where_differences_bear_them_out_and_others_stay_open():
    recovery = read_whole(FUNDS)
    assert rows_of(recovery.grid)[3] == ["道路補修", "9,500", "9,800", "△ 300", "", "", "", ""]
    left = [line.text for line in recovery.unplaced]
    assert left[:2] == ["4,000", "5,500"]
    assert left[-3:] == ["3,000", "1,000", "3,260"]
    assert {row for row, _ in recovery.doubtful} == {3, 4, 5}


def test_a_difference_of_nothing_may_as_well_be_that_of_a_year_without_a_figure():
    recovery = read_whole(FUNDS)
    assert rows_of(recovery.grid)[4] == ["図書館", "8,110", "", "", "", "", "", ""]


def test_a_wrong_difference_keeps_its_place_where_a_total_leaves_no_other():
    grid = read_whole(FUNDS.replace("△ 300", "△ 310")).grid
    assert rows_of(grid)[3][:4] == ["道路補修", "9,500", "9,800", "△ 310"]


def test_rows_that_nothing_bears_out_are_left_out():
    more = "\n消防団 5,300 5,100 200 5,300\n広報 2,200 2,100 100 2,200"
    recovery = read_whole(FUNDS.replace("△ 300", "△ 310").replace("5,500", "5,400") + more)
    assert "道路補修" in [line.text for line in recovery.unplaced]


SHEET = (
    "指標名 単位 区分 R5 R6 R7\n延床面積 ㎡ 目標 252,100 246,100 246,119\n実績 251,528 242,229\n"
    "公開数 件 目標 198 205 212\n実績 {}"
)


def test_actuals_that_all_lack_the_last_year_are_those_of_the_years_before():
    (grid,) = read(SHEET.format("190 196"))
    assert rows_of(grid)[-1] == ["公開数", "件", "実績", "190", "196", ""]


def test_actuals_that_lack_different_years_stay_out():
    (grid,) = read(SHEET.format("190"))
    assert [row[2] for row in rows_of(grid)[1:]] == ["目標", "目標"]


def test_years_and_names_that_a_change_of_font_has_parted_are_one():
    (grid,) = read(
        "指標 内訳 令和 2 年度 令和 3 年度\n河川の BOD 適合割合 目標 86％ 93％\n実績 97％ 95％\n"
        "週 1 回以上運動する割合 目標 62％ 66％\n実績 64％ 71％"
    )
    rows = rows_of(grid)
    assert rows[0][2:] == ["令和 2 年度", "令和 3 年度"]
    assert [row[0] for row in rows[1::2]] == ["河川の BOD 適合割合", "週 1 回以上運動する割合"]


def test_the_end_of_a_unit_on_the_next_line_belongs_to_its_figure():
    (grid,) = read(
        "指標 内訳 R4 R5 R6\n農業者数 目標\n268経営\n体 285経営体 302経営体\n実績 293経営体 287経営体 327経営体"
    )
    assert rows_of(grid)[1] == ["農業者数", "目標", "268経営/体", "285経営体", "302経営体"]


def test_a_name_too_long_for_its_line_takes_back_what_looks_like_a_note():
    (grid,) = read(
        "項目 R5 R4 増減 説明\n市税 8,250 10,970 -2,720\n分担金及び負担\n金\n363 326 37\n"
        "寄附金 1,557 1,544 13 制度の終了\n繰越金 1,033 1,211 -178 国の補助"
    )
    assert [row[0] for row in rows_of(grid)[1:3]] == ["市税", "分担金及び負担/金"]


def test_two_words_in_every_row_under_one_label_are_no_name():
    text = "名称 R5 R4\n環境課 公園 25 24\n総務課 施設 13 12\n建設課 道路 99 98"
    assert read(text.replace("名称", "事業の名称")) == []


def test_a_header_that_comes_again_is_read_alike():
    first, second = read(
        "指標 内訳 R4 R5 担当\n件数 目標 5 5 総務課\n実績 5 4\n人数 目標 12 13 総務課\n実績 11 12\n\n"
        "指標 内訳 R4 R5 担当\n割合 目標 62％ 66％ 農政課\n実績 64％ 71％\n1"
    )
    assert rows_of(second)[0] == rows_of(first)[0]
    assert rows_of(second)[1][:3] == ["割合", "目標", "62％"]
