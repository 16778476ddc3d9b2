"""Profiles: which rules speak, what is declared, vetoed, accepted."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from report_builders import kpi_report, siryo6_report

from kenzan.audit import audit_report, read_profile
from kenzan.audit.profile import parse_profile
from kenzan.errors import UsageError


def audit_siryo6(profile: dict[str, object]) -> list[tuple[str, str]]:
    result = audit_report(siryo6_report(), profile=parse_profile(profile))
    return [(one.rule, one.severity) for one in result.findings]


def test_select_and_ignore_by_prefix() -> None:
    assert audit_siryo6({"rules": {"select": ["KZ3"]}}) == [
        ("KZ301", "error"),
        ("KZ302", "notice"),
        ("KZ303", "warning"),
    ]
    assert audit_siryo6({"rules": {"select": ["KZ3"], "ignore": ["KZ302", "KZ303"]}}) == [
        ("KZ301", "error")
    ]
    assert audit_siryo6({"rules": {"ignore": ["KZ"], "select": ["KZ501"]}}) == [("KZ501", "notice")]


def test_severity() -> None:
    profile = {"rules": {"select": ["KZ303"], "severity": {"KZ3": "error", "KZ303": "notice"}}}
    assert audit_siryo6(profile) == [("KZ303", "notice")]


def test_accepted_findings_stay_with_their_reason() -> None:
    (error,) = [one for one in audit_report(siryo6_report()).findings if one.severity == "error"]
    profile = parse_profile({"accept": [{"id": error.id, "reason": "市に照会済み"}]})
    found = {one.id: one for one in audit_report(siryo6_report(), profile=profile).findings}
    assert found[error.id].severity == "notice"
    assert found[error.id].message_ja == f"{error.message_ja}【検収済: 市に照会済み】"


def test_a_veto_silences_one_relation() -> None:
    assert "KZ301" not in dict(audit_siryo6({"veto": [{"relation": "delta"}]}))
    elsewhere = {"veto": [{"relation": "delta", "indicator": "観光客数"}]}
    assert "KZ301" in dict(audit_siryo6(elsewhere))


def test_a_declared_hypothesis_governs() -> None:
    table = """
来客数 | 当初 | 100人 | 100人
       | Ｒ２ | 120人 (+20) | 115人 (+15)
       | Ｒ３ | 150人 (+30) | 140人 (+25)
       | Ｒ４ | 180人 (+30) | 175人 (+25)
"""
    profile = parse_profile({"relation": [{"name": "delta", "hypothesis": "previous-target"}]})
    result = audit_report(kpi_report(table), profile=profile)
    (document,) = [
        one for one in result.conventions if (one.relation, one.scope) == ("delta", "document")
    ]
    assert document.hypothesis == "previous-target"


def test_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "kenzan.toml"
    path.write_text('[rules]\nselect = ["KZ501"]\n', "utf-8")
    result = audit_report(siryo6_report(), profile=path)
    assert [one.rule for one in result.findings] == ["KZ501"]
    assert read_profile(path).rules.select == ("KZ501",)


@pytest.mark.parametrize(
    "text", ["[rules", '[rules]\nselct = ["KZ5"]', '[[accept]]\nid = "x"\nreason = ""']
)
def test_a_faulty_file_is_a_usage_error(tmp_path: Path, text: str) -> None:
    path = tmp_path / "kenzan.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(UsageError) as caught:
        read_profile(path)
    assert str(path) in caught.value.message("ja")


def test_a_missing_file_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        read_profile(tmp_path / "none.toml")


def test_the_profile_of_the_documentation_is_a_profile() -> None:
    text = (Path(__file__).parents[2] / "docs" / "profile.md").read_text("utf-8")
    values = tomllib.loads(text.partition("```toml\n")[2].partition("```")[0])
    profile = parse_profile(values)
    assert set(values) == {"rules", "accept", "relation", "veto"}
    assert (len(profile.accept), len(profile.relation), len(profile.veto)) == (1, 1, 1)
