"""The site: every page it names is there, and it builds without a warning where mkdocs is."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_every_page_of_the_site_is_there():
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    named = re.findall(r"^  - [^\n]*?: (\S+\.(?:md|ipynb))$", text, re.MULTILINE)
    assert len(named) >= 10
    assert [page for page in named if not (ROOT / "docs" / page).is_file()] == []


def test_links_between_pages_lead_somewhere():
    broken = [
        (page.name, link)
        for page in (ROOT / "docs").rglob("*.md")
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if not (page.parent / link).exists()
    ]
    assert broken == []


@pytest.mark.skipif(importlib.util.find_spec("mkdocs") is None, reason="mkdocs is not installed")
def test_the_site_builds_without_a_warning(tmp_path):
    call = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path)]
    built = subprocess.run(call, cwd=ROOT, capture_output=True, check=False)
    assert built.returncode == 0, built.stderr.decode()
