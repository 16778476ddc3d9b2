"""What holds for every text: totality, identities, places, bounds on hostile input."""

from __future__ import annotations

import dataclasses
import itertools
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kenzan.errors import NumberSyntaxError
from kenzan.normalize.cells import CELL_LIMIT
from kenzan.normalize.characters import fold, fold_letters, fold_with_map, split_note_marks
from kenzan.normalize.labels import fold_label, label_key
from kenzan.normalize.notes import find_note_marks
from kenzan.normalize.numbers import (
    Number,
    find_numbers,
    parse_cell,
    parse_number,
    render_decimal,
    render_number,
)
from kenzan.normalize.periods import find_periods, parse_period, resolve_periods
from kenzan.normalize.units import KNOWN, find_stated_unit, parse_unit

# Characters that mean something to this package, so that random texts meet its branches.
_TELLING = (
    "0123456789０１２３４５６７８９..,，、．%％‰-−－‐–—―─ーｰ△▲▽＋+±()（）[]〔〕<>【】"
    "～〜~/／→:： 　\n\t\r\u00a0\u200b千万億兆十百円人件個回年月日度元令和平成"
    "ＲRHSMT①②※*＊注…・xＸ約以上下未満増減ﾞﾟｶﾎﾟイﾝトポ㎡㋿⻑⼈三五八"
)
texts = st.one_of(
    st.text(alphabet=_TELLING, max_size=30),
    st.text(max_size=40),
    st.lists(
        st.sampled_from(
            [
                "12,672人",
                "(+1,000)",
                "▲3.5％",
                "H26年",
                "令和3年度",
                "債)",
                "累計",
                "―",
                "集計中",
                "～",
                "\n",
                " ",
            ]
        ),
        max_size=8,
    ).map("".join),
)
scaled = st.tuples(st.integers(0, 10**15), st.integers(0, 6))
units = st.sampled_from(["", "人", "%", "千円", "か所", "万人", "件/年", "㎡", "t-CO2", "ドーム"])


def same(number: Number) -> dict[str, Any]:
    fields = {f.name: getattr(number, f.name) for f in dataclasses.fields(number)}
    return {k: v for k, v in fields.items() if k not in {"raw", "start", "end", "sign_raw"}}


@st.composite
def numbers(
    draw: st.DrawFn, signs: tuple[str, ...] = ("", "+", "-"), *, ranges: bool = True
) -> Number:
    """Figures as a document could print them."""
    digits, decimals = draw(scaled)
    value = Decimal(digits).scaleb(-decimals)
    high = value + Decimal(draw(st.integers(0, 999))).scaleb(-decimals)
    bound = draw(st.sampled_from([None, "range", "about", "at_least"] if ranges else [None]))
    sign = draw(st.sampled_from(signs))
    return Number(
        value=value.copy_negate() if sign == "-" and value else value,
        sign=sign,  # type: ignore[arg-type]
        decimals=decimals,
        unit=draw(units),
        bound=bound,  # type: ignore[arg-type]
        high=high if bound == "range" else None,
        bracketed=draw(st.booleans()),
        grouping=draw(st.sampled_from(["none", "grouped"])) if value >= 1000 else "none",
        prefix="約" if bound == "about" else draw(st.sampled_from(["", "累計"])),
        word="以上" if bound == "at_least" else draw(st.sampled_from(["", "見込"])),
    )


@given(numbers())
def test_parsing_a_rendered_figure_gives_the_figure(number: Number) -> None:
    assert same(parse_number(render_number(number))) == same(number)


@given(texts)
@example("0注<0")
def test_parsing_is_stable_under_rendering(text: str) -> None:
    """Whatever is read from any text can be written and read again.

    But for ① ②: labels among several figures, note marks beside a figure alone.
    """
    for entry in parse_cell(text):
        for number in (entry.number, *entry.bracketed):
            labelled = any("①" <= char <= "㊿" for char in number.prefix)
            if number.raw and number.grouping != "misgrouped" and not labelled:
                again = parse_number(render_number(number))
                assert same(again) == same(number)


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_plain_decimals_read_back_exactly(value: Decimal) -> None:
    text = render_decimal(value)
    assert Decimal(text) == value
    assert set(text) <= set("-.0123456789")


@given(texts)
@example("カ\u200b\u3099")
@example("ﾞﾞ－")
@example("\r\x00\n")
def test_folding_twice_is_folding_once(text: str) -> None:
    for folding in (fold, fold_letters, fold_label, label_key):
        assert folding(folding(text)) == folding(text)


@given(texts)
def test_the_map_points_back_at_the_raw_text(text: str) -> None:
    folded = fold_with_map(text)
    assert folded.text == fold(text)
    assert len(folded.offsets) == len(folded.ends) == len(folded.text)
    for at in range(len(folded.text)):
        start, end = folded.raw_span(at, at + 1)
        assert 0 <= start < end <= len(text)
        assert folded.text[at] in fold(text[start:end]) or text[start:end] == "－"
    assert list(folded.offsets) == sorted(folded.offsets)


@given(texts)
def test_figures_stand_where_they_say(text: str) -> None:
    found = list(find_numbers(text))
    for entry in parse_cell(text):
        assert text[entry.start : entry.end] == entry.raw
        found += [entry.number, *entry.bracketed]
    for number in found:
        assert text[number.start : number.end] == number.raw
        assert (number.value is None) == (number.missing is not None)
        assert number.value is None or number.value.is_finite()


