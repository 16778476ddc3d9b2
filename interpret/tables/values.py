"""Cells to figures: each entry of a cell with the meaning of its row and column."""

from __future__ import annotations

import re
from dataclasses import field
from functools import lru_cache
from typing import TYPE_CHECKING

from kenzan.interpret.tables.brackets import year_in_brackets
from kenzan.interpret.tables.lines import of_which, paired_names
from kenzan.interpret.tables.meaning import measures_in, take_part_of_year
from kenzan.interpret.tables.units import RATES, find_unit, is_ratio, may_be_money
from kenzan.interpret.words.label import read_label
from kenzan.interpret.words.lexicon import is_filler, label_key
from kenzan.normalize.periods import (
    Period,
    is_part_of_year,
    parse_period,
)
from kenzan.normalize.units import find_known_unit
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from decimal import Decimal

    from kenzan.interpret.tables.axes import Axes
    from kenzan.interpret.tables.brackets import BracketRole, BracketWords
    from kenzan.interpret.tables.meaning import Meaning
    from kenzan.interpret.tables.view import Spot
    from kenzan.interpret.words.label import Label
    from kenzan.normalize.numbers import Entry, Number
    from kenzan.schemas.geometry import Place

_BRACKETED = re.compile(r"[(（〔\[]([^()（）〔〕\[\]]{2,14})[)）〕\]]")
_ARROW = re.compile(r"[→⇒➡⇨]")
_YEARLESS = frozenset({"baseline", "cumulative"})


@dataclass(slots=True)
class Figure:
    """One figure (or the mark in its place) with all that is known of it.

    ``names`` are group labels, the indicator last.
    """

    spot: Spot
    names: tuple[str, ...] = ()
    period: str = ""
    fiscal_year: int | None = None
    measure: str = "other"
    wording: str = ""
    unit: str = ""
    status: str = "reported"
    value: Decimal | None = None
    delta: Decimal | None = None
    value_raw: str = ""
    delta_raw: str = ""
    bound: str | None = None
    high: Decimal | None = None
    qualifier: str = ""
    value_place: Place | None = None
    delta_place: Place | None = None
    project: str | None = None


@dataclass(slots=True)
class Setting:
    """What the table as a whole gives to its cells.

    ``units`` are those stated above it, ``year`` the fiscal year of the document (for 本年度).
    """

    axes: Axes
    brackets: BracketRole = "delta"
    bracket_words: BracketWords | None = None
    units: tuple[str, ...] = ()
    year: int | None = None
    period: Period | None = None
    measure: str | None = None
    names: tuple[str, ...] = ()
    known_names: dict[str, tuple[str, str]] = field(default_factory=dict)


def year_of(period: Period | None, relative: int | None, year: int | None) -> int | None:
    """The fiscal year a period label stands for, where it stands for one.

    ``year`` is that of the document, from which 前年度 counts.
    """
    if period is not None:
        if period.kind in _YEARLESS:
            return None
        if period.fiscal_year is not None:
            return period.fiscal_year
        relative = period.relative
    return year + relative if relative is not None and year is not None else None


def merge_cell(row: Meaning, col: Meaning, setting: Setting, spot: Spot) -> Figure:
    """A figure without its number: what row and column say about the cell."""
    figure = Figure(spot, project=row.project or col.project)
    figure.names = _names(row, col, setting)
    _set_period(figure, row, col, setting)
    _set_measure(figure, row, col, setting)
    return figure


def _names(row: Meaning, col: Meaning, setting: Setting) -> tuple[str, ...]:
    if setting.axes.by_columns:
        return (*setting.names, *row.names, *col.names)
    return (*setting.names, *row.names) if row.names else (*setting.names, *col.names)


def _set_period(figure: Figure, row: Meaning, col: Meaning, setting: Setting) -> None:
    by_row = row.period is not None or row.relative is not None
    by_col = col.period is not None or col.relative is not None
    source = (
        row
        if by_row and not (by_col and col.measure in {"baseline", "target"} and row.measure)
        else col
    )
    if by_col and by_row and col.period is not None and row.period is None:
        source = col
    if by_row and by_col and _set_part_of_year(figure, row, col, setting):
        return
    if by_row or by_col:
        figure.period = source.period_label
        figure.fiscal_year = year_of(source.period, source.relative, setting.year)
    elif setting.period is not None:
        figure.period = setting.period.label
        figure.fiscal_year = year_of(setting.period, None, setting.year)


def _set_part_of_year(figure: Figure, row: Meaning, col: Meaning, setting: Setting) -> bool:
    """Whether row and column say a year and a month of it, which the figure then has both."""
    for outer, inner in ((row, col), (col, row)):
        if inner.period is None or not is_part_of_year(inner.period):
            continue
        both = outer.copy()
        if take_part_of_year(both, inner.period):
            figure.period = both.period_label
            figure.fiscal_year = year_of(both.period, both.relative, setting.year)
            return True
    return False


