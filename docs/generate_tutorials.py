"""Run the tutorials and save what they print.

    python docs/generate_tutorials.py

A test runs them again and holds them to what is saved.
"""

from __future__ import annotations

import os
import warnings
from pathlib import Path

import nbclient
import nbformat

HERE = Path(__file__).parent


def run_tutorial(path: Path) -> None:
    """Run one notebook in place, without the times of its cells."""
    notebook = nbformat.read(path, as_version=4)
    where = {"metadata": {"path": str(HERE)}}
    nbclient.NotebookClient(notebook, timeout=300, resources=where).execute()
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    nbformat.write(notebook, path)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    for lang in ("ja", "en"):
        os.environ["KENZAN_LANG"] = lang
        run_tutorial(HERE / f"tutorial.{lang}.ipynb")
