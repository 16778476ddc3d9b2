"""The outline of a label column, told by numbering and by where the labels begin."""

from kenzan.interpret.tables.content import read_content
from kenzan.interpret.tables.outline import Entry, rank_labels
from kenzan.interpret.tables.view import Spot
from kenzan.interpret.words.label import read_label
from kenzan.schemas.document import Cell, Line
from kenzan.schemas.geometry import Box

SIZE, WIDTH = 10.0, 60.0


def entry(text: str, left: float, row: int) -> Entry:
    """A label whose first letter stands ``left`` points from its cell's edge."""
    x0s = [left + k * SIZE for k in range(len(text))]
    x1s = [x + SIZE for x in x0s]
    top = row * 20.0
    printed = Line(text, 1, Box(left, top, x1s[-1], top + SIZE), None, x0s, x1s, SIZE)
    cell = Cell(row, 0, lines=(printed,), box=Box(0.0, top, WIDTH, top + 20))
    return Entry(read_label(text), Spot(cell, read_content(text), row, 0, 1, 1, 1))


def centred(text: str, row: int) -> Entry:
    return entry(text, (WIDTH - len(text) * SIZE) / 2, row)


def test_indented_labels_are_parts_of_the_one_above() -> None:
    run = [entry("事業費", 2, 0), entry("国費", 12, 1), entry("県費", 12, 2), entry("人件費", 2, 3)]
    assert rank_labels(run) == [0, 1, 1, 0]


def test_labels_in_the_middle_of_narrow_cells_are_all_of_one_level() -> None:
    run = [
        centred(text, k) for k, text in enumerate(["国庫支出金", "県支出金", "その他", "一般財源"])
    ]
    assert rank_labels(run) == [0, 0, 0, 0]
