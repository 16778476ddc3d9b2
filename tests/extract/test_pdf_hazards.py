"""What is known to go wrong in PDF files, one by one, in both engines."""

from __future__ import annotations

import io

import pikepdf
import pytest
from pdf_bytes import line_at, make_pdf, ruled, table_at, text_at, to_bytes

from kenzan.errors import DamagedError, EncryptedError, NoTextLayerError, TooLargeError
from kenzan.extract.agreement import compare_engines
from kenzan.extract.options import ReadOptions
from kenzan.extract.pdf import read_pdf
from kenzan.schemas.document import Document, Grid, Line

ENGINES = ("pdfium", "pdfplumber")
XS, YS = (50, 150, 250, 350), (800, 780, 760, 740)
ROWS = (("区分", "目標", "実績"), ("入込客数", "1,200人", "1,150人"), ("増減", "△50", "-4.2％"))


def read(data: bytes, backend: str = "pdfium", **options: object) -> Document:
    return read_pdf(data, name="x.pdf", options=ReadOptions(backend=backend, **options))


def matrix(grid: Grid) -> list[list[str]]:
    return [[cell.text if cell else "" for cell in row] for row in grid.matrix()]


def grids(document: Document) -> list[Grid]:
    return [block for block in document.blocks() if isinstance(block, Grid)]


def lines(document: Document) -> list[str]:
    return [block.text for block in document.blocks() if isinstance(block, Line)]


@pytest.mark.parametrize("backend", ENGINES)
def test_ruled_table_with_its_place(backend: str) -> None:
    document = read(make_pdf(table_at(XS, YS, ROWS)), backend)
    (grid,) = grids(document)
    assert matrix(grid) == [list(row) for row in ROWS]
    assert grid.origin == "ruled"
    assert (grid.box.x0, grid.box.top, grid.box.x1, grid.box.bottom) == (50, 42, 350, 102)


@pytest.mark.parametrize("backend", ENGINES)
def test_a_word_drawn_twice_is_read_once(backend: str) -> None:
    content = text_at(50, 700, "合計1,100円") + text_at(50.4, 700, "合計1,100円")
    assert lines(read(make_pdf(content), backend)) == ["合計1,100円"]


@pytest.mark.parametrize("backend", ENGINES)
def test_equal_digits_side_by_side_stay(backend: str) -> None:
    assert lines(read(make_pdf(text_at(50, 700, "111,111.11")), backend)) == ["111,111.11"]


@pytest.mark.parametrize("text", ["-", "12-", "Q-", "次-", "－", "―", "ー"])
def test_hyphens_at_line_ends_stay_hyphens(text: str) -> None:
    content = text_at(50, 700, text) + text_at(50, 686, "続く行")
    assert lines(read(make_pdf(content)))[0] == text


@pytest.mark.parametrize("backend", ENGINES)
def test_layout_gap_is_no_blank_and_wide_gap_is_one(backend: str) -> None:
    close = text_at(50, 700, "延べ") + text_at(72.5, 700, "12人")
    apart = text_at(50, 680, "歳入") + text_at(90, 680, "歳出")
    assert lines(read(make_pdf(close + apart), backend)) == ["延べ12人", "歳入 歳出"]


@pytest.mark.parametrize("backend", ENGINES)
def test_a_blank_that_is_an_object_of_its_own_is_kept(backend: str) -> None:
    content = text_at(50, 700, "第") + text_at(60, 700, " ") + text_at(65, 700, "表")
    assert lines(read(make_pdf(content), backend)) == ["第 表"]


@pytest.mark.parametrize("backend", ENGINES)
def test_two_figures_never_become_one(backend: str) -> None:
    content = text_at(50, 700, "12") + text_at(66, 700, "34")
    assert lines(read(make_pdf(content), backend)) == ["12 34"]


@pytest.mark.parametrize("backend", ENGINES)
def test_characters_out_of_order(backend: str) -> None:
    content = text_at(75, 700, "345") + text_at(50, 700, "△12,")
    assert lines(read(make_pdf(content), backend)) == ["△12,345"]


