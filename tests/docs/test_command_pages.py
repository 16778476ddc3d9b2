"""The pages on commands and errors are what the program says of itself."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def generator():
    spec = importlib.util.spec_from_file_location(
        "generate_commands", DOCS / "generate_commands.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_command_reference_is_in_step(generator):
    assert generator.COMMANDS_PAGE.read_text(encoding="utf-8") == generator.render_commands()


def test_the_errors_are_in_step(generator):
    assert generator.ERRORS_PAGE.read_text(encoding="utf-8") == generator.render_errors()
