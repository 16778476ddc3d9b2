"""What each row stands for: its own label, the labels above it, its level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kenzan.interpret.tables.meaning import Meaning, combine_rows
from kenzan.interpret.tables.outline import rank_labels
from kenzan.interpret.tables.regions import full_width
from kenzan.interpret.tables.stubs import LABELS

if TYPE_CHECKING:
    from kenzan.interpret.tables.regions import Band
    from kenzan.interpret.tables.stubs import Column
    from kenzan.interpret.tables.view import Spot, View
    from kenzan.interpret.words.label import Label


@dataclass(frozen=True, slots=True)
class _Open:
    """A label that holds for the rows below it until one of its rank or above comes."""

    rank: tuple[int, int]
    type: str
    label: Label
    spot: Spot


def _rank_spots(view: View, band: Band, cols: list[int]) -> dict[int, tuple[int, int]]:
    """Rank of every label spot: its column among the label columns, then its outline depth."""
    ranks: dict[int, tuple[int, int]] = {}
    for place, col in enumerate(cols):
        spots = [
            spot
            for row in range(band.head, band.end)
            if (spot := view.at[row][col]) is not None
            and spot.row == row
            and spot.col == col
            and spot.content.kind != "empty"
            and spot.colspan < view.cols
        ]
        for spot, depth in zip(spots, rank_labels(spots), strict=True):
            ranks[id(spot)] = (place, depth)
    return ranks


def read_rows(view: View, band: Band, columns: list[Column], cols: list[int]) -> dict[int, Meaning]:
    """The meaning of every body row of the band, from the label columns ``cols``."""
    ranks = _rank_spots(view, band, cols)
    types = {c.index: c.type for c in columns}
    last = max(cols, default=-1)
    open_labels: list[_Open] = []
    rows: dict[int, Meaning] = {}
    for row in range(band.head, band.end):
        whole = full_width(view, row)
        if whole is not None and whole.row == row and whole.content.kind in {"words", "prose"}:
            if whole.content.kind == "words":
                open_labels = [_Open((-1, 0), "group", whole.content.label, whole)]
            continue
        for spot in view.starting(row):
            rank = ranks.get(id(spot))
            if rank is None or spot.col > last:
                continue
            open_labels = [o for o in open_labels if o.rank < rank]
            open_labels.append(_Open(rank, types.get(spot.col, "name"), spot.content.label, spot))
        rows[row] = _read_row(view, row, columns, open_labels)
    return rows


def _read_row(view: View, row: int, columns: list[Column], open_labels: list[_Open]) -> Meaning:
    meaning = Meaning(row)
    if open_labels:
        own = open_labels[-1].spot
        line = own.first_line()
        meaning.place = line.place_of() if line is not None else own.place()
    combine_rows(meaning, [(o.type, o.label) for o in open_labels])
    for column in columns:
        if column.type in {"unit", "project"} and (spot := view.at[row][column.index]):
            _take_attribute(meaning, column.type, spot)
    return meaning


def _take_attribute(meaning: Meaning, column_type: str, spot: Spot) -> None:
    text = spot.content.label.text
    if not text:
        return
    if column_type == "unit":
        meaning.unit = text.strip("()（）[]")
    else:
        meaning.project = text


def label_segments(columns: list[Column]) -> list[tuple[list[int], list[int]]]:
    """Runs of figures with the label columns that hold for each: (label columns, data columns).

    A second run of label columns between figures names the figures after it (款 … 金額 節 … 金額);
    with headers like those of the first it starts a second table beside the first.
    """
    runs: list[tuple[list[Column], list[int]]] = []
    for column in columns:
        if column.type in LABELS and column.type != "project":
            if not runs or runs[-1][1]:
                runs.append(([], []))
            runs[-1][0].append(column)
        elif column.type == "data":
            if not runs:
                runs.append(([], []))
            runs[-1][1].append(column.index)
    return _nest_runs(runs)


def _nest_runs(runs: list[tuple[list[Column], list[int]]]) -> list[tuple[list[int], list[int]]]:
    labelled = [run for run in runs if run[0]]
    if len(labelled) == 1:
        data = sorted(col for run in runs for col in run[1])
        return [([c.index for c in labelled[0][0]], data)]
    segments: list[tuple[list[int], list[int]]] = []
    outer: list[int] = []
    first_names: tuple[str, ...] = ()
    for labels, data in runs:
        own = [c.index for c in labels]
        names = tuple(c.headers[-1].content.label.text if c.headers else "" for c in labels)
        if not segments or (names == first_names and labels):
            first_names, outer = names, own
        else:
            outer = outer + own
        if data:
            segments.append((list(outer), data))
    return segments
