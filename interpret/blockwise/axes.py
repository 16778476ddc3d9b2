"""Which labels of a stretch name rows and which ones columns, for a given number of rows."""

from __future__ import annotations

from itertools import combinations, groupby
from typing import TYPE_CHECKING

from kenzan.interpret.blockwise.roles import TAILS, is_anchor, is_data, is_title
from kenzan.interpret.blockwise.stretches import is_vertical, without_texts
from kenzan.interpret.blockwise.weights import load_weights
from kenzan.interpret.words.lexicon import funding_parents, funding_words, label_key
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kenzan.interpret.blockwise.stretches import Stretch
    from kenzan.interpret.columnwise.entries import Entry

_MOST_HEADERS, _MOST_MOVED, _MOST_ORDERS = 24, 10, 5
_MOST_LABELS = 400
_SUMS = frozenset({"total", "subtotal"})


@dataclass(frozen=True, slots=True)
class Axes:
    """Labels of rows (the innermost ones, with those that stand over each) and of columns.

    ``header`` is in the order of the columns as far as the text tells it.
    """

    rows: tuple[tuple[Entry, ...], ...]
    header: tuple[Entry, ...]
    cost: int = 0

    @property
    def rows_are_years(self) -> bool:
        """Whether each column holds one thing through the years."""
        return all(row[-1].kind == "period" for row in self.rows)

    @property
    def columns_are_years(self) -> bool:
        """Whether each row holds one thing through the years."""
        return all(cell.kind == "period" or not is_data(cell) for cell in self.header)

    @property
    def kinds(self) -> list[str]:
        """Of each row whether it is a part, a total, …"""
        return [row[-1].label.kind for row in self.rows]


@dataclass(frozen=True, slots=True)
class _Window:
    """Labels of rows among the labels: a part of run ``run`` from ``start`` on."""

    labels: tuple[Entry, ...]
    cost: int


def find_axes(stretch: Stretch, rows: int) -> Iterator[Axes]:
    """Ways to see ``rows`` labels of rows, the others being the header."""
    runs = [without_texts(run) for run in stretch.runs]
    trailing = not stretch.cells[-1].is_figure
    vertical = [cell for run in stretch.runs for cell in run if is_vertical(cell)]
    if sum(map(len, runs)) > _MOST_LABELS:
        return
    for window in _find_windows(runs, rows):
        for inner, cost in _with_parents(window, runs, vertical):
            used = {id(label) for row in inner for label in row}
            dated = all(label.kind == "period" for label in window.labels)
            for header, swaps in _find_headers(runs[:-1] if trailing else runs, used):
                strange = 0 if dated else _count_strange(header)
                left = _count_left(runs, used | {id(label) for label in header})
                yield Axes(inner, header, window.cost + cost + swaps + strange + left)


def _count_strange(header: Sequence[Entry]) -> int:
    """The cost of words over columns that name no year, measure or source of money."""
    return load_weights()["labels"]["strange"] * sum(not _names_column(e) for e in header)


def _count_left(runs: Sequence[Sequence[Entry]], used: set[int]) -> int:
    """The cost of labels behind the first one used that are neither over a row nor a column."""
    places = [id(label) in used for run in runs for label in run]
    return load_weights()["labels"]["left_over"] * places[places.index(True) :].count(False)


def _find_windows(runs: Sequence[Sequence[Entry]], rows: int) -> Iterator[_Window]:
    if len(runs) >= rows:
        yield from _find_single(runs, rows)
    for run in runs:
        for start in range(len(run) - rows + 1):
            labels = tuple(run[start : start + rows])
            if _are_alike(labels) and not _cuts_block(labels):
                yield _Window(labels, _cost_of_ends(run, start, rows))
    apart = [run[0] for run in runs[1:] if len(run) == 1 and run[0].label.kind == "total"]
    if len(apart) != 1:
        return
    for run in runs:
        labels = tuple(run[len(run) - rows + 1 :]) if len(run) >= rows - 1 > 1 else ()
        if labels and apart[0] not in labels and _are_alike((*labels, *apart)):
            cost = _cost_of_ends(run, len(run) - rows + 1, rows - 1)
            yield _Window((*labels, *apart), cost + load_weights()["labels"]["total_apart"])


def _cuts_block(labels: Sequence[Entry]) -> bool:
    """Whether labels begin within a block of lines and go on in others."""
    return not labels[0].after_blank and any(label.after_blank for label in labels[1:])


def _find_single(runs: Sequence[Sequence[Entry]], rows: int) -> Iterator[_Window]:
    """The last label of each run, where each row of figures has its label before it."""
    labels = tuple(run[-1] for run in runs[:rows] if run)
    if len(labels) == rows and _are_alike(labels):
        yield _Window(labels, 0)


def _are_alike(labels: Sequence[Entry]) -> bool:
    """Whether labels may name the rows of one table: all years, all measures by turns, or words."""
    if all(label.kind == "period" for label in labels):
        return len({label.text for label in labels}) == len(labels)
    if all(_is_measure(label) for label in labels):
        return _cycle(labels) > 0
    return not any(
        is_data(label)
        or is_anchor(label)
        or is_title(label)
        or label.label.role in TAILS
        or label.label.period is not None
        for label in labels
    )


def _is_measure(label: Entry) -> bool:
    return label.kind == "measure" and is_data(label)


