from __future__ import annotations

import io

import pytest
import xlsxwriter
from office_files import excel, links, pack

from kenzan.errors import (
    DamagedError,
    EmptyDocumentError,
    EncryptedError,
    TooLargeError,
    UnsupportedKindError,
)
from kenzan.extract import ReadOptions, read_document
from kenzan.schemas.document import Line


@pytest.fixture
def workbook():
    """Make a workbook with XlsxWriter: ``fill(book, sheet)``; then read it."""

    def make(fill, **options):
        buffer = io.BytesIO()
        book = xlsxwriter.Workbook(buffer, {"in_memory": True})
        fill(book, book.add_worksheet("決算"))
        book.close()
        return read_document(buffer.getvalue(), **options)

    return make


def _cell(reference, value, kind="", style=0, formula=""):
    told = f' t="{kind}"' if kind else ""
    return f'<c r="{reference}" s="{style}"{told}>{formula}<v>{value}</v></c>'


def _sheet(*rows):
    return "<sheetData>" + "".join(f"<row>{row}</row>" for row in rows) + "</sheetData>"


def test_title_unit_table_and_note_are_told_apart(samples, texts, grids):
    document = read_document(samples / "settlement.xlsx")
    assert document.kind == "xlsx"
    assert document.pages[0].label == "歳入"
    assert texts(document) == [
        "資料２",
        "令和４年度　水瀬市一般会計歳入決算の概要",
        "（単位：千円、％）",
        "※ 構成比は表示単位未満を四捨五入しているため、合計が100.0にならない場合がある。",
    ]
    (grid,) = grids(document)
    assert (grid.rows, grid.cols, grid.sheet) == (10, 6, "歳入")
    assert grid.cells[-1].lines[0].number == 13


def test_formulas_give_their_stored_value_and_hidden_sheets_are_marked(samples, grids, origins):
    document = read_document(samples / "indicators.xlsx")
    assert [row[8] for row in origins(grids(document)[0])] == [
        "達成率（Ｒ４）",
        "",
        "90.0%",
        "76.3%",
        "94.0%",
        "―",
    ]
    assert [page.hidden for page in document.pages] == [False, True]
    assert [(n.code, n.detail) for n in document.notices] == [("hidden-content", "sheet 作業用")]


def test_old_workbooks_read_like_new_ones(samples, grids, origins, texts):
    old, new = (read_document(samples / f"settlement.{kind}") for kind in ("xls", "xlsx"))
    assert old.kind == "xls"
    assert [origins(g) for g in grids(old)] == [origins(g) for g in grids(new)]
    assert texts(old) == texts(new)


def test_merged_cells_cover_what_stands_under_them(workbook, grids, origins):
    def fill(book, sheet):
        border = book.add_format({"border": 1})
        sheet.merge_range("A1:A2", "区分", border)
        sheet.merge_range("B1:C1", "実績", border)
        for col, text in enumerate(["Ｒ２", "Ｒ３"], 1):
            sheet.write(1, col, text, border)
        for col, value in enumerate(["市税", 1, 2]):
            sheet.write(2, col, value, border)

    (grid,) = grids(workbook(fill))
    assert origins(grid) == [["区分", "実績", ""], ["", "Ｒ２", "Ｒ３"], ["市税", "1", "2"]]
    assert [(c.rowspan, c.colspan) for c in grid.cells[:2]] == [(2, 1), (1, 2)]


def test_indents_of_texts_show_as_spaces_those_of_figures_do_not(workbook, grids):
    def fill(book, sheet):
        inner = book.add_format({"indent": 2})
        right = book.add_format({"indent": 1, "align": "right"})
        for row, label in enumerate(["市税", "個人分", "法人分"]):
            sheet.write(row, 0, label, inner if row else None)
            sheet.write(row, 1, "―" if row else 5, right)
            sheet.write(row, 2, row, inner)

    (grid,) = grids(workbook(fill))
    assert [cell.text for cell in grid.cells if cell.col == 0] == [
        "市税",
        "　　個人分",
        "　　法人分",
    ]
    assert [cell.text for cell in grid.cells if cell.row == 1][1:] == ["―", "1"]


