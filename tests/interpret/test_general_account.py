"""A budget of 143 pages: its first table, over seven of them, read whole and adding up.

The paper is not part of the project; where it is not at hand the test skips.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from kenzan.extract import ReadOptions, read_document
from kenzan.interpret import interpret_document
from kenzan.schemas.document import Document
from kenzan.schemas.report import Report

PAPER = (
    Path(__file__).parents[3] / "shared" / "documents" / "real" / "nankoku-r8-general-account.pdf"
)
WHOLE = Decimal(25550000)


@pytest.fixture(scope="module")
def report() -> Report:
    if not PAPER.exists():
        pytest.skip("the paper is not at hand")
    document = read_document(PAPER, options=ReadOptions())
    pages = tuple(page for page in document.pages if 8 <= page.number <= 14)
    return interpret_document(
        Document(document.name, document.kind, document.sha256, document.size, pages)
    )


@pytest.mark.parametrize(("side", "chapters"), [("歳入", 22), ("歳出", 13)])
def test_chapters_and_items_add_up(report: Report, side: str, chapters: int) -> None:
    reading = next(t for t in report.tables if side in t.title.split(" ")[-1])
    rows = [report.observations[i] for key in sorted(reading.cells) for i in reading.cells[key]]
    total = next(row for row in rows if row.indicator == f"{side}合計")
    above = [row for row in rows if not row.group and row is not total]
    assert total.value == WHOLE
    assert len(above) == chapters
    assert sum((row.value or Decimal(0) for row in above), Decimal(0)) == WHOLE
    for chapter in above:
        items = [row.value or Decimal(0) for row in rows if row.group == chapter.indicator]
        assert items, chapter.indicator
        assert sum(items) == chapter.value, chapter.indicator


def test_amounts_are_thousands_of_yen(report: Report) -> None:
    assert {row.unit for row in report.observations} == {"千円"}


def test_nothing_of_it_is_left(report: Report) -> None:
    assert [row.left for row in report.coverage] == [0] * 7
