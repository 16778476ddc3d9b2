"""Tables that the end of a page cuts: headers at its foot, rows alone on the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pdf_bytes import line_at, make_pdf, text_at

from kenzan.extract.options import ReadOptions
from kenzan.extract.pdf import read_pdf
from kenzan.schemas.document import Grid

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kenzan.schemas.document import Document

Placed = tuple[float, float, str]
NAMES = [(20, "指標"), (150, "R3"), (220, "R4"), (290, "R5")]


def read(*pages: Iterable[Placed], media: tuple[int, int, int, int] = (0, 0, 595, 842)) -> Document:
    height = media[3]
    contents = ["".join(text_at(x, height - y, text) for x, y, text in page) for page in pages]
    return read_pdf(make_pdf(*contents, media=media), name="x", options=ReadOptions())


def texts(document: Document, page: int) -> list[list[list[str]]]:
    grids = [block for block in document.pages[page - 1].blocks if isinstance(block, Grid)]
    return [[[cell.text if cell else "" for cell in row] for row in g.matrix()] for g in grids]


def plain(document: Document, page: int) -> list[str]:
    blocks = document.pages[page - 1].blocks
    return [block.text for block in blocks if not isinstance(block, Grid)]


def body(y: float, first: int = 1, count: int = 3, x: float = 0) -> list[Placed]:
    return [
        item
        for row in range(first, first + count)
        for item in [
            (20 + x, y + 16 * (row - first), f"指標の名{row}"),
            *((at + x, y + 16 * (row - first), f"{row},{at}") for at in (145, 215, 285)),
        ]
    ]


def header(y: float, x: float = 0) -> list[Placed]:
    return [(at + x, y, text) for at, text in NAMES]


def test_a_header_at_the_foot_is_put_over_the_rows_on_the_next_page() -> None:
    foot = [(20, 780, "成果指標一覧"), *header(800), (290, 830, "- 1 -")]
    document = read(foot, [*body(40), (290, 830, "- 2 -")])
    (grid,) = texts(document, 2)
    assert grid[0] == ["指標", "R3", "R4", "R5"]
    assert grid[1] == ["指標の名1", "1,145", "1,215", "1,285"]
    assert plain(document, 1) == ["成果指標一覧", "- 1 -"]
    table = next(block for block in document.pages[1].blocks if isinstance(block, Grid))
    assert [line.page for line in table.source[:2]] == [1, 2]


def test_a_banner_at_the_foot_goes_with_the_header() -> None:
    foot = [*header(790), (20, 806, "1 健康で安心して暮らせるまちをつくる"), (290, 830, "- 1 -")]
    document = read(foot, body(40))
    (grid,) = texts(document, 2)
    assert [row[0] for row in grid[:3]] == [
        "指標",
        "1 健康で安心して暮らせるまちをつくる",
        "指標の名1",
    ]


def test_prose_at_the_foot_is_no_header() -> None:
    foot = [(20, 790, "次の表は各指標の推移です。"), (20, 806, "担当 企画課"), (290, 830, "1")]
    document = read(foot, body(40))
    assert len(plain(document, 1)) == 3
    assert texts(document, 2)[0][0][0] == "指標の名1"


def test_a_row_alone_on_the_next_page_goes_on_in_the_columns_of_the_table() -> None:
    first = [*header(700), *body(720, count=6)]
    document = read(first, [*body(40, first=7, count=1), (20, 80, "以上のとおり報告する。")])
    above = next(block for block in document.pages[0].blocks if isinstance(block, Grid))
    below = next(block for block in document.pages[1].blocks if isinstance(block, Grid))
    assert [cell.text for cell in below.cells] == ["指標の名7", "7,145", "7,215", "7,285"]
    assert [cell.box.x0 for cell in below.cells if cell.box] == [
        cell.box.x0 for cell in above.cells if cell.row == 1 and cell.box
    ]


def test_figures_that_do_not_stand_in_the_columns_stay_lines() -> None:
    first = [*header(700), *body(720, count=6)]
    stray = [(20, 40, "問い合わせ"), (180, 40, "12,345")]
    document = read(first, [*stray, (20, 80, "以上のとおり報告する。")])
    assert not texts(document, 2)


def test_pages_side_by_side_on_one_sheet() -> None:
    prose = [
        (
            30.0,
            60.0 + 14 * i,
            f"各指標の推移と今後の取組の方向を次の表に示しますのでご確認{i}",
        )
        for i in range(12)
    ]
    left = [*prose, *header(560)]
    document = read([*left, *body(60, count=12, x=421)], media=(0, 0, 842, 595))
    (grid,) = texts(document, 1)
    assert grid[0] == ["指標", "R3", "R4", "R5"]
    assert len(grid) == 13


def edges(document: Document, page: int) -> list[float]:
    table = next(b for b in document.pages[page - 1].blocks if isinstance(b, Grid))
    return [cell.box.x0 for cell in table.cells if cell.row == table.rows - 1 and cell.box]


def test_columns_are_kept_over_pages_without_a_header() -> None:
    sparse = [item for item in body(40, first=14, count=5) if item[0] != 215]
    document = read([*header(700), *body(720, count=6)], body(40, first=7, count=7), sparse)
    assert edges(document, 3) == edges(document, 2) == edges(document, 1)
    assert [row[2] for row in texts(document, 3)[0]] == [""] * 5


def test_the_end_of_a_label_before_the_first_row_of_a_page() -> None:
    first = [*header(700), *body(720, count=6)]
    document = read(first, [(20, 40, "（人）"), *body(80, first=7, count=5)])
    assert plain(document, 2) == ["（人）"]
    assert edges(document, 2) == edges(document, 1)


def test_two_pages_on_a_sheet_whose_rows_stand_at_the_same_heights() -> None:
    pages = [[*header(40, x=x), *body(60, count=12, x=x)] for x in (0, 421)]
    document = read([*pages[0], *pages[1]], media=(0, 0, 842, 595))
    assert [len(grid[0]) for grid in texts(document, 1)] == [4, 4]


def test_the_right_page_of_a_sheet_goes_on_with_the_left_one_and_the_next_sheet_with_it() -> None:
    numbers = [(200, 560, "- 1 -"), (621, 560, "- 2 -")]
    sheet = [*header(40), *body(60, count=12), *body(60, first=13, count=12, x=421), *numbers]
    second = [item for item in body(60, first=25, count=8) if item[0] != 145]
    document = read(sheet, second, media=(0, 0, 842, 595))
    left, right = (block for block in document.pages[0].blocks if isinstance(block, Grid))
    shifted = [cell.box.x0 - 421 for cell in right.cells if cell.row == 0 and cell.box]
    assert shifted == pytest.approx(edges(document, 1), abs=0.1)
    assert edges(document, 2) == pytest.approx(edges(document, 1), abs=0.1)
    assert left.cols == right.cols == 4


def test_the_last_page_on_a_sheet_may_be_nearly_empty() -> None:
    numbers = [(200, 560, "- 1 -"), (621, 560, "- 2 -")]
    sheet = [*header(40), *body(60, count=12), *header(40, x=441), *body(60, 13, 2, x=441)]
    document = read([*sheet, *numbers], media=(0, 0, 842, 595))
    assert [len(grid) for grid in texts(document, 1)] == [13, 3]
    assert plain(document, 1) == ["- 1 -", "- 2 -"]


def test_a_header_of_two_lines_that_comes_again_on_the_right_page() -> None:
    def head(x: float, y: float) -> list[Placed]:
        years = [(145 + x, y, "R3年度"), (215 + x, y, "R4年度"), (285 + x, y, "R5年度")]
        return [*years, *((at + x, y + 14, "実績") for at in (150, 220, 290))]

    left = [(20, 30, "成果指標一覧"), *head(0, 60), *body(92, count=12)]
    document = read([*left, *head(421, 30), *body(62, 13, 9, x=421)], media=(0, 0, 842, 595))
    assert [len(grid[0]) for grid in texts(document, 1)] == [4, 4]


def test_a_table_with_a_wide_gap_at_the_middle_of_a_sheet_stays_one() -> None:
    """Its head and foot on the right are not those on the left."""
    names = [(20, 40, "指標"), *((at, 40, f"令和{at % 7}年度") for at in (150, 480, 560, 640, 720))]
    rows = [
        item
        for row in range(12)
        for item in [
            (20, 60 + 16 * row, f"指標の名{row}"),
            *((at, 60 + 16 * row, f"{row},{at}") for at in (150, 480, 560, 640, 720)),
        ]
    ]
    document = read([*names, *rows, (400, 560, "- 1 -")], media=(0, 0, 842, 595))
    assert [len(grid[0]) for grid in texts(document, 1)] == [6]


def test_a_heading_between_upright_rules() -> None:
    """Ruled downwards alone: the heading over all columns shows by the rules ending there."""
    xs, stretches = (40, 160, 240, 320), ((700, 780), (600, 684))
    content = "".join(line_at(40, y, 320, y) for y in (780, 760, 600))
    content += line_at(40, 600, 40, 780) + line_at(320, 600, 320, 780)
    content += "".join(line_at(x, low, x, high) for x in xs[1:-1] for low, high in stretches)
    content += "".join(
        text_at(x + 5, 766, text) for x, text in zip(xs, ("指標", "R4", "R5"), strict=False)
    )
    for top, names in ((748, ("あか", "いき", "うく")), (672, ("かさ", "きし", "くす"))):
        for row, name in enumerate(names):
            y = top - 16 * row
            content += text_at(45, y, name) + text_at(200, y, f"1,{row}00")
            content += text_at(280, y, f"2,{row}00")
    content += text_at(45, 688, "2 学びと文化を育むまち")
    document = read_pdf(make_pdf(content), name="x", options=ReadOptions())
    (grid,) = texts(document, 1)
    assert [row[0] for row in grid] == [
        "指標",
        "あか",
        "いき",
        "うく",
        "2 学びと文化を育むまち",
        "かさ",
        "きし",
        "くす",
    ]
    assert grid[5] == ["かさ", "1,000", "2,000"]
