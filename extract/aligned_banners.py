"""Lines across a table without rules that head the rows below them: 1 健康で安心なまち."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.extract.aligned_pieces import join_pieces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.extract.aligned_columns import Columns
    from kenzan.extract.aligned_pieces import Piece, Row

_FLUSH = 1.0
"""Em by which a banner may begin beside the left edge of its table."""
_NEAR = 3
"""Lines after a banner within which there is a row of figures."""
_FAR = 3.0
"""Line pitches between a banner and what is around it."""


def is_banner(row: Row, below: Sequence[Row], columns: Columns) -> bool:
    """Whether a line heads the rows ``below`` it, of which the first ones are given.

    It begins at the left edge, has no figure, and either reaches into the columns of figures or
    has a number where the next row of figures has one of its own.
    """
    pieces = row.pieces
    if not 1 <= len(pieces) <= 2 or row.is_aside or row.is_footer:
        return False
    if len(pieces) == 2 and not pieces[0].enumerates:
        return False
    if pieces[-1].figure or abs(pieces[0].x0 - columns.columns[0].x0) > _FLUSH * columns.em:
        return False
    following = next((lower for lower in below[:_NEAR] if lower.is_body), None)
    if following is None or row.em > 1.5 * following.em:
        return False
    numbers = columns.columns[0].numbers_rows
    if numbers and not following.pieces[0].enumerates:
        return False
    return _reaches_in(pieces[-1], columns) or (numbers and _is_numbered(row))


def _is_numbered(row: Row) -> bool:
    first = row.pieces[0]
    return first.enumerates if len(row.pieces) == 2 else first.is_numbered


def _reaches_in(piece: Piece, columns: Columns) -> bool:
    """Whether a piece begins before the figures and goes on well into their first column."""
    first = next((column for column in columns.columns if column.figures), None)
    if first is None or piece.x0 >= first.x0 - columns.em:
        return False
    return piece.x1 > first.x0 + columns.em


def to_whole(row: Row) -> Piece:
    """All of a banner as one piece."""
    first, last = row.pieces[0], row.pieces[-1]
    return first if first is last or first.line is not last.line else join_pieces(first, last)


def find_first_banner(rows: Sequence[Row], start: int, done: int, columns: Columns) -> int:
    """Back over the banners between the first row of figures and a header of several names."""
    top = start
    while top > done:
        row = rows[top - 1]
        near = row.step_to(rows[top]) <= _FAR * max(row.pitch, rows[top].pitch)
        if not near or not is_banner(row, rows[top:], columns):
            break
        top -= 1
    above = rows[top - 1] if top > done else None
    return top if above is not None and len(above.pieces) > 1 else start
