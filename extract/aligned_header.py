"""The header of a table without rules: lines above it that fit its columns.

It is put together from below: the lowest line is parted between the columns, and every piece
above it either goes on a name below it or is the name of a group of those below.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from kenzan.extract.aligned_pieces import (
    Piece,
    Row,
    Unit,
    cut_rows,
    height_of,
    join_pieces,
    join_spread,
    split_piece,
)
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.extract.aligned_columns import Columns

_MOST_LINES = 10
_FAR = 3.0
"""Line pitches between two lines of a header, and between it and the table."""
_FAR_ALONE = 2.2
"""The same where a line holds nothing but one name."""
_LARGER = 1.15
"""How much larger than the table a title is set."""
_WRAPPED = 1.75
"""Line pitches between two lines of one wrapped name, at most."""
_OWN_STEP, _REPEATED_STEP = 1.6, 1.45
"""Em between a name and the one below it from which on they are two levels."""
_SET_APART = 1.08
"""How much wider than between the lines of a name the step to another level is."""
_SAME_EDGE = 0.4
"""Em within which two lines of one wrapped name share an edge or their middle."""
_LEFT_OUT = 1.0
"""Em of shift between a group's name and its columns that is as bad as leaving a column out."""
_NEAR_RIVER = 0.5
"""Em by which the white between two names may miss the white between their columns."""
_OFF_MIDDLE = 0.15
"""Share of a group's width by which its name may be off its middle."""
_RAGGED = 0.5
"""Share of the white right of a name set flush left that counts against it."""
_HEADING = re.compile(
    r"第?[0-9０-９一二三四五六七八九十]+[章節条項款.．、]?|[（(].{1,3}[)）]|[①-⑳■●◆◇○◎▼【]"
)
_MOST_PIECES = 60


@dataclass(slots=True)
class HeaderCell:
    """Pieces one below the other, over the columns ``first`` to ``last``.

    ``row`` and ``rowspan`` are its place in the header, once all of it is known.
    """

    pieces: list[Piece]
    first: int
    last: int
    row: int = 0
    rowspan: int = 1

    @property
    def x0(self) -> float:
        """Left edge."""
        return min(piece.x0 for piece in self.pieces)

    @property
    def x1(self) -> float:
        """Right edge."""
        return max(piece.x1 for piece in self.pieces)

    @property
    def middle(self) -> float:
        """Half way between the edges."""
        return (self.x0 + self.x1) / 2


@dataclass(slots=True)
class Header:
    """Cells of ``depth`` levels, made of the last ``rows`` rows above the table."""

    cells: list[HeaderCell]
    depth: int
    rows: int


def find_header(above: Sequence[Row], body: Row, columns: Columns, unit: Unit) -> Header:
    """The header over ``body``; adds columns to ``columns`` that stand over no figure."""
    chosen = _header_rows(above, body, columns)
    if not chosen:
        return Header([], 0, 0)
    rows = cut_rows([line for row in chosen for line in row.lines], unit)
    _add_columns(rows, columns)
    tops = _leaf_cells(rows[-1], columns)
    cells = list(tops)
    for names in _join_wrapped(rows[:-1], columns)[::-1]:
        tops = _stack(names, tops, cells, columns)
    return Header(cells, _set_rows(cells), len(chosen))


def _header_rows(above: Sequence[Row], body: Row, columns: Columns) -> list[Row]:
    rows: list[Row] = []
    below = body
    for row in above[: -_MOST_LINES - 1 : -1]:
        reach = _FAR if len(row.pieces) > 1 else _FAR_ALONE
        far = row.step_to(below) > reach * max(row.pitch, below.pitch)
        if far or not _fits(row, columns) or row.em > _LARGER * body.em:
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
    return bool(near) and (len(near) > 1 or step <= _WRAPPED * rows[0].pitch)


def _fits(row: Row, columns: Columns) -> bool:
    if not row.pieces or row.is_aside:
        return False
    left, right = columns.columns[0].x0, columns.columns[-1].x1
    if len(row.pieces) == 2 and _HEADING.fullmatch(row.pieces[0].text):
        return False
    if any(p.x1 < left - 4 * row.em or p.x0 > right + 8 * row.em for p in row.pieces):
        return False
    if len(row.pieces) > 1:
        return len(row.pieces) <= _MOST_PIECES
    first, last = columns.span(row.pieces[0].x0, row.pieces[0].x1)
    return first > 0 or last == 0


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
        return name if fits and step <= _WRAPPED * row.pitch else None
    return None


