"""Reports of one form help each other out: what one shows too little of, the others decide."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from report_builders import kpi_report, rename

from kenzan.audit import audit_report, audit_reports, with_conventions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.schemas.report import Report

FIGURES = ((441, 510, 452), (690, 440, 358), (611, 538, 634), (427, 739, 466), (376, 353, 397))
SLIP = "+1117"
"""For +11, the change from last year's target."""


def sheet(number: int, change: str = "", against: str = "target") -> Report:
    """One indicator over two years, its change told against last year's target or actual."""
    target, before, actual = FIGURES[number % len(FIGURES)]
    base = target if against == "target" else before
    shown = change or f"{actual - base:+d}"
    rows = (f"利用者数{number} | R2 | {target}人 | {before}人",
            f" | R3 | {target + 9}人 | {actual}人（{shown}）")  # fmt: skip
    return rename(kpi_report("\n".join(rows)), f"sheet{number}.pdf")


def verdicts(reports: Sequence[Report]) -> dict[str, list[str]]:
    return {
        report.document.document: [one.verdict for one in result.checks if one.rule == "KZ301"]
        for report, result in zip(reports, audit_reports(reports), strict=True)
    }


def test_a_break_is_found_by_what_the_others_show():
    reports = [sheet(0, SLIP), *map(sheet, range(1, 5))]
    assert [one.verdict for one in audit_report(reports[0]).checks if one.rule == "KZ301"] == [
        "undecided"
    ]
    result = audit_reports(reports)[0]
    (finding,) = result.findings
    assert (finding.rule, finding.printed, finding.expected) == ("KZ301", "（+1117）", "11")
    assert finding.message_ja.endswith("数え方は同じ様式の他の 4 文書による（4/4）")
    assert finding.message_en.endswith("Counted as in 4 other documents of this form (4 of 4).")


def test_the_convention_says_where_its_support_comes_from():
    reports = [sheet(0, SLIP), *map(sheet, range(1, 5))]
    result = audit_reports(reports)[0]
    (convention,) = (one for one in result.conventions if one.relation == "delta")
    assert (convention.held, convention.tested) == (0, 1)
    assert (convention.reports, convention.lent_held, convention.lent_tested) == (4, 4, 4)
    (indicator,) = with_conventions(reports[0], result).indicators
    assert indicator.convention == "前年度目標との差: 0/1（同じ様式の他の 4 文書: 4/4）"


@pytest.mark.parametrize(
    "others",
    [
        pytest.param([], id="alone"),
        pytest.param([sheet(1)], id="one other alone decides nothing"),
        pytest.param([rename(sheet(1), f"copy{i}.pdf") for i in range(9)], id="copies are one"),
        pytest.param(
            [*map(sheet, range(1, 5)), *(sheet(one, against="actual") for one in range(5, 10))],
            id="the others do not agree",
        ),
        pytest.param(
            [sheet(one, against="actual") for one in range(1, 9)], id="another convention"
        ),
    ],
)
def test_it_stays_undecided(others):
    assert verdicts([sheet(0, SLIP), *others])["sheet0.pdf"] == ["undecided"]


def test_what_no_plain_slip_explains_stays_undecided():
    assert verdicts([sheet(0, "-872"), *map(sheet, range(1, 5))])["sheet0.pdf"] == ["undecided"]


def test_the_order_of_reports_does_not_matter():
    reports = [sheet(0, SLIP), sheet(5, "-9"), *map(sheet, range(1, 4))]
    found = [verdicts(order) for order in list(permutations(reports))[::17]]
    assert all(one == found[0] for one in found)


def test_what_a_report_shows_by_itself_stays():
    changes = (14, 13, 13, 31, 13, 13)
    years = "".join(
        f" | R{3 + i} | {300 + 7 * i}人 | {311 + 13 * i}人（{one:+d}）\n"
        for i, one in enumerate(changes)
    )
    own = rename(kpi_report(f"来館者数 | R2 | 300人 | 297人\n{years}"), "own.pdf")
    alone = audit_report(own)
    assert [one.printed for one in alone.findings] == ["（+31）"]
    together = audit_reports([own, *map(sheet, range(1, 5))])[0]
    assert (together.checks, together.findings) == (alone.checks, alone.findings)
