"""The published schemas, made from the models: JSON Schema and Table Schema, one of each a table.

``.ci/make_schemas.py`` writes them to ``schemas/``; a test keeps the files in step.
"""

from __future__ import annotations

import json
from dataclasses import MISSING, fields
from typing import TYPE_CHECKING, Any, get_type_hints

from kenzan.export.rows import MODELS
from kenzan.schemas.columns import Column, columns_of
from kenzan.schemas.data_files import read_text

if TYPE_CHECKING:
    from kenzan.schemas.tables import Row

JsonObject = dict[str, Any]

_TABLE_TYPES = {"text": "string", "integer": "integer", "decimal": "number", "number": "number"}
_KEYS = {"documents": "document", "findings": "id"}
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def to_table_schema(model: type[Row]) -> JsonObject:
    """Table Schema (Frictionless, v1) of a table's CSV file."""
    schema: JsonObject = {"fields": [_field(column, model) for column in columns_of(model)]}
    schema["missingValues"] = [""]
    if model.table in _KEYS:
        schema["primaryKey"] = _KEYS[model.table]
    if model.table != "documents":
        reference = {"resource": "documents", "fields": "document"}
        schema["foreignKeys"] = [{"fields": "document", "reference": reference}]
    return schema


def _field(column: Column, model: type[Row]) -> JsonObject:
    field: JsonObject = {"name": column.name, "type": _TABLE_TYPES[column.kind]}
    field["description"] = column.description
    constraints: JsonObject = {}
    if not column.nullable and (column.kind != "text" or column.choices):
        constraints["required"] = True
    if column.name == _KEYS.get(model.table, "document"):
        constraints["required"] = True
    if column.choices:
        constraints["enum"] = list(column.choices)
    return {**field, "constraints": constraints} if constraints else field


def to_json_schema(model: type[Row]) -> JsonObject:
    """JSON Schema of one row of a table, as the JSON formats write it.

    Further properties are allowed, since columns may be added.
    """
    from pydantic import Field, create_model

    columns: JsonObject = {}
    kinds, parts = get_type_hints(model), {part.name: part for part in fields(model)}
    for column in columns_of(model):
        default = parts[column.name].default
        about = Field(... if default is MISSING else default, description=column.description)
        columns[column.name] = (kinds[column.name], about)
    published = create_model(model.__name__, __doc__=model.__doc__, **columns)
    schema = published.model_json_schema(mode="serialization")
    return {"$schema": _DIALECT, "$id": f"urn:kenzan:schema:{model.table}", **schema}


def render_schema(schema: JsonObject) -> str:
    """The text of a schema file."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def schema_files() -> dict[str, str]:
    """Name and text of every published schema file."""
    texts = {}
    for table, model in MODELS.items():
        texts[f"{table}.schema.json"] = render_schema(to_json_schema(model))
        texts[f"{table}.tableschema.json"] = render_schema(to_table_schema(model))
    return texts


def read_schema(table: str, kind: str = "schema") -> JsonObject:
    """A published schema: ``kind`` is ``schema`` (JSON Schema) or ``tableschema``."""
    schema: JsonObject = json.loads(read_text("kenzan.schemas", f"{table}.{kind}.json"))
    return schema
