"""Two engines on the same page: where their figures differ is noticed, place by place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from pdf_bytes import make_pdf, table_at, text_at

from kenzan.extract.agreement import compare_engines
from kenzan.extract.engines import Engines
from kenzan.extract.options import ReadOptions
from kenzan.extract.pdf import read_pdf

if TYPE_CHECKING:
    from collections.abc import Callable

    from kenzan.extract.content import PageContent
    from kenzan.schemas.document import Notice

ROWS = (("区分", "目標", "実績"), ("入込客数", "1,200人", "1,150人"), ("増減", "△50", "-4.2％"))
TABLE = table_at((50, 150, 250, 350), (800, 780, 760, 740), ROWS)


@pytest.fixture
def misread(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Let the slow engine read one character as another."""
    read = Engines.read_reference

    def replace(old: str, new: str) -> None:
        def wrong(self: Engines, number: int) -> PageContent | None:
            content = read(self, number)
            if content is not None:
                codes = content.chars.codes
                codes[np.flatnonzero(codes == ord(old))] = ord(new)
            return content

        monkeypatch.setattr(Engines, "read_reference", wrong)

    return replace


def notices(data: bytes) -> list[Notice]:
    options = ReadOptions(verify_engines=True)
    return list(read_pdf(data, name="x.pdf", options=options).notices)


def test_no_difference_no_notice() -> None:
    assert notices(make_pdf(TABLE)) == []


def test_another_digit_is_noticed_at_its_place(misread: Callable[[str, str], None]) -> None:
    misread("5", "6")
    found = notices(make_pdf(TABLE))
    assert [notice.code for notice in found] == ["engines-disagree"] * 2
    assert sorted(notice.detail for notice in found) == [
        "pdfium: 1,150 / pdfplumber: 1,160",
        "pdfium: △50 / pdfplumber: △60",
    ]
    columns = sorted(int(notice.place.box.x0) // 100 for notice in found)
    rows = sorted(int(notice.place.box.top) // 20 for notice in found)
    assert (columns, rows) == ([1, 2], [3, 4])


def test_another_sign_is_a_difference(misread: Callable[[str, str], None]) -> None:
    misread("△", "○")
    assert [notice.detail for notice in notices(make_pdf(TABLE))] == [
        "pdfium: △50 / pdfplumber: 50"
    ]


def test_words_may_differ(misread: Callable[[str, str], None]) -> None:
    misread("客", "容")
    assert notices(make_pdf(TABLE)) == []


def test_a_page_full_of_differences_is_doubted_as_a_whole(
    misread: Callable[[str, str], None],
) -> None:
    misread("1", "7")
    rows = "".join(text_at(50, 800 - 6 * row, f"{row}1件", size=5) for row in range(120))
    (notice,) = notices(make_pdf(rows))
    assert notice.place.box is None
    assert len(notice.detail) < 300


def test_nothing_is_compared_unless_asked(misread: Callable[[str, str], None]) -> None:
    misread("5", "6")
    assert read_pdf(make_pdf(TABLE), name="x.pdf", options=ReadOptions()).notices == ()
    assert len(compare_engines(make_pdf(TABLE))) == 2
