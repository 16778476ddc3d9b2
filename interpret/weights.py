"""Weights of evidence that stand in a data file beside the code that weighs."""

from __future__ import annotations

from functools import cache

from kenzan.schemas.data_files import read_toml


@cache
def read_weights(package: str) -> dict[str, dict[str, int]]:
    """The weights in ``weights.toml`` of a package, by section; the file says what each is for."""
    return read_toml(package, "weights.toml")