@pytest.mark.parametrize("backend", ENGINES)
@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_rotated_page_reads_as_shown(backend: str, rotate: int) -> None:
    turn = {90: "0 1 -1 0 595 0", 180: "-1 0 0 -1 595 842", 270: "0 -1 1 0 0 842"}[rotate]
    content = f"q {turn} cm\n{table_at(XS, (500, 480, 460, 440), ROWS)}Q\n"
    document = read(make_pdf(content, rotate=rotate), backend)
    (grid,) = grids(document)
    assert matrix(grid) == [list(row) for row in ROWS]
    page = document.pages[0]
    assert (page.width, page.height) == ((595, 842) if rotate == 180 else (842, 595))
    assert grid.box.x0 == pytest.approx(50, abs=0.1)


@pytest.mark.parametrize("backend", ENGINES)
def test_shifted_media_box_and_crop_box(backend: str) -> None:
    content = "1 0 0 1 100 200 cm\n" + table_at(XS, YS, ROWS)
    shifted = (100, 200, 695, 1042)
    (plain,) = grids(read(make_pdf(content, media=shifted), backend))
    (cropped,) = grids(read(make_pdf(content, media=shifted, crop=(130, 220, 695, 1032)), backend))
    assert matrix(plain) == matrix(cropped) == [list(row) for row in ROWS]
    assert (plain.box.x0, plain.box.top) == pytest.approx((50, 42), abs=0.1)
    assert (cropped.box.x0, cropped.box.top) == pytest.approx((20, 32), abs=0.1)


@pytest.mark.parametrize("backend", ENGINES)
def test_text_outside_of_the_crop_box_is_not_shown(backend: str) -> None:
    content = text_at(50, 700, "見える") + text_at(50, 30, "見えない")
    assert lines(read(make_pdf(content, crop=(0, 100, 595, 842)), backend)) == ["見える"]


@pytest.mark.parametrize("backend", ENGINES)
def test_rules_in_nested_forms(backend: str) -> None:
    pdf = pikepdf.open(io.BytesIO(make_pdf("")))
    resources = pdf.pages[0].Resources
    inner = _form(pdf, table_at(XS, YS, ROWS), "1 0 0 1 -10 -10", resources)
    outer = _form(
        pdf,
        "q 1 0 0 1 10 10 cm /In Do Q\n",
        "1 0 0 1 0 0",
        pikepdf.Dictionary(XObject=pikepdf.Dictionary(In=inner)),
    )
    resources.XObject = pikepdf.Dictionary(Out=outer)
    pdf.pages[0].Contents = pdf.make_stream(b"q 0.5 0 0 0.5 20 0 cm /Out Do Q\n")
    (grid,) = grids(read(to_bytes(pdf), backend))
    assert matrix(grid) == [list(row) for row in ROWS]
    assert (grid.box.x0, grid.box.x1) == pytest.approx((45, 195), abs=0.2)


def _form(pdf: pikepdf.Pdf, content: str, matrix: str, resources: pikepdf.Object) -> pikepdf.Object:
    stream = pdf.make_stream(content.encode("cp932"))
    stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    stream.BBox = [-2000, -2000, 4000, 4000]
    stream.Matrix = [float(part) for part in matrix.split()]
    stream.Resources = resources
    return stream


@pytest.mark.parametrize("backend", ENGINES)
def test_white_rules_part_nothing_on_white(backend: str) -> None:
    white = "1 1 1 RG\n" + line_at(100, 740, 100, 800) + "0 0 0 RG\n"
    (grid,) = grids(read(make_pdf(white + table_at(XS, YS, ROWS)), backend))
    assert matrix(grid) == [list(row) for row in ROWS]


@pytest.mark.parametrize("backend", ENGINES)
def test_white_rules_part_cells_of_a_filled_row(backend: str) -> None:
    filled = "0 0 0.5 rg 50 740 300 60 re f 0 0 0 rg\n"
    white = "1 1 1 RG\n" + ruled((150, 250), YS) + "0 0 0 RG\n"
    frame = ruled((50, 350), (800, 740)) + line_at(50, 780, 350, 780) + line_at(50, 760, 350, 760)
    texts = table_at(XS, YS, ROWS).replace(ruled(XS, YS), "")
    (grid,) = grids(read(make_pdf(filled + frame + white + texts), backend))
    assert matrix(grid) == [list(row) for row in ROWS]


