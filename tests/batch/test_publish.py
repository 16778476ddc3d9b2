"""What is written out of a store is what its documents say, however it is handed to the writer."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from kenzan.batch.inputs import find_inputs
from kenzan.batch.options import BatchOptions, Limits
from kenzan.batch.outputs import STORE_NAME
from kenzan.batch.publish import publish_store
from kenzan.batch.run import run_batch
from kenzan.batch.store import Store
from kenzan.export import arrow
from kenzan.export.formats import FORMATS

SAMPLES = Path(__file__).parents[2] / "samples"
SAME_BYTES = ("csv", "jsonl", "parquet")


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("in")
    shutil.copy(SAMPLES / "siryo6.pdf", folder / "b.pdf")
    shutil.copy(SAMPLES / "siryo6.txt", folder / "a.txt")
    (folder / "cut.pdf").write_bytes((SAMPLES / "siryo6.pdf").read_bytes()[:20_000])
    made = tmp_path_factory.mktemp("out")
    limits = Limits(seconds=60, silence=30)
    run_batch(find_inputs([str(folder)]), made, BatchOptions(jobs=1, limits=limits))
    return made


@pytest.mark.parametrize("name", SAME_BYTES)
def test_rows_of_the_store_give_the_bytes_that_its_documents_give(
    name: str, out: Path, tmp_path: Path
) -> None:
    with FORMATS[name].load()(tmp_path) as add, Store(out / STORE_NAME, read_only=True) as store:
        for content, result in store.records():
            add(content, result)
    written = {path.name: path.read_bytes() for path in publish_store(out, (name,))}
    assert written == {path.name: path.read_bytes() for path in tmp_path.iterdir()}


def test_rows_come_in_groups_of_one_size_however_they_were_handed_over(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrow, "_BATCH", 7)
    publish_store(out, ("parquet",))
    with pq.ParquetFile(out / "observations.parquet") as written:
        rows = written.metadata.num_rows
        sizes = [written.metadata.row_group(at).num_rows for at in range(written.num_row_groups)]
    assert sum(sizes) == rows > 100
    assert set(sizes[:-1]) == {7}
