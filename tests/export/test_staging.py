"""Output is whole or not there at all."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from kenzan.errors import ExportError
from kenzan.export.staging import remove_stale, stage_folder

if TYPE_CHECKING:
    from pathlib import Path


def test_files_appear_only_at_the_end(tmp_path: Path) -> None:
    out = tmp_path / "a" / "out"
    with stage_folder(out) as stage:
        (stage / "data.csv").write_text("x", encoding="utf-8")
        assert not (out / "data.csv").exists()
    assert sorted(path.name for path in out.iterdir()) == ["data.csv"]


def test_an_error_leaves_nothing_behind(tmp_path: Path) -> None:
    out = tmp_path / "a" / "out"
    with pytest.raises(RuntimeError), stage_folder(out) as stage:
        (stage / "data.csv").write_text("half", encoding="utf-8")
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


def test_an_error_leaves_the_old_files(tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_text("old", encoding="utf-8")
    with pytest.raises(RuntimeError), stage_folder(tmp_path) as stage:
        (stage / "data.csv").write_text("half", encoding="utf-8")
        raise RuntimeError
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("data.csv", "old")]


def test_old_files_are_replaced_and_others_stay(tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_text("old", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with stage_folder(tmp_path) as stage:
        (stage / "data.csv").write_text("new", encoding="utf-8")
    assert (tmp_path / "data.csv").read_text() == "new"
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_a_file_in_the_way_is_an_export_error(tmp_path: Path) -> None:
    blocked = tmp_path / "out"
    blocked.write_text("a file", encoding="utf-8")
    with pytest.raises(ExportError) as caught, stage_folder(blocked):
        pass
    assert caught.value.exit_code == 5
    assert str(blocked) in caught.value.message("ja")


@pytest.mark.skipif(os.name == "nt", reason="no such folder there")
def test_a_folder_that_cannot_be_made_is_an_export_error() -> None:
    from pathlib import Path as Real

    with pytest.raises(ExportError), stage_folder(Real("/proc/no/such/place")):
        pass


def test_a_full_disk_is_an_export_error(tmp_path: Path) -> None:
    with pytest.raises(ExportError) as caught, stage_folder(tmp_path / "out"):
        raise OSError(28, "No space left on device", str(tmp_path / "out" / "x.csv"))
    assert "No space left" in caught.value.message()
    assert list(tmp_path.iterdir()) == []


_LEAVE = """
import os, sys
from pathlib import Path
from kenzan.export.staging import stage_folder
with stage_folder(Path(sys.argv[1])) as stage:
    (stage / "data.csv").write_text("half")
    os._exit(9)
"""


@pytest.mark.skipif(os.name == "nt", reason="folders cannot be locked there")
def test_what_a_killed_process_left_is_cleared_and_what_is_in_use_stays(tmp_path: Path) -> None:
    call = [sys.executable, "-c", _LEAVE, str(tmp_path)]
    (tmp_path / ".kenzan-notes").write_text("a file of somebody", encoding="utf-8")
    assert subprocess.run(call, check=False).returncode == 9
    (left,) = (path for path in tmp_path.iterdir() if path.is_dir())
    with stage_folder(tmp_path) as stage:
        assert not left.exists()
        remove_stale(tmp_path)
        assert stage.is_dir()
    assert [path.name for path in tmp_path.iterdir()] == [".kenzan-notes"]
