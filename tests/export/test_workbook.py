"""The workbook: figures are numbers, text is text, what is at odds is seen."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import openpyxl
import pytest

from kenzan.export import workbook, workbook_sheets
from kenzan.export.workbook import write_workbook
from kenzan.schemas.columns import columns_of
from kenzan.schemas.report import Header
from kenzan.schemas.tables import Finding

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.workbook import Workbook

    from kenzan.schemas.audit import AuditResult
    from kenzan.schemas.report import Report

PROJECT = "C 多世代・異分野地域交流による協創のまちづくり事業"
HOSTILE = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "＝1+1", "\t=1", "http://x.example/", "00123", "1e5"]


def _write(folder: Path, *pairs: tuple[Report, AuditResult]) -> Workbook:
    with write_workbook(folder) as add:
        for report, audit in pairs:
            add(report, audit)
    return openpyxl.load_workbook(folder / "kenzan.xlsx")


def _with_grid(report: Report) -> Report:
    """The hand-made report, its table with headers for all of its cells."""
    rows = (Header(2, ("Ｒ２",)), Header(3, ("Ｒ３",)))
    columns = (Header(2, ("20～39歳の社会動態数", "実績")),)
    return replace(report, tables=(replace(report.tables[0], rows=rows, columns=columns),))


def test_sheets_come_in_the_order_a_reader_wants(
    tmp_path: Path, report: Report, audit: AuditResult
) -> None:
    book = _write(tmp_path, (report, audit))
    assert book.sheetnames[:3] == ["概要 summary", "指摘 findings", "数値 observations"]
    assert len(book.sheetnames) == 4
    for sheet in book.worksheets[:3]:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions


def test_figures_are_numbers_with_their_printed_decimals(
    tmp_path: Path, report: Report, audit: AuditResult
) -> None:
    row = replace(report.observations[0], value=Decimal("80.0"), delta=None)
    book = _write(tmp_path, (replace(report, observations=(row,), tables=()), audit))
    sheet = book["数値 observations"]
    names = [cell.value for cell in sheet[1]]
    value, delta = sheet.cell(2, names.index("value") + 1), sheet.cell(2, names.index("delta") + 1)
    assert (value.value, value.number_format, value.data_type) == (80, "#,##0.0", "n")
    assert delta.value is None


def test_figures_that_excel_would_change_are_text(
    tmp_path: Path, report: Report, audit: AuditResult
) -> None:
    long = Decimal("12345678901234567.8")
    row = replace(report.observations[0], value=long)
    book = _write(tmp_path, (replace(report, observations=(row,), tables=()), audit))
    sheet = book["数値 observations"]
    names = [cell.value for cell in sheet[1]]
    assert sheet.cell(2, names.index("value") + 1).value == "12345678901234567.8"


def test_hostile_texts_stay_text(tmp_path: Path, report: Report, audit: AuditResult) -> None:
    rows = tuple(
        replace(report.observations[0], indicator=text, value_raw=text) for text in HOSTILE
    )
    book = _write(tmp_path, (replace(report, observations=rows, tables=()), audit))
    cells = [cell for sheet in book.worksheets for line in sheet.iter_rows() for cell in line]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert [cell.hyperlink for cell in cells if cell.hyperlink] == []
    sheet = book["数値 observations"]
    names = [cell.value for cell in sheet[1]]
    column = names.index("indicator") + 1
    assert [sheet.cell(n, column).value for n in range(2, 2 + len(HOSTILE))] == HOSTILE


def test_what_is_at_odds_is_coloured_with_its_working_in_a_note(
    tmp_path: Path, report: Report, audit: AuditResult
) -> None:
    book = _write(tmp_path, (report, audit))
    sheet = book["数値 observations"]
    names = [cell.value for cell in sheet[1]]
    odd, fine = (sheet.cell(row, names.index("delta") + 1) for row in (3, 2))
    assert odd.fill.fgColor.rgb == "FFF9C6C0"
    assert odd.comment is not None
    assert "-173 - 0 = -173" in odd.comment.text
    assert (fine.comment, fine.fill.fgColor.rgb) == (None, "00000000")


def test_each_table_stands_as_published(tmp_path: Path, report: Report, audit: AuditResult) -> None:
    book = _write(tmp_path, (_with_grid(report), audit))
    sheet = book.worksheets[3]
    values = [[cell.value for cell in line] for line in sheet.iter_rows(min_row=1)]
    assert values == [
        [
            "C 多世代・異分野地域交流による協創のまちづくり事業 （２）重要業績評価指標(ＫＰＩ)",
            None,
            None,
        ],
        ["past/r3.pdf / p. 3", None, None],
        [None, None, None],
        [None, "20～39歳の社会動態数", None],
        [None, "実績", None],
        [None, None, "増減 change"],
        ["Ｒ２", -339, -274],
        ["Ｒ３", -173, -173101],
    ]
    assert sheet.freeze_panes == "B7"
    assert sheet["B7"].number_format == '#,##0"人"'
    assert sheet["C7"].number_format == "+#,##0;-#,##0;#,##0"
    assert sheet["C8"].fill.fgColor.rgb == "FFF9C6C0"
    assert sheet["C8"].comment is not None
    assert sorted(map(str, sheet.merged_cells.ranges)) == ["B4:C4", "B5:C5"]


def test_several_figures_of_one_cell_stand_as_printed(
    tmp_path: Path, report: Report, audit: AuditResult
) -> None:
    grid = _with_grid(report)
    table = replace(grid.tables[0], cells={(2, 2): (0, 1)})
    book = _write(tmp_path, (replace(grid, tables=(table,)), audit))
    assert book.worksheets[3]["B7"].value == "-339人\n-173人"


def test_sheet_names_are_fit_and_unique(tmp_path: Path, report: Report, audit: AuditResult) -> None:
    table = replace(report.tables[0], title="[a]:*?/\\" + "長" * 40 + "'")
    book = _write(tmp_path, (replace(report, tables=(table, table)), audit), (report, audit))
    assert len({name.casefold() for name in book.sheetnames}) == len(book.sheetnames) == 6
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in book.sheetnames)


def test_a_batch_does_not_open_thousands_of_sheets(
    tmp_path: Path, report: Report, audit: AuditResult, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MOST_TABLES", 2)
    book = _write(tmp_path, *[(report, audit)] * 4)
    assert len(book.sheetnames) == 5
    assert book["数値 observations"].max_row == 13


def test_a_full_sheet_goes_on_in_another(
    tmp_path: Path, report: Report, audit: AuditResult, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook_sheets, "LAST_ROW", 4)
    book = _write(tmp_path, *[(replace(report, tables=()), audit)] * 2)
    names = [name for name in book.sheetnames if name.startswith("数値")]
    assert [book[name].max_row for name in names] == [5, 3]


def test_the_summary_counts(tmp_path: Path, report: Report, audit: AuditResult) -> None:
    sheet = _write(tmp_path, (report, audit))["概要 summary"]
    row = {
        head.value.split("\n")[1]: cell.value for head, cell in zip(sheet[1], sheet[2], strict=True)
    }
    assert (row["cells"], row["checked"], row["inconsistent"]) == (3, 2, 1)
    assert (row["errors"], row["warnings"], row["notices"]) == (1, 1, 1)
    assert row["conventions"].endswith("39/40")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it(tmp_path: Path, report: Report, audit: AuditResult) -> None:
    _write(tmp_path, (_with_grid(report), audit))
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile"]
    command += [
        "--convert-to",
        "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,4",
    ]
    subprocess.run([*command, "kenzan.xlsx"], cwd=tmp_path, check=True, capture_output=True)
    (table,) = tmp_path.glob("kenzan-*.csv")
    assert "Ｒ３,-173,-173101" in table.read_text(encoding="utf-8")


def test_no_column_of_the_findings_is_left_out(
    tmp_path: Path, report: Report, audit: AuditResult
) -> None:
    book = _write(tmp_path, (report, audit))
    heads = [str(cell.value).split("\n")[-1] for cell in book["指摘 findings"][1]]
    assert sorted(heads) == sorted(column.name for column in columns_of(Finding))
    assert heads[0] == "severity"
