"""Documents of one form in a batch help each other out, the same however the batch was run."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from linked_stores import OPTIONS, read_and_link, rows_of, select

from kenzan import convert_reports
from kenzan.audit import audit_reports
from kenzan.batch.across import unlink_documents
from kenzan.batch.inputs import find_inputs
from kenzan.batch.outputs import STORE_NAME
from kenzan.batch.run import run_batch
from kenzan.batch.store import Store

if TYPE_CHECKING:
    from pathlib import Path

FIGURES = ((441, 510, 452), (690, 440, 358), (611, 538, 634), (427, 739, 466), (376, 353, 397))
TABLES = ("checks", "findings", "indicators")


def write_sheet(folder: Path, number: int, change: str = "") -> None:
    target, before, actual = FIGURES[number]
    shown = change or f"{actual - target:+d}"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"sheet{number}.html").write_text(
        "<meta charset='utf-8'><table>"
        "<tr><th>指標</th><th>年度</th><th>目標値</th><th>実績値</th></tr>"
        f"<tr><td rowspan=2>利用者数{number}（人）</td><td>令和2年度</td><td>{target}</td>"
        f"<td>{before}</td></tr>"
        f"<tr><td>令和3年度</td><td>{target + 9}</td><td>{actual}（{shown}）</td></tr></table>",
        "utf-8",
    )


@pytest.fixture
def folder(tmp_path):
    found = tmp_path / "in"
    for number in range(5):
        write_sheet(found, number, "+1117" if number == 0 else "")
    return found


def findings_of(out: Path) -> list[tuple[object, ...]]:
    return select(
        out, "SELECT document, rule, printed, expected FROM findings WHERE severity <> 'notice'"
    )


def test_what_one_shows_too_little_of_the_others_decide(folder, tmp_path):
    out = read_and_link(folder, tmp_path / "out")
    assert findings_of(out) == [("sheet0.html", "KZ301", "（+1117）", "11")]
    told = dict(row[1:] for row in conventions_of(out))
    assert told["利用者数0"].endswith("（同じ様式の他の 4 文書: 4/4）")
    assert "文書" not in told["利用者数1"]


def conventions_of(out: Path) -> list[tuple[str, ...]]:
    return select(out, "SELECT document, indicator, convention FROM indicators")


def test_the_rows_are_those_of_an_audit_of_all_at_once(folder, tmp_path):
    out = read_and_link(folder, tmp_path / "out")
    with Store(out / STORE_NAME) as store:
        joined = list(store.records())
    assert [result for _, result in joined] == audit_reports([report for report, _ in joined])


def test_a_batch_that_goes_on_ends_like_an_undisturbed_one(folder, tmp_path):
    whole = read_and_link(folder, tmp_path / "whole")
    first = tmp_path / "first"
    first.mkdir()
    for number in (3, 0):
        shutil.copy(folder / f"sheet{number}.html", first)
    out = read_and_link(first, tmp_path / "out")
    assert findings_of(out) == []
    for _ in range(2):
        read_and_link(folder, out)
        assert all(rows_of(out, table) == rows_of(whole, table) for table in TABLES)


def test_a_document_that_is_corrected_is_decided_anew(folder, tmp_path):
    out = read_and_link(folder, tmp_path / "out")
    write_sheet(folder, 0)
    read_and_link(folder, out)
    assert findings_of(out) == []


def test_what_was_lent_can_be_taken_back(folder, tmp_path):
    out = tmp_path / "out"
    run_batch(find_inputs([str(folder)]), out, OPTIONS)
    alone = [rows_of(out, table) for table in TABLES]
    read_and_link(folder, out)
    assert [rows_of(out, table) for table in TABLES] != alone
    with Store(out / STORE_NAME) as store:
        unlink_documents(store)
    assert [rows_of(out, table) for table in TABLES] == alone


def test_convert_does_it_unless_told_not_to(folder, tmp_path):
    convert_reports(folder, tmp_path / "out", to="csv")
    assert "sheet0.html" in (tmp_path / "out" / "findings.csv").read_text("utf-8-sig")
    convert_reports(folder, tmp_path / "alone", to="csv", running={"across": False})
    assert "sheet0.html" not in (tmp_path / "alone" / "findings.csv").read_text("utf-8-sig")
