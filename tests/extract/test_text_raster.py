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
