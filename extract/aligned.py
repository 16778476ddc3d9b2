"""Tables without rules: columns found by what stands under each other.

Figures decide: a table is a run of lines in which figures stand in columns. Lines above it that
fit its columns are its header. Prose has no wide gaps and stays what it is.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from kenzan.extract.aligned_columns import Columns, fit_columns
from kenzan.extract.aligned_grid import build_grid
from kenzan.extract.aligned_header import find_header
from kenzan.extract.aligned_pieces import Row, Unit, cut_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.schemas.document import Grid, Line

_FAR = 4.0
"""Line heights between two rows of one table."""
_SET_OFF = 1.35
"""How much wider than between rows the gap before the header of another table is."""
_SKIPPED = 8
"""Lines without figures in a row that may stand between two rows of figures."""


def find_aligned_grids(lines: Sequence[Line], unit: Unit) -> list[Line | Grid]:
    """The lines, with those that form a table replaced by a grid of origin ``aligned``.

    ``unit`` says what the edges of the characters count: points of a page or half-width columns
    of a text. The grid keeps its lines in ``source``.
    """
    rows = cut_rows(lines, unit)
    blocks: list[Line | Grid] = []
    done = 0
    start = 0
    while start < len(rows):
        if not rows[start].is_body:
            start += 1
            continue
        found = _find_table(rows, start, done, unit)
        if found is None:
            start += 1
            continue
        first, stop, grid = found
        blocks += [row.line for row in rows[done:first]]
        blocks.append(grid)
        done = start = stop
    return blocks + [row.line for row in rows[done:]]


def _find_table(rows: list[Row], start: int, done: int, unit: Unit) -> tuple[int, int, Grid] | None:
    """The table whose first row of figures is ``start``: its first line, its end, the grid."""
    stop, columns = _grow(rows, start, unit)
    if columns is None:
        return None
    above = rows[done:start]
    header = find_header(above, rows[start], columns)
    if not columns.is_table(len(header.levels)):
        return None
    head = above[len(above) - header.lines :]
    return start - header.lines, stop, build_grid(header, head, rows[start:stop], columns)


def _grow(rows: list[Row], start: int, unit: Unit) -> tuple[int, Columns | None]:
    """Take in rows from ``start`` on while they fit into common columns."""
    body = [rows[start]]
    columns = fit_columns(body, unit)
    stop = last = start + 1
    while stop < len(rows) and stop - last <= _SKIPPED:
        row = rows[stop]
        if row.y - rows[stop - 1].y > _FAR * max(row.height, rows[stop - 1].height):
            break
        if row.is_body:
            wider = fit_columns([*body, row], unit)
            if wider is None or (columns is not None and not wider.extends(columns)):
                break
            body.append(row)
            columns = wider
            last = stop + 1
        elif columns is None or _begins_another(row, rows[stop - 1], body, columns):
            break
        stop += 1
    return last, columns


def _begins_another(row: Row, above: Row, body: list[Row], columns: Columns) -> bool:
    """Whether a line without figures ends the table: it does not fit, or heads the next one."""
    if not columns.takes(row) or "単位" in row.line.text:
        return True
    steps = [lower.y - upper.y for upper, lower in pairwise(body)]
    usual = max(steps, default=row.height * 2)
    return len(row.pieces) > 1 and row.y - above.y > _SET_OFF * usual
