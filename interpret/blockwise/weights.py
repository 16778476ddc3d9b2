"""The weights of ``weights.toml``, which says what each of them is for."""

from __future__ import annotations

from functools import partial

from kenzan.interpret.weights import read_weights

load_weights = partial(read_weights, __package__ or "")