@given(texts)
def test_prose_is_read_from_left_to_right(text: str) -> None:
    found = find_numbers(text)
    ends = [number.end for number in found if not number.bracketed]
    assert all(a.start <= b.start for a, b in itertools.pairwise(found))
    assert ends == sorted(ends)


@given(texts)
def test_every_function_is_total(text: str) -> None:
    """No text makes a function of this package raise, but for parse_number as documented."""
    try:
        number = parse_number(text)
    except NumberSyntaxError:
        pass
    else:
        assert text[number.start : number.end] == number.raw
    assert all(p.end > p.start for p in find_periods(text))
    period = parse_period(text)
    assert period is None or period.label
    assert parse_unit(text) is None or parse_unit(text).text  # type: ignore[union-attr]
    assert all(find_stated_unit(text))
    bare, marks = split_note_marks(text)
    assert len(bare) <= len(text)
    assert len(marks) == len(find_note_marks(text))


_WIDE = str.maketrans({code: code + 0xFEE0 for code in range(0x21, 0x7F) if chr(code) != "~"})
_MINUS = ["-", "−", "－", "‐", "‑", "–", "—", "―", "─", "ー", "△", "▲", "△ ", "▲　"]


@given(numbers())
def test_width_does_not_change_the_figure(number: Number) -> None:
    text = render_number(number)
    assert same(parse_number(text.translate(_WIDE))) == same(parse_number(text))


@given(numbers(signs=("-",), ranges=False), st.sampled_from(_MINUS))
def test_the_shape_of_the_minus_does_not_change_the_figure(number: Number, minus: str) -> None:
    text = render_number(number)
    assert same(parse_number(text.replace("-", minus, 1))) == same(number)


@given(numbers(), st.sampled_from(["（）", "()", "〔〕", "[]", "［］", "【】", "＜＞"]))
def test_brackets_do_not_change_the_figure(number: Number, pair: str) -> None:
    bare = dataclasses.replace(number, bracketed=False)
    read = parse_number(pair[0] + render_number(bare) + pair[1])
    assert same(read) == same(dataclasses.replace(number, bracketed=True))


@given(st.integers(1000, 10**15), st.data())
def test_a_space_inside_a_grouped_figure_does_not_change_it(
    value: int, data: st.DataObject
) -> None:
    printed = f"{value:,}"
    at = data.draw(st.integers(1, len(printed) - 1))
    assert parse_number(f"{printed[:at]} {printed[at:]}").value == value


@given(st.lists(st.sampled_from(sorted(KNOWN)), min_size=1, max_size=3))
def test_units_in_a_caption_are_all_found(spellings: list[str]) -> None:
    stated = find_stated_unit(f"（単位：{'、'.join(spellings)}）")
    assert [parse_unit(text) for text in stated] == [parse_unit(text) for text in spellings]


@given(
    st.lists(
        st.sampled_from(["H30", "元年度", "2年度", "3年度", "R4", "当初", "前年度"]), max_size=6
    )
)
def test_resolving_periods_never_touches_what_is_known(labels: list[str]) -> None:
    periods = [p for p in map(parse_period, labels) if p]
    for before, after in zip(periods, resolve_periods(periods), strict=True):
        assert before.fiscal_year in {None, after.fiscal_year}
        assert dataclasses.replace(after, fiscal_year=before.fiscal_year) == before


_PIECES = [
    "9", "1,", "1,1", ".", "1.", " 1", "(", "()", "（1）", "△", "①", "※1", "ー", "千", "億1", "R3.",
    "R3～", "年", "令和", "約", "累計", "a", "\u3099", "ｶﾞ", "\n", "、1", "1/", "…", "5人、",
]  # fmt: skip


@pytest.mark.parametrize("piece", _PIECES)
def test_a_hundred_thousand_characters_come_back(piece: str) -> None:
    """No search through a cell, a label or a unit takes more than a walk along the text."""
    text = piece * (100_000 // len(piece))
    assert len(fold(text)) <= len(text)
    assert parse_cell(text) == ()
    with pytest.raises(NumberSyntaxError):
        parse_number(text)
    assert parse_period(text) is None
    assert parse_unit(text) is None
    assert len(find_stated_unit(text)) <= CELL_LIMIT
    assert len(fold_label(text)) <= len(text)
    assert len(split_note_marks(text)[0]) <= len(text)


@pytest.mark.parametrize("piece", _PIECES)
def test_long_prose_comes_back(piece: str) -> None:
    text = piece * (8_000 // len(piece))
    assert all(len(number.raw) <= 80 for number in find_numbers(text))
    assert all(len(period.raw) <= 80 for period in find_periods(text))


@pytest.mark.parametrize("piece", ["9", "1.", "1,", ".", "令", "△", "約", " "])
def test_long_runs_in_prose_hold_no_figure(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    expected = 50_000 if piece == "1," else 0
    assert len(find_numbers(text)) == expected


def test_cells_at_the_limit_come_back() -> None:
    for piece in ("1 ", "(1) ", "①1", "1,1 ", "△ ", "債)1 ", "5人、"):
        text = (piece * CELL_LIMIT)[:CELL_LIMIT]
        assert all(entry.raw for entry in parse_cell(text))
