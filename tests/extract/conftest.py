"""What the tests of the readers share; lets them import ``office_files``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kenzan.schemas.document import Grid, Line

if TYPE_CHECKING:
    from collections.abc import Callable

    from kenzan.schemas.document import Document

sys.path.insert(0, str(Path(__file__).parent))

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.fixture
def samples() -> Path:
    return SAMPLES


@pytest.fixture
def texts() -> Callable[[Document], list[str]]:
    """The texts of all lines outside of tables."""
    return lambda document: [b.text for b in document.blocks() if isinstance(b, Line)]


@pytest.fixture
def grids() -> Callable[[Document], list[Grid]]:
    return lambda document: [b for b in document.blocks() if isinstance(b, Grid)]


@pytest.fixture
def origins() -> Callable[[Grid], list[list[str]]]:
    """The texts of a grid by position; positions that a merged cell covers are empty."""

    def read(grid: Grid) -> list[list[str]]:
        rows = [[""] * grid.cols for _ in range(grid.rows)]
        for cell in grid.cells:
            rows[cell.row][cell.col] = cell.text
        return rows

    return read
