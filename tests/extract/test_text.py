from __future__ import annotations

import pytest

from kenzan.errors import EmptyDocumentError, EncodingUnknownError, TooLargeError
from kenzan.extract import ReadOptions, read_document
from kenzan.extract.columns import find_edges, infer_metric, looks_laid_out
from kenzan.schemas.document import Line

BOX = """\
┌────┬─────────┐
│区分│目標     │
├────┼────┬────┤
│    │Ｒ２│Ｒ３│
├────┼────┼────┤
│市税│1人 │ 2人│
│    │(+0)│(+1)│
├────┼────┼────┤
│観光│3件 │ 4件│
└────┴────┴────┘
"""


def test_lines_are_raw_and_numbered_over_the_whole_file(samples):
    raw = (samples / "siryo6.txt").read_text(encoding="utf-8")
    document = read_document(samples / "siryo6.txt")
    lines = [block for block in document.blocks() if isinstance(block, Line)]
    expected = raw.rstrip("\n").split("\n")
    assert [line.text for line in lines] == expected
    assert [line.number for line in lines] == list(range(1, len(expected) + 1))
    assert document.kind == "text"
    assert document.pages[0].unit == "column"


def test_form_feeds_end_pages_and_line_numbers_go_on():
    document = read_document("一\n二\n\f資料６\n三\f四".encode())
    pages = [[(line.number, line.text) for line in page.blocks] for page in document.pages]
    assert pages == [[(1, "一"), (2, "二")], [(3, "資料６"), (4, "三")], [(4, "四")]]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_line_ending_counts_once(ending):
    document = read_document(f"目標{ending}{ending}実績{ending}".encode())
    assert [(b.number, b.text) for b in document.blocks()] == [(1, "目標"), (2, ""), (3, "実績")]


def test_soft_breaks_inside_a_line_share_its_number():
    document = read_document("12,672人\v(+1,000)\n次".encode())
    assert [(b.number, b.text) for b in document.blocks()] == [
        (1, "12,672人"),
        (1, "(+1,000)"),
        (2, "次"),
    ]


def test_blank_text_is_empty():
    with pytest.raises(EmptyDocumentError):
        read_document(b"  \n\f \n")


def test_limits_of_pages_and_characters():
    with pytest.raises(TooLargeError):
        read_document(b"a\f" * 20, options=ReadOptions(max_pages=5))
    with pytest.raises(TooLargeError):
        read_document(b"abcdef", options=ReadOptions(max_chars=5))


@pytest.mark.parametrize(
    "codec",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp932", "euc_jis_2004", "iso2022_jp_2004"],
)
def test_every_japanese_encoding_gives_the_same_text(samples, codec):
    raw = (samples / "siryo6.txt").read_text(encoding="utf-8").replace("～", "〜")
    if codec == "cp932":
        raw = raw.replace("〜", "～")
    document = read_document(raw.encode(codec))
    text = "\n".join(block.text for block in document.blocks())
    assert text == raw.rstrip("\n")
    assert document.notices == ()


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("①② ㈱ 目標", "cp932"),
        ("①② ㈱ 目標", "euc_jis_2004"),
        ("指標名\tｺｰﾄﾞ\n観光客数\t12", "cp932"),
        ("△1,234千円", "euc_jp"),
    ],
)
def test_short_texts_in_legacy_encodings(text, codec):
    assert "\n".join(b.text for b in read_document(text.encode(codec)).blocks()) == text


def test_an_encoding_given_is_taken():
    data = "目標".encode("utf-16-be")
    document = read_document(data, options=ReadOptions(encoding="utf-16-be"))
    assert [block.text for block in document.blocks()] == ["目標"]


@pytest.mark.parametrize(
    "data",
    [
        b"\x80\x81\xfe\xff" * 100,
        bytes(range(256)) * 8,
        "目標値と実績値".encode() + b"\xff\xfe\xfa" * 5,
        b"\x00\x01\x02\x03" * 50,
    ],
)
def test_what_is_no_text_says_so(data):
    with pytest.raises(EncodingUnknownError):
        read_document(data)


@pytest.mark.parametrize("codec", ["utf-8", "cp932", "euc_jp"])
def test_a_file_that_ends_inside_a_character_is_read_up_to_it(codec):
    text = "目標値と実績値\n" * 20
    document = read_document((text + "増").encode(codec)[:-1])
    assert [block.text for block in document.blocks()] == ["目標値と実績値"] * 20
    assert [notice.code for notice in document.notices] == ["broken-text"]


def test_an_encoding_that_does_not_fit_or_exist_says_so():
    for encoding in ("ascii", "klingon"):
        with pytest.raises(EncodingUnknownError):
            read_document("目標".encode(), options=ReadOptions(encoding=encoding))


def test_two_encodings_that_fit_alike_are_noticed():
    document = read_document("目標".encode("euc_jp") * 2 + b"\xb1\xb2")
    assert [notice.code for notice in document.notices] in ([], ["encoding-guessed"])
    assert document.metadata["encoding"] == "euc_jp"


def test_edges_count_full_width_as_two_and_tabs_to_eight():
    assert find_edges("a目1", "width") == ((0, 1, 3), (1, 3, 4))
    assert list(find_edges("a目1", "character")[0]) == [0, 1, 2]
    assert list(find_edges("a\t1", "character")[0]) == [0, 1, 8]


def _rows(pad):
    table = [["区分", "令和２年度", "令和３年度"], ["市税", "1,234", "5,678"], ["税等", "△3", "―"]]
    return ["".join(pad(text) for text in row) for row in table]


