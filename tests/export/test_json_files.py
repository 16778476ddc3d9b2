"""JSON and JSON Lines: everything is there, exactly, and nothing steers a terminal."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import jsonschema

from kenzan.export.formats import FORMATS
from kenzan.export.json_file import render_reports, write_json
from kenzan.export.rows import MODELS, rows_of
from kenzan.export.table_schemas import read_schema
from kenzan.schemas.contract import read_row

if TYPE_CHECKING:
    from pathlib import Path

    from kenzan.schemas.audit import AuditResult
    from kenzan.schemas.report import Report


def _rebuilt(table: str, records: list[dict[str, Any]]) -> list[object]:
    return [read_row(MODELS[table], record) for record in records]


def test_rows_read_back_exactly(tmp_path: Path, report: Report, audit: AuditResult) -> None:
    with write_json(tmp_path) as add:
        add(report, audit)
    data = json.loads((tmp_path / "kenzan.json").read_text(encoding="utf-8"))
    plain = replace(
        report,
        observations=tuple(replace(row, origin=type(row.origin)()) for row in report.observations),
    )
    for table in MODELS:
        assert _rebuilt(table, data[table]) == list(rows_of(table, plain, audit))
    assert [path.name for path in tmp_path.iterdir()] == ["kenzan.json"]


def test_decimals_are_strings_with_their_digits(report: Report, audit: AuditResult) -> None:
    data = json.loads(render_reports([(report, audit)]))
    assert data["observations"][1]["delta"] == "-173101"
    assert data["documents"][0]["seconds"] == "0.125"
    assert data["findings"][2]["confidence"] == "0.95"


def test_the_working_is_there(report: Report, audit: AuditResult) -> None:
    data = json.loads(render_reports([(report, audit)]))
    first, second = data["workings"]
    assert first["judged"]["printed"] == "（-173101）"
    assert first["judged"]["place"]["box"] == {
        "x0": 301.5,
        "top": 402.25,
        "x1": 360.0,
        "bottom": 412.0,
    }
    assert [operand["role_en"] for operand in first["operands"]] == ["actual"]
    assert (first["finding"], second["finding"], second["judged"]) == ("f301", None, None)
    assert data["conventions"][0]["hypothesis"] == "previous-target"
    assert data["counts"][0]["figures"] == 3


def test_how_tables_were_read_is_there(report: Report, audit: AuditResult) -> None:
    data = json.loads(render_reports([(report, audit)]))
    (table,) = data["tables"]
    assert table["cells"] == [
        {"row": 2, "col": 2, "observations": [0]},
        {"row": 3, "col": 2, "observations": [1]},
    ]
    assert table["left"][0]["text"] == "備考"
    assert table["uncertain"] == ["Ｒ４ の行"]
    assert data["origins"][1]["delta_place"]["page"] == 3
    assert data["coverage"][0]["left"] == 1


def test_several_documents_share_one_file(report: Report, audit: AuditResult) -> None:
    other = replace(report, document=replace(report.document, document="b.pdf"))
    data = json.loads(render_reports([(report, audit), (other, audit)]))
    assert [row["document"] for row in data["documents"]] == ["past/r3.pdf", "b.pdf"]
    assert [row["document"] for row in data["counts"]] == ["past/r3.pdf", "b.pdf"]


def test_no_document_is_still_an_object_with_all_tables() -> None:
    data = json.loads(render_reports([]))
    assert [data[table] for table in MODELS] == [[]] * 7


def test_file_and_text_are_the_same(tmp_path: Path, report: Report, audit: AuditResult) -> None:
    with write_json(tmp_path) as add:
        add(report, audit)
    written = (tmp_path / "kenzan.json").read_text(encoding="utf-8")
    assert written == render_reports([(report, audit)])


def test_terminal_controls_stand_as_escapes(report: Report, audit: AuditResult) -> None:
    hostile = "\x1b[2J\x9b31m\u202etxt\u2028\x00"
    row = replace(report.observations[0], indicator=hostile)
    text = render_reports([(replace(report, observations=(row,)), audit)])
    assert not set(text) & {"\x1b", "\x9b", "\u202e", "\u2028", "\x00"}
    assert json.loads(text)["observations"][0]["indicator"] == hostile


def test_rows_keep_to_the_published_schemas(report: Report, audit: AuditResult) -> None:
    data = json.loads(render_reports([(report, audit)]))
    for table in MODELS:
        validator = jsonschema.Draft202012Validator(read_schema(table))
        errors = [
            error.message for record in data[table] for error in validator.iter_errors(record)
        ]
        assert errors == []


def test_lines_hold_the_same_rows(tmp_path: Path, report: Report, audit: AuditResult) -> None:
    with FORMATS["jsonl"].load()(tmp_path) as add:
        add(report, audit)
    data = json.loads(render_reports([(report, audit)]))
    for table in MODELS:
        lines = (tmp_path / f"{table}.jsonl").read_text(encoding="utf-8").splitlines()
        assert [json.loads(line) for line in lines] == data[table]
