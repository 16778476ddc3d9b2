"""KZ601 途中の年度が抜けている / A year is missing in between.

What it checks:
    The fiscal years of a table of indicators.
Why it matters:
    A row that was lost in copying, or in reading the document, leaves changes that start from the
    wrong year.
Formula:
    At least four years are printed, all a year apart but for one gap of two years, and the years on
    both sides of it give the same (targets, actuals or both).
Example:
    当初, Ｒ２, Ｒ３, Ｒ５, Ｒ６.
Leaves alone:
    Tables with several gaps (every second year), tables of few years, a last year that has only
    the final targets (実績 of Ｒ２ to Ｒ４, 最終目標 of Ｒ６), a first one that has only actuals.
Source:
    資料６ and yearly reports of 地方創生推進交付金.
日本語:
    確かめること: 表の年度に、途中で一つだけ抜けた年度がないか。
    大切な理由: 写すときや読み取るときに行が落ちると、その次の増減は違う年度との差になります。
    指摘しないもの: 一年おきなど抜けがいくつもある表、年度の少ない表、最終目標だけの最後の年度、
        実績だけの最初の年度。
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from kenzan.audit.figures import find_place
from kenzan.audit.rule import Draft, Outcome, Rule, Subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kenzan.audit.facts import Facts
    from kenzan.schemas.tables import Observation

FEWEST = 4
_MEASURES = {"target", "actual"}


def check(facts: Facts) -> Iterator[Outcome]:
    """Every table with targets or actuals of at least four years."""
    tables: dict[int | None, dict[int, list[Observation]]] = defaultdict(lambda: defaultdict(list))
    for row in facts.report.observations:
        if row.measure in _MEASURES and row.fiscal_year is not None:
            tables[row.origin.table][row.fiscal_year].append(row)
    for years in tables.values():
        if len(years) >= FEWEST:
            yield _outcome(years)


def _outcome(years: dict[int, list[Observation]]) -> Outcome:
    gaps = [(one, two) for one, two in pairwise(sorted(years)) if two - one > 1]
    if len(gaps) != 1 or gaps[0][1] - gaps[0][0] != 2 or _changes_kind(years, gaps[0]):
        return Outcome("undecided" if gaps else "consistent", Subject())
    before, after = years[gaps[0][0]][0], years[gaps[0][1]][0]
    subject = Subject(project=after.project, place=find_place(after, "value"))
    missing = gaps[0][0] + 1
    draft = Draft(
        subject,
        f"{before.period} の次が {after.period} で、{missing} 年度が抜けている（要確認）。",
        f"{before.period} is followed by {after.period}; fiscal year {missing} is missing.",
        printed=after.period,
        key=str(missing),
    )
    return Outcome("inconsistent", subject, after.period, finding=draft)


def _changes_kind(years: dict[int, list[Observation]], gap: tuple[int, int]) -> bool:
    """Whether the years beside the gap give different things: a series and its final targets."""
    before, after = ({row.measure for row in years[y] if row.value is not None} for y in gap)
    return before != after


RULE = Rule(
    id="KZ601",
    slug="period-missing",
    title_ja="途中の年度が抜けている",
    title_en="A year is missing in between",
    severity="notice",
    check=check,
)
