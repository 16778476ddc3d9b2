"""The header of a table without rules: lines above it that fit its columns.

It is put together from below: the lowest line is parted between the columns, and every piece
above it either goes on a name below it or is the name of a group of those below.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from kenzan.extract.aligned_groups import stack_names
from kenzan.extract.aligned_pieces import (
    CHAINED,
    Piece,
    Row,
    cut_rows,
    height_of,
    join_pieces,
    join_spread,
    split_piece,
)
from kenzan.extract.aligned_texts import is_whole_period
from kenzan.extract.header_cells import HeaderCell, add_named_columns, set_rowspans
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.extract.aligned_columns import Column, Columns

_MOST_LINES = 10
_FAR = 3.0
"""Em between two lines of a header, and between it and the table."""
_AIRY, _FARTHEST = 1.25, 5.0
"""Steps of an airy table between it and its header, and the em that this may be."""
_FAR_ALONE = 2.2
"""The same where a line holds nothing but one name."""
LARGER = 1.15
"""How much larger than the table a title is set."""
_WRAPPED = 1.75
"""Em between two lines of one wrapped name, at most."""
_SAME_EDGE = 0.4
"""Em within which two lines of one wrapped name share an edge or their middle."""
_LABEL, _NAMES = 30, 3
"""Em by which a label may stand left of the columns, in a line of several names."""
_NEAR_RIVER = 0.5
"""Em by which the white between two names may miss the white between their columns."""
_NEAR_NAMES = 0.3
"""Em by which names of neighbouring groups may reach into each other."""
_HEADING = re.compile(
    r"第?[0-9０-９一二三四五六七八九十]+[章節条項款.．、]?|[（(].{1,3}[)）]|[①-⑳■●◆◇○◎▼【]"
)
_LAST_LETTER = re.compile(r"[\u3040-\u30ff\u3400-\u9fff][(（].{1,12}[)）]")
_MOST_PIECES = 60
_LETTERS = 3
"""Letters from which on a name is one in spaced letters."""
_BULLETS = "・･●○◆◇■□▪※"


@dataclass(slots=True)
class Header:
    """Cells of ``depth`` levels, made of the last ``rows`` rows above the table."""

    cells: list[HeaderCell]
    depth: int
    rows: int


def find_header(above: Sequence[Row], body: Row, columns: Columns) -> Header:
    """The header over ``body``; adds columns to ``columns`` that stand over no figure."""
    chosen = _header_rows(above, body, columns)
    if not chosen:
        return Header([], 0, 0)
    rows = cut_rows([line for row in chosen for line in row.lines])
    for row in rows:
        row.pieces = _join_letters(row.pieces, columns)
    add_named_columns((row.pieces for row in rows), columns)
    _add_label(rows, columns)
    tops = _leaf_cells(rows[-1], columns)
    cells = list(tops)
    for names in _join_beside(_join_wrapped(rows[:-1], columns), columns.em)[::-1]:
        tops = stack_names(names, tops, cells, columns)
    return Header(cells, _set_rows(cells), len(chosen))


def _join_letters(pieces: Sequence[Piece], columns: Columns) -> list[Piece]:
    """Names of two letters at the edges of their column, a bracket behind them: 実  績（R3）."""
    joined: list[Piece] = []
    for piece in pieces:
        first = joined[-1] if joined else None
        if first is not None and first.lone and _LAST_LETTER.fullmatch(piece.text):
            left, right = (columns.span(p.x0, p.x1) for p in (first, piece))
            if left == right or not columns.meets(piece.x0, piece.x1):
                joined[-1] = join_pieces(first, piece)
                continue
        joined.append(piece)
    return joined


def _header_rows(above: Sequence[Row], body: Row, columns: Columns) -> list[Row]:
    rows: list[Row] = []
    below = body
    for row in above[: -_MOST_LINES - 1 : -1]:
        reach = _FAR if len(row.pieces) > 1 else _FAR_ALONE
        reach *= max(row.em, below.em)
        if len(row.pieces) > 1:
            reach = max(reach, min(_AIRY * columns.step, _FARTHEST * row.em))
        if row.step_to(below) > reach or not _fits(row, columns) or row.em > LARGER * body.em:
            break
        rows.insert(0, row)
        below = row
    # Lone pieces on top are titles and headings, unless they name a group of columns.
    while rows and len(rows[0].pieces) == 1 and not _names_group(rows, columns):
        rows.pop(0)
    return rows if any(len(row.pieces) > 1 for row in rows) else []


def _names_group(rows: Sequence[Row], columns: Columns) -> bool:
    """Whether the lone piece on top stands over several pieces of a lower line."""
    piece = rows[0].pieces[0]
    if columns.span(piece.x0, piece.x1)[0] == 0:
        return False
    step = rows[0].step_to(rows[1]) if len(rows) > 1 else 0.0
    below = [other for row in rows[1:] for other in row.pieces]
    near = [other for other in below if other.x0 < piece.x1 and other.x1 > piece.x0]
    return bool(near) and (len(near) > 1 or step <= _WRAPPED * rows[0].em)


def _fits(row: Row, columns: Columns) -> bool:
    if not row.pieces or row.is_aside or any(p.text[0] in _BULLETS for p in row.pieces):
        return False
    if row.is_body and not _counts_years(row):
        return False
    left, right = columns.columns[0].x0, columns.columns[-1].x1
    flush = row.pieces[0].x0 <= left + 2 * row.em
    if len(row.pieces) == 2 and flush and _HEADING.fullmatch(row.pieces[0].text):
        return False
    reach = _LABEL if len(row.pieces) >= _NAMES else 4
    if any(p.x1 < left - reach * row.em or p.x0 > right + 8 * row.em for p in row.pieces):
        return False
    if len(row.pieces) > 1:
        return len(row.pieces) <= _MOST_PIECES
    first, last = columns.span(row.pieces[0].x0, row.pieces[0].x1)
    return first > 0 or last == 0


def _counts_years(row: Row) -> bool:
    """Whether the figures of a line may be names of columns: 28 29 30, of one digit or two."""
    figures = [piece for piece in row.pieces if piece.figure and piece.has_digit]
    plain = [int(piece.text) for piece in figures if piece.text.isdecimal()]
    return len(plain) == len(figures) and all(b - a in {1, 1 - a} for a, b in pairwise(plain))


def _join_wrapped(rows: Sequence[Row], columns: Columns) -> list[list[HeaderCell]]:
    """The names of each upper line; what goes on a name further up is put with it."""
    lines: list[list[HeaderCell]] = []
    names: list[HeaderCell] = []
    for row in rows:
        pieces = join_spread(_cut_at_rivers(row.pieces, columns))
        fresh: list[HeaderCell] = []
        for piece in pieces:
            home = _wrapped_home(piece, pieces, names, row)
            if home is None:
                fresh.append(HeaderCell([piece], *columns.span(piece.x0, piece.x1)))
            else:
                home.pieces.append(piece)
        lines.append(fresh)
        names += fresh
    return lines


def _join_beside(lines: Sequence[list[HeaderCell]], em: float) -> list[list[HeaderCell]]:
    """Names at half height beside wrapped ones are one level with them."""
    joined: list[list[HeaderCell]] = []
    for names in lines:
        if joined and names and _stand_beside(joined[-1], names, em):
            joined[-1] = sorted([*joined[-1], *names], key=lambda name: name.x0)
        elif names:
            joined.append(names)
    return joined


def _stand_beside(upper: Sequence[HeaderCell], lower: Sequence[HeaderCell], em: float) -> bool:
    """Whether no name is under another, and the first lines are too close to be two lines."""
    step = min(name.top for name in lower) - max(name.top for name in upper)
    slack = _NEAR_NAMES * em
    return step < CHAINED * em and not any(
        name.x0 < other.x1 - slack and name.x1 > other.x0 + slack
        for name in lower
        for other in upper
    )


def _wrapped_home(
    piece: Piece, line: Sequence[Piece], names: Sequence[HeaderCell], row: Row
) -> HeaderCell | None:
    """The name above that a piece goes on: it shares its edge or middle, alone below it."""
    for name in reversed(names):
        if name.x0 >= piece.x1 or name.x1 <= piece.x0:
            continue
        step = row.y - height_of(name.pieces[-1].line)
        flush = abs(piece.x0 - name.x0) <= _SAME_EDGE * row.em
        centered = abs(piece.middle - name.middle) <= _SAME_EDGE * row.em
        alone = sum(other.x0 < name.x1 and other.x1 > name.x0 for other in line) == 1
        fits = alone and (flush or centered) and piece.x1 <= name.x1 + row.em
        if is_whole_period(name.text) and not piece.bracketed:
            return None  # What stands below a year is a name of its own.
        return name if fits and step <= _WRAPPED * row.em else None
    return None


def _add_label(rows: Sequence[Row], columns: Columns) -> None:
    """A column for what stands left of all columns: the label of all rows, set at their top."""
    edge = columns.columns[0].x0 - columns.em
    beside = [piece for row in rows for piece in row.pieces if piece.x1 < edge]
    if beside:
        columns.add(min(p.x0 for p in beside), max(p.x1 for p in beside))


def _leaf_cells(row: Row, columns: Columns) -> list[HeaderCell]:
    """The lowest line, parted between the columns where its own gaps are widest.

    A name is often wider than the figures below it, so that its letters stand in the white
    between two columns of figures.
    """
    pieces, first = _cut_at_rivers(row.pieces, columns), 0
    if _are_one_each(pieces, columns):
        return [HeaderCell([piece], index, index) for index, piece in enumerate(pieces)]
    cells: list[HeaderCell] = []
    for index, (left, right) in enumerate(pairwise(columns.columns)):
        cut = _widest_gap(pieces, left.x1, right.x0)
        if cut is None:
            cut = _widest_gap(pieces, left.x1 - columns.em, right.x0 + columns.em)
        if cut is None:
            continue
        if cut:
            cells.append(HeaderCell([join_pieces(pieces[0], pieces[cut - 1])], first, index))
        pieces, first = pieces[cut:], index + 1
    if pieces:
        last = len(columns) - 1
        cells.append(HeaderCell([join_pieces(pieces[0], pieces[-1])], first, last))
    return cells


def _are_one_each(names: Sequence[Piece], columns: Columns) -> bool:
    """Whether there are as many names as columns, and none stands over a neighbour of its own."""
    if len(names) != len(columns):
        return False
    return all(
        _shared(name, column) >= max(_shared(name, other) for other in columns.columns)
        for name, column in zip(names, columns.columns, strict=True)
    )


def _shared(name: Piece, column: Column) -> float:
    return max(min(name.x1, column.x1) - max(name.x0, column.x0), 0.0)


def _cut_at_rivers(pieces: Sequence[Piece], columns: Columns) -> list[Piece]:
    """Names that stand close together, parted where their columns part."""
    slack = _NEAR_RIVER * columns.em
    cut: list[Piece] = []
    for piece in pieces:
        rest = piece
        for left, right in pairwise(columns.columns):
            if rest.x0 < left.x1 and rest.x1 > right.x0:
                parts = split_piece(rest, left.x1 - slack, right.x0 + slack, columns.em)
                if parts is not None and not _is_spread_out(rest):
                    cut.append(parts[0])
                    rest = parts[1]
        cut.append(rest)
    return cut


def _is_spread_out(piece: Piece) -> bool:
    """Whether it is one name in spaced letters (達　成　値); two letters may be two names."""
    return piece.is_spread and len(piece.text.split()) >= _LETTERS


def _widest_gap(pieces: Sequence[Piece], start: float, end: float) -> int | None:
    """How many pieces stand before the gap that has most in common with start…end."""
    edges = [float("-inf"), *(piece.x1 for piece in pieces)]
    starts = [*(piece.x0 for piece in pieces), float("inf")]
    widest: tuple[float, int] | None = None
    for index, (left, right) in enumerate(zip(edges, starts, strict=True)):
        shared = min(right, end) - max(left, start)
        if shared > 0 and (widest is None or shared > widest[0]):
            widest = (shared, index)
    return None if widest is None else widest[1]


def _set_rows(cells: list[HeaderCell]) -> int:
    """Set every cell's place in the header; returns how many levels there are."""
    by_column: dict[int, list[HeaderCell]] = {}
    for cell in sorted(cells, key=lambda cell: (cell.first - cell.last, cell.top)):
        for col in range(cell.first, cell.last + 1):
            by_column.setdefault(col, []).append(cell)
    for chain in by_column.values():
        for upper, lower in pairwise(chain):
            lower.row = max(lower.row, upper.row + 1)
    return set_rowspans(cells, by_column)
