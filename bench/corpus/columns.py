"""Tables made of columns: each column has a path of headings and prints a cell for every row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from bench.corpus.author import Author, Grid, Parts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bench.corpus.model import CellKind, Table

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """``path`` holds the headings over the column, outermost first.

    ``merge`` joins equal neighbours downwards into one cell (施策, 区分); the texts must then
    be plain. ``absorb`` gives the room of an empty cell to the cell on its left. ``vertical``
    sets cells of several rows as one character a line.
    """

    path: tuple[str, ...]
    print: Callable[[Row], Parts | str]
    kind: CellKind = "figure"
    merge: bool = False
    absorb: bool = False
    vertical: bool = False


def set_columns(
    author: Author,
    columns: Sequence[Column[Row]],
    rows: Sequence[Row],
    banner: Callable[[Row], str] | None = None,
    **style: object,
) -> Table:
    """Print the rows under the columns' headings; ``style`` as the fields of ``Table``.

    ``banner`` gives a line over the full width, set wherever its text changes.
    """
    grid = Grid()
    merged = author.draw.chance(0.9)
    depth = grid.put_headers([column.path for column in columns], merged=merged)
    contents = [[column.print(row) for column in columns] for row in rows]
    lines = _put_banners(grid, (depth, len(columns)), list(map(banner, rows)) if banner else [])
    places = lines or [depth + index for index in range(len(rows))]
    for col, column in enumerate(columns):
        for start, stop in _runs([line[col] for line in contents], merge=column.merge):
            if column.absorb and not contents[start][col]:
                continue
            wide = 1 + _absorbed(columns, contents[start], col)
            place, span = (places[start], col), (stop - start, wide)
            upright = column.vertical and stop - start > 1
            grid.put(place, contents[start][col], column.kind, span, vertical=upright)
    author.traits["merged_headers"] = str(merged)
    return grid.table(header_rows=depth, rules=author.rules, **style)


def _put_banners(grid: Grid, frame: tuple[int, int], texts: Sequence[str]) -> list[int]:
    """Set a full-width line before each change of text; returns where each row then stands."""
    row, width = frame
    places: list[int] = []
    for index, text in enumerate(texts):
        if index == 0 or text != texts[index - 1]:
            grid.put((row, 0), text, "label", (1, width))
            row += 1
        places.append(row)
        row += 1
    return places


def _runs(texts: Sequence[object], *, merge: bool) -> list[tuple[int, int]]:
    """Start and end of each cell down a column."""
    runs: list[tuple[int, int]] = []
    for index, text in enumerate(texts):
        if merge and runs and texts[runs[-1][0]] == text:
            runs[-1] = (runs[-1][0], index + 1)
        else:
            runs.append((index, index + 1))
    return runs


def _absorbed(columns: Sequence[Column[Row]], line: Sequence[object], col: int) -> int:
    """How many empty cells to the right of ``col`` its cell takes in."""
    count = 0
    while col + count + 1 < len(columns):
        if not columns[col + count + 1].absorb or line[col + count + 1]:
            break
        count += 1
    return count
