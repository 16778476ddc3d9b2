"""Models and dataclasses as plain JSON values, nothing lost: decimals become strings of digits."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kenzan.export.rows import render_cell
from kenzan.schemas.columns import columns_of
from kenzan.schemas.report import TableReading
from kenzan.schemas.tables import Row

if TYPE_CHECKING:
    from collections.abc import Mapping

# C1 controls and DEL steer some terminals, and lone surrogates cannot be encoded at all.
_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def to_plain(value: object) -> Any:
    """A value made of models, dataclasses, tuples and decimals as JSON values."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Decimal):
        return render_cell(value)
    if isinstance(value, Row):
        return to_record(value)
    if isinstance(value, TableReading):
        return {**_attributes(value, leave_out="cells"), "cells": _cells(value)}
    if isinstance(value, list | tuple):
        return [to_plain(item) for item in value]
    return _attributes(value)


def to_record(row: Row) -> dict[str, Any]:
    """A row with its columns in order; decimals as strings with their printed digits."""
    record = {column.name: getattr(row, column.name) for column in columns_of(type(row))}
    return {
        name: render_cell(value) if isinstance(value, Decimal) else value
        for name, value in record.items()
    }


def _attributes(value: Any, leave_out: str = "") -> dict[str, Any]:
    names = (name for name in value.__dataclass_fields__ if name != leave_out)
    return {name: to_plain(getattr(value, name)) for name in names}


def _cells(table: TableReading) -> list[dict[str, Any]]:
    return [
        {"row": row, "col": col, "observations": list(indexes)}
        for (row, col), indexes in table.cells.items()
    ]


def render_json(value: Mapping[str, Any], indent: int | None = None) -> str:
    """JSON text that is safe to print: control and direction marks stand as escapes."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", text)
