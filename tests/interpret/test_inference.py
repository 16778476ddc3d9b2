"""Headers outside the lexicon: read by neighbours, years, contents and sums, or left open."""

from __future__ import annotations

from text_grids import figures, grid, read


def measures(picture: str) -> list[object]:
    report = read(grid(picture))
    return [column.measure for column in report.tables[0].columns]


def test_the_other_one_of_a_pair() -> None:
    assert measures("""
             | 来館者数 | <        | 満足度 | <
             | 目標     | できぐあい | 目標   | できぐあい
        R2   | 100人    | 90人     | 50.0％ | 60.0％
        R3   | 120人    | 130人    | 55.0％ | 61.0％
        """) == ["target", "actual", "target", "actual"]


def test_an_earlier_year_beside_targets_and_actuals_is_the_baseline() -> None:
    assert (
        measures("""
        指標     | とりくむ前（H28） | R2     | <      | R3     | <
        ^        | ^                 | 目標   | 実績   | 目標   | 実績
        来館者数 | 90                | 100    | 95     | 120    | 110
        相談件数 | 10                | 20     | 15     | 30     | 25
        """)[0]
        == "baseline"
    )


def test_a_difference_of_two_columns_is_a_change() -> None:
    assert (
        measures("""
        款   | 今年の見積り | 去年の見積り | うごき
        市税 | 1,234        | 1,000        | 234
        市債 | 5,678        | 5,500        | 178
        県税 | 912          | 1,012        | △100
        諸税 | 3,333        | 2,222        | 1,111
        """)[2]
        == "change"
    )


def test_a_column_of_parts_of_100_is_a_share() -> None:
    assert (
        measures("""
        款   | 予算額 | おもみ
        市税 | 1,234  | 11.9
        市債 | 5,678  | 54.7
        県税 | 3,456  | 33.3
        合計 | 10,368 | 100.0
        """)[1]
        == "share"
    )


def test_what_nothing_supports_stays_open() -> None:
    assert measures("""
        款   | あれ | これ | それ
        市税 | 7    | 12   | 31
        市債 | 9    | 45   | 18
        県税 | 4    | 27   | 66
        """) == [None, None, None]


def test_columns_full_of_units_or_sections_are_no_names() -> None:
    report = read(
        grid("""
        ものさし | かぞえ方 | うけもち | 目標 | 実績
        来館者数 | 人       | 観光課   | 100  | 90
        相談件数 | 件       | 福祉課   | 20   | 15
        """)
    )
    assert figures(report, "group", "indicator", "unit")[::2] == [
        ("", "来館者数", "人"),
        ("", "相談件数", "件"),
    ]


def test_labels_that_come_again_under_every_indicator_are_measures_told_by_their_figures() -> None:
    report = read(
        grid("""
             | 来館者数 | <    | 相談件数 | <
             | 甲の数   | 乙の数 | 甲の数 | 乙の数
        はじめ | 100    | 100  | 20       | 20
        R2   | 120      | 90   | 25       | 22
        R3   | 140      | 130  | 30       | 31
        R4   | 150      | 未集計 | 35     | 未集計
        """)
    )
    assert figures(report, "indicator", "period", "measure", "value")[:6] == [
        ("来館者数", "はじめ", "target", "100"),
        ("来館者数", "はじめ", "actual", "100"),
        ("相談件数", "はじめ", "target", "20"),
        ("相談件数", "はじめ", "actual", "20"),
        ("来館者数", "R2", "target", "120"),
        ("来館者数", "R2", "actual", "90"),
    ]


def test_labels_that_come_again_name_kinds_where_nothing_says_otherwise() -> None:
    report = read(
        grid("""
             | 転入 | <   | 転出 | <
             | 男   | 女  | 男   | 女
        R2   | 101  | 121 | 201  | 181
        R3   | 120  | 90  | 250  | 220
        R4   | 140  | 130 | 300  | 310
        """)
    )
    assert {row.indicator for row in report.observations} == {"男", "女"}
    assert {row.measure for row in report.observations} == {"other"}


def test_rows_of_plan_and_result_are_told_by_the_rate_under_them() -> None:
    report = read(
        grid("""
        指標     | 区分 | R2    | R3    | R4
        来館者数 | 甲   | 1,200 | 1,400 | 1,500
        ^        | 乙   | 1,130 | 1,477 | 1,310
        ^        | 達成率 | 94.2  | 105.5 | 87.3
        相談件数 | 甲   | 250   | 300   | 350
        ^        | 乙   | 221   | 312   | 377
        ^        | 達成率 | 88.4  | 104.0 | 107.7
        """)
    )
    assert {(row.indicator, row.measure_label, row.measure) for row in report.observations} == {
        (name, label, measure)
        for name in ("来館者数", "相談件数")
        for label, measure in (("甲", "target"), ("乙", "actual"), ("達成率", "rate"))
    }


def test_a_part_of_a_whole_is_no_change() -> None:
    assert measures("""
        地区 | 総人口 | 男性 | 女性
        東   | 1,234  | 600  | 634
        西   | 2,345  | 1,201 | 1,144
        南   | 3,456  | 1,700 | 1,756
        北   | 4,567  | 2,300 | 2,267
        """) == [None, None, None]


def test_the_goal_is_of_the_latest_year_and_what_is_left_are_the_actuals() -> None:
    assert measures("""
        指標     | 出だし | そのときの数（R4） | そのときの数（R5） | めあて（R9） | 判定
        来館者数 | 100    | 110               | 115               | 150          | Ａ
        相談件数 | 20     | 22                | 21                | 40           | Ｃ
        """) == ["baseline", "actual", "actual", "target"]


def test_two_unknown_columns_stay_open() -> None:
    assert measures("""
        指標     | こちら（R4） | あちら（R9） | 判定
        来館者数 | 110          | 150          | Ａ
        相談件数 | 22           | 40           | Ｃ
        """) == [None, None]


def test_figures_to_be_kept_are_targets() -> None:
    assert measures("""
        指標     | R5   | <
        ^        | めあて | できた数
        来館者数 | 100人以上 | 110人
        相談件数 | 20件以上  | 15件
        苦情     | 5件以下   | 7件
        """) == ["target", "actual"]


def test_the_rate_of_execution_tells_the_budget() -> None:
    assert measures("""
        款     | つかえる額 | 支出済額 | 執行率
        議会費 | 210,400    | 198,320  | 94.3
        総務費 | 3,200,100  | 3,012,446 | 94.1
        民生費 | 8,100,200  | 7,955,310 | 98.2
        """) == ["budget", "settlement", "rate"]
