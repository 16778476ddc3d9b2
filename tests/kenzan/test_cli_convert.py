"""``kenzan convert`` and ``kenzan export``: every file accounted for, output whole or not there."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import kenzan

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLES = Path(__file__).parents[2] / "samples"
TABLES = ["checks", "documents", "findings", "indicators", "narratives", "observations", "projects"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two good documents, a broken one, and something that is none."""
    inside = tmp_path / "in"
    (inside / "sub").mkdir(parents=True)
    shutil.copy(SAMPLES / "siryo6.pdf", inside / "a.pdf")
    (inside / "sub" / "plain.txt").write_text("資料１\n説明のみの文書です。\n", encoding="utf-8")
    (inside / "sub" / "broken.pdf").write_bytes((SAMPLES / "siryo6.pdf").read_bytes()[:9000])
    (inside / "logo.png").write_bytes(b"\x89PNG")
    return inside


def _documents(out: Path) -> dict[str, str]:
    text = (out / "documents.csv").read_bytes().decode("utf-8-sig")
    return {row["document"]: row["status"] for row in csv.DictReader(io.StringIO(text))}


def test_every_file_is_accounted_for(run: Callable, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    ran = run("convert", str(folder), "-o", str(out))
    assert ran.code == 4
    assert _documents(out) == {
        "a.pdf": "done",
        "sub/plain.txt": "done",
        "sub/broken.pdf": "failed",
        "logo.png": "skipped",
    }
    lines = [line for line in ran.err.splitlines() if "sub/broken.pdf" in line]
    assert lines == ["error: sub/broken.pdf: the file is damaged or cut off"]
    names = [*(f"{t}.csv" for t in TABLES), "datapackage.json", "kenzan.duckdb", "kenzan.json"]
    assert sorted(path.name for path in out.iterdir()) == sorted(names)
    assert sorted(ran.out.split()) == sorted(str(out / name) for name in names)


def test_a_second_run_keeps_what_is_there(run: Callable, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = run("convert", str(folder), "-o", str(out))
    before = (out / "observations.csv").read_bytes()
    again = run("convert", str(folder), "-o", str(out))
    assert (first.code, again.code) == (4, 4)
    assert "a.pdf: kept from the last run" in again.err
    assert (out / "observations.csv").read_bytes() == before


def test_inconsistencies_are_no_failure(run: Callable, folder: Path, tmp_path: Path) -> None:
    assert run("convert", str(folder / "a.pdf"), "-o", str(tmp_path / "out")).code == 0


def test_nothing_readable(run: Callable, folder: Path, tmp_path: Path) -> None:
    ran = run("convert", str(folder / "sub" / "broken.pdf"), "-o", str(tmp_path / "out"))
    assert ran.code == 3
    assert _documents(tmp_path / "out") == {"broken.pdf": "failed"}


def test_output_inside_the_input_is_not_read(run: Callable, folder: Path) -> None:
    for _ in range(2):
        run("convert", str(folder), "-o", str(folder / "out"))
    assert len(_documents(folder / "out")) == 4


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_an_output_that_cannot_be_written(
    run: Callable, folder: Path, tmp_path: Path, lang: str
) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file", encoding="utf-8")
    ran = run("convert", str(folder), "-o", str(blocked), "--lang", lang)
    assert ran.code == 5
    assert ran.out == ""
    assert len(ran.err.splitlines()) == 2
    assert blocked.read_text(encoding="utf-8") == "a file"


def test_formats_are_chosen_and_written_later(run: Callable, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("convert", str(folder / "a.pdf"), "-o", str(out), "--to", "jsonl")
    jsonl = [f"{table}.jsonl" for table in TABLES]
    assert sorted(path.name for path in out.iterdir()) == sorted(["kenzan.duckdb", *jsonl])
    ran = run("export", str(out), "--to", "csv")
    assert ran.code == 0
    assert _documents(out) == {"a.pdf": "done"}


def test_export_wants_a_converted_folder(run: Callable, tmp_path: Path) -> None:
    ran = run("export", str(tmp_path))
    assert ran.code == 3
    assert "kenzan.duckdb" in ran.err


def test_a_list_of_files(run: Callable, folder: Path, tmp_path: Path) -> None:
    listed = f"{folder / 'a.pdf'}\n\n{folder / 'sub' / 'plain.txt'}\n"
    ran = run("convert", "--files-from", "-", "-o", str(tmp_path / "out"), stdin=listed.encode())
    assert ran.code == 0
    assert sorted(_documents(tmp_path / "out")) == ["a.pdf", "plain.txt"]


def test_progress_for_machines(run: Callable, folder: Path, tmp_path: Path) -> None:
    ran = run("convert", str(folder), "-o", str(tmp_path / "out"), "--log-format", "json")
    records = [json.loads(line) for line in ran.err.splitlines() if line.startswith("{")]
    assert {record["document"]: record["status"] for record in records} == {
        "a.pdf": "done",
        "sub/plain.txt": "done",
        "sub/broken.pdf": "failed",
        "logo.png": "skipped",
    }


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("ja", ["2 件: ファイルが壊れているか、途中で切れています", "1 件: 中身が空です"]),
        ("en", ["2: the file is damaged or cut off", "1: the file is empty"]),
    ],
)
def test_the_end_tells_why_documents_were_not_read(
    run: Callable, folder: Path, tmp_path: Path, lang: str, told: list[str]
) -> None:
    (folder / "other.pdf").write_bytes((SAMPLES / "siryo6.pdf").read_bytes()[:8000])
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "~$a.docx").write_bytes(b"lock")
    ran = run("convert", str(folder), "-o", str(tmp_path / "out"), "--lang", lang)
    lines = [line.strip() for line in ran.err.splitlines()]
    assert [line for line in lines if line in told] == told
    assert any("~$" in line or "lock file" in line for line in lines)


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("seconds", [0.6, 1.0, 2.0])
def test_an_interrupt_stops_cleanly_and_says_how_to_go_on(
    folder: Path, tmp_path: Path, seconds: float
) -> None:
    for number in range(20):
        text = f"資料１\n説明のみの文書 {number} です。\n"
        (folder / f"t{number}.txt").write_text(text, encoding="utf-8")
    out = tmp_path / "out"
    call = [sys.executable, "-m", "kenzan", "convert", str(folder), "-o", str(out), "--lang", "en"]
    with subprocess.Popen(
        call, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        time.sleep(seconds)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGINT)  # as a terminal does: every process gets it
        told = process.communicate(timeout=60)[1].decode("utf-8")
    assert "Traceback" not in told
    if process.returncode == 130:
        assert told.endswith("interrupted.\n")
        assert ("Run the same command again" in told) == (out / "kenzan.duckdb").exists()
    assert not list(tmp_path.glob("out/.kenzan-*"))


