"""Real municipal papers: the sums that hold in them are found and confirmed, and nothing is accused.

The counts are those of a person who went over the papers row by row. The papers themselves are not
part of the project; where they are not at hand the tests skip.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kenzan.audit import audit_report
from kenzan.extract import read_document
from kenzan.interpret import interpret_document

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kenzan.schemas.audit import AuditResult, CheckDetail

REAL = Path(__file__).parents[3] / "shared" / "documents" / "real"
PAPERS = (
    "nankoku-r4-city-tax",
    "nankoku-r4-funds",
    "nankoku-r4-local-allocation-tax",
    "nankoku-r4-projects",
    "nankoku-r8-budget-briefing",
    "nankoku-r8-general-account",
    "nobeoka-r8-june-budget",
)


@cache
def audit(name: str) -> AuditResult:
    path = REAL / f"{name}.pdf"
    if not path.exists():
        pytest.skip("the published papers are not at hand")
    return audit_report(interpret_document(read_document(path, name=path.name)))


def details_of(name: str, rule: str) -> list[CheckDetail]:
    return [one for one in audit(name).details if one.check.rule == rule]


def verdicts(details: Iterable[CheckDetail]) -> dict[str, int]:
    return dict(Counter(one.check.verdict for one in details))


def page_of(detail: CheckDetail) -> int:
    assert detail.judged is not None
    assert detail.judged.place is not None
    return detail.judged.place.page


@pytest.mark.parametrize("name", PAPERS)
def test_no_figure_is_accused(name: str) -> None:
    result = audit(name)
    assert [one.message_ja for one in result.findings if one.severity != "notice"] == []
    assert result.counts.inconsistent == 0
    assert not [one for one in result.checks if one.formula and one.verdict == "inconsistent"]


def test_before_and_change_make_after_in_every_row_of_the_supplement() -> None:
    """The 73rd row is (4,250), 'of which', before and after, with no change printed."""
    flows = [
        one for one in details_of("nobeoka-r8-june-budget", "KZ305") if page_of(one) in {2, 3, 4}
    ]
    assert verdicts(flows) == {"consistent": 72}
    assert all(len(one.operands) in {1, 2} for one in flows)


def test_shares_that_were_adjusted_are_a_notice_at_most() -> None:
    shares = details_of("nobeoka-r8-june-budget", "KZ201")
    assert shares
    assert set(verdicts(shares)) <= {"consistent", "undecided"}
    assert verdicts(shares)["undecided"] <= 9
    assert {one.rule for one in audit("nobeoka-r8-june-budget").findings} <= {"KZ205", "KZ901"}


def test_opening_and_all_events_make_closing_of_every_fund() -> None:
    balances = details_of("nankoku-r4-funds", "KZ306")
    assert verdicts(balances) == {"consistent": 48}
    assert len({one.check.indicator for one in balances}) == 16
    assert max(len(one.operands) for one in balances) >= 10


def test_subtotals_and_differences_of_the_tax_estimate() -> None:
    assert verdicts(details_of("nankoku-r4-city-tax", "KZ101")) == {"consistent": 21}
    assert verdicts(details_of("nankoku-r4-city-tax", "KZ103")) == {"consistent": 24}


@pytest.mark.parametrize("rule", ["KZ304", "KZ102"])
def test_change_and_funding_of_every_project(rule: str) -> None:
    """This year less last year is the change; the five funding columns add up to this year."""
    details = details_of("nankoku-r4-projects", rule)
    assert verdicts(details) == {"consistent": 27}
    if rule == "KZ102":
        assert max(len(one.operands) for one in details) >= 3


def test_rates_of_the_total_hold_and_those_beside_them_are_no_false_alarm() -> None:
    """The rates of the plan are not the growth of the amounts beside them."""
    rates = details_of("nankoku-r4-local-allocation-tax", "KZ202")
    plan = [one for one in rates if one.check.group == "地財計画"]
    own = [one for one in rates if one.check.group != "地財計画"]
    assert verdicts(plan) == {"undecided": 39}
    assert verdicts(own) == {"consistent": 78}
    assert verdicts(one for one in own if "総計" in one.check.indicator) == {"consistent": 13}


def test_changes_rates_and_shares_of_the_briefing() -> None:
    name = "nankoku-r8-budget-briefing"
    assert set(verdicts(details_of(name, "KZ304"))) == {"consistent"}
    rates = verdicts(details_of(name, "KZ202"))
    shares = verdicts(details_of(name, "KZ201"))
    assert rates["consistent"] >= 200
    assert shares["consistent"] >= 160
    assert shares["undecided"] <= 10
    assert "inconsistent" not in {**rates, **shares}


@pytest.mark.parametrize(
    ("name", "share"),
    [
        ("nankoku-r4-city-tax", "1"),
        ("nankoku-r4-projects", "1"),
        ("nankoku-r4-funds", "0.98"),
        ("nobeoka-r8-june-budget", "0.97"),
        ("nankoku-r8-budget-briefing", "0.95"),
        ("nankoku-r4-local-allocation-tax", "0.77"),
        ("nankoku-r8-general-account", "0.44"),
    ],
)
def test_share_of_figures_that_some_sum_confirms(name: str, share: str) -> None:
    counts = audit(name).counts
    assert Decimal(counts.consistent) / counts.figures >= Decimal(share)
