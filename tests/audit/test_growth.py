"""The work of an audit grows with the figures, not with their square."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from kenzan.audit import audit_report

BENCH = Path(__file__).parents[2] / "bench"


@pytest.fixture(scope="module")
def make() -> Any:
    """The maker of the tables that the speed bench measures."""
    sys.path.insert(0, str(BENCH))
    try:
        return import_module("audit_speed").wide_report
    finally:
        sys.path.remove(str(BENCH))


@pytest.mark.parametrize(("small", "large"), [((40, 20), (320, 20)), ((60, 20), (60, 120))])
def test_work_is_linear_in_rows_and_columns(
    make: Any, count_calls: Any, small: tuple[int, int], large: tuple[int, int]
) -> None:
    first, second = make(*small), make(*large)
    audit_report(first)  # what is remembered from call to call is there now
    grown = len(second.observations) / len(first.observations)
    assert count_calls(audit_report, second) <= 1.25 * grown * count_calls(audit_report, first)
