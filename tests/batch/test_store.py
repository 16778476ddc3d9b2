"""The store keeps documents whole, in order, exactly."""

from __future__ import annotations

import os
from decimal import Decimal

import duckdb
import pytest

from kenzan.batch.rows import to_arrow
from kenzan.batch.store import Entry, Store
from kenzan.errors import ExportError, OtherVersionError
from kenzan.schemas.tables import DocumentRow, Observation


def entry(name: str, values: list[str], **facts: str) -> Entry:
    row = DocumentRow(
        document=name,
        sha256=name * 2,
        bytes=3,
        kind="pdf",
        pages=1,
        status="done",
        kenzan_version="1",
        **facts,
    )
    rows = [Observation(document=name, status="reported", value=Decimal(text)) for text in values]
    return Entry(row, "options", tables={"observations": to_arrow(Observation, rows)})


def values_of(store: Store) -> list[tuple[str, str]]:
    return [
        (row["document"], row["value"])
        for batch in store.batches("observations")
        for row in batch.to_pylist()
    ]


def test_rows_come_back_exactly_and_in_order(tmp_path):
    with Store(tmp_path / "k.duckdb") as store:
        store.write([entry("b", ["80.0", "-173101"])])
        store.write([entry("a", ["0.10"])])
        assert values_of(store) == [("a", "0.10"), ("b", "80.0"), ("b", "-173101")]


def test_a_document_written_again_replaces_its_rows(tmp_path):
    with Store(tmp_path / "k.duckdb") as store:
        store.write([entry("a", ["1", "2"]), entry("b", ["3"])])
        store.write([entry("a", ["9"])])
        assert values_of(store) == [("a", "9"), ("b", "3")]
        assert store.count("documents") == 2


def test_it_is_found_again_after_closing(tmp_path):
    with Store(tmp_path / "k.duckdb") as store:
        store.write([entry("a", ["1"])])
    with Store(tmp_path / "k.duckdb") as store:
        assert store.known()["a"].sha256 == "aa"
        assert values_of(store) == [("a", "1")]


def test_a_failed_write_leaves_nothing_of_it(tmp_path):
    good = entry("b", ["2"])
    bad = Entry(
        entry("c", ["3"]).row, "options", tables={"no_such_table": good.tables["observations"]}
    )
    with Store(tmp_path / "k.duckdb") as store:
        store.write([entry("a", ["1"])])
        with pytest.raises(ExportError):
            store.write([good, bad])
        assert values_of(store) == [("a", "1")]
        store.write([good])
        assert values_of(store) == [("a", "1"), ("b", "2")]


def test_views_give_figures_as_decimals(tmp_path):
    with Store(tmp_path / "k.duckdb") as store:
        store.write([entry("a", ["80.0"])])
    with duckdb.connect(str(tmp_path / "k.duckdb"), read_only=True) as db:
        assert db.execute("SELECT value FROM observations").fetchone() == (Decimal(80),)


def test_a_file_that_is_no_database_is_a_clear_error(tmp_path):
    (tmp_path / "k.duckdb").write_text("not a database" * 1000, encoding="ascii")
    with pytest.raises(ExportError):
        Store(tmp_path / "k.duckdb")


@pytest.mark.parametrize("size", [0, 4096, 8192])
def test_a_database_without_its_headers_holds_nothing_and_is_made_anew(tmp_path, size):
    with Store(tmp_path / "k.duckdb"):
        pass
    os.truncate(tmp_path / "k.duckdb", size)
    with Store(tmp_path / "k.duckdb") as store:
        store.write([entry("a", ["1"])])
        assert values_of(store) == [("a", "1")]


def test_a_short_file_of_somebody_is_not_touched(tmp_path):
    (tmp_path / "k.duckdb").write_text("some notes of mine", encoding="ascii")
    with pytest.raises(ExportError):
        Store(tmp_path / "k.duckdb")
    assert (tmp_path / "k.duckdb").read_text(encoding="ascii") == "some notes of mine"


@pytest.mark.parametrize("read_only", [True, False])
def test_a_store_of_another_layout_is_told_and_not_touched(tmp_path, read_only):
    with Store(tmp_path / "k.duckdb"):
        pass
    with duckdb.connect(str(tmp_path / "k.duckdb")) as db:
        db.execute("UPDATE store.layout SET version = '0'")
    before = (tmp_path / "k.duckdb").read_bytes()
    with pytest.raises(OtherVersionError):
        Store(tmp_path / "k.duckdb", read_only=read_only)
    assert (tmp_path / "k.duckdb").read_bytes() == before


def test_hostile_names_stay_text(tmp_path):
    name = "a'; DROP TABLE store.documents; --"
    with Store(tmp_path / "k.duckdb") as store:
        store.write([entry(name, ["1"])])
        store.write([entry(name, ["2"])])
        assert values_of(store) == [(name, "2")]