def test_overlapping_and_endless_merges_do_no_harm(grids, origins):
    merges = "".join(
        f'<mergeCell ref="{ref}"/>' for ref in ("A1:B1", "B1:C1", "A2:XFD1048576", "x")
    )
    rows = (
        _cell("A1", "甲", "str") + _cell("B1", "乙", "str") + _cell("C1", "丙", "str"),
        _cell("A2", 1) + _cell("B2", 2) + _cell("C2", 3),
        _cell("A3", 4) + _cell("B3", 5) + _cell("C3", 6),
    )
    (grid,) = grids(read_document(excel(_sheet(*rows) + f"<mergeCells>{merges}</mergeCells>")))
    assert origins(grid) == [["甲", "丙"], ["1", ""]]


def test_graph_paper_is_closed_up(workbook, grids, origins):
    def fill(_book, sheet):
        for row in range(3):
            for col, text in enumerate(["指標", f"目標{row}", row * 100]):
                sheet.merge_range(row, col * 6, row, col * 6 + 5, text)

    (grid,) = grids(workbook(fill))
    assert origins(grid) == [["指標", f"目標{row}", str(row * 100)] for row in range(3)]


def test_hidden_rows_and_columns_are_read_and_marked(workbook, grids):
    def fill(_book, sheet):
        for row, values in enumerate([["区分", "値", "控"], ["a", 1, 2], ["b", 3, 4]]):
            sheet.write_row(row, 0, values)
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.set_column(2, 2, None, None, {"hidden": True})

    document = workbook(fill)
    hidden = {cell.text for cell in grids(document)[0].cells if cell.hidden}
    assert hidden == {"控", "a", "1", "2", "4"}
    assert [notice.detail for notice in document.notices] == ["決算: rows 2", "決算: columns C"]


def test_tables_are_parted_by_blank_rows_and_columns(workbook, grids, origins):
    def fill(_book, sheet):
        for at, label in (((0, 0), "甲"), ((0, 4), "乙"), ((5, 0), "丙")):
            for row, values in enumerate([[label, "値"], ["a", 1], ["b", 2]]):
                sheet.write_row(at[0] + row, at[1], values)

    tables = [origins(grid) for grid in grids(workbook(fill))]
    assert [table[0] for table in tables] == [["甲", "値"], ["乙", "値"], ["丙", "値"]]
    assert all(table[1:] == [["a", "1"], ["b", "2"]] for table in tables)


def test_a_note_beside_a_bordered_table_is_no_part_of_it(workbook, grids, origins, texts):
    def fill(book, sheet):
        border = book.add_format({"border": 1})
        for row, values in enumerate([["区分", "値"], ["a", 1], ["b", 2]]):
            for col, value in enumerate(values):
                sheet.write(row, col, value, border)
        sheet.write(1, 4, "※ 速報値")

    document = workbook(fill)
    assert [origins(grid) for grid in grids(document)] == [[["区分", "値"], ["a", "1"], ["b", "2"]]]
    assert texts(document) == ["※ 速報値"]


def test_a_spacer_column_inside_a_table_does_not_part_it(workbook, grids, origins):
    def fill(_book, sheet):
        for row, values in enumerate(
            [["区分", None, "Ｒ２", "Ｒ３"], ["a", None, 1, 2], ["b", None, 3, 4]]
        ):
            sheet.write_row(row, 0, values)

    assert [origins(grid) for grid in grids(workbook(fill))] == [
        [["区分", "Ｒ２", "Ｒ３"], ["a", "1", "2"], ["b", "3", "4"]]
    ]


def test_blank_rows_inside_borders_or_between_figures_do_not_part_a_table(workbook, grids):
    def bordered(book, sheet):
        border = book.add_format({"border": 1})
        for row, values in enumerate([["区分", "値"], ["a", 1], ["", ""], ["注", "x"]]):
            for col, value in enumerate(values):
                sheet.write(row, col, value, border) if value else sheet.write_blank(
                    row, col, None, border
                )

    def plain(_book, sheet):
        for row, values in enumerate([["区分", "値"], ["a", 1], [], ["b", 2]]):
            sheet.write_row(row, 0, values)

    assert [grid.rows for grid in grids(workbook(bordered))] == [4]
    assert [grid.rows for grid in grids(workbook(plain))] == [3]


