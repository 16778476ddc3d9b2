"""Tables of which only some rules are drawn: outline, across, down."""

from __future__ import annotations

from pdf_bytes import make_pdf, text_at

from kenzan.extract.options import ReadOptions
from kenzan.extract.pdf import read_pdf
from kenzan.schemas.document import Grid

LEFT, RIGHT = 50, 350
EDGES = (LEFT, 150, 200, 250, 300, RIGHT)


def right(x: float, y: float, text: str) -> str:
    """Text of 10 points that ends at x."""
    return text_at(x - sum(5 if ord(char) < 0x100 else 10 for char in text), y, text)


def across(y: float, x0: float = LEFT, x1: float = RIGHT) -> str:
    return f"{x0} {y} m {x1} {y} l S\n"


def down(x: float, top: float, bottom: float) -> str:
    return f"{x} {top} m {x} {bottom} l S\n"


def years(y: float) -> str:
    names = ("Ｒ２", "Ｒ３", "Ｒ４", "Ｒ５")
    return text_at(60, y, "区分") + "".join(
        right(x - 3, y, name) for x, name in zip(EDGES[2:], names, strict=True)
    )


def figures(y: float, label: str, *values: str) -> str:
    return text_at(60, y, label) + "".join(
        right(x - 3, y, value) for x, value in zip(EDGES[2:], values, strict=True)
    )


BODY = (
    years(700)
    + figures(680, "市税", "1,234", "1,300", "1,310", "1,320")
    + figures(662, "諸収入", "34", "", "36", "37")
    + figures(644, "計", "1,268", "1,300", "1,346", "1,357")
)
TABLE = [
    ["区分", "Ｒ２", "Ｒ３", "Ｒ４", "Ｒ５"],
    ["市税", "1,234", "1,300", "1,310", "1,320"],
    ["諸収入", "34", "", "36", "37"],
    ["計", "1,268", "1,300", "1,346", "1,357"],
]


def grids(content: str) -> list[list[list[str]]]:
    blocks = read_pdf(make_pdf(content), name="x", options=ReadOptions()).blocks()
    return [
        [[cell.text if cell else "" for cell in row] for row in block.matrix()]
        for block in blocks
        if isinstance(block, Grid)
    ]


def test_an_outline_with_a_rule_below_the_header_is_read_by_its_columns() -> None:
    frame = across(715) + across(692) + across(635) + down(LEFT, 715, 635) + down(RIGHT, 715, 635)
    assert grids(BODY + frame) == [TABLE]


def test_what_stands_over_an_outline_is_no_header() -> None:
    frame = across(715) + across(692) + across(635) + down(LEFT, 715, 635) + down(RIGHT, 715, 635)
    above = text_at(60, 720, "その１") + text_at(160, 720, "その２")
    assert grids(BODY + frame + above) == [TABLE]


def test_rows_ruled_across_within_a_frame_are_no_single_column() -> None:
    frame = "".join(across(y) for y in (715, 692, 674, 656, 635))
    assert grids(BODY + frame + down(LEFT, 715, 635) + down(RIGHT, 715, 635)) == [TABLE]


def test_columns_ruled_down_only_are_cut_into_rows() -> None:
    frame = across(715) + across(692) + across(635)
    assert grids(BODY + frame + "".join(down(x, 715, 635) for x in EDGES)) == [TABLE]


def test_a_name_wrapped_between_two_rules_is_one_cell() -> None:
    body = (
        years(700)
        + figures(680, "一人当たりの", "10", "11", "12", "13")
        + text_at(60, 668, "排出量")
        + figures(650, "回収した", "1", "2", "3", "4")
        + text_at(60, 638, "紙の量")
    )
    rules = "".join(across(y) for y in (715, 692, 662, 632))
    found = grids(body + rules)
    assert [row[0] for row in found[0]] == ["区分", "一人当たりの\n排出量", "回収した\n紙の量"]


def test_a_rule_in_some_columns_leaves_the_others_merged() -> None:
    body = years(700)
    rules = across(715) + across(692)
    for y, name in ((668, "参加者数"), (628, "開催数")):
        body += text_at(60, y, name)
        body += figures(y + 9, "", "10", "11", "12", "13") + figures(
            y - 9, "", "20", "21", "22", "23"
        )
        rules += across(y + 4, 150) + across(y - 18)
    found = grids(body + rules)
    assert [row[0] for row in found[0]] == ["区分", "参加者数", "参加者数", "開催数", "開催数"]
    assert [row[1] for row in found[0]] == ["Ｒ２", "10", "20", "10", "20"]


