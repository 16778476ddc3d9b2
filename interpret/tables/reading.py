"""One table read: its bands, and in each the columns, the rows, the axes, then every cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.interpret.tables import axes as deciding
from kenzan.interpret.tables.baselines import settle_baselines
from kenzan.interpret.tables.brackets import infer_bracket_role, role_from_words
from kenzan.interpret.tables.cells import read_cells
from kenzan.interpret.tables.cycles import settle_cycles
from kenzan.interpret.tables.forms import is_form, read_form
from kenzan.interpret.tables.inference import (
    infer_by_bounds,
    infer_by_neighbours,
    infer_by_signs,
    infer_by_sums,
    infer_by_years,
    infer_start,
    share_wordings,
)
from kenzan.interpret.tables.meaning import Meaning, combine_columns
from kenzan.interpret.tables.pairs import pair_rows
from kenzan.interpret.tables.regions import find_bands
from kenzan.interpret.tables.rows import label_segments, read_rows
from kenzan.interpret.tables.stubs import LABELS, read_columns
from kenzan.interpret.tables.table import Part, Table
from kenzan.interpret.tables.unit_rows import find_unit_rows
from kenzan.interpret.tables.values import Setting
from kenzan.normalize.periods import resolve_periods

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kenzan.interpret.tables.brackets import BracketWords
    from kenzan.interpret.tables.captions import Caption
    from kenzan.interpret.tables.regions import Band
    from kenzan.interpret.tables.stubs import Column
    from kenzan.interpret.tables.view import View


def read_table(view: View, caption: Caption, year: int | None, above: Table | None = None) -> Table:
    """Read every band of a grid; family ``none`` if it holds no figures.

    ``above`` is the table right above it, if nothing stands between: a card may name the indicator
    (指標名 | 来館者数) whose years follow in a table of their own.
    """
    table = Table(view, caption)
    if above is not None and above.tells_of_one:
        table.said.indicator, table.said.unit = above.said.indicator, above.said.unit
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
    read_cells(table, part)
    family = part.setting.axes.family
    table.family = family if table.family in {"none", "form"} else table.family
    table.kpi = table.kpi or part.setting.axes.kpi
    table.cols.update(part.cols)
    for rows in part.rows:
        for row, meaning in rows.items():
            known = table.rows.get(row)
            if known is None or len(meaning.names) > len(known.names):
                table.rows[row] = meaning


def _read_part(table: Table, band: Band, year: int | None) -> Part:
    view = table.view
    pairs = pair_rows(view, band.top, band.head)
    for row in pairs.values():
        for label, value in row:
            table.said.take(label.content.label, value)
    for title in band.titles:
        table.said.headed(title.text)
    stating = find_unit_rows(view, range(band.top, band.head))
    columns = read_columns(view, band, frozenset({*pairs, *stating}))
    units = (*(unit for row in stating.values() for unit in row), *table.caption.units)
    segments = label_segments(columns)
    by_col = _read_cols(columns)
    cols = list(by_col.values())
    measured = sum(c.measure is not None for c in cols) * 2 > len(cols)
    rows = [read_rows(view, band, columns, labels, measured=measured) for labels, _ in segments]
    every_row = [row for by_row in rows for row in by_row.values()]
    body = range(band.head, band.end)
    settle_cycles(cols, body, lambda col, row: view.content(row, col))
    for by_row in rows:
        settle_cycles(list(by_row.values()), list(by_col), view.content)
    settle_baselines(view, cols, every_row)
    infer_by_sums(view, body, cols)
    infer_by_signs(view, body, cols)
    infer_by_bounds(view, body, cols)
    axes = _settle(table, cols, every_row, columns, body, year)
    deciding.settle_unnamed(cols, unit=next(iter(units), ""))
    units = (*_stub_units(columns), *units)
    setting = Setting(axes, units=units, year=year, names=table.caption.levels)
    filled = [row for row in every_row if _has_figures(view, row.index, by_col)]
    _settle_from_around(table, setting, cols, filled)
    said = _bracket_words(table, band, columns)
    entries = [
        entry
        for row in range(band.head, band.end)
        for spot in view.starting(row)
        for entry in spot.content.entries
        if entry.bracketed
    ]
    setting.bracket_words = said
    setting.brackets = infer_bracket_role(entries, said, kpi=axes.kpi)
    return Part(band, columns, segments, by_col, rows, setting)


def _stub_units(columns: list[Column]) -> tuple[str, ...]:
    """Units that stand in the corner over the labels: （千円）, 区分（単位：人）."""
    heads = (s.content.label for c in columns if c.type in LABELS for s in c.headers)
    return tuple(dict.fromkeys(label.unit for label in heads if label.unit))


def _settle(
    table: Table,
    cols: list[Meaning],
    rows: list[Meaning],
    columns: list[Column],
    body: range,
    year: int | None,
) -> deciding.Axes:
    """Settle what labels alone left open, now that all of them are known."""
    named = any(c.type == "indicator" for c in columns)
    deciding.settle_current(cols, rows)
    deciding.settle_expected(cols, rows)
    share_wordings(cols)
    infer_by_neighbours(cols)
    infer_by_neighbours(rows)
    kpi = named or any(c.type == "grade" for c in columns)
    infer_by_years(table.view, body, cols, kpi=kpi)
    if any(row.measure for row in rows):
        infer_start(cols)
        deciding.settle_sums_of_years(cols)
    deciding.settle_compared(cols)
    deciding.settle_years_before(cols, rows)
    axes = deciding.decide_axes(rows, cols, named=named)
    deciding.settle_years(cols, rows)
    deciding.settle_totals(cols)
    deciding.date_shares(cols)
    _settle_periods(cols, year)
    _settle_periods(rows, year)
    deciding.settle_wordings(cols, by_columns=axes.by_columns)
    return axes


def _settle_from_around(
    table: Table, setting: Setting, cols: list[Meaning], rows: list[Meaning]
) -> None:
    """What no label of the table says, its caption may: the indicator, the year.

    ``rows`` are those that hold figures: 達成状況 before a sentence names none.
    """
    if not any(m.names for m in rows) and all(deciding.is_plain_total(c) for c in cols if c.names):
        _name_from_around(table, setting, cols)
    if not any(m.period_label for m in (*rows, *cols)):
        setting.period = table.caption.period


def _has_figures(view: View, row: int, cols: Iterable[int]) -> bool:
    return any(view.content(row, col).kind in {"figure", "missing"} for col in cols)


def _bracket_words(table: Table, band: Band, columns: list[Column]) -> BracketWords | None:
    heads = [spot.text for column in columns for spot in column.headers]
    caption = table.caption
    return role_from_words([*(s.text for s in band.titles), *heads, *caption.notes, caption.title])


def _name_from_around(table: Table, setting: Setting, cols: list[Meaning]) -> None:
    """A table without names tells of the indicator named above it."""
    said = table.said
    name = said.indicator or table.caption.title.split(" ")[-1]
    if name:
        setting.names = (*setting.names, name)
    for col in cols:
        col.names = () if name else col.names
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


def _settle_periods(meanings: list[Meaning], year: int | None) -> None:
    """Bare era years (3年度) get their era from the years beside them, or the document's own."""
    dated = [m for m in meanings if m.period is not None]
    if not any(
        m.period and m.period.number is not None and m.period.fiscal_year is None for m in dated
    ):
        return
    known = [m.period for m in dated if m.period is not None and m.period.relative is None]
    current = None if any(p.fiscal_year is not None for p in known) else year
    resolved = resolve_periods([m.period for m in dated if m.period is not None], current=current)
    for meaning, period in zip(dated, resolved, strict=True):
        meaning.period = period
