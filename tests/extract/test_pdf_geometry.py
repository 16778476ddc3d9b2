"""Merged cells, stacked rows, nested tables, the order of blocks, columns of a page."""

from __future__ import annotations

import pytest
from pdf_bytes import line_at, make_pdf, ruled, table_at, text_at

from kenzan.extract.options import ReadOptions
from kenzan.extract.pdf import read_pdf
from kenzan.schemas.document import Document, Grid

ENGINES = ("pdfium", "pdfplumber")
SIDEWAYS = (0, 0, 842, 595)


def read(data: bytes, backend: str = "pdfium") -> Document:
    return read_pdf(data, name="x.pdf", options=ReadOptions(backend=backend))


def spans(grid: Grid) -> dict[str, tuple[int, int, int, int]]:
    return {c.text: (c.row, c.col, c.rowspan, c.colspan) for c in grid.cells if c.text}


def rows(grid: Grid) -> list[list[str]]:
    return [[cell.text if cell else "" for cell in row] for row in grid.matrix()]


def outline(document: Document) -> list[str]:
    """The blocks in order; a table by its first text."""
    return [
        next(c.text for c in block.cells if c.text) if isinstance(block, Grid) else block.text
        for block in document.blocks()
    ]


@pytest.mark.parametrize("backend", ENGINES)
def test_merged_header_and_label(backend: str) -> None:
    xs = (50, 110, 170, 230, 290)
    rules = ruled((50, 290), (800, 720)) + line_at(110, 720, 110, 800)
    rules += line_at(110, 780, 290, 780) + line_at(50, 760, 290, 760) + line_at(110, 740, 290, 740)
    rules += line_at(170, 720, 170, 780) + line_at(230, 720, 230, 780)
    texts = text_at(55, 765, "区分") + text_at(170, 786, "令和３年度")
    for col, name in enumerate(("目標", "実績", "率")):
        texts += text_at(xs[col + 1] + 3, 766, name)
    texts += text_at(55, 735, "人口") + text_at(115, 746, "10") + text_at(115, 726, "20")
    (grid,) = read(make_pdf(rules + texts), backend).blocks()
    assert (grid.rows, grid.cols) == (4, 4)
    found = spans(grid)
    assert found["区分"] == (0, 0, 2, 1)
    assert found["令和３年度"] == (0, 1, 1, 3)
    assert found["人口"] == (2, 0, 2, 1)
    assert found["20"] == (3, 1, 1, 1)


def test_every_position_has_exactly_one_cell() -> None:
    # A rule that ends in the middle of a row leaves an area that is no rectangle.
    rules = (
        ruled((50, 150, 250), (800, 740)) + line_at(50, 770, 150, 770) + line_at(150, 760, 200, 760)
    )
    (grid,) = [
        b for b in read(make_pdf(rules + text_at(60, 780, "市"))).blocks() if isinstance(b, Grid)
    ]
    covered = [
        (row, col)
        for c in grid.cells
        for row in range(c.row, c.row + c.rowspan)
        for col in range(c.col, c.col + c.colspan)
    ]
    assert sorted(covered) == [(r, c) for r in range(grid.rows) for c in range(grid.cols)]


@pytest.mark.parametrize("backend", ENGINES)
def test_rows_stacked_in_one_tall_cell(backend: str) -> None:
    rules = ruled((50, 150, 250, 350), (800, 780, 700))
    texts = "".join(
        text_at(55 + 100 * i, 786, t) for i, t in enumerate(("区分", "本年度", "前年度"))
    )
    for i, (name, now, then) in enumerate(
        (("土地", "1,017", "1,012"), ("家屋", "1,244", "1,205"), ("償却資産", "507", ""))
    ):
        y = 765 - 20 * i
        texts += (
            text_at(55, y, name) + text_at(155, y, now) + (text_at(255, y, then) if then else "")
        )
    (grid,) = read(make_pdf(rules + texts), backend).blocks()
    assert rows(grid) == [
        ["区分", "本年度", "前年度"],
        ["土地", "1,017", "1,012"],
        ["家屋", "1,244", "1,205"],
        ["償却資産", "507", ""],
    ]


