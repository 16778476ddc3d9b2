"""Headers of tables set with blanks: names pushed together, wrapped or told again."""

from __future__ import annotations

import pytest

from kenzan.extract.columns import find_edges
from kenzan.extract.raster import find_raster_grids
from kenzan.schemas.document import Grid, Line


@pytest.fixture
def header():
    """For each column of the one grid that is found, the names over it, top down."""

    def read(text: str, depth: int = 2) -> list[list[str]]:
        lines = []
        for number, line in enumerate(text.strip("\n").split("\n"), 1):
            x0s, x1s = find_edges(line, "character")
            lines.append(Line(line, 1, number=number, x0s=x0s, x1s=x1s))
        (grid,) = [block for block in find_raster_grids(lines) if isinstance(block, Grid)]
        columns = []
        for column in zip(*grid.matrix()[:depth], strict=True):
            names = ["".join(cell.text.split()) for cell in column if cell is not None]
            columns.append(list(dict.fromkeys(name for name in names if name)))
        return columns

    return read


def test_years_pushed_together_are_shared_out_in_order(header):
    found = header(
        """
                         当初 令和2年度 令和3年度 令和4年度                          令和5年度
KPI①           目標値        32.1     32.0        32.0         34.0            35.9
水道管の耐震化率       実績値        32.1     34.5        32.8         30.7            36.0
""",
        depth=1,
    )
    assert found[2:] == [["当初"], ["令和2年度"], ["令和3年度"], ["令和4年度"], ["令和5年度"]]


def test_names_of_groups_wrapped_over_three_lines_stand_over_what_comes_again(header):
    found = header("""
区分       窓口の利用件数（件）       自主防災組織の結成   資格取得者数（人）施設から一般
                                率（%）           就労への移行者
                                                 数（人）
        実績           計画     実績   計画    実績      計画     実績   計画
R2     16,494       16,662 80.6   82.2      38      46    8    9
R3     16,991       17,200 79.6   85.0      42      50    9   10
R4     18,506       17,700 86.9   88.6      54      54   11   11
""")
    assert found[1:] == [
        ["窓口の利用件数（件）", "実績"],
        ["窓口の利用件数（件）", "計画"],
        ["自主防災組織の結成率（%）", "実績"],
        ["自主防災組織の結成率（%）", "計画"],
        ["資格取得者数（人）", "実績"],
        ["資格取得者数（人）", "計画"],
        ["施設から一般就労への移行者数（人）", "実績"],
        ["施設から一般就労への移行者数（人）", "計画"],
    ]


def test_the_name_of_a_group_may_be_told_over_each_of_its_columns(header):
    found = header("""
  区分     再訪率     再訪率 市民所得 市民所得 公開数              公開数
            目標       実績値        目標       実績値            目標           実績値
H27        59.0％       62.4％     3,100千円     3,230千円            114件           112件
H28        63.3％       64.5％     3,200千円     3,321千円            116件           117件
""")
    assert found[1:] == [
        ["再訪率", "目標"],
        ["再訪率", "実績値"],
        ["市民所得", "目標"],
        ["市民所得", "実績値"],
        ["公開数", "目標"],
        ["公開数", "実績値"],
    ]


SPREAD = """
          款                 項             金    額
１    市   税                               2,140,351
                        1市   民   税         712,774
                        2 固定資産税          184,231
２    地方交付税                             421,625
                        1 地方交付税          421,625
"""


def test_single_letters_far_apart_are_names_of_their_own(header):
    found = header(SPREAD, depth=2)
    assert [column[0] for column in found[-2:]] == ["項", "金額"]


def test_letters_spread_behind_a_number_are_one_label(header):
    found = header(SPREAD, depth=6)
    assert "1市民税" in found[-2]


def test_letters_of_two_names_part_where_the_line_has_both_alone(header):
    found = header(
        """
           目 標      実 績        目 標 実 績
基準値      2,031億円 2,031億円       4人    4人
令和２年度    2,200億円 2,105億円       4人    4人
""",
        depth=1,
    )
    assert found[1:] == [["目標"], ["実績"], ["目標"], ["実績"]]


