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
