"""Output that is whole or not there: written beside its place, then moved into it.

A stage is locked by the process that writes it; the system lets go of the lock when the process
ends, however it ends. A stage that nobody holds was left by a process that was killed.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kenzan.errors import ExportError

if TYPE_CHECKING:
    from collections.abc import Iterator

_PREFIX = ".kenzan-"


@contextmanager
def stage_folder(out: Path) -> Iterator[Path]:
    """A folder to write into; its files move to ``out`` when the block ends without an error.

    Files of the same name in ``out`` are replaced one by one, each in one step; all others stay.

    Raises:
        ExportError: ``out`` cannot be made or written.
    """
    try:
        made = _make(out)
        with hold_folder(out):
            _remove_stale(out)
            stage = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=out))
            lock = _lock(stage)
    except OSError as error:
        raise ExportError(str(out), _reason(error)) from error
    try:
        yield stage
        for file in sorted(stage.iterdir()):
            file.replace(out / file.name)
    except OSError as error:
        raise ExportError(str(error.filename or out), _reason(error)) from error
    finally:
        shutil.rmtree(stage, ignore_errors=True)
        _unlock(lock)
        _remove_empty(made)


def remove_stale(out: Path) -> None:
    """Remove the stages that processes left in ``out`` when they were killed; no others."""
    with suppress(OSError), hold_folder(out):
        _remove_stale(out)


@contextmanager
def hold_folder(out: Path) -> Iterator[None]:
    """Wait for others that make or clear something in ``out``, which is not locked yet when new."""
    lock = _lock(out.resolve(), wait=True)
    try:
        yield
    finally:
        _unlock(lock)


def _remove_stale(out: Path) -> None:
    for stage in out.glob(f"{_PREFIX}*"):
        if (lock := _lock(stage)) is not None:
            shutil.rmtree(stage, ignore_errors=True)
            _unlock(lock)


def _lock(folder: Path, *, wait: bool = False) -> int | None:
    """Lock a folder; ``None`` if another process holds it, or where folders cannot be locked."""
    try:
        import fcntl
    except ImportError:
        return None
    opened = None
    try:
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        fcntl.flock(opened, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        _unlock(opened)
        return None
    return opened


def _unlock(lock: int | None) -> None:
    if lock is not None:
        os.close(lock)


def _make(out: Path) -> list[Path]:
    """Make the folder; returns those that were not there before, innermost first."""
    missing = [folder for folder in (out, *out.parents) if not folder.exists()]
    out.mkdir(parents=True, exist_ok=True)
    return missing


def _remove_empty(folders: list[Path]) -> None:
    for folder in folders:
        try:
            folder.rmdir()
        except OSError:
            return


def _reason(error: OSError) -> str:
    return error.strerror or str(error)
