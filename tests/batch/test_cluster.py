"""The same batch on a local Dask cluster, with a worker lost in the middle."""

from __future__ import annotations

import os
import signal
import warnings
from pathlib import Path

import duckdb
import pytest

from kenzan.batch.inputs import find_inputs
from kenzan.batch.options import BatchOptions
from kenzan.batch.outputs import STORE_NAME
from kenzan.batch.publish import publish_store
from kenzan.batch.run import Event, run_batch
from kenzan.errors import UsageError

SAMPLES = Path(__file__).parents[2] / "samples"
distributed = pytest.importorskip("distributed", reason="kenzan[cluster] is not installed")
pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture
def folder(tmp_path):
    text = (SAMPLES / "siryo6.txt").read_text(encoding="utf-8").split("資料６")[0]
    target = tmp_path / "in"
    target.mkdir()
    for number in range(16):
        (target / f"t{number:02}.txt").write_text(text + "\n" * number, encoding="utf-8")
    (target / "cut.pdf").write_bytes((SAMPLES / "siryo6.pdf").read_bytes()[:20_000])
    return target


@pytest.fixture
def cluster(tmp_path):
    with (
        warnings.catch_warnings(),
        distributed.LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            processes=True,
            dashboard_address=None,
            local_directory=str(tmp_path / "dask"),
        ) as running,
    ):
        yield running


def tables_of(out: Path) -> dict[str, bytes | list[tuple[object, ...]]]:
    """Every table as the bytes of its CSV; of the documents all but the time each took."""
    publish_store(out, ("csv",))
    found: dict[str, bytes | list[tuple[object, ...]]] = {
        path.name: path.read_bytes() for path in out.glob("*.csv") if path.stem != "documents"
    }
    with duckdb.connect(str(out / STORE_NAME), read_only=True) as db:
        query = "SELECT * EXCLUDE (seconds) FROM documents ORDER BY document"
        return found | {"documents": db.execute(query).fetchall()}


def test_a_cluster_gives_the_same_tables_though_a_worker_is_lost(folder, cluster, tmp_path):
    run_batch(find_inputs([str(folder)]), tmp_path / "here", BatchOptions(jobs=2))
    pids = [worker.pid for worker in cluster.workers.values()]

    lost: list[int] = []

    def lose_one(event: Event) -> None:
        if event.settled >= 4 and not lost:  # some are done, most are not
            lost.append(pids[0])
            os.kill(pids[0], signal.SIGKILL)

    options = BatchOptions(scheduler=cluster.scheduler_address)
    summary = run_batch(find_inputs([str(folder)]), tmp_path / "there", options, lose_one)
    assert lost
    assert summary.counts == {"done": 16, "failed": 1}
    assert tables_of(tmp_path / "there") == tables_of(tmp_path / "here")


def test_urls_are_read_through_fsspec(folder, tmp_path):
    run_batch(find_inputs([str(folder)]), tmp_path / "path", BatchOptions(jobs=2))
    run_batch(find_inputs([folder.as_uri()]), tmp_path / "url", BatchOptions(jobs=2))
    assert tables_of(tmp_path / "url") == tables_of(tmp_path / "path")


def test_no_scheduler_is_a_clear_error(folder, tmp_path, monkeypatch):
    monkeypatch.setattr("kenzan.batch.cluster.CONNECT_SECONDS", 1)
    with pytest.raises(UsageError, match="scheduler"):
        run_batch(
            find_inputs([str(folder)]),
            tmp_path / "out",
            BatchOptions(scheduler="tcp://127.0.0.1:1"),
        )
