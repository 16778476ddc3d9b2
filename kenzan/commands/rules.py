"""``kenzan rules``: the rules, and the documentation of one."""

from __future__ import annotations

from typing import Annotated

import typer

from kenzan.terminal.help import LangOption, talk_of


def rules(
    ctx: typer.Context,
    rule: Annotated[str | None, typer.Argument(metavar="ID", show_default=False)] = None,
    _lang: LangOption = None,
) -> int:
    """List the rules, or explain one; gives the exit code."""
    from kenzan.terminal.consoles import open_console, width_of
    from kenzan.terminal.rules_view import render_rule, render_rules

    words = talk_of(ctx).words
    if rule is None:
        typer.echo(render_rules(words))
    else:
        typer.echo(render_rule(rule, words, width_of(open_console("stdout"))))
    return 0
