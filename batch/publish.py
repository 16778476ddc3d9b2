"""Write what a store holds in any format: at the end of a run, or later, without reading again."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from kenzan.batch.outputs import STORE_NAME
from kenzan.batch.store import Store
from kenzan.errors import NotConvertedError
from kenzan.export.formats import find_formats
from kenzan.export.staging import stage_folder

if TYPE_CHECKING:
    from pathlib import Path


def publish_store(out: Path, formats: tuple[str, ...]) -> list[Path]:
    """Write all documents in ``out``/kenzan.duckdb in these formats; the files written.

    One document is in memory at a time, whatever their number.

    Raises:
        UnknownNameError: there is no such format.
        NotConvertedError: there is no store in that folder.
        ExportError: the folder cannot be written, or the store cannot be read.
    """
    openers = [form.load() for form in find_formats(formats)]
    if not (out / STORE_NAME).is_file():
        raise NotConvertedError(str(out))
    with Store(out / STORE_NAME, read_only=True) as store, stage_folder(out) as stage:
        with ExitStack() as stack:
            writers = [stack.enter_context(opener(stage)) for opener in openers]
            for content, result in store.records():
                for write in writers:
                    write(content, result)
        names = [file.name for file in sorted(stage.iterdir())]
    return [out / name for name in names]
