"""The data files: complete, consistent with Unicode, free of words that fight each other."""

from __future__ import annotations

import csv
import tomllib
import unicodedata
from importlib.resources import files

import jaconv
import pytest

from kenzan.normalize.characters import fold
from kenzan.normalize.eras import ERAS, era_year
from kenzan.normalize.notation import (
    ABSENT,
    BOUND_BEFORE,
    BOUND_BEHIND,
    CELL_LABELS,
    PREFIXES,
    REMARKS,
    SIGN_BEHIND,
)
from kenzan.normalize.numbers import parse_cell, parse_number
from kenzan.normalize.periods import parse_period, resolve_periods
from kenzan.normalize.units import KNOWN, find_known_unit, parse_unit

DATA = files("kenzan.normalize")
ASSIGNED = [
    chr(code)
    for first, last in ((0x2E80, 0x2EF3), (0x2F00, 0x2FD5))
    for code in range(first, last + 1)
    if unicodedata.name(chr(code), "")
]


def radical_rows() -> list[list[str]]:
    lines = DATA.joinpath("radicals.csv").read_text("utf-8").splitlines()
    return list(csv.reader(line for line in lines if not line.startswith("#")))[1:]


def test_every_supplement_radical_is_listed_under_its_own_name() -> None:
    rows = radical_rows()
    assert [chr(int(row[0], 16)) for row in rows] == [c for c in ASSIGNED if c < "\u2f00"]
    assert [unicodedata.name(chr(int(row[0], 16))) for row in rows] == [row[2] for row in rows]
    assert len(rows) == 115


@pytest.mark.parametrize("radical", ASSIGNED)
def test_radicals_fold_to_ideographs(radical: str) -> None:
    folded = fold(radical)
    if radical == "\u2e80":
        assert folded == radical
    else:
        assert unicodedata.name(folded).startswith("CJK UNIFIED IDEOGRAPH-")


def test_only_two_supplement_radicals_are_in_nfkc() -> None:
    """Why the table is there."""
    changed = [c for c in ASSIGNED if c < "\u2f00" and unicodedata.normalize("NFKC", c) != c]
    assert changed == ["⺟", "⻳"]
    assert [fold(c) for c in changed] == [unicodedata.normalize("NFKC", c) for c in changed]


@pytest.mark.parametrize(
    ("text", "corrupted"),
    [
        ("①5", unicodedata.normalize("NFKC", "①5")),
        ("100㎡", unicodedata.normalize("NFKC", "100㎡")),
        ("－339人", jaconv.normalize("－339人")),
        ("20～39歳", jaconv.normalize("20～39歳")),
        ("―", jaconv.normalize("―")),
        ("20～39歳", "2039歳"),
        ("5〜10件", "510件"),
        ("ー339人", "339人"),
    ],
)
def test_folding_is_not_what_corrupts_figures(text: str, corrupted: str) -> None:
    """NFKC, jaconv.normalize and neologdn (its results given as text) change these figures."""
    assert corrupted != text
    assert fold(text) != corrupted


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("①5", 15),
        ("－339人", 339),
        ("−339人", 339),
        ("‐339人", 339),
        ("△0.5ポイント", "0.5"),
        ("1 2,672人", 2672),
        ("1.5百万円", 15000),
        ("20～39歳", 2039),
    ],
)
def test_figures_other_tools_get_wrong(text: str, wrong: int | str) -> None:
    assert str(parse_number(text).value) != str(wrong)


def test_words_have_one_meaning_each() -> None:
    signs_and_bounds = set(SIGN_BEHIND) & set(BOUND_BEHIND)
    assert signs_and_bounds == set()
    assert set(BOUND_BEFORE) - PREFIXES.words == set()
    assert ABSENT.words & (REMARKS.words | PREFIXES.words | CELL_LABELS.words) == set()
    assert {word for word in PREFIXES.words | CELL_LABELS.words if word in KNOWN} <= {
        "年", "日", "年間", "月間", "週", "市", "町", "村", "県", "国", "団体", "法人",
        "計画", "度", "道", "都", "府",
    }  # fmt: skip


