"""The report page: hostile text stays text, and every figure has its state."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser

import pytest

from kenzan.export.figure_marks import find_marks
from kenzan.export.html_report import render_html
from kenzan.schemas.audit import AuditResult, CheckDetail, Counts, Operand
from kenzan.schemas.document import Line
from kenzan.schemas.geometry import Box, Place
from kenzan.schemas.report import Origin, Report
from kenzan.schemas.tables import Check, DocumentRow, Finding, Observation
from kenzan.schemas.view import PageView

HOSTILE = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "]]><img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "'; alert(1); '",
    "{{ 7 * 7 }}",
    "\u202egnirts\u202c",
    "あ" * 5000,
    "<!-- ",
]


def document(title: str = "題") -> DocumentRow:
    return DocumentRow(
        document="a.pdf",
        sha256="",
        bytes=1,
        kind="pdf",
        pages=1,
        title=title,
        status="done",
        kenzan_version="1",
    )


def observation(raw: str = "5", indicator: str = "指標") -> Observation:
    place = Place(1, Box(10, 10, 20, 20))
    return Observation(
        document="a.pdf",
        indicator=indicator,
        period="Ｒ３",
        measure="actual",
        value=Decimal(5),
        status="reported",
        value_raw=raw,
        page=1,
        origin=Origin(value_place=place),
    )


def audited(verdict: str, severity: str | None = None) -> AuditResult:
    check = Check(document="a.pdf", rule="KZ101", verdict=verdict, formula="2 + 3 = 5")
    judged = Operand(0, "value", "値", "value", "5")
    findings = ()
    if severity:
        findings = (
            Finding(
                id="f1",
                rule="KZ101",
                severity=severity,
                document="a.pdf",
                message_ja="合わない",
                message_en="no match",
                printed="5",
                page=1,
            ),
        )
    detail = CheckDetail(check, judged, (), "f1" if severity else None)
    return AuditResult((check,), findings, (detail,), (), Counts(1, 1, 1, 0, 0, 0))


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[str | None] = []
        self.handlers: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag == "script":
            self.scripts.append(dict(attrs).get("type"))
        self.handlers += [name for name, _ in attrs if name.startswith("on")]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text):
    report = Report(document(text), observations=(observation(text, text),))
    view = PageView(1, 100, 100, blocks=(Line(text, 1, number=1),))
    page = render_html(report, audited("consistent"), [view])
    tags = Tags()
    tags.feed(page)
    assert tags.scripts == ["application/json", None]
    assert tags.handlers == []
    assert "alert(1)</script>" not in page.split('<script type="application/json"')[0]


@pytest.mark.parametrize(
    ("verdict", "severity", "state"),
    [
        ("consistent", None, "consistent"),
        ("inconsistent", "error", "inconsistent"),
        ("inconsistent", "warning", "attention"),
        ("inconsistent", "notice", "attention"),
        ("inconsistent", None, "attention"),
        ("undecided", None, "attention"),
    ],
)
def test_the_state_of_a_figure(verdict, severity, state):
    report = Report(document(), observations=(observation(),))
    (mark,) = find_marks(report, audited(verdict, severity))
    assert mark.state == state


def test_a_figure_that_no_check_judged_is_unchecked():
    report = Report(document(), observations=(observation(),))
    assert [mark.state for mark in find_marks(report, AuditResult())] == ["unchecked"]


def test_figures_of_a_text_are_marked_in_their_line():
    place = Place(1, None, 7)
    row = replace(observation(), origin=Origin(value_place=place))
    page = render_html(
        Report(document(), observations=(row,)),
        audited("consistent"),
        [PageView(1, blocks=(Line("15件 5 件", 1, number=7),))],
    )
    assert '<li value="7">1<mark class="consistent"' in page


def test_the_policy_of_the_page_allows_nothing_from_outside():
    page = render_html(Report(document()), AuditResult())
    assert "default-src 'none'" in page
    assert "http://" not in page
    assert "https://" not in page
