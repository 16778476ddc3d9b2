"""Help pages in the reader's language, laid out for texts without blanks to break at.

typer's own pages are laid out by rich, which breaks Japanese at blanks only; these take the
parameters from typer and the words from ``wording.toml``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from typer.core import TyperCommand, TyperGroup

from kenzan.terminal.consoles import Talk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.text import Text
    from typer import Context

    from kenzan.terminal.wording import Words

LangOption = Annotated[Literal["ja", "en"] | None, typer.Option("--lang", show_default=False)]

_WIDEST_LABEL = 34
_KINDS = {"str": "TEXT", "int range": "N", "int": "N"}


class SpokenCommand(TyperCommand):
    """A command whose help is kept in ``wording.toml``, under ``help_NAME``."""

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - click passes it
        """Print the page."""
        print_help(self, ctx)


class SpokenGroup(TyperGroup):
    """The same for the program itself."""

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - click passes it
        """Print the page."""
        print_help(self, ctx)

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


def print_help(command: Any, ctx: Context) -> None:
    """Print the help page of a command on standard output."""
    from kenzan.terminal.consoles import open_console, width_of

    console = open_console("stdout")
    for line in _page(command, ctx, width_of(console)):
        console.print(line)


def _page(command: Any, ctx: Context, width: int) -> Iterator[Text]:
    from kenzan.terminal.layout import Sheet

    words = talk_of(ctx).words
    section = f"help_{command.name}"
    parameters = [entry for entry in command.get_params(ctx) if not entry.hidden]
    arguments = [entry for entry in parameters if entry.param_type_name == "argument"]
    options = [entry for entry in parameters if entry.param_type_name == "option"]
    plain = Sheet(width, 0)
    yield from plain.paragraph(_usage(ctx, arguments, words), "bold", 0)
    yield plain.blank()
    yield from plain.paragraph(words.say(f"{section}._"), "", 0)
    commands = {
        name: words.say(f"help_{name}._") for name in (getattr(command, "commands", {}) or {})
    }
    yield from _block("commands", commands, words, width)
    for title, entries in (("arguments", arguments), ("options", options)):
        described = {_label(entry, ctx): _describe(entry, section, words) for entry in entries}
        yield from _block(title, described, words, width)
    if examples := words.examples(command.name):
        yield plain.blank()
        yield from plain.paragraph(words.say("help_titles.examples"), "bold", 0)
    for line, text in examples.items():
        yield from plain.paragraph(line, "cyan", 2)
        yield from plain.paragraph(text, "", 6)
    if exits := words.find(f"{section}.exits"):
        yield plain.blank()
        yield from plain.paragraph(exits, "dim", 0)


def _usage(ctx: Context, arguments: list[Any], words: Words) -> str:
    names = "".join(f" {_argument(entry)}" for entry in arguments) or words.say("help_titles.rest")
    return f"{words.say('help_titles.usage')} {ctx.command_path}{names} [OPTIONS]"


def _block(title: str, entries: dict[str, str], words: Words, width: int) -> Iterator[Text]:
    """A heading, and the entries below it in two columns."""
    from rich.cells import cell_len

    from kenzan.terminal.layout import Sheet

    if not entries:
        return
    widest = max(cell_len(label) for label in entries) + 2
    sheet = Sheet(width, min(widest, _WIDEST_LABEL), "cyan")
    yield sheet.blank()
    yield from sheet.paragraph(words.say(f"help_titles.{title}"), "bold", 0)
    for label, text in entries.items():
        yield from sheet.entry(label, text, indent=2)


def _argument(parameter: Any) -> str:
    name = str(parameter.metavar or parameter.name).upper()
    many = "..." if parameter.nargs == -1 else ""
    return f"{name}{many}" if parameter.required else f"[{name}{many}]"


def _label(parameter: Any, ctx: Context) -> str:
    """``-f, --format table|json``."""
    if parameter.param_type_name == "argument":
        return _argument(parameter)
    names = ", ".join(sorted(parameter.opts, key=len))
    if parameter.is_flag:
        return "/".join((names, *parameter.secondary_opts))
    kind = parameter.metavar or parameter.display_type(ctx).strip("<>")
    return f"{names} {_KINDS.get(kind, kind)}"


def _describe(parameter: Any, section: str, words: Words) -> str:
    from kenzan.export.formats import FORMATS
    from kenzan.export.rows import MODELS

    values = {"formats": ", ".join(FORMATS), "tables": ", ".join(MODELS)}
    text = words.say(f"{section}.{parameter.name.strip('_')}", **values)
    if getattr(parameter, "envvar", None):
        text += words.say("help_titles.env", name=parameter.envvar)
    default = parameter.default
    if isinstance(default, str | float | int) and parameter.show_default and not parameter.is_flag:
        text += words.say("help_titles.default", value=f"{default}".removesuffix(".0"))
    return text
