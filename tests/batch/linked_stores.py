"""Conversions whose reports are compared at the end, and the tables that come of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

from kenzan.batch.across import link_documents
from kenzan.batch.inputs import find_inputs
from kenzan.batch.options import BatchOptions
from kenzan.batch.outputs import STORE_NAME
from kenzan.batch.run import run_batch
from kenzan.batch.store import Store

if TYPE_CHECKING:
    from pathlib import Path

OPTIONS = BatchOptions(jobs=1)


def read_and_link(folder: Path, out: Path) -> Path:
    """Read a folder into a store and compare what is in it; gives back ``out``."""
    run_batch(find_inputs([str(folder)]), out, OPTIONS)
    with Store(out / STORE_NAME) as store:
        link_documents(store)
    return out


def rows_of(out: Path, table: str) -> list[tuple[object, ...]]:
    """All rows of a table of a store."""
    return select(out, f"SELECT * FROM {table}")


def select(out: Path, query: str) -> list[tuple[object, ...]]:
    """What a question to a store gives."""
    with duckdb.connect(str(out / STORE_NAME), read_only=True) as db:
        return db.execute(query).fetchall()
