"""A disk that gets full ends a run with a clear error, and what is in the store stays whole."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from kenzan.batch.outputs import STORE_NAME

SAMPLES = Path(__file__).parents[2] / "samples"
TABLES = ("observations", "checks", "findings", "narratives")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no limit of the size of files")

# A limit of the size of one file stands in for the size of a disk: the system refuses to write on.
CALL = """
import resource, sys
size = int(sys.argv.pop(1))
if size:
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
from kenzan.cli import main
sys.exit(main())
"""


def run(size: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, "-c", CALL, str(size), *arguments, "--lang", "ja"]
    return subprocess.run(call, capture_output=True, encoding="utf-8", check=False)


def convert(folder: Path, out: Path, size: int = 0) -> subprocess.CompletedProcess[str]:
    return run(size, "convert", str(folder), "-o", str(out), "-j", "1")


def tables_of(out: Path) -> list[list[tuple[object, ...]]]:
    with duckdb.connect(str(out / STORE_NAME), read_only=True) as db:
        return [db.execute(f"SELECT * FROM {name}").fetchall() for name in TABLES]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("in")
    shutil.copy(SAMPLES / "siryo6.pdf", target / "a.pdf")
    shutil.copy(SAMPLES / "siryo6.txt", target / "b.txt")
    return target


@pytest.fixture(scope="module")
def whole(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("whole")
    assert convert(folder, out).returncode == 0
    return out


# While the store is made, and while documents are written into it.
@pytest.mark.parametrize("size", [6_000, 100_000])
def test_a_run_on_a_full_disk_can_be_resumed(size, folder, whole, tmp_path):
    ran = convert(folder, tmp_path, size)
    assert ran.returncode == 5, ran.stderr
    assert "書き込めません" in ran.stderr.splitlines()[-2]
    assert "Traceback" not in ran.stderr
    assert not list(tmp_path.glob(".kenzan-*"))
    assert convert(folder, tmp_path).returncode == 0
    assert tables_of(tmp_path) == tables_of(whole)
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in whole.iterdir()}


def test_formats_that_find_no_room_leave_the_old_ones(whole, tmp_path):
    out = shutil.copytree(whole, tmp_path / "out")
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    ran = run(100_000, "export", str(out), "--to", "csv,json")
    assert ran.returncode == 5
    assert "書き込めません" in ran.stderr
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
