"""Groups in a header without rules: which of the names below each name stands over."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from kenzan.extract.aligned_pieces import height_of
from kenzan.extract.aligned_texts import names_period

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.extract.aligned_columns import Columns
    from kenzan.extract.header_cells import HeaderCell

_OWN_STEP, _REPEATED_STEP = 1.6, 1.45
"""Em between a name and the one below it from which on they are two levels."""
_SET_APART = 1.08
"""How much wider than between the lines of a name the step to another level is."""
_LEVEL = 0.3
"""Em by which two lines of one height differ."""
_LEFT_OUT = 1.0
"""Em of shift between a group's name and its columns that is as bad as leaving a column out."""
_OFF_MIDDLE = 0.15
"""Share of a group's width by which its name may be off its middle."""
_RAGGED = 0.5
"""Share of the white right of a name set flush left that counts against it."""


def stack_names(
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
    """For each name the first and last of the cells below that it stands over."""
    years = _find_years(names, tops, columns)
    if years is not None:
        (first, last), low, size = years
        high = low + size * (last - first)
        inner = [(k, k + size - 1) for k in range(low, high, size)]
        outer = _share_out(names[last:], tops[high:], columns)
        moved = [group and (group[0] + high, group[1] + high) for group in outer]
        return [*_share_out(names[:first], tops[:low], columns), *inner, *moved]
    alone = [_free_columns(name, tops) is not None for name in names]
    over = [name for name, free in zip(names, alone, strict=True) if not free]
    even = _share_evenly(over, tops, columns)
    if even is not None:
        groups = iter(even)
        return [None if free else next(groups) for free in alone]
    return _share_cheapest(names, tops, alone, columns)


def _share_cheapest(
    names: list[HeaderCell], tops: list[HeaderCell], alone: list[bool], columns: Columns
) -> list[tuple[int, int] | None]:
    """The cheapest way to share out the lower cells in order.

    What counts is how far a name is from the middle of its group, and how many lower cells stay
    without one. ``alone`` are names that may stand over none.
    """
    em = columns.em
    beside = [[_stands_beside(name, top, tops, em) for top in tops] for name in names]

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
                if beside[i][end]:
                    break
                cost, rest = best(i + 1, end + 1)
                cost += _LEFT_OUT * em * (k - j) + _shift(names[i], tops[k], tops[end], columns)
                if cost < choice[0]:
                    choice = (cost, ((k, end), *rest))
                if columns.columns[tops[end].last].x0 > names[i].x1 + 40 * em:
                    break
        return choice

    return list(best(0, 0)[1])


def _find_years(
    names: list[HeaderCell], tops: list[HeaderCell], columns: Columns
) -> tuple[tuple[int, int], int, int] | None:
    """Years in a row that stand over the same few words each (目標, 実績): a year's group.

    The range of the names, the first of the cells below, and how many each of them has.
    """
    years = [index for index, name in enumerate(names) if names_period(name.text)]
    if len(years) < 2 or years[-1] - years[0] >= len(years):
        return None
    words = [top.text for top in tops]
    for size in range(2, len(tops) // len(years) + 1):
        for low in range(len(tops) - size * len(years) + 1):
            group = words[low : low + size]
            again = words[low : low + size * len(years)] == group * len(years)
            if again and len(set(group)) == size:
                starts = range(low, low + size * len(years), size)
                inside = (
                    left <= names[index].middle <= right
                    for index, start in zip(years, starts, strict=True)
                    for left, right in [_extent(tops[start], tops[start + size - 1], columns)]
                )
                return ((years[0], years[-1] + 1), low, size) if all(inside) else None
    return None


def _stands_beside(
    name: HeaderCell, other: HeaderCell, tops: Sequence[HeaderCell], em: float
) -> bool:
    """Whether a name stands at half height beside a group and the names below it, for both."""
    under = [_height(top) for top in tops if top.x0 < name.x1 and top.x1 > name.x0]
    if not under or other.pieces[0].line.box is None:
        return False
    half = (_height(name) + max(under)) / 2
    return abs(_height(other) - half) <= _LEVEL * em < max(under) - _height(other)


def _height(cell: HeaderCell) -> float:
    heights = [height_of(piece.line) for piece in cell.pieces]
    return (min(heights) + max(heights)) / 2


def _share_evenly(
    names: list[HeaderCell], tops: list[HeaderCell], columns: Columns
) -> list[tuple[int, int]] | None:
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
        off = min(_off_middle(name, tops[low], tops[high], columns), abs(name.x0 - left))
        if off > max(slack, _OFF_MIDDLE * (right - left)):
            return None
    return groups


def _extent(first: HeaderCell, last: HeaderCell, columns: Columns) -> tuple[float, float]:
    left = min(first.x0, columns.columns[first.first].x0)
    return left, max(last.x1, columns.columns[last.last].x1)


def _off_middle(name: HeaderCell, first: HeaderCell, last: HeaderCell, columns: Columns) -> float:
    """How far a name is off the middle of a group: of its columns, of its names, or of both."""
    cols = columns.columns
    stretches = (
        _extent(first, last, columns),
        (first.x0, last.x1),
        (cols[first.first].x0, cols[last.last].x1),
    )
    return min(abs(name.middle - (left + right) / 2) for left, right in stretches)


def _shift(name: HeaderCell, first: HeaderCell, last: HeaderCell, columns: Columns) -> float:
    """How badly a name fits over a group: off its middle (or left edge), or over its neighbours."""
    cols = columns.columns
    low, high = first.first, last.last
    left, right = _extent(first, last, columns)
    centered = _off_middle(name, first, last, columns)
    flush = abs(name.x0 - left) + _RAGGED * max(right - name.x1, 0.0)
    over = max(cols[low - 1].x1 - name.x0, 0.0) if low else 0.0
    if high + 1 < len(cols):
        over += max(name.x1 - cols[high + 1].x0, 0.0)
    return min(centered, flush) + over
