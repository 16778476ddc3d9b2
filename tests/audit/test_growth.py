"""The work of an audit grows with the figures, not with their square."""

from __future__ import annotations

import cProfile
import pstats
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kenzan.audit import audit_report

if TYPE_CHECKING:
    from kenzan.schemas.report import Report

BENCH = Path(__file__).parents[2] / "bench"


@pytest.fixture(scope="module")
def make() -> Any:
    """The maker of the tables that the speed bench measures."""
    sys.path.insert(0, str(BENCH))
    try:
        return import_module("audit_speed").wide_report
    finally:
        sys.path.remove(str(BENCH))


def count_calls(report: Report) -> int:
    """The calls that an audit makes: the same on every machine, however busy it is."""
    profile = cProfile.Profile()
    profile.runcall(audit_report, report)
    return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]


@pytest.mark.parametrize(("small", "large"), [((40, 20), (320, 20)), ((60, 20), (60, 120))])
def test_work_is_linear_in_rows_and_columns(
    make: Any, small: tuple[int, int], large: tuple[int, int]
) -> None:
    first, second = make(*small), make(*large)
    audit_report(first)  # what is remembered from call to call is there now
    grown = len(second.observations) / len(first.observations)
    assert count_calls(second) <= 1.25 * grown * count_calls(first)