def _cycle(labels: Sequence[Entry]) -> int:
    """After how many labels they come again (目標, 実績, 目標, 実績: 2); 0 if they do not."""
    keys = [label_key(label.text) for label in labels]
    for size in range(2, min(len(keys), 5) + 1):
        if len(keys) % size == 0 and keys == keys[:size] * (len(keys) // size):
            return size if len(set(keys[:size])) == size else 0
    return 0


def _cost_of_ends(run: Sequence[Entry], start: int, rows: int) -> int:
    """The cost of words of the same kind right before the first label or behind the last one."""
    weights = load_weights()["labels"]
    before = _count_alike(run[start::-1])
    if run[start + rows - 1].label.kind == "total":
        return weights["loose_end"] * before - weights["ends_with_total"]
    return weights["loose_end"] * (before + _count_alike(run[start + rows - 1 :]))


def _count_alike(run: Sequence[Entry]) -> int:
    """How many of the labels next to the first one are of its kind."""
    count = 0
    while count + 1 < len(run) and _are_alike((run[0], run[count + 1])):
        count += 1
    return count


def _with_parents(
    window: _Window, runs: Sequence[Sequence[Entry]], vertical: Sequence[Entry]
) -> Iterator[tuple[tuple[tuple[Entry, ...], ...], int]]:
    """The labels of rows; where they are measures by turns, below names that stand elsewhere."""
    size = _cycle(window.labels) if _is_measure(window.labels[0]) else 0
    if not size:
        yield _in_groups(window.labels, vertical), 0
        return
    count = len(window.labels) // size
    for names in _find_windows(runs, count):
        if any(_is_measure(name) or name.kind == "period" for name in names.labels):
            continue
        yield (
            tuple(
                (names.labels[k // size], label) if k % size == 0 else (label,)
                for k, label in enumerate(window.labels)
            ),
            names.cost,
        )


def _in_groups(labels: Sequence[Entry], groups: Sequence[Entry]) -> tuple[tuple[Entry, ...], ...]:
    """The labels of rows below labels set from top to bottom, if each group ends with its sum."""
    ends = [k for k, label in enumerate(labels[:-1]) if label.label.kind in _SUMS]
    if not groups or len(groups) != len(ends) or ends[-1] != len(labels) - 2:
        return tuple((label,) for label in labels)
    opens = dict(zip([0, *(k + 1 for k in ends)], groups, strict=False))
    rows: list[tuple[Entry, ...]] = []
    for k, label in enumerate(labels):
        group = groups[ends.index(k)] if k in ends else opens.get(k)
        rows.append((label,) if group is None else (group, label))
    return tuple(rows)


def _find_headers(
    runs: Sequence[Sequence[Entry]], used: set[int]
) -> Iterator[tuple[tuple[Entry, ...], int]]:
    """The labels left over, as the header: from the first one of each part that names a column."""
    stubs: list[Entry] = []
    columns: list[Entry] = []
    tails: list[Entry] = []
    for run in runs:
        for taken, part in groupby(run, key=lambda cell: id(cell) in used):
            if taken:
                continue
            for cell in _from_first_column(list(part)):
                role = cell.label.role
                over = stubs if is_anchor(cell) else tails if role in TAILS else columns
                over.append(cell)
    if len(columns) > _MOST_HEADERS or not columns:
        return
    for order, swaps in _orders(columns):
        yield (*stubs, *order, *tails), swaps * load_weights()["labels"]["swapped"]


def _from_first_column(part: Sequence[Entry]) -> Sequence[Entry]:
    first = next((k for k, cell in enumerate(part) if _names_column(cell)), len(part))
    return [cell for cell in part[first:] if not is_title(cell)]


def _names_column(cell: Entry) -> bool:
    key = label_key(cell.text)
    source = key in funding_words() or key in funding_parents()
    sums = cell.label.kind in {"total", "difference"}
    return is_data(cell) or is_anchor(cell) or source or cell.names_column or sums


def _orders(columns: Sequence[Entry]) -> Iterator[tuple[list[Entry], int]]:
    """The labels as they come, and with those of one line moved between those of several.

    Labels are set in the middle of a header's height, so that those of two lines begin higher up
    and may come first. Among those of as many lines the order stays.
    """
    high = [cell for cell in columns if len(cell.lines) > 1]
    low = [cell for cell in columns if len(cell.lines) == 1]
    yield list(columns), 0
    spanning = _spanning_first(columns)
    if spanning != columns:
        yield spanning, 0
    if not high or not low or len(columns) > _MOST_MOVED:
        return
    found: list[tuple[int, list[Entry]]] = []
    for places in combinations(range(len(columns)), len(high)):
        order = list(low)
        for place, cell in zip(places, high, strict=True):
            order.insert(place, cell)
        found.append((_swaps(order, columns), order))
    found.sort(key=lambda pair: pair[0])
    yield from ((order, swaps) for swaps, order in found[1:_MOST_ORDERS])


def _spanning_first(columns: Sequence[Entry]) -> list[Entry]:
    """The labels with differences and rates behind the years: they may span two header rows."""
    years = [k for k, cell in enumerate(columns) if cell.kind == "period"]
    if not years:
        return list(columns)
    head, rest = columns[: years[-1] + 1], columns[years[-1] + 1 :]
    spanning = [cell for cell in rest if _compares(cell)]
    return [*head, *spanning, *(cell for cell in rest if not _compares(cell))]


def _compares(cell: Entry) -> bool:
    measure = cell.label.measure
    return measure is not None and measure.measure in {"change", "change_rate", "rate"}


def _swaps(order: Sequence[Entry], columns: Sequence[Entry]) -> int:
    at = {id(cell): k for k, cell in enumerate(columns)}
    places = [at[id(cell)] for cell in order]
    return sum(a > b for k, a in enumerate(places) for b in places[k + 1 :])
