"""Rows whose words come again and again: which of them a label stands for, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pdf_bytes import make_pdf, text_at

from kenzan.extract.aligned_cycles import find_period
from kenzan.extract.options import ReadOptions
from kenzan.extract.pdf import read_pdf
from kenzan.schemas.document import Grid

if TYPE_CHECKING:
    from collections.abc import Iterable

STEP = -14
TOP = 760
Label = tuple[float, str]
"""The row at which a label stands (half ones are between two rows), and its text."""


def spans_of(words: Iterable[str], labels: Iterable[Label]) -> list[tuple[str, int, int]]:
    """Every label of a table with a header: text, first row below the header, rows spanned."""
    content = text_at(40, TOP, "指標") + text_at(150, TOP, "区分")
    content += text_at(250, TOP, "Ｒ３") + text_at(330, TOP, "Ｒ４")
    for row, word in enumerate(words, start=1):
        y = TOP + row * STEP
        content += text_at(150, y, word)
        content += text_at(250, y, f"{row}1.5") + text_at(330, y, f"{row}2.5")
    for at, text in labels:
        content += text_at(40, TOP + (at + 1) * STEP, text)
    document = read_pdf(make_pdf(content), name="x", options=ReadOptions())
    (grid,) = (block for block in document.blocks() if isinstance(block, Grid))
    return [
        (cell.text.replace("\n", ""), cell.row - 1, cell.rowspan)
        for cell in grid.cells
        if cell.col == 0 and cell.row and cell.text
    ]


THREE = ("目標値", "実績値", "達成率")


@pytest.mark.parametrize(
    ("words", "period"),
    [
        (THREE * 3, 3),
        ((*THREE, "目標値", "実績値"), 3),
        (("達成率", *THREE * 2, "目標値"), 3),
        ((*THREE, "目標値"), 0),
        ((*THREE, "目標値", "達成率", "実績値"), 0),
        (("目標値", "目標値", "目標値", "目標値"), 0),
        (("目標値", "", "目標値", ""), 0),
        ((), 0),
    ],
)
def test_periods(words: tuple[str, ...], period: int) -> None:
    assert find_period(words) == period


def test_a_page_cuts_the_last_run() -> None:
    labels = [(1, "出生数"), (4, "来場者数"), (7, "加入率")]
    assert spans_of([*THREE * 2, *THREE[:2]], labels) == [
        ("出生数", 0, 3),
        ("来場者数", 3, 3),
        ("加入率", 6, 2),
    ]


def test_a_page_cuts_the_first_run_with_labels_midway() -> None:
    labels = [(2, "出生数"), (5, "来場者数"), (7, "加入率")]
    assert spans_of(["達成率", *THREE * 2, "目標値"], labels) == [
        ("出生数", 1, 3),
        ("来場者数", 4, 3),
        ("加入率", 7, 1),
    ]


def test_a_page_cuts_the_first_run_with_labels_at_the_top() -> None:
    labels = [(2, "出生数"), (5, "来場者数")]
    assert spans_of(["実績値", "達成率", *THREE * 2], labels) == [
        ("出生数", 2, 3),
        ("来場者数", 5, 3),
    ]


def test_wrapped_labels_and_their_units_in_brackets_are_one() -> None:
    labels = [(0, "市を訪れた観光の"), (1, "客数"), (2, "出生数"), (3, "（人）"), (4, "加入率")]
    assert spans_of(["目標値", "実績値"] * 3, [*labels, (5, "（％）")]) == [
        ("市を訪れた観光の客数", 0, 2),
        ("出生数（人）", 2, 2),
        ("加入率（％）", 4, 2),
    ]


def test_rows_with_a_label_each_stay_apart() -> None:
    labels = list(enumerate(["図書館の数", "利用率", "公民館の数", "充足率"]))
    assert [span for _, _, span in spans_of(["館", "％"] * 2, labels)] == [1, 1, 1, 1]


def test_words_right_of_a_label_that_fills_its_column_are_a_column() -> None:
    """The white between them is narrower than between other columns."""
    content = text_at(29.8, TOP, "指標") + text_at(112, TOP, "区分") + text_at(250, TOP, "Ｒ３")
    labels = ["", "市を訪れる人の数", "", "", "出生数", ""]
    for row, (word, label) in enumerate(zip(THREE * 2, labels, strict=True), start=1):
        y = TOP + row * STEP
        content += text_at(112, y, word) + text_at(250, y, f"{row}1.5")
        content += text_at(29.8, y, label) if label else ""
    document = read_pdf(make_pdf(content), name="x", options=ReadOptions())
    (grid,) = (block for block in document.blocks() if isinstance(block, Grid))
    assert [cell.text for cell in grid.cells if cell.col == 1] == ["区分", *THREE * 2]


def test_rows_of_negative_figures_beside_a_label_between_them_are_two() -> None:
    content = text_at(40, TOP, "指標") + text_at(150, TOP, "区分") + text_at(250, TOP, "Ｒ３")
    for row, sign in enumerate(("", "", "△", "△", "", ""), start=1):
        y = TOP + row * STEP * 0.75
        content += text_at(150, y, THREE[(row - 1) % 2]) + text_at(250, y, f"{sign}{row}15")
        content += text_at(40, y + STEP * 0.375, f"指標{row}") if row % 2 else ""
    document = read_pdf(make_pdf(content), name="x", options=ReadOptions())
    (grid,) = (block for block in document.blocks() if isinstance(block, Grid))
    assert [cell.text for cell in grid.cells if cell.col == 2][1:] == [
        *("115", "215", "△315", "△415", "515", "615")
    ]
