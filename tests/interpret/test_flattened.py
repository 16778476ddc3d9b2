"""Two readings of the same lines: the flattened-table search first, aligned columns otherwise."""

from __future__ import annotations

from kenzan.interpret import flattened
from kenzan.schemas.document import Cell, Grid, Line


def line(number: int, text: str) -> Line:
    return Line(text, 1, number=number)


def aligned(lines: tuple[Line, ...]) -> Grid:
    cells = tuple(Cell(row, 0, lines=(found,)) for row, found in enumerate(lines))
    return Grid(1, len(lines), 1, cells, origin="aligned", source=lines)


def test_an_aligned_grid_stays_where_nothing_better_is_found(monkeypatch):
    lines = (line(2, "a  1"), line(3, "b  2"))
    before, after = line(1, "前"), line(4, "後")
    monkeypatch.setattr("kenzan.interpret.linear.recover_grids", list)
    grid = aligned(lines)
    assert flattened.restore_tables([before, grid, after]) == [before, grid, after]


def test_a_recovered_table_takes_the_place_of_the_aligned_one(monkeypatch):
    lines = (line(2, "a  1"), line(3, "b  2"), line(4, "c  3"))
    better = Grid(1, 1, 1, (), origin="recovered")
    monkeypatch.setattr(
        "kenzan.interpret.linear.recover_grids", lambda blocks: [better, blocks[-1]]
    )
    assert flattened.restore_tables([aligned(lines)]) == [better, lines[-1]]
