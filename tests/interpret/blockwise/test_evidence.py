"""What tables of text in columns must agree with before they are believed."""

from __future__ import annotations

from kenzan.interpret.blockwise import recover_tables
from kenzan.interpret.blockwise.changes import hold_changes
from kenzan.interpret.columnwise.entries import read_entries
from kenzan.schemas.document import Line

PEOPLE = (
    "区分\n令和３年度\n令和４年度\n令和５年度\n令和６年度\n\n人口（人）\n45,108\n47,376\n45,294\n44,370\n\n"
    "男（人）\n22,277\n22,749\n21,949\n21,836\n\n女（人）\n22,831\n24,627\n23,345\n22,534\n\n"
    "世帯数（世帯）\n24,041\n24,585\n25,557\n24,874"
)


def read(text: str) -> list[list[str]]:
    lines = [Line(raw, 1, number=n) for n, raw in enumerate(text.split("\n"), 1)]
    return [
        [cell.text if cell else "" for cell in row]
        for recovery in recover_tables(lines)
        for row in recovery.grid.matrix()
    ]


def test_figures_are_never_told_of_another_name_than_the_one_before_them():
    for row in read(PEOPLE):
        if "45,108" in row:
            assert "22,277" not in row or row[0] != "人口（人）"


def entries(*texts: str) -> list:
    return read_entries([Line(text, 1) for text in texts])


def test_changes_are_those_from_a_figure_of_the_row_above():
    figures = entries("55.3", "83.0", "56.0\n(＋0.7)", "86.8\n(＋3.8)")
    assert hold_changes(figures, [(0, 2), (1, 3)])


def test_changes_from_no_figure_above_speak_against_a_table():
    figures = entries("55.3", "83.0", "56.0\n(＋0.7)", "86.8\n(＋3.8)")
    assert not hold_changes(figures, [(0, 3), (0, 3)])


def test_brackets_without_a_sign_are_no_changes():
    figures = entries("55.3", "83.0", "56.0\n(54.1)", "86.8\n(85.0)")
    assert hold_changes(figures, [(0, 2), (1, 3)])
