"""Lines of any length are read in time that grows with them, not with their square."""

from __future__ import annotations

import time

import pytest

from kenzan.extract import read_document
from kenzan.interpret import interpret_document

LONG = 90_000
SOON = 7.0
"""Seconds of the processor; some times what it takes."""


@pytest.mark.parametrize("piece", ["1,234 ", "(", "9", "①", "\t1", "年度", "※", "a+", "▲1円"])
def test_one_very_long_line(piece: str) -> None:
    document = read_document((piece * (LONG // len(piece))).encode(), name="x.txt")
    started = time.process_time()
    interpret_document(document)
    assert time.process_time() - started < SOON
