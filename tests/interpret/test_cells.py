"""What one cell can hold: a change in brackets, two figures, words, and what cannot be read."""

from __future__ import annotations

import pytest
from text_grids import figures, grid, read


def one_column(header: str, *cells: str, above: str = "", below: str = "") -> object:
    picture = f"指標 | {header}\n" + "\n".join(f"指標名{k} | {c}" for k, c in enumerate(cells))
    return read(*([above] if above else []), grid(picture), *([below] if below else []))


def test_signed_brackets_are_changes_also_where_one_lacks_its_sign() -> None:
    report = one_column("R3目標", "10個¶(+5)", "33個¶（33）", "20個¶(-3)")
    assert figures(report, "value", "delta", "delta_raw") == [
        ("10", "5", "(+5)"),
        ("33", "33", "（33）"),
        ("20", "-3", "(-3)"),
    ]


def test_brackets_that_a_note_calls_last_years_figures() -> None:
    report = one_column("R5実績", "93.3¶（96.6）", below="※（　）内は前年度（R4年度）の値")
    assert figures(report, "period", "fiscal_year", "value", "delta") == [
        ("R5", 2023, "93.3", None),
        ("R4年度", 2022, "96.6", None),
    ]


def test_a_percentage_in_brackets_is_a_figure_of_its_own() -> None:
    report = one_column("R5実績", "91人(7%)", "80人(6%)")
    assert figures(report, "unit", "value", "delta")[:2] == [("人", "91", None), ("%", "7", None)]


def test_a_year_in_brackets_dates_the_figure() -> None:
    report = one_column(
        "基準値 | 目標値（R8）", "58.5％（H28） | 60.0％", "1,000人（R1） | 1,200人"
    )
    assert figures(report, "period", "fiscal_year", "value")[:2] == [
        ("H28", 2016, "58.5"),
        ("R8", 2026, "60.0"),
    ]


def test_labelled_figures_of_a_cell_are_told_apart() -> None:
    report = one_column("地方債その他", "債) 104,600¶他) 32,500", "債) 1¶他) 2")
    assert figures(report, "qualifier", "value")[:2] == [("債", "104600"), ("他", "32500")]


def test_a_label_that_could_be_a_unit_begins_the_next_figure() -> None:
    report = one_column("特定財源の内訳", "債)116¶国)29,263", "債)15,926国)19,629")
    assert [str(row.value) for row in report.observations] == ["116", "29263", "15926", "19629"]


def test_lists_of_labels_and_figures_in_a_cell() -> None:
    report = one_column(
        "説明", "土　地 1,065,240¶償却資産 569,250", "委託料 12,000¶使用料及び 300¶賃借料"
    )
    assert figures(report, "qualifier", "value") == [
        ("土地", "1065240"),
        ("償却資産", "569250"),
        ("委託料", "12000"),
        ("使用料及び賃借料", "300"),
    ]


def test_baseline_and_target_in_one_cell() -> None:
    report = one_column("基準値（H30年度）→目標値（R6年度）", "1,837人⇒2,000人", "8店舗⇒9店舗")
    assert figures(report, "measure", "period", "value")[:2] == [
        ("baseline", "H30年度", "1837"),
        ("target", "R6年度", "2000"),
    ]


def test_targets_in_words_keep_their_bound() -> None:
    report = one_column("R6年度目標", "毎年度20億円以上", "453人以下", "約1人")
    assert figures(report, "value", "unit", "bound", "value_raw") == [
        ("20", "億円", "at_least", "毎年度20億円以上"),
        ("453", "人", "at_most", "453人以下"),
        ("1", "人", "about", "約1人"),
    ]


@pytest.mark.parametrize(
    ("printed", "status"),
    [("―", "not_applicable"), ("集計中", "not_reported"), ("", "not_reported"), ("x", "withheld")],
)
def test_places_without_a_figure_say_why(printed: str, status: str) -> None:
    report = one_column("R3実績", printed, "12人")
    assert figures(report, "status", "value", "unit")[0] == (status, None, "")


def test_a_figure_that_cannot_be_read_is_kept_as_printed() -> None:
    report = one_column("職員数", "911 2/3人", "12人")
    assert figures(report, "status", "value", "value_raw")[0] == ("unreadable", None, "911 2/3人")


def test_places_point_at_the_figure_and_its_change_apart() -> None:
    report = one_column("R3目標", "10個¶(+5)", "20個¶(+10)")
    first = report.observations[0]
    value, delta = first.origin.value_place, first.origin.delta_place
    assert value is not None
    assert delta is not None
    assert value.box is not None
    assert delta.box is not None
    assert (first.x0, first.top) == (value.box.x0, value.box.top)
    assert value.box.bottom <= delta.box.top


def test_blanks_of_budgets_are_no_figures_still_to_come() -> None:
    report = read(
        grid("""
        款   | 現計予算額 | 補正額
        市税 | 100        |
        市債 | 50         | 5
        """)
    )
    assert len(report.observations) == 3


def test_a_figure_that_its_cell_broke_is_printed_on_one_line() -> None:
    from kenzan.interpret.contract import _on_one_line

    assert _on_one_line("70,275\n回") == "70,275回"
    assert _on_one_line("2,000 人") == "2,000 人"
