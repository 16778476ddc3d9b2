"""The weights of ``weights.toml``, which says what each of them is for."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def load_weights() -> dict[str, dict[str, int]]:
    """All weights by section."""
    return tomllib.loads(files(__package__).joinpath("weights.toml").read_text("utf-8"))
