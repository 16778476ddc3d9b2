"""Usage errors of the option parser, told in the reader's language."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Any

from kenzan.terminal.cleaning import clean_text

if TYPE_CHECKING:
    from kenzan.terminal.consoles import Talk

_CHOICES = re.compile(r"not one of (.*?)\.?$")
# What the option parser says about a value, and our words for it.
_SAID = (
    (re.compile(r"greater than or equal to (\S+?)\)?$"), "usage.at_least"),
    (re.compile(r"valid (?:integer|number)|not a valid (?:int|float)"), "usage.number"),
)


def tell_usage_error(error: Any, talk: Talk) -> None:
    """One line that says what is off, one that says what to do."""
    words = talk.words
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "kenzan"
    talk.tell(f"{words.say('talk.error')} {_describe(error, talk)}", style="red")
    hint = words.say("usage.hint", command=command)
    talk.tell(f"{words.say('talk.hint')} {hint}", "dim", 2)


def _describe(error: Any, talk: Talk) -> str:
    words = talk.words
    match type(error).__name__:
        case "NoSuchOption":
            text = words.say("usage.no_such_option", name=error.option_name)
            return text + _guess(list(error.possibilities or ()), talk)
        case "NoSuchCommandError":
            text = words.say("usage.no_such_command", name=error.name)
            return text + _guess(difflib.get_close_matches(error.name, error.names), talk)
        case "MissingParameter":
            return words.say("usage.missing", name=_name(error))
        case "BadParameter":
            said = clean_text(str(error.message))
            choices = _CHOICES.search(said)
            if choices:
                said = words.say("usage.choices", names=choices.group(1).replace("'", ""))
            for pattern, key in _SAID:
                if found := pattern.search(said):
                    said = words.say(key, number=found[1] if found.groups() else "")
            return words.say("usage.bad_value", name=_name(error)) + _in_brackets(said, talk)
    return words.say("usage.other") + _in_brackets(clean_text(error.format_message()), talk)


def _in_brackets(text: str, talk: Talk) -> str:
    return talk.words.pick(f"（{text}）", f" ({text})")


def _guess(names: list[str], talk: Talk) -> str:
    if not names:
        return ""
    return _in_brackets(talk.words.say("usage.did_you_mean", names=", ".join(names[:3])), talk)


def _name(error: Any) -> str:
    parameter = error.param
    if parameter is None:
        return str(error.param_hint or "")
    if parameter.opts[0].startswith("-"):
        return "/".join(parameter.opts)
    return str(parameter.metavar or parameter.name)
