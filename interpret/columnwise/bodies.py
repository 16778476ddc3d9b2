"""The body of a flattened table: rows of labels, figures and what stands behind the figures."""

from __future__ import annotations

from collections import Counter
from dataclasses import field
from typing import TYPE_CHECKING

from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.interpret.columnwise.entries import Entry

_BEHIND = frozenset({"grade", "department", "prose"})
MOST_STUBS = 4
_MOST_FIGURES = 24


@dataclass(slots=True)
class Row:
    """One row as the stream gives it: labels, figures, and texts behind them."""

    stubs: list[Entry]
    figures: list[Entry]
    tail: list[Entry] = field(default_factory=list)
    section: list[Entry] = field(default_factory=list)

    @property
    def leaf(self) -> Entry:
        """The label nearest to the figures that is no unit."""
        named = [s for s in self.stubs if s.kind not in {"unit", "serial"}]
        return named[-1] if named else self.stubs[-1]


@dataclass(frozen=True, slots=True)
class Stream:
    """A segment as runs of labels and of figures by turns.

    ``labels[k]`` stand before ``figures[k]``; the last labels follow the last figures.
    """

    labels: tuple[tuple[Entry, ...], ...]
    figures: tuple[tuple[Entry, ...], ...]

    @property
    def varies(self) -> bool:
        """Whether rows differ in how many figures they have."""
        return len({len(run) for run in self.figures}) > 1

    @property
    def width(self) -> int:
        """How many figures the fullest row has; 0 if that is more than tables have columns."""
        width = max(map(len, self.figures), default=0)
        return width if width <= _MOST_FIGURES else 0


def cut_stream(entries: Sequence[Entry]) -> Stream:
    """Runs of labels and figures; a dash in place of a unit counts as a label."""
    labels: list[list[Entry]] = [[]]
    figures: list[list[Entry]] = []
    for entry in entries:
        if entry.is_figure and (entry.kind == "figure" or figures or labels[-1]):
            if len(labels) > len(figures):
                figures.append([])
            figures[-1].append(entry)
        else:
            if len(labels) == len(figures):
                labels.append([])
            labels[-1].append(entry)
    if len(labels) == len(figures):
        labels.append([])
    return _with_unit_marks(Stream(tuple(map(tuple, labels)), tuple(map(tuple, figures))), entries)


def _with_unit_marks(stream: Stream, entries: Sequence[Entry]) -> Stream:
    """Move a dash that stands in the column of units to the labels: ラスパイレス指数 － 98.2."""
    if not any(entry.label.role == "unit" for entry in entries):
        return stream
    counts = Counter(len(run) for run in stream.figures)
    width = counts.most_common(1)[0][0] if counts else 0
    labels, figures = list(stream.labels), list(stream.figures)
    for k, run in enumerate(figures):
        if len(run) == width + 1 and run[0].kind == "missing":
            labels[k] = (*labels[k], run[0])
            figures[k] = run[1:]
    return Stream(tuple(labels), tuple(figures))


def cut_rows(stream: Stream, stubs: int, tail: int) -> list[Row] | None:
    """The rows of a stream whose first has ``stubs`` labels and ``tail`` texts.

    ``None`` if the labels between two rows cannot be told apart.
    """
    rows: list[Row] = []
    before = list(stream.labels[0][len(stream.labels[0]) - stubs :])
    for k, run in enumerate(stream.figures):
        gap = list(stream.labels[k + 1])
        last = k + 1 == len(stream.figures)
        cut = _cut_gap(gap, stubs, tail, last=last)
        if cut is None or not before:
            return None
        row = Row(before, list(run), gap[:cut])
        _set_section_apart(row, stubs)
        rows.append(row)
        before = gap[cut:]
    headed = sum(bool(row.section) for row in rows)
    return rows if headed * 2 <= len(rows) else None


def _cut_gap(gap: Sequence[Entry], stubs: int, tail: int, *, last: bool) -> int | None:
    """How many labels of a gap belong to the row before it."""
    if last:
        return min(len(gap), tail)
    serial = next((k for k, e in enumerate(gap) if e.kind == "serial"), None)
    if serial is not None and serial <= tail:
        return serial
    behind = 0
    while behind < min(tail, len(gap) - 1) and gap[behind].kind in _BEHIND:
        behind += 1
    if len(gap) == stubs + tail:
        return tail
    return behind if len(gap) - behind <= stubs + 1 else None


def _set_section_apart(row: Row, stubs: int) -> None:
    """More labels than columns of labels: the first ones head a section."""
    extra = len(row.stubs) - stubs
    serial = next((k for k, e in enumerate(row.stubs) if e.kind == "serial"), None)
    if extra > 0:
        cut = max(extra, serial or 0)
        row.section, row.stubs = row.stubs[:cut], row.stubs[cut:]
