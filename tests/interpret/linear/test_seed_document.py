"""The document that started the project, in every form that its text comes in."""

from __future__ import annotations

import csv
from pathlib import Path

import jaconv
import pytest

from kenzan.extract.columns import find_edges, infer_metric
from kenzan.interpret.flattened import restore_tables
from kenzan.interpret.linear import recover_tables
from kenzan.normalize.labels import label_key
from kenzan.schemas.document import Grid, Line

SAMPLES = Path(__file__).parents[3] / "samples"
TEXT = (SAMPLES / "siryo6.txt").read_text("utf-8")
MEASURES = {"target": "目標", "actual": "実績"}


def lines_of(text: str) -> list[Line]:
    metric = infer_metric(text.split("\n"))
    lines = []
    number = 0
    for page, part in enumerate(text.split("\f"), 1):
        for raw in part.split("\n"):
            number += 1
            x0s, x1s = find_edges(raw, metric)
            lines.append(Line(raw, page, number=number, x0s=x0s, x1s=x1s))
    return lines


def cells_by_header(grid: Grid) -> dict[tuple[str, str, str], str]:
    matrix = grid.matrix()

    def text(row: int, col: int) -> str:
        cell = matrix[row][col]
        return label_key("".join(line.text for line in cell.lines)) if cell else ""

    return {
        (text(0, col), text(row, 0), text(1, col)): text(row, col)
        for row in range(2, grid.rows)
        for col in range(1, grid.cols)
    }


def truth() -> dict[tuple[str, str, str], str]:
    with (SAMPLES / "siryo6.observations.csv").open(encoding="utf-8") as file:
        return {
            (label_key(row["indicator"]), label_key(row["period"]), MEASURES[row["measure"]]): (
                label_key(row["value_raw"] + row["delta_raw"])
            )
            for row in csv.DictReader(file)
        }


def full_width(text: str) -> str:
    return "".join(
        chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else "\u3000" if c == " " else c for c in text
    )


def half_width(text: str) -> str:
    return jaconv.z2h(text, kana=True, ascii=True, digit=True)


def stripped(text: str) -> str:
    return "\n".join(line.strip() for line in text.split("\n"))


def without_blank_lines(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if line.strip())


def with_page_break_inside(text: str) -> str:
    broken = text.replace("33個 \n", "\f資料６ \n\n- 2 -\n\n33個 \n")
    assert broken != text
    return broken


SHAPES = {
    "as given": lambda text: text,
    "stripped": stripped,
    "no blank lines": without_blank_lines,
    "no blank lines, stripped": lambda text: without_blank_lines(stripped(text)),
    "half-width": half_width,
    "full-width": full_width,
    "page break inside a table": with_page_break_inside,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_figure_stands_in_its_cell(shape: str) -> None:
    read: dict[tuple[str, str, str], str] = {}
    for recovery in recover_tables(lines_of(SHAPES[shape](TEXT))):
        assert recovery.unplaced == ()
        read |= cells_by_header(recovery.grid)
    assert {key: read.get(key) for key in truth()} == truth()


def test_status_and_reason_stand_at_the_indicator_they_speak_of() -> None:
    first, second, third = recover_tables(lines_of(TEXT))
    a, b, c = (cells_by_header(recovery.grid) for recovery in (first, second, third))

    def spoken_of(cells: dict[tuple[str, str, str], str], row: str) -> list[str]:
        return [
            name
            for (name, label, m), text in cells.items()
            if label == row and m == "目標" and text
        ]

    both = [
        label_key("ブランド化したガラス商品の販売額"),
        label_key("きららガラス未来館の来客数"),
    ]
    assert spoken_of(a, "達成状況") == both
    assert spoken_of(a, "未達理由") == both
    assert spoken_of(b, "達成状況") == spoken_of(b, "未達理由") == [label_key("観光客数")]
    assert len(spoken_of(c, "達成状況")) == len(spoken_of(c, "未達理由")) == 3


def test_everything_else_stays_as_it_is() -> None:
    lines = lines_of(TEXT)
    blocks = restore_tables(lines)
    grids = [block for block in blocks if isinstance(block, Grid)]
    source = [line for grid in grids for line in grid.source]
    rest = [block for block in blocks if isinstance(block, Line)]
    assert [grid.origin for grid in grids] == ["recovered"] * 3
    assert sorted([*source, *rest], key=lambda line: line.number or 0) == lines


def test_cells_know_their_line() -> None:
    grid = recover_tables(lines_of(TEXT))[0].grid
    cell = next(cell for cell in grid.cells if cell.text == "134,280円\n（＋134,280）")
    assert [line.number for line in cell.lines] == [90, 92]
