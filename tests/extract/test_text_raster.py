"""Tables set with blanks in text: what a layout program leaves of cells that wrap or stand glued."""

from __future__ import annotations

import pytest

from kenzan.extract.columns import find_edges
from kenzan.extract.raster import find_raster_grids
from kenzan.schemas.document import Grid, Line


@pytest.fixture
def rows():
    """The texts of the one grid that is found, by position; spanned positions as ``None``."""

    def read(text: str) -> list[list[str | None]]:
        lines = []
        for number, line in enumerate(text.strip("\n").split("\n"), 1):
            x0s, x1s = find_edges(line, "character")
            lines.append(Line(line, 1, number=number, x0s=x0s, x1s=x1s))
        (grid,) = [block for block in find_raster_grids(lines) if isinstance(block, Grid)]
        return [
            [
                None if cell is None or (cell.row, cell.col) != (i, j) else cell.text
                for j, cell in enumerate(row)
            ]
            for i, row in enumerate(grid.matrix())
        ]

    return read


def test_a_figure_and_a_grade_a_single_blank_apart_are_two_columns(rows):
    found = rows("""
指標名            目標      実績 達成率 判定
相談件数          480件     483件 100.6％ ◎
法人の数          17法人    17法人 98.0％ ○
受診率            52.3％    55.8％ 106.7％ △
""")
    assert found[1] == ["相談件数", "480件", "483件", "100.6％", "◎"]
    assert found[2] == ["法人の数", "17法人", "17法人", "98.0％", "○"]


def test_values_of_two_lines_stand_around_the_line_of_their_row(rows):
    found = rows("""
番号   指標名             当初値         実績        目標
                     185,994人
1    バスの利用者数                    175,440人    196,600人
                     (R3年度)
                     58.5冊
2    貸出冊数                       56.5冊       62.5冊
                     (R3年度)
""")
    assert found[1] == ["1", "バスの利用者数", "185,994人\n(R3年度)", "175,440人", "196,600人"]
    assert found[2] == ["2", "貸出冊数", "58.5冊\n(R3年度)", "56.5冊", "62.5冊"]


def test_labels_beside_rows_that_come_again_span_them(rows):
    found = rows("""
指標名        区分     R1年度    R2年度
一人当たり所得    実績値    2,452    2,965
（千円）       目標値    2,844    3,200

女性の割合      実績値    19.2     20.1
（％）        目標値    19.6     21.0
""")
    assert found[1] == ["一人当たり所得\n（千円）", "実績値", "2,452", "2,965"]
    assert found[2] == [None, "目標値", "2,844", "3,200"]
    assert found[3] == ["女性の割合\n（％）", "実績値", "19.2", "20.1"]


def test_the_header_of_another_table_ends_the_one_above():
    text = """指標①    所得（千円）
         開始前     1年目
目標       2,341    2,400
実績値      2,341    2,383
指標②    設置件数（件）
         開始前     1年目
目標       137      150
実績値      137      147"""
    lines = []
    for number, line in enumerate(text.split("\n"), 1):
        x0s, x1s = find_edges(line, "character")
        lines.append(Line(line, 1, number=number, x0s=x0s, x1s=x1s))
    grids = [block for block in find_raster_grids(lines) if isinstance(block, Grid)]
    assert [grid.source[0].text[:3] for grid in grids] == ["指標①", "指標②"]
    assert [grid.rows for grid in grids] == [4, 4]


def test_lines_half_way_between_two_rows_span_both(rows):
    found = rows("""
No.        指標名          内訳      策定時  令和元年度 令和２年度
                       実績値              2箇所      3箇所
1     ポンプ場の更新箇所数                2箇所
                       目標               4箇所      5箇所

      施設の利用日          実績値               79日      89日
2                                83日
      数               目標                 85日      90日
""")
    assert found[1] == ["1", "ポンプ場の更新箇所数", "実績値", "2箇所", "2箇所", "3箇所"]
    assert found[2] == [None, None, "目標", None, "4箇所", "5箇所"]
    assert found[3] == ["2", "施設の利用日\n数", "実績値", "83日", "79日", "89日"]


def test_the_mark_of_an_item_goes_with_the_name_below_it(rows):
    found = rows("""
                         当初   令和2年度   令和3年度
KPI①           目標値      32.1     32.0      32.5
水道管の耐震化率       実績値      32.1     34.5      32.8
               達成率               107.8     102.5
""")
    assert [row[0] for row in found[1:]] == ["KPI①\n水道管の耐震化率", None, None]


def test_a_number_alone_is_a_page_number_only_where_no_line_touches_it(rows):
    found = rows("""
指標名                 区分           策定時          R3        R4

生徒の割合              実績                         10        11
                                   9
（人）                計画                         12        13

職員の割合              実績                         20        21
                                   19
（人）                計画                         22        23
""")
    assert found[1] == ["生徒の割合\n（人）", "実績", "9", "10", "11"]
    assert found[3] == ["職員の割合\n（人）", "実績", "19", "20", "21"]


def test_figures_pushed_together_in_a_row_with_gaps_are_in_doubt():
    text = """
評価指標          項目       当初値            Ｈ２８                Ｈ２９              Ｈ３０                  Ｒ元              Ｒ２

市内の売上        目標値                    2,010千円 1,939千円 1,868千円 1,800千円 1,700千円
（千円）         達成値        2,081千円 2,086千円 1,872千円 1,743千円 1,883千円

講座の受講        目標値                          733人              768人               803人               838人            873人
者数           達成値                698人         737人              720人               817人               766人            887人

区域の人口        目標値                       39.4人/ha       39.0人/ha            43.0人/ha             46.0人/ha        46.4人/ha
密度           達成値           39.4人/ha       38.9人/ha       39.7人/ha            41.5人/ha             50.2人/ha
"""
    lines = []
    for number, line in enumerate(text.strip("\n").split("\n"), 1):
        x0s, x1s = find_edges(line, "character")
        lines.append(Line(line, 1, number=number, x0s=x0s, x1s=x1s))
    (grid,) = [block for block in find_raster_grids(lines) if isinstance(block, Grid)]
    doubtful = [cell.text for cell in grid.cells if cell.disputed]
    assert len(doubtful) == 10
    assert all(text.endswith("千円") for text in doubtful)


