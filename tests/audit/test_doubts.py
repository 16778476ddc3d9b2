"""Nothing that rests on a figure which may have been read wrongly is accused; the reader is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from report_builders import kpi_report, siryo6_report

from kenzan.audit import audit_report
from kenzan.audit.doubts import Doubts
from kenzan.extract import read_document
from kenzan.interpret import interpret_document
from kenzan.schemas.document import Notice
from kenzan.schemas.geometry import Box, Place

SAMPLES = Path(__file__).parents[2] / "samples"
CLAIM = """
来客数 | 当初 | 100人 | 100人
 | Ｒ２ | 110人 | 90人
"""


def doubt(code: str, place: Place) -> Notice:
    return Notice(code, "", place)


@pytest.mark.parametrize(
    ("code", "rule"), [("engines-disagree", "KZ902"), ("broken-text", "KZ904")]
)
def test_a_page_in_doubt_is_not_accused(code: str, rule: str) -> None:
    report = siryo6_report()
    before = audit_report(report)
    pages = {one.page for one in report.observations}
    notices = tuple(doubt(code, Place(page)) for page in sorted(pages) if page is not None)
    after = audit_report(replace(report, notices=notices))
    assert {"error", "warning"} <= {one.severity for one in before.findings}
    assert {one.severity for one in after.findings} == {"notice"}
    assert {one.rule for one in after.findings} == {rule}
    assert after.counts.inconsistent == 0
    assert not [one for one in after.checks if one.verdict == "inconsistent"]


def test_rules_about_words_are_held_back_as_well() -> None:
    told = [{"indicator": "来客数", "kind": "achievement", "text": "目標を達成した。"}]
    report = kpi_report(CLAIM, told)
    damaged = replace(report, notices=(doubt("broken-text", Place(1)),))
    assert "KZ401" in {one.rule for one in audit_report(report).findings}
    assert {one.rule for one in audit_report(damaged).findings} == {"KZ904"}


def test_other_places_are_judged_as_ever() -> None:
    report = siryo6_report()
    elsewhere = (doubt("broken-text", Place(999)), doubt("encoding-guessed", Place(1)))
    result = audit_report(replace(report, notices=elsewhere))
    others = [one for one in result.findings if not one.rule.startswith("KZ9")]
    assert others == list(audit_report(report).findings)


def test_a_file_that_ends_inside_a_character_is_told_of() -> None:
    text = (SAMPLES / "siryo6.txt").read_text("utf-8").rstrip() + "数"
    document = read_document(text.encode()[:-1], name="siryo6.txt")
    result = audit_report(interpret_document(document))
    assert "KZ904" in {one.rule for one in result.findings}
    assert {one.severity for one in result.findings} == {"notice"}


def test_a_box_in_doubt_covers_what_touches_it() -> None:
    doubts = Doubts([doubt("broken-text", Place(1, Box(10, 10, 20, 20)))])
    assert doubts.cover(Place(1, Box(15, 15, 30, 30)))
    assert doubts.cover(Place(1))
    assert not doubts.cover(Place(1, Box(30, 30, 40, 40)))
    assert not doubts.cover(Place(2))
    assert not doubts.cover(None)
