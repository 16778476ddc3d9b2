"""KZ504 前後の年度と桁が違う / Figure is out of scale with its neighbours.

What it checks:
    A value of an indicator, against the values of its other years.
Why it matters:
    A figure in 円 among figures in 千円 is the slip that moved a national statistic from 15.2 to
    13.6 兆円.
Formula:
    The other values of the same measure, at least three, lie within a factor of three of each
    other, and this one is about 1,000 times as large or as small as their middle.
Example:
    12,345, 12,400, 12, 12,600 (千円).
Leaves alone:
    Series with few values or with large swings; figures that another rule explains, and those that
    take part in a sum or a rate that holds.
Source:
    建設工事受注動態統計 (wrong units by respondents, 2019).
日本語:
    確かめること: ある年度の値だけが、ほかの年度と比べて約 1,000 倍または約 1,000 分の 1 になっ
        ていないか。
    大切な理由: 千円の表に円の値が混じると、集計結果が大きく狂います。
    指摘しないもの: 値の少ない指標、もともと変動の大きい指標、ほかの規則で説明できる数値、計算が
        合っている数値。
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kenzan.audit.equation import to_operand
from kenzan.audit.rule import Draft, Outcome, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kenzan.audit.facts import Facts
    from kenzan.audit.figures import Figure
    from kenzan.audit.series import Series

FEWEST = 3
SWING = 3
NEAR_THOUSAND = (Decimal(500), Decimal(2000))
_MEASURES = ("target", "actual", "amount", "budget", "settlement")


def check(facts: Facts) -> Iterator[Outcome]:
    """Every measure of an indicator that is printed for at least four periods."""
    if not facts.series:
        return
    explained = {one.best.figure.index for one in facts.blames if one.best is not None}
    explained |= find_confirmed(facts)
    for series in facts.series:
        for measure in _MEASURES:
            figures = _collect(facts, series, measure)
            for figure in figures if len(figures) > FEWEST else ():
                others = sorted(abs(one.value) for one in figures if one is not figure)
                if others[0] and others[-1] <= SWING * others[0] and figure.index not in explained:
                    yield _outcome(facts, figure, others)


def find_confirmed(facts: Facts) -> set[int]:
    """The figures of sums that hold: what bears a sum or a rate out is no slip of one figure."""
    ties = (one.answer.tie for one in facts.rulings if one.verdict == "consistent")
    return {figure.index for tie in ties if tie is not None for figure in tie.figures()}


def _collect(facts: Facts, series: Series, measure: str) -> list[Figure]:
    positions = (moment.find(measure) for moment in series.moments)
    found = (facts.index.find(at, "value") for at in positions if at is not None)
    return [one for one in found if one is not None]


def _outcome(facts: Facts, figure: Figure, others: Sequence[Decimal]) -> Outcome:
    subject, judged = facts.subject_of(figure), to_operand(facts, figure)
    middle, size = others[len(others) // 2], abs(figure.value)
    low, high = NEAR_THOUSAND
    larger = size >= low * middle and size <= high * middle
    smaller = size > 0 and middle >= low * size and middle <= high * size
    if not larger and not smaller:
        return Outcome("consistent", subject, figure.raw, judged=judged)
    raw = figure.raw.strip()
    draft = Draft(
        subject,
        f"{raw} は他の年度（{middle:,f} 前後）と桁が三つほど違う。単位（千）の取り違えの可能性。",
        f"{raw} is out of scale with the other years (about {middle:,f}) by a factor of about "
        "1,000; the unit may have been mistaken.",
        printed=figure.raw,
        key="scale",
    )
    return Outcome("inconsistent", subject, figure.raw, judged=judged, finding=draft)


RULE = Rule(
    id="KZ504",
    slug="scale-jump",
    title_ja="前後の年度と桁が違う",
    title_en="Figure is out of scale with its neighbours",
    severity="warning",
    check=check,
)
