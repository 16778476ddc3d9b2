"""What each row stands for: its own label, the labels above it, its level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.interpret.tables.lines import labels_of, later_labels
from kenzan.interpret.tables.meaning import Meaning, combine_rows
from kenzan.interpret.tables.outline import Entry, rank_labels
from kenzan.interpret.tables.regions import full_width
from kenzan.interpret.tables.stubs import LABELS
from kenzan.normalize.characters import fold
from kenzan.normalize.periods import Period
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from kenzan.interpret.tables.regions import Band
    from kenzan.interpret.tables.stubs import Column
    from kenzan.interpret.tables.view import Spot, View
    from kenzan.interpret.words.label import Label

# So many years make a series.
_FEWEST_YEARS = 3

Rank = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class _Open:
    """A label that holds for the rows below it until one of its rank or above comes."""

    rank: Rank
    type: str
    label: Label
    spot: Spot


def _label_spots(view: View, band: Band, row: int, cols: list[int]) -> list[tuple[int, Spot]]:
    """The labels that start in the row: (place among the label columns, spot).

    A label that starts in a column of numbers and runs on over label columns counts (合計), and
    in the first row of the body one that starts in the header.
    """
    found: list[tuple[int, Spot]] = []
    for place, col in enumerate(cols):
        spot = view.at[row][col]
        if spot is None or spot.content.kind == "empty":
            continue
        if row not in {spot.row, band.head}:
            continue
        if spot.colspan < view.cols and not any(spot is s for _, s in found):
            found.append((place, spot))
    return found


def _rank_spots(
    spots: dict[int, list[tuple[int, Spot]]], places: int
) -> dict[int, tuple[int, int]]:
    """Rank of every label spot: its column among the label columns, then its outline depth."""
    ranks: dict[int, tuple[int, int]] = {}
    for place in range(places):
        run: list[Entry] = []
        for row_spots in spots.values():
            if run and any(p < place for p, _ in row_spots):
                _rank_run(run, place, ranks)
                run = []
            run.extend(Entry(s.content.label, s) for p, s in row_spots if p == place)
        _rank_run(run, place, ranks)
    return ranks


def _rank_run(run: list[Entry], place: int, ranks: dict[int, tuple[int, int]]) -> None:
    for entry, depth in zip(run, rank_labels(run), strict=True):
        ranks[id(entry.spot)] = (place, depth)


def read_rows(
    view: View, band: Band, columns: list[Column], cols: list[int], *, measured: bool
) -> dict[int, Meaning]:
    """The meaning of every body row of the band, from the label columns ``cols``."""
    spots = {row: _label_spots(view, band, row, cols) for row in range(band.head, band.end)}
    ranks = _rank_spots(spots, len(cols))
    types = {c.index: c.type for c in columns}
    styles = [_styles(spots, place) for place in range(len(cols))]
    open_labels: list[_Open] = []
    rows: dict[int, Meaning] = {}
    for row in range(band.head, band.end):
        whole = full_width(view, row)
        if whole is not None and whole.row == row and whole.content.kind in {"words", "prose"}:
            if whole.content.kind == "words":
                open_labels = [_Open((-1, 0, 0), "group", whole.content.label, whole)]
            continue
        found = [(p, s, label) for p, s in spots[row] for label in labels_of(s)]
        found.extend(_later_labels(view, row, cols))
        for place, spot, label in sorted(found, key=lambda f: f[0]):
            rank = _rank_of(label, ranks.get(id(spot), (place, 0)), styles[place])
            open_labels = _opened(open_labels, _Open(rank, types[cols[place]], label, spot))
        rows[row] = _read_row(view, row, columns, open_labels, measured=measured)
    _settle_totals(rows)
    _settle_names(rows)
    _settle_start(rows)
    return rows


def _opened(open_labels: list[_Open], new: _Open) -> list[_Open]:
    return [*(o for o in open_labels if o.rank < new.rank), new]


def _styles(spots: dict[int, list[tuple[int, Spot]]], place: int) -> dict[str, int]:
    """The order of numberings in cells of a column that hold several labels (款, 項, 目)."""
    order: dict[str, int] = {}
    for row_spots in spots.values():
        for at, spot in row_spots:
            labels = labels_of(spot) if at == place else []
            if len(labels) > 1:
                for label in labels:
                    if label.numbering is not None:
                        order.setdefault(label.numbering.style, len(order))
    return order


def _rank_of(label: Label, ranked: tuple[int, int], styles: dict[str, int]) -> Rank:
    style = label.numbering.style if label.numbering else None
    if style in styles:
        return (ranked[0], 0, styles[style])
    return (*ranked, 0)


def _later_labels(view: View, row: int, cols: list[int]) -> list[tuple[int, Spot, Label]]:
    """Labels printed further down in a cell that started above: 3) under 1) in one cell."""
    found: list[tuple[int, Spot, Label]] = []
    boxes = [s.cell.box for s in view.starting(row) if s.cell.box is not None]
    if not boxes:
        return []
    top, bottom = min(box.top for box in boxes), max(box.bottom for box in boxes)
    for place, col in enumerate(cols):
        spot = view.at[row][col]
        if spot is not None and spot.row < row and spot.content.kind != "empty":
            found.extend((place, spot, label) for label in later_labels(spot, top, bottom))
    return found


def _settle_names(rows: dict[int, Meaning]) -> None:
    """Among rows that have names, one that only has a measure (実績, 差) is named by that."""
    if not any(row.names for row in rows.values()):
        return
    for row in rows.values():
        if not row.names and row.measure and row.path and not row.period_label:
            row.names = row.path[-1:]


def _settle_start(rows: dict[int, Meaning]) -> None:
    """One row without a year before rows that have nothing but years: where things stood."""
    labelled = [row for row in rows.values() if row.path]
    if len(labelled) <= _FEWEST_YEARS:
        return
    first, later = labelled[0], labelled[1 : 1 + _FEWEST_YEARS]
    if first.period_label or len(first.path) > 1 or not first.names or first.kind != "part":
        return
    if all(row.period_label and not row.names for row in later):
        first.period = Period("baseline", None, first.path[0])
        first.period_label, first.names = first.path[0], ()


def _settle_totals(rows: dict[int, Meaning]) -> None:
    """計 below the outermost level is a subtotal where a total stands further out."""
    levels = [row.level for row in rows.values() if row.kind == "total"]
    for row in rows.values():
        if row.kind == "total" and row.level > min(levels):
            row.kind = "subtotal"


def _read_row(
    view: View, row: int, columns: list[Column], open_labels: list[_Open], *, measured: bool
) -> Meaning:
    meaning = Meaning(row)
    if open_labels:
        own = open_labels[-1].spot
        line = own.first_line()
        meaning.own = own
        meaning.place = line.place_of() if line is not None else own.place()
    combine_rows(meaning, [(o.type, o.label) for o in open_labels], measured=measured)
    for column in columns:
        spot = view.at[row][column.index] if column.type in {"unit", "project"} else None
        if spot is not None and not _runs_over_figures(spot, columns):
            _take_attribute(meaning, column.type, spot)
    return meaning


def _runs_over_figures(spot: Spot, columns: list[Column]) -> bool:
    """Whether a cell goes on over columns of figures: a text in a row of its own, no unit."""
    return any(c.type == "data" for c in columns[spot.col : spot.col + spot.colspan])


def _take_attribute(meaning: Meaning, column_type: str, spot: Spot) -> None:
    text = spot.content.label.text
    if not text or spot.content.kind in {"missing", "empty"}:
        return
    if column_type == "unit":
        meaning.unit = meaning.unit or fold(text).strip("()[]")
    else:
        meaning.project = text


def label_segments(columns: list[Column]) -> list[tuple[list[int], list[int]]]:
    """Runs of figures with the label columns that hold for each: (label columns, data columns).

    A second run of label columns between figures names the figures after it (款 … 金額 節 … 金額);
    with headers like those of the first it starts a second table beside the first. Behind the last
    figures only measures (目標, 実績) still tell what the figures before them are.
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
    behind = runs.pop()[0] if len(runs) > 1 and not runs[-1][1] else []
    measures = [c.index for c in behind if c.type == "measure"]
    segments = _nest_runs(runs)
    return segments[:-1] + [(labels + measures, data) for labels, data in segments[-1:]]


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
        elif labels and names == first_names[-len(names) :]:
            outer = outer[: len(first_names) - len(names)] + own
        else:
            outer = outer + own
        if data:
            segments.append((list(outer), data))
    return segments
