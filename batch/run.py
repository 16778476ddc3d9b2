"""One run over many documents: feed the workers, keep what they find, resume where it was."""

from __future__ import annotations

import time
from collections import deque
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from contextlib import contextmanager
from dataclasses import field
from typing import TYPE_CHECKING, Literal

from kenzan.batch.names import Names
from kenzan.batch.outputs import STORE_NAME
from kenzan.batch.pool import WorkerLostError, WorkerPool, count_cores
from kenzan.batch.task import Digest, Outcome, digest_file, read_one
from kenzan.errors import (
    CrashedError,
    DefectError,
    ExportError,
    NotFoundError,
    restore_error,
)
from kenzan.export.staging import remove_stale
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Executor
    from pathlib import Path

    from kenzan.batch.inputs import Input
    from kenzan.batch.options import BatchOptions
    from kenzan.batch.store import Entry, Known, Store
    from kenzan.errors import KenzanError

COMMIT_EVERY = 2.0
"""Seconds after which what is finished goes into the store. A run that is killed between two
transactions loses what came after the first, and reads those documents again."""

COMMIT_SIZE = 64
Ended = Literal["done", "partial", "failed", "skipped"]
Status = Literal["done", "partial", "failed", "skipped", "kept", "duplicate"]


@dataclass(frozen=True, slots=True)
class Event:
    """One document is settled: how it ended, and how far the run is.

    ``tallies`` count its observations, checks and findings.
    """

    name: str
    status: Status
    settled: int
    total: int
    error: KenzanError | None = None
    seconds: float = 0.0
    tallies: tuple[int, int, int] = (0, 0, 0)

    @property
    def reason(self) -> str:
        """Why it failed, in English; empty if it did not."""
        return self.error.message("en") if self.error else ""


@dataclass(slots=True)
class Summary:
    """How a run ended: how many documents in each status, and which failed why.

    ``inputs`` are the documents under the names that they have in the store.
    """

    total: int = 0
    inputs: list[Input] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    failures: list[tuple[str, str]] = field(default_factory=list)
    seconds: float = 0.0

    def add(self, event: Event) -> None:
        """Count one settled document."""
        self.counts[event.status] = self.counts.get(event.status, 0) + 1
        if event.error is not None:
            self.failures.append((event.name, event.reason))


def run_batch(
    inputs: Sequence[Input],
    out: Path,
    options: BatchOptions,
    tell: Callable[[Event], None] | None = None,
) -> Summary:
    """Read all inputs into ``out``/kenzan.duckdb.

    Documents that the store already holds (same content, version and options) are kept. ``tell``
    is called for every document as it is settled.

    Raises:
        ExportError: the output cannot be written.
        CrashedError: workers cannot be started; what is finished is kept.
    """
    from kenzan.batch.store import Store

    started = time.monotonic()
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(str(out), error.strerror or "") from error
    remove_stale(out)
    with Store(out / STORE_NAME) as store, _open_executor(options) as executor:
        run = _Run(store, executor, options, tell or _say_nothing, len(inputs))
        run.feed(inputs)
    run.summary.seconds = time.monotonic() - started
    return run.summary


def _say_nothing(_: Event) -> None:
    return


def _error_of(status: str, name: str, code: str, detail: str) -> KenzanError | None:
    return restore_error(code, name, detail) if status == "failed" else None


@contextmanager
def _open_executor(options: BatchOptions) -> Iterator[Executor]:
    """The workers: this machine's, or those of a cluster. Ended at once if the run is stopped."""
    if options.scheduler:
        from kenzan.batch.cluster import open_cluster

        executor: Executor = open_cluster(options.scheduler)
    else:
        executor = WorkerPool(options.jobs or count_cores(), options.limits)
    try:
        yield executor
    except BaseException:
        executor.shutdown(wait=True, cancel_futures=True)
        raise
    executor.shutdown(wait=True)


@dataclass(frozen=True, slots=True)
class _Pending:
    entry: Input
    digest: Digest
    tries: int = 1