def _set_measure(figure: Figure, row: Meaning, col: Meaning, setting: Setting) -> None:
    source = row if row.measure and (row.strong or not col.strong) else col
    if col.alone or (row.measure == "baseline" and col.measure):
        source = col
    figure.measure = source.measure or setting.measure or "other"
    figure.wording = source.wording
    if figure.measure in {"amount", "other"} and not figure.wording:
        figure.measure = _rate_of_row(row) or figure.measure
    if source is row and col.wording and col.measure is None and not setting.axes.by_columns:
        figure.wording = row.wording


def _rate_of_row(row: Meaning) -> str:
    """対前年伸び率 as the name of a row under bare years is what its figures are."""
    word = row.own.content.label.measure if row.own is not None else None
    known = word is not None and word.whole and word.strong and word.measure in RATES
    return word.measure if word is not None and known else ""


def to_figures(spot: Spot, row: Meaning, col: Meaning, setting: Setting) -> list[Figure]:
    """All figures of a cell, in the order printed."""
    entries = spot.content.entries
    arrow = len(entries) == 2 and bool(_ARROW.search(spot.text))
    plain = not any(entry.label for entry in entries)
    parts = _parts_of(row, col, len(entries)) if plain and not arrow else ()
    paired = None
    if plain and not arrow and not parts:
        paired = paired_names(row.own, spot, len(entries))
    found: list[Figure] = []
    for place, entry in enumerate(entries):
        figure = merge_cell(row, col, setting, spot)
        if paired:
            figure.names = (*figure.names[:-1], paired[place])
        _qualify(figure, entry, setting)
        if parts:
            _take_part(figure, parts[place], setting)
        elif len(entries) > 1 and not (entry.label or arrow or paired):
            figure.qualifier = figure.qualifier or str(place + 1)
        _fill(figure, entry.number, row, col, setting, entry)
        if arrow:
            _split_arrow(figure, col, place, setting)
        found.append(figure)
        found.extend(_fill_brackets(figure, entry, row, col, setting))
    return found


def _split_arrow(figure: Figure, col: Meaning, place: int, setting: Setting) -> None:
    """10→20 is a baseline and its target, unless the header's own halves say otherwise."""
    if not place and figure.measure in {"target", "other"}:
        figure.measure = "baseline"
    elif place and figure.measure == "other":
        figure.measure = "target"
    _split_header(figure, col, place, setting)


@lru_cache(maxsize=4096)
def period_in_brackets(raw: str) -> Period | None:
    """The year printed in brackets behind a figure: 58.5％（H28）."""
    found = [
        period
        for match in _BRACKETED.finditer(raw)
        if (period := parse_period(match.group(1), bare_years=True)) is not None
    ]
    return found[0] if len(found) == 1 and found[0].fiscal_year is not None else None


def _date_from_brackets(figure: Figure, entry: Entry) -> tuple[Number, ...]:
    """Take a year in brackets for the figure's own; the figures in brackets that are left."""
    period = period_in_brackets(figure.spot.text)
    if period is None:
        return entry.bracketed
    figure.period, figure.fiscal_year = period.label.strip("()（）"), period.fiscal_year
    return tuple(n for n in entry.bracketed if period.label not in n.raw)


def _split_header(figure: Figure, col: Meaning, place: int, setting: Setting) -> None:
    """基準値（H30）→目標値（R6） over 10→20: each figure has its own half of the header."""
    halves = _ARROW.split(col.path[-1]) if col.path else []
    if len(halves) == 2:
        _take_part(figure, read_label(halves[place]), setting)


def _parts_of(row: Meaning, col: Meaning, count: int) -> tuple[Label, ...]:
    """What each of several figures of a cell is (目標／実績 over 12／14), by column or by row."""
    of_row = measures_in(row.own.text) if row.own is not None and count > 1 else ()
    return next((parts for parts in (col.parts, of_row) if len(parts) == count > 1), ())


def _take_part(figure: Figure, label: Label, setting: Setting) -> None:
    if label.measure is not None:
        figure.measure, figure.wording = label.measure.measure, label.wording or label.text
    if label.period is not None:
        figure.period = label.period.label
        figure.fiscal_year = year_of(label.period, None, setting.year)


