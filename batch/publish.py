"""Write what a store holds in any format: at the end of a run, or later, without reading again."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from kenzan.batch.outputs import STORE_NAME
from kenzan.batch.store import Store
from kenzan.errors import NotConvertedError
from kenzan.export.formats import find_formats
from kenzan.export.rows import MODELS
from kenzan.export.staging import stage_folder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kenzan.export.formats import Add


def publish_store(out: Path, formats: tuple[str, ...]) -> list[Path]:
    """Write all documents in ``out``/kenzan.duckdb in these formats; the files written.

    One document, or a few thousand rows, are in memory at a time, whatever their number.

    Raises:
        UnknownNameError: there is no such format.
        NotConvertedError: there is no store in that folder.
        ExportError: the folder cannot be written, or the store cannot be read.
    """
    chosen = find_formats(formats)
    by_rows = [form.load_rows() for form in chosen if form.takes_rows]
    by_documents = [form.load() for form in chosen if not form.takes_rows]
    if not (out / STORE_NAME).is_file():
        raise NotConvertedError(str(out))
    with Store(out / STORE_NAME, read_only=True) as store, stage_folder(out) as stage:
        with ExitStack() as stack:
            writers = [stack.enter_context(opener(stage)) for opener in by_rows]
            for table in MODELS if writers else ():
                for rows in store.batches(table):
                    for write in writers:
                        write(table, rows)
        with ExitStack() as stack:
            _write_documents(store, [stack.enter_context(opener(stage)) for opener in by_documents])
        names = [file.name for file in sorted(stage.iterdir())]
    return [out / name for name in names]


def _write_documents(store: Store, writers: Sequence[Add]) -> None:
    for content, result in store.records() if writers else ():
        for write in writers:
            write(content, result)
