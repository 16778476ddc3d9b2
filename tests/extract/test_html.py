from __future__ import annotations

import pytest

from kenzan.errors import EmptyDocumentError, EncodingUnknownError, TooLargeError
from kenzan.extract import ReadOptions, read_document

PAGE = "<!doctype html><head><meta charset='{}'><title>資料６</title></head><body>{}</body>"


def _read(body, codec="utf-8", **options):
    return read_document(PAGE.format(codec, body).encode(codec), **options)


def test_headings_paragraphs_and_breaks_are_lines(texts):
    document = _read("<h1>評価</h1><p>一<br>二<ul><li>三<li>四</ul><div>五<span>六</span></div>")
    assert texts(document) == ["評価", "一", "二", "三", "四", "五六"]
    assert document.kind == "html"
    assert document.metadata["title"] == "資料６"


def test_spans_cover_their_positions(grids, origins):
    body = (
        "<table><tr><th rowspan=2>区分<th colspan=2>実績<tr><th>Ｒ２<th>Ｒ３"
        "<tr><td>市税<td>1<br>(+1)<td>2</table>"
    )
    (grid,) = grids(_read(body))
    assert origins(grid) == [["区分", "実績", ""], ["", "Ｒ２", "Ｒ３"], ["市税", "1\n(+1)", "2"]]
    assert [(c.rowspan, c.colspan) for c in grid.cells[:2]] == [(2, 1), (1, 2)]


def test_a_numbered_label_over_rows_without_a_header_belongs_to_them(grids, origins, texts):
    rows = (
        ("１　営業収益", "", ""),
        ("　(1) 給水収益", "812,345", ""),
        ("　(2) その他", "21,002", "833,347"),
        ("２　営業費用", "", ""),
        ("　(1) 総係費", "120,331", "120,331"),
    )
    body = "".join("<tr>" + "".join(f"<td>{cell}" for cell in row) for row in rows)
    document = _read(f"<table>{body}</table>")
    (grid,) = grids(document)
    assert [row[0].strip() for row in origins(grid)][:2] == ["１　営業収益", "(1) 給水収益"]
    titled = _read(
        f"<table><tr><td>１　損益計算書<td><td><tr><td>科目<td>Ｒ３<td>Ｒ４{body}</table>"
    )
    assert texts(titled) == ["１　損益計算書"]


def test_spans_past_the_table_are_cut(grids, origins):
    body = "<table><tr><td colspan=1000>題<td>x<tr><td rowspan=99>a<td>b</table>"
    (grid,) = grids(_read(body))
    assert origins(grid) == [["題", "", "x"], ["a", "b", ""]]


def test_a_rowspan_of_zero_reaches_to_the_end_of_its_group(grids):
    body = "<table><tbody><tr><td rowspan=0>甲<td>1<tr><td>2<tbody><tr><td>乙<td>3</table>"
    (grid,) = grids(_read(body))
    assert [(c.text, c.rowspan) for c in grid.cells] == [
        ("甲", 2),
        ("1", 1),
        ("2", 1),
        ("乙", 1),
        ("3", 1),
    ]


def test_overlapping_spans_do_not_overlap_in_the_grid(grids):
    body = "<table><tr><td>a<td rowspan=2>b<td>c<tr><td colspan=3>d<td>e</table>"
    (grid,) = grids(_read(body))
    places = [
        (row, col)
        for cell in grid.cells
        for row in range(cell.row, cell.row + cell.rowspan)
        for col in range(cell.col, cell.col + cell.colspan)
    ]
    assert len(places) == len(set(places)) == grid.rows * grid.cols


def test_head_and_foot_stand_where_they_show(grids, origins):
    body = "<table><thead><tr><th>区分<th>値<tfoot><tr><td>計<td>3<tbody><tr><td>a<td>3</table>"
    (grid,) = grids(_read(body))
    assert [row[0] for row in origins(grid)] == ["区分", "a", "計"]


def test_captions_come_first_and_nested_tables_after(grids, origins):
    body = (
        "<table><caption>表１（単位：千円）</caption><tr><td>外<td>x<table><tr><td>内<td>9</table>後"
        "<tr><td>下<td>1</table>"
    )
    document = _read(body)
    blocks = list(document.blocks())
    assert blocks[0].text == "表１（単位：千円）"
    assert [origins(grid) for grid in grids(document)] == [
        [["外", "x\n後"], ["下", "1"]],
        [["内", "9"]],
    ]


def test_a_table_that_only_frames_the_page_is_no_table(grids, texts):
    body = "<table><tr><td>題<p>文<table><tr><td>区分<td>値<tr><td>a<td>1</table></table>"
    document = _read(body)
    assert texts(document) == ["題", "文"]
    assert [(grid.rows, grid.cols) for grid in grids(document)] == [(2, 2)]


