"""The columns of the published tables, read off the models: name, type, meaning."""

from __future__ import annotations

from dataclasses import fields
from decimal import Decimal
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from kenzan.schemas.records import dataclass
from kenzan.schemas.tables import Row

ColumnKind = Literal["text", "integer", "number", "decimal"]
_KINDS: dict[Any, ColumnKind] = {str: "text", int: "integer", float: "number", Decimal: "decimal"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``kind`` is text, integer, number (points, seconds) or decimal (figures)."""

    name: str
    kind: ColumnKind
    description: str
    nullable: bool
    choices: tuple[str, ...] = ()


_known: dict[str, tuple[Column, ...]] = {}


def columns_of(model: type[Row]) -> tuple[Column, ...]:
    """The columns of one table, in the order of the data contract."""
    if model.table not in _known:
        _known[model.table] = _read_columns(model)
    return _known[model.table]


def _read_columns(model: type[Row]) -> tuple[Column, ...]:
    kinds = get_type_hints(model)
    return tuple(
        _column(part.name, kinds[part.name], part.metadata["about"])
        for part in fields(model)
        if "about" in part.metadata
    )


def _column(name: str, annotation: Any, description: str) -> Column:
    base, nullable = _without_none(annotation)
    if get_origin(base) is Literal:
        return Column(name, "text", description, nullable, tuple(map(str, get_args(base))))
    return Column(name, _KINDS[base], description, nullable)


def _without_none(annotation: Any) -> tuple[Any, bool]:
    if get_origin(annotation) in (Union, UnionType):
        kept = [part for part in get_args(annotation) if part is not type(None)]
        return kept[0], True
    return annotation, False
