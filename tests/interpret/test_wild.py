"""Every table of ``wild/`` read, figure by figure."""

from __future__ import annotations

import pytest
from wild_cases import Case, read_cases

CASES = list(read_cases())


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_table_as_offices_print_it(case: Case) -> None:
    assert case.compare() == []
