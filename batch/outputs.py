"""What a conversion leaves in a folder, and how to know it again: it is no document to read."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from kenzan.schemas.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

STORE_NAME = "kenzan.duckdb"
PAGES_FOLDER = "html"
_LONGEST_NAME = 80
_PAGE = re.compile(r"index\.html|.*-[0-9a-f]{8}\.html", re.DOTALL)
_FILES = frozenset({"kenzan.xlsx", *(f"{model.table}.csv" for model in TABLES)})


def name_page(document: str) -> str:
    """A file name for a document's page: readable, safe on any system, and no two alike."""
    readable = re.sub(r"[^\w.-]+", "_", document).strip("._")[-_LONGEST_NAME:]
    digest = hashlib.sha256(document.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{readable}-{digest}.html"


def find_outputs(folder: Path, names: Collection[str]) -> frozenset[str]:
    """Those of the names in this folder that kenzan wrote and would take for documents.

    Only beside a store: elsewhere, a table of that name is anybody's.
    """
    if STORE_NAME in names:
        return _FILES.intersection(names)
    if folder.name == PAGES_FOLDER and (folder.parent / STORE_NAME).exists():
        return frozenset(filter(_PAGE.fullmatch, names))
    return frozenset()