def _add_columns(rows: Sequence[Row], columns: Columns) -> None:
    """Columns for names that have no figures below them at all."""
    for row in rows:
        names = [piece for piece in row.pieces if len(piece.text) > 1]
        if len(names) <= len(columns):
            continue
        homes = [columns.span(name.x0, name.x1) for name in names]
        for index, (name, home) in enumerate(zip(names, homes, strict=True)):
            free = not any(name.x0 < c.x1 and name.x1 > c.x0 for c in columns.columns)
            if free and home in homes[:index] + homes[index + 1 :]:
                columns.add(name.x0, name.x1)


def _leaf_cells(row: Row, columns: Columns) -> list[HeaderCell]:
    """The lowest line, parted between the columns where its own gaps are widest.

    A name is often wider than the figures below it, so that its letters stand in the white
    between two columns of figures.
    """
    cells: list[HeaderCell] = []
    pieces, first = _cut_at_rivers(row.pieces, columns), 0
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


def _cut_at_rivers(pieces: Sequence[Piece], columns: Columns) -> list[Piece]:
    """Names that stand close together, parted where their columns part."""
    slack = _NEAR_RIVER * columns.em
    cut: list[Piece] = []
    for piece in pieces:
        rest = piece
        for left, right in pairwise(columns.columns):
            if rest.x0 < left.x1 and rest.x1 > right.x0:
                parts = split_piece(rest, left.x1 - slack, right.x0 + slack, columns.em)
                if parts is not None:
                    cut.append(parts[0])
                    rest = parts[1]
        cut.append(rest)
    return cut


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


def _stack(
    names: list[HeaderCell], tops: list[HeaderCell], cells: list[HeaderCell], columns: Columns
) -> list[HeaderCell]:
    """Put one more line on top; returns what is now uppermost over each column."""
    covered: set[int] = set()
    fresh: list[HeaderCell] = []
    for name, group in zip(names, _share_out(names, tops, columns), strict=True):
        if group is None:
            free = _free_columns(name, [*tops, *fresh])
            if free is not None:
                name.first, name.last = free
                fresh.append(name)
                cells.append(name)
            continue
        low, high = group
        if low == high and not _is_own_level(name, tops[low], tops, columns.em):
            tops[low].pieces[:0] = name.pieces
            continue
        name.first, name.last = tops[low].first, tops[high].last
        covered |= set(range(low, high + 1))
        fresh.append(name)
        cells.append(name)
    tops = [cell for index, cell in enumerate(tops) if index not in covered]
    return sorted([*tops, *fresh], key=lambda cell: cell.first)


def _is_own_level(name: HeaderCell, top: HeaderCell, tops: Sequence[HeaderCell], em: float) -> bool:
    """Whether a name over a single one is a level of its own rather than its first line.

    It is where there is more white between the two than between lines of one text, or where the
    names below are the same few again and again (目標, 実績).
    """
    lower = min(top.pieces, key=lambda piece: height_of(piece.line))
    step = height_of(lower.line) - max(height_of(piece.line) for piece in name.pieces)
    words = ["".join(piece.text for piece in cell.pieces) for cell in tops]
    word = "".join(piece.text for piece in top.pieces)
    repeated = len(word) > 1 and words.count(word) > 1
    if lower.line.box is None:
        return repeated
    own = sorted({height_of(piece.line) for piece in name.pieces})
    if repeated and len(own) > 1:
        return step > _SET_APART * max(after - before for before, after in pairwise(own))
    return step > (_REPEATED_STEP if repeated else _OWN_STEP) * em


def _free_columns(name: HeaderCell, others: list[HeaderCell]) -> tuple[int, int] | None:
    """The columns of a name that no other cell is over."""
    taken = {col for cell in others for col in range(cell.first, cell.last + 1)}
    free = [col for col in range(name.first, name.last + 1) if col not in taken]
    return (free[0], free[-1]) if free and free[-1] - free[0] == len(free) - 1 else None


