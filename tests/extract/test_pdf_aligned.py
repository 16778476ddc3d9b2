"""Tables without rules: columns by alignment, headers, wrapped labels; prose stays prose."""

from __future__ import annotations

import pytest
from pdf_bytes import make_pdf, text_at

from kenzan.extract.aligned import find_aligned_grids
from kenzan.extract.aligned_pieces import cut_pieces
from kenzan.extract.aligned_texts import is_figure
from kenzan.extract.columns import find_edges
from kenzan.extract.options import ReadOptions
from kenzan.extract.pdf import read_pdf
from kenzan.schemas.document import Grid, Line
from kenzan.schemas.geometry import Box

EM = 10.0


def text_blocks(text: str) -> list[Line | Grid]:
    lines = []
    for number, line in enumerate(text.strip("\n").split("\n"), start=1):
        if line.strip():
            lines.append(printed(line, number))
    return find_aligned_grids(lines)


def printed(text: str, row: int) -> Line:
    """A line as a page shows it: half-width characters half an em of ten points wide."""
    x0s, x1s = ([x * EM / 2 for x in edges] for edges in find_edges(text, "width"))
    box = Box(x0s[0], row * EM * 1.4, x1s[-1], row * EM * 1.4 + EM)
    return Line(text, 1, box, None, tuple(x0s), tuple(x1s), EM)


def page_blocks(*placed: tuple[float, float, str]) -> list[Line | Grid]:
    content = "".join(text_at(x, y, text) for x, y, text in placed)
    return list(read_pdf(make_pdf(content), name="x", options=ReadOptions()).blocks())


def rows(grid: Grid) -> list[list[str]]:
    return [[cell.text.strip() if cell else "" for cell in row] for row in grid.matrix()]


def right(x: float, y: float, text: str) -> tuple[float, float, str]:
    """Text that ends at x; half-width characters are half an em of 10 points."""
    width = sum(5 if ord(char) < 0x100 else 10 for char in text)
    return x - width, y, text


@pytest.mark.parametrize(
    "text",
    [
        "1,234",
        "△1,234",
        "-4.2％",
        "12,672人",
        "（＋810）",
        "１，２３４",
        "1,837人⇒2,000人",
        "950 (9500)",
        "―",
        "集計中",
        "93.3（96.6）",
        "0.4ポイント減",
        "債) 104,600",
        "154経営体",
        "1,200区画",
        "8店舗⇒9店舗",
        "平成３０年度 30人 → 令和６年度 29人",
    ],
)
def test_figures(text: str) -> None:
    assert is_figure(text)


@pytest.mark.parametrize(
    "text",
    [
        "1.市税",
        "令和３年度",
        "令和12",
        "2021年度",
        "Ｒ３",
        "H28",
        "市民税",
        "・",
        "第1回",
        "①",
        "1市税",
        "101号室",
    ],
)
def test_no_figures(text: str) -> None:
    assert not is_figure(text)


def test_a_single_blank_keeps_a_label_whole_and_parts_two_figures() -> None:
    text = "計 12 34"
    x0s, x1s = find_edges(text, "width")
    pieces = cut_pieces(Line(text, 1, None, 1, tuple(x0s), tuple(x1s)), 2.0)
    assert [piece.text for piece in pieces] == ["計 12", "34"]


def test_layout_text_with_groups_over_columns_and_changes_below() -> None:
    (grid,) = text_blocks(
        """
        入込客数            販売額
     目標     実績      目標       実績
当初      0人     10人       0円      100円
Ｒ２     20人     15人   1,000円      900円
        (+20)     (+5)  (+1,000)     (+800)
"""
    )
    assert rows(grid) == [
        ["", "入込客数", "入込客数", "販売額", "販売額"],
        ["", "目標", "実績", "目標", "実績"],
        ["当初", "0人", "10人", "0円", "100円"],
        ["Ｒ２", "20人\n(+20)", "15人\n(+5)", "1,000円\n(+1,000)", "900円\n(+800)"],
    ]
    assert grid.origin == "aligned"
    assert len(grid.source) == 5


def test_spread_labels_and_signs_left_of_their_figures() -> None:
    (grid,) = text_blocks(
        """
区        分      本年度      前年度      増減
市        税      1,234       1,300   △    66
地方譲与税          500         480         20
合        計      1,734       1,780   △    46
"""
    )
    assert [row[0].replace(" ", "") for row in rows(grid)] == ["区分", "市税", "地方譲与税", "合計"]
    assert [row[3].replace(" ", "") for row in rows(grid)] == ["増減", "△66", "20", "△46"]


def test_a_column_without_figures_yet_is_a_column() -> None:
    (grid,) = text_blocks(
        """
指標      基準値    目標値    実績値    備考
人口         100       120              見込み
世帯          40        45              見込み
戸数          30        35              見込み
"""
    )
    assert rows(grid)[0] == ["指標", "基準値", "目標値", "実績値", "備考"]
    assert rows(grid)[1] == ["人口", "100", "120", "", "見込み"]


@pytest.mark.parametrize(
    "text",
    [
        (
            "令和３年度の予算は 1,234千円で、前年度より 56千円の増となりました。\n"
            "このうち国庫支出金は 500千円、一般財源は 734千円です。\n"
            "今後も 3 年間で 10件の達成を目指します。"
        ),
        "（１）事業内容\n・ガラスの  ブランド化\n・展示会の  開催",
        "目次\n１ 歳入 ………… 3\n２ 歳出 ………… 12\n３ 基金 ………… 20",
        "資料６          令和５年３月\n総務課",
    ],
)
def test_prose_and_lists_are_no_tables(text: str) -> None:
    assert all(isinstance(block, Line) for block in text_blocks(text))


