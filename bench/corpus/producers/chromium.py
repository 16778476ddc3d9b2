"""Headless Chromium: an HTML page to PDF, as a browser's print dialogue gives it."""

from __future__ import annotations

import subprocess
import tempfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-pdf-header-footer",
)


def print_page(page: Path, path: Path) -> None:
    """Print the page at ``page`` to ``path``. Raises ``RuntimeError`` if no PDF appears."""
    with tempfile.TemporaryDirectory() as profile:
        target = [f"--user-data-dir={profile}", f"--print-to-pdf={path}", page.as_uri()]
        subprocess.run(
            ["chromium", *_FLAGS, *target], check=False, capture_output=True, timeout=120
        )
    if not path.exists():
        raise RuntimeError(f"chromium did not write {path.name}")
