"""What ``kenzan audit`` does with what was asked, however it was asked."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Unpack

from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kenzan._report import Reading
    from kenzan._sources import Outcome
    from kenzan.terminal.consoles import Talk
    from kenzan.terminal.language import Lang

Form = Literal["table", "json", "sarif", "github"]
PASSWORD_VARIABLE = "KENZAN_PASSWORD"  # noqa: S105 - the name of the variable


@dataclass(frozen=True, slots=True)
class Wishes:
    """How documents are to be audited and shown; by itself, what no option has changed."""

    form: Form = "table"
    explain: bool = False
    across: bool = False
    profile: Path | None = None
    html: Path | None = None
    pdf_out: Path | None = None


def audit_plainly(given: Sequence[str], talk: Talk) -> int | None:
    """Run ``audit FILE…`` without options; ``None`` if that is not what the arguments say.

    This is what most people type, and what they wait for: a parser of options, which here has
    nothing to parse, takes as long to load as a page takes to read.
    """
    command, *files = given or [""]
    if command != "audit" or not files or any(file.startswith("-") for file in files):
        return None
    return audit_files(files, talk, Wishes(), password=os.environ.get(PASSWORD_VARIABLE) or None)


def audit_files(
    files: Sequence[str], talk: Talk, wishes: Wishes, **reading: Unpack[Reading]
) -> int:
    """Audit documents and show what comes out; gives the exit code."""
    from kenzan._audit import choose_profile
    from kenzan._looks import Looks
    from kenzan._report import choose_reading
    from kenzan._sources import find_sources, read_across, read_all
    from kenzan.terminal.exits import Exits

    options = choose_reading(**reading)
    rules = choose_profile(find_profile(wishes.profile))
    exits = Exits(talk)
    sources = find_sources(files)
    looks = Looks(sources, options, talk, html=wishes.html, pdf_out=wishes.pdf_out)
    read = read_across if wishes.across else read_all
    outcomes = looks.watch(exits.watch(read(sources, options, rules)))
    if wishes.form == "table":
        _print_views(outcomes, talk, explain=wishes.explain)
    else:
        paths = {source.name: _seen_from_here(source.path) for source in sources}
        _print_text(wishes.form, outcomes, talk.words.lang, paths)
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
