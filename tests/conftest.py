"""Hand-made reports and audits that the tests of export and of the front door share."""

from __future__ import annotations

import cProfile
import os
import pstats
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from kenzan.schemas.audit import AuditResult, CheckDetail, Convention, Counts, Operand
from kenzan.schemas.contract import read_row
from kenzan.schemas.geometry import Box, Place
from kenzan.schemas.report import Coverage, Header, LeftCell, Origin, Report, TableReading
from kenzan.schemas.tables import (
    Check,
    DocumentRow,
    Finding,
    Indicator,
    Narrative,
    Observation,
    Project,
)

if TYPE_CHECKING:
    from collections.abc import Callable

# The same examples in every continuous run: a change is judged by what it changes. Runs by hand
# look at new ones.
settings.register_profile("steady", derandomize=True, deadline=None)
if os.environ.get("CI"):
    settings.load_profile("steady")

NAME = "past/r3.pdf"
PLACE = Place(3, Box(301.5, 402.25, 360.0, 412.0))


def _observation(**values: object) -> Observation:
    defaults = {
        "document": NAME,
        "project": "C",
        "project_name": "協創のまちづくり事業",
        "indicator": "20～39歳の社会動態数（住民基本台帳）",
        "unit": "人",
        "measure": "actual",
        "measure_label": "実績",
        "status": "reported",
        "page": 3,
    }
    return read_row(Observation, {**defaults, **values})


@pytest.fixture
def count_calls() -> Callable[..., int]:
    """The calls that a call makes: the same on every machine, however busy it is."""

    def count(call: Callable[..., object], *args: object) -> int:
        profile = cProfile.Profile()
        profile.runcall(call, *args)
        return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]

    return count


@pytest.fixture
def report() -> Report:
    """One document, one project, three figures (one still to come), one text."""
    observations = (
        _observation(
            period="Ｒ２",
            fiscal_year=2020,
            value=Decimal(-339),
            delta=Decimal(-274),
            value_raw="-339人",
            delta_raw="（-274）",
        ),
        _observation(
            period="Ｒ３",
            fiscal_year=2021,
            value=Decimal(-173),
            delta=Decimal(-173101),
            value_raw="-173人",
            delta_raw="（-173101）",
            x0=301.5,
            top=402.25,
            x1=360.0,
            bottom=412.0,
            origin=Origin(table=0, row=3, col=2, value_place=Place(3), delta_place=PLACE),
        ),
        _observation(period="Ｒ４", fiscal_year=2022, status="not_reported"),
    )
    table = TableReading(
        number=0,
        page=3,
        title="（２）重要業績評価指標(ＫＰＩ)",
        family="years-by-indicator",
        project="C",
        rows=(Header(0, ("Ｒ２",), period="Ｒ２", fiscal_year=2020),),
        columns=(Header(0, ("20～39歳の社会動態数", "実績"), measure="actual", unit="人"),),
        cells={(2, 2): (0,), (3, 2): (1,)},
        uncertain=("Ｒ４ の行",),
        left=(LeftCell("備考", "数値ではない", Place(3)),),
    )
    return Report(
        document=DocumentRow(
            document=NAME,
            sha256="0" * 64,
            bytes=178135,
            kind="pdf",
            pages=4,
            title="地方創生推進交付金事業の進捗及び重要業績評価指標（ＫＰＩ）の達成度の状況について",
            label="資料６",
            status="done",
            seconds=Decimal("0.125"),
            kenzan_version="0.1.0",
        ),
        projects=(
            Project(
                document=NAME,
                project="C",
                project_name="多世代・異分野地域交流による協創のまちづくり事業",
                overview="「協創によるまちづくり」の観点から",
                kpi_status="tabulated",
            ),
            Project(
                document=NAME,
                project="D",
                project_name="産業人材定着・還流推進事業",
                kpi_status="omitted",
                omitted_reason="県及び県内市町全体での評価のため省略",
            ),
        ),
        indicators=(
            Indicator(
                document=NAME,
                project="C",
                indicator="20～39歳の社会動態数（住民基本台帳）",
                unit="人",
                direction="up",
                convention="前年度目標との差: 39/40",
            ),
        ),
        observations=observations,
        narratives=(
            Narrative(
                document=NAME,
                project="C",
                indicator="20～39歳の社会動態数（住民基本台帳）",
                kind="reason",
                text="社会増減については、\n複数の要因から影響されるものであり、",
            ),
        ),
        tables=(table,),
        coverage=(Coverage(3, seen=9, placed=3, in_text=5, left=1),),
    )


@pytest.fixture
def audit() -> AuditResult:
    """One error with its working, one warning, one notice, one doubt about reading."""
    check = Check(
        document=NAME,
        rule="KZ301",
        project="C",
        indicator="20～39歳の社会動態数（住民基本台帳）",
        period="Ｒ３",
        measure="actual",
        measure_label="実績",
        verdict="inconsistent",
        formula="-173 - 0 = -173",
        computed_low=Decimal(-173),
        computed_high=Decimal(-173),
        printed="（-173101）",
    )
    agreeing = replace(check, period="Ｒ２", verdict="consistent", printed="（-274）")
    error = _finding(
        id="f301",
        rule="KZ301",
        severity="error",
        formula="-173 - 0 = -173",
        printed="（-173101）",
        expected="-173",
        message_ja=(
            "-173 - 0 = -173。印刷は（-173101）。"
            "-173 の後ろに 101 が残っている可能性（確信度 0.95）"
        ),
        message_en="-173 - 0 = -173; printed is （-173101）. Stray digits 101 (confidence 0.95).",
        repair="-173 の後ろに 101 が残っている可能性",
        confidence=Decimal("0.95"),
    )
    notice = _finding(
        id="f501",
        rule="KZ501",
        severity="notice",
        printed="（+810）",
        message_ja="全角と半角の括弧が混在しています。",
        message_en="Full-width and half-width brackets are mixed.",
    )
    suspicion = _finding(
        id="f903", rule="KZ903", severity="warning", message_ja="読めません。", message_en="Unread."
    )
    working = Operand(1, "delta", "印字された増減", "printed change", "（-173101）", PLACE)
    current = Operand(1, "value", "実績", "actual", "-173人", Place(3))
    return AuditResult(
        checks=(check, agreeing),
        findings=(notice, suspicion, error),
        details=(
            CheckDetail(check, working, (current,), "f301"),
            CheckDetail(agreeing),
        ),
        conventions=(
            Convention(
                relation="delta",
                scope="document",
                hypothesis="previous-target",
                title_ja="前年度の目標値との差",
                title_en="difference from the previous year's target",
                held=39,
                tested=40,
                certain=True,
                score=Decimal("12.5"),
            ),
        ),
        counts=Counts(3, 2, 1, 1, 0, 1),
    )


def _finding(**values: object) -> Finding:
    defaults = {
        "document": NAME,
        "project": "C",
        "indicator": "20～39歳の社会動態数（住民基本台帳）",
        "period": "Ｒ３",
        "measure": "actual",
        "measure_label": "実績",
        "page": 3,
    }
    return read_row(Finding, {**defaults, **values})