def test_a_caption_between_two_bordered_tables_parts_them(workbook, grids, texts):
    def fill(book, sheet):
        border = book.add_format({"border": 1})
        for row, values in enumerate([["区分", "値"], ["a", 1], ["表２"], ["課", "件"], ["b", 2]]):
            for col, value in enumerate(values):
                sheet.write(row, col, value, border if len(values) > 1 else None)

    document = workbook(fill)
    assert [(grid.rows, grid.cols) for grid in grids(document)] == [(2, 2), (2, 2)]
    assert texts(document) == ["表２"]


def test_a_caption_over_a_header_of_its_own_parts_tables_without_borders(workbook, grids, texts):
    def fill(book, sheet):
        rows = [
            ["区分", "R4", "R5"], ["市税", 10, 20], ["２　基金（単位：円）"],
            ["基金名", "残高", "積立"], ["財政調整基金", 30, 40],
        ]  # fmt: skip
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)

    document = workbook(fill)
    assert [(grid.rows, grid.cols) for grid in grids(document)] == [(2, 3), (2, 3)]
    assert texts(document) == ["２　基金（単位：円）"]


def test_a_numbered_section_parts_a_sheet_whose_first_table_has_no_figures(workbook, grids, texts):
    def fill(book, sheet):
        rows = [
            ["事業名", "健康づくり", "担当", "健康課"], ["期間", "R3～R7", "会計", "一般"],
            ["１　事業費（千円）"], ["区分", "R3", "R4"], ["委託料", 10, 20],
            ["２　評価"], ["妥当性", "高い", "有効性", "高い"],
        ]  # fmt: skip
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)

    document = workbook(fill)
    assert [grid.rows for grid in grids(document)] == [2, 2, 1]
    assert texts(document) == ["１　事業費（千円）", "２　評価"]


@pytest.mark.parametrize(
    ("title", "header"),
    [
        ("１　利用者数", ["施設", "4月", "5月", "6月"]),
        ("１　利用者数（単位：人）", ["施設", "1,204", "9"]),
    ],
)
def test_a_numbered_title_over_a_header_is_no_row(workbook, grids, texts, title, header):
    def fill(book, sheet):
        for at, row in enumerate([[title], header, ["大ホール", 1204, 1530, 1112]]):
            sheet.write_row(at, 0, row)

    document = workbook(fill)
    assert [grid.rows for grid in grids(document)] == [2]
    assert texts(document) == [title]


def test_a_label_alone_over_rows_of_the_same_table_does_not_part_it(workbook, grids):
    def fill(book, sheet):
        rows = [
            ["事業", "R4", "R5"], ["相談", 10, 20], ["２　新規"],
            ["見守り", "－", "－"], ["配食", 30, 40], ["３　継続"], ["講座", 5, 6],
        ]  # fmt: skip
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)

    assert [(grid.rows, grid.cols) for grid in grids(workbook(fill))] == [(7, 3)]


def test_text_boxes_and_print_headers_are_lines_of_their_sheet(workbook):
    def fill(_book, sheet):
        sheet.set_header('&L&"ＭＳ 明朝,標準"&10資料６&R&P / &N')
        sheet.set_footer("&C企画課 && 財政課&R&D")
        sheet.write_row(5, 0, ["区分", "値"])
        sheet.write_row(6, 0, ["a", 1])
        sheet.insert_textbox(2, 3, "速報値\n未監査")

    blocks = [b.text if isinstance(b, Line) else "表" for b in workbook(fill).blocks()]
    assert blocks == ["資料６", "速報値", "未監査", "表", "企画課 & 財政課"]