def test_the_way_columns_are_counted_shows_in_the_text():
    by_width = _rows(lambda text: text + " " * (16 - find_edges(text, "width")[1][-1]))
    by_character = _rows(lambda text: text.ljust(16))
    assert infer_metric(by_width) == "width"
    assert infer_metric(by_character) == "character"
    assert looks_laid_out(by_width, "width")
    assert looks_laid_out(by_character, "character")


def test_linear_text_is_not_taken_for_columns(samples):
    lines = (samples / "siryo6.txt").read_text(encoding="utf-8").split("\n")
    assert not looks_laid_out(lines, infer_metric(lines))


def test_a_line_of_a_million_gaps_takes_no_time():
    document = read_document(b"1  2  " * 60_000 + b"\n" + b"3  4  " * 60_000)
    assert len(document.pages) == 1


def test_markdown_table(grids, origins, texts):
    source = "見出し\n| 区分 | Ｒ２ |\n|------|-----:|\n| 市税 | 1,234 |\n| 他 | |\n本文"
    document = read_document(source.encode())
    (grid,) = grids(document)
    assert origins(grid) == [["区分", "Ｒ２"], ["市税", "1,234"], ["他", ""]]
    assert [line.number for line in grid.source] == [2, 3, 4, 5]
    assert [line.number for line in grid.cells[2].lines] == [4]
    assert texts(document) == ["見出し", "本文"]


def test_box_drawing_with_rows_of_several_lines_and_a_wide_cell(grids, origins):
    (grid,) = grids(read_document(BOX.encode()))
    assert origins(grid) == [
        ["区分", "目標", ""],
        ["", "Ｒ２", "Ｒ３"],
        ["市税", "1人\n(+0)", "2人\n(+1)"],
        ["観光", "3件", "4件"],
    ]
    assert [cell.colspan for cell in grid.cells[:2]] == [1, 2]


def test_tabs_from_a_spreadsheet_but_not_from_a_list(grids, origins):
    pasted = read_document("評価\n指標\tＲ２\tＲ３\nＡ\t\t2\n終わり".encode())
    (grid,) = grids(pasted)
    assert origins(grid) == [["指標", "Ｒ２", "Ｒ３"], ["Ａ", "", "2"]]
    assert grids(read_document("１\t事業内容\n２\t実施体制\n３\t予算".encode())) == []


def test_csv_with_title_unit_blank_values_and_note(grids, origins, texts):
    source = (
        "令和３年度 決算,,\n（単位：千円）,,\n款,Ｒ２,Ｒ３\n"
        '市税,"1,234","1,300"\n"注\n二",,△ 5\nＲ４,,\n※１ 端数処理による,,\n'
    )
    document = read_document(source.encode("cp932"), name="a.csv")
    (grid,) = grids(document)
    assert origins(grid) == [
        ["款", "Ｒ２", "Ｒ３"],
        ["市税", "1,234", "1,300"],
        ["注\n二", "", "△ 5"],
        ["Ｒ４", "", ""],
    ]
    assert texts(document) == ["令和３年度 決算", "（単位：千円）", "※１ 端数処理による"]
    assert grid.origin == "native"
    lines = {cell.text: cell.lines[0].number for cell in grid.cells if cell.lines}
    assert (lines["1,234"], lines["△ 5"], lines["Ｒ４"]) == (4, 5, 7)


def test_tables_of_a_csv_are_parted_by_blank_lines_unless_the_figures_go_on(grids, origins):
    two = read_document("区分,値\na,1\nb,2\n,\n課,件\nc,3\n".encode(), name="a.csv")
    assert [origins(grid)[0] for grid in grids(two)] == [["区分", "値"], ["課", "件"]]
    one = read_document("区分,値\na,1\n\nb,2\n".encode(), name="a.csv")
    assert [origins(grid) for grid in grids(one)] == [[["区分", "値"], ["a", "1"], ["b", "2"]]]


def test_text_with_grouped_figures_is_no_csv(grids):
    source = "Ｒ２ 12,672人 8,016人\nＲ３ 13,672人 13,482人\nＲ４ 15,672人 16,000人\n"
    assert grids(read_document(source.encode())) == []


def test_piped_csv_without_a_name(grids, origins):
    source = "a,b,c\n1,2,3\n4,5,6\n"
    assert [origins(grid) for grid in grids(read_document(source.encode()))] == [
        [["a", "b", "c"], ["1", "2", "3"], ["4", "5", "6"]]
    ]


def test_layout_text_with_groups_over_columns_and_changes_below(grids):
    text = """
            入込客数            販売額
         目標     実績      目標       実績
    当初      0人     10人       0円      100円
    Ｒ２     20人     15人   1,000円      900円
            (+20)     (+5)  (+1,000)     (+800)
    """
    (grid,) = grids(read_document(text.encode(), name="a.txt"))
    assert [[cell.text.strip() if cell else "" for cell in row] for row in grid.matrix()] == [
        ["", "入込客数", "入込客数", "販売額", "販売額"],
        ["", "目標", "実績", "目標", "実績"],
        ["当初", "0人", "10人", "0円", "100円"],
        ["Ｒ２", "20人\n(+20)", "15人\n(+5)", "1,000円\n(+1,000)", "900円\n(+800)"],
    ]
    assert grid.origin == "aligned"
    assert len(grid.source) == 5
    assert all(cell.box is None for cell in grid.cells)
