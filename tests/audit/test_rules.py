"""Every rule is held to one form, and to its table of cases."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from report_builders import join_reports, kpi_report, rename, table_report

from kenzan.audit import RULES, audit_report, audit_reports, find_rule
from kenzan.audit.profile import parse_profile
from kenzan.normalize.characters import fold
from kenzan.schemas.document import Notice
from kenzan.schemas.geometry import Place

if TYPE_CHECKING:
    from kenzan.audit.rule import Rule
    from kenzan.schemas.audit import AuditResult, CheckDetail
    from kenzan.schemas.report import Report

CASES = Path(__file__).parent / "cases"
SECTIONS = (
    "What it checks:",
    "Why it matters:",
    "Formula:",
    "Example:",
    "Leaves alone:",
    "Source:",
)
SECTIONS_JA = ("確かめること", "大切な理由", "指摘しないもの")
FAMILIES = {"KZ1", "KZ2", "KZ3", "KZ4", "KZ5", "KZ6", "KZ7", "KZ9"}


def read_cases() -> list[Any]:
    found = []
    for path in sorted(CASES.glob("KZ*.toml")):
        sheet = tomllib.loads(path.read_text("utf-8"))
        for case in sheet["case"]:
            table = case["sheet"] if "sheet" in case else case["table"]
            if not case.get("alone"):
                table = sheet.get("background", "") + table
            found.append(pytest.param(path.stem, case, table, id=f"{path.stem} {case['name']}"))
    return found


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_keeps_to_the_form(rule: Rule) -> None:
    module = rule.check.__module__.rsplit(".", 1)[-1]
    slug = module.split("_", 1)[1]
    assert module.startswith(rule.id.lower() + "_")
    assert slug.replace("_", "-") == rule.slug
    first, _, rest = rule.documentation.partition("\n")
    assert first == f"{rule.id} {rule.title_ja} / {rule.title_en}."
    places = [rest.find(section) for section in SECTIONS]
    assert places == sorted(places)
    assert -1 not in places
    assert [f"{title}:" for title, _ in rule.sections("en")] == list(SECTIONS)
    assert [title for title, _ in rule.sections("ja")] == list(SECTIONS_JA)
    assert all(text.endswith("。") for _, text in rule.sections("ja"))
    assert rule.id[:3] in FAMILIES
    assert find_rule(rule.id.lower()) is rule


def test_registry_is_sorted_and_complete() -> None:
    ids = [rule.id for rule in RULES]
    files = Path(__file__).parents[2] / "audit" / "rules"
    assert ids == sorted(set(ids))
    assert len(ids) == len(list(files.glob("kz*.py")))
    assert len({rule.slug for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_has_cases_of_every_kind(rule: Rule) -> None:
    kinds = {
        case["kind"]
        for case in tomllib.loads((CASES / f"{rule.id}.toml").read_text("utf-8"))["case"]
    }
    assert {"wrong", "right", "rounding", "undecided", "negative"} <= kinds


def make_report(case: dict[str, Any], table: str) -> Report:
    """The report that a case describes: a sheet or a table of indicators, texts, doubts."""
    if "sheet" in case:
        report = table_report(table, case.get("unit", "千円"), years=case.get("years", False))
        if "second" in case:
            other = table_report(case["second"], case.get("second_unit", "千円"), number=1)
            report = join_reports(report, other)
    else:
        told = [
            {"indicator": indicator, "kind": kind, "text": text}
            for kind in ("achievement", "reason")
            for indicator, text in case.get(kind, {}).items()
        ]
        report = kpi_report(table, told)
    prose = tuple((text, Place(1)) for text in case.get("prose", ()))
    notices = tuple(
        Notice(code, detail, Place(page)) for code, page, detail in case.get("notices", ())
    )
    return replace(report, prose=prose, notices=notices)


def judge(rule_id: str, case: dict[str, Any], table: str) -> tuple[Report, AuditResult]:
    """The report of a case, and what the rule alone says about it."""
    profile = parse_profile({"rules": {"select": [rule_id]}})
    report = make_report(case, table)
    if "earlier" in case:
        before = rename(kpi_report(case["earlier"]), "last-year.pdf")
        return report, audit_reports([before, report], profile=profile)[1]
    return report, audit_report(report, profile=profile)


@pytest.mark.parametrize(("rule_id", "case", "table"), read_cases())
def test_case(rule_id: str, case: dict[str, Any], table: str) -> None:
    _, result = judge(rule_id, case, table)
    wanted = case.get("finds", [])
    messages = [one.message_ja for one in result.findings]
    assert len(result.findings) == len(wanted), messages
    found = [
        {name: getattr(one, name) for name in fields}
        for one, fields in zip(result.findings, wanted, strict=True)
    ]
    assert found == wanted
    undecided = sum(check.verdict == "undecided" for check in result.checks)
    assert undecided >= case.get("undecided", 0)


NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def numbers_in(text: str) -> set[Decimal]:
    return {Decimal(found.replace(",", "")) for found in NUMBER.findall(fold(text))}


@pytest.mark.parametrize(
    ("rule_id", "case", "table"), [one for one in read_cases() if one.values[1].get("finds")]
)
def test_messages_quote_the_figures_that_were_used(
    rule_id: str, case: dict[str, Any], table: str
) -> None:
    """In both languages: the figure found fault with, and all that its check made use of."""
    report, result = judge(rule_id, case, table)
    for finding in result.findings:
        used = [one for one in result.details if one.finding == finding.id and one.judged]
        for lang, text in (("ja", finding.message_ja), ("en", finding.message_en)):
            quoted = numbers_in(text)
            assert numbers_in(finding.printed) <= quoted, (lang, text)
            figures = [{*numbers_in(one.check.printed), *_operands(report, one)} for one in used]
            assert not used or any(one <= quoted for one in figures), (lang, text)


def _operands(report: Report, detail: CheckDetail) -> set[Decimal]:
    found = set()
    for one in detail.operands:
        if one.observation < len(report.observations) and one.printed:
            found |= numbers_in(one.printed)
    return found