def test_pages_to_look_at(run: Callable, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("convert", str(folder), "-o", str(out), "--html", "--lang", "ja")
    index = (out / "html" / "index.html").read_text(encoding="utf-8")
    pages = sorted(path.name for path in (out / "html").iterdir() if path.name != "index.html")
    assert len(pages) == 2
    assert all(f'href="{name}"' in index for name in pages)
    assert index.index("a.pdf") < index.index("sub/broken.pdf") < index.index("sub/plain.txt")


def test_in_python(folder: Path, tmp_path: Path) -> None:
    seen = []
    conversion = kenzan.convert_reports([folder], tmp_path / "out", to=["json"], tell=seen.append)
    assert (conversion.read, conversion.inconsistent, len(conversion.errors)) == (2, 1, 1)
    assert sorted(event.name for event in seen) == [row.document for row in conversion.documents]
    names = {path.name for path in conversion.files}
    assert names == {"kenzan.duckdb", "kenzan.json"}
    data = json.loads((tmp_path / "out" / "kenzan.json").read_text(encoding="utf-8"))
    assert len(data["documents"]) == 4
    with pytest.raises(kenzan.UsageError):
        kenzan.convert_reports([folder], tmp_path / "out", to="")
    with pytest.raises(kenzan.UsageError):
        kenzan.convert_reports(["-"], tmp_path / "out")
    with pytest.raises(TypeError, match="across"):  # a choice of how to run, not of how to read
        kenzan.convert_reports([folder], tmp_path / "out", across=False)  # type: ignore[call-arg]
