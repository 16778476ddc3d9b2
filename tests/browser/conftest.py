"""A real browser for the pages that people look at; skipped where there is none."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[2] / "samples"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser():
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("no Chromium on this machine")
    with playwright.sync_playwright() as session:
        opened = session.chromium.launch(executable_path=chromium, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser):
    opened = browser.new_page(viewport={"width": 1280, "height": 1000}, locale="ja-JP")
    opened.complaints = []
    opened.on("pageerror", lambda error: opened.complaints.append(str(error)))
    opened.on(
        "console",
        lambda said: opened.complaints.append(said.text) if said.type == "error" else None,
    )
    opened.requests = []
    opened.on("request", lambda request: opened.requests.append(request.url))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def report_file(tmp_path_factory):
    """The report page of a sample PDF, as the command line writes it."""
    target = tmp_path_factory.mktemp("html") / "report.html"
    call = [sys.executable, "-m", "kenzan", "audit", str(SAMPLES / "siryo6.pdf")]
    ended = subprocess.run(
        [*call, "--html", str(target), "--lang", "ja"], capture_output=True, check=False
    )
    assert ended.returncode == 1
    return target
