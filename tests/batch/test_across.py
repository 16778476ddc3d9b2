"""Reports of a batch are held against each other when all are in, and as often as one likes."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest
from linked_stores import OPTIONS, read_and_link, rows_of, select

from kenzan import convert_reports
from kenzan.audit import audit_reports
from kenzan.batch.across import link_documents, unlink_documents
from kenzan.batch.inputs import find_inputs
from kenzan.batch.outputs import STORE_NAME
from kenzan.batch.run import run_batch
from kenzan.batch.store import Store
from kenzan.errors import ExportError

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES = ("来館者数", "貸出冊数", "講座参加者数", "登録者数", "開館日数")
HEAD = "<th>令和{}年度 実績値</th>"


def figure(town: int, name: int, year: int) -> int:
    return 1000 + 7919 * (town + 1) * (name + 3) % 8837 + 61 * year * (name + 1)


def write_report(folder: Path, town: int, year: int, restated: dict[int, int] | None = None) -> str:
    """A town's report of a year, with the two years before; figures of last year may differ."""
    heads = "".join(HEAD.format(one) for one in (year - 2, year - 1, year))
    rows = []
    for place, name in enumerate(NAMES):
        figures = [figure(town, place, one) for one in (year - 2, year - 1, year)]
        figures[1] = (restated or {}).get(place, figures[1])
        cells = "".join(f"<td>{one:,}</td>" for one in figures)
        rows.append(f"<tr><td>{name}</td><td>人</td>{cells}</tr>")
    table = f"<table><tr><th>指標</th><th>単位</th>{heads}</tr>{''.join(rows)}</table>"
    name = f"town{town}-R{year}.html"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(f"<meta charset='utf-8'><h1>実績報告</h1>{table}", "utf-8")
    return name


def fill(folder: Path) -> Path:
    """Two towns with indicators of the same names; one of them restates a figure in R5."""
    for year in (3, 4, 5):
        write_report(folder, 0, year)
        write_report(folder, 1, year, {1: 4321} if year == 5 else None)
    return folder


def findings_of(out: Path) -> list[tuple[object, ...]]:
    return select(out, "SELECT rule, document, printed, expected FROM findings")


def test_a_restated_figure_is_found_under_the_later_report(tmp_path):
    out = read_and_link(fill(tmp_path / "in"), tmp_path / "out")
    wanted = str(figure(1, 1, 4))
    assert findings_of(out) == [("KZ703", "town1-R5.html", "4,321", wanted)]


def test_the_rows_are_those_of_an_audit_of_all_at_once(tmp_path):
    out = read_and_link(fill(tmp_path / "in"), tmp_path / "out")
    with Store(out / STORE_NAME) as store:
        joined = list(store.records())
        unlink_documents(store)
        reports = [report for report, _ in store.records()]
    assert [result for _, result in joined] == audit_reports(reports)
    assert sum(check.rule == "KZ703" for _, result in joined for check in result.checks) == 40


def test_tables_and_records_agree(tmp_path):
    out = read_and_link(fill(tmp_path / "in"), tmp_path / "out")
    with Store(out / STORE_NAME) as store:
        checks = [check for _, result in store.records() for check in result.checks]
        rows = [row for batch in store.batches("checks") for row in batch.to_pylist()]
    named = [(check.document, check.rule, check.formula, check.verdict) for check in checks]
    assert [tuple(row[k] for k in ("document", "rule", "formula", "verdict")) for row in rows] == (
        named
    )


def test_a_batch_that_goes_on_ends_like_an_undisturbed_one(tmp_path):
    folder = fill(tmp_path / "in")
    whole = read_and_link(folder, tmp_path / "whole")
    first = tmp_path / "first"
    first.mkdir()
    for name in ("town0-R3.html", "town1-R5.html", "town1-R4.html"):
        shutil.copy(folder / name, first)
    out = read_and_link(first, tmp_path / "out")
    assert len(findings_of(out)) == 1
    read_and_link(folder, out)
    for table in ("checks", "findings", "observations"):
        assert rows_of(out, table) == rows_of(whole, table)
    read_and_link(folder, out)
    assert rows_of(out, "checks") == rows_of(whole, "checks")


def test_a_report_that_is_corrected_is_compared_anew(tmp_path):
    folder = fill(tmp_path / "in")
    out = read_and_link(folder, tmp_path / "out")
    write_report(folder, 1, 5)
    read_and_link(folder, out)
    assert findings_of(out) == []


def test_a_twin_counts_once(tmp_path):
    folder = fill(tmp_path / "in")
    shutil.copy(folder / "town1-R5.html", folder / "copy-of-R5.html")
    shutil.copy(folder / "town1-R4.html", folder / "copy-of-R4.html")
    out = read_and_link(folder, tmp_path / "out")
    assert [row[0] for row in findings_of(out)] == ["KZ703"]


def test_what_breaks_off_leaves_the_store_as_it_was(tmp_path, monkeypatch):
    folder = fill(tmp_path / "in")
    out = read_and_link(folder, tmp_path / "out")
    before = rows_of(out, "checks"), rows_of(out, "findings")
    write_report(folder, 2, 5)
    run_batch(find_inputs([str(folder)]), out, OPTIONS)
    with Store(out / STORE_NAME) as store:
        found = store.find_neighbours

        def broken() -> Iterator[tuple[str, list[str]]]:
            yield next(found())
            raise OSError("disk full")

        monkeypatch.setattr(store, "find_neighbours", broken)
        with pytest.raises(ExportError):
            link_documents(store)
    kept = [row for row in rows_of(out, "checks") if row[0] != "town2-R5.html"]
    assert (kept, rows_of(out, "findings")) == before


def test_each_report_is_opened_once_however_many_there_are(tmp_path, monkeypatch):
    folder = tmp_path / "in"
    for town in range(12):
        for year in (3, 4, 5):
            write_report(folder, town, year)
    run_batch(find_inputs([str(folder)]), tmp_path / "out", OPTIONS)
    opened: Counter[str] = Counter()
    record_of = Store.record_of

    def count(self: Store, document: str) -> object:
        opened[document] += 1
        return record_of(self, document)

    monkeypatch.setattr(Store, "record_of", count)
    with Store(tmp_path / "out" / STORE_NAME) as store:
        link_documents(store)
        assert len(opened) == 36
        assert set(opened.values()) == {1}
        link_documents(store)
    assert sum(opened.values()) == 36, "nothing has changed"
    assert findings_of(tmp_path / "out") == []


def test_a_store_from_before_there_was_any_comparison_is_read(tmp_path):
    out = read_and_link(fill(tmp_path / "in"), tmp_path / "out")
    with duckdb.connect(str(out / STORE_NAME)) as db:
        db.execute("DROP TABLE store.links")
    with Store(out / STORE_NAME, read_only=True) as store:
        assert not any(check.rule == "KZ703" for _, one in store.records() for check in one.checks)


def test_convert_does_it_unless_told_not_to(tmp_path):
    folder, out = fill(tmp_path / "in"), tmp_path / "out"

    def rules(**running: bool) -> list[str]:
        convert_reports(folder, out, to="csv", running={"jobs": 1, **running})
        with (out / "findings.csv").open(encoding="utf-8-sig") as file:
            return [row["rule"] for row in csv.DictReader(file)]

    assert rules() == ["KZ703"]
    assert rules(across=False) == []
    assert rules(across=True) == ["KZ703"]
