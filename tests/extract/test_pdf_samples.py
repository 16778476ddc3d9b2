"""The sample report through both engines, against its figures keyed by hand."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from kenzan.extract import ReadOptions, read_document
from kenzan.extract.agreement import compare_engines
from kenzan.schemas.document import Document, Grid

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ("siryo6.pdf", "siryo6-rects.pdf")


def shape(document: Document) -> list[object]:
    """Blocks in order with spans and texts; blanks are layout, which engines tell differently."""
    found: list[object] = []
    for block in document.blocks():
        if isinstance(block, Grid):
            cells = [(c.row, c.col, c.rowspan, c.colspan, bare(c.text)) for c in block.cells]
            found.append((block.rows, block.cols, cells))
        else:
            found.append(bare(block.text))
    return found


def bare(text: str) -> str:
    return re.sub(r"[ \u3000]", "", text)


@pytest.mark.parametrize("name", NAMES)
def test_both_engines_give_the_same_blocks(samples: Path, name: str) -> None:
    fast = read_document(samples / name)
    slow = read_document(samples / name, options=ReadOptions(backend="pdfplumber"))
    assert shape(fast) == shape(slow)
    assert fast.notices == slow.notices == ()


@pytest.mark.parametrize("name", NAMES)
def test_engines_agree_on_every_figure(samples: Path, name: str) -> None:
    assert compare_engines(samples / name) == []


def test_two_ways_of_drawing_rules_give_the_same_tables(samples: Path) -> None:
    stroked, filled = (read_document(samples / name) for name in NAMES)
    assert shape(stroked) == shape(filled)


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_keyed_by_hand_stands_in_a_cell_of_its_own(samples: Path, name: str) -> None:
    cells: dict[str, int] = {}
    for block in read_document(samples / name).blocks():
        if isinstance(block, Grid):
            for cell in block.cells:
                text = bare(cell.text)
                cells[text] = cells.get(text, 0) + 1
    with (samples / "siryo6.observations.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    wanted: dict[str, int] = {}
    for row in rows:
        text = "\n".join(bare(row[key]) for key in ("value_raw", "delta_raw") if row[key])
        wanted[text] = wanted.get(text, 0) + 1
    missing = {text: n for text, n in wanted.items() if text and cells.get(text, 0) < n}
    assert missing == {}
    assert len(rows) == 72


def test_boxes_lie_in_each_other_and_on_the_page(samples: Path) -> None:
    for page in read_document(samples / "siryo6.pdf").pages:
        for block in page.blocks:
            box = block.box
            assert 0 <= box.x0 < box.x1 <= page.width
            assert 0 <= box.top < box.bottom <= page.height
            if isinstance(block, Grid):
                assert all(box.contains(*cell.box.center) for cell in block.cells)
                assert all(
                    cell.box.contains(*line.box.center)
                    for cell in block.cells
                    for line in cell.lines
                )


def test_every_character_has_its_edges(samples: Path) -> None:
    for block in read_document(samples / "siryo6.pdf").blocks():
        lines = [ln for c in block.cells for ln in c.lines] if isinstance(block, Grid) else [block]
        for line in lines:
            assert len(line.text) == len(line.x0s) == len(line.x1s)
            assert all(x0 <= x1 for x0, x1 in zip(line.x0s, line.x1s, strict=True))


def test_reading_text_loads_no_pdf_engine(samples: Path) -> None:
    code = (
        "import sys; from kenzan.extract import read_document; "
        f"read_document({str(samples / 'siryo6.docx')!r}); "
        "print([n for n in ('pdfplumber', 'pypdfium2', 'kenzan.extract.pdfium_calls') "
        "if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_fast_engine_does_not_load_the_slow_one(samples: Path) -> None:
    code = (
        "import sys; from kenzan.extract import read_document; "
        f"read_document({str(samples / 'siryo6.pdf')!r}); "
        "print([n for n in ('pdfplumber', 'pdfminer', 'pandas') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
