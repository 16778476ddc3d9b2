"""The tutorials run from beginning to end, and say what they said when they were saved."""

from __future__ import annotations

from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_tutorial_runs(lang):
    nbformat = pytest.importorskip("nbformat", reason="nbclient is not installed")
    nbclient = pytest.importorskip("nbclient", reason="nbclient is not installed")
    notebook = nbformat.read(DOCS / f"tutorial.{lang}.ipynb", as_version=4)
    saved = said(notebook)
    where = {"metadata": {"path": str(DOCS)}}
    nbclient.NotebookClient(notebook, timeout=300, resources=where).execute()
    assert said(notebook) == saved
    assert any("-173" in text for text in saved)


def said(notebook):
    """What the code cells printed."""
    return [
        output["text"]
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if output.output_type == "stream" and output.name == "stdout"
    ]
