"""Figures that cannot be what the header over them says: people as a rate, percent as money."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.interpret.differences import contradict
from kenzan.interpret.tables.content import read_content
from kenzan.interpret.words.label import read_label

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from kenzan.interpret.rowwise.heads import Header
    from kenzan.interpret.rowwise.pieces import Piece
    from kenzan.interpret.rowwise.records import Record

_RATES = frozenset({"rate", "share", "change_rate"})
_MONEY = frozenset({"budget", "settlement", "amount"})
_AIMS = frozenset({"target", "actual"})
_PERCENT = frozenset({"%", "％"})


def count_conflicts(records: Sequence[Record], header: Header) -> int:
    """How many figures of full rows cannot stand under their headers."""
    measures = [find_measure(header, col) for col in range(len(header.leaves))]
    return sum(
        _differs(piece, measures[col])
        for record in records
        if _is_full(record, header)
        for piece, col in zip(record.pieces, record.columns, strict=True)
        if header.kinds[col] == "f"
    ) + sum(
        _units_differ(record, measures, header.kinds) + _is_torn(record, header.kinds)
        for record in records
    )


def are_glued(records: Sequence[Record], kinds: str) -> bool:
    """Whether most rows have two words on one line where the header has one column of labels."""
    if kinds.count("l") != 1:
        return False
    at = kinds.index("l")
    counts = [_count_words(record, at) for record in records if not record.banner]
    return 2 * sum(count > 1 for count in counts) > len(counts)


def names_sums(records: Sequence[Record], kinds: str) -> bool:
    """Whether targets and actuals are told of a total: the last word of the header is lost."""
    for record in records:
        pieces = zip(record.pieces, record.columns, strict=False)
        labels = [read_label(piece.text) for piece, col in pieces if kinds[col] == "l"]
        measures = {label.measure.measure for label in labels if label.measure is not None}
        if measures & _AIMS and any(label.kind in {"total", "subtotal"} for label in labels):
            return True
    return False


def _count_words(record: Record, at: int) -> int:
    """The words on the first line of a label, without a number before them."""
    pieces = zip(record.pieces, record.columns, strict=True)
    labels = [piece for piece, col in pieces if col == at and piece.cls not in "CO"]
    return sum(piece.line == labels[0].line for piece in labels)


def _is_torn(record: Record, kinds: str) -> bool:
    """Whether a label is only the end of one: （％）."""
    seen: set[int] = set()
    for piece, col in zip(record.pieces, record.columns, strict=False):
        if kinds[col] == "l" and col not in seen and piece.text[0] in "(（":
            return not piece.text[1:2].isdigit()
        seen.add(col)
    return False


def is_contradicted(records: Sequence[Record], header: Header) -> bool:
    """Whether the header finds the changes in another column than the figures do."""
    columns = [col for col, kind in enumerate(header.kinds) if kind == "f"]
    measures = [find_measure(header, col) for col in columns]
    if not {"change", "change_rate"}.intersection(measures):
        return False
    rows = [_values(record, columns) for record in records if _is_full(record, header)]
    return contradict(measures, rows)


def _values(record: Record, columns: Sequence[int]) -> tuple[Decimal | None, ...]:
    found: dict[int, Decimal | None] = {}
    for piece, col in zip(record.pieces, record.columns, strict=True):
        entries = read_content(piece.text).entries
        found.setdefault(col, entries[0].number.value if len(entries) == 1 else None)
    return tuple(found.get(col) for col in columns)


def _is_full(record: Record, header: Header) -> bool:
    kinds = header.kinds
    return len({col for col in record.columns if kinds[col] == "f"}) == header.figures


def find_measure(header: Header, col: int) -> str:
    """The innermost measure that the labels over a column name; empty if they name none."""
    for head in reversed(header.leaves[col].path):
        found = read_label(head.piece.text).measure
        if found is not None:
            return found.measure
    return ""


def _differs(piece: Piece, measure: str) -> bool:
    entries = read_content(piece.text).entries
    if not entries or entries[0].number.value is None:
        return False
    number = entries[0].number
    if measure in _RATES:
        other = bool(number.unit) and number.unit not in _PERCENT and number.unit != "ポイント"
        return other or (number.grouping != "none" and not number.decimals)
    return measure in _MONEY and number.unit in _PERCENT


def _units_differ(record: Record, measures: Sequence[str], kinds: str) -> bool:
    """Whether targets and actuals of one row are counted in different units."""
    units = set()
    for piece, col in zip(record.pieces, record.columns, strict=False):
        if kinds[col] == "f" and measures[col] not in _RATES:
            entries = read_content(piece.text).entries
            if entries and entries[0].number.value is not None and entries[0].number.unit:
                units.add(entries[0].number.unit)
    return len(units) > 1 and not units.isdisjoint(_PERCENT)
