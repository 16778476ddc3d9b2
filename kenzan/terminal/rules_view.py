"""The rules on the terminal: the list, and the documentation of one."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from kenzan.errors import UnknownRuleError
from kenzan.terminal.cleaning import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kenzan.terminal.wording import Words


@cache
def known_rules() -> dict[str, Any]:
    """All rules of the registry by id."""
    import kenzan.audit

    return {rule.id: rule for rule in getattr(kenzan.audit, "RULES", ())}


def find_rule(rule: str) -> Any | None:
    """A rule by its id, in any case; ``None`` if there is none."""
    return known_rules().get(rule.upper())


def render_rules(words: Words) -> str:
    """One line a rule: id, severity, title."""
    from rich.cells import cell_len

    lines = []
    for rule in known_rules().values():
        severity = words.name("severity", rule.severity)
        gap = " " * max(1, 14 - cell_len(severity))
        lines.append(f"{rule.id}  {severity}{gap}{words.pick(rule.title_ja, rule.title_en)}")
    return "\n".join(lines)


def render_rule(rule: str, words: Words, width: int) -> str:
    """The documentation of one rule, as it stands at the top of its file, in one language.

    Raises:
        UnknownRuleError: there is no such rule.
    """
    known = find_rule(rule)
    if known is None:
        family = [known for known in known_rules() if known.startswith(rule[:3].upper())]
        raise UnknownRuleError(clean_text(rule), ", ".join(family) if len(rule) > 2 else "")
    return "\n".join(_explain(known, words, width))


def _explain(rule: Any, words: Words, width: int) -> Iterator[str]:
    from kenzan.terminal.wrapping import wrap_text

    yield f"{rule.id} {words.pick(rule.title_ja, rule.title_en)}"
    weight = f"{words.say('rules.severity')} {words.name('severity', rule.severity)}"
    yield weight + words.pick(" ・ ", " · ") + rule.slug
    for title, text in rule.sections(words.lang):
        yield ""
        yield title
        yield from (f"  {line}" for line in wrap_text(text, width - 2))
