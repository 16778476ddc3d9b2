"""Headers that the lexicon does not know, read by their neighbours, their years and by sums.

A person who meets めざす値 beside 実績 knows what it is; so does one who sees that a column is
the difference of two others, or that a rate is the ratio of two. Nothing is forced: what stays
unclear keeps no measure.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kenzan.interpret.tables.fitting import FEWEST_FIGURES, convinces, find_ratio, fit, is_share
from kenzan.interpret.words.lexicon import foreign_words, names_achievement, names_ratio
from kenzan.normalize.periods import Period

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    from kenzan.arithmetic.evidence import Tally
    from kenzan.interpret.tables.fitting import Sum, Values
    from kenzan.interpret.tables.meaning import Meaning
    from kenzan.interpret.tables.view import View
    from kenzan.normalize.numbers import Number

_AMOUNTS = frozenset({None, "amount", "budget", "settlement", "actual", "target", "baseline"})
_PLAN = {"settlement": "budget", "actual": "target"}
_MEASURES: dict[Sum, str] = {"difference": "change", "ratio": "rate", "growth": "change_rate"}
_KPI = frozenset({"target", "actual", "baseline", "rate"})
# Columns that stand beside those of a plan and say nothing of their order.
_BESIDE = frozenset({"rate", "change", "change_rate", "share"})
_FEWEST_WORDINGS, _FEWEST_YEARS = 3, 2
# How far figures of one indicator are from each other, mostly.
_SWING = 4
_MOST_COLUMNS = 12


def infer_by_neighbours(axis: Sequence[Meaning]) -> None:
    """目標 beside an unknown header that stands as often: that one holds the actuals."""
    known = Counter(m.measure for m in axis if m.measure)
    unknown = Counter(m.wording for m in axis if m.measure is None and m.wording)
    for one, other in (("target", "actual"), ("actual", "target")):
        if not known[one] or known[other] or known["baseline"] > known[one]:
            continue
        matching = [w for w, count in unknown.items() if count == known[one]]
        if len(matching) == 1:
            _name(axis, matching[0], other)
            return


def _name(axis: Iterable[Meaning], wording: str, measure: str) -> None:
    for meaning in axis:
        if meaning.measure is None and meaning.wording == wording:
            take_measure(meaning, measure)


def share_wordings(cols: Sequence[Meaning]) -> None:
    """What one column of a wording was found to be, the others of it are as well."""
    told: dict[str, set[str]] = {}
    for col in cols:
        if col.measure is not None and col.wording:
            told.setdefault(col.wording, set()).add(col.measure)
    for col in cols:
        same = told.get(col.wording, set())
        if col.measure is None and len(same) == 1 and not is_year(col):
            take_measure(col, next(iter(same)))


def infer_by_years(view: View, rows: range, cols: Sequence[Meaning], *, kpi: bool) -> None:
    """Where figures of a plan stand in the order of their years: what is earliest, what is last.

    One unknown column before all others is the baseline, one of a later year than all others the
    goal, and one wording over several years between them the actuals. ``kpi`` tells that other
    columns are those of a list of indicators (their names, their grades).
    """
    measures = {col.measure for col in cols if col.measure}
    if measures - _KPI - _BESIDE or not (measures & _KPI or kpi):
        return
    by_wording: dict[str, list[Meaning]] = {}
    for col in cols:
        if col.measure is None and col.wording and not is_year(col) and not _is_foreign(col):
            by_wording.setdefault(col.wording, []).append(col)
    if not measures & {"target", "actual", "rate"} and len(by_wording) < _FEWEST_WORDINGS:
        return
    values = _values(view, rows, cols)
    for wording, same in list(by_wording.items()):
        others = [c for c in cols if c not in same and c.measure not in _BESIDE]
        if not all(_are_alike(values, col, others) for col in same):
            del by_wording[wording]
            continue
        found = _by_order(same[0], others) if len(same) == 1 else None
        if found is not None and not any(c.measure == found for c in cols):
            take_measure(same[0], found)
    _name_series(by_wording, {col.measure for col in cols})


def _is_foreign(col: Meaning) -> bool:
    """Whether a column speaks of others (全国平均, 類似団体) or of something besides the plan."""
    return any(word in col.wording for word in foreign_words())


def _are_alike(values: Values, col: Meaning, others: Sequence[Meaning]) -> bool:
    """Whether a column counts what the others count, going by the size of its figures."""
    near = far = 0
    for at, number in values[col.index].items():
        beside = [n.value for c in others if (n := values[c.index].get(at)) and n.value]
        if not number.value or not beside:
            continue
        if any(
            abs(number.value) <= _SWING * abs(b) <= _SWING**2 * abs(number.value) for b in beside
        ):
            near += 1
        else:
            far += 1
    return near >= 2 * far


def _by_order(col: Meaning, others: Sequence[Meaning]) -> str | None:
    if _is_before(col, others):
        return "baseline"
    return "target" if _is_after(col, others) else None


def infer_start(cols: Sequence[Meaning]) -> None:
    """One unknown column before years, over rows of targets and actuals, is the baseline."""
    dated = [c for c in cols if c.period_label]
    undated = [c for c in cols if not c.period_label]
    if len(undated) != 1 or len(dated) < _FEWEST_YEARS or undated[0].measure is not None:
        return
    start = undated[0]
    if start.path and all(start.index < c.index for c in dated):
        start.period, start.period_label = Period("baseline", None, start.path[-1]), start.path[-1]
        take_measure(start, "baseline")


def take_measure(col: Meaning, measure: str) -> None:
    """Let the innermost label, which was taken for a name, be that of a measure."""
    col.measure, col.leaf_known = measure, True
    if col.names and col.path and col.names[-1] in col.path[-1]:
        col.names = col.names[:-1]


def _name_series(by_wording: dict[str, list[Meaning]], measures: set[str | None]) -> None:
    """What is left beside a goal are the actuals, if it is one wording (of one year or several)."""
    left = [same for same in by_wording.values() if same[0].measure is None]
    if len(left) != 1 or "actual" in measures or not measures & {"target", "baseline"}:
        return
    years = [_year(col) for col in left[0]]
    if "target" in measures and None not in years and len(set(years)) == len(years):
        for col in left[0]:
            take_measure(col, "actual")


def _is_before(col: Meaning, others: Sequence[Meaning]) -> bool:
    year, years = _year(col), [y for c in others if (y := _year(c)) is not None]
    if year is not None:
        return bool(years) and year < min(years)
    return bool(years) and all(col.index < c.index for c in others)


def _is_after(col: Meaning, others: Sequence[Meaning]) -> bool:
    year, years = _year(col), [y for c in others if (y := _year(c)) is not None]
    return year is not None and bool(years) and len(others) > 1 and year > max(years)


def is_year(col: Meaning) -> bool:
    """Whether nothing but a year stands over a column (and words that change nothing)."""
    return col.leaf_known and not col.names


def _year(col: Meaning) -> int | None:
    return col.period.fiscal_year if col.period is not None else None


def infer_by_signs(view: View, rows: range, cols: Sequence[Meaning]) -> None:
    """前年比 over whole numbers with signs (△2, 5, ±0) counts the change and is no rate of it."""
    for col in cols:
        if col.measure != "change_rate" or col.unit or names_ratio(col.wording.rstrip("比")):
            continue
        numbers = [
            entry.number
            for row in rows
            for entry in view.content(row, col.index).entries
            if entry.number.value is not None
        ]
        whole = all(not n.decimals and not n.unit for n in numbers)
        signed = any(n.sign for n in numbers)
        if whole and signed and len(numbers) >= FEWEST_FIGURES and col.wording.endswith("比"):
            col.measure = "change"


def infer_by_bounds(view: View, rows: range, cols: Sequence[Meaning]) -> None:
    """Figures to be reached or kept (100人以上, 5％以下) are targets."""
    for col in cols:
        if not _is_open(col) or not col.wording:
            continue
        entries = [e for row in rows for e in view.content(row, col.index).entries]
        bounds = sum(e.number.bound in {"at_least", "at_most"} for e in entries)
        if bounds > 1 and bounds * 2 > len(entries):
            take_measure(col, "target")


def infer_by_sums(view: View, rows: range, cols: Sequence[Meaning]) -> None:
    """Unknown columns that are differences, rates or shares of others in (nearly) every row."""
    unknown = [c for c in cols if c.wording and _is_open(c)]
    if not unknown or len(cols) > _MOST_COLUMNS:
        return
    values = _values(view, rows, cols)
    amounts = [c for c in cols if c.measure in _AMOUNTS]
    for col in unknown:
        others = [c for c in amounts if c is not col]
        if any(is_share(values[col.index], values[c.index]) for c in others):
            col.measure = "share"
            continue
        best = max(_try_sums(values, col, others), key=lambda t: t[0].bits, default=None)
        if best is not None and convinces(best[0]):
            col.measure = _MEASURES[best[1]]
    for rate in cols:
        if rate.measure == "rate" and names_achievement(rate.wording):
            _name_compared(values, rate, [c for c in amounts if c is not rate])


def _is_open(col: Meaning) -> bool:
    return col.measure is None or not col.leaf_known


def _try_sums(
    values: Values, col: Meaning, others: Sequence[Meaning]
) -> Iterable[tuple[Tally, Sum]]:
    for a in others:
        for b in others:
            if a is b:
                continue
            for kind in _MEASURES:
                may = _may_differ if kind == "difference" else _may_divide
                if may(values, col, a, b):
                    yield fit(values, col.index, a.index, b.index, kind), kind


def _name_compared(values: Values, rate: Meaning, among: Sequence[Meaning]) -> None:
    """A known rate tells of two columns which one was done and which one was planned."""
    if not any(_is_open(col) for col in among):
        return
    pair = find_ratio(values, rate.index, [col.index for col in among])
    if pair is None:
        return
    done, planned = (next(c for c in among if c.index == index) for index in pair)
    if not _is_open(done) and done.measure in _PLAN and _is_open(planned):
        planned.measure = _PLAN[done.measure]
    elif not _is_open(planned) and _is_open(done):
        known = [d for d, p in _PLAN.items() if p == planned.measure]
        done.measure = known[0] if known else done.measure
    elif done.measure is None and planned.measure is None:
        take_measure(done, "actual")
        take_measure(planned, "target")


def _may_differ(values: Values, col: Meaning, one: Meaning, other: Meaning) -> bool:
    """Whether a column that equals one less another may be their difference.

    男 is 人口 less 女 and 滞納繰越分 is 計 less 現年課税分, and yet no change: a part never falls
    below nothing, and a difference stands behind what it compares.
    """
    totals = {"total", "subtotal"}
    if one.kind in totals and one.path[:-1] == col.path[:-1] == other.path[:-1]:
        return False
    if any(n.sign for n in values[col.index].values()):
        return True
    compared = bool(one.measure or one.period) and bool(other.measure or other.period)
    return compared and one.kind == "part" and col.index > max(one.index, other.index)


def _may_divide(values: Values, col: Meaning, one: Meaning, other: Meaning) -> bool:
    """Whether a column may be the rate of two others: as 90 of 120 is 75, 90 over 75 is 120."""
    printed = any(n.unit in {"%", "％"} for n in values[col.index].values())
    return printed or col.unit in {"%", "％"} or col.index > max(one.index, other.index)


def _values(view: View, rows: range, cols: Sequence[Meaning]) -> dict[int, dict[Hashable, Number]]:
    found: dict[int, dict[Hashable, Number]] = {}
    for col in cols:
        numbers = found.setdefault(col.index, {})
        for row in rows:
            content = view.content(row, col.index)
            if content.figures and len(content.entries) == 1:
                numbers[row] = content.entries[0].number
    return found
