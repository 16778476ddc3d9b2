"""The typer program. Only the command asked for is loaded; all of them where help needs them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kenzan import __version__
from kenzan.terminal.help import LangOption, SpokenCommand, SpokenGroup, print_help

if TYPE_CHECKING:
    from collections.abc import Sequence

_USAGE = 2
# One line a command; its function has the command's name and stands in a module of that name.
COMMANDS = ("audit", "convert", "export", "rules", "schema")


def build_program(arguments: Sequence[str]) -> Any:
    """The program as a click command, able to run these arguments."""
    asked = [name for name in COMMANDS if name in arguments]
    app = typer.Typer(name="kenzan", cls=SpokenGroup, add_completion=False)
    app.callback(invoke_without_command=True)(kenzan)
    for name in asked or COMMANDS:
        function = getattr(import_module(f"kenzan.commands.{name}"), name)
        app.command(cls=SpokenCommand)(function)
    return typer.main.get_command(app)


def _show_version(asked: bool) -> None:  # noqa: FBT001 - typer passes it so
    if asked:
        typer.echo(f"kenzan {__version__}")
        raise typer.Exit


def kenzan(
    ctx: typer.Context,
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True)
    ] = False,
    _lang: LangOption = None,
) -> None:
    """Take the options that hold for every command; without a command, show the help."""
    if ctx.invoked_subcommand is None:
        print_help(ctx.command, ctx)
        raise typer.Exit(code=_USAGE)
