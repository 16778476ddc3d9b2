"""Formulas that headers state in terms of marks: ①－②, (a)+(b)."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from kenzan.arithmetic.expression import Constant, Expression, Role
from kenzan.arithmetic.relation import Hypothesis
from kenzan.arithmetic.relations.stated import RELATION
from kenzan.audit.ties import Pool, Question, Tie

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kenzan.audit.figures import Figure
    from kenzan.audit.sheet import Axis, Key, Line, Sheet

STATED_PRIOR = 4
_TOKEN = re.compile(r"\s*(?:(?P<mark>[^\s()+\-*/×÷]+)|(?P<sign>[()+\-*/×÷]))")
_CIRCLED = frozenset("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")


class _UnreadableError(ValueError):
    """The formula is not one of marks, signs and brackets."""


def find_pools(sheets: Sequence[Sheet]) -> Iterator[Pool]:
    """One pool for each header with a formula whose marks name other lines of its axis."""
    axes: tuple[Axis, ...] = ("columns", "rows")
    for sheet in sheets:
        for axis in axes:
            lines = sheet.lines(axis)
            for place, line in enumerate(lines):
                if line.header.formula:
                    yield from _find_pool(sheet, line, lines[:place][::-1] + lines[place + 1 :])


def _find_pool(sheet: Sheet, judged: Line, others: Sequence[Line]) -> Iterator[Pool]:
    """``others`` are searched for the marks in their order: nearest above first, then below."""
    text = judged.header.formula or ""
    try:
        formula = parse_formula(text)
    except ValueError:
        return
    marked = {role: _find_marked(judged, others, role) for role in dict.fromkeys(formula.roles())}
    lines = {role: line for role, line in marked.items() if line is not None}
    if not lines or len(lines) < len(marked):
        return
    hypotheses = [Hypothesis("stated", text, text, formula)]
    if "/" in text or "÷" in text:
        percent = formula * Constant(Decimal(100))
        hypotheses.append(Hypothesis("percent", f"{text} × 100", f"{text} × 100", percent))
    questions = []
    for key, figure in judged.keyed.items():
        ties = tuple(_to_tie(one, lines, key, figure) for one in hypotheses)
        if any(ties):
            questions.append(Question(figure, ties))
    if questions:
        priors = (STATED_PRIOR,) * len(hypotheses)
        scope = f"table:{sheet.number}"
        yield Pool(RELATION, scope, tuple(hypotheses), tuple(questions), priors)


def _find_marked(judged: Line, others: Sequence[Line], mark: str) -> Line | None:
    """The line with a mark: one under the same headings if there is any, else the nearest."""
    found = [line for line in others if line.header.mark == mark]
    found = found or [line for line in others if _leads(mark, line.label)]
    home = judged.header.path[:-1]
    inside = [line for line in found if line.header.path[: len(home)] == home]
    return next(iter(inside or found), None) or _find_total_under(others, mark)


def _leads(mark: str, label: str) -> bool:
    """Whether the label begins with the mark as such: ①量の見込み, (A)計画額, but not AI導入."""
    return (mark in _CIRCLED and label.startswith(mark)) or label.startswith(f"({mark})")


def _find_total_under(others: Sequence[Line], mark: str) -> Line | None:
    """The total (or the only line) of the group whose heading has the mark: ②確保方策 / 計."""
    group = [line for line in others if any(_leads(mark, up) for up in line.header.path[:-1])]
    totals = [line for line in group if line.header.kind in {"subtotal", "total"}]
    found = totals or group
    return found[0] if len(found) == 1 else None


def _to_tie(
    hypothesis: Hypothesis, lines: Mapping[str, Line], key: Key, judged: Figure
) -> Tie | None:
    if judged.measure == "share" and hypothesis.name == "stated":
        return None
    operands = {role: line.at(key) for role, line in lines.items()}
    if not any(operands.values()) or any(key[0] in line.blocked for line in lines.values()):
        return None
    names = {role: (line.name,) * len(operands[role]) for role, line in lines.items()}
    return Tie(RELATION, hypothesis, judged, operands, names=names)


def parse_formula(text: str) -> Expression:
    """A formula of marks: ``①-②``, ``a+b``, ``(a-b)/b×100``.

    Raises:
        ValueError: if it is anything else.
    """
    tokens = [match.group().strip() for match in _TOKEN.finditer(text)]
    if "".join(tokens) != "".join(text.split()):
        raise _UnreadableError(text)
    expression, rest = _parse_sum(tokens)
    if rest:
        raise _UnreadableError(text)
    return expression


def _parse_sum(tokens: list[str]) -> tuple[Expression, list[str]]:
    left, rest = _parse_product(tokens)
    while rest and rest[0] in {"+", "-"}:
        right, after = _parse_product(rest[1:])
        left = left + right if rest[0] == "+" else left - right
        rest = after
    return left, rest


def _parse_product(tokens: list[str]) -> tuple[Expression, list[str]]:
    left, rest = _parse_one(tokens)
    while rest and rest[0] in {"*", "×", "/", "÷"}:
        right, after = _parse_one(rest[1:])
        left = left * right if rest[0] in {"*", "×"} else left / right
        rest = after
    return left, rest


def _parse_one(tokens: list[str]) -> tuple[Expression, list[str]]:
    if not tokens:
        raise _UnreadableError
    first, rest = tokens[0], tokens[1:]
    if first == "(":
        inner, rest = _parse_sum(rest)
        if not rest or rest[0] != ")":
            raise _UnreadableError
        return inner, rest[1:]
    if first in {")", "+", "-", "*", "/", "×", "÷"}:
        raise _UnreadableError
    if first in {"100", "1000"}:
        return Constant(Decimal(first)), rest
    return Role(first), rest
