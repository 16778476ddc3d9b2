"""The columns of the published tables, read off the models: name, type, meaning."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from kenzan.schemas.records import dataclass
from kenzan.schemas.tables import TABLES, Row

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


@cache
def columns_of(model: type[Row]) -> tuple[Column, ...]:
    """The columns of one table, in the order of the data contract."""
    return tuple(
        _column(name, info.annotation, info.description or "")
        for name, info in model.model_fields.items()
        if not info.exclude
    )


def _column(name: str, annotation: Any, description: str) -> Column:
    base, nullable = _without_none(annotation)
    if get_origin(base) is Literal:
        return Column(name, "text", description, nullable, tuple(map(str, get_args(base))))
    return Column(name, _KINDS[base], description, nullable)


def _without_none(annotation: Any) -> tuple[Any, bool]:
    if get_origin(annotation) is Annotated:
        return _without_none(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        kept = [part for part in get_args(annotation) if part is not type(None)]
        return kept[0], True
    return annotation, False


def table_named(name: str) -> type[Row]:
    """The model of a table by its name; raises ``KeyError`` for an unknown one."""
    return {model.table: model for model in TABLES}[name]
