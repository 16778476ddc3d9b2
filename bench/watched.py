"""A command and every process that comes of it, watched from its start until the last has ended.

Processes whose parent ends are handed to this one (Linux), so that none gets away: each is waited
for, its time of the processor and its peak memory are known exactly, and what lives on after the
command is told.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import psutil

_ADOPT_ORPHANS = 36
_GRACE = 5.0


@dataclass
class Ran:
    """How a command ended: seconds by the clock and of processors, megabytes at the peak.

    ``main_processor`` is the part of ``processor`` that the command itself used.
    """

    code: int = 0
    wall: float = 0.0
    processor: float = 0.0
    main_processor: float = 0.0
    main_peak: float = 0.0
    worker_peak: float = 0.0
    left_behind: list[int] = field(default_factory=list)


def run_watched(
    call: Sequence[str],
    meanwhile: Callable[[int], None] | None = None,
    environment: dict[str, str] | None = None,
) -> Ran:
    """Run to the end; ``meanwhile`` is called with the process id once it has started."""
    ctypes.CDLL(None).prctl(_ADOPT_ORPHANS, 1)
    started = time.monotonic()
    with subprocess.Popen(
        call, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
    ) as process:
        if meanwhile is not None:
            meanwhile(process.pid)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    ran = Ran(process.returncode, time.monotonic() - started)
    ran.processor = ran.main_processor = used.ru_utime + used.ru_stime
    ran.main_peak = used.ru_maxrss / 1024
    _gather(ran)
    return ran


def _gather(ran: Ran) -> None:
    """Wait for all others; what still lives after a while is left behind, and ended."""
    deadline = time.monotonic() + _GRACE
    while True:
        try:
            pid, _, used = os.wait4(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid:
            ran.processor += used.ru_utime + used.ru_stime
            ran.worker_peak = max(ran.worker_peak, used.ru_maxrss / 1024)
        elif time.monotonic() < deadline:
            time.sleep(0.02)
        else:
            ran.left_behind += (alive := descendants_of(os.getpid()))
            for left in alive:
                os.kill(left, signal.SIGKILL)
            deadline = time.monotonic() + _GRACE


def descendants_of(pid: int) -> list[int]:
    """All processes below this one."""
    with suppress(psutil.NoSuchProcess):
        return [child.pid for child in psutil.Process(pid).children(recursive=True)]
    return []


def convert(*arguments: str) -> list[str]:
    """The call of ``kenzan convert`` in this environment."""
    return [
        sys.executable,
        "-c",
        "import sys; from kenzan.cli import main; sys.exit(main())",
        "convert",
        *arguments,
    ]
