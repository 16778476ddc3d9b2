"""Workers that die, hang or swell cost one task each."""

from __future__ import annotations

import os
import signal
import time
from multiprocessing import forkserver
from pathlib import Path

import pytest

from kenzan.batch.options import Limits
from kenzan.batch.pool import WorkerLostError, WorkerPool


def test_results_come_back_in_their_futures():
    with WorkerPool(2, Limits()) as pool:
        futures = [pool.submit(divmod, number, 7) for number in range(40)]
        assert [future.result(30) for future in futures] == [divmod(n, 7) for n in range(40)]


def test_an_exception_belongs_to_its_task():
    with WorkerPool(1, Limits()) as pool:
        bad, good = pool.submit(divmod, 1, 0), pool.submit(divmod, 9, 4)
        with pytest.raises(ZeroDivisionError):
            bad.result(30)
        assert good.result(30) == (2, 1)


def test_a_worker_that_dies_costs_one_task():
    with WorkerPool(2, Limits()) as pool:
        bad = pool.submit(os._exit, 3)
        good = [pool.submit(abs, -number) for number in range(10)]
        with pytest.raises(WorkerLostError, match="code 3") as lost:
            bad.result(30)
        assert lost.value.reason == "died"
        assert [future.result(30) for future in good] == list(range(10))


def test_a_worker_that_is_killed_is_told_by_its_signal():
    with WorkerPool(1, Limits()) as pool:
        pid = pool.submit(os.getpid).result(30)
        sleeping = pool.submit(time.sleep, 60)
        while not sleeping.running():
            time.sleep(0.01)
        os.kill(pid, signal.SIGKILL)
        with pytest.raises(WorkerLostError, match="SIGKILL"):
            sleeping.result(30)
        assert pool.submit(abs, -1).result(30) == 1


@pytest.mark.parametrize(
    ("limits", "reason"),
    [(Limits(seconds=0.3), "time"), (Limits(seconds=60, silence=0.3), "silence")],
)
def test_a_worker_that_hangs_is_ended(limits, reason):
    with WorkerPool(1, limits) as pool:
        hanging, next_one = pool.submit(time.sleep, 60), pool.submit(abs, -5)
        with pytest.raises(WorkerLostError) as lost:
            hanging.result(30)
        assert lost.value.reason == reason
        assert next_one.result(30) == 5


def test_a_worker_that_swells_is_ended():
    with WorkerPool(1, Limits(megabytes=300)) as pool:
        swelling = pool.submit(_grow(), 800)
        with pytest.raises((WorkerLostError, MemoryError)) as lost:
            swelling.result(60)
        assert getattr(lost.value, "reason", "memory") == "memory"


def _grow():
    """A picklable call that holds on to memory for a while."""
    from kenzan.batch import worker

    return worker.hold_megabytes


def test_workers_are_recycled():
    with WorkerPool(1, Limits(recycle_after=2)) as pool:
        pids = [pool.submit(os.getpid).result(30) for _ in range(6)]
    assert len(set(pids)) == 3


def test_stopping_leaves_no_process_behind():
    pool = WorkerPool(2, Limits())
    pids = {pool.submit(os.getpid).result(30) for _ in range(8)}
    futures = [pool.submit(time.sleep, 60) for _ in range(4)]
    time.sleep(0.3)
    pool.shutdown(wait=True, cancel_futures=True)
    assert all(future.done() for future in futures)
    assert not [pid for pid in pids if _is_running(pid)]


def _is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_closed_pool_takes_no_more():
    pool = WorkerPool(1, Limits())
    pool.shutdown()
    with pytest.raises(RuntimeError, match="closed"):
        pool.submit(abs, 1)


def test_a_lost_server_of_processes_is_started_anew():
    with WorkerPool(1, Limits(recycle_after=1)) as pool:
        for number in range(4):
            assert pool.submit(abs, -number).result(30) == number
            os.kill(forkserver._forkserver._forkserver_pid, signal.SIGKILL)


def test_a_start_that_fails_for_a_moment_is_tried_again(monkeypatch):
    real, failures = WorkerPool._start_once, [EOFError(), ConnectionRefusedError()]

    def start(pool):
        if failures:
            raise failures.pop()
        return real(pool)

    monkeypatch.setattr(WorkerPool, "_start_once", start)
    with WorkerPool(1, Limits()) as pool:
        assert pool.submit(abs, -1).result(30) == 1


def test_a_pool_without_workers_says_so_to_every_task(monkeypatch):
    def start(_):
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(WorkerPool, "_start_once", start)
    monkeypatch.setattr("kenzan.batch.pool.LOOK_EVERY", 0.001)
    with WorkerPool(1, Limits()) as pool:
        waiting = [pool.submit(abs, -1)]
        with pytest.raises(WorkerLostError, match="unavailable") as lost:
            waiting[0].result(30)
        assert lost.value.reason == "unavailable"
        with pytest.raises(WorkerLostError, match="unavailable"):
            pool.submit(abs, -1)


def test_workers_start_no_threads_for_linear_algebra(monkeypatch):
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    before = dict(os.environ)
    with WorkerPool(1, Limits()) as pool:
        assert pool.submit(os.getenv, "OPENBLAS_NUM_THREADS").result(30) == "1"
    assert dict(os.environ) == before
