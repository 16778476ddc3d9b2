"""Files made to break a reader: each ends in a document or in an error of ours, and soon."""

from __future__ import annotations

import io
import random
import time
import zlib

import pikepdf
import pytest
from pdf_bytes import line_at, make_pdf, table_at, text_at, to_bytes

from kenzan.errors import DocumentError
from kenzan.extract.options import ReadOptions
from kenzan.extract.pdf import read_pdf

SOON = 20.0
TABLE = table_at((50, 150, 250), (800, 780, 760), (("区分", "金額"), ("市税", "1,234")))


def outcome(data: bytes, **options: object) -> str:
    """How reading ends; anything but a document or a ``DocumentError`` fails the test."""
    start = time.monotonic()
    try:
        read_pdf(data, name="x.pdf", options=ReadOptions(**options))
        end = "read"
    except DocumentError as error:
        end = error.code
    assert time.monotonic() - start < SOON
    return end


def test_truncated_at_many_points() -> None:
    data = make_pdf(TABLE)
    ends = {outcome(data[:size]) for size in range(10, len(data), max(len(data) // 40, 1))}
    assert ends <= {"read", "damaged", "no-text-layer"}
    assert "damaged" in ends


@pytest.mark.parametrize("backend", ["auto", "pdfplumber"])
def test_flipped_bytes(backend: str) -> None:
    data = make_pdf(TABLE)
    draw = random.Random(7)
    for _ in range(60):
        broken = bytearray(data)
        for _ in range(draw.randint(1, 12)):
            broken[draw.randrange(len(broken))] ^= 1 << draw.randrange(8)
        assert outcome(bytes(broken), backend=backend) in {
            "read",
            "damaged",
            "no-text-layer",
            "encrypted",
            "too-large",
        }


def test_a_page_box_that_is_no_numbers() -> None:
    data = make_pdf(TABLE).replace(b" 595 ", b" 5x5 ")
    assert outcome(data, backend="pdfplumber") == "damaged"
    assert outcome(data) in {"read", "damaged"}


def test_page_tree_that_loops() -> None:
    pdf = pikepdf.open(io.BytesIO(make_pdf(TABLE)))
    pages = pdf.Root.Pages
    pages.Kids = pikepdf.Array([pages])
    pages.Count = 1
    raw = to_bytes(pdf)
    assert outcome(raw) in {"read", "damaged", "no-text-layer"}


def test_a_page_count_beyond_belief() -> None:
    pdf = pikepdf.open(io.BytesIO(make_pdf(TABLE)))
    pdf.Root.Pages.Count = 2_000_000_000
    assert outcome(to_bytes(pdf)) in {"read", "too-large", "damaged"}


def test_form_that_draws_itself() -> None:
    pdf = pikepdf.open(io.BytesIO(make_pdf("")))
    form = pdf.make_stream(b"/Me Do\n" + TABLE.encode("cp932"))
    form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    form.BBox = [0, 0, 600, 850]
    form = pdf.make_indirect(form)
    form.Resources = pikepdf.Dictionary(
        XObject=pikepdf.Dictionary(Me=form), Font=pdf.pages[0].Resources.Font
    )
    pdf.pages[0].Resources.XObject = pikepdf.Dictionary(Me=form)
    pdf.pages[0].Contents = pdf.make_stream(b"/Me Do\n")
    assert outcome(to_bytes(pdf)) in {"read", "no-text-layer"}


def test_drawing_of_very_many_curves_is_cut_short_and_says_so() -> None:
    curves = "0 0 m 10 20 30 40 50 9 c S\n" * 12_000
    data = make_pdf(curves + text_at(50, 700, "図"))
    document = read_pdf(data, name="x.pdf", options=ReadOptions(backend="pdfium"))
    assert [notice.code for notice in document.notices] == ["limit-reached"]


def test_stream_bomb() -> None:
    packed = zlib.compress(b"0 0 m 1 1 l S\n" * 400_000, 9)
    pdf = pikepdf.open(io.BytesIO(make_pdf(TABLE)))
    pdf.pages[0].Contents = pikepdf.Stream(pdf, packed, Filter=pikepdf.Name.FlateDecode)
    assert outcome(to_bytes(pdf)) in {"read", "no-text-layer", "too-large", "too-slow"}


@pytest.mark.parametrize("media", [(0, 0, 1e7, 1e7), (0, 0, 0, 0), (0, 0, -5, -5), (0, 0, 1, 1e9)])
def test_impossible_page_sizes(media: tuple[float, ...]) -> None:
    assert outcome(make_pdf(TABLE, media=media)) in {"read", "no-text-layer", "damaged"}


def test_hatching_of_many_rules_is_not_a_table() -> None:
    hatch = "".join(line_at(0, 0.25 * i, 595, 0.25 * i) for i in range(3_300))
    hatch += "".join(line_at(0.18 * i, 0, 0.18 * i, 842) for i in range(3_300))
    assert outcome(make_pdf(hatch + text_at(50, 700, "図"))) == "read"


def test_very_many_cells() -> None:
    grid = "".join(line_at(5, 5 + 4 * i, 590, 5 + 4 * i) for i in range(205))
    grid += "".join(line_at(5 + 4 * i, 5, 5 + 4 * i, 821) for i in range(146))
    assert outcome(make_pdf(grid + text_at(50, 700, "表"))) == "read"


def test_matrices_that_cannot_be_undone() -> None:
    content = "q 0 0 0 0 0 0 cm\n" + TABLE + "Q q 1e30 0 0 1e30 0 0 cm\n" + TABLE + "Q\n"
    assert outcome(make_pdf(content)) in {"read", "no-text-layer"}


def test_many_lines_of_figures_end_soon() -> None:
    rows = "".join(
        text_at(30 + 60 * col, 830 - 4 * row, f"{row * col:,}", size=4)
        for row in range(200)
        for col in range(9)
    )
    assert outcome(make_pdf(rows)) == "read"


def test_time_limit() -> None:
    data = make_pdf(*[TABLE] * 200)
    assert outcome(data, max_seconds=0.0) == "too-slow"


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\n%%EOF", b"%PDF-" + b"\0" * 5000])
def test_nothing_behind_the_header(data: bytes) -> None:
    assert outcome(data) == "damaged"
