"""A page that cannot be drawn is told, and the data of its document stays."""

from __future__ import annotations

import json
import signal
from concurrent.futures import Future
from pathlib import Path
from typing import Any, Self

import pytest

import kenzan
from kenzan.batch import pages
from kenzan.batch.pool import WorkerLostError
from kenzan.errors import CrashedError, DefectError, TooSlowError
from kenzan.terminal.exits import SOME_FAILED

SAMPLES = Path(__file__).parents[2] / "samples"


class _Fails:
    """A pool in which every call fails in one way."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return

    def submit(self, *_: Any) -> Future[str]:
        future: Future[str] = Future()
        future.set_exception(self.error)
        return future


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (WorkerLostError("died", "signal 9"), CrashedError),
        (WorkerLostError("silence", "60 s"), TooSlowError),
        (ZeroDivisionError("a defect"), DefectError),
    ],
)
def test_a_page_that_is_lost_is_told(
    error: Exception, kind: type[Exception], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, out = tmp_path / "siryo6.pdf", tmp_path / "out"
    source.write_bytes((SAMPLES / "siryo6.pdf").read_bytes())
    whole = kenzan.convert_reports(source, out, to="json", running={"html": True})
    (page,) = [path for path in whole.files if path.suffix == ".html" and path.stem != "index"]
    assert page.exists()
    assert whole.undrawn == ()

    monkeypatch.setattr(pages, "WorkerPool", lambda *_: _Fails(error))
    lost = kenzan.convert_reports(source, out, to="json", running={"html": True})
    (why,) = lost.undrawn
    assert isinstance(why, kind)
    assert "siryo6.pdf" in str(why)
    assert not page.exists()
    assert lost.errors == ()
    assert len(json.loads((out / "kenzan.json").read_text("utf-8"))["observations"]) > 50
    index = (out / "html" / "index.html").read_text("utf-8")
    assert page.name not in index
    assert "its page could not be made" in index


def test_the_command_tells_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from kenzan.cli import main

    error = WorkerLostError("died", str(signal.SIGKILL))
    monkeypatch.setattr(pages, "WorkerPool", lambda *_: _Fails(error))
    call = ["convert", str(SAMPLES / "siryo6.pdf"), "-o", str(tmp_path / "out"), "--html"]
    assert main([*call, "--to", "csv", "--lang", "en"]) == SOME_FAILED
    told = capsys.readouterr().err
    assert "Documents without their page (--html): 1." in told
    assert "1: the process that read it ended unexpectedly" in told
