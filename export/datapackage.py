"""``datapackage.json`` beside the CSV files: a Data Package that the frictionless tools validate.

Source: Data Package v1 and Tabular Data Package, specs.frictionlessdata.io.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kenzan import __version__
from kenzan.export.rows import MODELS
from kenzan.export.table_schemas import read_schema

if TYPE_CHECKING:
    from pathlib import Path


def write_datapackage(folder: Path) -> None:
    """Describe the CSV files of a folder."""
    text = json.dumps(describe_tables(), ensure_ascii=False, indent=2)
    (folder / "datapackage.json").write_text(text + "\n", encoding="utf-8", newline="\n")


def describe_tables() -> dict[str, Any]:
    """The descriptor of the package: one resource a table."""
    return {
        "profile": "tabular-data-package",
        "name": "kenzan",
        "title": "kenzan（検算）: figures of published reports, each with its place and its sums",
        "kenzan_version": __version__,
        "resources": [_resource(table) for table in MODELS],
    }


def _resource(table: str) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table,
        "path": f"{table}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "header": True},
        "schema": read_schema(table, "tableschema"),
    }
