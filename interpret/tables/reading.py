"""One table read: bands, columns, rows, axes, and then every cell."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kenzan.interpret.tables import axes as deciding
from kenzan.interpret.tables.brackets import infer_bracket_role, role_from_words
from kenzan.interpret.tables.captions import Caption
from kenzan.interpret.tables.forms import is_form, read_form
from kenzan.interpret.tables.labelled import read_labelled, read_overrun
from kenzan.interpret.tables.meaning import Meaning, combine_columns
from kenzan.interpret.tables.narrative import Text, kind_of, text_of
from kenzan.interpret.tables.pairs import Said, pair_rows
from kenzan.interpret.tables.regions import Band, find_bands, full_width
from kenzan.interpret.tables.rows import label_segments, read_rows
from kenzan.interpret.tables.stubs import Column, read_columns
from kenzan.interpret.tables.values import Figure, Setting, merge_cell, to_figures
from kenzan.interpret.words.label import read_label
from kenzan.interpret.words.lexicon import is_filler
from kenzan.normalize.labels import fold_label, label_key
from kenzan.normalize.numbers import find_numbers
from kenzan.normalize.periods import resolve_periods
from kenzan.normalize.units import find_known_unit
from kenzan.schemas.report import LeftCell

if TYPE_CHECKING:
    from kenzan.interpret.tables.view import Spot, View

_KPI_FAMILIES = frozenset({"years-by-indicator", "indicator-per-row", "measure-subrows", "form"})
# A shorter text is a mark (新, ○) and tells nothing by itself.
_SHORTEST_TEXT = 3


@dataclass(slots=True)
class Table:
    """All that was read from one grid. ``rows`` and ``cols`` are by position in the view."""

    view: View
    caption: Caption
    family: str = "none"
    rows: dict[int, Meaning] = field(default_factory=dict)
    cols: dict[int, Meaning] = field(default_factory=dict)
    columns: list[Column] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    left: list[LeftCell] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    uncertain: list[str] = field(default_factory=list)
    kpi: bool = False
    said: Said = field(default_factory=Said)


@dataclass(slots=True)
class _Part:
    """One band while it is read: its segments and the meanings of rows and columns."""

    band: Band
    columns: list[Column]
    segments: list[tuple[list[int], list[int]]]
    cols: dict[int, Meaning]
    rows: list[dict[int, Meaning]]
    setting: Setting


def read_table(view: View, caption: Caption, year: int | None) -> Table:
    """Read every band of a grid; family ``none`` if it holds no figures."""
    table = Table(view, caption)
    for line in caption.lines:
        table.said.headed(line.text)
    for band in find_bands(view):
        if is_form(view, band):
            _read_form(table, band, year)
        else:
            _read_band(table, band, year)
    return table


def _read_form(table: Table, band: Band, year: int | None) -> None:
    axes = deciding.Axes(by_columns=False, kpi=False, family="form")
    setting = Setting(axes, units=table.caption.units, year=year)
    figures, texts = read_form(table.view, band, table.said, setting)
    table.figures.extend(figures)
    table.texts.extend(texts)
    table.family = "form" if table.family == "none" else table.family
    table.kpi = table.kpi or any(f.measure in {"target", "baseline"} for f in figures)


def _read_band(table: Table, band: Band, year: int | None) -> None:
    part = _read_part(table, band, year)
    table.columns = part.columns
    _read_cells(table, part)
    family = part.setting.axes.family
    table.family = family if table.family in {"none", "form"} else table.family
    table.kpi = table.kpi or part.setting.axes.kpi
    table.cols.update(part.cols)
    for rows in part.rows:
        for row, meaning in rows.items():
            known = table.rows.get(row)
            if known is None or len(meaning.names) > len(known.names):
                table.rows[row] = meaning


def _read_part(table: Table, band: Band, year: int | None) -> _Part:
    view, caption = table.view, table.caption
    pairs = pair_rows(view, band.top, band.head)
    for row in pairs.values():
        for label, value in row:
            table.said.take(label.content.label, value)
    for title in band.titles:
        table.said.headed(title.text)
    columns = read_columns(view, band, frozenset(pairs))
    segments = label_segments(columns)
    cols = _read_cols(columns)
    measured = sum(c.measure is not None for c in cols.values()) * 2 > len(cols)
    rows = [read_rows(view, band, columns, labels, measured=measured) for labels, _ in segments]
    every_row = [row for by_row in rows for row in by_row.values()]
    named = any(c.type == "indicator" for c in columns)
    deciding.settle_current(list(cols.values()), every_row)
    axes = deciding.decide_axes(every_row, list(cols.values()), named=named)
    deciding.settle_years(list(cols.values()), every_row)
    deciding.settle_totals(list(cols.values()))
    deciding.settle_unnamed(
        list(cols.values()), unit=next(iter(caption.units), ""), caption_measure=None
    )
    _settle_periods(list(cols.values()))
    _settle_periods(every_row)
    deciding.settle_wordings(list(cols.values()), by_columns=axes.by_columns)
    setting = Setting(axes, units=caption.units, year=year, names=caption.levels)
    setting.known_names = table.said.marks
    if not any(m.names for m in (*every_row, *cols.values())):
        _name_from_around(table, setting, cols)
    if not any(m.period_label for m in (*every_row, *cols.values())):
        setting.period = caption.period
    said = role_from_words(s.text for s in [*band.titles, *(s for c in columns for s in c.headers)])
    said = said or role_from_words(caption.notes) or role_from_words([caption.title])
    entries = [
        e
        for row in range(band.head, band.end)
        for s in view.starting(row)
        for e in s.content.entries
        if e.bracketed
    ]
    setting.bracket_words = said
    setting.brackets = infer_bracket_role(entries, said, kpi=axes.kpi)
    return _Part(band, columns, segments, cols, rows, setting)


def _name_from_around(table: Table, setting: Setting, cols: dict[int, Meaning]) -> None:
    """A table without names tells of the indicator named above it."""
    said = table.said
    name = said.indicator or table.caption.title.split(" ")[-1]
    if name:
        setting.names = (*setting.names, name)
    for col in cols.values():
        col.unit = col.unit or said.unit


def _read_cols(columns: list[Column]) -> dict[int, Meaning]:
    cols: dict[int, Meaning] = {}
    for column in columns:
        if column.type != "data":
            continue
        meaning = combine_columns(column.index, [s.content.label for s in column.headers])
        if column.headers:
            leaf = column.headers[-1]
            line = leaf.first_line()
            meaning.place = line.place_of() if line is not None else leaf.place()
        cols[column.index] = meaning
    return cols


def _settle_periods(meanings: list[Meaning]) -> None:
    """Bare era years (3年度) get their era from the years beside them."""
    dated = [m for m in meanings if m.period is not None]
    if not any(
        m.period and m.period.number is not None and m.period.fiscal_year is None for m in dated
    ):
        return
    resolved = resolve_periods([m.period for m in dated if m.period is not None])
    for meaning, period in zip(dated, resolved, strict=True):
        meaning.period = period


def _read_cells(table: Table, part: _Part) -> None:
    view, band = table.view, part.band
    of_col = {col: place for place, (_, data) in enumerate(part.segments) for col in data}
    types = {c.index: c for c in part.columns}
    for row in range(band.head, band.end):
        spots = view.starting(row)
        whole = full_width(view, row)
        if whole is not None:
            _read_whole_row(table, whole, row)
            continue
        silent = not any(s.content.kind in {"figure", "missing"} for s in spots if s.col in of_col)
        lead = _name_from_cell(spots, of_col, part)
        for spot in spots:
            place = of_col.get(spot.col)
            if place is None:
                _read_text(table, part, types[spot.col], spot)
                continue
            meaning = _row_of(part, place, spot)
            if lead and lead[0] is not spot and not spot.content.figures:
                meaning = meaning.copy()
            _read_cell(table, part, spot, meaning, silent=silent)


def _row_of(part: _Part, place: int, spot: Spot) -> Meaning:
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


def _col_of(part: _Part, spot: Spot) -> Meaning:
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


def _name_from_cell(
    spots: list[Spot], of_col: dict[int, int], part: _Part
) -> tuple[Spot, str] | None:
    """A label printed in the first figure cell of a row, which names the row (均等割 76,781)."""
    data = [s for s in spots if s.col in of_col and s.content.figures]
    if len(data) < 2:
        return None
    first, others = data[0], data[1:]
    if len(first.content.entries) != 1 or not first.content.entries[0].label:
        return None
    if any(e.label for s in others for e in s.content.entries):
        return None
    name = first.content.entries[0].label
    if find_known_unit(name) is not None or _only_qualifies(name):
        return None
    place = of_col[first.col]
    meaning = part.rows[place].get(first.row)
    if meaning is None or place != of_col[others[-1].col]:
        return None
    meaning.names = (*meaning.names, name)
    meaning.path = (*meaning.path, name)
    meaning.level += 1
    meaning.mark = None
    return first, name


def _only_qualifies(name: str) -> bool:
    """Whether a word before a figure bounds or dates it (毎年度, 累計) rather than naming it."""
    label = read_label(name)
    return label.measure is not None or label.only_period or is_filler(label_key(name))


def _read_cell(table: Table, part: _Part, spot: Spot, row: Meaning, *, silent: bool) -> None:
    content = spot.content
    col = _col_of(part, spot)
    if content.kind in {"figure", "missing"}:
        table.figures.extend(to_figures(spot, row, col, part.setting))
    elif content.kind == "empty":
        if _waits_for_a_figure(table, part, row, col, silent=silent):
            table.figures.append(_blank(spot, row, col, part.setting))
    elif silent and content.kind in {"words", "prose"}:
        names = col.names if part.setting.axes.by_columns else (*row.names, *col.names)
        label = row.path[-1] if row.path else ""
        table.texts.append(
            text_of(spot, kind_of(label) or "other", names, row.period_label or col.period_label)
        )
    else:
        _read_stray(table, part, spot, row, col)


def _waits_for_a_figure(
    table: Table, part: _Part, row: Meaning, col: Meaning, *, silent: bool
) -> bool:
    """Whether a blank says that a target or an actual is still to come."""
    axes = part.setting.axes
    if axes.family not in _KPI_FAMILIES or not axes.kpi:
        return False
    measure = row.measure or col.measure
    if measure not in deciding.KPI:
        return False
    if row.path and kind_of(row.path[-1]) is not None and not row.period_label and not row.measure:
        return False
    return not silent or bool(row.period_label or row.measure or row.unit)


def _blank(spot: Spot, row: Meaning, col: Meaning, setting: Setting) -> Figure:
    figure = merge_cell(row, col, setting, spot)
    figure.status = "not_reported"
    figure.unit = (col.unit or row.unit) if setting.axes.by_columns else (row.unit or col.unit)
    figure.value_place = spot.place()
    return figure


def _read_stray(table: Table, part: _Part, spot: Spot, row: Meaning, col: Meaning) -> None:
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
    table.texts.append(text_of(spot, "other", names, row.period_label or col.period_label))
    if numbers:
        table.left.append(LeftCell(spot.text, "text in a column of figures", spot.place()))


def _read_whole_row(table: Table, spot: Spot, row: int) -> None:
    if spot.row != row or spot.content.kind not in {"prose", "figure"}:
        return
    if spot.content.figures:
        table.left.append(LeftCell(spot.text, "a figure over the whole width", spot.place()))
    else:
        table.notes.append(spot.content.label.text or spot.text)


def _read_text(table: Table, part: _Part, column: Column, spot: Spot) -> None:
    """Texts beside the figures, in columns of their own."""
    if column.type not in {"text", "grade"} or spot.content.kind == "empty":
        return
    rows = part.rows[0] if part.rows else {}
    meaning = rows.get(spot.row)
    header = column.headers[-1].content.label.text if column.headers else ""
    kind = kind_of(header) or ("achievement" if column.type == "grade" else "other")
    names = meaning.names if meaning else ()
    if kind == "other" and len(spot.text.strip()) < _SHORTEST_TEXT:
        return
    table.texts.append(text_of(spot, kind, names, meaning.period_label if meaning else ""))
