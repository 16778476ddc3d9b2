"""Worker processes that may die, hang or swell without harming the run.

A ``concurrent.futures.Executor`` like ``ProcessPoolExecutor``, which gives up all its work when
one worker dies; here the loss of a worker costs the one task it was at. Each worker is one
process with one pipe. A single thread of the parent hands out tasks, listens, and ends workers
that exceed their limits.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import deque
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import field
from multiprocessing import resource_tracker
from multiprocessing.connection import wait
from types import ModuleType
from typing import TYPE_CHECKING, Any

from kenzan.batch.limits import resident_megabytes
from kenzan.batch.worker import serve_tasks
from kenzan.errors import CrashedError, TooLargeError, TooSlowError
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from kenzan.batch.options import Limits

LOOK_EVERY = 0.05
GRACE = 2.0
START_TRIES = 5
"""A start fails when the server of processes is lost at that very moment; it is started anew."""
_CODES = {
    "time": TooSlowError.code,
    "silence": TooSlowError.code,
    "memory": TooLargeError.code,
}
_ENVIRONMENT = {"PYTHONSAFEPATH": "1", "OPENBLAS_NUM_THREADS": "1"}


class WorkerLostError(Exception):
    """A worker was lost with the task it was at; ``reason`` is died, time, silence or memory.

    The reason ``unavailable`` tells that no worker can be started any more: the pool is at its end.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail

    @property
    def code(self) -> str:
        """The code of the error that this is to the document that the worker was at."""
        return _CODES.get(self.reason, CrashedError.code)


@dataclass(slots=True)
class _Job:
    future: Future[Any]
    call: tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    job: _Job | None = None
    started: float = 0.0
    heard: float = 0.0
    done: int = 0
    lost: tuple[str, str] | None = field(default=None)


