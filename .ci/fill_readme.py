"""Put the real output of the commands shown in the READMEs below them.

Run ``python .ci/fill_readme.py``. A block that begins ``$ kenzan …`` is run as it stands, in a
terminal of 80 columns, in the project's folder; a test compares the blocks with its own run.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FILES = ("README.md", "README.ja.md")
BLOCK = re.compile(r"(```console\n\$ (kenzan [^\n]+)\n)(.*?)(```)", re.DOTALL)


def run_shown(command: str) -> str:
    """What a command of a README prints, with this Python's kenzan."""
    environment = {**os.environ, "COLUMNS": "80", "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"}
    shell = command.replace("kenzan", f'"{sys.executable}" -m kenzan', 1)
    run = subprocess.run(  # noqa: S602 - a command of our own README
        shell, shell=True, cwd=ROOT, env=environment, capture_output=True, check=False
    )
    return run.stdout.decode("utf-8")


def fill(text: str) -> str:
    """The text with every shown command followed by its output."""
    return BLOCK.sub(lambda found: found.group(1) + run_shown(found.group(2)) + "```", text)


def main() -> None:
    """Fill both READMEs."""
    for name in FILES:
        path = ROOT / name
        text = path.read_text(encoding="utf-8")
        path.write_text(fill(text), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
