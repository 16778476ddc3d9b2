"""Data files are read from beside the modules."""

from __future__ import annotations

import pytest

from kenzan.schemas.data_files import read_text, read_toml


def test_a_word_list_is_read() -> None:
    assert "unsupported" in read_toml("kenzan.extract", "kinds.toml")
    assert "km" in read_text("kenzan.normalize", "units.csv")


def test_a_file_that_is_not_there_is_told() -> None:
    with pytest.raises(FileNotFoundError):
        read_text("kenzan.normalize", "nothing.csv")
