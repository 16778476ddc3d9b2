"""``kenzan schema``: the published schemas of the data."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from kenzan.terminal.help import LangOption


def schema(
    table: Annotated[str | None, typer.Argument(metavar="TABLE", show_default=False)] = None,
    kind: Annotated[Literal["json", "table"], typer.Option("--kind")] = "json",
    _lang: LangOption = None,
) -> int:
    """Print one schema, or all of them by table; gives the exit code."""
    from kenzan.errors import UnknownNameError
    from kenzan.export.rows import MODELS
    from kenzan.export.table_schemas import read_schema, render_schema
    from kenzan.terminal.consoles import write_result

    if table is not None and table not in MODELS:
        raise UnknownNameError(table, ", ".join(MODELS))
    suffix = "schema" if kind == "json" else "tableschema"
    if table is not None:
        write_result(render_schema(read_schema(table, suffix)))
    else:
        write_result(render_schema({name: read_schema(name, suffix) for name in MODELS}))
    return 0
