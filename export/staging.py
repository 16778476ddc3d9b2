"""Output that is whole or not there: written beside its place, then moved into it."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kenzan.errors import ExportError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def stage_folder(out: Path) -> Iterator[Path]:
    """A folder to write into; its files move to ``out`` when the block ends without an error.

    Files of the same name in ``out`` are replaced one by one, each in one step; all others stay.

    Raises:
        ExportError: ``out`` cannot be made or written.
    """
    try:
        made = _make(out)
        stage = Path(tempfile.mkdtemp(prefix=".kenzan-", dir=out))
    except OSError as error:
        raise ExportError(str(out), _reason(error)) from error
    try:
        yield stage
        for file in sorted(stage.iterdir()):
            file.replace(out / file.name)
    except OSError as error:
        raise ExportError(str(error.filename or out), _reason(error)) from error
    finally:
        shutil.rmtree(stage, ignore_errors=True)
        _remove_empty(made)


def _make(out: Path) -> list[Path]:
    """Make the folder; returns those that were not there before, innermost first."""
    missing = [folder for folder in (out, *out.parents) if not folder.exists()]
    out.mkdir(parents=True, exist_ok=True)
    return missing


def _remove_empty(folders: list[Path]) -> None:
    for folder in folders:
        try:
            folder.rmdir()
        except OSError:
            return


def _reason(error: OSError) -> str:
    return error.strerror or str(error)
