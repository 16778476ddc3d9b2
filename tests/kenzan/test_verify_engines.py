"""``--verify-engines``: a figure that two engines read differently accuses nobody."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

import kenzan
from kenzan.extract.engines import Engines

if TYPE_CHECKING:
    from collections.abc import Callable

    from kenzan.extract.content import PageContent

SAMPLE = str(Path(__file__).parents[2] / "samples" / "siryo6.pdf")


@pytest.fixture
def doubtful(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the slow engine read the digits of the slip in the sample otherwise."""
    read = Engines.read_reference

    def wrong(self: Engines, number: int) -> PageContent | None:
        content = read(self, number)
        if content is not None:
            codes = content.chars.codes
            text = "".join(map(chr, codes))
            at = text.find("173101")
            if at >= 0:
                codes[np.arange(at, at + 6)] = [ord(digit) for digit in "173107"]
        return content

    monkeypatch.setattr(Engines, "read_reference", wrong)


def rules_of(out: str) -> list[str]:
    return sorted(finding["rule"] for finding in json.loads(out)["findings"])


@pytest.mark.usefixtures("doubtful")
def test_the_slip_is_an_accusation_until_the_engines_disagree(run: Callable) -> None:
    plain = run("audit", SAMPLE, "--format", "json")
    assert "KZ301" in rules_of(plain.out)
    checked = run("audit", SAMPLE, "--format", "json", "--verify-engines")
    assert "KZ301" not in rules_of(checked.out)
    assert "KZ902" in rules_of(checked.out)
    assert set(rules_of(plain.out)) - {"KZ301"} <= set(rules_of(checked.out))


def test_engines_that_agree_change_nothing(run: Callable) -> None:
    plain = run("audit", SAMPLE, "--format", "json")
    checked = run("audit", SAMPLE, "--format", "json", "--verify-engines")
    assert rules_of(plain.out) == rules_of(checked.out)
    assert plain.code == checked.code == 1


@pytest.mark.usefixtures("doubtful")
def test_in_python() -> None:
    report = kenzan.read_report(SAMPLE, verify_engines=True)
    assert [notice.code for notice in report.content.notices] == ["engines-disagree"]
