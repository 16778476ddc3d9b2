"""Boxes that hold a table without ruling it: found by what stands in their cells.

A table may have nothing but its outline drawn, a rule below its header or a few rules across.
Such rules make a lattice whose cells are rows or the whole of the table, with figures side by
side in one cell. What is in it is then read as a table without rules, by itself.
"""

from __future__ import annotations

from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

import numpy as np

from kenzan.extract.aligned_columns import fit_columns
from kenzan.extract.aligned_pieces import height_of, level_rows, may_be_body
from kenzan.extract.geometry_lines import read_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kenzan.extract.aligned_pieces import Row
    from kenzan.extract.boxes import Ints
    from kenzan.extract.content import Chars
    from kenzan.extract.geometry_grids import Lattice
    from kenzan.extract.geometry_lines import Lines
    from kenzan.schemas.document import Line

_ROWS = 2
"""Lines that carry several figures or a label and a figure in one cell, at least."""
_SHARE = 0.5
"""Their share of the lines that carry a figure."""
_FEW = 2
"""Edges of a lattice of one column."""
_DIVIDED = 2
"""Columns that stand in a column of the lattice, at least on average."""
_LABELS, _APART = 4, 1.5
"""Lines of a cell that may be the labels of rows, and the em between two of them: wrapped text
stands closer."""
_MOST_LABELLED = 0.5
"""Share of the rows of a cell that have a label in it, more than a wrapped one would."""
_OPENING = "(（〔["


def is_open(lattice: Lattice, first: int, lines: Lines) -> bool:
    """Whether the cells of a lattice (its areas from ``first`` on) hold columns of a table."""
    if _leaves_labels_undivided(lattice, first, lines):
        return True
    found = list(_lines_of(lattice, first, lines))
    narrow = len(lattice.xs) <= _FEW
    if not narrow and not any(" " in line.text for line in found):
        return False
    counted = [line for line in found if may_be_body(line)]
    wide = sum(" " in line.text for line in counted)
    if not narrow and (len(counted) < _ROWS or wide < _SHARE * len(counted)):
        return False
    rows = level_rows(found if narrow else counted)
    rows = [row for row in rows if any(p.figure for p in row.pieces)]
    tabular = [row for row in rows if _is_tabular(row)]
    if not tabular or len(tabular) < max(1 if narrow else _ROWS, _SHARE * len(rows)):
        return False
    if narrow:
        return True
    columns = fit_columns([row for row in rows if row.is_body] or rows)
    return columns is not None and len(columns) >= _DIVIDED * (len(lattice.xs) - 1)


def _leaves_labels_undivided(lattice: Lattice, first: int, lines: Lines) -> bool:
    """Whether one cell holds the labels of many rows, that only the columns beside it part.

    Labels stand at the left; at the right a cell over many rows holds notes.
    """
    for index, span in enumerate(lattice.spans):
        if span.col:
            continue
        labels = [line for line in lines.get(first + index, ()) if len(line.text) > 1]
        if span.rowspan < 2 or len(labels) < _LABELS:
            continue
        heights = [height_of(line) for line in labels]
        rows = set(np.searchsorted(lattice.ys, heights).tolist())
        steps = [lower - upper for upper, lower in pairwise(heights)]
        apart = median(steps) > _APART * median(line.size or 10.0 for line in labels)
        if apart and len(rows) > _MOST_LABELLED * span.rowspan:
            return True
    return False


def _lines_of(lattice: Lattice, first: int, lines: Lines) -> Iterator[Line]:
    for index in range(len(lattice.spans)):
        yield from lines.get(first + index, ())


def _is_tabular(row: Row) -> bool:
    """Whether a line holds a figure beside something else that is not its change in brackets."""
    pieces = [piece for piece in row.pieces if piece.text[0] not in _OPENING]
    return any(piece.figure for piece in pieces[1:])


def read_open(lattice: Lattice, first: int, chars: Chars, areas: Ints, page: int) -> list[Line]:
    """The lines within a lattice, read through its rows but not through its columns."""
    inside = (areas >= first) & (areas < first + len(lattice.spans))
    strips = np.array([span.col * len(lattice.xs) + span.colspan for span in lattice.spans])
    lines = read_lines(chars.take(inside), strips[areas[inside] - first], page)
    return [line for found in lines.values() for line in found]