@pytest.mark.parametrize("word", sorted(ABSENT.words))
def test_every_missing_word_is_read_alone_and_with_a_reason(word: str) -> None:
    for text in (word, f"{word}（調査の都合）"):
        (entry,) = parse_cell(text)
        assert entry.number.value is None
        assert entry.number.missing is not None


@pytest.mark.parametrize("word", sorted(SIGN_BEHIND))
def test_every_sign_word_gives_its_sign(word: str) -> None:
    number = parse_number(f"2.5%{word}")
    assert (number.sign, str(number.value.copy_abs())) == (SIGN_BEHIND[word], "2.5")  # type: ignore[union-attr]


@pytest.mark.parametrize("word", sorted(BOUND_BEHIND))
def test_every_bound_behind_a_figure_is_read(word: str) -> None:
    assert parse_number(f"2,000人{word}").bound == BOUND_BEHIND[word]


@pytest.mark.parametrize("word", sorted(BOUND_BEFORE))
def test_every_bound_before_a_figure_is_read(word: str) -> None:
    assert parse_number(f"{word}2,000人").bound == BOUND_BEFORE[word]


@pytest.mark.parametrize("spelling", sorted(KNOWN))
def test_every_unit_is_read_behind_a_figure(spelling: str) -> None:
    number = parse_number(f"1,234{spelling}")
    assert (str(number.value), number.unit) == ("1234", spelling)


@pytest.mark.parametrize("spelling", sorted(KNOWN))
def test_every_unit_has_one_canonical_form(spelling: str) -> None:
    unit = parse_unit(spelling)
    canonical = parse_unit(unit.canonical) if unit else None
    assert unit is not None
    assert canonical is not None
    assert (canonical.dimension, canonical.scale) == (unit.dimension, unit.scale)
    assert unit.scale > 0


def test_multiples_scale_the_unit_and_make_it_inexact() -> None:
    for multiple, power in (("千", 3), ("百万", 6), ("億", 8), ("兆", 12)):
        unit = find_known_unit(f"{multiple}円")
        assert unit is not None
        assert (unit.scale, unit.exact, unit.dimension) == (10**power, False, "money")


def test_eras_follow_each_other() -> None:
    rows = tomllib.loads(DATA.joinpath("eras.toml").read_text("utf-8"))["era"]
    assert [row["letter"] for row in rows] == list("MTSHR")
    assert [row["first"] for row in rows] == sorted(row["first"] for row in rows)
    assert era_year("平成31") == era_year("令和元") == 2019
    assert era_year("昭和64") == era_year("平成元") == 1989
    assert era_year("大正15") == era_year("昭和元") == 1926
    assert era_year("明治45") == era_year("大正元") == 1912
    assert era_year("令和0") is era_year("明治46") is era_year("西暦1") is None
    assert all(last > 0 for _, last in ERAS.values())


@pytest.mark.parametrize(
    ("labels", "years"),
    [
        (["平成30年度", "元年度", "2年度", "3年度"], [2018, 2019, 2020, 2021]),
        (["28年度", "29年度", "平成30年度"], [2016, 2017, 2018]),
        (["2年度", "3年度"], [None, None]),
        (["3年度", "R4", "5年度"], [2021, 2022, 2023]),
        (["当初", "R2", "3年度", "累計"], [None, 2020, 2021, None]),
    ],
)
def test_bare_years_take_their_era_from_the_row(labels: list[str], years: list[int | None]) -> None:
    periods = [period for period in map(parse_period, labels) if period]
    assert [period.fiscal_year for period in resolve_periods(periods)] == years


def test_relative_years_take_the_year_of_the_document() -> None:
    periods = [period for period in map(parse_period, ["前年度", "本年度", "翌年度"]) if period]
    assert [p.fiscal_year for p in resolve_periods(periods, current=2022)] == [2021, 2022, 2023]
    assert [p.fiscal_year for p in resolve_periods(periods)] == [None, None, None]