def test_labels_scattered_over_a_chart_are_no_table() -> None:
    found = page_blocks(
        (60, 700, "その他"),
        (300, 700, "市税"),
        right(120, 680, "20.7億円"),
        right(420, 660, "65.4億円"),
        (200, 640, "県支出金"),
        right(500, 640, "8.1%"),
        right(90, 600, "4.7%"),
        (330, 580, "市債"),
        right(260, 560, "12.0億円"),
        (450, 540, "諸収入"),
    )
    assert not any(isinstance(block, Grid) for block in found)


def test_page_with_title_unit_and_note_around_a_table() -> None:
    placed = [(200, 760, "財政指標の推移"), (420, 740, "（単位：％）")]
    placed += [(50, 720, "区分"), right(300, 720, "令和元年度"), right(450, 720, "令和２年度")]
    for i, (name, a, b) in enumerate(
        (("経常収支比率", "99.0", "87.5"), ("実質公債費比率", "6.3", "8.7"))
    ):
        placed += [
            (50, 700 - 18 * i, name),
            right(300, 700 - 18 * i, a),
            right(450, 700 - 18 * i, b),
        ]
    placed.append((50, 650, "※ 速報値による。"))
    title, unit, grid, note = page_blocks(*placed)
    assert (title.text, unit.text, note.text) == (
        "財政指標の推移",
        "（単位：％）",
        "※ 速報値による。",
    )
    assert rows(grid) == [
        ["区分", "令和元年度", "令和２年度"],
        ["経常収支比率", "99.0", "87.5"],
        ["実質公債費比率", "6.3", "8.7"],
    ]
    assert grid.box.x0 == pytest.approx(50, abs=0.5)


def test_label_wrapped_around_its_figures() -> None:
    placed = [(50, 760, "指標"), right(250, 760, "目標"), right(350, 760, "実績")]
    for i, (first, second) in enumerate(
        (("新規就農", "者数"), ("認知症サ", "ポーター"), ("空き家バ", "ンク件数"))
    ):
        y = 730 - 40 * i
        placed += [
            (50, y + 6, first),
            (50, y - 6, second),
            right(250, y, f"{i}0"),
            right(350, y, f"{i}5"),
        ]
    (grid,) = page_blocks(*placed)
    assert [row[0] for row in rows(grid)] == [
        "指標",
        "新規就農\n者数",
        "認知症サ\nポーター",
        "空き家バ\nンク件数",
    ]


def test_label_in_the_middle_of_several_rows_spans_them() -> None:
    placed = [(120, 760, "区分"), right(300, 760, "金額"), right(400, 760, "割合")]
    names = ("市税", "使用料", "小計", "譲与税", "国庫", "小計")
    for i, name in enumerate(names):
        placed += [
            (120, 740 - 20 * i, name),
            right(300, 740 - 20 * i, f"{i + 1},000"),
            right(400, 740 - 20 * i, f"{i}.5"),
        ]
    placed += [(40, 720, "自主財源"), (40, 660, "依存財源")]
    (grid,) = page_blocks(*placed)
    found = {c.text: (c.row, c.rowspan) for c in grid.cells if c.col == 0 and c.text}
    assert found == {"自主財源": (1, 3), "依存財源": (4, 3)}


def test_words_that_come_again_make_items_of_their_rows() -> None:
    placed = [
        (40, 760, "指標"),
        (160, 760, "内訳"),
        right(300, 760, "元年度"),
        right(400, 760, "２年度"),
    ]
    y = 740
    for name in ("交付率（％）", "正答率（％）", "加入率（％）"):
        placed.append((40, y, name))
        for word in ("目標", "実績"):
            placed += [(160, y, word), right(300, y, "74.6"), right(400, y, "82.9")]
            y -= 16
    (grid,) = page_blocks(*placed)
    found = {c.text: (c.row, c.rowspan) for c in grid.cells if c.col == 0 and c.text}
    assert found == {
        "指標": (0, 1),
        "交付率（％）": (1, 2),
        "正答率（％）": (3, 2),
        "加入率（％）": (5, 2),
    }


def test_two_tables_one_below_the_other_stay_two() -> None:
    found = text_blocks(
        """
区分    金額    構成比
市税   1,234      60.5
市債     500      39.5

２ 歳出
（単位：千円）
区分        予算額    決算額    執行率
議会費         100        90      90.0
総務費         200       190      95.0
"""
    )
    assert [(g.rows, g.cols) for g in found if isinstance(g, Grid)] == [(3, 3), (3, 4)]
    assert [b.text for b in found if isinstance(b, Line)] == ["２ 歳出", "（単位：千円）"]


def test_lines_without_edges_are_left_alone() -> None:
    lines = [Line("市税 1,234 5,678", 1), Line("市債 2,345 6,789", 1)]
    assert find_aligned_grids(lines) == lines


def test_nothing_is_lost_or_added() -> None:
    source = """
区分    金額    構成比
市税   1,234      60.5
市債     500      39.5
合計   1,734     100.0
"""
    (grid,) = text_blocks(source)
    kept = "".join(cell.text for cell in grid.cells)
    assert sorted(kept) == sorted("".join(source.split()))
