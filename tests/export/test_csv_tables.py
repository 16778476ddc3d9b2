"""CSV: safe in a spreadsheet, exact, and reversible to the character."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kenzan.export.csv_tables import guard_text, unguard_text
from kenzan.export.formats import FORMATS
from kenzan.export.rows import MODELS, rows_of
from kenzan.schemas.columns import columns_of

if TYPE_CHECKING:
    from pathlib import Path

    from kenzan.schemas.audit import AuditResult
    from kenzan.schemas.report import Report


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1+1",
        "-1+1",
        "-2+3+cmd|' /C calc'!A0",
        "@SUM(A1:A9)",
        "＝1+1",
        "＋A1",
        "－A1",
        "＠SUM(A1)",
        "\t=1+1",
        "\r=1+1",
        "\n=1+1",
        "\x00=1+1",
        " =1+1",
        "\u3000=1+1",
        "\ufeff=1+1",
        "\u200b=1+1",
        "-A1",
        "+HYPERLINK",
        "-1A1:B2",
        "-65人+1",
        '-1%="x"',
        "-",
        "−",
        "'quoted",
    ],
)
def test_text_that_could_run_is_guarded(text: str) -> None:
    assert guard_text(text) == "'" + text


@pytest.mark.parametrize(
    "text",
    [
        "-65人",
        "-339",
        "-0.9",
        "+134,280",
        "-1,072,438人",
        "－３３９人",
        "＋１３４，２８０",
        "-3.0％",
        "-3.0%",
        "−5.4‰",
        "-4,656",
        "-12事業体",
        "（-173101）",
        "(+0)",
        "△ 54,317",
        "▲3,703",
        "―",
        "資料６",
        "a=b",
        "",
    ],
)
def test_honest_figures_and_texts_stay_as_printed(text: str) -> None:
    assert guard_text(text) == text


@given(st.text())
def test_unguarding_gives_back_any_text(text: str) -> None:
    assert unguard_text(guard_text(text)) == text


@given(st.text(alphabet="=+-@'\t\r\n\x00 ＝＋－＠1a人.,%"))
def test_nothing_that_can_run_begins_a_cell(text: str) -> None:
    written = guard_text(text)
    if written[:1] in set("=+-@＝＋－＠\t\r\n\x00"):
        digits = written[1:]
        assert digits[:1].isdecimal()
        assert not set(digits) & set("=+-@|!()＝＋－＠\"' \t\r\n\x00")


def _read(path: Path) -> list[dict[str, str]]:
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_tables_read_back_exactly(tmp_path: Path, report: Report, audit: AuditResult) -> None:
    with FORMATS["csv"].load()(tmp_path) as add:
        add(report, audit)
    for table, model in MODELS.items():
        expected = [
            {
                column.name: "" if value is None else str(value)
                for column in columns_of(model)
                for value in [getattr(row, column.name)]
            }
            for row in rows_of(table, report, audit)
        ]
        actual = [
            {name: unguard_text(value) for name, value in row.items()}
            for row in _read(tmp_path / f"{table}.csv")
        ]
        assert actual == expected


def test_files_open_in_excel_of_japan(tmp_path: Path, report: Report, audit: AuditResult) -> None:
    with FORMATS["csv"].load()(tmp_path) as add:
        add(report, audit)
    raw = (tmp_path / "observations.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfdocument,project,")
    assert raw.count(b"\r\n") == raw.count(b"\n") == 4


def test_decimals_keep_their_digits_and_never_an_exponent(
    tmp_path: Path, report: Report, audit: AuditResult
) -> None:
    row = report.observations[0]
    values = {"value": Decimal("80.0"), "delta": Decimal("1E+7"), "value_raw": "80.0％"}
    changed = replace(row, **values)

    with FORMATS["csv"].load()(tmp_path) as add:
        add(replace(report, observations=(changed,)), audit)
    (written,) = _read(tmp_path / "observations.csv")
    assert (written["value"], written["delta"]) == ("80.0", "10000000")


def test_honest_negative_numbers_are_not_touched(
    tmp_path: Path, report: Report, audit: AuditResult
) -> None:
    with FORMATS["csv"].load()(tmp_path) as add:
        add(report, audit)
    first, second, third = _read(tmp_path / "observations.csv")
    assert (first["value"], first["delta"], first["value_raw"]) == ("-339", "-274", "-339人")
    assert (second["value"], second["delta"]) == ("-173", "-173101")
    assert (third["value"], third["status"]) == ("", "not_reported")
