"""The report that started the project: every figure, every text, each where it is printed."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest

from kenzan.extract import read_document
from kenzan.interpret import interpret_document
from kenzan.normalize.labels import fold_label
from kenzan.schemas.document import Document, Grid
from kenzan.schemas.report import Report

SAMPLES = Path(__file__).parents[2] / "samples"
FIELDS = (
    "project", "project_name", "indicator", "unit", "period", "fiscal_year", "measure", "value",
    "delta", "status", "value_raw", "delta_raw",
)  # fmt: skip
GRIDS = ["siryo6.pdf", "siryo6-rects.pdf", "siryo6.docx"]


@cache
def document(name: str) -> Document:
    return read_document(SAMPLES / name)


@cache
def report(name: str) -> Report:
    return interpret_document(document(name))


@cache
def keyed() -> list[tuple[str, ...]]:
    text = (SAMPLES / "siryo6.observations.csv").read_text(encoding="utf-8-sig")
    rows = []
    for row in csv.DictReader(text.splitlines()):
        names = {"project_name", "indicator"}
        rows.append(tuple(fold_label(row[f]) if f in names else row[f] for f in FIELDS))
    return rows


@pytest.mark.parametrize("name", GRIDS)
def test_all_figures_in_order(name: str) -> None:
    found = [
        tuple("" if (v := getattr(row, f)) is None else str(v) for f in FIELDS)
        for row in report(name).observations
    ]
    assert found.__len__() == 72
    assert sorted(found) == sorted(keyed())


@pytest.mark.parametrize("name", GRIDS)
def test_projects_with_overview_and_reason(name: str) -> None:
    rows = report(name).projects
    assert [(p.project, p.kpi_status, p.omitted_reason) for p in rows] == [
        ("A", "tabulated", ""),
        ("B", "tabulated", ""),
        ("C", "tabulated", ""),
        ("D", "omitted", "県及び県内市町全体での評価のため"),
        ("E", "omitted", "県央７市町全体での評価のため"),
    ]
    assert rows[0].overview.startswith("本市の誇る「ガラスの文化」")
    assert rows[0].overview.endswith("本市への定着を図る。")


@pytest.mark.parametrize("name", GRIDS)
def test_title_and_label(name: str) -> None:
    row = report(name).document
    assert (
        row.title == "地方創生推進交付金事業の進捗及び重要業績評価指標（KPI）の達成度の状況について"
    )
    assert row.label == "資料６"


@pytest.mark.parametrize("name", GRIDS)
def test_status_and_reasons_stand_at_their_indicator(name: str) -> None:
    told = {(n.project, n.indicator, n.kind) for n in report(name).narratives if n.indicator}
    unmet = [
        ("A", "ブランド化したガラス商品の販売額"),
        ("A", "きららガラス未来館の来客数"),
        ("B", "観光客数"),
        ("C", "20～39歳の社会動態数（住民基本台帳）"),
        ("C", "山口東京理科大学生の市内就職率"),
        ("C", "山陽小野田市にずっと住みたいと感じる市民の割合"),
    ]
    assert told == {(*row, kind) for row in unmet for kind in ("achievement", "reason")}


@pytest.mark.parametrize("name", GRIDS)
def test_plans_and_activities_by_year(name: str) -> None:
    rows = [n for n in report(name).narratives if n.project == "A" and n.period]
    assert [(n.period, n.kind) for n in rows] == [
        ("Ｒ２", "plan"),
        ("Ｒ３", "plan"),
        ("Ｒ３", "activity"),
        ("Ｒ４", "plan"),
    ]
    assert rows[2].text.startswith("ブランドの構築やプロモーションの実施に向け委託業者と調整。")


@pytest.mark.parametrize("name", ["siryo6.pdf", "siryo6-rects.pdf"])
def test_boxes_are_those_of_the_printed_characters(name: str) -> None:
    lines = [
        line
        for page in document(name).pages
        for block in page.blocks
        if isinstance(block, Grid)
        for cell in block.cells
        for line in cell.lines
    ]
    for row in report(name).observations:
        if row.status == "not_reported":
            continue
        place = row.origin.value_place
        assert place is not None
        assert place.box is not None
        at = [
            (line.page, min(line.x0s), max(line.x1s))
            for line in lines
            if line.text.strip() == row.value_raw and line.box is not None
        ]
        assert (row.page, place.box.x0, place.box.x1) in at
        assert (row.x0, row.x1) == (place.box.x0, place.box.x1)


@pytest.mark.parametrize("name", GRIDS)
def test_every_figure_is_accounted_for(name: str) -> None:
    for row in report(name).coverage:
        assert row.seen == row.placed + row.in_text + row.left
        assert min(row.placed, row.in_text) >= 0
        assert row.left == 0


def test_directions_come_from_the_targets() -> None:
    rows = {row.indicator: row.direction for row in report("siryo6.pdf").indicators}
    assert len(rows) == 9
    assert set(rows.values()) == {"up"}


def test_the_axes_say_what_they_stand_for() -> None:
    reading = next(t for t in report("siryo6.pdf").tables if t.cells)
    assert reading.family == "years-by-indicator"
    assert [(c.indicator, c.measure) for c in reading.columns[:2]] == [
        ("ブランド化したガラス商品の販売額", "target"),
        ("ブランド化したガラス商品の販売額", "actual"),
    ]
    assert [(r.period, r.fiscal_year) for r in reading.rows[:3]] == [
        ("当初", None),
        ("Ｒ２", 2020),
        ("Ｒ３", 2021),
    ]
