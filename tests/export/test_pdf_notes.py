"""Annotations lie on the figures as shown, however the page is turned or cropped."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
from fpdf import FPDF

from kenzan.errors import DamagedError, EncryptedError
from kenzan.export.pdf_notes import mark_up_pdf
from kenzan.schemas.tables import Finding


def make_pdf(
    *, turned: int = 0, crop: tuple[float, ...] | None = None, password: str = ""
) -> bytes:
    pdf = FPDF(unit="pt", format=(400, 300))
    pdf.add_page()
    pdf.set_font("helvetica", size=12)
    pdf.text(60, 100, "-173101")
    with pikepdf.open(io.BytesIO(bytes(pdf.output()))) as opened:
        page = opened.pages[0]
        if turned:
            page.obj.Rotate = turned
        if crop:
            page.cropbox = list(crop)
        target = io.BytesIO()
        encryption = pikepdf.Encryption(user=password, owner=password) if password else None
        opened.save(target, encryption=encryption)
    return target.getvalue()


def finding(box: tuple[float, float, float, float] | None, severity: str = "error") -> Finding:
    place = dict(zip(("x0", "top", "x1", "bottom"), box, strict=True)) if box else {}
    return Finding(
        id="abc",
        rule="KZ301",
        severity=severity,
        document="a.pdf",
        message_ja="増減が検算と合いません",
        message_en="the change does not recompute",
        expected="-173",
        page=1,
        **place,
    )


def coloured(data: bytes) -> tuple[int, int, int, int]:
    """Bounds of the reddish pixels of page 1 at one pixel a point: left, top, right, bottom."""
    with pypdfium2.PdfDocument(data) as pdf:
        picture = pdf[0].render(scale=1, may_draw_forms=True).to_pil().convert("RGB")
    points = [
        (x, y)
        for y in range(picture.height)
        for x in range(picture.width)
        if picture.getpixel((x, y))[0] - picture.getpixel((x, y))[1] > 40
    ]
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs) + 1, max(ys) + 1


def text_of(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as pdf:
        return pdf[0].get_textpage().get_text_bounded()


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [None, (20, 10, 390, 280)])
def test_the_highlight_lies_where_the_figure_is_shown(turned, crop):
    data = make_pdf(turned=turned, crop=crop)
    marked = mark_up_pdf(data, [finding((30, 50, 90, 70))])
    assert coloured(marked) == pytest.approx((30, 50, 90, 70), abs=1)


def test_text_and_pages_are_unchanged_and_the_original_untouched():
    data = make_pdf()
    before = bytes(data)
    marked = mark_up_pdf(data, [finding((30, 50, 90, 70))])
    assert data == before
    assert text_of(marked) == text_of(data)
    assert "-173101" in text_of(marked)


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        (
            "ja",
            (
                "KZ301\n増減が検算と合いません\n検算値: -173 = -173 − 0\n\n"
                "the change does not recompute\nRecomputed: -173 = -173 − 0"
            ),
        ),
        (
            "en",
            (
                "KZ301\nthe change does not recompute\nRecomputed: -173 = -173 − 0\n\n"
                "増減が検算と合いません\n検算値: -173 = -173 − 0"
            ),
        ),
    ],
)
def test_the_note_is_in_both_languages_the_readers_first(lang, expected):
    found = replace(finding((30, 50, 90, 70)), formula="-173 − 0")
    marked = mark_up_pdf(make_pdf(), [found], lang=lang)
    with pikepdf.open(io.BytesIO(marked)) as pdf:
        (annotation,) = pdf.pages[0].obj.Annots
        assert str(annotation.T) == "kenzan"
        assert str(annotation.Contents) == expected


def test_annotations_already_there_stay():
    once = mark_up_pdf(make_pdf(), [finding((30, 50, 90, 70))])
    twice = mark_up_pdf(once, [finding((130, 50, 190, 70))])
    with pikepdf.open(io.BytesIO(twice)) as pdf:
        assert len(pdf.pages[0].obj.Annots) == 2


def test_a_finding_without_a_place_becomes_a_note():
    marked = mark_up_pdf(make_pdf(), [finding(None, "notice")])
    with pikepdf.open(io.BytesIO(marked)) as pdf:
        (annotation,) = pdf.pages[0].obj.Annots
        assert annotation.Subtype == pikepdf.Name.Text


def test_encrypted_and_damaged_files():
    with pytest.raises(EncryptedError):
        mark_up_pdf(make_pdf(password="secret"), [])
    marked = mark_up_pdf(make_pdf(password="secret"), [finding(None)], password="secret")
    with pikepdf.open(io.BytesIO(marked), password="secret") as pdf:
        assert pdf.is_encrypted
        assert len(pdf.pages[0].obj.Annots) == 1
    with pytest.raises(DamagedError):
        mark_up_pdf(b"%PDF-1.7 nothing here", [])
