"""Labels that hold for several rows: in a column of their own, or on a line before their rows.

A group ends with its sum. What stands behind that sum without a label of its own is in no group:
a total of all groups, or rows that have none.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from kenzan.interpret.rowwise.placement import amount_of
from kenzan.interpret.rowwise.records import BANNER, Record
from kenzan.interpret.words.label import read_label
from kenzan.interpret.words.lexicon import funding_parents, label_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from kenzan.interpret.rowwise.heads import Header

_MOST_GROUPED = 60
"""Percent of the rows that may begin with a label of their own over several rows."""
_SUMS = frozenset({"total", "subtotal"})


def has_groups(records: Sequence[Record], kinds: str) -> bool:
    """Whether some rows, not most, begin with a second label that may hold for several rows."""
    if kinds.count("l") != 1:
        return False
    at = kinds.index("l")
    rows = [record for record in records if not record.banner]
    doubled = sum(_label_count(record, at) == 2 for record in rows)
    return 0 < doubled * 100 < _MOST_GROUPED * len(rows)


def _label_count(record: Record, at: int) -> int:
    """The words in the column of labels, one with the number before it."""
    labels = [p for p, col in zip(record.pieces, record.columns, strict=True) if col == at]
    parent = bool(labels) and label_key(labels[0].text) in funding_parents()
    same_line = parent or len({piece.line for piece in labels}) == 1
    return sum(piece.cls not in "CO" for piece in labels) if same_line else 1


def with_groups(header: Header) -> Header:
    """The header with its only column of labels over two."""
    at = header.kinds.index("l")
    return replace(header, leaves=(*header.leaves[: at + 1], *header.leaves[at:]))


def take_groups_in(records: Sequence[Record], header: Header) -> tuple[list[Record], Header]:
    """Lines of words before rows as labels beside them, where each is over rows and their sum.

    Records and header are as they were if a single such line is not borne out.
    """
    if header.kinds.count("l") == 1:
        at = header.kinds.index("l")
        for rows in (_free_last_lines(records, header.kinds), records):
            if _are_groups(rows, header.kinds):
                return _put_beside(rows, at), with_groups(header)
    return list(records), header


def part_measures(records: Sequence[Record], header: Header) -> tuple[list[Record], Header]:
    """Measures that end the label of every row as labels of their own, with names over them."""
    unchanged = list(records), header
    rows = [record for record in records if record.has_figures(header.kinds)]
    if header.kinds.count("l") != 1:
        return unchanged
    at = header.kinds.index("l")
    if not all(record.columns.count(at) and _ends_with_measure(record, at) for record in rows):
        return unchanged
    if all(record.columns.count(at) == 1 for record in rows):
        return unchanged
    parted = [replace(r, columns=_beyond_name(r, at)) for r in records]
    return parted, with_groups(header)


def _ends_with_measure(record: Record, at: int) -> bool:
    return record.pieces[_last_of(record, at)].cls == "R"


def _last_of(record: Record, at: int) -> int:
    """The last piece in a column; -1 if it has none."""
    return max((k for k, col in enumerate(record.columns) if col == at), default=-1)


def _beyond_name(record: Record, at: int) -> tuple[int, ...]:
    """The columns of a row where its measure has one of its own behind its name."""
    last = _last_of(record, at)
    moved = last if last >= 0 and _ends_with_measure(record, at) else len(record.columns)
    return tuple(col + (col > at or k == moved) for k, col in enumerate(record.columns))


def _free_last_lines(records: Sequence[Record], kinds: str) -> list[Record]:
    """The rows without the word that is their last line, in a column of texts: it names others."""
    freed: list[Record] = []
    for record in records:
        last = record.pieces[-1]
        alone = not record.banner and last.cls == "W" and last.line != record.pieces[-2].line
        if alone and kinds[record.columns[-1]] == "t":
            cut = record.last - 1
            freed.append(
                replace(record, last=cut, pieces=record.pieces[:-1], columns=record.columns[:-1])
            )
            freed.append(Record(cut, record.last, (last,), (), BANNER))
        else:
            freed.append(record)
    return freed


def _are_groups(records: Sequence[Record], kinds: str) -> bool:
    """Whether each name on a line by itself is over rows that end with their sum."""
    at = kinds.index("l")
    starts = [k for k, record in enumerate(records) if _name_size(record, at)]
    groups = (records[a:b] for a, b in pairwise([*starts, len(records)]))
    return bool(starts) and all(_ends_with_sum(group, kinds) for group in groups)


def _put_beside(records: Sequence[Record], at: int) -> list[Record]:
    taken: list[Record] = []
    banner: Record | None = None
    for record in records:
        if record.banner:
            banner = record
        else:
            taken.append(_under(banner, record, at))
            banner = None
    return taken


def _name_size(record: Record, at: int) -> int:
    """How many pieces of a row, or of a line between rows, are words on a line before its label."""
    if record.banner:
        return len(record.pieces)
    labels = [p for p, col in zip(record.pieces, record.columns, strict=True) if col == at]
    first = sum(piece.line == record.pieces[0].line for piece in labels)
    return first if 0 < first < len(labels) and record.pieces[0] is labels[0] else 0


def _under(banner: Record | None, record: Record, at: int) -> Record:
    """A row with the label of its group, if it is the first of one, before its own."""
    above = banner.pieces if banner is not None else ()
    size = _name_size(record, at)
    columns = (at,) * (len(above) + size) + tuple(c + (c >= at) for c in record.columns[size:])
    first = banner.first if banner is not None else record.first
    return replace(record, first=first, pieces=(*above, *record.pieces), columns=columns)


def _ends_with_sum(records: Sequence[Record], kinds: str) -> bool:
    """Whether the first sum among rows is that of the rows before it."""
    rows = [record for record in records if not record.banner]
    for k, record in enumerate(rows):
        if _is_sum(record, kinds):
            return _adds_up(rows[:k], record, kinds)
    return False


def find_apart(records: Sequence[Record], kinds: str) -> frozenset[int]:
    """The rows that belong to no group although they stand behind one: it has had its sum."""
    if kinds.count("l") < 2:
        return frozenset()
    at = kinds.index("l")
    apart: set[int] = set()
    group: list[Record] | None = []
    for k, record in enumerate(records):
        if record.banner:
            group = []
        elif at in record.columns:
            group = [record]
        elif group is None or _adds_up_elsewhere(records[:k], group, record, kinds):
            apart.add(k)
        else:
            group.append(record)
        if group and _is_sum(record, kinds):
            group = None
    return frozenset(apart)


def _adds_up_elsewhere(
    before: Sequence[Record], group: Sequence[Record], record: Record, kinds: str
) -> bool:
    """Whether a sum is that of all rows before it, and not that of its group."""
    if not _is_sum(record, kinds) or _adds_up(group, record, kinds):
        return False
    return _adds_up([r for r in before if not r.banner and not _is_sum(r, kinds)], record, kinds)


def _is_sum(record: Record, kinds: str) -> bool:
    names = [p for p, c in zip(record.pieces, record.columns, strict=False) if kinds[c] == "l"]
    return bool(names) and read_label(names[-1].text).kind in _SUMS


def _adds_up(parts: Sequence[Record], whole: Record, kinds: str) -> bool:
    """Whether the figures of the first column in which all rows have one add up."""
    totals = dict(_values(whole, kinds))
    rows = [dict(_values(part, kinds)) for part in parts]
    for col, total in totals.items():
        if rows and all(col in row for row in rows):
            return abs(sum(row[col] for row in rows) - total) <= len(rows)
    return False


def _values(record: Record, kinds: str) -> Iterator[tuple[int, Decimal]]:
    """The amounts of a row with their columns."""
    for piece, col in zip(record.pieces, record.columns, strict=True):
        amount = amount_of(piece) if kinds[col] == "f" else None
        if amount is not None:
            yield col, amount
