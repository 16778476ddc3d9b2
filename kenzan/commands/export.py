"""``kenzan export``: write what a conversion found in other formats, without reading again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kenzan.terminal.help import LangOption


def export(
    out: Annotated[Path, typer.Argument(metavar="DIR", show_default=False)],
    to: Annotated[str, typer.Option("--to", metavar="FORMATS")] = "csv,json",
    _lang: LangOption = None,
) -> int:
    """Write formats out of the folder's store; gives the exit code."""
    from kenzan._conversion import choose_formats
    from kenzan.batch.publish import publish_store

    for file in publish_store(out, choose_formats(to)):
        typer.echo(str(file))
    return 0
