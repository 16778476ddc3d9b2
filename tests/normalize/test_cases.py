"""The tables in cases/*.toml, row by row."""

from __future__ import annotations

import dataclasses
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kenzan.errors import NumberSyntaxError
from kenzan.normalize.characters import fold, split_note_marks
from kenzan.normalize.labels import fold_label, label_key
from kenzan.normalize.numbers import (
    Entry,
    Number,
    find_numbers,
    parse_cell,
    parse_number,
    render_number,
)
from kenzan.normalize.periods import Period, find_periods, parse_period
from kenzan.normalize.units import find_stated_unit, parse_unit

CASES = Path(__file__).parent / "cases"
Case = dict[str, Any]


def read_cases(name: str, table: str = "case") -> list[Any]:
    rows: list[Case] = tomllib.loads((CASES / f"{name}.toml").read_text("utf-8"))[table]
    return [pytest.param(row, id=f"{at}:{row['text'][:24]!r}") for at, row in enumerate(rows)]


def expected_number(case: Case) -> dict[str, Any]:
    """Every field of the figure; what the row does not give is the ordinary."""
    fields = {f.name: f.default for f in dataclasses.fields(Number)}
    kept = {name: case[name] for name in case if name in fields}
    for name in ("value", "high"):
        kept[name] = Decimal(case[name]) if name in case else None
    places = {"raw", "start", "end", "sign_raw"}
    return {name: value for name, value in (fields | kept).items() if name not in places}


def fields_of(number: Number) -> dict[str, Any]:
    places = {"raw", "start", "end", "sign_raw"}
    found = {f.name: getattr(number, f.name) for f in dataclasses.fields(number)}
    return {name: value for name, value in found.items() if name not in places}


@pytest.mark.parametrize("case", read_cases("numbers"))
def test_number(case: Case) -> None:
    number = parse_number(case["text"])
    assert fields_of(number) == expected_number(case)
    assert str(number.value) == case.get("value", "None")


@pytest.mark.parametrize("case", read_cases("numbers"))
def test_number_raw_is_where_it_says(case: Case) -> None:
    number = parse_number(case["text"])
    assert case["text"][number.start : number.end] == number.raw != ""
    assert number.sign_raw in number.raw


@pytest.mark.parametrize("case", read_cases("numbers"))
def test_number_reads_the_same_after_rendering(case: Case) -> None:
    number = parse_number(case["text"])
    assert fields_of(parse_number(render_number(number))) == fields_of(number)


@pytest.mark.parametrize("case", read_cases("numbers"))
def test_cell_agrees_with_number(case: Case) -> None:
    if "kanji" in case.get("why", "") or case["text"] == "二〇二人":
        assert parse_cell(case["text"]) == ()
    else:
        (entry,) = parse_cell(case["text"])
        assert entry.number == parse_number(case["text"])


@pytest.mark.parametrize("case", read_cases("refused"))
def test_refused(case: Case) -> None:
    if case.get("kanji"):
        assert parse_number(case["text"]).unit != ""
    else:
        with pytest.raises(NumberSyntaxError):
            parse_number(case["text"])
    assert len(parse_cell(case["text"])) == case.get("entries", 0)


def shown(number: Number) -> str:
    return str(number.value) if number.missing is None else number.missing


def summary(entry: Entry) -> list[Any]:
    bracketed = [shown(number) for number in entry.bracketed]
    return [shown(entry.number), entry.number.unit, entry.label, bracketed]


@pytest.mark.parametrize("case", read_cases("cells"))
def test_cell(case: Case) -> None:
    assert [summary(entry) for entry in parse_cell(case["text"])] == case["entries"]


@pytest.mark.parametrize("case", read_cases("cells"))
def test_cell_raw_is_where_it_says(case: Case) -> None:
    text = case["text"]
    for entry in parse_cell(text):
        assert text[entry.start : entry.end] == entry.raw
        for number in (entry.number, *entry.bracketed):
            assert text[number.start : number.end] == number.raw
            assert number.raw in entry.raw


@pytest.mark.parametrize("case", read_cases("prose"))
def test_prose(case: Case) -> None:
    found = find_numbers(case["text"])
    assert [[n.raw, str(n.value), n.unit] for n in found] == case["figures"]
    assert [case["text"][n.start : n.end] for n in found] == [n.raw for n in found]


@pytest.mark.parametrize("case", read_cases("characters"))
def test_fold(case: Case) -> None:
    assert fold(case["text"]) == case["folded"]


@pytest.mark.parametrize("case", read_cases("notes"))
def test_note_marks(case: Case) -> None:
    assert split_note_marks(case["text"]) == (case["left"], tuple(case.get("marks", ())))


def expected_period(case: Case) -> dict[str, Any]:
    fields = {f.name: f.default for f in dataclasses.fields(Period)}
    fields |= {"fiscal_year": None, "label": case["text"]}
    fields |= {name: case[name] for name in case if name in fields}
    return {name: fields[name] for name in fields if name not in {"raw", "start", "end"}}


@pytest.mark.parametrize("case", read_cases("periods"))
def test_period(case: Case) -> None:
    period = parse_period(case["text"], bare_years=case.get("bare", False))
    if "kind" not in case:
        assert period is None
        return
    assert period is not None
    assert case["text"][period.start : period.end] == period.raw
    found = {f.name: getattr(period, f.name) for f in dataclasses.fields(period)}
    assert {k: v for k, v in found.items() if k not in {"raw", "start", "end"}} == expected_period(
        case
    )


@pytest.mark.parametrize("case", [c for c in read_cases("periods") if c.values[0].get("bare")])
def test_bare_years_need_a_context(case: Case) -> None:
    assert parse_period(case["text"]) is None


@pytest.mark.parametrize("case", read_cases("labels"))
def test_label(case: Case) -> None:
    assert fold_label(case["text"]) == case["label"]
    assert {label_key(other) for other in case.get("same", [])} <= {label_key(case["text"])}


@pytest.mark.parametrize("case", read_cases("units"))
def test_unit(case: Case) -> None:
    unit = parse_unit(case["text"])
    if "dimension" not in case:
        assert unit is None
        return
    folded = case.get("folded", case["text"])
    expected = (folded, case["dimension"], Decimal(case["scale"]), case.get("exact", False))
    assert unit is not None
    assert (unit.text, unit.dimension, unit.scale, unit.exact) == expected
    assert unit.canonical == case.get("canonical", folded)


@pytest.mark.parametrize("case", read_cases("units", "stated"))
def test_stated_unit(case: Case) -> None:
    assert list(find_stated_unit(case["text"])) == case["units"]


@pytest.mark.parametrize(
    ("before", "years"),
    [("", [2022]), ("は", [2022]), ("（", [2022]), ("①", [2022]), ("命", [None]), ("〇", [None])],
)
def test_the_short_form_of_an_era_is_no_part_of_a_word_of_kanji(
    before: str, years: list[int | None]
) -> None:
    assert [period.fiscal_year for period in find_periods(f"{before}令4年度の計画")] == years


def test_periods_in_text() -> None:
    text = "Ｒ３.3末に策定し、令和４年度から９月30日現在まで。市道3.3m、Ｈ2O、2020人、R5～R7"
    found = find_periods(text)
    assert [(p.raw, p.kind, p.fiscal_year) for p in found] == [
        ("Ｒ３.3", "month", 2020),
        ("令和４年度", "fiscal_year", 2022),
        ("９月30日", "date", None),
        ("R5～R7", "range", None),
    ]
    assert [text[p.start : p.end] for p in found] == [p.raw for p in found]