@pytest.mark.parametrize("change", ["(+65)", "（－274）", "△50", "+1.2"])
def test_a_value_with_its_change_below_is_one_cell(change: str) -> None:
    rules = ruled((50, 150, 250, 350), (800, 760))
    texts = text_at(55, 786, "Ｒ２") + text_at(55, 770, "年度")
    texts += "".join(text_at(x, 786, "10人") + text_at(x, 770, change) for x in (155, 255))
    (grid,) = read(make_pdf(rules + texts)).blocks()
    assert grid.rows == 1
    assert rows(grid)[0][1] == f"10人\n{change}"


def test_a_wrapped_label_beside_two_figures_is_not_cut() -> None:
    rules = ruled((50, 100, 200, 300), (800, 760))
    texts = text_at(52, 786, "普通交付") + text_at(52, 770, "税")
    texts += "".join(text_at(x, 786, "10") + text_at(x, 770, "20") for x in (105, 205))
    (grid,) = read(make_pdf(rules + texts)).blocks()
    assert grid.rows == 1


@pytest.mark.parametrize("backend", ENGINES)
def test_nested_table_keeps_its_own_cells(backend: str) -> None:
    outer = table_at((50, 200, 400), (800, 700), (("備考", ""),))
    inner = table_at((220, 280, 340), (790, 770, 750), (("６月", "1.25"), ("12月", "1.35")))
    found = [b for b in read(make_pdf(outer + inner), backend).blocks() if isinstance(b, Grid)]
    assert [rows(grid) for grid in found] == [
        [["備考", ""]],
        [["６月", "1.25"], ["12月", "1.35"]],
    ]


@pytest.mark.parametrize("backend", ENGINES)
def test_heading_table_note_in_order(backend: str) -> None:
    table = table_at((50, 150, 250), (700, 680, 660), (("表", "金額"), ("市税", "1")))
    content = text_at(50, 640, "※ 注") + table + text_at(50, 710, "１ 歳入")
    assert outline(read(make_pdf(content), backend)) == ["１ 歳入", "表", "※ 注"]


@pytest.mark.parametrize("backend", ENGINES)
def test_tables_side_by_side_with_their_own_headings(backend: str) -> None:
    ys = (500, 480, 460)
    left = table_at((50, 150, 250), ys, (("歳入表", "金額"), ("市税", "1")))
    right = table_at((450, 550, 650), ys, (("歳出表", "金額"), ("民生費", "2")))
    heads = (
        text_at(300, 560, "予算の概要") + text_at(450, 506, "２ 歳出") + text_at(50, 506, "１ 歳入")
    )
    note = text_at(50, 420, "※ 表の下の注はページの幅いっぱいに書かれることもある" * 2)
    content = heads + left + right + note
    found = outline(read(make_pdf(content, media=SIDEWAYS), backend))
    assert found[:-1] == ["予算の概要", "１ 歳入", "歳入表", "２ 歳出", "歳出表"]


@pytest.mark.parametrize("backend", ENGINES)
def test_two_pages_on_one_sheet_are_read_left_then_right(backend: str) -> None:
    content = ""
    for row in range(12):
        content += text_at(40, 520 - 30 * row, f"左の頁の文を書いた行{row}です")
        content += text_at(470, 512 - 27 * row, f"右の頁の文を書いた行{row}です")
    found = outline(read(make_pdf(content, media=SIDEWAYS), backend))
    assert [text[0] for text in found] == ["左"] * 12 + ["右"] * 12


def test_label_and_figure_columns_are_not_two_pages() -> None:
    content = "".join(
        text_at(100, 520 - 25 * row, name) + text_at(560, 520 - 25 * row, f"{row + 1},000")
        for row, name in enumerate(
            ("市税", "地方譲与税", "配当割交付金", "地方交付税", "市債", "繰入金", "諸収入")
        )
    )
    (grid,) = read(make_pdf(content, media=SIDEWAYS)).blocks()
    assert rows(grid)[0] == ["市税", "1,000"]
    assert grid.rows == 7


def test_figures_of_one_line_beside_a_table_stay_apart_from_it() -> None:
    table = table_at((200, 300, 400), (700, 680, 660), (("表", "金額"), ("市税", "1")))
    content = text_at(50, 685, "左の注") + table + text_at(420, 685, "右の注")
    assert outline(read(make_pdf(content))) == ["左の注", "表", "右の注"]


def test_place_of_a_part_of_a_line() -> None:
    (line,) = read(make_pdf(text_at(50, 700, "計1,234円"))).blocks()
    start = line.text.index("1")
    box = line.place_of(start, start + 5).box
    assert (box.x0, box.x1) == pytest.approx((60, 85), abs=1.0)
