"""The published schema files are those of the models."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest

from kenzan.export.rows import MODELS
from kenzan.export.table_schemas import read_schema, schema_files
from kenzan.schemas.columns import columns_of

FOLDER = Path(__file__).resolve().parents[2] / "schemas"


def test_files_are_in_step_with_the_models() -> None:
    published = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.json")}
    assert published == schema_files(), "run: python .ci/make_schemas.py"


@pytest.mark.parametrize("table", MODELS)
def test_both_schemas_name_the_columns_in_order(table: str) -> None:
    names = [column.name for column in columns_of(MODELS[table])]
    assert list(read_schema(table)["properties"]) == names
    assert [field["name"] for field in read_schema(table, "tableschema")["fields"]] == names


@pytest.mark.parametrize("table", MODELS)
def test_json_schemas_are_valid_and_leave_room_for_new_columns(table: str) -> None:
    schema = read_schema(table)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert "additionalProperties" not in schema


def test_columns_of_the_contract_are_all_there_in_order() -> None:
    """The contract as first published: columns may be added after these, never moved."""
    contract = {
        "documents": "document sha256 bytes kind pages title label status error seconds "
        "kenzan_version",
        "projects": "document project project_name overview kpi_status omitted_reason",
        "indicators": "document project indicator unit direction convention",
        "observations": "document project project_name group indicator unit period fiscal_year "
        "measure measure_label value delta status value_raw delta_raw page x0 top x1 bottom",
        "narratives": "document project indicator period kind text page x0 top x1 bottom",
        "checks": "document rule project group indicator period measure measure_label verdict "
        "formula computed_low computed_high printed",
        "findings": "id rule severity document project group indicator period measure "
        "measure_label printed expected formula message_ja message_en repair confidence page "
        "x0 top x1 bottom",
    }
    actual = {table: [c.name for c in columns_of(model)] for table, model in MODELS.items()}
    for table, names in contract.items():
        expected = names.split()
        assert actual[table][: len(expected)] == expected