def test_kinds_of_values(grids, origins):
    guide = "<rPh><t>レイワ</t></rPh>"
    strings = f"<si><r><t>令和</t></r><r><t>３年</t></r>{guide}</si><si><t>a_x000D_\nb</t></si>"
    rows = (
        _cell("A1", 0, "s")
        + _cell("B1", 1, "s")
        + '<c r="C1" t="inlineStr"><is><t>直</t></is></c>',
        _cell("A2", 1, "b") + _cell("B2", "#REF!", "e") + _cell("C2", "0.30000000000000004"),
        _cell("A3", "文", "str") + '<c r="B3"><f>A1</f><v></v></c>' + _cell("C3", "1E2"),
        _cell("A4", 7, "s") + _cell("B4", "x", "n") + _cell("C4", "1", style=99),
    )
    document = read_document(excel(_sheet(*rows), strings=strings))
    assert origins(grids(document)[0]) == [
        ["令和３年", "a\nb", "直"],
        ["TRUE", "#REF!", "0.3"],
        ["文", "", "100"],
        ["", "x", "1"],
    ]
    assert [(n.code, n.detail) for n in document.notices] == [
        ("broken-text", "表!B3: formula without a stored value")
    ]


def test_a_minus_shown_by_colour_alone_is_kept_and_noticed(grids, origins):
    styles = (
        '<numFmts><numFmt numFmtId="170" formatCode="#,##0;[Red]#,##0"/></numFmts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="38"/></cellXfs>'
    )
    rows = (
        _cell("A1", "区分", "str") + _cell("B1", "甲", "str") + _cell("C1", "乙", "str"),
        _cell("A2", "差", "str") + _cell("B2", -1234, style=1) + _cell("C2", -1234, style=2),
    )
    document = read_document(excel(_sheet(*rows), styles=styles))
    assert origins(grids(document)[0])[1] == ["差", "-1,234", "-1,234"]
    assert [notice.detail for notice in document.notices] == ["表!B2: minus shown by colour alone"]


def test_dates_by_the_system_of_1904():
    data = excel(
        _sheet(_cell("A1", 42794, style=1)), styles='<cellXfs><xf/><xf numFmtId="14"/></cellXfs>'
    )
    assert [line.text for line in read_document(data).blocks()] == ["2017/2/28"]


def test_far_cells_cost_nothing_and_scattered_ones_are_lines(texts, grids):
    far = read_document(excel(_sheet(_cell("A1", 1), _cell("XFD1048576", 2))))
    assert texts(far) == ["1", "2"]
    diagonal = [f'<row r="{i}">{_cell(f"{_letters(i)}{i}", i)}</row>' for i in range(1, 1500)]
    scattered = read_document(excel("<sheetData>" + "".join(diagonal) + "</sheetData>"))
    assert grids(scattered) == []
    assert len(texts(scattered)) == 1499


def _letters(number):
    from kenzan.extract.workbook import column_name

    return column_name(number)


def test_limits_of_cells_sheets_and_characters():
    data = excel(_sheet(*[_cell(f"A{i}", i) + _cell(f"B{i}", i) for i in range(1, 20)]))
    for options in (ReadOptions(max_cells=10), ReadOptions(max_pages=0), ReadOptions(max_chars=9)):
        with pytest.raises(TooLargeError):
            read_document(data, options=options)


def test_a_workbook_without_anything_is_empty():
    with pytest.raises(EmptyDocumentError):
        read_document(excel("<sheetData/>"))


def test_broken_and_foreign_workbooks(samples):
    with pytest.raises(DamagedError):
        read_document(excel("<sheetData><row>"))
    with pytest.raises(DamagedError):
        read_document((samples / "settlement.xlsx").read_bytes()[:-400])
    with pytest.raises(DamagedError):
        read_document((samples / "settlement.xls").read_bytes()[:3000], name="a.xls")
    binary = {
        "_rels/.rels": links(("r", "officeDocument", "xl/workbook.bin")),
        "xl/workbook.bin": b"x",
    }
    with pytest.raises(UnsupportedKindError):
        read_document(pack(binary))


def test_a_workbook_behind_a_password():
    names = "".join(f"{name}\0" for name in ("Root Entry", "EncryptionInfo", "EncryptedPackage"))
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + names.encode("utf-16-le")
    with pytest.raises(EncryptedError):
        read_document(data, name="a.xlsx")
