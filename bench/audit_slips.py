"""Slips put into clean reports at random, and what the audit makes of each of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from kenzan.arithmetic.interval import Rounding
from kenzan.audit.facts import Facts
from kenzan.audit.figures import Figure, find_place, is_exact_unit
from kenzan.audit.precision import LINEAR
from kenzan.audit.ties import Tie
from kenzan.schemas.audit import AuditResult
from kenzan.schemas.report import Report
from kenzan.schemas.tables import Finding

KINDS = (
    "stray",
    "dropped",
    "doubled",
    "transposed",
    "substituted",
    "glued",
    "sign-lost",
    "sign-flipped",
    "decimal-shift",
    "thousand",
    "copied",
    "stale",
    "row-above",
)


@dataclass(frozen=True)
class Injection:
    """One slip: the figure, its kind, what was meant and what is printed instead."""

    kind: str
    figure: Figure
    meant: Decimal
    printed: Decimal
    report: Report
    fixed: bool


def inject_slip(report: Report, facts: Facts, random: Random, kind: str) -> Injection | None:
    """A copy of the report with one slip of a kind, at a figure that some sum speaks of.

    ``None`` if there is no figure that this slip could happen to and change beyond rounding.
    """
    speaking: dict[int, list[Tie]] = {}
    for ruling in facts.rulings:
        if ruling.verdict == "consistent" and ruling.answer.tie is not None:
            for figure in ruling.answer.tie.figures():
                speaking.setdefault(figure.index, []).append(ruling.answer.tie)
    indexes = list(speaking)
    random.shuffle(indexes)
    for index in indexes[:40]:
        figure = facts.figures[index]
        printed = spoil(figure, kind, facts, random)
        if printed is None or printed == figure.value:
            continue
        if any(is_beyond_slack(tie, figure, printed) for tie in speaking[index]):
            return Injection(
                kind,
                figure,
                figure.value,
                printed,
                _with_value(report, figure, printed),
                any(_fixes(tie, figure) for tie in speaking[index]),
            )
    return None


def is_beyond_slack(tie: Tie, figure: Figure, printed: Decimal) -> bool:
    """Whether a sum breaks by more than rounding, or a last digit moved on purpose, explains."""
    if tie.holds_with(figure, printed) is not False:
        return False
    off = abs(printed - figure.value) / figure.step
    if tie.relation.name in LINEAR and not all(
        one.mode is Rounding.EXACT and is_exact_unit(one.unit) for one in tie.figures()
    ):
        return off > len(list(tie.figures()))
    return off > 1 or not tie.relation.adjustable


def _fixes(tie: Tie, figure: Figure) -> bool:
    """Whether the other figures of a sum leave one value only for this one."""
    wanted = tie.wanted(figure)
    return wanted is not None and wanted.high - wanted.low < figure.step


def spoil(figure: Figure, kind: str, facts: Facts, random: Random) -> Decimal | None:
    """What the slip makes of a figure; ``None`` if it cannot happen to it."""
    value = figure.value
    sign = "-" if value < 0 else ""
    text = format(abs(value), "f")
    places = [i for i, char in enumerate(text) if char.isdigit()]
    if kind == "sign-lost":
        return -value if value < 0 else None
    if kind == "sign-flipped":
        return -value if value > 0 and figure.field == "delta" else None
    if kind == "decimal-shift":
        return value * random.choice([10, Decimal("0.1")]) if "." in text else None
    if kind == "thousand":
        return value * 1000 if value and "." not in text else None
    if kind == "row-above":
        return _above(figure, facts)
    if kind in {"copied", "stale"}:
        return _neighbour(figure, kind, facts, random)
    if kind == "glued":
        other = _neighbour(figure, "copied", facts, random)
        return (
            None
            if other is None
            else Decimal(sign + text + format(abs(other), "f").split(".")[0][:3])
        )
    if len(places) < 2 or not value:
        return None
    return Decimal(sign + _edit(text, kind, places, random) or "0")


def _edit(text: str, kind: str, places: list[int], random: Random) -> str:
    at = random.choice(places)
    if kind == "stray":
        extra = "".join(random.choice("0123456789") for _ in range(random.randint(1, 3)))
        return text + extra
    if kind == "dropped":
        return text[:at] + text[at + 1 :]
    if kind == "doubled":
        return text[:at] + text[at] + text[at:]
    if kind == "transposed":
        at = random.choice(places[:-1])
        other = places[places.index(at) + 1]
        chars = list(text)
        chars[at], chars[other] = chars[other], chars[at]
        return "".join(chars)
    digit = random.choice([one for one in "0123456789" if one != text[at]])
    return text[:at] + digit + text[at + 1 :]


def _neighbour(figure: Figure, kind: str, facts: Facts, random: Random) -> Decimal | None:
    """The figure of a neighbouring cell; for a stale value that of the same row or indicator."""
    row = facts.row(figure)
    near = []
    for other in facts.figures:
        one = facts.row(other)
        if other is figure or other.field != figure.field or one.unit != row.unit:
            continue
        same = one.indicator == row.indicator and one.measure == row.measure
        beside = (
            one.origin.table == row.origin.table
            and one.origin.col == row.origin.col
            and abs((one.origin.row or 0) - (row.origin.row or 0)) == 1
        )
        if (kind == "stale" and same) or (kind == "copied" and beside):
            near.append(other.value)
    return random.choice(near) if near else None


def _above(figure: Figure, facts: Facts) -> Decimal | None:
    """What stands above a total: its formula was not drawn down to the last row."""
    origin = facts.row(figure).origin
    if figure.field == "delta" or origin.table is None or origin.row is None:
        return None
    reading = next((one for one in facts.report.tables if one.number == origin.table), None)
    if reading is None:
        return None
    kinds = {one.index: one.kind for one in reading.rows}
    if kinds.get(origin.row) not in {"total", "subtotal"}:
        return None
    above = reading.cells.get((origin.row - 1, origin.col or 0), ())
    return facts.report.observations[above[0]].value if len(above) == 1 else None


def _with_value(report: Report, figure: Figure, printed: Decimal) -> Report:
    row = report.observations[figure.observation]
    old: str = getattr(row, f"{figure.field}_raw")
    raw = _print_alike(printed, old)
    changed = replace(row, **{figure.field: printed, f"{figure.field}_raw": raw})
    rows = list(report.observations)
    rows[figure.observation] = changed
    return replace(report, observations=tuple(rows))


def _print_alike(value: Decimal, old: str) -> str:
    """A figure printed as its author prints figures: width, brackets, signs, unit."""
    text = format(abs(value), ",f")
    wide = any("０" <= char <= "９" for char in old)
    signs = [char for char in old if char in "-+－＋△▲"]
    if value < 0:
        text = (signs[0] if signs and signs[0] not in "+＋" else "－" if wide else "-") + text
    elif any(char in "+＋" for char in signs):
        text = "+" + text
    text = text.translate(_WIDE) if wide else text
    head = old[:1] if old[:1] in "（(" else ""
    return head + text + "".join(char for char in old if char in "人件円回％%）)")


_WIDE = str.maketrans("0123456789,.+-", "０１２３４５６７８９，．＋－")


@dataclass(frozen=True)
class Outcome:
    """What became of one slip."""

    kind: str
    found: bool
    placed: bool
    named: bool
    repaired: bool
    fixed: bool
    others: int
    flagged: int


def judge_injection(injection: Injection, result: AuditResult) -> Outcome:
    """Was the slip found, at the right place, with the right repair, and nothing else accused?"""
    figure = injection.figure
    loud = [one for one in result.findings if one.severity in {"error", "warning"}]
    place = find_place(injection.report.observations[figure.observation], figure.field)
    touching = set(_touching(figure, result))
    about = [one for one in loud if one.id in touching or _is_at(one, place)]
    at = [one for one in about if _is_at(one, place)]
    expected = format(injection.meant, "f")
    return Outcome(
        injection.kind,
        bool(about),
        bool(at),
        bool(at) or any(_names(one, injection) for one in about),
        any(_equal(one.expected, expected) for one in at),
        injection.fixed,
        len(loud) - len(about),
        len(loud),
    )


def _touching(figure: Figure, result: AuditResult) -> Iterator[str]:
    """The findings whose sums the figure takes part in."""
    for detail in result.details:
        if detail.finding is None:
            continue
        for operand in (detail.judged, *detail.operands):
            if operand and (operand.observation, operand.field) == (
                figure.observation,
                figure.field,
            ):
                yield detail.finding


def _is_at(finding: Finding, place: object) -> bool:
    box = getattr(place, "box", None)
    if box is None:
        return False
    return (finding.page, finding.x0, finding.top) == (place.page, box.x0, box.top)  # type: ignore[attr-defined]


def _names(finding: Finding, injection: Injection) -> bool:
    return format(injection.meant, ",f") in finding.message_ja


def _equal(one: str, two: str) -> bool:
    try:
        return Decimal(one) == Decimal(two)
    except ArithmeticError:
        return False
