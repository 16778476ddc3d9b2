"""``kenzan audit``: read documents, do their sums again, show what comes out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from kenzan.terminal.help import LangOption, talk_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kenzan._sources import Outcome
    from kenzan.terminal.consoles import Talk

PasswordOption = Annotated[
    str | None, typer.Option("--password", envvar="KENZAN_PASSWORD", show_default=False)
]
EncodingOption = Annotated[str | None, typer.Option("--encoding", show_default=False)]
BackendOption = Annotated[Literal["auto", "pdfium", "pdfplumber"], typer.Option("--backend")]


def audit(
    ctx: typer.Context,
    files: Annotated[list[str], typer.Argument(metavar="FILE", show_default=False)],
    form: Annotated[Literal["table", "json"], typer.Option("--format", "-f")] = "table",
    explain: Annotated[bool, typer.Option("--explain")] = False,
    password: PasswordOption = None,
    encoding: EncodingOption = None,
    backend: BackendOption = "auto",
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", show_default=False)] = None,
    pdf_out: Annotated[
        Path | None, typer.Option("--pdf-out", metavar="FILE", show_default=False)
    ] = None,
    _lang: LangOption = None,
) -> int:
    """Audit documents; gives the exit code."""
    from kenzan._looks import Looks
    from kenzan._report import choose_reading
    from kenzan._sources import find_sources, read_all
    from kenzan.terminal.exits import Exits

    talk = talk_of(ctx)
    options = choose_reading(password=password, encoding=encoding, backend=backend)
    exits = Exits(talk)
    sources = find_sources(files)
    looks = Looks(sources, options, talk, html=html, pdf_out=pdf_out)
    outcomes = looks.watch(exits.watch(read_all(sources, options)))
    if form == "json":
        _print_json(outcomes)
    else:
        _print_views(outcomes, talk, explain=explain)
    return exits.code(inconsistent_is=1)


def _print_json(outcomes: Iterable[Outcome]) -> None:
    from kenzan.export.json_file import render_reports
    from kenzan.terminal.consoles import write_result

    write_result(render_reports((outcome.content, outcome.result) for outcome in outcomes))


def _print_views(outcomes: Iterator[Outcome], talk: Talk, *, explain: bool) -> None:
    from kenzan.terminal.audit_view import AuditView
    from kenzan.terminal.consoles import open_console, width_of

    console = open_console("stdout")
    for outcome in outcomes:
        if outcome.error is not None:
            continue
        view = AuditView(outcome.content, outcome.result, talk.words, width_of(console))
        for line in view.lines(explain=explain):
            console.print(line)
