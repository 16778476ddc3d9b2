"""Messages of findings, as they are laid out for people."""

from __future__ import annotations

import pytest

from kenzan.export.message import show_expected


@pytest.mark.parametrize(
    ("expected", "printed", "shown"),
    [
        ("183201", "183,337", "183,201"),
        ("-4656.25", "△ 4，650.3", "-4,656.25"),
        ("183201", "183337", "183201"),
        ("12345～67890", "12,000千円", "12,345～67,890"),
        ("0.12345", "1,000", "0.12345"),
        ("", "1,000", ""),
    ],
)
def test_the_expected_figure_is_grouped_as_the_printed_one_is(expected, printed, shown):
    assert show_expected(expected, printed) == shown
