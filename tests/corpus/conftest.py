"""Puts the checkout on the path: the corpus belongs to the benches and is not installed."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
