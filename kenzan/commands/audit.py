"""``kenzan audit``: read documents, do their sums again, show what comes out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from kenzan.terminal.help import LangOption, talk_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kenzan._sources import Outcome
    from kenzan.terminal.consoles import Talk
    from kenzan.terminal.language import Lang

PasswordOption = Annotated[
    str | None, typer.Option("--password", envvar="KENZAN_PASSWORD", show_default=False)
]
EncodingOption = Annotated[str | None, typer.Option("--encoding", show_default=False)]
Form = Literal["table", "json", "sarif", "github"]
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
    from kenzan._audit import choose_profile
    from kenzan._looks import Looks
    from kenzan._report import choose_reading
    from kenzan._sources import find_sources, read_across, read_all
    from kenzan.terminal.exits import Exits

    talk = talk_of(ctx)
    options = choose_reading(
        password=password, encoding=encoding, backend=backend, verify_engines=verify_engines
    )
    rules = choose_profile(find_profile(profile))
    exits = Exits(talk)
    sources = find_sources(files)
    looks = Looks(sources, options, talk, html=html, pdf_out=pdf_out)
    read = read_across if across else read_all
    outcomes = looks.watch(exits.watch(read(sources, options, rules)))
    if form == "table":
        _print_views(outcomes, talk, explain=explain)
    else:
        paths = {source.name: _seen_from_here(source.path) for source in sources}
        _print_text(form, outcomes, talk.words.lang, paths)
    return exits.code(inconsistent_is=1)


def find_profile(given: Path | None) -> Path | None:
    """The profile asked for, else ``kenzan.toml`` in the working directory if there is one."""
    usual = Path("kenzan.toml")
    return given or (usual if usual.is_file() else None)


def _seen_from_here(path: str) -> str:
    """A path as tools that show findings beside files know it: from the working directory."""
    place = Path(path)
    if not place.is_absolute() or not place.is_relative_to(Path.cwd()):
        return path
    return place.relative_to(Path.cwd()).as_posix()


def _print_text(
    form: Form, outcomes: Iterable[Outcome], lang: Lang, paths: Mapping[str, str]
) -> None:
    """Print a form that other programs read."""
    from kenzan.terminal.consoles import write_result

    pairs = ((outcome.content, outcome.result) for outcome in outcomes)
    if form == "json":
        from kenzan.export.json_file import render_reports

        write_result(render_reports(pairs))
    elif form == "sarif":
        from kenzan.batch.pages import rule_titles
        from kenzan.export.sarif import render_sarif

        write_result(render_sarif(pairs, rule_titles(), lang, paths))
    else:
        from kenzan.export.github_annotations import render_annotations

        write_result(render_annotations(pairs, lang, paths))


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