def test_a_mark_stays_with_the_name_a_blank_before_it(header):
    found = header(
        """
                        本年度            前年度
        款                                            前年度比較増減 Ａ－Ｂ             増減率
                       決算額 Ａ          決算額 Ｂ
議 会 費                      249431         255312                    △5881      △2.3
総 務 費                     3192201        3269815                    △77614     △2.4
民 生 費                    10907362       10627459                    279903         2.6
""",
    )
    assert [column[-1] for column in found] == [
        "款",
        "本年度決算額Ａ",
        "決算額Ｂ",
        "前年度比較増減Ａ－Ｂ",
        "増減率",
    ]


def test_a_caption_over_a_narrow_table_is_no_header(header):
    found = header(
        """
                        緑野町健康増進計画 指標の進捗状況
年代別の回答者数のまとめ
                 Ｒ７
    科目
               人数（割合）
20歳代                398人(4.7%)
30歳代              1,116人(13.1%)
40歳代              1,223人(14.4%)
""",
        depth=1,
    )
    assert "まとめ" not in "".join(found[0])
    assert "緑野町" not in "".join(found[1])


def test_a_number_and_spread_letters_with_a_blank_between_are_one_label(header):
    found = header(
        """
款                     Ｒ７          Ｒ６
1 議 会 費            269303930    270768551
2 総 務 費           3786373451   4080260869
""",
        depth=3,
    )
    assert found[0] == ["款", "1議会費", "2総務費"]


def test_lines_that_begin_several_labels_of_the_first_row_are_no_header(header):
    found = header(
        """
番号     指標         単位         当初値        計画        Ｈ３０      評価     担当
     交通事故死                                                        子育て支援
1             人              5           5            4      達成
     者数                                                           課
2    社会増減数    人           −153       −141       −138     未達成 生涯学習課
3    NPO法人数   人           146       149       151     達成 生涯学習課
""",
        depth=2,
    )
    assert "交通事故死者数" in found[1]


def test_names_wrapped_at_several_heights_are_put_together_under_their_group(header):
    found = header(
        """
                                    実績値
                        目標（令和９                    目標達成
番号    指標名      基準値              令和２年    令和３年               担当課
                        年度）                      率
                                   度      度
1     受診率         98.5    100.0     98.0     98.6   100.0％    保険課
2     来館者数      24,985   23,800   23,175   24,194   101.3％    文化課
""",
        depth=2,
    )
    assert found == [
        ["番号"],
        ["指標名"],
        ["基準値"],
        ["目標（令和９年度）"],
        ["実績値", "令和２年度"],
        ["実績値", "令和３年度"],
        ["目標達成率"],
        ["担当課"],
    ]


def test_names_that_come_again_are_one_a_column_wherever_blanks_have_pushed_them(header):
    found = header(
        """
       売上高                    女性の割合        中学生の割合
           計画値           実績   達成度 計画値  実績   達成度 計画値  実績   達成度
基準値      181,757千円   181,757千円       ―   16.4% 16.4%     ―   42.9% 42.9%     ―
Ｒ１       198,000千円   213,327千円   107.7%  16.7% 16.3%  97.6%  43.4% 43.6% 100.5%
Ｒ２       214,200千円   201,418千円    94.0%  17.0% 16.7%  98.2%  44.0% 43.5%  98.9%
""",
        depth=2,
    )
    assert [column[-1] for column in found[1:]] == ["計画値", "実績", "達成度"] * 3


def test_a_spread_name_is_whole_where_another_gap_parts_it_if_it_stands_in_the_line_again(header):
    found = header(
        """
項目      計   画   値        達     成      値        計   画   値       達   成   値
当初            10人                12人             20人            22人
Ｒ２            11人                13人             21人            23人
""",
        depth=1,
    )
    assert found[1:] == [["計画値"], ["達成値"], ["計画値"], ["達成値"]]
