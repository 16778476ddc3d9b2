"""What a text says about a target: reached, unmet, or nothing clear."""

from __future__ import annotations

import pytest

from kenzan.audit.achievement import parse_claim


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("達成済み", "reached"),
        ("目標値を上回り達成している。", "reached"),
        ("達成には至っていない。", "unmet"),
        ("達成まで届いていない。", "unmet"),
        ("目標には届いていません。", "unmet"),
        ("目標には達していない。", "unmet"),
        ("目標を達し\nていない。", "unmet"),
        ("達成済み 達成には至っていない。", "unclear"),
        ("概ね達成", "unclear"),
        ("令和７年度の目標に向けて取り組む。", "unclear"),
    ],
)
def test_claims(text: str, claim: str) -> None:
    assert parse_claim(text) == claim
