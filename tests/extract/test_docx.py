from __future__ import annotations

import pytest
from office_files import deleted, inserted, links, pack, paragraph, table, tc, word

from kenzan.errors import DamagedError, EmptyDocumentError, NoTextLayerError, TooLargeError
from kenzan.extract import ReadOptions, read_document
from kenzan.schemas.document import Grid

BREAK = '<w:r><w:br w:type="page"/></w:r>'
STORED = "<w:r><w:lastRenderedPageBreak/></w:r>"


def _codes(document):
    return [notice.code for notice in document.notices]


def test_siryo6_gives_its_paragraphs_and_merged_tables(samples, grids, origins, texts):
    document = read_document(samples / "siryo6.docx")
    assert texts(document)[:3] == [
        "資料６",
        "地方創生推進交付金事業の進捗及び重要業績評価指標（ＫＰＩ）の達成度の状況について",
        "Ａ 小野田ガラスのブランド化推進事業",
    ]
    kpis = grids(document)[1]
    assert (kpis.rows, kpis.cols) == (8, 7)
    assert origins(kpis)[4][:3] == [
        "Ｒ３",
        "10,000,000円\n(+10,000,000)",
        "134,280円\n（＋134,280）",
    ]
    assert [cell.colspan for cell in kpis.cells[:4]] == [1, 2, 2, 2]
    assert len(document.pages) == 4
    assert document.notices == ()


def test_order_of_the_body_is_kept(texts):
    document = read_document(word(paragraph("前") + table(["表"]) + paragraph("後")))
    kinds = [type(block).__name__ for block in document.blocks()]
    assert kinds == ["Line", "Grid", "Line"]
    assert texts(document) == ["前", "後"]


def test_merged_cells_in_both_directions(grids, origins):
    span, down, on = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    document = read_document(
        word(
            table(
                [tc("指標", down), tc("Ｒ２", span)],
                [tc("", on), "目標", "実績"],
                [tc("人口", down), "1", "2"],
            )
        )
    )
    (grid,) = grids(document)
    assert origins(grid) == [["指標", "Ｒ２", ""], ["", "目標", "実績"], ["人口", "1", "2"]]
    assert [(c.rowspan, c.colspan) for c in grid.cells[:2]] == [(2, 1), (1, 2)]


def test_a_continued_cell_of_another_width_is_a_cell_of_its_own(grids, origins):
    down, on = '<w:vMerge w:val="restart"/>', '<w:gridSpan w:val="2"/><w:vMerge/>'
    (grid,) = grids(read_document(word(table([tc("上", down), "1"], [tc("下", on)]))))
    assert origins(grid) == [["上", "1"], ["下", ""]]


def test_rows_that_begin_further_right(grids, origins):
    indented = '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>' + tc("値") + "</w:tr>"
    body = table(["区分", "計"]).replace("</w:tbl>", indented + "</w:tbl>")
    (grid,) = grids(read_document(word(body)))
    assert origins(grid) == [["区分", "計"], ["", "値"]]


