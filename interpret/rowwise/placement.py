"""Rows with fewer figures than columns: where the empty cells were.

A row that fills every column of figures has one place only. A baseline that one cell gives for
all rows of an indicator is told by all rows but its first lacking just that figure. Of any other
row those figures are placed that differences, rates and totals tell the columns of.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from kenzan.interpret.rowwise.conflicts import find_measure
from kenzan.interpret.tables.content import read_content
from kenzan.interpret.ties import Column, Tie, find_ties, place_row
from kenzan.interpret.words.label import read_label
from kenzan.interpret.words.lexicon import funding_parents, funding_words, label_key

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from kenzan.interpret.rowwise.heads import Header, Leaf
    from kenzan.interpret.rowwise.pieces import Piece
    from kenzan.interpret.rowwise.records import Record

_FEWEST_SHARED = 2
_LEAST_SHARED = 80
"""Percent of the rows that must be full, those below the first of an indicator without it."""


Places = tuple[int | None, ...] | None
"""The column of each piece of a row, ``None`` where it is open; the whole if nothing is told."""


def place_figures(records: Sequence[Record], header: Header) -> list[Places]:
    """The column of each piece of each row; banners have none."""
    if find_shared_baseline(records, header) is not None:
        return [_place(record, header, shared=True) for record in records]
    placed = [_place(record, header, shared=False) for record in records]
    if all(places is not None for places in placed):
        return placed
    ties = find_header_ties(records, header)
    to_come = _find_years_to_come(records, header)
    for k, record in enumerate(records):
        if placed[k] is None:
            places = range(_count(record, header.kinds)) if k in to_come else None
            placed[k] = _move(record, header, places or _find_tied(record, header, ties))
    return placed


def _find_years_to_come(records: Sequence[Record], header: Header) -> frozenset[int]:
    """The rows of actuals that lack the last years only: those that nobody knows yet.

    All rows of actuals must lack as many years, and no row of targets any.
    """
    years = [_find_year(leaf) for leaf in header.figure_leaves]
    if not all(a and b and a < b for a, b in pairwise(years)):
        return frozenset()
    rows: dict[str, list[int]] = {}
    for k, record in enumerate(records):
        if record.has_figures(header.kinds):
            rows.setdefault(label_measure(record, header.kinds), []).append(k)
    counts = {
        measure: {_count(records[k], header.kinds) for k in found}
        for measure, found in rows.items()
    }
    actuals = rows.get("actual", [])
    if rows.keys() != {"target", "actual"} or counts["target"] != {header.figures}:
        return frozenset()
    return frozenset(actuals if len(actuals) > 1 and len(counts["actual"]) == 1 else ())


def _find_year(leaf: Leaf) -> int | None:
    """The fiscal year that the labels over a column name, if they name one."""
    found = (read_label(head.piece.text).period for head in leaf.path)
    return next((p.fiscal_year for p in found if p is not None and p.fiscal_year), None)


def label_measure(record: Record, kinds: str) -> str:
    """The measure that the label of a row names; empty if it names none."""
    if record.banner:
        return ""
    pieces = zip(record.pieces, record.columns, strict=True)
    labels = [read_label(piece.text) for piece, col in pieces if kinds[col] == "l"]
    named = [label.measure.measure for label in labels if label.measure is not None]
    return named[-1] if named else ""


def find_header_ties(records: Sequence[Record], header: Header) -> list[Tie]:
    """What the columns of figures must be to each other."""
    columns = [_describe(header, col) for col, kind in enumerate(header.kinds) if kind == "f"]
    rows = [values for record in records if (values := _values(record, header.kinds))]
    return find_ties(columns, rows)


def _describe(header: Header, col: int) -> Column:
    words = [label_key(head.piece.text) for head in header.leaves[col].path]
    source = words[-1] in funding_words() and not funding_parents().isdisjoint(words[:-1])
    return Column(find_measure(header, col), source)


def _values(record: Record, kinds: str) -> tuple[Decimal | None, ...]:
    """The figures of a row, without the changes in brackets behind them."""
    return tuple(amount_of(record.pieces[k]) for k in _find_firsts(record, kinds))


def _find_firsts(record: Record, kinds: str) -> list[int]:
    """The first piece of each figure of a row."""
    firsts: dict[int, int] = {}
    for k, col in enumerate(record.columns):
        if kinds[col] == "f":
            firsts.setdefault(col, k)
    return list(firsts.values())


def amount_of(piece: Piece) -> Decimal | None:
    """The one value of a piece; ``None`` for a mark, or where it has several."""
    entries = read_content(piece.text).entries
    return entries[0].number.value if len(entries) == 1 else None


def _find_tied(
    record: Record, header: Header, ties: Sequence[Tie]
) -> tuple[int | None, ...] | None:
    return place_row(_values(record, header.kinds), header.figures, ties) if ties else None


def _move(record: Record, header: Header, places: Sequence[int | None] | None) -> Places:
    """The columns of the pieces of a row whose figures stand in these of the columns of figures."""
    if places is None:
        return None
    columns = [col for col, kind in enumerate(header.kinds) if kind == "f"]
    held = (record.columns[k] for k in _find_firsts(record, header.kinds))
    moved = dict(zip(held, places, strict=True))
    found: list[int | None] = []
    for col in record.columns:
        place = moved.get(col)
        found.append(columns[place] if place is not None else None if col in moved else col)
    return tuple(found)


def find_shared_baseline(records: Sequence[Record], header: Header) -> int | None:
    """The column of a baseline that the first row of each indicator gives for those below it."""
    figures = [col for col, kind in enumerate(header.kinds) if kind == "f"]
    rows = [record for record in records if not record.banner]
    if len(figures) < _FEWEST_SHARED + 1 or not _is_baseline(header, figures[0]):
        return None
    name = header.kinds.find("l")
    width = len(figures)
    first = [_count(record, header.kinds) for record in rows if name in record.columns]
    below = [_count(record, header.kinds) for record in rows if name not in record.columns]
    if len(below) < _FEWEST_SHARED or max(below) >= width:
        return None
    full = first.count(width) + below.count(width - 1)
    return figures[0] if full * 100 >= _LEAST_SHARED * len(rows) else None


def _is_baseline(header: Header, col: int) -> bool:
    labels = [read_label(head.piece.text) for head in header.leaves[col].path]
    return any(
        (label.measure is not None and label.measure.measure == "baseline")
        or (label.period is not None and label.period.kind == "baseline")
        for label in labels
    )


def _place(record: Record, header: Header, *, shared: bool) -> Places:
    if record.banner:
        return record.columns
    count = _count(record, header.kinds)
    if count == header.figures:
        return record.columns
    below = shared and header.kinds.find("l") not in record.columns
    whole = below and count == header.figures - 1
    return _move(record, header, range(1, header.figures)) if whole else None


def _count(record: Record, kinds: str) -> int:
    return len({col for col in record.columns if kinds[col] == "f"})
