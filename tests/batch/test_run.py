"""A run accounts for every file, resumes where it was, and equals an undisturbed one."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import psutil
import pytest

from kenzan.batch.inputs import find_inputs
from kenzan.batch.options import BatchOptions, Limits
from kenzan.batch.outputs import STORE_NAME
from kenzan.batch.run import run_batch
from kenzan.errors import ExportError

SAMPLES = Path(__file__).parents[2] / "samples"
TABLES = ("projects", "indicators", "observations", "narratives", "checks", "findings")
OPTIONS = BatchOptions(jobs=2, limits=Limits(seconds=60, silence=30))


def fill(folder: Path, copies: int = 1) -> Path:
    """A folder of good, doubled, damaged and foreign files."""
    folder.mkdir(parents=True, exist_ok=True)
    text = (SAMPLES / "siryo6.txt").read_text(encoding="utf-8").split("資料６")[0]
    for number in range(copies):
        (folder / f"t{number}.txt").write_text(text + "\n" * number, encoding="utf-8")
    shutil.copy(SAMPLES / "siryo6.pdf", folder / "a.pdf")
    shutil.copy(SAMPLES / "siryo6.pdf", folder / "twin.pdf")
    (folder / "cut.pdf").write_bytes((SAMPLES / "siryo6.pdf").read_bytes()[:20_000])
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "photo.jpg").write_bytes(b"jpeg")
    return folder


def tables_of(out: Path) -> dict[str, list[tuple[object, ...]]]:
    with duckdb.connect(str(out / STORE_NAME), read_only=True) as db:
        found = {name: db.execute(f"SELECT * FROM {name}").fetchall() for name in TABLES}
        found["documents"] = db.execute(
            "SELECT * EXCLUDE (seconds) FROM documents ORDER BY document"
        ).fetchall()
    return found


def statuses(out: Path) -> dict[str, str]:
    with duckdb.connect(str(out / STORE_NAME), read_only=True) as db:
        return dict(db.execute("SELECT document, status FROM documents").fetchall())


def test_every_file_is_accounted_for(tmp_path):
    summary = run_batch(find_inputs([str(fill(tmp_path / "in"))]), tmp_path / "out", OPTIONS)
    assert statuses(tmp_path / "out") == {
        "a.pdf": "done",
        "cut.pdf": "failed",
        "empty.pdf": "failed",
        "photo.jpg": "skipped",
        "t0.txt": "done",
        "twin.pdf": "done",
    }
    assert summary.total == 6
    assert sorted(name for name, _ in summary.failures) == ["cut.pdf", "empty.pdf"]


def test_one_content_is_read_once(tmp_path):
    run_batch(find_inputs([str(fill(tmp_path / "in"))]), tmp_path / "out", OPTIONS)
    with duckdb.connect(str(tmp_path / "out" / STORE_NAME), read_only=True) as db:
        assert db.execute(
            "SELECT document FROM documents WHERE duplicate_of = 'a.pdf'"
        ).fetchall() == [("twin.pdf",)]
        assert db.execute(
            "SELECT count(*) FROM observations WHERE document = 'twin.pdf'"
        ).fetchone() == (0,)
        assert db.execute(
            "SELECT count(*) FROM observations WHERE document = 'a.pdf'"
        ).fetchone() == (72,)


def test_what_is_held_is_kept_and_what_changed_is_read_again(tmp_path):
    folder, out = fill(tmp_path / "in"), tmp_path / "out"
    run_batch(find_inputs([str(folder)]), out, OPTIONS)
    before = tables_of(out)
    summary = run_batch(find_inputs([str(folder)]), out, OPTIONS)
    assert summary.counts == {"kept": 5, "skipped": 1}
    assert tables_of(out) == before
    (folder / "t0.txt").write_text("資料\n", encoding="utf-8")
    assert run_batch(find_inputs([str(folder)]), out, OPTIONS).counts["kept"] == 4


def test_failed_documents_are_tried_again_when_asked(tmp_path):
    folder, out = fill(tmp_path / "in"), tmp_path / "out"
    run_batch(find_inputs([str(folder)]), out, OPTIONS)
    again = BatchOptions(jobs=2, retry_failed=True)
    assert run_batch(find_inputs([str(folder)]), out, again).counts["failed"] == 2
    forced = BatchOptions(jobs=2, force=True)
    assert "kept" not in run_batch(find_inputs([str(folder)]), out, forced).counts


def test_an_output_that_cannot_be_made_is_an_error(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ExportError):
        run_batch(find_inputs([str(fill(tmp_path / "in"))]), tmp_path / "file" / "out", OPTIONS)


SCRIPT = """
import sys
from pathlib import Path
from kenzan.batch.options import BatchOptions
from kenzan.batch.inputs import find_inputs
from kenzan.batch.run import run_batch
run_batch(find_inputs([sys.argv[1]]), Path(sys.argv[2]), BatchOptions(jobs=2))
"""


def start(folder: Path, out: Path) -> subprocess.Popen[bytes]:
    call = [sys.executable, "-c", SCRIPT, str(folder), str(out)]
    return subprocess.Popen(call, start_new_session=True, stderr=subprocess.DEVNULL)


def children_of(pid: int) -> list[int]:
    """All living processes started under ``pid``."""
    with contextlib.suppress(psutil.NoSuchProcess):
        return [child.pid for child in psutil.Process(pid).children(recursive=True)]
    return []


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_a_run_that_is_killed_goes_on_where_it_was(tmp_path):
    folder = fill(tmp_path / "in", copies=12)
    run_batch(find_inputs([str(folder)]), tmp_path / "whole", OPTIONS)
    rng = random.Random(7)
    for attempt in range(3):
        out = tmp_path / f"killed{attempt}"
        process = start(folder, out)
        time.sleep(rng.uniform(0.3, 2.5))
        below = children_of(process.pid)
        process.kill()
        process.wait()
        deadline = time.monotonic() + 10
        while any(map(is_running, below)) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not [pid for pid in below if is_running(pid)]
        run_batch(find_inputs([str(folder)]), out, OPTIONS)
        assert tables_of(out) == tables_of(tmp_path / "whole")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_workers_that_are_killed_cost_nothing_in_the_end(tmp_path):
    folder = fill(tmp_path / "in", copies=12)
    run_batch(find_inputs([str(folder)]), tmp_path / "whole", OPTIONS)
    out = tmp_path / "out"
    process = start(folder, out)
    rng = random.Random(3)
    for _ in range(6):
        time.sleep(rng.uniform(0.2, 0.6))
        workers = children_of(process.pid)
        if workers and process.poll() is None:
            try:
                os.kill(rng.choice(workers), signal.SIGKILL)
            except ProcessLookupError:
                continue
    process.wait(60)
    run_batch(find_inputs([str(folder)]), out, OPTIONS)
    assert tables_of(out) == tables_of(tmp_path / "whole")