def test_a_value_with_its_change_below_stays_one_cell_in_a_ruled_table() -> None:
    body = years(700) + figures(682, "来館者数", "10", "12", "13", "15")
    body += figures(668, "", "(1)", "(2)", "(1)", "(2)")
    frame = across(715) + across(692) + across(660)
    found = grids(body + frame + "".join(down(x, 715, 660) for x in EDGES))
    assert found[0][1] == ["来館者数", "10\n(1)", "12\n(2)", "13\n(1)", "15\n(2)"]


def test_one_column_of_figures_ruled_down_only_is_cut_beside_its_labels() -> None:
    body = text_at(60, 700, "施設") + text_at(160, 700, "利用者数")
    for y, name, value in (
        (680, "図書館", "1,000人"),
        (660, "公民館", "20人"),
        (640, "体育館", "3人"),
    ):
        body += text_at(60, y, name) + right(297, y, value)
    frame = across(715, LEFT, 300) + across(692, LEFT, 300) + across(630, LEFT, 300)
    found = grids(body + frame + "".join(down(x, 715, 630) for x in (LEFT, 150, 300)))
    assert [row[1] for row in found[0]] == ["利用者数", "1,000人", "20人", "3人"]


def test_words_that_begin_at_one_edge_are_a_column_even_one_blank_apart() -> None:
    names = ("総務課", "企画政策課", "学校教育部", "健康増進課", "商工観光課")
    body = text_at(60, 700, "担当") + text_at(118, 700, "事業名") + right(250, 700, "予算額")
    for index, name in enumerate(names):
        y = 680 - 18 * index
        body += text_at(60, y, name) + text_at(118, y, "運営事業") + right(250, y, f"{index}23")
    found = grids(body)
    assert [row[:2] for row in found[0][1:]] == [[name, "運営事業"] for name in names]


def test_labels_with_values_beside_them_are_a_form() -> None:
    body = text_at(60, 700, "事業名") + text_at(140, 700, "公園整備事業")
    body += text_at(60, 684, "担当課") + text_at(140, 684, "都市計画課")
    body += text_at(240, 684, "事業期間") + text_at(330, 684, "令和５年度から")
    body += text_at(60, 668, "総事業費") + text_at(140, 668, "12,300千円")
    body += text_at(240, 668, "うち補助金") + text_at(330, 668, "6,150千円")
    assert grids(body) == [
        [
            ["事業名", "公園整備事業", "", ""],
            ["担当課", "都市計画課", "事業期間", "令和５年度から"],
            ["総事業費", "12,300千円", "うち補助金", "6,150千円"],
        ]
    ]


def test_the_words_of_the_header_again_begin_another_table() -> None:
    body = BODY + text_at(60, 622, "２　歳出") + years(606)
    body += figures(588, "民生費", "1", "2", "3", "4") + figures(570, "衛生費", "5", "6", "7", "8")
    assert [len(found) for found in grids(body)] == [4, 3]


def test_one_name_on_top_of_a_header_stands_over_all_of_its_columns() -> None:
    body = text_at(60, 716, "指標①") + text_at(155, 716, "参加者数")
    for x, name in zip(EDGES[2:], ("当初", "１年目", "２年目", "３年目"), strict=True):
        body += right(x - 3, 700, name)
    body += figures(684, "目標値", "10", "12", "14", "16") + figures(
        668, "実績値", "9", "11", "", ""
    )
    found = grids(body)
    assert found[0][:2] == [
        ["指標①", *["参加者数"] * 4],
        ["指標①", "当初", "１年目", "２年目", "３年目"],
    ]


def test_labels_of_many_rows_in_one_cell_are_not_one_label() -> None:
    """Ruled down only, with a step in one rule: all labels stand in one cell left of it."""
    content = across(715) + across(610) + down(LEFT, 715, 610) + down(RIGHT, 715, 610)
    content += "".join(down(x, 715, 610) for x in EDGES[2:-1]) + across(690, 200, RIGHT)
    content += across(655, 250, RIGHT)
    body = years(700)
    for row, label in enumerate(("市税", "諸収入", "市債", "寄附金", "計")):
        body += figures(675 - 16 * row, label, *(f"{row + 1}{k}0" for k in range(4)))
    (grid,) = grids(content + body)
    assert [row[0] for row in grid] == ["区分", "市税", "諸収入", "市債", "寄附金", "計"]
