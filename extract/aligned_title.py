"""The line on top of a header that names all of its columns: KPI① and what it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.extract.aligned_header import Header, find_header
from kenzan.extract.header_cells import HeaderCell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.extract.aligned_columns import Columns
    from kenzan.extract.aligned_pieces import Row


def find_titled_header(above: Sequence[Row], body: Row, columns: Columns) -> Header:
    """The header over ``body``; one name alone beside that of the labels is over all columns."""
    header = find_header(above, body, columns)
    if header.rows < 2:
        return header
    title, *lower = above[-header.rows :]
    if not _is_title(title, lower, columns):
        return header
    below = find_header(lower, body, columns)
    if below.rows < len(lower):
        return header
    label, name = title.pieces
    for cell in below.cells:
        cell.row += 1
    top = [
        HeaderCell([label], 0, 0, 0, 1 + below.depth),
        HeaderCell([name], 1, len(columns) - 1),
    ]
    return Header(top + below.cells, below.depth + 1, header.rows)


def _is_title(row: Row, lower: Sequence[Row], columns: Columns) -> bool:
    """Whether a line is two pieces, and nothing else in the header stands under the first."""
    if len(row.pieces) != 2 or len(columns) < 3:
        return False
    label, name = row.pieces
    edge = columns.columns[1].x0
    names = [piece for below in lower for piece in below.pieces]
    return label.x1 < min(edge, name.x0) and len(names) > 1 and all(p.x0 > label.x1 for p in names)
