"""``kenzan audit``: read documents, do their sums again, show what comes out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from kenzan.commands.auditing import PASSWORD_VARIABLE, Form, Wishes, audit_files
from kenzan.terminal.help import LangOption, talk_of

PasswordOption = Annotated[
    str | None, typer.Option("--password", envvar=PASSWORD_VARIABLE, show_default=False)
]
EncodingOption = Annotated[str | None, typer.Option("--encoding", show_default=False)]
ProfileOption = Annotated[
    Path | None, typer.Option("--profile", metavar="FILE", show_default=False)
]
BackendOption = Annotated[Literal["auto", "pdfium", "pdfplumber"], typer.Option("--backend")]
VerifyOption = Annotated[bool, typer.Option("--verify-engines")]


def audit(
    ctx: typer.Context,
    files: Annotated[list[str], typer.Argument(metavar="FILE", show_default=False)],
    form: Annotated[Form, typer.Option("--format", "-f")] = "table",
    explain: Annotated[bool, typer.Option("--explain")] = False,
    across: Annotated[bool, typer.Option("--across")] = False,
    profile: ProfileOption = None,
    password: PasswordOption = None,
    encoding: EncodingOption = None,
    backend: BackendOption = "auto",
    verify_engines: VerifyOption = False,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", show_default=False)] = None,
    pdf_out: Annotated[
        Path | None, typer.Option("--pdf-out", metavar="FILE", show_default=False)
    ] = None,
    _lang: LangOption = None,
) -> int:
    """Audit documents; gives the exit code."""
    wishes = Wishes(form, explain, across, profile, html, pdf_out)
    return audit_files(
        files,
        talk_of(ctx),
        wishes,
        password=password,
        encoding=encoding,
        backend=backend,
        verify_engines=verify_engines,
    )