class _Run:
    """The state of one run; ``feed`` does it all."""

    def __init__(
        self,
        store: Store,
        executor: Executor,
        options: BatchOptions,
        tell: Callable[[Event], None],
        total: int,
    ) -> None:
        from kenzan import __version__

        self.summary = Summary(total)
        self._store = store
        self._executor = executor
        self._options = options
        self._tell = tell
        self._version = __version__
        self._fingerprint = options.fingerprint()
        self._known = store.known()
        self._names = Names(self._known)
        self._owner: dict[str, str] = {}
        self._doubles: list[tuple[Input, Digest, str]] = []
        self._ended: dict[str, tuple[Ended, str]] = {}
        self._finished: list[Entry] = []
        self._committed = time.monotonic()
        self._reading: dict[Future[Outcome], _Pending] = {}
        self._window = 4 * (options.jobs or count_cores()) if not options.scheduler else 256

    def feed(self, inputs: Sequence[Input]) -> None:
        """Settle every input. What is finished is kept even if the run is stopped."""
        try:
            for entry, digest in self._digests(inputs):
                self._settle_or_submit(entry, digest)
                self._collect(block=len(self._reading) >= self._window)
            while self._reading:
                self._collect(block=True)
            for entry, digest, owner in self._doubles:
                self._settle_double(entry, digest, owner)
        except WorkerLostError as lost:  # no document's fault: none is recorded as failed
            raise CrashedError("", lost.detail) from lost
        finally:
            self._commit()

    def _digests(self, inputs: Sequence[Input]) -> Iterator[tuple[Input, Digest]]:
        """Each input with its content hash, in order; remote ones are hashed by the workers."""
        ahead: deque[tuple[Input, Future[Digest] | None]] = deque()
        for entry in inputs:
            remote = "://" in entry.path and not entry.problem
            ahead.append(
                (entry, self._executor.submit(digest_file, entry.path) if remote else None)
            )
            if len(ahead) >= self._window:
                yield self._digest(*ahead.popleft())
        while ahead:
            yield self._digest(*ahead.popleft())

    def _digest(self, entry: Input, future: Future[Digest] | None) -> tuple[Input, Digest]:
        if entry.problem:
            return entry, Digest(problem=entry.problem)
        if future is None:
            return entry, digest_file(entry.path)
        try:
            return entry, future.result()
        except (WorkerLostError, CancelledError, OSError) as error:
            return entry, Digest(problem=str(error))

    def _settle_or_submit(self, found: Input, digest: Digest) -> None:
        entry = self._names.settle(found, digest.sha256)
        self.summary.inputs.append(entry)
        if digest.problem:
            failed = entry.failed or not entry.problem
            status: Ended = "failed" if failed else "skipped"
            code = NotFoundError.code if failed else ""
            self._keep(entry, digest, Outcome(entry.name, status, code, digest.problem))
            return
        owner = self._owner.setdefault(digest.sha256, entry.name)
        if owner != entry.name:
            self._doubles.append((entry, digest, owner))
            return
        held = self._known.get(entry.name)
        if held is not None and not held.duplicate_of and self._is_current(held, digest):
            self._ended[entry.name] = ("failed" if held.status == "failed" else "done", held.code)
            self._say(
                entry.name, "kept", _error_of(held.status, entry.name, held.code, held.detail)
            )
            return
        self._submit(_Pending(entry, digest))

    def _settle_double(self, entry: Input, digest: Digest, owner: str) -> None:
        """A file of the same content as ``owner``: it shares that one's fate and holds no rows."""
        status, code = self._ended.get(owner, ("done", ""))
        held = self._known.get(entry.name)
        if held is not None and held.duplicate_of == owner and self._is_current(held, digest):
            self._say(
                entry.name, "kept", _error_of(held.status, entry.name, held.code, held.detail)
            )
            return
        detail = f"the same content as {owner}" if status == "failed" else ""
        self._keep(entry, digest, Outcome(entry.name, status, code, detail), owner)

    def _is_current(self, held: Known, digest: Digest) -> bool:
        """Whether what is held of this document still stands."""
        if self._options.force:
            return False
        same = (held.sha256, held.version, held.options) == (
            digest.sha256,
            self._version,
            self._fingerprint,
        )
        retry = held.status == "failed" and (
            self._options.retry_failed or held.code == CrashedError.code
        )
        return same and not retry

    def _submit(self, pending: _Pending) -> None:
        future = self._executor.submit(
            read_one, pending.entry.name, pending.entry.path, self._options
        )
        self._reading[future] = pending

    def _collect(self, *, block: bool) -> None:
        if self._reading:
            timeout = COMMIT_EVERY if block else 0
            done, _ = wait(self._reading, timeout, FIRST_COMPLETED)
            for future in done:
                self._take(future, self._reading.pop(future))
        due = time.monotonic() - self._committed >= COMMIT_EVERY
        if len(self._finished) >= COMMIT_SIZE or (due and self._finished):
            self._commit()

    def _take(self, future: Future[Outcome], pending: _Pending) -> None:
        try:
            outcome = future.result()
        except WorkerLostError as lost:
            if lost.reason == "died" and pending.tries == 1:
                self._submit(_Pending(pending.entry, pending.digest, 2))
                return
            if lost.reason == "unavailable":
                raise
            outcome = Outcome(pending.entry.name, "failed", lost.code, lost.detail)
        except Exception as error:  # noqa: BLE001  a defect costs one document, named, not the run
            detail = f"{type(error).__name__}: {error}"
            outcome = Outcome(pending.entry.name, "failed", DefectError.code, detail)
        self._keep(pending.entry, pending.digest, outcome)

    def _keep(self, entry: Input, digest: Digest, outcome: Outcome, owner: str = "") -> None:
        from kenzan.batch.entries import to_entry

        self._finished.append(
            to_entry(entry, digest, outcome, options=self._fingerprint, owner=owner)
        )
        self._ended[entry.name] = (outcome.status, outcome.code)
        told: Status = "duplicate" if owner and outcome.status != "failed" else outcome.status
        error = _error_of(outcome.status, entry.name, outcome.code, outcome.detail)
        self._say(entry.name, told, error, outcome)

    def _say(
        self, name: str, status: Status, error: KenzanError | None, outcome: Outcome | None = None
    ) -> None:
        settled = sum(self.summary.counts.values()) + 1
        seconds, tallies = (outcome.seconds, outcome.tallies) if outcome else (0.0, (0, 0, 0))
        event = Event(name, status, settled, self.summary.total, error, seconds, tallies)
        self.summary.add(event)
        self._tell(event)

    def _commit(self) -> None:
        finished, self._finished = self._finished, []
        self._store.write(finished)
        self._committed = time.monotonic()
