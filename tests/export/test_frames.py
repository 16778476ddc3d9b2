"""Frames in the shape of the contract."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from kenzan.export.frames import to_frame
from kenzan.export.rows import MODELS
from kenzan.schemas.columns import columns_of
from kenzan.schemas.tables import Observation

if TYPE_CHECKING:
    from kenzan.schemas.report import Report


def test_every_table_has_its_columns_in_order_even_when_empty() -> None:
    for model in MODELS.values():
        frame = to_frame(model, ())
        assert list(frame.columns) == [column.name for column in columns_of(model)]
        assert len(frame) == 0


def test_columns_are_typed(report: Report) -> None:
    frame = to_frame(Observation, report.observations)
    names = ("indicator", "fiscal_year", "value", "x0", "bound")
    kinds = {name: str(frame[name].dtype) for name in names}
    assert kinds == {
        "indicator": "string",
        "fiscal_year": "Int64",
        "value": "object",
        "x0": "float64",
        "bound": "string",
    }
    empty = to_frame(Observation, ())
    assert {name: str(empty[name].dtype) for name in kinds} == kinds


def test_figures_stay_decimals_as_published(report: Report) -> None:
    row = replace(report.observations[0], value=Decimal("80.0"))
    frame = to_frame(Observation, (row, report.observations[2]))
    assert frame["value"].tolist() == [Decimal("80.0"), None]
    assert str(frame["value"][0]) == "80.0"


def test_figures_can_be_summed_exactly(report: Report) -> None:
    frame = to_frame(Observation, report.observations)
    assert frame["delta"].dropna().sum() == Decimal(-173375)
