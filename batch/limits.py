"""Limits that the system enforces, and what a process uses."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
_HEADROOM = 4096


def resident_megabytes(pid: int | None) -> float | None:
    """Resident memory of a process in MB; ``None`` where it cannot be told."""
    if pid is None:
        return None
    if sys.platform.startswith("linux"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            fields = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()
            return int(fields[1]) * _PAGE / 1_048_576
        return None
    with contextlib.suppress(Exception):
        import psutil

        return float(psutil.Process(pid).memory_info().rss) / 1_048_576
    return None


def bound_address_space(megabytes: int) -> None:
    """Bar this process from growing far over ``megabytes``, before a watcher could look.

    Address space is larger than memory in use (libraries, arenas), hence the headroom. Does
    nothing where the system has no such limit.
    """
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        wanted = (megabytes * 2 + _HEADROOM) * 1_048_576
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def die_with_parent() -> None:
    """Ask the kernel to end this process when its parent ends (Linux only)."""
    if not sys.platform.startswith("linux"):
        return
    with contextlib.suppress(OSError, AttributeError):
        import ctypes
        import signal

        set_parent_death_signal = 1
        ctypes.CDLL(None, use_errno=True).prctl(set_parent_death_signal, int(signal.SIGKILL))
