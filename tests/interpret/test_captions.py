"""What stands around a table: units, titles, years, notes."""

from __future__ import annotations

from text_grids import document, figures, grid, read, table

from kenzan.interpret import interpret_document
from kenzan.interpret.tables.captions import find_levels

PLAIN = """
区分 | 金額 | 構成比
市税 | 100  | 66.7
市債 | 50   | 33.3
"""


def test_percent_goes_to_shares_and_money_to_amounts() -> None:
    report = read("（単位：千円、％）", grid(PLAIN))
    assert figures(report, "measure", "unit")[:2] == [("amount", "千円"), ("share", "%")]


def test_a_unit_printed_with_the_figure_or_in_the_header_wins() -> None:
    report = read(
        "（単位：千円）",
        grid("""
        区分 | 金額（百万円） | 職員数
        市税 | 100            | 12人
        """),
    )
    assert figures(report, "unit") == [("百万円",), ("人",)]


def test_the_title_is_the_line_above_without_the_unit() -> None:
    assert table("（歳入）　（単位：千円）", grid(PLAIN)).title == "（歳入）"


def test_the_year_of_the_caption_holds_where_no_label_has_one() -> None:
    report = read("令和4年度 決算の状況", grid(PLAIN))
    assert set(figures(report, "period", "fiscal_year")) == {("令和4年度", 2022)}


def test_notes_below_belong_to_the_table() -> None:
    reading = table(grid(PLAIN), "※ 端数処理により合計が合わない場合があります。")
    assert reading.notes == ("※ 端数処理により合計が合わない場合があります。",)


def test_levels_in_a_caption() -> None:
    assert find_levels("款　 1. 市　税　　項　 1. 市民税　（単位：千円）") == ("1.市税", "1.市民税")
    assert find_levels("款別の状況") == ()


def test_a_table_without_names_tells_of_the_indicator_above_it() -> None:
    report = read(
        "KPI①：来館者数（単位：人）",
        grid("""
                | R2  | R3
        目標    | 100 | 120
        実績    | 90  | 130
        """),
    )
    assert figures(report, "indicator", "unit", "period", "measure", "value") == [
        ("来館者数", "人", "R2", "target", "100"),
        ("来館者数", "人", "R3", "target", "120"),
        ("来館者数", "人", "R2", "actual", "90"),
        ("来館者数", "人", "R3", "actual", "130"),
    ]


def test_an_indicator_named_at_the_foot_of_the_page_before_names_the_table() -> None:
    below = """
         | R2  | R3
    目標 | 100 | 120
    実績 | 90  | 130
    """
    report = interpret_document(
        document(["はじめに", "指標①：来館者数（単位：人）"], [grid(below, page=2)])
    )
    assert {(row.indicator, row.unit) for row in report.observations} == {("来館者数", "人")}
