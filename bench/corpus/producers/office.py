"""LibreOffice: many Word files or workbooks to PDF in one call, since it starts slowly."""

from __future__ import annotations

import subprocess
import tempfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_BATCH = 60


def convert(sources: Sequence[Path], folder: Path, suffix: str = "pdf") -> None:
    """Convert the files into ``folder``, named as the source with the new suffix.

    Raises ``RuntimeError`` naming the files that did not appear.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as profile:
        for start in range(0, len(sources), _BATCH):
            names = [str(source) for source in sources[start : start + _BATCH]]
            command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless"]
            command += ["--convert-to", suffix, "--outdir", str(folder), *names]
            subprocess.run(command, check=True, capture_output=True, timeout=1200)
    made = [folder / f"{source.stem}.{suffix}" for source in sources]
    missing = [path.name for path in made if not path.exists()]
    if missing:
        raise RuntimeError(f"soffice did not write {', '.join(missing)}")
