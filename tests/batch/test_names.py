"""No document of one folder is written over by one of another folder with the same name."""

from __future__ import annotations

from pathlib import Path

import pytest

from kenzan.batch.inputs import find_inputs
from kenzan.batch.options import BatchOptions
from kenzan.batch.outputs import STORE_NAME
from kenzan.batch.run import run_batch
from kenzan.batch.store import Store

OPTIONS = BatchOptions(jobs=1)


@pytest.fixture
def folders(tmp_path, monkeypatch):
    """Two folders with a document of the same name each, and an empty place for the output."""
    for name in "xy":
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text(f"資料１\n説明のみの文書 {name} です。\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def read(*given: str) -> dict[str, int]:
    return run_batch(find_inputs(list(given), leave_out=Path("out")), Path("out"), OPTIONS).counts


def names() -> list[str]:
    with Store(Path("out") / STORE_NAME, read_only=True) as store:
        return [row.document for row in store.document_rows()]


def test_runs_one_after_the_other(folders):
    assert read("x") == {"done": 1}
    assert read("y") == {"done": 1}
    there = (folders / "y" / "a.txt").as_posix()
    assert names() == sorted(["a.txt", there])
    assert read("x") == read("y") == {"kept": 1}


def test_a_document_keeps_the_name_it_was_first_read_under(folders):
    read("x")
    assert read(".") == {"kept": 1, "done": 1}
    assert names() == sorted(["a.txt", "y/a.txt"])
    assert read(str(folders), "x") == {"kept": 2, "duplicate": 1}
    assert names() == sorted(["a.txt", "x/a.txt", "y/a.txt"])


def test_a_new_version_and_a_new_place_replace_the_old(folders):
    read("x")
    (folders / "x" / "a.txt").write_text("資料２\n", encoding="utf-8")
    assert read("x") == {"done": 1}
    (folders / "x" / "a.txt").rename(folders / "y" / "a.txt")
    assert read("y") == {"kept": 1}
    (folders / "y" / "a.txt").rename(folders / "x" / "a.txt")
    (folders / "x" / "a.txt").write_text("資料３\n", encoding="utf-8")
    assert read("x") == {"done": 1}
    assert names() == ["a.txt"]
