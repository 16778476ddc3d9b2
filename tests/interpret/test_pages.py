"""Tables that go on over pages, and headers that several tables share."""

from __future__ import annotations

from dataclasses import replace

from text_grids import document, figures, grid, line

from kenzan.interpret import interpret_document
from kenzan.schemas.report import Report

FIRST = """
款     | 本年度予算額 | 前年度予算額
1.市税 | 10           | 9
"""
MORE = """
2.市債 | 5  | 4
合計   | 15 | 13
"""


def pages(*contents: list[object]) -> Report:
    return interpret_document(document(*contents))  # type: ignore[arg-type]


def test_a_table_without_header_on_the_next_page_goes_on() -> None:
    report = pages(["歳入", grid(FIRST)], [grid(MORE, page=2)])
    assert len(report.tables) == 1
    assert figures(report, "indicator", "period", "value", "page")[2:4] == [
        ("2.市債", "本年度", "5", 2),
        ("2.市債", "前年度", "4", 2),
    ]


def test_a_repeated_header_is_no_row() -> None:
    again = FIRST.strip().split("\n")[0] + "\n" + MORE.strip()
    report = pages(["歳入", grid(FIRST)], ["歳入", grid(again, page=2)])
    assert [len(reading.rows) for reading in report.tables] == [3]


def test_the_title_and_unit_at_the_foot_of_a_page_are_those_of_the_table_on_the_next() -> None:
    report = pages(["主な事業", "（単位：千円）"], [grid(FIRST, page=2)])
    assert figures(report, "indicator", "unit")[0] == ("1.市税", "千円")


def test_a_sentence_at_the_foot_of_a_page_is_no_caption() -> None:
    report = pages(["（単位：千円）", "次の表のとおりです。"], [grid(FIRST, page=2)])
    assert figures(report, "indicator", "unit")[0] == ("1.市税", "")


def test_a_table_without_rules_goes_on_where_its_header_comes_again() -> None:
    """Its edges are those of what happens to stand on each page."""
    again = grid(FIRST.strip().split("\n")[0] + "\n" + MORE.strip(), page=2)
    cells = (
        replace(cell, box=cell.box and replace(cell.box, x1=cell.box.x1 + 9 * (cell.col == 1)))
        for cell in again.cells
    )
    ragged = replace(again, cells=tuple(cells), origin="aligned")
    report = pages(["歳入（単位：千円）", grid(FIRST)], [ragged])
    assert [len(reading.rows) for reading in report.tables] == [3]
    assert figures(report, "indicator", "unit")[-1] == ("合計", "千円")


def test_another_caption_starts_another_table() -> None:
    again = FIRST.strip().split("\n")[0] + "\n" + MORE.strip()
    report = pages(["（歳入）", grid(FIRST)], ["（歳出）", grid(again, page=2)])
    assert len(report.tables) == 2


def test_a_header_alone_at_the_foot_of_a_page_belongs_to_the_next() -> None:
    report = pages(["歳入", grid(FIRST.strip().split("\n")[0])], [grid(MORE, page=2)])
    assert len(report.tables) == 1
    assert figures(report, "indicator", "measure", "value")[0] == ("2.市債", "budget", "5")


def test_a_table_without_header_under_another_takes_its_columns() -> None:
    report = pages(
        [
            "款 1.市税 項 1.市民税 （単位：千円）",
            grid(FIRST),
            "款 2.市債 項 1.市債 （単位：千円）",
            grid(MORE, top=300),
        ]
    )
    assert figures(report, "group", "indicator", "period", "unit")[2:4] == [
        ("2.市債 / 1.市債", "2.市債", "本年度", "千円"),
        ("2.市債 / 1.市債", "2.市債", "前年度", "千円"),
    ]


def test_a_row_printed_again_after_the_page_is_counted_once() -> None:
    first = """
        目     | 本年度 | 節     | <
        ^      | ^      | 区分   | 金額
        1.個人 | 100    | 1.現年 | 80
        """
    report = pages(["歳出", grid(first)], [grid("1.個人 | 100 | 2.滞納 | 20", page=2)])
    assert [row.value for row in report.observations if row.indicator == "1.個人"] == [100]


def test_running_lines_are_no_captions() -> None:
    contents = [
        [
            "南国市",
            "（歳入）" if page == 1 else "続き",
            grid(FIRST if page == 1 else MORE, page=page),
            f"- {page} -",
        ]
        for page in (1, 2, 3)
    ]
    report = pages(*contents)
    assert all("- 1 -" not in text for text, _ in report.prose)