@pytest.mark.parametrize(
    ("properties", "shown"),
    [
        ('<w:ind w:left="420"/>', "　　市税"),
        ('<w:ind w:leftChars="100" w:left="999"/>', "　市税"),
        ('<w:ind w:left="420" w:hanging="420"/>', "市税"),
        ('<w:ind w:firstLine="210"/>', "　市税"),
        ('<w:ind w:left="420"/><w:jc w:val="right"/>', "市税"),
    ],
)
def test_indents_in_cells_show_as_spaces(grids, properties, shown):
    cell = tc(content=f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>市税</w:t></w:r></w:p>")
    (grid,) = grids(read_document(word(table([cell, "1"]))))
    assert grid.cells[0].text == shown


def test_a_nested_table_follows_its_table(grids, origins):
    nested = tc(content=paragraph("外") + table(["内", "9"]) + paragraph("外２"))
    outer, inner = grids(read_document(word(table(["左", nested]))))
    assert origins(outer) == [["左", "外\n外２"]]
    assert origins(inner) == [["内", "9"]]


def test_content_controls_are_looked_through(grids, texts):
    control = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>"
    row = table(["1"]).removeprefix("<w:tbl>").removesuffix("</w:tbl>")
    body = control.format(paragraph("題")) + f"<w:tbl>{control.format(row)}</w:tbl>"
    document = read_document(word(body))
    assert texts(document) == ["題"]
    assert [cell.text for cell in grids(document)[0].cells] == ["1"]


def test_changes_are_accepted_and_one_that_touches_a_figure_is_noticed(grids):
    cell = tc(content=f"<w:p><w:r><w:t>（-173</w:t></w:r>{deleted('101')}{inserted('）')}</w:p>")
    document = read_document(word(table(["社会動態", cell])))
    assert grids(document)[0].cells[1].text == "（-173）"
    assert grids(document)[0].cells[1].deleted == ("101",)
    assert [(n.code, n.detail) for n in document.notices] == [("tracked-change", "101 → （-173）")]


@pytest.mark.parametrize(
    ("before", "cut", "after", "noticed"),
    [
        ("値は-173", "10", "人", True),
        ("値は-173 ", "10", "人", True),
        ("値は", "-", "173人", True),
        ("1", ",", "234", True),
        ("これは", "不要な文", "です", False),
        ("令和", "の", "時代", False),
        ("新規", "10件", "創業", False),
    ],
)
def test_deletions_in_prose_are_noticed_beside_figures(before, cut, after, noticed):
    run = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
    body = f"<w:p>{run.format(before)}{deleted(cut)}{run.format(after)}</w:p>"
    document = read_document(word(body))
    assert [block.text for block in document.blocks()] == [before + after]
    assert _codes(document) == ["tracked-change"] * noticed


def test_two_deletions_side_by_side_are_one(texts):
    body = f"<w:p><w:r><w:t>5</w:t></w:r>{deleted('1')}{deleted('2')}</w:p>"
    assert [n.detail for n in read_document(word(body)).notices] == ["12 → 5"]


def test_moved_text_stands_where_it_went(texts):
    body = (
        '<w:p><w:moveFrom w:id="1"><w:r><w:t>移動12</w:t></w:r></w:moveFrom>'
        "<w:r><w:t>残り</w:t></w:r></w:p>"
        '<w:p><w:moveTo w:id="2"><w:r><w:t>移動12</w:t></w:r></w:moveTo></w:p>'
    )
    document = read_document(word(body))
    assert texts(document) == ["残り", "移動12"]
    assert document.notices == ()


def test_a_deleted_paragraph_mark_joins_what_follows(texts):
    mark = '<w:pPr><w:rPr><w:del w:id="3"/></w:rPr></w:pPr>'
    body = f"<w:p>{mark}<w:r><w:t>前半</w:t></w:r></w:p>{paragraph('後半')}{paragraph('次')}"
    assert texts(read_document(word(body))) == ["前半後半", "次"]


def test_a_deleted_row_is_gone_and_its_figures_noticed(grids):
    gone = '<w:tr><w:trPr><w:del w:id="4"/></w:trPr>' + tc("旧") + tc("99") + "</w:tr>"
    body = table(["区分", "値"], ["新", "1"]).replace("</w:tbl>", gone + "</w:tbl>")
    document = read_document(word(body))
    assert [cell.text for cell in grids(document)[0].cells] == ["区分", "値", "新", "1"]
    assert [notice.detail for notice in document.notices] == ["旧 99 → "]


def test_ruby_tabs_breaks_hyphens_and_symbols(texts):
    body = (
        "<w:p><w:r><w:ruby><w:rt><w:r><w:t>けん</w:t></w:r></w:rt>"
        "<w:rubyBase><w:r><w:t>検</w:t></w:r></w:rubyBase></w:ruby><w:t>算</w:t><w:tab/>"
        '<w:noBreakHyphen/><w:t>5</w:t><w:br/><w:sym w:font="Wingdings" w:char="F081"/>'
        '<w:sym w:font="Symbol" w:char="F0B1"/><w:softHyphen/><w:t>0</w:t></w:r></w:p>'
    )
    assert texts(read_document(word(body))) == ["検算\t\u20115", "①±0"]


def test_fields_show_their_result_only(texts):
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    body = (
        f"<w:p>{mark.format('begin')}<w:r><w:instrText> =SUM(ABOVE) </w:instrText></w:r>"
        f"{mark.format('separate')}<w:r><w:t>1,234</w:t></w:r>{mark.format('end')}"
        "<w:r><w:t>千円</w:t></w:r></w:p>"
        '<w:p><w:fldSimple w:instr=" DATE "><w:r><w:t>R3.3</w:t></w:r></w:fldSimple></w:p>'
    )
    assert texts(read_document(word(body))) == ["1,234千円", "R3.3"]


def test_hidden_text_is_left_out_and_noticed(texts):
    style = '<w:style w:styleId="secret"><w:rPr><w:vanish/></w:rPr></w:style>'
    body = (
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隠し</w:t></w:r><w:r><w:t>見える</w:t></w:r>"
        '<w:r><w:rPr><w:rStyle w:val="secret"/></w:rPr><w:t>秘</w:t></w:r>'
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>字</w:t></w:r></w:p>'
    )
    document = read_document(word(body, styles=style))
    assert texts(document) == ["見える字"]
    assert [(n.code, n.detail) for n in document.notices] == [
        ("hidden-content", "隠し"),
        ("hidden-content", "秘"),
    ]


def test_a_text_box_is_read_once_before_its_paragraph(texts):
    box = f"<w:txbxContent>{paragraph('資料６')}</w:txbxContent>"
    body = (
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        f"{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}"
        "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        "<w:r><w:t>題名</w:t></w:r></w:p>"
    )
    assert texts(read_document(word(body))) == ["資料６", "題名"]


def test_headers_come_first_footers_last_without_page_numbers(texts):
    section = (
        '<w:sectPr><w:headerReference r:id="header"/><w:footerReference r:id="footer"/></w:sectPr>'
    )
    number = '<w:p><w:r><w:t>- </w:t></w:r><w:fldSimple w:instr=" PAGE "><w:r><w:t>3</w:t></w:r>'
    document = read_document(
        word(
            paragraph("本文") + section,
            header=paragraph("資料６"),
            footer=number + "</w:fldSimple></w:p>" + paragraph("企画課"),
        )
    )
    assert texts(document) == ["資料６", "本文", "企画課"]


def test_a_note_follows_what_refers_to_it(texts):
    note = f'<w:footnote w:id="2">{paragraph("速報値")}</w:footnote>'
    separator = f'<w:footnote w:id="0" w:type="separator">{paragraph("-")}</w:footnote>'
    body = '<w:p><w:r><w:t>観光客数</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
    document = read_document(word(body + paragraph("次"), footnotes=separator + note))
    assert texts(document) == ["観光客数", "速報値", "次"]


def test_formulas_of_the_equation_editor_are_text(texts):
    body = "<w:p><m:oMath><m:r><m:t>①-②</m:t></m:r></m:oMath></w:p>"
    assert texts(read_document(word(body))) == ["①-②"]


def test_an_embedded_object_is_noticed():
    sheet = '<w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object>'
    body = f"<w:p><w:r><w:t>表</w:t>{sheet}</w:r></w:p>"
    assert _codes(read_document(word(body))) == ["no-text-layer"]


@pytest.mark.parametrize(
    ("body", "pages"),
    [
        (paragraph("一") + f"<w:p>{BREAK}</w:p>" + paragraph("二"), [1, 2]),
        (paragraph("一") + f"<w:p>{BREAK}{STORED}<w:r><w:t>二</w:t></w:r></w:p>", [1, 2]),
        (paragraph("一") + f"<w:p>{STORED}<w:r><w:t>二</w:t></w:r></w:p>", [1, 2]),
        (
            paragraph("一")
            + "<w:p><w:pPr><w:pageBreakBefore/></w:pPr><w:r><w:t>二</w:t></w:r></w:p>",
            [1, 2],
        ),
        (
            "<w:p><w:pPr><w:sectPr/></w:pPr><w:r><w:t>一</w:t></w:r></w:p>"
            + paragraph("二")
            + "<w:sectPr/>",
            [1, 2],
        ),
        (
            "<w:p><w:pPr><w:sectPr/></w:pPr><w:r><w:t>一</w:t></w:r></w:p>"
            + paragraph("二")
            + '<w:sectPr><w:type w:val="continuous"/></w:sectPr>',
            [1, 1],
        ),
    ],
)
def test_pages_by_stored_breaks_or_else_by_set_ones(body, pages):
    document = read_document(word(body))
    assert [block.page for block in document.blocks()] == pages
    assert len(document.pages) == max(pages)


def test_a_table_begins_on_the_page_of_its_first_text(grids):
    first = tc(content=f"<w:p>{STORED}<w:r><w:t>区分</w:t></w:r></w:p>")
    document = read_document(word(paragraph("一") + table([first, "値"])))
    assert [grid.page for grid in grids(document)] == [2]


def test_strict_files_are_read_alike(texts):
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    body = f"<w:document xmlns:w='{strict}'><w:body>{paragraph('目標')}</w:body></w:document>"
    main = ("r1", "officeDocument", "word/document.xml")
    assert texts(read_document(pack({"_rels/.rels": links(main), main[2]: body}))) == ["目標"]


def test_nothing_in_it_is_told_from_nothing_but_pictures():
    with pytest.raises(EmptyDocumentError):
        read_document(word("<w:p/>"))
    parts = {
        "_rels/.rels": links(("r1", "officeDocument", "word/document.xml")),
        "word/document.xml": "<w:document xmlns:w='http://schemas.openxmlformats.org/"
        "wordprocessingml/2006/main'><w:body/></w:document>",
        "word/media/image1.png": b"\x89PNG",
    }
    with pytest.raises(NoTextLayerError):
        read_document(pack(parts))


def test_a_document_type_is_refused():
    bomb = '<!DOCTYPE x [<!ENTITY a "1"><!ENTITY b "&a;&a;&a;">]>'
    for part in (bomb + "<w:document/>", ("\ufeff" + bomb + "<w:document/>").encode("utf-16-le")):
        parts = {
            "_rels/.rels": links(("r1", "officeDocument", "word/document.xml")),
            "word/document.xml": part,
        }
        with pytest.raises(DamagedError):
            read_document(pack(parts))


def test_limits_of_cells_characters_and_unpacked_size():
    data = word(table(["一", "二"], ["三", "四"]))
    for options in (
        ReadOptions(max_cells=3),
        ReadOptions(max_chars=3),
        ReadOptions(max_unpacked=500),
    ):
        with pytest.raises(TooLargeError):
            read_document(data, options=options)


def test_a_zip_bomb_is_refused():
    with pytest.raises(TooLargeError):
        read_document(word(" " * 30_000_000))


def test_endless_nesting_is_refused():
    body = "<w:tbl><w:tr><w:tc>" * 200 + "</w:tc></w:tr></w:tbl>" * 200
    with pytest.raises(DamagedError):
        read_document(word(body))


@pytest.mark.parametrize("keep", [0.3, 0.7, 0.97])
def test_a_file_that_is_cut_off_is_damaged(samples, keep):
    data = (samples / "siryo6.docx").read_bytes()
    with pytest.raises(DamagedError):
        read_document(data[: int(len(data) * keep)])


def test_broken_xml_is_damaged():
    with pytest.raises(DamagedError):
        read_document(word("<w:p><w:r>"))


def test_all_formats_give_the_same_table(samples, grids, origins, texts):
    kinds = ("docx", "xlsx", "xls", "html", "csv")
    read = {kind: read_document(samples / f"settlement.{kind}") for kind in kinds}
    tables = {kind: [origins(grid) for grid in grids(document)] for kind, document in read.items()}
    assert all(tables[kind] == tables["docx"] for kind in kinds)
    assert all(texts(document) == texts(read["docx"]) for document in read.values())
    assert tables["docx"][0][4] == [
        "地方交付税",
        "4,105,300",
        "35.4",
        "4,230,140",
        "△ 124,840",
        "△ 3.0",
    ]
    spans = {
        kind: [(c.row, c.col, c.rowspan, c.colspan) for c in grids(read[kind])[0].cells]
        for kind in kinds[:4]
    }
    assert all(spans[kind] == spans["docx"] for kind in spans)
    assert isinstance(read["csv"].pages[0].blocks[3], Grid)