def test_a_sheet_saved_as_one_table_is_cut_like_a_sheet(texts, grids, origins):
    rows = ["資料２||", "|（単位：千円）|", "||", "区分|Ｒ２|Ｒ３", "市税|1|2", "※ 注記||"]
    cells = ("".join(f"<td>{cell}" for cell in row.split("|")) for row in rows)
    document = _read("<table>" + "".join(f"<tr>{row}" for row in cells) + "</table>")
    assert texts(document) == ["資料２", "（単位：千円）", "※ 注記"]
    assert [origins(grid) for grid in grids(document)] == [
        [["区分", "Ｒ２", "Ｒ３"], ["市税", "1", "2"]]
    ]


def test_what_does_not_show_is_left_out(texts, grids, origins):
    body = (
        "<script>'<p>x'</script><style>p{}</style><p hidden>a</p><p style='DISPLAY : none'>b</p>"
        "<p>見<span style='visibility:hidden'>c</span>える<template>d</template><!-- e --></p>"
        "<ruby>検<rp>(</rp><rt>けん</rt><rp>)</rp></ruby>算<select><option>f</select>"
        "<table><tr><td>甲<td>1<tr style='display:none'><td>乙<td>2</table>"
    )
    document = _read(body)
    assert texts(document) == ["見える", "検算"]
    assert [origins(grid) for grid in grids(document)] == [[["甲", "1"]]]
    assert [(n.code, n.detail) for n in document.notices] == [("hidden-content", "1 table rows")]


def test_deleted_text_is_kept_beside_its_cell(grids):
    document = _read("<table><tr><td>動態<td>-173<del>101</del><ins>人</ins></table>")
    (grid,) = grids(document)
    assert (grid.cells[1].text, grid.cells[1].deleted) == ("-173人", ("101",))
    assert [(n.code, n.detail) for n in document.notices] == [("tracked-change", "101 → -173人")]


def test_entities_and_white_space(texts):
    body = "<p>  &#x25B3;1,234&nbsp;&yen;\n 千 円\n の\n増 A\nB </p><pre>a  b\n  c</pre>"
    assert texts(_read(body)) == ["△1,234\xa0¥ 千 円 の 増 A B", "a  b", "  c"]


@pytest.mark.parametrize("codec", ["utf-8", "shift_jis", "euc-jp", "iso-2022-jp", "utf-16"])
def test_declared_encodings(texts, codec):
    assert texts(_read("<p>目標値と実績値</p>", codec)) == ["目標値と実績値"]


def test_a_wrong_or_missing_declaration_is_seen_through(texts):
    page = PAGE.format("utf-8", "<p>目標値と実績値の達成状況</p>")
    assert texts(read_document(page.encode("cp932"))) == ["目標値と実績値の達成状況"]
    bare = "<table><tr><td>目標値と実績値の達成状況</table>".encode("euc_jp")
    assert "目標値と実績値の達成状況" in next(read_document(bare).blocks()).cells[0].text


def test_the_odd_broken_character_does_not_spoil_a_page(texts):
    page = PAGE.format("utf-8", "<p>" + "目標値" * 500 + "</p>").encode() + b"\xff"
    document = read_document(page)
    assert texts(document)[0] == "目標値" * 500
    assert [notice.code for notice in document.notices] == ["encoding-guessed"]
    with pytest.raises(EncodingUnknownError):
        read_document(PAGE.format("utf-8", "").encode() + b"\xff\xfe\x80" * 50)


def test_a_page_that_shows_nothing_is_empty():
    with pytest.raises(EmptyDocumentError):
        _read("<p> </p><script>1</script>")


def test_limits_of_cells_and_characters():
    for options in (ReadOptions(max_cells=1), ReadOptions(max_chars=2)):
        with pytest.raises(TooLargeError):
            _read("<table><tr><td>一二<td>三四</table>", options=options)


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 200_000 + "深",
        "<table><tr><td>" * 5_000 + "深",
        "<!--" * 50_000,
        "</" * 100_000,
        "<a b='" * 30_000,
        "<font>" * 300 + "<p>x" * 20_000,
        "<img src='data:image/png;base64," + "A" * 300_000 + "'>",
    ],
)
def test_hostile_pages_end_soon(body):
    document = _read("<p>始め</p>" + body)
    assert next(document.blocks()).text == "始め"


def test_a_tag_without_end_is_refused():
    with pytest.raises(TooLargeError):
        _read("<a " + " ".join(f"a{i}=1" for i in range(5_000)) + ">x</a>")


def test_endless_spans_are_bounded():
    cell = "<td rowspan=65534 colspan=1000>x"
    with pytest.raises(TooLargeError):
        _read("<table>" + ("<tr>" + cell) * 3_000 + "</table>")
