"""Help texts in the reader's language, put in when help is shown and not before.

The contexts of the overrides are typed loosely: typer's own differ from version to version.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from typer.core import TyperCommand, TyperGroup

from kenzan.terminal.consoles import Talk

if TYPE_CHECKING:
    from typer import Context

    from kenzan.terminal.wording import Words

LangOption = Annotated[Literal["ja", "en"] | None, typer.Option("--lang", show_default=False)]


class SpokenCommand(TyperCommand):
    """A command whose help is kept in ``wording.toml``, under ``help_NAME``."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Put in the words, then show them."""
        speak(self, ctx)
        super().format_help(ctx, formatter)

    def get_usage(self, ctx: Any) -> str:
        """The usage line, its first word translated."""
        return _translate_usage(super().get_usage(ctx), ctx)


class SpokenGroup(TyperGroup):
    """The same for the program itself."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Put in the words, of the commands too, then show them."""
        speak(self, ctx)
        for command in self.commands.values():
            speak(command, ctx)
        super().format_help(ctx, formatter)

    def get_usage(self, ctx: Any) -> str:
        """The usage line, its first word translated."""
        return _translate_usage(super().get_usage(ctx), ctx)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command; an unknown one is told with those that look like it."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            raise NoSuchCommandError(args[0], list(self.commands))
        return super().resolve_command(ctx, args)


class NoSuchCommandError(Exception):
    """There is no such command; ``names`` are those there are."""

    def __init__(self, name: str, names: list[str]) -> None:
        super().__init__(name)
        self.name = name
        self.names = names

    def format_message(self) -> str:
        """What click would say."""
        return f"No such command {self.name!r}"


def talk_of(ctx: Context) -> Talk:
    """Who speaks to the person in this run."""
    talk = ctx.find_object(Talk)
    return talk if talk is not None else Talk("en")


def _translate_usage(line: str, ctx: Context) -> str:
    return line.replace("Usage:", talk_of(ctx).words.say("help_titles.usage"), 1)


def speak(command: Any, ctx: Context) -> None:
    """Give a command and its parameters their help in the reader's language."""
    words = talk_of(ctx).words
    section = f"help_{command.name}"
    command.help = command.short_help = words.say(f"{section}._", **_values())
    for parameter in command.get_params(ctx):
        parameter.help = words.say(f"{section}.{parameter.name.strip('_')}", **_values())
    _title_panels(words)


def _values() -> dict[str, str]:
    from kenzan.export.formats import FORMATS
    from kenzan.export.rows import MODELS

    return {"formats": ", ".join(FORMATS), "tables": ", ".join(MODELS)}


def _title_panels(words: Words) -> None:
    """The headings of typer's help panels: module constants, by its own documentation."""
    from typer import rich_utils

    rich_utils.ARGUMENTS_PANEL_TITLE = words.say("help_titles.arguments")
    rich_utils.OPTIONS_PANEL_TITLE = words.say("help_titles.options")
    rich_utils.COMMANDS_PANEL_TITLE = words.say("help_titles.commands")
    rich_utils.DEFAULT_STRING = words.name("help_titles", "default")
    rich_utils.REQUIRED_LONG_STRING = words.name("help_titles", "required")
    rich_utils.ENVVAR_STRING = words.name("help_titles", "env")
