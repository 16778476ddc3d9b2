"""Imports run one way: schemas, normalize, arithmetic, then interpret and audit, export, batch."""

from __future__ import annotations

import ast
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

MAY_IMPORT = {
    "schemas": set(),
    "normalize": {"schemas"},
    "arithmetic": {"schemas", "normalize"},
    "extract": {"schemas", "normalize"},
    "interpret": {"schemas", "normalize", "arithmetic"},
    "audit": {"schemas", "normalize", "arithmetic"},
    "export": {"schemas", "normalize", "arithmetic", "interpret", "audit"},
    "batch": {"schemas", "normalize", "arithmetic", "extract", "interpret", "audit", "export"},
}
# The error tree and the version belong to all layers.
ANYWHERE = {"errors", "__version__"}
KNOWN = {*MAY_IMPORT, *ANYWHERE, "cli", "commands", "terminal"}


def _imported(path: Path) -> set[str]:
    """The parts of kenzan that a module imports, wherever in it: the name after ``kenzan.``."""
    parts: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write imports in full"
            module = node.module or ""
            names = (
                [f"kenzan.{alias.name}" for alias in node.names] if module == "kenzan" else [module]
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            # Modules named in text and loaded by import_module count too.
            names = [node.value] if node.value.replace(".", "").isidentifier() else []
        else:
            continue
        parts |= {name.split(".")[1] for name in names if name.startswith("kenzan.")}
    return parts & KNOWN


@pytest.mark.parametrize("layer", MAY_IMPORT)
def test_imports_run_in_one_direction(layer: str) -> None:
    allowed = MAY_IMPORT[layer] | ANYWHERE | {layer}
    wrong = {
        f"{path.relative_to(ROOT)}: kenzan.{part}"
        for path in (ROOT / layer).rglob("*.py")
        for part in _imported(path) - allowed
    }
    assert wrong == set()


def test_the_check_sees_every_layer() -> None:
    folders = {path.name for path in ROOT.iterdir() if (path / "__init__.py").exists()}
    assert folders == {*MAY_IMPORT, "kenzan"}


def test_the_check_finds_a_wrong_import(tmp_path: Path) -> None:
    module = tmp_path / "x.py"
    module.write_text(
        "def f():\n    from kenzan.audit.rule import Rule\n    g('kenzan.extract.html')\n"
        "from kenzan import __version__, errors\n",
        encoding="utf-8",
    )
    assert _imported(module) == {"audit", "extract", "__version__", "errors"}


def test_benches_import_what_there_is() -> None:
    missing = {
        f"{path.relative_to(ROOT)}: {node.module}.{alias.name}"
        for path in (ROOT / "bench").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("kenzan")
        for alias in node.names
        if not _exists(node.module or "", alias.name)
    }
    assert missing == set()


def _exists(module: str, name: str) -> bool:
    return hasattr(import_module(module), name) or find_spec(f"{module}.{name}") is not None