def test_a_rule_is_as_long_as_its_clip_lets_it_show() -> None:
    clipped = "q 0 0 40 842 re W n\n" + line_at(10, 770, 580, 770) + "Q\n"
    (grid,) = grids(read(make_pdf(clipped + table_at(XS, YS, ROWS))))
    assert matrix(grid) == [list(row) for row in ROWS]


@pytest.mark.parametrize("backend", ENGINES)
def test_rules_cut_into_many_segments_of_one_path(backend: str) -> None:
    path = "".join(f"{x} 740 m {x} 800 l " for x in XS) + "".join(
        f"50 {y} m 350 {y} l " for y in YS
    )
    texts = table_at(XS, YS, ROWS).replace(ruled(XS, YS), "")
    (grid,) = grids(read(make_pdf(path + "S\n" + texts), backend))
    assert matrix(grid) == [list(row) for row in ROWS]


@pytest.mark.parametrize("backend", ENGINES)
def test_rules_as_filled_rectangles_in_one_path(backend: str) -> None:
    boxes = "".join(f"{x} 740 0.5 60 re " for x in XS) + "".join(f"50 {y} 300 0.5 re " for y in YS)
    texts = table_at(XS, YS, ROWS).replace(ruled(XS, YS), "")
    (grid,) = grids(read(make_pdf(boxes + "f\n" + texts), backend))
    assert matrix(grid) == [list(row) for row in ROWS]


@pytest.mark.parametrize("backend", ENGINES)
def test_dotted_and_double_rules_are_one_rule_each(backend: str) -> None:
    dots = "".join(f"{x} 760 1 1 re f\n" for x in range(50, 350, 3))
    double = line_at(50, 779, 350, 779) + line_at(50, 781, 350, 781)
    frame = ruled(XS, (800, 740))
    texts = table_at(XS, YS, ROWS).replace(ruled(XS, YS), "")
    (grid,) = grids(read(make_pdf(frame + dots + double + texts), backend))
    assert matrix(grid) == [list(row) for row in ROWS]


@pytest.mark.parametrize("backend", ENGINES)
def test_open_sides_are_closed(backend: str) -> None:
    rules = "".join(line_at(50, y, 350, y) for y in YS)
    rules += line_at(150, 740, 150, 800) + line_at(250, 740, 250, 800)
    texts = table_at(XS, YS, ROWS).replace(ruled(XS, YS), "")
    (grid,) = grids(read(make_pdf(rules + texts), backend))
    assert matrix(grid) == [list(row) for row in ROWS]


@pytest.mark.parametrize("backend", ENGINES)
def test_frame_and_diagonal_are_no_table(backend: str) -> None:
    frame = "20 20 555 802 re S\n" + line_at(20, 20, 575, 822)
    document = read(make_pdf(frame + text_at(50, 700, "枠の中の文")), backend)
    assert grids(document) == []
    assert lines(document) == ["枠の中の文"]


@pytest.mark.parametrize("backend", ENGINES)
def test_vertical_label_is_one_line(backend: str) -> None:
    rules = ruled((50, 70, 150), (800, 740)) + line_at(70, 770, 150, 770)
    label = "".join(text_at(55, 785 - 13 * i, char) for i, char in enumerate("地財計画"))
    texts = text_at(75, 780, "普通交付税") + text_at(75, 750, "合計")
    (grid,) = grids(read(make_pdf(rules + label + texts), backend))
    first = grid.matrix()[0][0]
    assert (first.text, first.rowspan) == ("地財計画", 2)
    assert first.lines[0].vertical


@pytest.mark.parametrize("backend", ENGINES)
def test_vertical_writing_font(backend: str) -> None:
    document = read(make_pdf(text_at(300, 700, "自主財源"), encoding="90ms-RKSJ-V"), backend)
    assert lines(document) == ["自主財源"]
    assert document.pages[0].blocks[0].vertical


