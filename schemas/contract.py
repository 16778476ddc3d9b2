"""Rows of the data contract made of plain values, and checked: what the type checker cannot see."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, TypeVar

from kenzan.schemas.columns import Column, columns_of
from kenzan.schemas.tables import Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_TYPES: dict[str, type | tuple[type, ...]] = {
    "text": str,
    "integer": int,
    "number": (int, float),
    "decimal": Decimal,
}
_Row = TypeVar("_Row", bound=Row)


def read_row(model: type[_Row], values: Mapping[str, Any]) -> _Row:
    """A row of the values that a file or a database gives; figures may be text.

    Raises:
        ValueError: a value does not fit its column, or is missing, or there is no such column.
    """
    figures = {column.name for column in columns_of(model) if column.kind == "decimal"}
    try:
        row = model(
            **{name: _figure(value) if name in figures else value for name, value in values.items()}
        )
    except (TypeError, InvalidOperation) as error:
        raise ValueError(str(error)) from error
    for misfit in find_misfits(row):
        raise ValueError(misfit)
    return row


def _figure(value: Any) -> Any:
    return Decimal(str(value)) if isinstance(value, (str, int, float)) else value


def find_misfits(row: Row) -> Iterator[str]:
    """What does not keep the contract in a row: a wrong type, or a word that none takes."""
    for column in columns_of(type(row)):
        value = getattr(row, column.name)
        if not _fits(value, column):
            yield f"{row.table}.{column.name}: {value!r} is no {column.kind}"


def _fits(value: object, column: Column) -> bool:
    if value is None:
        return column.nullable
    if isinstance(value, bool) or not isinstance(value, _TYPES[column.kind]):
        return False
    return not column.choices or value in column.choices
