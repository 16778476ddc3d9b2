"""Lines across a table without rules that head the rows below them: 1 健康で安心なまち."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.extract.aligned_pieces import join_pieces
from kenzan.extract.aligned_texts import begins_with_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.extract.aligned_columns import Columns
    from kenzan.extract.aligned_pieces import Piece, Row

_FLUSH = 1.0
"""Em by which a banner may begin beside the left edge of its table."""
_NEAR = 3
"""Lines after a banner within which there is a row of figures."""
_LARGER = 1.5
"""How much larger than its rows a banner is set at most."""
_MOSTLY = 0.8
"""Share of the labels of rows of figures that have no number where numbers tell banners."""
_FAR = 3.0
"""Em between a banner and what is around it."""


def is_banner(row: Row, below: Sequence[Row], columns: Columns) -> bool:
    """Whether a line heads the rows ``below`` it, of which the first ones are given.

    It begins at the left edge, has no figure, and either reaches into the columns of figures or
    has a number where the next row of figures has one of its own.
    """
    following = next((lower for lower in below[:_NEAR] if lower.is_body), None)
    if following is None or not _may_head(row, columns) or row.em > _LARGER * following.em:
        return False
    if _reaches_in(row.pieces[-1], columns):
        return True
    if not columns.columns[0].numbers_rows:
        return _numbers_alone(row, following, columns)
    return _is_numbered(row) and following.pieces[0].enumerates


def _may_head(row: Row, columns: Columns) -> bool:
    """Whether a line is a name alone, or a number and a name, at the left edge."""
    pieces = row.pieces
    if not 1 <= len(pieces) <= 2 or row.is_aside or row.is_footer or pieces[-1].figure:
        return False
    alone = len(pieces) == 1 or pieces[0].enumerates
    return alone and abs(pieces[0].x0 - columns.columns[0].x0) <= _FLUSH * columns.em


def _numbers_alone(row: Row, following: Row, columns: Columns) -> bool:
    """Whether a line has a number though the labels of rows of figures have none."""
    labels = columns.columns[0].pieces
    plain = sum(not label.is_numbered for label in labels) >= _MOSTLY * len(labels)
    first = following.pieces[0]
    numbered = row.pieces[0].is_numbered or len(row.pieces) > 1
    return numbered and plain and not (first.is_numbered or first.bracketed)


def _is_numbered(row: Row) -> bool:
    first = row.pieces[0]
    return first.enumerates if len(row.pieces) == 2 else begins_with_number(first.text)


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
        near = row.step_to(rows[top]) <= _FAR * max(row.em, rows[top].em)
        if not near or not is_banner(row, rows[top:], columns):
            break
        top -= 1
    above = rows[top - 1] if top > done else None
    return top if above is not None and len(above.pieces) > 1 else start
