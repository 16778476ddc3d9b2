"""Aligned columns that make sense are kept; of the readings of other lines the richest wins."""

from __future__ import annotations

import pytest

from kenzan.interpret import flattened
from kenzan.interpret.recovered import Recovery
from kenzan.schemas.document import Cell, Grid, Line


@pytest.fixture
def all_sound(monkeypatch):
    monkeypatch.setattr(flattened, "is_sound", lambda *_, **__: True)


def line(number: int, text: str) -> Line:
    return Line(text, 1, number=number)


def aligned(lines: tuple[Line, ...]) -> Grid:
    cells = tuple(Cell(row, 0, lines=(found,)) for row, found in enumerate(lines))
    return Grid(1, len(lines), 1, cells, origin="aligned", source=lines)


@pytest.mark.parametrize("sound", [True, False])
def test_an_aligned_grid_is_kept_where_it_makes_sense_and_read_again_where_not(monkeypatch, sound):
    lines = (line(2, "a  1"), line(3, "b  2"))
    before, after = line(1, "前"), line(4, "後")
    grid = aligned(lines)
    other = Grid(1, 1, 1, (), origin="recovered")
    monkeypatch.setattr(flattened, "is_sound", lambda found, *_, **__: sound or found is not grid)
    found = [Recovery(other, used=(1, 2))]
    monkeypatch.setattr(
        "kenzan.interpret.linear.recover_tables", lambda lines: found if len(lines) > 2 else []
    )
    monkeypatch.setattr(flattened, "READINGS", ())
    wanted = grid if sound else other
    assert flattened.restore_tables([before, grid, after]) == [before, wanted, after]


def test_a_table_that_contradicts_itself_is_left_as_lines(monkeypatch):
    lines = (line(1, "x"), line(2, "y"))
    nameless = Grid(1, 1, 1, (Cell(0, 0, lines=(line(1, "1,204"),)),), origin="recovered")
    monkeypatch.setattr(flattened, "READINGS", (lambda _: [Recovery(nameless, used=(0, 1))],))
    assert flattened.restore_tables(lines) == list(lines)


def figures(*texts: str) -> Grid:
    cells = tuple(Cell(0, col, lines=(line(1, text),)) for col, text in enumerate(texts))
    return Grid(1, 1, len(cells), cells, origin="recovered")


@pytest.mark.usefixtures("all_sound")
def test_the_reading_that_places_more_figures_wins_the_lines(monkeypatch):
    lines = tuple(line(number, "市税 1,204 13") for number in range(1, 4))
    poor = Recovery(figures("1,204"), used=(0, 1))
    rich = Recovery(figures("1,204", "13"), used=(0, 1))
    monkeypatch.setattr(flattened, "READINGS", (lambda _: [poor], lambda _: [rich]))
    assert flattened.restore_tables(lines) == [rich.grid, lines[2]]


@pytest.mark.usefixtures("all_sound")
def test_a_figure_left_over_weighs_more_than_one_placed(monkeypatch):
    lines = (line(1, "市税 1,204 13"), line(2, "地方税 17 4"))
    all_placed = Recovery(figures("1,204"), used=(0, 1))
    one_left = Recovery(figures("1,204", "13"), (line(2, "4"),), used=(0, 1))
    monkeypatch.setattr(flattened, "READINGS", (lambda _: [one_left], lambda _: [all_placed]))
    assert flattened.restore_tables(lines) == [all_placed.grid]


@pytest.mark.usefixtures("all_sound")
def test_lines_of_aligned_columns_are_kept_from_other_readings(monkeypatch):
    seen = []

    def read(found):
        seen.append([line.text for line in found])
        return [Recovery(figures("1,204"), used=(len(found) - 1,))] if len(found) > 1 else []

    monkeypatch.setattr(flattened, "READINGS", (read,))
    grid = aligned((line(2, "a  1"), line(3, "b  2")))
    before, name, row = line(1, "前"), line(4, "市税"), line(5, "1,204")
    assert flattened.restore_tables([before, grid, name, row]) == [
        before,
        grid,
        name,
        figures("1,204"),
    ]
    assert seen == [["前"], ["市税", "1,204"]]


def test_a_doubtful_cell_is_marked_as_disputed():
    empty = Cell(0, 1)
    grid = Grid(1, 1, 2, (Cell(0, 0), empty), origin="recovered")
    marked = Recovery(grid, doubtful=((0, 1),)).marked_grid()
    assert [cell.disputed for cell in marked.cells] == [False, True]
    assert Recovery(grid).marked_grid() is grid
