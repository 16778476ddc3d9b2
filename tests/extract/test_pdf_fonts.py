"""Fonts that do not say what their glyphs are, and characters that take two halves."""

from __future__ import annotations

import io

import numpy as np
import pikepdf
import pytest
from fpdf import FPDF
from pdf_bytes import make_pdf, text_at, to_bytes

from kenzan.extract.content import Chars
from kenzan.extract.legibility import expected_share, is_legible
from kenzan.extract.options import ReadOptions
from kenzan.extract.pdf import read_pdf
from kenzan.extract.pdfium_text import _join_surrogates, _loosen

FONTS = (
    "/usr/share/fonts/opentype/ipafont-mincho/ipam.ttf",
    "/usr/share/fonts/truetype/fonts-japanese-mincho.ttf",
)
PROSE = "地方創生推進交付金事業の進捗及び重要業績評価指標の達成度の状況について１２３"


def chars_of(text: str) -> Chars:
    count = len(text)
    codes = np.array([ord(char) for char in text], np.int64)
    return Chars(codes, np.zeros((count, 4)), np.full(count, 10.0), np.zeros(count, np.int64))


def read(data: bytes, **options: object):
    return read_pdf(data, name="x.pdf", options=ReadOptions(**options))


def _font() -> str:
    from pathlib import Path

    found = next((path for path in FONTS if Path(path).is_file()), None)
    if found is None:
        pytest.skip("no Japanese TrueType font is installed")
    return found


def _embedded(text: str) -> bytes:
    pdf = FPDF()
    pdf.add_font("ja", fname=_font())
    pdf.add_page()
    pdf.set_font("ja", size=10)
    pdf.cell(text=text)
    return bytes(pdf.output())


def _without_tounicode(data: bytes) -> bytes:
    pdf = pikepdf.open(io.BytesIO(data))
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and "/ToUnicode" in item:
            del item["/ToUnicode"]
    return to_bytes(pdf)


@pytest.mark.parametrize(
    "text", [PROSE, "The quick brown fox jumps over", "①②③㈱㎡※△▲―ー〜−％" * 3, "⾼⻑⽬標値" * 6]
)
def test_text_of_reports_is_legible(text: str) -> None:
    assert expected_share(chars_of(text)) == 1.0


@pytest.mark.parametrize(
    "text", ["\ufffd" * 30, "\ue001\uf123" * 15, "\x01\x02\x03" * 10, "ԱԲԳഅആᐁ" * 5, "αβγδ" * 8]
)
def test_glyph_numbers_taken_for_characters_are_not(text: str) -> None:
    assert not is_legible(chars_of(text))


def test_a_few_characters_are_not_judged() -> None:
    assert is_legible(chars_of("\ufffd\ufffd"))


@pytest.mark.parametrize("backend", ["auto", "pdfium"])
def test_missing_tounicode_is_told_whoever_read_the_page(backend: str) -> None:
    # pdfplumber reads plausible kanji here, and wrong ones: falling back must not hide the doubt.
    data = _without_tounicode(_embedded(PROSE))
    assert "broken-text" in {notice.code for notice in read(data, backend=backend).notices}


def test_embedded_font_with_its_table_raises_no_doubt() -> None:
    document = read(_embedded(PROSE))
    assert [block.text for block in document.blocks()] == [PROSE]
    assert document.notices == ()


@pytest.mark.parametrize("backend", ["pdfium", "pdfplumber"])
def test_a_character_beyond_the_first_plane_is_one_character(backend: str) -> None:
    pdf = pikepdf.open(io.BytesIO(make_pdf(text_at(50, 700, "A1", font="F2"))))
    table = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        b"1 begincodespacerange <00> <FF> endcodespacerange\n"
        b"1 beginbfchar <41> <D842DF9F> endbfchar\n"
        b"1 beginbfchar <31> <0031> endbfchar\n"
        b"endcmap end end\n"
    )
    pdf.pages[0].Resources.Font.F2.ToUnicode = pdf.make_stream(table)
    (line,) = read(to_bytes(pdf), backend=backend).blocks()
    assert line.text == "\U00020b9f1"
    assert len(line.x0s) == len(line.x1s) == 2


def test_two_halves_share_their_box() -> None:
    codes = np.array([0xD842, 0xDF9F, 0x31], np.int64)
    boxes = np.array([[0, 9, 5, 0], [5, 9, 10, 0], [10, 9, 15, 0]], np.float64)
    joined = _join_surrogates(Chars(codes, boxes, np.ones(3), np.zeros(3, np.int64)))
    assert joined.codes.tolist() == [0x20B9F, 0x31]
    assert joined.boxes.tolist() == [[0, 9, 10, 0], [10, 9, 15, 0]]
    assert len(joined.sizes) == len(joined.turns) == 2


def test_ink_is_given_the_height_of_its_line() -> None:
    # Left, top, right, bottom with y upwards: a point, a digit, a whole line; one that stands
    # below its base line, as in vertical writing; and one that is written up the page.
    boxes = np.array(
        [[0, 51, 5, 49.9], [5, 57, 10, 49], [10, 59, 15, 48], [15, 44, 20, 38], [43, 5, 49, 0]],
        np.float64,
    )
    matrices = np.array([[1, 0, 0, 1, 0, 50]] * 4 + [[0, 1, -1, 0, 50, 0]], np.float64)
    _loosen(boxes, np.ones(5, np.int64), np.full(5, 10.0), matrices)
    assert boxes.round(1).tolist() == [
        [0, 58.8, 5, 48.8],
        [5, 58.8, 10, 48.8],
        [10, 59, 15, 48],
        [15, 44, 20, 38],
        [41.2, 5, 51.2, 0],
    ]


def test_characters_without_a_value_do_not_shift_the_others() -> None:
    # Helvetica has no character for 0x01, which then is missing from the bulk text.
    content = b"BT /F2 10 Tf 50 700 Td <410142013132> Tj ET\n"
    (line,) = read(make_pdf(content)).blocks()
    assert line.text.replace("\x01", "") == "AB12"
