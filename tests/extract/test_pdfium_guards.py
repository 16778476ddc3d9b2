"""What keeps PDFium's odd answers out: nobody would see these fail in an ordinary file."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from pdf_bytes import line_at, to_bytes

from kenzan.extract import pdfium_calls as pdfium
from kenzan.extract import pdfium_objects, pdfium_text
from kenzan.extract.options import ReadOptions
from kenzan.extract.pdf import read_pdf
from kenzan.extract.pdfium import open_pdfium

SAMPLE = (Path(__file__).parents[2] / "samples" / "siryo6.pdf").read_bytes()


def texts(backend: str = "pdfium") -> list[str]:
    options = ReadOptions(backend=backend)
    return [str(block) for block in read_pdf(SAMPLE, name="x.pdf", options=options).blocks()]


def test_bulk_text_of_another_length_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = texts()
    monkeypatch.setattr(pdfium, "bulk_text", lambda *_: 7)
    assert texts() == whole


def test_a_page_that_does_not_load_is_read_by_the_other_engine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def nothing(*_: object) -> int:
        raise AssertionError("asked of a page that is not there")

    monkeypatch.setattr(pdfium, "load_page", lambda *_: 0)
    monkeypatch.setattr(pdfium, "page_width", nothing)
    document = read_pdf(SAMPLE, name="x.pdf", options=ReadOptions())
    assert {notice.code for notice in document.notices} == {"engine-fallback"}
    assert any(page.blocks for page in document.pages)


def test_one_thread_at_a_time() -> None:
    taken: list[bool] = []
    with open_pdfium(SAMPLE, None, "x.pdf"):
        other = threading.Thread(target=lambda: taken.append(pdfium.LOCK.acquire(blocking=False)))
        other.start()
        other.join()
    assert taken == [False]


def test_ink_gets_the_height_of_its_line() -> None:
    point = np.array([[50.0, 101.5, 52.0, 100.0]])  # a full stop: left, top, right, bottom
    level = np.array([[1.0, 0.0, 0.0, 1.0, 50.0, 100.0]])
    pdfium_text._loosen(point, np.array([1]), np.array([10.0]), level)
    assert point.tolist() == [[50.0, pytest.approx(108.8), 52.0, pytest.approx(98.8)]]


@pytest.fixture
def form() -> bytes:
    """A page whose ten rules stand in a form inside a form."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    content = "".join(line_at(50, 700 - 20 * n, 250, 700 - 20 * n) for n in range(10))
    inner = _form(pdf, content.encode(), pikepdf.Dictionary())
    names = pikepdf.Dictionary(XObject=pikepdf.Dictionary(In=inner))
    outer = _form(pdf, b"/In Do", names)
    pdf.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Out=outer))
    pdf.pages[0].Contents = pdf.make_stream(b"/Out Do")
    return to_bytes(pdf)


def _form(pdf: pikepdf.Pdf, content: bytes, resources: pikepdf.Object) -> pikepdf.Object:
    stream = pdf.make_stream(content)
    stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    stream.BBox, stream.Resources = [0, 0, 595, 842], resources
    return stream


def read_drawn(data: bytes) -> pdfium_objects.Drawn:
    with open_pdfium(data, None, "x.pdf") as document:
        page = pdfium.load_page(document._handle, 0)
        try:
            return pdfium_objects.read_drawn(page)
        finally:
            pdfium.close_page(page)


def test_forms_are_walked_so_deep_and_no_deeper(
    form: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(read_drawn(form).visible_rules()) == 10
    monkeypatch.setattr(pdfium_objects, "_MAX_DEPTH", 1)
    assert len(read_drawn(form).visible_rules()) == 0


def test_a_form_of_too_many_parts_is_told(form: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not read_drawn(form).crowded
    monkeypatch.setattr(pdfium_objects, "_MAX_OBJECTS", 5)
    assert read_drawn(form).crowded
