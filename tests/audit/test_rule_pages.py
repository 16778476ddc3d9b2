"""docs/rules is in step with the rules."""

from __future__ import annotations

import importlib.util
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"


def test_pages_are_in_step() -> None:
    spec = importlib.util.spec_from_file_location("generate_rules", DOCS / "generate_rules.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    pages = module.render_all()
    assert {path.name for path in (DOCS / "rules").glob("*.md")} == set(pages)
    for name, text in pages.items():
        assert (DOCS / "rules" / name).read_text("utf-8") == text, "run docs/generate_rules.py"
