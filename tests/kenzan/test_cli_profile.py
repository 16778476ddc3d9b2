"""``--profile`` and ``--across`` as a person uses them, on documents that are really read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLE = str(Path(__file__).parents[2] / "samples" / "siryo6.txt")
PAGE = """<html><head><meta charset="utf-8"></head><body><h1>計画の実績報告</h1>
<table><tr><th>指標</th><th>単位</th><th>{first}年度 実績値</th><th>{second}年度 実績値</th></tr>
<tr><td>来館者数</td><td>人</td><td>{before}</td><td>{after}</td></tr>
<tr><td>商品数</td><td>件</td><td>{few}</td><td>{more}</td></tr></table></body></html>"""
FAULTS = {
    "[rules\n": "1:7",
    '[rules]\nselct = ["KZ1"]\n': "rules.selct",
    '[rules]\nignore = ["KZ777"]\n': "KZ1, KZ2",
    '[rules]\nseverity = { KZ3 = "loud" }\n': "error, warning, notice",
    '[[relation]]\nname = "dleta"\nhypothesis = "previous-actual"\n': "delta",
    '[[relation]]\nname = "delta"\nhypothesis = "nonsense"\n': "previous-actual",
    '[[veto]]\nrelation = "sums"\n': "total",
    '[[accept]]\nid = "ef081df74e59"\n': "accept.0.reason",
}


def write(folder: Path, text: str) -> str:
    path = folder / "profile.toml"
    path.write_text(text, "utf-8")
    return str(path)


def findings(ran: object) -> list[tuple[str, str]]:
    data = json.loads(ran.out)  # type: ignore[attr-defined]
    return [(one["rule"], one["severity"]) for one in data["findings"]]


def audit(run: Callable, *options: str) -> list[tuple[str, str]]:
    return findings(run("audit", "--format", "json", *options))


JAPANESE = {
    "[rules\n": "TOMLとして読めません。行:列1:7",
    '[[accept]]\nid = "x"\n': "accept.0.reason:指定に誤りがあります（値がありません）",
    '[rules]\nselect = "KZ1"\n': "[]で囲んだ一覧を書いてください",
    "rules = 3\n": "表を書いてください",
}


@pytest.mark.parametrize(("text", "told"), JAPANESE.items())
def test_faults_are_told_in_japanese(run: Callable, tmp_path: Path, text: str, told: str) -> None:
    ran = run("audit", SAMPLE, "--profile", write(tmp_path, text), "--lang", "ja")
    assert ran.code == 2
    assert told in "".join(ran.err.split())


def test_rules_are_chosen_and_their_severity_set(run: Callable, tmp_path: Path) -> None:
    text = '[rules]\nselect = ["KZ3"]\nignore = ["KZ302"]\nseverity = { KZ303 = "notice" }\n'
    found = audit(run, SAMPLE, "--profile", write(tmp_path, text))
    assert found == [("KZ301", "error"), ("KZ303", "notice")]


def test_an_accepted_error_is_shown_with_its_reason_and_no_longer_fails(
    run: Callable, tmp_path: Path
) -> None:
    data = json.loads(run("audit", SAMPLE, "--format", "json").out)
    wanted = [one["id"] for one in data["findings"] if one["severity"] != "notice"]
    text = "".join(f'[[accept]]\nid = "{one}"\nreason = "市に照会済み"\n' for one in wanted)
    ran = run("audit", SAMPLE, "--profile", write(tmp_path, text), "--lang", "ja")
    assert ran.code == 0
    shown = "".join(ran.out.split())  # texts are broken to the width of the terminal
    assert shown.count("検収済:市に照会済み") == len(wanted) == 2


def test_a_declared_convention_and_a_veto(run: Callable, tmp_path: Path) -> None:
    declared = '[[relation]]\nname = "delta"\nhypothesis = "previous-actual"\n'
    assert audit(run, SAMPLE, "--profile", write(tmp_path, declared)).count(("KZ301", "error")) > 1
    vetoed = '[[veto]]\nrelation = "delta"\n'
    assert "KZ301" not in dict(audit(run, SAMPLE, "--profile", write(tmp_path, vetoed)))


def test_a_profile_in_the_working_directory_is_used(
    run: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "kenzan.toml").write_text('[rules]\nselect = ["KZ302"]\n', "utf-8")
    monkeypatch.chdir(tmp_path)
    assert audit(run, SAMPLE) == [("KZ302", "notice")]


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize(("text", "told"), FAULTS.items())
def test_a_faulty_profile_says_where_and_what_could_stand_there(
    run: Callable, tmp_path: Path, text: str, told: str, lang: str
) -> None:
    path = write(tmp_path, text)
    ran = run("audit", SAMPLE, "--profile", path, "--lang", lang)
    assert (ran.code, ran.out) == (2, "")
    assert path in ran.err
    assert told in ran.err


@pytest.mark.parametrize(("lang", "told"), [("ja", "その場所がありません"), ("en", "no such file")])
def test_a_missing_profile_is_told(run: Callable, lang: str, told: str) -> None:
    ran = run("audit", SAMPLE, "--profile", "no-such.toml", "--lang", lang)
    assert ran.code == 2
    assert told in ran.err


def test_convert_takes_a_profile_and_reads_again_when_it_says_something_else(
    run: Callable, tmp_path: Path
) -> None:
    out, path = tmp_path / "out", write(tmp_path, '[rules]\nselect = ["KZ302"]\n')
    call = ("convert", SAMPLE, "-o", str(out), "--to", "json", "--jobs", "1", "--profile", path)
    assert run(*call).code == 0
    assert list_rules(out) == ["KZ302"]
    write(tmp_path, '[rules]\nselect = ["KZ303"]\n')
    assert run(*call).code == 0
    assert list_rules(out) == ["KZ303"]
    write(tmp_path, "[rules")
    assert run(*call).code == 2


def list_rules(out: Path) -> list[str]:
    found = []
    for path in sorted(out.glob("*.json")):
        data = json.loads(path.read_text("utf-8"))
        rows = data["findings"] if isinstance(data, dict) and "findings" in data else []
        found += [one["rule"] for one in rows]
    return found


def write_years(folder: Path, restated: str) -> None:
    folder.mkdir(exist_ok=True)
    earlier = PAGE.format(
        first="令和元", second="令和2", before="7,206", after="8,016", few="33", more="41"
    )
    later = PAGE.format(
        first="令和2", second="令和3", before=restated, after="8,533", few="41", more="52"
    )
    # The later report comes first by name: years decide, not the order of the files.
    (folder / "z.html").write_text(earlier, "utf-8")
    (folder / "a.html").write_text(later, "utf-8")


def test_restated_figures_are_a_notice_apart_from_inconsistencies(
    run: Callable, tmp_path: Path
) -> None:
    write_years(tmp_path / "reports", "8,061")
    ran = run("audit", str(tmp_path / "reports"), "--across", "--format", "json")
    assert ran.code == 0
    (one,) = json.loads(ran.out)["findings"]
    assert (one["rule"], one["severity"], one["document"]) == ("KZ703", "notice", "a.html")
    assert (one["printed"], one["expected"]) == ("8,061", "8016")
    for text in ("8,061", "8,016", "z.html"):
        assert text in one["message_ja"]
        assert text in one["message_en"]
    assert "改訂の可能性" in one["message_ja"]
    assert audit(run, str(tmp_path / "reports")) == []


def test_what_was_not_restated_is_confirmed(run: Callable, tmp_path: Path) -> None:
    write_years(tmp_path / "reports", "8,016")
    ran = run("audit", str(tmp_path / "reports"), "--across", "--format", "json")
    rows = [one for one in json.loads(ran.out)["checks"] if one["rule"] == "KZ703"]
    assert [one["verdict"] for one in rows] == ["consistent", "consistent"]
    assert findings(ran) == []


def test_across_goes_on_beside_what_cannot_be_read(run: Callable, tmp_path: Path) -> None:
    write_years(tmp_path / "reports", "8,061")
    (tmp_path / "reports" / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    ran = run("audit", str(tmp_path / "reports"), "--across", "--format", "json")
    assert ran.code == 4
    assert findings(ran) == [("KZ703", "notice")]
