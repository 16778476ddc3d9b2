"""Rows of budget tables: whose labels stand above whose, and how each row takes part in sums."""

from __future__ import annotations

from text_grids import figures, grid, read, table


def labels(picture: str) -> list[tuple[str, str]]:
    rows = figures(read(grid(picture)), "group", "indicator")
    return [(str(group), str(indicator)) for group, indicator in rows]


def test_merged_cells_stand_over_the_rows_they_cover() -> None:
    assert labels("""
        項       | 目     | 節       | 金額
        1.市民税 | 1.個人 | 1.現年分 | 10
        ^        | ^      | 2.滞納分 | 2
        ^        | 小計   | <        | 12
        ^        | 計     | <        | 12
        2.市税   | 1.法人 | 1.現年分 | 5
        市税合計 | <      | <        | 17
        """) == [
        ("1.市民税 / 1.個人", "1.現年分"),
        ("1.市民税 / 1.個人", "2.滞納分"),
        ("1.市民税", "小計"),
        ("1.市民税", "計"),
        ("2.市税 / 1.法人", "1.現年分"),
        ("", "市税合計"),
    ]


def test_kinds_say_how_a_row_takes_part_in_sums() -> None:
    reading = table(
        grid("""
        区分       | <        | 金額
        自主財源   | 市税     | 10
        ^          | 小計     | 10
        依存財源   | 市債     | 5
        ^          | 小計     | 5
        一般会計   | <        | 15
        うち人件費 | <        | 3
        差引       | <        | 0
        歳入合計   | <        | 15
        """)
    )
    assert [row.kind for row in reading.rows] == [
        "part", "subtotal", "part", "subtotal", "part", "of_which", "difference", "total",
    ]  # fmt: skip


def test_numbering_makes_levels() -> None:
    reading = table(
        grid("""
        区分             | 金額
        1.人件費         | 10
        2.投資的経費 (b) | 9
        (1)普通建設      | 8
        (ｲ)補助          | 5
        (ﾛ)単独          | 3
        (2)災害復旧      | 1
        合計 (a)+(b)     | 19
        """)
    )
    assert [row.level for row in reading.rows] == [0, 0, 1, 2, 2, 1, 0]
    assert [row.mark for row in reading.rows][1] == "b"
    assert reading.rows[-1].formula == "a+b"


def test_an_amount_of_its_own_beside_an_empty_second_label() -> None:
    assert labels("""
        款         | 項       | 金額
        1.市　税   |          | 30
                   | 1.市民税 | 20
                   | 2.資産税 | 10
        2.地方譲与税 |        | 5
        """) == [
        ("", "1.市税"),
        ("1.市税", "1.市民税"),
        ("1.市税", "2.資産税"),
        ("", "2.地方譲与税"),
    ]


def test_a_label_printed_with_the_first_figure_names_the_row() -> None:
    assert (
        labels("""
        節     | 令和4年度¶当初額（①） | 令和3年度¶当初額（②） | ① － ②
        現年分 | 均等割　76,781         | 69,102                 | 7,679
        ^      | 所得割　1,870,137      | 1,676,412              | 193,725
        """)
        == [("現年分", "均等割")] * 3 + [("現年分", "所得割")] * 3
    )


def test_marks_and_formulas_of_columns() -> None:
    reading = table(
        grid("""
        区分 | 令和4年度¶当初額（①） | 令和3年度¶当初額（②） | ① － ② | 増減率（(①-②)/②）
        市税 | 100 | 90 | 10 | 11.1
        """)
    )
    assert [column.mark for column in reading.columns[:2]] == ["①", "②"]
    assert reading.columns[2].formula == "①-②"
    assert [column.measure for column in reading.columns] == [
        "budget",
        "budget",
        "change",
        "change_rate",
    ]


def test_several_labels_in_one_cell_are_levels() -> None:
    assert labels("""
        款・項・目                       | 事業名   | 補正額
        2 総務費¶1) 総務管理費¶(1) 一般管理費 | 防犯事業 | 10
        """) == [("2総務費 / 1)総務管理費 / (1)一般管理費", "防犯事業")]


def test_names_and_figures_on_lines_of_one_cell_are_paired() -> None:
    assert figures(
        read(
            grid("""
            目     | 事項               | 金額
            総務費 | 建設補助¶整備補助 | 5,118¶2,500
            """)
        ),
        "group", "indicator", "value",
    ) == [("総務費", "建設補助", "5118"), ("総務費", "整備補助", "2500")]  # fmt: skip


def test_of_which_on_a_second_line_names_the_figure_in_brackets() -> None:
    assert figures(
        read(
            grid("""
            区分                       | 現計予算額
            12投資的経費¶（うち人件費） | 7,627¶(42)
            13予備費                   | 100
            """)
        ),
        "group", "indicator", "value", "delta",
    ) == [
        ("", "12投資的経費", "7627", None),
        ("12投資的経費", "（うち人件費）", "42", None),
        ("", "13予備費", "100", None),
    ]  # fmt: skip


def test_a_section_row_over_the_whole_width_groups_the_rows_below() -> None:
    assert (
        labels("""
        区分     | 予算額 | 決算額
        一般会計 | <      | <
        歳入     | 10     | 9
        特別会計 | <      | <
        国保     | 5      | 4
        """)
        == [("一般会計", "歳入")] * 2 + [("特別会計", "国保")] * 2
    )


def test_years_named_from_the_year_of_the_document() -> None:
    report = read(
        "令和8年度 予算に関する説明書",
        grid("""
        款     | 本年度予算額 | 前年度予算額 | 前々年度末現在高
        1.市税 | 10           | 9            | 8
        """),
    )
    assert figures(report, "period", "fiscal_year") == [
        ("本年度", 2026),
        ("前年度", 2025),
        ("前々年度末", 2024),
    ]


def test_an_account_is_no_total() -> None:
    reading = table(
        grid("""
        会計別   | 予算額
        一般会計 | 10
        特別会計 | 5
        総計     | 15
        """)
    )
    assert [row.kind for row in reading.rows] == ["part", "part", "total"]


def test_numbers_before_names_in_the_second_column_are_no_figures() -> None:
    assert labels("""
        款             | 項               | 金額
        2 地方譲与税   |                  | 2,927
        ^              | 1自動車重量譲与税 | 2,927
        5 分担金       |                  | 2,959
        ^              | 1負担金          | 2,959
        6 使用料       |                  | 1,564
        ^              | 1使用料          | 718
        ^              | 2証紙収入        | 846
        """)[-3:] == [
        ("", "6使用料"),
        ("6使用料", "1使用料"),
        ("6使用料", "2証紙収入"),
    ]


def test_figures_with_units_of_their_own_stay_figures() -> None:
    report = read(
        grid("""
        項目       | 実績
        認定農業者 | 12経営体
        移住区画   | 40区画
        バス       | 8路線
        """)
    )
    assert [row.value for row in report.observations] == [12, 40, 8]
