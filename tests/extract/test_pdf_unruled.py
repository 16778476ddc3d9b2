"""Tables without rules on a page: names beside wrapped ones, banners, tables close together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pdf_bytes import make_pdf, text_at

from kenzan.extract.aligned_pieces import cut_rows
from kenzan.extract.aligned_texts import is_figure, names_period
from kenzan.extract.columns import find_edges
from kenzan.extract.options import ReadOptions
from kenzan.extract.pdf import read_pdf
from kenzan.schemas.document import Grid, Line

if TYPE_CHECKING:
    from collections.abc import Iterable

Placed = tuple[float, float, str]


def blocks_of(placed: Iterable[Placed]) -> list[Line | Grid]:
    content = "".join(text_at(x, 820 - y, text) for x, y, text in placed)
    return list(read_pdf(make_pdf(content), name="x", options=ReadOptions()).blocks())


def grids_of(placed: Iterable[Placed]) -> list[list[list[str]]]:
    grids = [block for block in blocks_of(placed) if isinstance(block, Grid)]
    return [[[cell.text if cell else "" for cell in row] for row in g.matrix()] for g in grids]


def width(text: str) -> float:
    """Half-width characters are half an em of 10 points."""
    return sum(5 if ord(char) < 0x100 else 10 for char in text)


def right(x: float, y: float, text: str) -> Placed:
    return x - width(text), y, text


def center(x: float, y: float, text: str) -> Placed:
    return x - width(text) / 2, y, text


@pytest.mark.parametrize(
    "text",
    [
        "該当なし",
        "算定中",
        "毎年度20件以上",
        "21,802千kWh",
        "9者以上",
        "40.7人/ha→42.9人/ha",
        "82.99年",
        "年間 50回",
    ],
)
def test_figures_with_words_and_units(text: str) -> None:
    assert is_figure(text)


@pytest.mark.parametrize("text", ["平成30年度（20", "令和１年度（201", "24歳）の", "廃止", "なし"])
def test_no_figures(text: str) -> None:
    assert not is_figure(text)


def test_a_long_run_of_units_is_done_with_at_once() -> None:
    assert not is_figure("1" + "km" * 20_000 + "!")


def test_names_of_periods() -> None:
    assert all(
        map(names_period, ["令和５年度", "R5", "H30年度", "3年目", "2024", "令和元年度（2019）"])
    )
    assert not any(map(names_period, ["目標値", "R5実績", "計"]))


def test_a_name_on_one_line_beside_names_on_two() -> None:
    """The middle name stands at half height: it is on one level with those beside it."""
    wrapped = [
        (180, "来館者数", "（累計）"),
        (260, "貸出冊数", "（一人）"),
        (420, "新規就農", "（年間）"),
    ]
    names = [center(x, 100, first) for x, first, _ in wrapped]
    names += [center(x, 112, second) for x, _, second in wrapped]
    names += [center(100, 106, "収納率"), center(340, 106, "普及率")]
    columns = range(80, 460, 40)
    measures = [center(x, 126, "目標" if i % 2 == 0 else "実績") for i, x in enumerate(columns)]
    body = [
        item
        for row in range(3)
        for item in [
            (20, 146 + 16 * row, f"R{row + 3}"),
            *(right(x + 12, 146 + 16 * row, f"{1000 + 100 * row + x}") for x in columns),
        ]
    ]
    (grid,) = grids_of([*names, *measures, *body])
    assert grid[0][1::2] == [
        "収納率",
        "来館者数\n（累計）",
        "貸出冊数\n（一人）",
        "普及率",
        "新規就農\n（年間）",
    ]
    assert grid[0][2::2] == grid[0][1::2]


def test_changes_a_blank_behind_their_figures_are_no_column() -> None:
    """All of one width and flush right: the figures form a column and the changes another."""
    body = [(20, 120, "当初"), right(200, 120, "340件"), right(300, 120, "330件")]
    for row in range(4):
        y = 136 + 16 * row
        body += [
            (20, y, f"R{row + 1}"),
            right(200, y, f"3,45{row}件 (+34{row})"),
            right(300, y, f"3,35{row}件 (-12{row})"),
        ]
    head = [(20, 100, "区分"), center(170, 100, "目標値"), center(270, 100, "実績値")]
    (grid,) = grids_of([*head, *body])
    assert grid[0] == ["区分", "目標値", "実績値"]
    assert grid[2] == ["R1", "3,450件 (+340)", "3,350件 (-120)"]


def numbered(y: float, number: int, name: str, *figures: str) -> list[Placed]:
    places = zip((220, 280, 340), figures, strict=True)
    return [(20, y, str(number)), (50, y, name), *(right(x, y, text) for x, text in places)]


def test_banners_between_numbered_rows_stand_by_themselves() -> None:
    """Lines are as far apart within a name as between rows; the numbers tell them apart."""
    (grid,) = grids_of(
        [
            (20, 100, "番号"),
            (70, 100, "指標"),
            *(center(x, 100, t) for x, t in ((200, "R3"), (260, "R4"), (320, "R5"))),
            (20, 112, "1 健康で安心なまち"),
            *numbered(124, 1, "検診受診者", "1,120", "1,130", "1,140"),
            (50, 136, "数"),
            *numbered(148, 2, "通いの場", "34", "35", "36"),
            (20, 160, "2 学びのまち"),
            *numbered(172, 3, "図書館来館者", "5,000", "5,100", "5,200"),
            (50, 184, "数（延べ）"),
            *numbered(196, 4, "貸出冊数", "710", "720", "730"),
        ]
    )
    assert [row[0] for row in grid] == [
        "番号",
        "1 健康で安心なまち",
        "1",
        "2",
        "2 学びのまち",
        "3",
        "4",
    ]
    assert [row[1].replace("\n", "") for row in grid[2:4]] == ["検診受診者数", "通いの場"]
    assert grid[0][2:] == ["R3", "R4", "R5"]


def test_the_title_and_header_of_the_next_table_end_a_table() -> None:
    """No more white than between two rows: a name alone over names of columns is a title."""
    first = [(20, 100, "指標名"), right(200, 100, "基準値"), right(280, 100, "目標値")]
    for row in range(3):
        y = 112 + 12 * row
        first += [
            (20, y, f"指標{row}"),
            right(200, y, f"{row + 1},000人"),
            right(280, y, f"{row + 2},500人"),
        ]
    second = [(20, 148, "事業費"), (20, 160, "事業名")]
    second += [right(200, 160, "予算額"), right(280, 160, "決算額")]
    for row in range(3):
        y = 172 + 12 * row
        second += [
            (20, y, f"事業{row}"),
            right(200, y, f"{row + 3},000"),
            right(280, y, f"{row + 3},500"),
        ]
    blocks = blocks_of([*first, *second])
    assert [block.text for block in blocks if not isinstance(block, Grid)] == ["事業費"]
    one, other = grids_of([*first, *second])
    assert (one[0], other[0]) == (["指標名", "基準値", "目標値"], ["事業名", "予算額", "決算額"])


def test_one_name_for_each_column_though_they_do_not_stand_over_it() -> None:
    """Figures flush right in wide columns, names in their middle or at their left."""
    head = [(20, 100, "年度"), (90, 100, "市債残高"), (140, 100, "うち臨時財政対策債")]
    body = []
    for row in range(3):
        y = 116 + 16 * row
        body += [
            (20, y, f"R{row + 2}"),
            right(150, y, f"5{row},716"),
            right(230, y, f"2{row},120"),
        ]
    (grid,) = grids_of([*head, *body])
    assert grid[0] == ["年度", "市債残高", "うち臨時財政対策債"]


def test_the_header_of_rows_set_far_apart_is_as_far_from_them() -> None:
    placed = [(20, 100, "区分"), (110, 100, "令和５年度"), (210, 100, "比較増減")]
    for row in range(4):
        y = 134 + 34 * row
        placed += [(20, y, f"収益{row}"), (110, y, f"{row + 3},716"), (210, y, f"△{row}20")]
    (grid,) = grids_of(placed)
    assert grid[0] == ["区分", "令和５年度", "比較増減"]


def test_the_label_of_all_rows_at_the_top_of_its_cell() -> None:
    """It stands beside the header, and nothing below it: a merged cell without rules."""
    head = [(20, 100, "①"), (20, 112, "来館者数（人）")]
    head += [center(x, 100, text) for x, text in ((210, "当初"), (270, "1年目"), (330, "2年目"))]
    body = [
        item
        for row, (measure, *figures) in enumerate(
            [("目標値", "1,000", "1,100", "1,200"), ("実績値", "1,010", "1,090", "1,230")]
        )
        for item in [
            (120, 130 + 16 * row, measure),
            *(right(x, 130 + 16 * row, t) for x, t in zip((225, 285, 345), figures, strict=True)),
        ]
    ]
    (grid,) = grids_of([*head, *body])
    assert [row[0] for row in grid] == ["①\n来館者数（人）"] * 3
    assert [row[1] for row in grid] == ["", "目標値", "実績値"]


def test_a_mark_on_the_line_above_a_label_goes_with_it() -> None:
    head = [center(x, 100, text) for x, text in ((210, "R3"), (270, "R4"), (330, "R5"))]
    labels = [(20, 116, "①"), (20, 132, "来館者数（人）")]
    body = [
        item
        for row, (measure, *figures) in enumerate(
            [("目標", "100", "110", "120"), ("実績", "101", "109", "123"), ("率", "99", "98", "97")]
        )
        for item in [
            (120, 116 + 16 * row, measure),
            *(right(x, 116 + 16 * row, t) for x, t in zip((225, 285, 345), figures, strict=True)),
        ]
    ]
    (grid,) = grids_of([*head, *labels, *body])
    assert [row[0] for row in grid] == ["", *["①\n来館者数（人）"] * 3]


def test_a_banner_has_a_number_where_the_rows_have_none() -> None:
    def plain(y: float, name: str, *figures: str) -> list[Placed]:
        places = zip((220, 280), figures, strict=True)
        return [(20, y, name), *(right(x, y, text) for x, text in places)]

    (grid,) = grids_of(
        [
            (20, 100, "指標"),
            center(205, 100, "R4"),
            center(265, 100, "R5"),
            (20, 112, "1 健康"),
            *plain(124, "検診受診者数", "1,120", "1,130"),
            *plain(136, "通いの場", "34", "35"),
            (20, 148, "2 学び"),
            *plain(160, "図書館来館者数", "5,000", "5,100"),
            *plain(172, "貸出冊数", "710", "720"),
        ]
    )
    assert [row[0] for row in grid] == [
        "指標",
        "1 健康",
        "検診受診者数",
        "通いの場",
        "2 学び",
        "図書館来館者数",
        "貸出冊数",
    ]


def test_a_number_and_a_spread_label_are_one() -> None:
    text = "1 議　会　費      1,943"
    x0s, x1s = ([5 * x for x in edges] for edges in find_edges(text, "width"))
    (row,) = cut_rows([Line(text, 1, None, 1, tuple(x0s), tuple(x1s), 10.0)])
    assert [piece.text for piece in row.joined_pieces()] == ["1 議　会　費", "1,943"]


def _subrows(measures: tuple[str, str], values: tuple[str, ...]) -> list[Placed]:
    head = [(20, 100, "No."), (60, 100, "指標"), (200, 100, "区分")]
    placed = [*head, right(300, 100, "R3"), right(360, 100, "R4")]
    for row, value in enumerate(values):
        y = 118 + 14 * row
        if not row % 2:
            placed += [(20, y, f"{row // 2 + 1}"), (60, y, f"指標その{row // 2 + 1}")]
        placed += [(200, y, measures[row % 2]), right(300, y, value), right(360, y, value)]
    return placed


def test_labels_on_the_first_of_their_two_rows_span_both() -> None:
    """A label is in the middle of three rows as well, if the ones beside it have one row each."""
    (grid,) = grids_of(_subrows(("実績", "目標"), ("9", "10", "19", "20", "29", "30", "39", "40")))
    assert [row[1] for row in grid[1:]] == [f"指標その{k}" for k in (1, 1, 2, 2, 3, 3, 4, 4)]


def test_rows_of_negative_figures_are_rows_and_no_changes() -> None:
    (grid,) = grids_of(_subrows(("目標", "実績"), ("9", "10", "▲19", "▲20", "29", "30")))
    assert [row[2:4] for row in grid[1:]] == [
        ["目標", "9"],
        ["実績", "10"],
        ["目標", "▲19"],
        ["実績", "▲20"],
        ["目標", "29"],
        ["実績", "30"],
    ]


def test_labels_wrapped_around_rows_that_stand_close_stay_with_their_rows() -> None:
    placed = [(20, 100, "所管課"), (90, 100, "事業"), right(300, 100, "R3"), right(360, 100, "R4")]
    names = (("消防負担金",), ("文化財保護",), ("放課後児童", "育成事業"), ("住宅改修",))
    for row, name in enumerate(names):
        y = 120 + 15 * row
        placed += [(20, y, "総務課"), right(300, y, f"{row}1"), right(360, y, f"{row}2")]
        shifts = (0,) if len(name) == 1 else (-6, 6)
        placed += [(90, y + shift, part) for shift, part in zip(shifts, name, strict=True)]
    (grid,) = grids_of(placed)
    assert [row[1] for row in grid[1:]] == ["\n".join(name) for name in names]


def _grown(y: float, label: str, *values: str, first: float = 160) -> list[Placed]:
    return [
        (20, y, label),
        *(right(first + 70 * k, y, value) for k, value in enumerate(values)),
    ]


def test_a_group_in_spaced_letters_is_one_name() -> None:
    placed = [(190, 100, "達 成 値"), (20, 112, "指標")]
    placed += [right(160 + 40 * k, 112, f"R{k + 2}") for k in range(4)]
    for row in range(3):
        y = 130 + 16 * row
        placed += [(20, y, "件数"), *(right(160 + 40 * k, y, f"{row}{k}1") for k in range(4))]
    (grid,) = grids_of(placed)
    assert grid[0][1:] == ["達 成 値"] * 4


def test_items_of_a_list_are_no_header() -> None:
    placed = [(20, 66, "令和2年度"), (120, 60, "・計画の策定"), (120, 72, "・関係者との調整")]
    placed += _grown(88, "年度", "目標", "実績") + _grown(106, "R2", "12", "13")
    placed += _grown(122, "R3", "14", "15") + _grown(138, "R4", "16", "17")
    (grid,) = grids_of(placed)
    assert grid[0] == ["年度", "目標", "実績"]


def test_a_row_of_figures_is_no_header_of_the_table_below() -> None:
    placed = [*_grown(100, "指標名", "区分", "R4", "R5", "R6"), (20, 122, "転出数")]
    placed += (
        _grown(116, "", "目標", "88", "84", "82")[1:] + _grown(128, "", "実績", "81", "77")[1:]
    )
    placed += _grown(160, "（千円）", "", "R4決算", "R5決算", "R6予算")
    for row in range(3):
        placed += _grown(178 + 14 * row, f"費目{row}", "", *(f"{row}{k},000" for k in (1, 2, 3)))
    first, second = grids_of([item for item in placed if item[2]])
    assert [row[1:] for row in first[1:]] == [["目標", "88", "84", "82"], ["実績", "81", "77", ""]]
    assert second[0][-3:] == ["R4決算", "R5決算", "R6予算"]


def test_the_same_letter_again_ends_the_names_beside_each_other() -> None:
    """令和４年|度 three times over: 度 度 度 is no name in spaced letters."""
    placed = [(20, 106, "指標"), *(center(150 + 50 * k, 100, f"令和{k + 4}年") for k in range(3))]
    placed += [center(150 + 50 * k, 112, "度") for k in range(3)]
    for row in range(3):
        y = 130 + 16 * row
        placed += [(20, y, "件数"), *(right(165 + 50 * k, y, f"{row}{k}1") for k in range(3))]
    (grid,) = grids_of(placed)
    assert grid[0] == ["指標", "令和4年\n度", "令和5年\n度", "令和6年\n度"]


def test_figures_with_their_year_below_stay_with_rows_that_stand_close() -> None:
    placed = [(20, 100, "指標"), right(180, 100, "当初値"), right(260, 100, "R4")]
    for row in range(3):
        y = 124 + 22 * row
        placed += [(20, y, f"件数{row}"), right(260, y, f"{row}5人")]
        placed += [right(180, y - 6, f"{row + 2}0人"), right(180, y + 6, "(H27年度)")]
    (grid,) = grids_of(placed)
    assert [row[1] for row in grid[1:]] == [f"{k}0人\n(H27年度)" for k in (2, 3, 4)]


def test_names_at_half_height_beside_a_group_are_not_under_it() -> None:
    """比較 and 説明 are merged over both lines of the header; the group is centered between them."""
    placed = [(20, 109, "事業名"), center(340, 100, "財源内訳"), center(190, 109, "比較")]
    placed += [center(250 + 60 * k, 118, name) for k, name in enumerate(("国", "県", "市債", "他"))]
    placed += [(465, 109, "説明")]
    for row in range(3):
        y = 140 + 16 * row
        placed += [(20, y, f"事業{row}"), right(205, y, f"{row},813"), (465, y, "継続")]
        placed += [right(265 + 60 * k, y, f"{row}{k},100") for k in range(4)]
    (grid,) = grids_of(placed)
    assert grid[0] == ["事業名", "比較", *["財源内訳"] * 4, "説明"]


def test_a_year_over_its_measure_is_the_upper_of_two_levels() -> None:
    placed = [(20, 110, "区分"), center(200, 100, "2022"), center(300, 100, "2023")]
    placed += [center(200, 118, "決算額"), center(300, 118, "決算額"), (360, 110, "伸び率")]
    for row, name in enumerate(("個人", "法人", "計")):
        y = 140 + 15 * row
        placed += [(20, y, name), right(220, y, f"{row + 1},200"), right(320, y, f"{row + 2},300")]
        placed += [right(390, y, f"{row}.9％")]
    (grid,) = grids_of(placed)
    assert grid[:2] == [
        ["区分", "2022", "2023", "伸び率"],
        ["区分", "決算額", "決算額", "伸び率"],
    ]


def test_the_mark_of_a_note_on_a_line_of_its_own_ends_no_table() -> None:
    placed = [(20, 100, "指標"), right(300, 100, "R3"), right(360, 100, "R4")]
    for row in range(4):
        y = 120 + 30 * row
        placed += [(20, y, f"指標の名{row}"), right(300, y, f"{row},100"), right(360, y, "200")]
    placed += [(20, 192, "※2")]
    (grid,) = grids_of(placed)
    assert [row[0] for row in grid] == [
        "指標",
        "指標の名0",
        "指標の名1",
        "指標の名2\n※2",
        "指標の名3",
    ]


def test_a_name_of_two_letters_with_its_year_behind_is_one() -> None:
    placed = [(20, 100, "指標"), (150, 100, "目標（R5）"), (250, 100, "実"), (300, 100, "績（R3）")]
    for row in range(4):
        y = 120 + 15 * row
        placed += [
            (20, y, f"指標の名{row}"),
            right(200, y, f"{row}2.2"),
            right(320, y, f"{row}3.3"),
        ]
    (grid,) = grids_of(placed)
    assert grid[0][2].replace(" ", "") == "実績（R3）"


def test_years_over_measures_line_by_line_are_groups() -> None:
    """No more white is between the year and the measures than between two lines of a name."""
    placed = [(20, 100, "指標"), (110, 100, "現状値")]
    placed += [(110, 112, "（R2）")]
    for at, year in ((180, "令和3年度"), (330, "令和4年度")):
        placed += [center(at + 50, 100, year), (at, 112, "目標"), center(at + 50, 112, "KPI実績")]
        placed += [center(at + 50, 124, "値"), (at + 85, 112, "達成度")]
    for row in range(4):
        y = 145 + 15 * row
        placed += [(20, y, f"指標の名{row}"), right(140, y, f"1{row}0")]
        placed += [right(at, y, f"{row}5.{at % 9}") for at in (200, 250, 295, 350, 400, 445)]
    (grid,) = grids_of(placed)
    assert grid[0][2:] == ["令和3年度"] * 3 + ["令和4年度"] * 3
    assert [name.replace("\n", "") for name in grid[1][2:]] == ["目標", "KPI実績値", "達成度"] * 2


def _set_at_top(names: Iterable[tuple[str, ...]]) -> list[str]:
    placed = [(20, 100, "番号"), (60, 100, "指標"), right(300, 100, "R3"), right(360, 100, "R4")]
    y = 112.0
    for row, name in enumerate(names, start=1):
        placed += [(20, y, str(row)), right(300, y, f"{row}1"), right(360, y, f"{row}2")]
        for part in name:
            placed.append((60, y, part))
            y += 12
    (grid,) = grids_of(placed)
    return [row[1] for row in grid[1:]]


def test_lines_below_a_row_go_with_it_where_all_rows_begin_at_the_top() -> None:
    names = [
        ("社会増減数",),
        ("市ホーム", "ページの閲", "覧数（PV）"),
        ("出生数", "（人）"),
        ("加入率",),
    ]
    names += [("窓口での", "待ち時間の", "平均（分）"), ("来場者数",)]
    assert _set_at_top(names) == ["\n".join(name) for name in names]


def test_a_label_of_a_form_that_begins_beside_the_header_and_goes_on_below() -> None:
    placed = [(20, 100, "KPI①"), right(220, 100, "当初"), right(280, 100, "R3")]
    placed += [(20, 114, "太陽光発電設備の数"), (20, 128, "（件）")]
    for row, measure in enumerate(("目標値", "実績", "達成率")):
        y = 114 + 14 * row
        placed += [(130, y, measure), right(220, y, f"{row}63"), right(280, y, f"{row}69")]
    (grid,) = grids_of(placed)
    assert {row[0] for row in grid} == {"KPI①\n太陽光発電設備の数\n（件）"}
