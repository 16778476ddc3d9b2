"""Figures in text set in columns that have blanks in them."""

from __future__ import annotations

import pytest

from kenzan.extract.columns import find_edges
from kenzan.extract.raster_pieces import cut_strips
from kenzan.schemas.document import Line


@pytest.fixture
def pieces():
    """The pieces of each line."""

    def cut(*texts: str) -> list[list[str]]:
        lines = []
        for number, text in enumerate(texts, 1):
            x0s, x1s = find_edges(text, "character")
            lines.append(Line(text, 1, number=number, x0s=x0s, x1s=x1s))
        return [[piece.text for piece in strip.pieces] for strip in cut_strips(lines)]

    return cut


def test_a_word_that_comes_again_behind_the_figures_of_a_column_is_their_unit(pieces):
    found = pieces("基準値   215 経営体   218 経営体", "Ｒ元    223 経営体   226 経営体")
    assert found[0] == ["基準値", "215 経営体", "218 経営体"]


def test_units_may_have_latin_letters(pieces):
    found = pieces(
        "当初   1,982 千 t-CO2   1,990 千 t-CO2", "R2     1,959 千 t-CO2   1,858 千 t-CO2"
    )
    assert found[1] == ["R2", "1,959 千 t-CO2", "1,858 千 t-CO2"]


def test_words_that_differ_from_row_to_row_are_no_units(pieces):
    found = pieces("相談件数   98.1 達成   97.0 達成", "受診率    96.7 未達   99.0 達成")
    assert found[0] == ["相談件数", "98.1", "達成", "97.0", "達成"]


def test_offices_are_no_units(pieces):
    found = pieces("道路   98.1 建設課   97.0 建設課", "公園   96.7 建設課   99.0 建設課")
    assert found[0] == ["道路", "98.1", "建設課", "97.0", "建設課"]


def test_two_values_with_an_arrow_between_are_one_figure_with_their_years(pieces):
    (found,) = pieces("訓練の参加者数       平成 26 年度 272 人⇒令和 2 年度 280 人")
    assert found == ["訓練の参加者数", "平成 26 年度 272 人⇒令和 2 年度 280 人"]


def test_a_rule_for_an_empty_cell_is_no_sign_of_the_figure_behind_it(pieces):
    (found,) = pieces("基準値   100.0%  ― 215人   ― 868人")
    assert found == ["基準値", "100.0%", "―", "215人", "―", "868人"]


def test_marks_of_columns_belong_to_the_names_before_them(pieces):
    found = pieces(
        "         予算額    Ａ          予算額     Ｂ", "   区分            差引増減額    Ａ－Ｂ"
    )
    assert found == [["予算額    Ａ", "予算額     Ｂ"], ["区分", "差引増減額    Ａ－Ｂ"]]


def test_a_single_letter_is_no_mark_of_a_column(pieces):
    (found,) = pieces("観光交流課    Ａ    順調")
    assert found == ["観光交流課", "Ａ", "順調"]
