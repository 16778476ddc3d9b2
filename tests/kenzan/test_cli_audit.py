"""``kenzan audit`` on hand-made reports: what it prints, and its exit codes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from kenzan.schemas.audit import AuditResult, Counts
from kenzan.schemas.report import Report
from kenzan.schemas.tables import DocumentRow, Observation
from kenzan.terminal.audit_view import AuditView
from kenzan.terminal.wording import Words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("hand_made")


def _files(folder: Path, *names: str) -> list[str]:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"%PDF-1.7")
    return [str(folder / name) for name in names]


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["clean.pdf"], 0),
        (["a.pdf"], 1),
        (["clean.pdf", "a.pdf"], 1),
        (["broken.pdf"], 3),
        (["broken.pdf", "broken2.pdf"], 3),
        (["clean.pdf", "broken.pdf"], 4),
        (["a.pdf", "broken.pdf"], 4),
        (["defect.pdf"], 70),
        (["clean.pdf", "defect.pdf"], 4),
    ],
)
def test_exit_codes(run: Callable, tmp_path: Path, names: list[str], code: int) -> None:
    assert run("audit", *_files(tmp_path, *names)).code == code
    assert run("audit", "--format", "json", *_files(tmp_path, *names)).code == code


def test_no_option_and_an_option_that_changes_nothing_print_the_same(
    run: Callable, tmp_path: Path
) -> None:
    files = _files(tmp_path, "r3.pdf", "broken.pdf")
    assert run("audit", *files) == run("audit", "--format", "table", *files)


def test_everything_a_reader_asks_is_there_in_order(run: Callable, tmp_path: Path) -> None:
    ran = run("audit", *_files(tmp_path, "r3.pdf"), "--lang", "ja")
    expected = [
        "資料６ 地方創生推進交付金事業",
        "r3.pdf ・ PDF ・ 4 ページ",
        "事業 2 ・ 指標 1 ・ 数値の欄 3（未報告 1）",
        "D 産業人材定着・還流推進事業: 県及び県内市町全体での評価のため省略",
        "増減は前年度の目標値との差（40 件中 39 件が一致）",
        "2 回: 合う 1 ・ 合わない 1 ・ 判定できない 0",
        "指摘 3 件: 不整合 1, 参考 1, 抽出要確認 1",
        "増減が検算と合わない",
        "KZ301",
        "3 ページ、C 多世代・異分野地域交流による協創のまちづくり事業",
        "20～39歳の社会動態数（住民基本台帳） / Ｒ３ / 実績",
        "（-173101）",
        "-173 - 0 = -173",
        "-173 の後ろに 101 が残っている可能性（確信度 0.95）",
        "KZ501",
        "KZ903",
    ]
    positions = [ran.out.find(text) for text in expected]
    assert -1 not in positions
    assert positions == sorted(positions)
    assert ran.err == ""


def test_what_became_of_the_figures_adds_up_to_those_that_were_read() -> None:
    report = Report(
        DocumentRow(
            document="a.txt",
            sha256="",
            bytes=1,
            kind="text",
            pages=1,
            status="done",
            kenzan_version="",
        ),
        observations=(Observation(document="a.txt", measure="actual", status="reported"),),
    )
    result = AuditResult(counts=Counts(10, 6, 5, 1, 3, 1))
    told = "\n".join(line.plain for line in AuditView(report, result, Words("ja"), 80).lines())
    assert "値と増減 10 個のうち 6 個（合う 5 ・ 合わない 1）" in told
    assert "判定できない 3 個" in told
    assert "対象外 1 個" in told


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_wider_than_the_terminal(
    run: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str, width: int
) -> None:
    from rich.cells import cell_len

    monkeypatch.setenv("COLUMNS", str(width))
    ran = run("audit", "--explain", "--lang", lang, *_files(tmp_path, "r3.pdf"))
    assert max(cell_len(line) for line in ran.out.splitlines()) <= width


def test_explain_shows_how_tables_were_read(run: Callable, tmp_path: Path) -> None:
    (path,) = _files(tmp_path, "r3.pdf")
    assert "How the tables were read" not in run("audit", path).out
    out = run("audit", path, "--explain").out
    for text in ("years by indicator", "measure actual", "Ｒ４ の行", "備考 — 数値ではない"):
        assert text in out
    assert "9 figures = 3 placed + 5 in text + 1 left" in out


def test_json_goes_to_standard_output_and_talk_to_standard_error(
    run: Callable, tmp_path: Path
) -> None:
    ran = run("audit", "--format", "json", *_files(tmp_path, "a.pdf", "broken.pdf"))
    data = json.loads(ran.out)
    assert [row["document"] for row in data["documents"]] == ["a.pdf", "broken.pdf"]
    assert [row["status"] for row in data["documents"]] == ["done", "failed"]
    assert data["documents"][1]["error"].startswith("damaged: ")
    assert [row["rule"] for row in data["findings"]] == ["KZ501", "KZ903", "KZ301"]
    assert ran.err.splitlines()[0] == "error: broken.pdf: the file is damaged or cut off"


def test_standard_input_is_a_document(run: Callable) -> None:
    ran = run("audit", "-", "--format", "json", stdin=b"%PDF-1.7")
    assert json.loads(ran.out)["documents"][0]["document"] == "-"


def test_folders_are_searched(run: Callable, tmp_path: Path) -> None:
    _files(tmp_path, "b/x.pdf", "a.pdf", "b/note.png")
    data = json.loads(run("audit", str(tmp_path), "--format", "json").out)
    statuses = {row["document"]: row["status"] for row in data["documents"]}
    assert statuses == {"a.pdf": "done", "b/x.pdf": "done", "b/note.png": "skipped"}


def test_a_folder_without_documents_is_told(run: Callable, tmp_path: Path) -> None:
    ran = run("audit", str(tmp_path), "--lang", "ja")
    assert (ran.code, ran.out) == (3, "")
    assert "読み取れる文書がありません" in ran.err


def test_missing_files_are_told_and_the_rest_goes_on(run: Callable, tmp_path: Path) -> None:
    ran = run("audit", "no/such.pdf", *_files(tmp_path, "clean.pdf"))
    assert ran.code == 4
    assert "no/such.pdf: no such file" in ran.err
    assert "clean.pdf" in ran.out


def test_a_file_name_cannot_steer_the_terminal(run: Callable, tmp_path: Path) -> None:
    name = "\x1b[2J[red]broken\n\u202e.pdf"
    ran = run("audit", *_files(tmp_path, name))
    assert "\x1b" not in ran.err
    assert "\u202e" not in ran.err
    assert "[red]broken" in ran.err
    assert len(ran.err.splitlines()) == 2
