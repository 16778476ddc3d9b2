"""Labels taken apart, numberings, and the word lists behind them."""

from __future__ import annotations

import pytest

from kenzan.interpret.words.label import read_label
from kenzan.interpret.words.lexicon import find_kind, find_measure, find_role, kinds, sections
from kenzan.interpret.words.numbering import find_numbering
from kenzan.normalize.labels import label_key


@pytest.mark.parametrize(
    ("printed", "period", "year", "measure", "wording"),
    [
        ("Ｒ３", "Ｒ３", 2021, None, ""),
        ("令和８年度当初予算", "令和８年度", 2026, "budget", "当初予算"),
        ("基準値（R1）", "R1", 2019, "baseline", "基準値"),
        ("目標値（令和7年度）", "令和7年度", 2025, "target", "目標値"),
        ("R3年度当初予\n算額（千円）", "R3年度", 2021, "budget", "当初予算額（千円）"),
        ("令 和 4 年 度　当 初 額（①）", "令和4年度", 2022, "budget", "当初額（①）"),
        ("2016達成値", "2016", 2016, "actual", "達成値"),
        ("R2 KPI実績値", "R2", 2020, "actual", "KPI実績値"),
        ("執行率（％）", None, None, "rate", "執行率（％）"),
        ("対前年度当初比", None, None, "change_rate", "対前年度当初比"),
        ("令和6年度末残高", "令和6年度末", 2024, "amount", "残高"),
        ("目標達成率", None, None, "rate", "目標達成率"),
    ],
)
def test_labels_of_columns(
    printed: str, period: str | None, year: int | None, measure: str | None, wording: str
) -> None:
    label = read_label(printed)
    assert (label.period.label if label.period else None) == period
    assert (label.period.fiscal_year if label.period else None) == year
    assert (label.measure.measure if label.measure else None) == measure
    assert label.wording == wording


@pytest.mark.parametrize(
    ("printed", "name", "unit"),
    [
        ("観光客数（人）", "観光客数", "人"),
        ("受診率（％）※2", "受診率", "%"),
        ("自殺死亡率（人口10万対）", "自殺死亡率（人口10万対）", ""),
        ("20～39歳の社会動態数（住民基本台帳）", "20～39歳の社会動態数（住民基本台帳）", ""),
        ("小計 (a)", "小計(a)", ""),
    ],
)
def test_names_without_units_and_note_marks(printed: str, name: str, unit: str) -> None:
    label = read_label(printed)
    assert (label.name, label.unit) == (name, unit)


@pytest.mark.parametrize(
    ("printed", "formula", "mark"),
    [
        ("差引額\nA-B=C", "A-B", "C"),
        ("差引 (C)=(A)-(B)", "A-B", "C"),
        ("計③=①+②", "①+②", "③"),
        ("① － ②", "①-②", None),
        ("増減（Ａ－Ｂ）", "A-B", None),
        ("歳出合計 (a)+(b)", "a+b", None),
        ("増減率（(B-A)/A）", "(B-A)/A", None),
        ("令和4年度当初額（①）", None, "①"),
        ("ＰＰＰ/ＰＦＩ", None, None),
    ],
)
def test_formulas_and_marks(printed: str, formula: str | None, mark: str | None) -> None:
    label = read_label(printed)
    assert (label.formula, label.mark) == (formula, mark)


@pytest.mark.parametrize(
    ("text", "style", "value"),
    [
        ("1.市税", "n.", 1),
        ("(2)災害復旧", "(n)", 2),
        ("(ロ)単独", "(ア)", 2),
        ("③ 事業", "①", 3),
        ("第３ 事業", "第n", 3),
        ("B PPPを活用した事業", "A", 2),
        ("E 「夢」構想", "A", 5),
        ("1市税", "n ", 1),
        ("1) 総務管理費", "n)", 1),
    ],
)
def test_numberings(text: str, style: str, value: int) -> None:
    from kenzan.normalize.characters import fold

    found = find_numbering(fold(text))
    assert found is not None
    assert (found.style, found.value) == (style, value)


@pytest.mark.parametrize(
    "text", ["20～39歳の人口", "65歳以上", "3年生", "R3", "EC サイト", "1,234円"]
)
def test_quantities_are_no_numberings(text: str) -> None:
    assert find_numbering(text) is None


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("歳入合計", "total"), ("計", "total"), ("小計", "subtotal"), ("一般会計", "part"),
        ("うち人件費", "of_which"), ("(うち人件費)", "of_which"), ("差引", "difference"),
        ("比較", "difference"), ("統計調査費", "part"), ("差引残高", "part"), ("全会計純計", "total"),
    ],
)  # fmt: skip
def test_kinds_of_rows(label: str, kind: str) -> None:
    assert find_kind(label) == kind


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("指標名", "indicator"),
        ("担当課", "department"),
        ("備考", "text"),
        ("No.", "number"),
        ("事業概要", "text"),
    ],
)
def test_roles_of_columns(header: str, role: str) -> None:
    assert find_role(label_key(header)) == role


def test_names_of_indicators_are_no_measures() -> None:
    for name in ("市内就職率", "来館者数", "健康寿命（女性）", "ラスパイレス指数"):
        found = find_measure(label_key(name))
        assert found is None or not found.whole, name


def test_word_lists_have_no_word_twice_in_one_list() -> None:
    for lists in (sections(), kinds()):
        for name, entry in lists.items():
            words = entry.get("words") if isinstance(entry, dict) else None
            if words:
                keys = [label_key(word) or word for word in words]
                assert len(set(words)) == len(words), (
                    name,
                    sorted(w for w in words if words.count(w) > 1),
                )
                assert all(keys), name


@pytest.mark.parametrize(
    ("raw", "label", "year"),
    [
        ("令和元年\n度", "令和元年度", 2019),
        ("令和\n5年度", "令和5年度", 2023),
        ("目標\n（令和５年\n度）", "令和５年度", 2023),
        ("令和３年度\n令和４年度目標", "令和３年度", 2021),
        ("R2\n3年度", "R2", 2020),
        ("実績（令和6年度（2\n024年度））", "令和6年度（2024年度）", 2024),
        ("２０２\n４年度", "２０２４年度", 2024),
        ("目標値（令和1\n0年度）", "令和10年度", 2028),
        ("H2\n9年度", "H29年度", 2017),
    ],
)
def test_years_that_a_narrow_cell_broke_count_whole(raw: str, label: str, year: int) -> None:
    period = read_label(raw).period
    assert period is not None
    assert (period.label, period.fiscal_year) == (label, year)


def test_years_that_a_label_compares_are_not_its_year() -> None:
    for text, measure in (
        ("増減（R7-R6）", "change"),
        ("７－６", "change"),
        ("R5/R4", "change_rate"),
        ("H30比（％）", "change_rate"),
        ("R6とR5の差", "change"),
        ("対前年増減数", "change"),
        ("目標値に対する割合", "rate"),
    ):
        label = read_label(text)
        assert label.measure is not None, text
        assert (label.measure.measure, label.period) == (measure, None), text


def test_a_western_year_in_brackets_dates_a_label() -> None:
    label = read_label("目標値（2025）")
    assert label.period is not None
    assert (label.period.fiscal_year, label.rest) == (2025, "目標値")
