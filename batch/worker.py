"""What runs in a worker process: take a task, do it, send the result, until the pipe closes."""

from __future__ import annotations

import gc
import os
import signal
import threading
import time
from typing import TYPE_CHECKING, Any

from kenzan.batch.limits import bound_address_space, die_with_parent
from kenzan.batch.quiet import silence_libraries

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

BEAT_EVERY = 0.25
_COLLECT_EVERY = 50_000
"""Objects more before cycles are looked for; reading makes many objects and few cycles."""

_send: Callable[[], None] | None = None
_last_beat = 0.0


def beat() -> None:
    """Tell the parent that this task goes on; cheap enough to call for every page.

    Outside of a worker it does nothing.
    """
    global _last_beat  # noqa: PLW0603  one process, one task at a time
    if _send is None:
        return
    now = time.monotonic()
    if now - _last_beat >= BEAT_EVERY:
        _last_beat = now
        _send()


def serve_tasks(pipe: Connection, alive: Connection, megabytes: int) -> None:
    """The main loop of a worker process.

    ``alive`` is a pipe whose other end the parent holds open: when it closes, the parent is gone
    and this process ends, whatever it is doing.
    """
    global _send  # noqa: PLW0603
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    die_with_parent()
    bound_address_space(megabytes)
    silence_libraries()
    gc.set_threshold(_COLLECT_EVERY)
    threading.Thread(target=_end_with_parent, args=(alive,), daemon=True).start()
    _send = lambda: pipe.send(("beat", None))  # noqa: E731
    while True:
        try:
            call, args, options = pipe.recv()
        except (EOFError, OSError):
            return
        answer = _answer(call, args, options)
        try:
            pipe.send(answer)
        except (BrokenPipeError, OSError):
            return


def _answer(
    call: Callable[..., Any], args: tuple[Any, ...], options: dict[str, Any]
) -> tuple[str, Any]:
    try:
        return "result", call(*args, **options)
    except Exception as error:  # noqa: BLE001  whatever a task raises belongs to its future
        return "error", error


def _end_with_parent(alive: Connection) -> None:
    try:
        alive.recv_bytes()
    except (EOFError, OSError):
        os._exit(1)


def hold_megabytes(megabytes: int, seconds: float = 30.0) -> int:
    """Fill that much memory and hold it for a while: for trying out the limit of memory."""
    held = []
    for _ in range(megabytes):
        held.append(bytearray(os.urandom(1)) * 1_048_576)
        time.sleep(0.001)
    time.sleep(seconds)
    return len(held)