def test_a_title_in_spaced_letters_is_no_table() -> None:
    title = [line("― 2 ― 一般会計", top=20), line("第 １ 表 歳 入", top=40)]
    spaced = replace(
        grid("― | 2 | ― | 一般会計 | \n第 | 1 | 表 | 歳 | 入", origin="aligned"),
        source=tuple(title),
    )
    report = pages([spaced, grid(FIRST, top=200)])
    assert [row.value for row in report.observations] == [10, 9]
    assert report.tables[0].title.endswith("第1表歳入")


def test_a_small_table_without_rules_stays_one() -> None:
    small = replace(grid("市税 | 1,234\n市債 | 56", origin="aligned"), source=(line("市税 1,234"),))
    assert [row.value for row in pages([small]).observations] == [1234, 56]


def test_long_names_before_measures_name_their_indicator() -> None:
    report = pages(
        [
            grid(
                """
全国学力・学習状況調査の平均正答率が全国の平均を上回った学校の数の割合 | 区分 | R4 | R5
^ | 目標値 | 65.8 | 71.0
^ | 実績値 | 66.1 | 70.2
"""
            )
        ]
    )
    assert {row.measure for row in report.observations} == {"target", "actual"}
    (name,) = {row.indicator for row in report.observations}
    assert name.startswith("全国学力・学習状況調査")


def test_bare_years_are_a_header_of_their_own() -> None:
    header = "会計 | 2021 | 2020\n^ | 当初予算額① | 当初予算額②\n"
    first, second = header + "市税 | 10 | 9\n", header + "国保 | 5 | 4\n"
    report = pages(["1 歳入", grid(first), "2 会計別", grid(second, top=300)])
    assert figures(report, "indicator", "fiscal_year", "value") == [
        ("市税", 2021, "10"),
        ("市税", 2020, "9"),
        ("国保", 2021, "5"),
        ("国保", 2020, "4"),
    ]


def test_one_bare_year_over_its_measures_is_a_header() -> None:
    report = pages(
        [
            grid("""
            数値目標 | 2023   | <
            ^        | 目標値 | 実績
            来館者数 | 100人  | 90人
            加入率   | 50.0％ | 48.0％
            """)
        ]
    )
    assert figures(report, "indicator", "fiscal_year", "measure", "value")[:2] == [
        ("来館者数", 2023, "target", "100"),
        ("来館者数", 2023, "actual", "90"),
    ]
    assert len(report.observations) == 4


def test_changes_on_top_of_a_page_belong_to_the_row_that_it_cuts() -> None:
    header = "年度 | 来館者数（人） | <\n^ | 目標値 | 実績値\n"
    first, rest = (
        header + "R3 | 10 (+1) | 9 (+2)\nR4 | 12 | 11\n",
        "| (+2) | (+1)\nR5 | 14 (+2) | 13",
    )
    for again in (rest, header + rest):
        report = pages([grid(first)], [grid(again, page=2)])
        rows = figures(report, "period", "measure", "value", "delta")
        assert rows[2:5] == [
            ("R4", "target", "12", "2"),
            ("R4", "actual", "11", "1"),
            ("R5", "target", "14", "2"),
        ]


def test_last_year_in_brackets_below_its_figure_stays_a_row() -> None:
    first, rest = "費目 | 人数 | 件数\n市税 | 10 | 9\n", "合計 | (12) | (11)\n小計 | 3 | 4\n"
    report = pages([grid(first)], [grid(rest, page=2)])
    assert [row.indicator for row in report.observations][2:4] == ["合計", "合計"]


def test_title_rows_of_a_sheet_are_not_the_header_of_another_table() -> None:
    titles = "項目 | 単位 | R元 | R2 | R3\n"
    first, other = titles + "財政力指数 | － | 0.5 | 0.6 | 0.7", "区分 | < | R4決算 | R5決算\n"
    cut = titles + "事業費 | < | 6 | 7 | \n内訳 | 国 | 1 | 2 | \n"
    above = grid(other + "人件費 | 正規 | 8 | 9\n", top=300)
    report = pages(["指標", grid(first), "費用", above], [grid(cut, page=2)])
    assert figures(report, "indicator", "period", "measure", "value")[-4:] == [
        ("事業費", "R4", "settlement", "6"),
        ("事業費", "R5", "settlement", "7"),
        ("国", "R4", "settlement", "1"),
        ("国", "R5", "settlement", "2"),
    ]
