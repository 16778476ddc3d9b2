"""Whether a table put together again makes sense once it is read as any other table is.

Lines that a wrong header was found for, or rows cut in the wrong place, still make a grid. What
such a grid says gives it away: figures without a name, names that are words of a header, two
figures for one place, changes that are not the difference of the amounts beside them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from kenzan.interpret.tables.captions import Caption
from kenzan.interpret.tables.content import read_content
from kenzan.interpret.tables.pairs import Said
from kenzan.interpret.tables.reading import read_table
from kenzan.interpret.tables.view import view_grids
from kenzan.interpret.words.label import read_label

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence
    from decimal import Decimal

    from kenzan.interpret.tables.values import Figure
    from kenzan.schemas.document import Grid, Line

_HEADER_ROLES = frozenset({"indicator", "group", "unit", "period", "number", "text", "grade"})
_MOST_FAULTS = 2
"""Percent of the figures that may be faulty: a row of another kind among many."""
_AMOUNT = re.compile(r"\d,\d{3}")
_ASIDE = re.compile(r"[(（][^()（）]*[)）]")
_TORN = re.compile(
    r"^[・、，)）ー〜～ぁぃぅぇぉっゃゅょァィゥェォッャュョ]|[のをがは・、，(（⇒→]$"
    r"|([^\W\d_]{2,})\1$|([\u4e00-\u9fff])\2$"
)
"""What no name begins or ends with: it was cut where a line was, or is of two that stood beside."""
_SPAN_OF_TIME = re.compile(r"(?:期間|年度|年次|時期)$")
_FIGURE = re.compile(r"[△▲+＋\-−－]?[0-9０-９][0-9０-９,，.．]*[^\W\d_%％]{0,3}[%％]?")
_FIGURES_APART = re.compile(rf"{_FIGURE.pattern}(?:[ \u3000]{{2,}}{_FIGURE.pattern})+")
_NAMES_APART = re.compile(r"[^\W\d_]{2}[)）]?[ \u3000]{2,}[(（]?[^\W\d_]{2}")
_AIMS = frozenset({"target", "actual", "baseline"})
_MOST_UNKNOWN = 34
"""Percent of the figures whose measure may stay open, as under a word nobody knows."""
_AMOUNTS = frozenset({"budget", "settlement", "amount", "actual", "other"})
_FEWEST_CHANGES = 3
_MOST_BROKEN = 30
"""Percent of the printed changes that may differ from the amounts beside them."""


def is_sound(
    grid: Grid, above: Sequence[Line] = (), before: Grid | None = None, *, whole: bool = False
) -> bool:
    """Whether the figures of a grid all have a place of their own, by what its headers say.

    Of the lines ``above`` it only one that says that it names an indicator (指標①：来館者数) may
    name the figures: any other may be a header that was cut off, unless the header is ``whole``.
    ``before`` is the part of the same table on the page before, whose header is that of the grid
    too.
    """
    if _is_crowded(grid):
        return False
    grids = [grid] if before is None else [before, grid]
    table = read_table(view_grids(grids), Caption(lines=list(above)), None)
    figures = [f for f in table.figures if f.value is not None and not _is_of_time(f)]
    if not figures:
        return False
    named = sum(not _has_name(figure) for figure in figures if figure.names or not whole)
    faults = named + _count_rivals(figures)
    if faults * 100 > _MOST_FAULTS * len(figures):
        return False
    return _kinds_known(figures) and _changes_hold(figures)


def _is_crowded(grid: Grid) -> bool:
    """Whether two figures, or two names over them, stand far apart in one cell.

    Such a cell holds two columns, and nothing tells which of them the others in it are of.
    """
    texts = [(cell.row, line.text.strip()) for cell in grid.cells for line in cell.lines]
    figures = [row for row, text in texts if _FIGURE.fullmatch(text)]
    first = min(figures, default=0)
    if _heads_figures_elsewhere(grid, first):
        return True
    return any(
        _FIGURES_APART.fullmatch(text) or (row < first and _NAMES_APART.search(text))
        for row, text in texts
    )


def _heads_figures_elsewhere(grid: Grid, first: int) -> bool:
    """Whether a header of labels names a measure as well: 単位 事業開始前 over 人, 件.

    The figures of that measure then stand in the columns beside it, and theirs in the next.
    """
    filled = {c.col for c in grid.cells if c.row >= first and read_content(c.text).figures}
    heads = [c for c in grid.cells if c.row < first and c.col not in filled]
    return any(_names_label_and_measure(cell.text.split()) for cell in heads)


def _names_label_and_measure(pieces: Sequence[str]) -> bool:
    labels = [read_label(piece) for piece in pieces]
    stub = any(label.role in _HEADER_ROLES and label.measure is None for label in labels)
    return stub and any(
        (label.measure is not None and label.measure.measure in _AIMS)
        or (label.period is not None and label.period.kind == "baseline")
        for label in labels
    )


def _is_of_time(figure: Figure) -> bool:
    """Whether it is no figure but a part of a span of years: 事業期間 | 2016～2020."""
    return bool(figure.names) and _SPAN_OF_TIME.search(figure.names[-1]) is not None


def _kinds_known(figures: Sequence[Figure]) -> bool:
    """Whether a table of targets and actuals says for nearly all figures which they are."""
    if all(figure.measure not in _AIMS for figure in figures):
        return True
    unknown = sum(figure.measure == "other" for figure in figures)
    return unknown * 100 <= _MOST_UNKNOWN * len(figures)


def _has_name(figure: Figure) -> bool:
    """Whether the figure is of something: not of 項目, 目標値, 103.5, KPI①：来館者数 or a part."""
    if not figure.names:
        return False
    name = figure.names[-1]
    label = read_label(name)
    if label.formula:
        return True  # ②－①
    if _TORN.search(name) or name.count("(") != name.count(")"):
        return False
    if not any(map(str.isalpha, name)) or _AMOUNT.search(_ASIDE.sub("", name)):
        return False
    if Said().headed(name) or label.role in _HEADER_ROLES or label.only_period:
        return False
    measure = label.measure
    return measure is None or not measure.whole or measure.measure not in _AIMS


def _count_rivals(figures: Sequence[Figure]) -> int:
    """Figures that say another thing than one before them about the same place.

    A 款 and its only 項 may have one name and one amount: they agree.
    """
    places: dict[Hashable, set[Decimal | None]] = defaultdict(set)
    for figure in figures:
        places[_place(figure)].add(figure.value)
    return sum(len(values) - 1 for values in places.values())


def _place(figure: Figure) -> Hashable:
    return (
        figure.project,
        figure.names,
        figure.period,
        figure.measure,
        figure.wording,
        figure.qualifier,
    )


def _changes_hold(figures: Iterable[Figure]) -> bool:
    """Whether changes are differences of two amounts of their rows, if there are any."""
    rows: dict[int, list[Figure]] = defaultdict(list)
    for figure in figures:
        rows[figure.spot.row].append(figure)
    held = [verdict for row in rows.values() for verdict in _verdicts(row)]
    broken = held.count(False)
    return len(held) < _FEWEST_CHANGES or broken * 100 <= _MOST_BROKEN * len(held)


def _verdicts(row: Sequence[Figure]) -> Iterable[bool]:
    """For each change of a row whether a later amount differs by it from an earlier one."""
    amounts = [(f.fiscal_year, f.value) for f in row if f.measure in _AMOUNTS]
    differences = {
        a - b
        for year, a in amounts
        for before, b in amounts
        if a is not None and b is not None and (year is None or before is None or year > before)
    }
    if not differences:
        return
    near = {d + step for d in differences for step in (-1, 0, 1)}
    for figure in row:
        if figure.measure == "change" and figure.value is not None:
            yield figure.value in near
