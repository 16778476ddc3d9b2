"""``kenzan convert``: read documents, do their sums again, write tidy data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from kenzan.commands.audit import (
    BackendOption,
    EncodingOption,
    PasswordOption,
    ProfileOption,
    VerifyOption,
)
from kenzan.commands.auditing import find_profile
from kenzan.terminal.help import LangOption, talk_of

if TYPE_CHECKING:
    from kenzan._conversion import Conversion, Running

LogFormat = Literal["auto", "bar", "plain", "json"]


def convert(
    ctx: typer.Context,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", show_default=False)],
    paths: Annotated[list[str] | None, typer.Argument(metavar="PATH", show_default=False)] = None,
    to: Annotated[str, typer.Option("--to", metavar="FORMATS")] = "csv,json",
    files_from: Annotated[
        str | None, typer.Option("--files-from", metavar="FILE", show_default=False)
    ] = None,
    html: Annotated[bool, typer.Option("--html")] = False,
    across: Annotated[bool, typer.Option("--across/--no-across")] = True,
    profile: ProfileOption = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=0)] = 0,
    seconds: Annotated[float, typer.Option("--timeout", metavar="SECONDS", min=0.1)] = 120.0,
    megabytes: Annotated[int, typer.Option("--memory", metavar="MB", min=100)] = 2048,
    pages: Annotated[int, typer.Option("--max-pages", min=1)] = 5000,
    retry_failed: Annotated[bool, typer.Option("--retry-failed")] = False,
    force: Annotated[bool, typer.Option("--force")] = False,
    scheduler: Annotated[
        str | None, typer.Option("--scheduler", metavar="ADDRESS", show_default=False)
    ] = None,
    log_format: Annotated[LogFormat, typer.Option("--log-format")] = "auto",
    password: PasswordOption = None,
    encoding: EncodingOption = None,
    backend: BackendOption = "auto",
    verify_engines: VerifyOption = False,
    _lang: LangOption = None,
) -> int:
    """Convert documents; gives the exit code."""
    from kenzan._conversion import convert_reports
    from kenzan.terminal.conversion_view import tell_end, tell_interrupted
    from kenzan.terminal.progress import open_progress

    talk = talk_of(ctx)
    running: Running = {
        "jobs": jobs,
        "seconds": seconds,
        "megabytes": megabytes,
        "pages": pages,
        "retry_failed": retry_failed,
        "force": force,
        "scheduler": scheduler,
        "across": across,
        "profile": find_profile(profile),
        "html": html,
        "lang": talk.lang,
    }
    given = [*(paths or []), *_listed(files_from)]
    try:
        with open_progress(log_format, talk) as tell:
            conversion = convert_reports(
                given,
                out,
                to=to,
                tell=tell,
                running=running,
                password=password,
                encoding=encoding,
                backend=backend,
                verify_engines=verify_engines,
            )
    except KeyboardInterrupt:
        tell_interrupted(out, talk)
        raise
    tell_end(conversion, out, talk)
    for file in conversion.files:
        typer.echo(str(file))
    return _exit_code(conversion)


def _listed(source: str | None) -> list[str]:
    """Paths from a file, or from standard input: one a line."""
    import sys

    from kenzan.batch.task import read_bytes

    if source is None:
        return []
    data = sys.stdin.buffer.read() if source == "-" else read_bytes(source)
    lines = data.decode("utf-8-sig", "surrogateescape").splitlines()
    return [line for line in lines if line.strip()]


def _exit_code(conversion: Conversion) -> int:
    """A failed document weighs, and so does a page that is missing; findings do not."""
    from kenzan.errors import DefectError
    from kenzan.terminal.exits import ALL_CONSISTENT, NOTHING_READABLE, SOME_FAILED

    if not conversion.errors:
        return SOME_FAILED if conversion.undrawn else ALL_CONSISTENT
    if conversion.read:
        return SOME_FAILED
    defects = [error for error in conversion.errors if isinstance(error, DefectError)]
    return defects[0].exit_code if defects else NOTHING_READABLE
