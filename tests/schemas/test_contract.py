"""Rows keep the contract, and what does not is named."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kenzan.audit import audit_report
from kenzan.export.rows import MODELS, rows_of
from kenzan.extract import read_document
from kenzan.interpret import interpret_document
from kenzan.schemas.contract import find_misfits, read_row
from kenzan.schemas.tables import Observation

ROOT = Path(__file__).resolve().parents[2]
REAL = ROOT.parent / "shared" / "documents" / "real"
DOCUMENTS = [
    *(path for path in sorted((ROOT / "samples").rglob("siryo6*")) if path.suffix != ".csv"),
    *sorted(REAL.glob("*.pdf")),
]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_row_that_is_read_keeps_the_contract(path: Path) -> None:
    report = interpret_document(read_document(path))
    result = audit_report(report)
    rows = [row for table in MODELS for row in rows_of(table, report, result)]
    assert [misfit for row in rows for misfit in find_misfits(row)] == []


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"value": 80.0}, "value"),
        ({"measure": "score"}, "measure"),
        ({"page": "3"}, "page"),
        ({"page": True}, "page"),
        ({"unit": None}, "unit"),
    ],
)
def test_a_misfit_is_named(change: dict[str, Any], column: str) -> None:
    row = Observation(document="a.pdf", status="reported", value=Decimal("80.0"))
    assert list(find_misfits(row)) == []
    (misfit,) = find_misfits(replace(row, **change))
    assert misfit.startswith(f"observations.{column}: ")


def test_a_row_of_plain_values() -> None:
    row = read_row(Observation, {"document": "a.pdf", "status": "reported", "value": "80.0"})
    assert str(row.value) == "80.0"


@pytest.mark.parametrize(
    "change", [{"value": "8O"}, {"sum": 1}, {"status": "lost"}, {"document": None}]
)
def test_plain_values_that_make_no_row(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_row(Observation, {"document": "a.pdf", "status": "reported", **change})
