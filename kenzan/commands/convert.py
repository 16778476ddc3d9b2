"""``kenzan convert``: read documents, do their sums again, write tidy data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kenzan.commands.audit import BackendOption, EncodingOption, PasswordOption
from kenzan.terminal.help import LangOption, talk_of

if TYPE_CHECKING:
    from kenzan._conversion import Conversion
    from kenzan._sources import Outcome
    from kenzan.terminal.consoles import Talk


def convert(
    ctx: typer.Context,
    paths: Annotated[list[str], typer.Argument(metavar="PATH", show_default=False)],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", show_default=False)],
    to: Annotated[str, typer.Option("--to", metavar="FORMATS")] = "csv,json",
    password: PasswordOption = None,
    encoding: EncodingOption = None,
    backend: BackendOption = "auto",
    _lang: LangOption = None,
) -> int:
    """Convert documents; gives the exit code."""
    from kenzan._conversion import convert_reports
    from kenzan.terminal.exits import Exits

    talk = talk_of(ctx)
    exits = Exits(talk)

    def tell(outcome: Outcome) -> None:
        exits.note(outcome)
        _tell_outcome(outcome, talk)

    conversion = convert_reports(
        paths, out, to=to, tell=tell, password=password, encoding=encoding, backend=backend
    )
    _tell_end(conversion, out, talk)
    return exits.code()


def _tell_outcome(outcome: Outcome, talk: Talk) -> None:
    if outcome.error is not None or outcome.row.status == "skipped":
        return
    counts = talk.words.say(
        "convert.document",
        figures=len(outcome.content.observations),
        checks=len(outcome.result.checks),
        findings=len(outcome.result.findings),
    )
    talk.tell(f"{outcome.row.document}: {counts}")


def _tell_end(conversion: Conversion, out: Path, talk: Talk) -> None:
    words = talk.words
    skipped = sum(row.status == "skipped" for row in conversion.documents)
    if skipped:
        talk.tell(words.say("convert.skipped", count=skipped), style="dim")
    if conversion.errors:
        talk.tell(words.say("convert.failures", count=len(conversion.errors)))
    talk.tell(words.say("convert.done", read=conversion.read, out=out), style="bold")
    for file in conversion.files:
        typer.echo(str(file))