def test_names_on_lines_of_their_own_are_the_header_of_a_narrow_table(rows):
    found = rows("""
回答者
                                     R5年度
                         項目
                                    人数（割合）
                     20歳代               626人(4.7%)
                     30歳代              1262人(9.4%)
                     計               1888人(14.1%)
""")
    assert found[0] == ["項目", "R5年度\n人数（割合）"]
    assert found[1] == ["20歳代", "626人(4.7%)"]


def test_words_set_upright_stand_beside_the_rows_of_their_sum(rows):
    found = rows("""
       区分               R5                R4
  義 人件費                848,212         907,680
  務
  的 扶助費              2,155,539       2,219,703
  経
  費 公債費                551,829         599,866
     小計               3,555,580       3,727,249
  投
  資 普通建設事業費          1,019,933       1,080,965
  的
  経 災害復旧事業費             78,454          83,639
  費
     小計               1,098,387       1,164,604
""")
    labels = {row[1]: row[0] for row in found if row[0]}
    assert {name: "".join(text.split()) for name, text in labels.items() if name} == {
        "人件費": "義務的経費",
        "普通建設事業費": "投資的経費",
    }


def test_a_name_that_begins_with_a_count_is_no_heading(rows):
    found = rows("""
             指標名                 区分      R1     R2
                       目標           428       463
会員数
                       実績           376       496
（人）
                       達成率          87.9     107.1
                       目標         100.0     100.0
３歳児健診の受診率
                       実績          100.0     89.1
（％）
                       達成率         100.0     89.1
""")
    assert [row[0] for row in found[1:]] == [
        "会員数\n（人）",
        None,
        None,
        "３歳児健診の受診率\n（％）",
        None,
        None,
    ]


def test_full_rows_tell_the_columns_where_long_labels_push_their_figures(rows):
    found = rows("""
科目         予算額   前年度     増減    構成比
市税         5,416     4,451       965       21.9
使用料        4,318     4,615      -297       20.6
延滞金加算金過料       525       556       -31      2.6
寄附金        1,528     1,460        68       6.7
""")
    assert found[3] == ["延滞金加算金過料", "525", "556", "-31", "2.6"]
    assert found[4] == ["寄附金", "1,528", "1,460", "68", "6.7"]


def test_a_figure_half_way_between_two_columns_is_in_doubt():
    text = """
項目                国費        県費        市債
道路整備             1,200      2,300      3,400
公園管理             1,500      2,100      3,900
橋りょう維持              17          8         25
農道整備                  4,700                5,100
"""
    lines = []
    for number, line in enumerate(text.strip("\n").split("\n"), 1):
        x0s, x1s = find_edges(line, "character")
        lines.append(Line(line, 1, number=number, x0s=x0s, x1s=x1s))
    (grid,) = [block for block in find_raster_grids(lines) if isinstance(block, Grid)]
    assert [cell.text for cell in grid.cells if cell.disputed] == ["4,700"]


def test_a_label_goes_on_below_only_where_its_line_is_full(rows):
    found = rows("""
番号 担当     事業名            予算額    前年度
         文化財保護
1  財政課                  242,260   209,635
         事業
         生活困窮者
2  子育て課   自立支援事          183,969   247,599
         業
         図書館運営
3  介護課                   38,872    80,087
         事業
""")
    assert [row[2] for row in found[1:]] == [
        "文化財保護\n事業",
        "生活困窮者\n自立支援事\n業",
        "図書館運営\n事業",
    ]


def test_a_title_and_names_below_an_empty_line_begin_another_table():
    text = """
事業名                       予算額       財源内訳
道路整備事業                  20,755
                                      債) 17,772
                                      県) 2,983
図書館運営事業                 32,265
                                      国) 28,345
                                      県) 3,920

年代別の回答者数
                          令和4年度
                 項目
                         人数（割合）
               20歳代       780人(6.4％)
               30歳代     1,191人(9.8％)
               40歳代    1,685人(13.9％)
"""
    lines = []
    for number, line in enumerate(text.strip("\n").split("\n"), 1):
        x0s, x1s = find_edges(line, "character")
        lines.append(Line(line, 1, number=number, x0s=x0s, x1s=x1s))
    grids = [block for block in find_raster_grids(lines) if isinstance(block, Grid)]
    assert [cell.text for cell in grids[-1].cells if cell.row == 0] == [
        "項目",
        "令和4年度\n人数（割合）",
    ]


def test_all_figures_are_in_doubt_where_the_name_over_the_labels_stands_over_figures():
    text = """
              事業開始前     令和4年度     令和5年度     令和6年度     累計
目標値              1.56      1.64      1.72      1.80
実績               1.56      1.53      1.76      1.79
"""
    lines = []
    for number, line in enumerate(text.strip("\n").split("\n"), 1):
        x0s, x1s = find_edges(line, "character")
        lines.append(Line(line, 1, number=number, x0s=x0s, x1s=x1s))
    (grid,) = [block for block in find_raster_grids(lines) if isinstance(block, Grid)]
    figures = [cell for cell in grid.cells if cell.row and cell.col and cell.text]
    assert figures
    assert all(cell.disputed for cell in figures)