class WorkerPool(Executor):
    """Runs calls in ``jobs`` worker processes under ``limits``.

    Tasks and their results must be picklable. A task that loses its worker ends with
    ``WorkerLostError``; all others go on.
    """

    def __init__(self, jobs: int, limits: Limits) -> None:
        method = (
            "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
        )
        self._context: Any = multiprocessing.get_context(method)
        if method == "forkserver":
            self._context.set_forkserver_preload(["kenzan.batch.preload"])
        self._limits = limits
        self._jobs = max(1, jobs)
        self._queue: deque[_Job] = deque()
        self._lock = threading.Lock()
        self._workers: list[_Worker] = []
        self._waker, self._wake_end = self._context.Pipe(duplex=False)
        self._alive_end, self._alive = self._context.Pipe(duplex=False)
        self._closing = False
        self._broken: WorkerLostError | None = None
        self._thread = threading.Thread(target=self._tend, name="kenzan-pool", daemon=True)
        self._thread.start()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Queue a call; it starts when a worker is free."""
        future: Future[Any] = Future()
        with self._lock:
            if self._broken is not None:
                raise self._broken
            if self._closing:
                raise RuntimeError("the pool is closed")
            self._queue.append(_Job(future, (fn, args, kwargs)))
        self._wake()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002
        """End the workers: at once if ``cancel_futures``, otherwise when the queue is done."""
        with self._lock:
            self._closing = True
            if cancel_futures:
                for job in self._queue:
                    job.future.cancel()
                self._queue.clear()
                for worker in self._workers:
                    worker.lost = ("cancelled", "the run was stopped")
                    worker.process.kill()
        self._wake()
        if wait:
            self._thread.join()

    def _wake(self) -> None:
        try:
            self._wake_end.send_bytes(b".")
        except OSError:
            return

    def _tend(self) -> None:
        """The parent's one thread: start, hand out, listen, watch, until closed and idle."""
        try:
            while not self._finished():
                self._hand_out()
                self._listen()
                self._watch()
        except (OSError, EOFError) as error:
            self._give_up(error)
        except BaseException as error:  # nobody else would hear of it: tell every future
            self._give_up(error)
            raise
        finally:
            self._end_all()

    def _give_up(self, error: BaseException) -> None:
        self._broken = WorkerLostError("unavailable", f"no worker can be started: {error}")
        with self._lock:
            self._closing = True
            waiting = [*self._queue, *(worker.job for worker in self._workers if worker.job)]
            self._queue.clear()
        for worker in self._workers:
            worker.job = None
        for job in waiting:
            if not job.future.done():
                job.future.set_exception(self._broken)

    def _finished(self) -> bool:
        with self._lock:
            busy = any(worker.job for worker in self._workers)
            return self._closing and not self._queue and not busy

    def _hand_out(self) -> None:
        with self._lock:
            wanted = min(self._jobs, len(self._queue) + sum(1 for w in self._workers if w.job))
        while len(self._workers) < wanted:
            self._workers.append(self._start())
        for worker in self._workers:
            if worker.job is None and not self._give(worker):
                break

    def _give(self, worker: _Worker) -> bool:
        """Hand the next live job to a free worker; whether there was one."""
        while True:
            with self._lock:
                if not self._queue:
                    return False
                job = self._queue.popleft()
            if not job.future.set_running_or_notify_cancel():
                continue
            worker.job, worker.started = job, time.monotonic()
            worker.heard = worker.started
            try:
                worker.pipe.send(job.call)
            except OSError:
                worker.lost = worker.lost or ("died", "the worker ended before it began")
            except Exception as error:  # noqa: BLE001  a task that cannot be pickled is its own failure
                worker.job = None
                job.future.set_exception(error)
            return True

    def _start(self) -> _Worker:
        for attempt in range(1, START_TRIES):
            try:
                return self._start_once()
            except (OSError, EOFError):
                time.sleep(LOOK_EVERY * 2**attempt)
        return self._start_once()

    def _start_once(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(
            target=serve_tasks,
            args=(theirs, self._alive_end, self._limits.megabytes),
            daemon=True,
        )
        with _without_main(), _in_own_environment(), _deaf_to_interrupts():
            process.start()
        theirs.close()
        return _Worker(process, ours)

    def _listen(self) -> None:
        pipes: dict[Any, _Worker] = {worker.pipe: worker for worker in self._workers}
        ends: dict[Any, _Worker] = {worker.process.sentinel: worker for worker in self._workers}
        ready = wait([self._waker, *pipes, *ends], LOOK_EVERY)
        if self._waker in ready:
            while self._waker.poll():
                self._waker.recv_bytes()
        for item in ready:
            if item in pipes:
                self._hear(pipes[item])
        for item in ready:
            worker = ends.get(item)
            if worker is not None and worker in self._workers:
                self._lose(worker)

    def _hear(self, worker: _Worker) -> None:
        try:
            while worker.pipe.poll():
                kind, content = worker.pipe.recv()
                worker.heard = time.monotonic()
                if kind != "beat":
                    self._settle(worker, kind, content)
        except (EOFError, OSError):
            self._lose(worker)

    def _settle(self, worker: _Worker, kind: str, content: Any) -> None:
        job, worker.job = worker.job, None
        worker.done += 1
        if job is not None and kind == "result":
            job.future.set_result(content)
        elif job is not None:
            job.future.set_exception(content)
        if worker.done >= self._limits.recycle_after:
            self._retire(worker)

    def _retire(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.pipe.close()
        worker.process.join(GRACE)
        if worker.process.is_alive():
            worker.process.kill()
            worker.process.join()

    def _lose(self, worker: _Worker) -> None:
        worker.process.join(GRACE)
        if worker.process.is_alive():
            worker.process.kill()
            worker.process.join()
        if worker in self._workers:
            self._workers.remove(worker)
        worker.pipe.close()
        reason, detail = worker.lost or ("died", _how_it_ended(worker.process.exitcode))
        if worker.job is not None:
            job, worker.job = worker.job, None
            job.future.set_exception(WorkerLostError(reason, detail))

    def _watch(self) -> None:
        now = time.monotonic()
        for worker in self._workers:
            if worker.job is None or worker.lost is not None:
                continue
            excess = self._excess(worker, now)
            if excess is not None:
                worker.lost = excess
                worker.process.kill()

    def _excess(self, worker: _Worker, now: float) -> tuple[str, str] | None:
        """The limit a worker is over, with the figures; ``None`` if it keeps them all."""
        limits = self._limits
        if now - worker.started > limits.seconds:
            return "time", f"over {limits.seconds:g} s"
        if now - worker.heard > limits.silence:
            return "silence", f"no sign of progress for {limits.silence:g} s"
        used = resident_megabytes(worker.process.pid)
        if used is not None and used > limits.megabytes:
            return "memory", f"over {limits.megabytes} MB"
        return None

    def _end_all(self) -> None:
        self._alive.close()
        for worker in list(self._workers):
            worker.pipe.close()
        deadline = time.monotonic() + GRACE
        for worker in list(self._workers):
            worker.process.join(max(0.0, deadline - time.monotonic()))
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()
            if worker.job is not None:
                worker.job.future.set_exception(WorkerLostError("cancelled", "the run was stopped"))
        self._workers.clear()
        for end in (self._alive_end, self._waker, self._wake_end):
            end.close()


@contextmanager
def _without_main() -> Iterator[None]:
    """Keep new processes from importing the caller's main module a second time.

    They need nothing of it, and a script without the usual guard would start itself again.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextmanager
def _in_own_environment() -> Iterator[None]:
    """Keep new processes from looking for modules in the current folder first, and lean.

    The fork server is started with ``python -c``, which looks there; in a clone of this project it
    would take the folder ``kenzan`` there for the whole package. A worker is one process for one
    core: threads for linear algebra would only get in the way of the others.
    """
    before = {name: os.environ.get(name) for name in _ENVIRONMENT}
    os.environ.update(_ENVIRONMENT)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Start processes that do not hear Ctrl-C, not even while they load: only the caller stops."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # it lets go of this signal when it starts a process
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _how_it_ended(code: int | None) -> str:
    if code is None:
        return "the worker ended"
    if code < 0:
        try:
            return f"the worker was ended by {signal.Signals(-code).name}"
        except ValueError:
            return f"the worker was ended by signal {-code}"
    return f"the worker ended with code {code}"


def count_cores() -> int:
    """Cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