def _share_out(
    names: list[HeaderCell], tops: list[HeaderCell], columns: Columns
) -> list[tuple[int, int] | None]:
    """For each name the first and last of the cells below that it stands over.

    The cheapest way to share out the lower cells in order: what counts is how far a name is from
    the middle of its group, and how many lower cells stay without one.
    """
    em = columns.em
    even = _share_evenly(names, tops, columns)
    if even is not None:
        return even

    alone = [_free_columns(name, tops) is not None for name in names]

    @cache
    def best(i: int, j: int) -> tuple[float, tuple[tuple[int, int] | None, ...]]:
        if i == len(names):
            return _LEFT_OUT * em * (len(tops) - j), ()
        cost, rest = best(i + 1, j)
        choice = (cost + (0.0 if alone[i] else 20 * em), (None, *rest))
        if alone[i]:
            return choice
        for k in range(j, len(tops)):
            for end in range(k, len(tops)):
                cost, rest = best(i + 1, end + 1)
                cost += _LEFT_OUT * em * (k - j) + _shift(names[i], tops[k], tops[end], columns)
                if cost < choice[0]:
                    choice = (cost, ((k, end), *rest))
                if columns.columns[tops[end].last].x0 > names[i].x1 + 40 * em:
                    break
        return choice

    return list(best(0, 0)[1])


def _share_evenly(
    names: list[HeaderCell], tops: list[HeaderCell], columns: Columns
) -> list[tuple[int, int] | None] | None:
    """Groups of one size for all names, where each name fits into its group."""
    inner = [index for index, cell in enumerate(tops) if cell.first > 0]
    if len(names) < 2 or len(inner) % len(names) or len(inner) < 2 * len(names):
        return None
    size = len(inner) // len(names)
    groups = [(inner[i * size], inner[i * size + size - 1]) for i in range(len(names))]
    slack = 2 * columns.em
    for name, (low, high) in zip(names, groups, strict=True):
        left, right = _extent(tops[low], tops[high], columns)
        if name.x0 < left - slack or name.x1 > right + slack:
            return None
        off = abs(name.middle - (left + right) / 2)
        if min(off, abs(name.x0 - left)) > max(slack, _OFF_MIDDLE * (right - left)):
            return None
    return list(groups)


def _extent(first: HeaderCell, last: HeaderCell, columns: Columns) -> tuple[float, float]:
    left = min(first.x0, columns.columns[first.first].x0)
    return left, max(last.x1, columns.columns[last.last].x1)


def _shift(name: HeaderCell, first: HeaderCell, last: HeaderCell, columns: Columns) -> float:
    """How badly a name fits over a group: off its middle (or left edge), or over its neighbours."""
    cols = columns.columns
    low, high = first.first, last.last
    left, right = _extent(first, last, columns)
    centered = min(
        abs(name.middle - (left + right) / 2),
        abs(name.middle - (first.x0 + last.x1) / 2),
        abs(name.middle - (cols[low].x0 + cols[high].x1) / 2),
    )
    flush = abs(name.x0 - left) + _RAGGED * max(right - name.x1, 0.0)
    over = max(cols[low - 1].x1 - name.x0, 0.0) if low else 0.0
    if high + 1 < len(cols):
        over += max(name.x1 - cols[high + 1].x0, 0.0)
    return min(centered, flush) + over


def _set_rows(cells: list[HeaderCell]) -> int:
    """Set every cell's place in the header; returns how many levels there are."""
    by_column: dict[int, list[HeaderCell]] = {}
    for cell in sorted(cells, key=lambda cell: cell.first - cell.last):
        for col in range(cell.first, cell.last + 1):
            by_column.setdefault(col, []).append(cell)
    for chain in by_column.values():
        for upper, lower in pairwise(chain):
            lower.row = max(lower.row, upper.row + 1)
    depth = 1 + max(cell.row for cell in cells)
    for cell in cells:
        below = [
            other.row
            for col in range(cell.first, cell.last + 1)
            for other in by_column[col]
            if other.row > cell.row
        ]
        cell.rowspan = min(below, default=depth) - cell.row
    return depth
