"""Which axis names the indicators, what unnamed columns hold, and how the layout is called."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from kenzan.interpret.words.label import read_label
from kenzan.interpret.words.lexicon import is_filler, label_key, names_ratio, opening_words
from kenzan.normalize.periods import Period
from kenzan.normalize.units import parse_unit
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.interpret.tables.meaning import Meaning

KPI = frozenset({"target", "actual", "baseline", "rate"})
_NO_PARTS = frozenset({"share", "rate", "change", "change_rate"})
MONEY = frozenset({"budget", "settlement", "amount", "share", "change", "change_rate"})


@dataclass(slots=True)
class Axes:
    """``by_columns``: the columns name the indicators. ``kpi``: targets and actuals, not money."""

    by_columns: bool
    kpi: bool
    family: str


def decide_axes(rows: Sequence[Meaning], cols: Sequence[Meaning], *, named: bool) -> Axes:
    """Choose the axis of the indicators; ``named`` if a stub column is headed 指標 or the like."""
    named_rows = sum(bool(row.names) for row in rows)
    dated_rows = sum(bool(row.period_label) and not row.names for row in rows)
    col_names = {col.names for col in cols if _names_something(col)}
    measures = {m.measure for m in (*rows, *cols) if m.measure}
    leaves = {col.measure for col in cols}
    kpi = bool(measures & {"target", "baseline"}) or (
        "actual" in measures and not measures & {"budget", "settlement"}
    )
    if named_rows <= dated_rows:
        by_columns = bool(col_names) or any(col.measure == "amount" for col in cols)
    else:
        grouped = len(col_names) >= 2 and leaves <= KPI and "target" in leaves
        by_columns = grouped and not named
    if by_columns:
        _name_by_wording(cols)
    return Axes(by_columns, kpi, _family(rows, cols, kpi=kpi, by_columns=by_columns))


def is_plain_total(col: Meaning) -> bool:
    """Whether a column is headed 計 or 合計 and nothing else (歳入総額 names something)."""
    return col.kind in {"total", "subtotal"} and all(is_filler(label_key(n)) for n in col.names)


def _names_something(col: Meaning) -> bool:
    return bool(col.names) and not is_plain_total(col)


def _name_by_wording(cols: Sequence[Meaning]) -> None:
    """Where columns name the indicators, 件数 and 金額 are names like others.

    What is derived from the column before it (寄附件数 | 前年度比) goes by the name of that.
    """
    derived = _find_derived(cols)
    base: Meaning | None = None
    for col in cols:
        alone = len(col.path) == 1 and col.measure in MONEY
        if col.index in derived and base is not None and base.names:
            col.names = base.names
            continue
        counted = col.measure in {None, "amount", "other"} or _counts_under_measure(col)
        if not col.names and col.wording and (alone or counted):
            above = [text for text in col.path[:-1] if not _says_year_or_measure(text)]
            col.names = (*above, read_label(col.wording).name)
        base = col if col.names and col.measure not in _NO_PARTS else base


def _counts_under_measure(col: Meaning) -> bool:
    """人数 | 税額 under 前年度比較: what is counted, below the measure."""
    if len(col.path) < 2 or is_filler(label_key(col.path[-1])):
        return False
    word = read_label(col.path[-1]).measure
    return word is not None and word.measure == "amount"


def _says_year_or_measure(text: str) -> bool:
    label = read_label(text)
    year = label.only_period or label.relative is not None
    return year or (label.measure is not None and label.measure.whole)


def _find_derived(cols: Sequence[Meaning]) -> set[int]:
    """The columns of unnamed rates, and of unnamed changes that stand more than once."""
    bare = [c for c in cols if not c.names and len(c.path) == 1 and c.measure in _NO_PARTS]
    times = Counter(c.wording for c in bare)
    return {c.index for c in bare if c.measure != "change" or times[c.wording] > 1}


def _family(
    rows: Sequence[Meaning], cols: Sequence[Meaning], *, kpi: bool, by_columns: bool
) -> str:
    if by_columns:
        return "years-by-indicator"
    if kpi and any(row.measure for row in rows):
        return "measure-subrows"
    money = {m.measure for m in cols} & {
        "budget",
        "settlement",
        "share",
        "change",
        "change_rate",
        "amount",
    }
    if kpi and not (money and not any(c.measure in {"target", "baseline"} for c in cols)):
        return "indicator-per-row"
    return "budget"


def settle_current(cols: Sequence[Meaning], rows: Sequence[Meaning]) -> None:
    """現状値 is the baseline where actuals or targets stand beside it and no baseline does."""
    for axis in (cols, rows):
        current = [m for m in axis if m.current and m.measure == "actual" and not m.strong]
        if not current or any(m.measure == "baseline" for m in axis):
            continue
        others = [m for m in axis if m not in current]
        if any(m.measure == "target" for m in others) or any(m.measure == "actual" for m in others):
            for meaning in current:
                meaning.measure, meaning.strong = "baseline", True


def settle_expected(cols: Sequence[Meaning], rows: Sequence[Meaning]) -> None:
    """見込額 among amounts is an amount that is expected, no target: 年度末残高見込額."""
    axis = (*cols, *rows)
    if any(m.measure in KPI and m.strong for m in axis):
        return
    if not any(m.measure in MONEY and m.strong for m in cols):
        return
    for meaning in axis:
        if meaning.measure == "target" and not meaning.strong:
            meaning.measure = "amount"


def settle_years(cols: Sequence[Meaning], rows: Sequence[Meaning]) -> None:
    """Years without a measure beside targets or baselines hold the actuals."""
    if any(row.measure for row in rows):
        return
    measures = {col.measure for col in cols}
    for col in cols:
        if col.measure is not None or not col.period_label:
            continue
        if col.period is not None and col.period.kind == "baseline":
            col.measure = "baseline"
        elif col.leaf_known and measures & {"target", "baseline"} and "actual" not in measures:
            col.measure = "actual"


def settle_compared(cols: Sequence[Meaning]) -> None:
    """前年比較 over 人数 | 税額 that stand under the years as well: changes of these.

    Over 増減 | 比率 its 比率 is the rate of the change.
    """
    under = {col.path[-1] for col in cols if len(col.path) > 1 and not _is_under_change(col)}
    for col in cols:
        if not _is_under_change(col):
            continue
        if col.measure == "amount" and col.path[-1] in under:
            col.measure, col.strong = "change", True
        elif names_ratio(col.path[-1]) and col.measure in {"change", "share", "rate"}:
            col.measure = "change_rate"


def _is_under_change(col: Meaning) -> bool:
    words = [read_label(text).measure for text in col.path[:-1]]
    return any(word is not None and word.measure == "change" and word.whole for word in words)


def settle_years_before(cols: Sequence[Meaning], rows: Sequence[Meaning]) -> None:
    """前年度末現在高 over years is what it says of each of them, and no year of the document."""
    if not rows or not all(row.period is not None and row.period.fiscal_year for row in rows):
        return
    for col in cols:
        counted = col.period.relative if col.period is not None else col.relative
        label = read_label(col.path[-1]) if col.path else None
        if counted is None or label is None or label.only_period:
            continue
        if label.period is col.period or label.relative is not None:
            col.period, col.relative, col.period_label = None, None, ""
            col.names = (*col.names[:-1], label.name) if col.names else ()
            col.wording = label.text


def date_shares(cols: Sequence[Meaning]) -> None:
    """R5決算額 | 構成比 | R4決算額 | 構成比: a share has the year of the amount before it.

    So it is where each share of a table stands right behind an amount of its own.
    """
    shares = [(before, col) for before, col in pairwise(cols) if col.measure == "share"]
    undated = all(col.period is None and col.relative is None for _, col in shares)
    dated = len({before.period_label for before, _ in shares if before.period_label})
    if len(shares) < 2 or not undated or dated < len(shares):
        return
    for before, col in shares:
        col.period, col.relative = before.period, before.relative
        col.period_label = before.period_label


def settle_sums_of_years(cols: Sequence[Meaning]) -> None:
    """A column headed 計 behind years sums them up: it is their 累計."""
    dated = [
        c for c in cols if c.period is not None and c.period.kind != "baseline" and not c.names
    ]
    if len(dated) < 2 or len({c.measure for c in dated}) > 1:
        return
    for col in cols:
        if not col.period_label and is_plain_total(col) and len(col.path) == 1:
            col.period_label, col.names = col.path[0], ()
            col.period = Period("cumulative", None, col.path[0])


def settle_totals(cols: Sequence[Meaning]) -> None:
    """A column headed 計 alone counts what the columns before it count."""
    for place, col in enumerate(cols):
        if col.measure is not None or col.kind not in {"total", "subtotal"}:
            continue
        before = [c for c in cols[:place] if c.measure and c.measure not in _NO_PARTS]
        same = [c for c in before if c.path[:-1] == col.path[:-1]] or before
        if same:
            col.measure = same[0].measure


def settle_unnamed(cols: Sequence[Meaning], *, unit: str) -> None:
    """Columns that name no measure hold amounts where money is counted."""
    for col in cols:
        if col.measure is not None:
            continue
        known = parse_unit(col.unit or unit) if (col.unit or unit) else None
        if known is not None and known.dimension == "money":
            col.measure = "budget" if col.wording in opening_words() else "amount"


def settle_wordings(cols: Sequence[Meaning], *, by_columns: bool) -> None:
    """Two columns of one wording and period get the labels above them as well."""
    seen: dict[tuple[str, str, tuple[str, ...]], list[Meaning]] = {}
    for col in cols:
        names = col.names if by_columns else ()
        seen.setdefault((col.wording, col.period_label, names), []).append(col)
    for same in seen.values():
        if len(same) > 1 and len({c.path for c in same}) > 1:
            _tell_apart(same)


def _tell_apart(same: Sequence[Meaning]) -> None:
    """Add the labels below the one that names the measure (策定時 / 男), or else those above."""
    below = {read_label(col.path[-1]).text for col in same if col.path[-1:] != (col.wording,)}
    for col in same:
        leaf = col.path[-1] if col.path else ""
        above = [label for label in col.path[:-1] if label != col.wording]
        if len(below) == len(same) and not _says_year_or_measure(leaf):
            col.wording = f"{col.wording} / {leaf}" if col.wording else leaf
        elif above:
            col.wording = " / ".join([above[-1], col.wording]) if col.wording else above[-1]
