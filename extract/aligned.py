"""Tables without rules: columns found by what stands under each other.

Figures decide: a table is a run of lines in which figures stand in columns. Lines above it that
fit its columns are its header. Prose has no wide gaps and stays what it is.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from kenzan.extract.aligned_banners import find_first_banner, is_banner
from kenzan.extract.aligned_columns import Columns, fit_columns
from kenzan.extract.aligned_forms import find_form
from kenzan.extract.aligned_grid import build_grid
from kenzan.extract.aligned_header import LARGER
from kenzan.extract.aligned_pieces import Row, level_rows, may_be_body
from kenzan.extract.aligned_rulings import NO_RULINGS, Rulings
from kenzan.extract.aligned_title import find_titled_header

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.schemas.document import Grid, Line

_FAR = 5.0
"""Em between two lines of one table."""
_SET_OFF = 1.35
"""How much wider than between rows the gap before the header of another table is."""
_SKIPPED = 8
"""Lines without figures in a row that may stand between two rows of figures."""
_HEADS, _SAME = 3, 0.7
"""Names in a line that heads another table like the one before, and the share they have alike."""
_WRAPPED = 1.75
"""Em between two lines of one wrapped text, at most."""


def find_aligned_grids(lines: Sequence[Line], rulings: Rulings = NO_RULINGS) -> list[Line | Grid]:
    """The lines, with those that form a table replaced by a grid of origin ``aligned``.

    ``rulings`` are rules that part rows. The grid keeps its lines in ``source``.
    """
    if not any(map(may_be_body, lines)):
        return list(lines)
    rows = level_rows(lines)
    blocks: list[Line | Grid] = []
    done = start = 0
    while start < len(rows):
        found = None
        if rows[start].is_body:
            found = _find_table(rows, start, done, rulings) or _find_form(rows, start, done)
        if found is None:
            start += 1
            continue
        plain, grid, done = found
        blocks += [*plain, grid]
        start = done
    return blocks + _lines_of(rows[done:])


def _lines_of(rows: Sequence[Row]) -> list[Line]:
    return [line for row in rows for line in row.lines]


def _find_table(
    rows: list[Row], start: int, done: int, rulings: Rulings
) -> tuple[list[Line], Grid, int] | None:
    """The table whose first row of figures is ``start``, the lines before it, and its end."""
    stop, columns = _grow(rows, start)
    if columns is None:
        return None
    start = _wrapped_above(rows, start, done, columns)
    start = find_first_banner(rows, start, done, columns)
    stop = _wrapped_below(rows, stop, columns)
    header = find_titled_header(rows[done:start], rows[start], columns)
    if not columns.is_table(has_header=header.depth > 0):
        return None
    head = start - header.rows
    grid = build_grid(header, rows[head:start], rows[start:stop], columns, rulings)
    return _lines_of(rows[done:head]), grid, stop


def _find_form(rows: list[Row], start: int, done: int) -> tuple[list[Line], Grid, int] | None:
    """The labels and values around a row of figures, the lines before them, and their end."""
    form = find_form(rows, start, done)
    if form is None:
        return None
    first, stop, grid = form
    return _lines_of(rows[done:first]), grid, stop


def _grow(rows: list[Row], start: int) -> tuple[int, Columns | None]:
    """Take in rows from ``start`` on while they fit into common columns."""
    body = [rows[start]]
    columns = fit_columns(body)
    stop = last = start + 1
    while stop < len(rows) and stop - last <= _SKIPPED:
        row = rows[stop]
        if rows[stop - 1].step_to(row) > _FAR * max(row.em, rows[stop - 1].em):
            break
        if _recut(row, columns).is_body:
            if columns is None or not columns.covers(row):
                wider = fit_columns([*body, row])
                if wider is None or (columns is not None and not wider.extends(columns)):
                    break
                columns = wider
            body.append(row)
            last = stop + 1
        elif columns is not None and is_banner(row, rows[stop + 1 :], columns):
            pass
        elif (
            columns is None
            or _begins_another(row, rows[stop - 1], body, columns)
            or _is_over_header(rows[stop : stop + 2], columns)
            or _says_again(row, rows[max(start - _SKIPPED, 0) : start])
        ):
            break
        stop += 1
    # Rows that the columns cover are taken in without measuring anew; that is done once here.
    if columns is not None and columns.rows < len(body):
        columns = fit_columns(body) or columns
    return last, columns


def _recut(row: Row, columns: Columns | None) -> Row:
    """The row with its pieces parted where the columns part, if that is at a gap."""
    if columns is None or not row.pieces or row.is_aside:
        return row
    pieces = [placed.piece for placed in columns.place(row)]
    return replace(row, pieces=pieces) if len(pieces) > len(row.pieces) else row


def _begins_another(row: Row, above: Row, body: list[Row], columns: Columns) -> bool:
    """Whether a line without figures ends the table: it does not fit, or heads the next one."""
    if not columns.takes(row) or row.is_aside or row.is_footer or row.em > LARGER * body[0].em:
        return True
    if _names_periods(row):
        return True
    steps = [lower.y - upper.y for upper, lower in pairwise(body)]
    usual = max(steps, default=row.em * 2)
    return len(row.pieces) > 1 and row.y - above.y > _SET_OFF * usual


def _names_periods(row: Row) -> bool:
    """Whether a line has years where figures stand: all that follows its label, or several."""
    years = sum(piece.names_period for piece in row.pieces[1:])
    others = len(row.pieces) - 1 - years
    return years > 0 and (not others or years > 1) and not any(p.figure for p in row.pieces)


def _is_over_header(rows: Sequence[Row], columns: Columns) -> bool:
    """Whether a line is the title of another table: alone, over names of columns of figures."""
    if len(rows) < 2 or len(rows[0].pieces) != 1 or len(rows[1].pieces) < 2:
        return False
    title, names = rows[0].pieces[0], rows[1].pieces
    if columns.span(title.x0, title.x1)[0] or any(piece.has_digit for piece in names[:1]):
        return False
    return not any(piece.figure for piece in names) and any(
        columns.columns[columns.span(piece.x0, piece.x1)[0]].figures for piece in names[1:]
    )


def _says_again(row: Row, above: list[Row]) -> bool:
    """Whether a line has the words of the header again: it is the header of another table."""
    if len(row.pieces) < _HEADS:
        return False
    words = {piece.text for upper in above for piece in upper.pieces}
    return sum(piece.text in words for piece in row.pieces) >= _SAME * len(row.pieces)


def _wrapped_above(rows: list[Row], start: int, done: int, columns: Columns) -> int:
    """Back over lines that begin a label which goes on in the first row of figures."""
    while start > done:
        above = rows[start - 1]
        if not (_goes_on(above, rows[start], columns) or _recut(above, columns).is_body):
            break
        start -= 1
    return start


def _wrapped_below(rows: list[Row], stop: int, columns: Columns) -> int:
    """On over lines that end a text of the last row of figures."""
    while stop < len(rows) and _goes_on(rows[stop], rows[stop - 1], columns):
        if _is_over_header(rows[stop : stop + 2], columns):
            break
        stop += 1
    return stop


def _goes_on(row: Row, beside: Row, columns: Columns) -> bool:
    """Whether a line carries nothing but parts of texts of the line next to it."""
    upper, lower = (row, beside) if row.y < beside.y else (beside, row)
    if row.is_body or not row.pieces or upper.step_to(lower) > _WRAPPED * row.em:
        return False
    if not columns.takes(row) or row.is_aside:
        return False
    placed, others = columns.place(row), columns.place(beside)
    if any(columns.columns[p.first].figures and not p.piece.figure for p in placed):
        return False
    return abs(row.y - beside.y) < row.em or all(
        p.piece.bracketed
        or any(o.first == p.first and abs(o.piece.x0 - p.piece.x0) < 0.5 * row.em for o in others)
        for p in placed
    )