@pytest.mark.parametrize("backend", ENGINES)
def test_turned_text(backend: str) -> None:
    shown = "<" + "割合".encode("cp932").hex() + ">"
    content = f"BT /F1 10 Tf 0 1 -1 0 300 400 Tm {shown} Tj ET\n"
    upright = text_at(50, 700, "本文は横書きで立っている")
    document = read(make_pdf(upright + content), backend)
    (turned,) = [block for block in document.pages[0].blocks if block.text == "割合"]
    assert turned.vertical


def test_font_size_is_that_on_the_page() -> None:
    content = "BT /F1 1 Tf 14 0 0 14 50 700 Tm <" + "見出し".encode("cp932").hex() + "> Tj ET\n"
    (line,) = read(make_pdf(content)).blocks()
    assert line.size == pytest.approx(14)


@pytest.mark.parametrize("backend", ENGINES)
def test_text_of_no_color_is_kept(backend: str) -> None:
    content = "3 Tr\n" + text_at(50, 700, "OCRの文字12")
    assert lines(read(make_pdf(content), backend)) == ["OCRの文字12"]


def test_truncated_file_is_damaged() -> None:
    whole = make_pdf(table_at(XS, YS, ROWS))
    with pytest.raises(DamagedError):
        read(whole[: len(whole) // 3])


def test_password() -> None:
    pdf = pikepdf.open(io.BytesIO(make_pdf(text_at(50, 700, "内部資料"))))
    locked = to_bytes(pdf, encryption=pikepdf.Encryption(user="ひらけ", owner="x", R=6))
    for backend in ENGINES:
        with pytest.raises(EncryptedError):
            read(locked, backend)
        with pytest.raises(EncryptedError):
            read(locked, backend, password="別")
        assert lines(read(locked, backend, password="ひらけ")) == ["内部資料"]


@pytest.mark.parametrize("revision", [4, 6])
def test_empty_user_password_opens(revision: int) -> None:
    pdf = pikepdf.open(io.BytesIO(make_pdf(text_at(50, 700, "公表資料"))))
    locked = to_bytes(pdf, encryption=pikepdf.Encryption(user="", owner="x", R=revision))
    assert lines(read(locked)) == ["公表資料"]


def _picture_page() -> pikepdf.Pdf:
    pdf = pikepdf.open(io.BytesIO(make_pdf("")))
    image = pdf.make_stream(b"\x80" * 64)
    image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    image.Width, image.Height, image.BitsPerComponent = 8, 8, 8
    image.ColorSpace = pikepdf.Name.DeviceGray
    pdf.pages[0].Resources.XObject = pikepdf.Dictionary(Im=image)
    pdf.pages[0].Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /Im Do Q\n")
    return pdf


@pytest.mark.parametrize("backend", ENGINES)
def test_scan_without_text(backend: str) -> None:
    with pytest.raises(NoTextLayerError):
        read(to_bytes(_picture_page()), backend)


@pytest.mark.parametrize("backend", ENGINES)
def test_one_scanned_page_among_others_is_noticed(backend: str) -> None:
    pdf = _picture_page()
    other = pikepdf.open(io.BytesIO(make_pdf(text_at(50, 700, "本文"))))
    pdf.pages.extend(other.pages)
    document = read(to_bytes(pdf), backend)
    assert [(n.code, n.place.page) for n in document.notices] == [("no-text-layer", 1)]
    assert lines(document) == ["本文"]


def test_limits() -> None:
    data = make_pdf(*[text_at(50, 700, "一二三四五")] * 3)
    with pytest.raises(TooLargeError):
        read(data, max_pages=2)
    with pytest.raises(TooLargeError):
        read(data, max_chars=12)
    with pytest.raises(TooLargeError):
        read(make_pdf(table_at(XS, YS, ROWS)), max_cells=8)


def test_engines_agree_on_one_page_and_say_so() -> None:
    data = make_pdf(table_at(XS, YS, ROWS) + text_at(50, 700, "計 △ 1,234"))
    assert compare_engines(data) == []
    assert read(data, verify_engines=True).notices == ()
