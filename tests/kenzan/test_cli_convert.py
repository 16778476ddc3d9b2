"""``kenzan convert`` on hand-made reports: every file accounted for, output whole or not there."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

import kenzan

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("hand_made")

TABLES = ["checks", "documents", "findings", "indicators", "narratives", "observations", "projects"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two good documents, a broken one, and something that is none."""
    for name in ("a.pdf", "sub/clean.pdf", "sub/broken.pdf", "logo.png"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"%PDF-1.7")
    return tmp_path / "in"


def _documents(out: Path) -> dict[str, str]:
    text = (out / "documents.csv").read_bytes().decode("utf-8-sig")
    return {row["document"]: row["status"] for row in csv.DictReader(io.StringIO(text))}


def test_tables_and_package_are_written(run: Callable, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    ran = run("convert", str(folder), "-o", str(out))
    names = sorted(path.name for path in out.iterdir())
    assert names == sorted([*(f"{t}.csv" for t in TABLES), "datapackage.json", "kenzan.json"])
    assert sorted(ran.out.split()) == sorted(str(out / name) for name in names)


def test_every_file_is_accounted_for(run: Callable, folder: Path, tmp_path: Path) -> None:
    ran = run("convert", str(folder), "-o", str(tmp_path / "out"))
    assert ran.code == 4
    assert _documents(tmp_path / "out") == {
        "a.pdf": "done",
        "sub/clean.pdf": "done",
        "sub/broken.pdf": "failed",
        "logo.png": "skipped",
    }
    lines = [line for line in ran.err.splitlines() if "sub/broken.pdf" in line]
    assert lines == ["error: sub/broken.pdf: the file is damaged or cut off"]


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


def test_a_stop_in_the_middle_leaves_nothing(
    run: Callable, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kenzan.terminal.exits.Exits.note", stop)
    ran = run("convert", str(folder), "-o", str(tmp_path / "out"))
    assert ran.code == 130
    assert not (tmp_path / "out").exists()


def test_formats_are_chosen(run: Callable, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("convert", str(folder), "-o", str(out), "--to", "jsonl")
    assert sorted(path.name for path in out.iterdir()) == [f"{table}.jsonl" for table in TABLES]


def test_same_names_in_two_folders_stay_apart(run: Callable, tmp_path: Path) -> None:
    for name in ("x", "y"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "clean.pdf").write_bytes(b"%PDF-1.7")
    run("convert", str(tmp_path / "x"), str(tmp_path / "y"), "-o", str(tmp_path / "out"))
    assert len(_documents(tmp_path / "out")) == 2


def test_in_python(folder: Path, tmp_path: Path) -> None:
    seen = []
    conversion = kenzan.convert_reports(
        [folder], tmp_path / "out", to=["json"], tell=lambda outcome: seen.append(outcome.row)
    )
    assert (conversion.read, conversion.inconsistent, len(conversion.errors)) == (2, 1, 1)
    assert conversion.documents == tuple(seen)
    assert conversion.files == (tmp_path / "out" / "kenzan.json",)
    data = json.loads(conversion.files[0].read_text(encoding="utf-8"))
    assert len(data["documents"]) == 4
    with pytest.raises(kenzan.UsageError):
        kenzan.convert_reports([folder], tmp_path / "out", to="")
