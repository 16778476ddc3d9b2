"""Values survive every format and back exactly, whatever they are."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import openpyxl
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from kenzan.export.csv_tables import unguard_text
from kenzan.export.formats import FORMATS
from kenzan.schemas.audit import AuditResult
from kenzan.schemas.columns import columns_of
from kenzan.schemas.tables import Observation

if TYPE_CHECKING:
    from collections.abc import Callable

    from kenzan.schemas.report import Report

COLUMNS = columns_of(Observation)

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["=1+1", "'=1+1", "-65人", "a\r\nb", '"', ",", "　", "\t", "00123", "1E5", "NULL", "nan", ""]
)
figures = (
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20)
    | st.decimals(places=3, min_value=-(10**9), max_value=10**9)
    | st.sampled_from([Decimal("80.0"), Decimal("-0.9"), Decimal("1E+3"), Decimal(-173101)])
)
# A sheet holds 16 digits of a number, as many as any place on a page needs.
points = st.floats(0, 2000, allow_nan=False).map(lambda point: float(f"{point:.15g}"))

observations = st.builds(
    Observation,
    document=texts,
    indicator=texts,
    period=texts,
    value_raw=texts,
    fiscal_year=st.none() | st.integers(1950, 2100),
    value=st.none() | figures,
    delta=st.none() | figures,
    status=st.sampled_from(["reported", "not_reported"]),
    page=st.none() | st.integers(1, 5000),
    x0=st.none() | points,
    bound=st.none() | st.just("at_least"),
)


def _from_text(name: str, text: str) -> object:
    """A value of the contract from a CSV field."""
    (column,) = [column for column in COLUMNS if column.name == name]
    if column.kind == "text":
        return None if column.nullable and text == "" else unguard_text(text)
    if text == "":
        return None
    return {"integer": int, "decimal": Decimal, "number": float}[column.kind](text)


def read_csv(folder: Path) -> list[dict[str, Any]]:
    text = (folder / "observations.csv").read_bytes().decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return [{name: _from_text(name, value) for name, value in row.items()} for row in rows]


def read_json(folder: Path) -> list[dict[str, Any]]:
    return json.loads((folder / "kenzan.json").read_text(encoding="utf-8"))["observations"]


def read_jsonl(folder: Path) -> list[dict[str, Any]]:
    lines = (folder / "observations.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
    return [json.loads(line) for line in lines]


def read_parquet(folder: Path) -> list[dict[str, Any]]:
    return pq.read_table(folder / "observations.parquet").to_pylist()


def read_sqlite(folder: Path) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(folder / "kenzan.sqlite")) as database:
        cursor = database.execute("SELECT * FROM observations ORDER BY rowid")
        names = [entry[0] for entry in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]


def read_duckdb(folder: Path) -> list[dict[str, Any]]:
    with duckdb.connect(folder / "tables.duckdb", read_only=True) as database:
        found = database.execute("SELECT * FROM observations")
        names = [entry[0] for entry in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _from_cell(name: str, cell: Any) -> object:
    """A value of the contract from a cell of the workbook; figures of many digits are text."""
    (column,) = [column for column in COLUMNS if column.name == name]
    if cell.value is None:
        return None if column.nullable else ""
    if column.kind == "text":
        return unescape(cell.value)
    if column.kind != "decimal":
        return cell.value
    if isinstance(cell.value, str):
        return Decimal(cell.value)
    places = cell.number_format.partition(".")[2]
    return Decimal(f"{cell.value:.{len(places)}f}")


def read_xlsx(folder: Path) -> list[dict[str, Any]]:
    book = openpyxl.load_workbook(folder / "kenzan.xlsx")
    head, *rows = book["数値 observations"].iter_rows()
    names = [cell.value for cell in head]
    return [
        {name: _from_cell(name, cell) for name, cell in zip(names, row, strict=True)}
        for row in rows
    ]


READERS: dict[str, Callable[[Path], list[dict[str, Any]]]] = {
    "csv": read_csv,
    "json": read_json,
    "jsonl": read_jsonl,
    "parquet": read_parquet,
    "sqlite": read_sqlite,
    "duckdb": read_duckdb,
    "xlsx": read_xlsx,
}
# Formats that keep a figure's digits too (80.0 and 80.00 are told apart), not only its value.
KEEPS_DIGITS = {"csv", "json", "jsonl", "xlsx"}


def _as_published(row: dict[str, Any], *, digits: bool) -> dict[str, Any]:
    """A row with its figures as decimals, or as their digits."""
    for name in ("value", "delta", "value_high"):
        if row[name] is not None:
            figure = Decimal(str(row[name]))
            row[name] = format(figure, "f") if digits else figure
    return row


@pytest.mark.parametrize("name", READERS)
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(rows=st.lists(observations, max_size=4))
def test_rows_come_back_exactly(name: str, report: Report, rows: list[Observation]) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        with FORMATS[name].load()(folder) as add:
            add(replace(report, observations=tuple(rows), tables=()), AuditResult())
        digits = name in KEEPS_DIGITS
        actual = [_as_published(row, digits=digits) for row in READERS[name](folder)]
    expected = [
        _as_published({c.name: getattr(row, c.name) for c in COLUMNS}, digits=digits)
        for row in rows
    ]
    assert actual == expected


def test_every_format_that_holds_tables_is_read_back() -> None:
    assert set(FORMATS) == set(READERS)


def test_figures_are_typed_in_databases(tmp_path: Path, report: Report, audit: AuditResult) -> None:
    for name in ("parquet", "duckdb", "sqlite"):
        with FORMATS[name].load()(tmp_path) as add:
            add(report, audit)
    schema = pq.read_schema(tmp_path / "observations.parquet")
    assert str(schema.field("value").type) == "decimal128(38, 0)"
    assert schema.field("value").metadata[b"description"] == b"the figure as published"
    with duckdb.connect(tmp_path / "tables.duckdb", read_only=True) as database:
        (total,) = database.execute("SELECT sum(delta) FROM observations").fetchone() or ()
        assert total == Decimal(-173375)
        comments = "SELECT comment FROM duckdb_columns() WHERE table_name = 'checks'"
        assert all(row[0] for row in database.execute(comments).fetchall())
    with closing(sqlite3.connect(tmp_path / "kenzan.sqlite")) as database:
        query = "SELECT sum(delta), min(value) FROM observations WHERE value < 0"
        assert database.execute(query).fetchone() == (-173375, -339)


def test_figures_too_long_for_decimals_stay_exact(
    tmp_path: Path, report: Report, audit: AuditResult
) -> None:
    long = Decimal("1234567890" * 4 + ".5")
    longest = Decimal("1234567890" * 8 + ".5")
    for figure in (long, longest):
        row = replace(report.observations[0], value=figure)
        folder = tmp_path / str(len(str(figure)))
        folder.mkdir()
        for name in ("parquet", "duckdb", "sqlite"):
            with FORMATS[name].load()(folder) as add:
                add(replace(report, observations=(row,)), audit)
            assert Decimal(str(READERS[name](folder)[0]["value"])) == figure
