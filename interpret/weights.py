"""Weights of evidence that stand in a data file beside the code that weighs."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def read_weights(package: str) -> dict[str, dict[str, int]]:
    """The weights in ``weights.toml`` of a package, by section; the file says what each is for."""
    return tomllib.loads(files(package).joinpath("weights.toml").read_text("utf-8"))