def _qualify(figure: Figure, entry: Entry, setting: Setting) -> None:
    if not entry.label:
        return
    label = read_label(entry.label)
    unit = find_known_unit(entry.label)
    if unit is not None and unit.dimension in {"money", "percent"}:
        figure.unit = unit.text
    elif label.only_period and label.period is not None and label.period.kind not in _YEARLESS:
        figure.period = label.period.label
        figure.fiscal_year = year_of(label.period, None, setting.year)
    elif (
        label.measure is not None
        and label.measure.whole
        and label.measure.strong
        and label.measure.measure != "amount"
    ):
        figure.measure, figure.wording = label.measure.measure, label.wording
    elif entry.label != (figure.names[-1] if figure.names else "") and not _is_scope(entry.label):
        figure.qualifier = entry.label


def _is_scope(label: str) -> bool:
    """毎年度 and 約 bound a figure; 累計 tells it apart from the year's own."""
    return is_filler(label_key(label)) and "累" not in label


def _is_glued(entry: Entry) -> bool:
    """Whether the word before the figure belongs to it: 毎年度20億円以上, 累計515."""
    return bool(entry.label) and not entry.bracketed and is_filler(label_key(entry.label))


def _fill(
    figure: Figure,
    number: Number,
    row: Meaning,
    col: Meaning,
    setting: Setting,
    entry: Entry | None = None,
) -> None:
    figure.value = number.value
    figure.high = number.high
    figure.bound = number.bound
    figure.status = number.missing or "reported"
    figure.value_raw = entry.raw if entry is not None and _is_glued(entry) else number.raw
    if number.unit or not figure.unit:
        figure.unit = find_unit(number, row, col, figure.measure, setting)
    open_name = not figure.wording or is_ratio(figure.unit)
    if figure.measure == "amount" and open_name and not may_be_money(figure.unit):
        figure.measure = "other"  # 認定率 or 利率 among money
    figure.value_place = figure.spot.span_of(number.start, number.end)


def _fill_brackets(
    figure: Figure, entry: Entry, row: Meaning, col: Meaning, setting: Setting
) -> list[Figure]:
    single = len(figure.spot.content.entries) == 1 and not entry.number.missing
    bracketed = _date_from_brackets(figure, entry) if single else entry.bracketed
    if not bracketed:
        if entry.number.bracketed and setting.brackets == "delta" and entry.number.sign:
            _only_delta(figure, entry.number)
        return []
    numbers = list(bracketed)
    within = of_which(row.own)
    if within is not None:
        return [_beside(figure, number, row, col, setting, within) for number in numbers]
    first = numbers[0]
    if setting.brackets == "delta" and not (
        first.unit and figure.unit and _differs(first.unit, figure.unit)
    ):
        figure.delta = first.value
        figure.delta_raw = first.raw
        figure.delta_place = figure.spot.span_of(first.start, first.end)
        numbers = numbers[1:]
    return [_beside(figure, number, row, col, setting) for number in numbers]


def _take_year_of_brackets(figure: Figure, col: Meaning, setting: Setting) -> bool:
    """予算額（前年度） over 24,310（18,200）: the header has its own year in brackets."""
    period = year_in_brackets(col.path[-1]) if col.path else None
    if period is None or period.label == figure.period:
        return False
    figure.period = period.label
    figure.fiscal_year = year_of(period, None, setting.year)
    return True


def _take_stated_year(figure: Figure, setting: Setting) -> bool:
    """Brackets that a note or a header says hold the figure of another year."""
    words = setting.bracket_words
    if words is None or words.role != "other" or not (words.period or words.years_back):
        return False
    if words.period is not None:
        figure.period, figure.fiscal_year = words.period.label, words.period.fiscal_year
    elif figure.fiscal_year is not None:
        figure.fiscal_year -= words.years_back
        figure.period = ""
    return True


def _differs(one: str, other: str) -> bool:
    return is_ratio(one) != is_ratio(other)


def _only_delta(figure: Figure, number: Number) -> None:
    figure.delta, figure.delta_raw, figure.delta_place = (
        number.value,
        number.raw,
        figure.value_place,
    )
    figure.value, figure.value_raw, figure.value_place = None, "", None
    figure.status = "not_reported"


def _beside(
    figure: Figure, number: Number, row: Meaning, col: Meaning, setting: Setting, within: str = ""
) -> Figure:
    """A figure in brackets that is no change: a figure of its own.

    It is told apart by its brackets, or named by （うち …） in the label of the row.
    """
    other = merge_cell(row, col, setting, figure.spot)
    other.period, other.fiscal_year = figure.period, figure.fiscal_year
    if within:
        other.names = (*other.names, within)
    elif not (_take_year_of_brackets(other, col, setting) or _take_stated_year(other, setting)):
        other.qualifier = f"{figure.qualifier}（ ）"
    if number.unit and is_ratio(number.unit) and other.measure not in RATES:
        other.measure = "rate" if setting.axes.kpi else "share"
    _fill(other, number, row, col, setting)
    return other
