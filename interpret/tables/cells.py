"""The cells of a band: what each row and column says, brought to the figures in it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kenzan.interpret.tables.axes import KPI
from kenzan.interpret.tables.labelled import read_labelled, read_overrun
from kenzan.interpret.tables.meaning import Meaning, take_period
from kenzan.interpret.tables.narrative import kind_of, text_of
from kenzan.interpret.tables.regions import full_width
from kenzan.interpret.tables.units import unit_of_blank
from kenzan.interpret.tables.values import Figure, Setting, merge_cell, to_figures
from kenzan.interpret.words.label import EMPTY, read_label
from kenzan.interpret.words.lexicon import is_filler, label_key
from kenzan.normalize.labels import fold_label
from kenzan.normalize.numbers import find_numbers
from kenzan.normalize.units import find_known_unit
from kenzan.schemas.report import LeftCell

if TYPE_CHECKING:
    from kenzan.interpret.tables.stubs import Column
    from kenzan.interpret.tables.table import Part, Table
    from kenzan.interpret.tables.view import Spot

_KPI_FAMILIES = frozenset({"years-by-indicator", "indicator-per-row", "measure-subrows", "form"})
# A shorter text is a mark (新, ○) and tells nothing by itself.
_SHORTEST_TEXT = 3


def read_cells(table: Table, part: Part) -> None:
    """Read every body cell of a band: figures, marks for missing ones, texts."""
    view, band = table.view, part.band
    of_col = {col: place for place, (_, data) in enumerate(part.segments) for col in data}
    columns = {c.index: c for c in part.columns}
    for row in range(band.head, band.end):
        whole = full_width(view, row)
        if whole is not None:
            _read_whole_row(table, whole, row)
            continue
        spots = view.starting(row)
        data = [s.content for s in spots if s.col in of_col]
        silent = not any(c.kind in {"figure", "missing"} or c.unreadable for c in data)
        _name_from_cell(spots, of_col, part)
        repeated = _repeated(table, part, row) if row in view.joints else frozenset()
        for spot in spots:
            place = of_col.get(spot.col)
            if place is None:
                _read_text(table, part, columns[spot.col], spot)
            elif spot.col not in repeated:
                _read_cell(table, part, spot, _row_of(part, place, spot), silent=silent)


def _repeated(table: Table, part: Part, row: int) -> frozenset[int]:
    """Columns in which a row is printed again because its table goes on over the page.

    The labels and figures of the first run of columns are those of the last row that had any.
    """
    labels, data = part.segments[0]
    here = _texts(table, row, [*labels, *data])
    if not any(here):
        return frozenset()
    for above in range(row - 1, part.band.head - 1, -1):
        before = _texts(table, above, [*labels, *data])
        if any(before):
            if before != here:
                return frozenset()
            table.uncertain.append(f"a row printed again after the page: {fold_label(here[0])}")
            return frozenset(data)
    return frozenset()


def _texts(table: Table, row: int, cols: list[int]) -> list[str]:
    """The texts that start in the row, column by column."""
    spots = (table.view.at[row][col] for col in cols)
    return [spot.text.strip() if spot is not None and spot.row == row else "" for spot in spots]


def _row_of(part: Part, place: int, spot: Spot) -> Meaning:
    """What all rows that the cell covers say together."""
    rows = part.rows[place]
    first = rows.get(spot.row)
    if first is None:
        return Meaning(spot.row)
    if spot.rowspan == 1:
        return first
    merged = first.copy()
    for row in range(spot.row + 1, spot.row + spot.rowspan):
        other = rows.get(row)
        if other is None:
            continue
        common = [a for a, b in zip(merged.names, other.names, strict=False) if a == b]
        merged.names = tuple(common) if common else merged.names
        if other.measure != merged.measure:
            merged.measure = None
        if other.period_label != merged.period_label:
            merged.period, merged.period_label, merged.relative = None, "", None
    return merged


def _col_of(part: Part, spot: Spot) -> Meaning:
    """What all columns that the cell covers say together."""
    first = part.cols.get(spot.col) or Meaning(spot.col)
    if spot.colspan == 1:
        return first
    merged = first.copy()
    for col in range(spot.col + 1, spot.col + spot.colspan):
        other = part.cols.get(col)
        if other is None:
            continue
        merged.names = tuple(a for a, b in zip(merged.names, other.names, strict=False) if a == b)
        if other.measure != merged.measure:
            merged.measure, merged.wording = None, ""
        if other.period_label != merged.period_label:
            merged.period, merged.period_label, merged.relative = None, "", None
    return merged


def _dated(
    table: Table, part: Part, spot: Spot, row: Meaning, col: Meaning
) -> tuple[Meaning, Meaning]:
    """The year that a column beside the figures gives to this one, in place of the others."""
    beside = next((c for c in part.columns if spot.col in c.dates), None)
    dated = table.view.at[spot.row][beside.index] if beside is not None else None
    if dated is None or not dated.content.label.only_period:
        return row, col
    row, col = row.copy(), col.copy()
    row.period, row.relative, row.period_label = None, None, ""
    take_period(col, dated.content.label)
    return row, col


def _name_from_cell(spots: list[Spot], of_col: dict[int, int], part: Part) -> None:
    """Let a label printed in the first figure cell of a row name the row (均等割 76,781)."""
    data = [s for s in spots if s.col in of_col and s.content.figures]
    if len(data) < 2 or of_col[data[0].col] != of_col[data[-1].col]:
        return
    first, others = data[0], data[1:]
    meaning = part.rows[of_col[first.col]].get(first.row)
    if meaning is None or len(first.content.entries) != 1:
        return
    name = first.content.entries[0].label
    if not name or any(e.label for s in others for e in s.content.entries):
        return
    if find_known_unit(name) is not None or _only_qualifies(name):
        return
    meaning.names = (*meaning.names, name)
    meaning.path = (*meaning.path, name)
    meaning.level += 1
    meaning.mark = None


def _only_qualifies(name: str) -> bool:
    """Whether a word before a figure bounds or dates it (毎年度, 累計) rather than naming it."""
    label = read_label(name)
    return label.measure is not None or label.only_period or is_filler(label_key(name))


def _read_cell(table: Table, part: Part, spot: Spot, row: Meaning, *, silent: bool) -> None:
    content = spot.content
    row, col = _dated(table, part, spot, row, _col_of(part, spot))
    if content.kind in {"figure", "missing"}:
        table.figures.extend(to_figures(spot, row, col, part.setting))
    elif spot.cell.disputed:
        table.figures.append(_disputed(spot, row, col, part.setting))
    elif content.kind == "empty":
        if _waits_for_a_figure(part, row, col, silent=silent):
            table.figures.append(_blank(spot, row, col, part.setting))
    elif silent and content.kind in {"words", "prose"}:
        names = col.names if part.setting.axes.by_columns else (*row.names, *col.names)
        label = row.path[-1] if row.path else ""
        text = text_of(spot, kind_of(label) or "other", names, row.period_label or col.period_label)
        text.aims = "target" in {row.measure, col.measure}
        table.texts.append(text)
    else:
        _read_stray(table, part, spot, row, col)


def _waits_for_a_figure(part: Part, row: Meaning, col: Meaning, *, silent: bool) -> bool:
    """Whether a blank says that a target or an actual is still to come."""
    axes = part.setting.axes
    if axes.family not in _KPI_FAMILIES or not axes.kpi or col.alone:
        return False  # alone: one baseline for all rows of an indicator stands in another row
    measure = row.measure or col.measure
    if measure not in KPI:
        return False
    if row.path and kind_of(row.path[-1]) is not None and not row.period_label and not row.measure:
        return False
    listed = row.names and any(c.type == "indicator" for c in part.columns)
    return not silent or bool(row.period_label or row.measure or row.unit or listed)


def _disputed(spot: Spot, row: Meaning, col: Meaning, setting: Setting) -> Figure:
    """The place of a figure that could not be told from others: unreadable, without a text."""
    figure = merge_cell(row, col, setting, spot)
    figure.status, figure.value_place = "unreadable", spot.place()
    return figure


def _blank(spot: Spot, row: Meaning, col: Meaning, setting: Setting) -> Figure:
    figure = merge_cell(row, col, setting, spot)
    figure.status = "not_reported"
    figure.unit = unit_of_blank(row, col, figure.measure, setting)
    figure.value_place = spot.place()
    return figure


def _read_stray(table: Table, part: Part, spot: Spot, row: Meaning, col: Meaning) -> None:
    """Words among figures: a text if they are words, unreadable if they hold figures."""
    entries = read_labelled(spot.text, lenient=True)
    overrun = None if entries else read_overrun(spot.text)
    if overrun is not None:
        table.uncertain.append(f"words beside a figure: {fold_label(spot.text)}")
        entries = (overrun,)
    if entries:
        spot.content = replace(spot.content, kind="figure", entries=entries)
        table.figures.extend(to_figures(spot, row, col, part.setting))
        return
    numbers = find_numbers(spot.text)
    digits = sum(c.isdigit() for c in spot.text)
    plain = spot.text.replace(" ", "").replace("\n", "")
    if numbers and digits * 2 >= len(plain):
        figure = merge_cell(row, col, part.setting, spot)
        figure.status, figure.value_raw, figure.value_place = "unreadable", spot.text, spot.place()
        table.figures.append(figure)
        return
    names = (*row.names, *col.names)
    text = text_of(spot, "other", names, row.period_label or col.period_label)
    text.aims = "target" in {row.measure, col.measure}
    table.texts.append(text)
    if numbers:
        table.left.append(LeftCell(spot.text, "text in a column of figures", spot.place()))


def _read_whole_row(table: Table, spot: Spot, row: int) -> None:
    if spot.row != row or spot.content.kind not in {"prose", "figure"}:
        return
    if spot.content.figures:
        table.left.append(LeftCell(spot.text, "a figure over the whole width", spot.place()))
    else:
        table.notes.append(spot.content.label.text or spot.text)


def _read_text(table: Table, part: Part, column: Column, spot: Spot) -> None:
    """Texts beside the figures, in columns of their own."""
    if column.type not in {"text", "grade"} or spot.content.kind == "empty":
        return
    rows = part.rows[0] if part.rows else {}
    meaning = rows.get(spot.row)
    label = column.headers[-1].content.label if column.headers else EMPTY
    header, aims = label.text, label.measure is not None and label.measure.measure == "target"
    kind = kind_of(header) or ("achievement" if column.type == "grade" else "other")
    names = meaning.names if meaning else ()
    if kind == "other" and not aims and len(spot.text.strip()) < _SHORTEST_TEXT:
        return
    text = text_of(spot, kind, names, meaning.period_label if meaning else "")
    text.aims = aims
    table.texts.append(text)
