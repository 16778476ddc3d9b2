"""Headers that the lexicon does not know, read by their neighbours and by sums.

A person who meets めざす値 beside 実績 knows what it is; so does one who sees that a column is
the difference of two others. Nothing is forced: what stays unclear keeps no measure.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

from kenzan.arithmetic.evidence import ERROR_BITS, Tally, count_bits
from kenzan.interpret.words.lexicon import names_ratio

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kenzan.interpret.tables.meaning import Meaning
    from kenzan.interpret.tables.view import View
    from kenzan.normalize.numbers import Number

_AMOUNTS = frozenset({None, "amount", "budget", "settlement", "actual", "target", "baseline"})
_HUNDRED = Decimal(100)
_FEWEST_ROWS = 3
_MOST_COLUMNS = 12

Values = dict[int, dict[int, "Number"]]


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
            meaning.measure = measure


def infer_by_years(cols: Sequence[Meaning]) -> None:
    """Beside targets and actuals, one unknown column of an earlier year is the baseline."""
    measures = {col.measure for col in cols}
    if not measures & {"target", "actual"} or "baseline" in measures:
        return
    unknown = [c for c in cols if c.measure is None and c.wording and not c.names[1:]]
    years = [_year(c) for c in cols if c.measure in {"target", "actual"}]
    dated = [year for year in years if year is not None]
    if len(unknown) != 1 or not dated:
        return
    year = _year(unknown[0])
    first = min(c.index for c in cols) == unknown[0].index
    if (year is not None and year < min(dated)) or (year is None and first):
        unknown[0].measure = "baseline"


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
        signed = sum(bool(n.sign) for n in numbers)
        if whole and signed and len(numbers) >= _FEWEST_ROWS and col.wording.endswith("比"):
            col.measure = "change"


def infer_by_sums(view: View, rows: range, cols: Sequence[Meaning]) -> None:
    """Unknown columns that are differences, rates or shares of others in (nearly) every row."""
    unknown = [c for c in cols if c.wording and (c.measure is None or not c.leaf_known)]
    if not unknown or len(cols) > _MOST_COLUMNS:
        return
    values = _values(view, rows, cols)
    amounts = [c for c in cols if c.measure in _AMOUNTS]
    for col in unknown:
        others = [c for c in amounts if c is not col]
        if any(_is_share(values[col.index], values[c.index]) for c in others):
            col.measure = "share"
            continue
        tried = [
            (_fit(values, col.index, a.index, b.index, kind), kind, a, b)
            for a in others
            for b in others
            if a is not b
            for kind in ("difference", "ratio", "growth")
        ]
        tried = [t for t in tried if t[1] != "difference" or _may_differ(values, col, t[2], t[3])]
        best = max(tried, key=lambda t: t[0].bits, default=None)
        if best is None or best[0].bits < 2 * ERROR_BITS or best[0].telling < _FEWEST_ROWS:
            continue
        if best[0].mostly_holds(Decimal("0.8")):
            col.measure = {"difference": "change", "ratio": "rate", "growth": "change_rate"}[
                best[1]
            ]


def _may_differ(values: Values, col: Meaning, one: Meaning, other: Meaning) -> bool:
    """Whether a column that equals one less another may be their difference.

    男 is 人口 less 女 and yet no change: a part never falls below nothing, and a difference
    stands behind what it compares.
    """
    if any(n.sign or n.value == 0 for n in values[col.index].values()):
        return True
    compared = bool(one.measure or one.period) and bool(other.measure or other.period)
    return compared and one.kind == "part" and col.index > max(one.index, other.index)


def _is_share(shares: dict[int, Number], amounts: dict[int, Number]) -> bool:
    """Whether one column gives the parts of 100 that the other makes up of its largest figure."""
    both = [
        (shares[row], a.value)
        for row, a in amounts.items()
        if row in shares and a.value is not None
    ]
    whole = max((amount for _, amount in both), default=None)
    if not whole or len(both) < _FEWEST_ROWS + 1:
        return False
    tally = Tally()
    for share, amount in both:
        if share.value is None or not share.decimals:
            return False
        step = Decimal(1).scaleb(-share.decimals)
        held = abs(amount / whole * _HUNDRED - share.value) <= step
        tally = tally.add(count_bits(share.value, step, Decimal(2)), held=held)
    return tally.mostly_holds(Decimal("0.8")) and tally.bits > 2 * ERROR_BITS


def _values(view: View, rows: range, cols: Sequence[Meaning]) -> Values:
    found: Values = {}
    for col in cols:
        numbers = found.setdefault(col.index, {})
        for row in rows:
            content = view.content(row, col.index)
            if content.figures and len(content.entries) == 1:
                numbers[row] = content.entries[0].number
    return found


def _fit(values: Values, col: int, one: int, other: int, kind: str) -> Tally:
    tally = Tally()
    for number, a, b in _triples(values, col, one, other):
        if number.value is None or (kind != "difference" and not b):
            continue
        step = Decimal(1).scaleb(-max(number.decimals, 0))
        if kind == "difference":
            expected = a - b
        else:
            expected = (a if kind == "ratio" else a - b) / b * _HUNDRED
        held = abs(expected - number.value) <= step
        tally = tally.add(count_bits(number.value, step, Decimal(2)), held=held)
    return tally


def _triples(
    values: Values, col: int, one: int, other: int
) -> Iterator[tuple[Number, Decimal, Decimal]]:
    for row, number in values[col].items():
        a, b = values[one].get(row), values[other].get(row)
        if a is not None and b is not None and a.value is not None and b.value is not None:
            yield number, a.value, b.value
