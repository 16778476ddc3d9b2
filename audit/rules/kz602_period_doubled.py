"""KZ602 同じ年度が二度書かれている / A year is printed twice.

What it checks:
    The year labels down or across a table.
Why it matters:
    Ｒ３, Ｒ３, Ｒ５ is Ｒ３, Ｒ４, Ｒ５ with a slip; every change of the two rows is then read for
    the wrong year.
Formula:
    Two neighbouring rows (or columns) with figures carry the same year and the same headings, and
    the year that should follow is not printed, while the one after it is.
Example:
    当初, Ｒ２, Ｒ３, Ｒ３, Ｒ５.
Leaves alone:
    Rows that differ in another heading (目標, 実績); tables that go on over the page and repeat a
    row.
Source:
    資料６ and yearly reports of 地方創生推進交付金.
日本語:
    確かめること: 隣り合う行や列に、同じ年度が二度書かれていないか。
    大切な理由: Ｒ３・Ｒ３・Ｒ５ は、Ｒ３・Ｒ４・Ｒ５ の書き間違いと考えられます。そのままでは、
        数値が別の年度のものとして読まれます。
    指摘しないもの: 目標・実績など、ほかの見出しが違う行、次のページに行を再掲した表。
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from kenzan.audit.rule import Draft, Outcome, Rule, Subject

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kenzan.audit.facts import Facts
    from kenzan.audit.sheet import Axis, Line

FEWEST = 3


def check(facts: Facts) -> Iterator[Outcome]:
    """Every table whose rows or columns are years."""
    axes: tuple[Axis, ...] = ("rows", "columns")
    for sheet in facts.sheets:
        for axis in axes:
            lines = [line for line in sheet.lines(axis) if line.header.fiscal_year is not None]
            if len(lines) >= FEWEST:
                yield from _check_lines(facts, lines)


def _check_lines(facts: Facts, lines: Sequence[Line]) -> Iterator[Outcome]:
    years = {line.header.fiscal_year for line in lines}
    for before, after in pairwise(lines):
        year = after.header.fiscal_year or 0
        same = before.header.fiscal_year == year and before.header.path == after.header.path
        if same and _measure(before) == _measure(after):
            slipped = year + 1 not in years and year + 2 in years
            yield _outcome(facts, after, year, slipped=slipped)


def _measure(line: Line) -> tuple[str | None, str | None, str | None]:
    return line.header.measure, line.header.measure_label, line.header.indicator


def _outcome(facts: Facts, line: Line, year: int, *, slipped: bool) -> Outcome:
    first = next(iter(line.cells.values()))[0]
    place = line.header.place or facts.place_of(first)
    label = line.header.period or line.label
    subject = Subject(project=facts.row(first).project, period=label, place=place)
    if not slipped:
        return Outcome("undecided", subject, label)
    draft = Draft(
        subject,
        f"{label} が続けて二度書かれ、{year + 1} 年度がない。二つめは {year + 1} 年度の可能性。",
        f"{label} is printed twice in a row and fiscal year {year + 1} is missing; "
        f"the second one may be {year + 1}.",
        printed=label,
        expected=str(year + 1),
        key="doubled",
    )
    return Outcome("inconsistent", subject, label, finding=draft)


RULE = Rule(
    id="KZ602",
    slug="period-doubled",
    title_ja="同じ年度が二度書かれている",
    title_en="A year is printed twice",
    severity="warning",
    check=check,
)
