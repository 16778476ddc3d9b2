"""What a report shows about how its author counts, told so that others of its form can use it.

A sheet that every office fills in holds a few figures only; a hundred of them together show how its
author counts. What counts as one form: a relation between figures under the same headers.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cached_property
from hashlib import sha256
from itertools import groupby, islice
from typing import TYPE_CHECKING

from kenzan.audit.precision import LINEAR
from kenzan.schemas.audit import Practice

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence

    from kenzan.arithmetic.evidence import Tally
    from kenzan.audit.facts import Facts
    from kenzan.audit.figures import Figure
    from kenzan.audit.inference import Answer
    from kenzan.audit.judgement import Ruling
    from kenzan.audit.precedents import Precedent, Ways
    from kenzan.audit.ties import Pool, Tie
    from kenzan.schemas.report import Report

LIFTED = frozenset({"no-convention", "another-fits", "weak"})
"""Why a question may be undecided that other reports can help to decide."""

_SAMPLE = 3
"""On how many ties it is looked at where the figures stand to each other."""

_YEAR = re.compile(r"(?:令和|平成|昭和|[RHS])?(?:\d+|元)(?=年|\.|$|\D)")


class Forms:
    """The forms of the pools of one report, and the names of their hypotheses across reports."""

    def __init__(self, report: Report) -> None:
        self._rows = report.observations
        self._tables = {one.number: one for one in report.tables}

    def name_form(self, pool: Pool) -> str:
        """What the pool of another report must share with this one to be of the same form."""
        tables = Counter(self._rows[one.judged.observation].origin.table for one in pool.questions)
        table = min(tables, key=lambda one: (-tables[one], one or 0))
        scope = "" if pool.scope.startswith("table:") else pool.scope
        about = (pool.relation.name, scope, self._name_line(pool), self._layouts[table])
        return sha256(repr(about).encode()).hexdigest()[:16]

    def name_way(self, pool: Pool, place: int) -> str:
        """A hypothesis of a pool: its name, how it rounds, and where its figures stand."""
        found = (one.ties[place] for one in pool.questions)
        ties = list(islice((tie for tie in found if tie is not None), _SAMPLE))
        rounding = ties[0].rounding.name if ties and ties[0].rounding else ""
        parts = [pool.hypotheses[place].name, rounding]
        if pool.relation.parts:
            parts += [f"{role}{self._find_offset(ties, role)}" for role in pool.relation.parts]
        return "/".join(parts)

    def _find_offset(self, ties: Sequence[Tie], role: str) -> str:
        """By how many rows and columns a part stands off; empty if that differs."""
        found = {
            self._offset(tie.judged, figures[0])
            for tie in ties
            if (figures := tie.operands.get(role))
        }
        return found.pop() if len(found) == 1 else ""

    def _offset(self, one: Figure, other: Figure) -> str:
        here, there = (self._rows[figure.observation].origin for figure in (one, other))
        down, right = (there.row or 0) - (here.row or 0), (there.col or 0) - (here.col or 0)
        return f"{down:+d}{right:+d}"

    def _name_line(self, pool: Pool) -> tuple[str, ...]:
        """What the judged figures are called, as far as all are; for sums also what is added."""
        rows = [self._rows[one.judged.observation] for one in pool.questions]
        labels = ({row.measure_label for row in rows}, {row.indicator for row in rows})
        names = [_without_years(one.pop()) for one in labels if len(one) == 1 < len(rows)]
        if pool.relation.name in LINEAR and not pool.relation.parts:
            tie = next(tie for one in pool.questions for tie in one.ties if tie is not None)
            names += [_without_years(name.ja) for part in tie.names.values() for name in part]
        return tuple(names)

    @cached_property
    def _layouts(self) -> dict[int | None, tuple[Hashable, ...]]:
        """The headers of each table without their years, and what its figures are called."""
        labels: dict[int | None, set[tuple[str, str]]] = defaultdict(set)
        for row in self._rows:
            labels[row.origin.table].add((row.measure, _without_years(row.measure_label)))
        return {
            number: (self._name_headers(number), tuple(sorted(found)))
            for number, found in labels.items()
        }

    def _name_headers(self, number: int | None) -> tuple[Hashable, ...]:
        reading = self._tables.get(number) if number is not None else None
        if reading is None:
            return ("text",)
        paths = [tuple(map(_without_years, one.path)) for one in reading.columns]
        return (reading.family, *(path for path, _ in groupby(paths)))


def _without_years(label: str) -> str:
    return _YEAR.sub("#", label)


def find_lent(
    forms: Forms, pool: Pool, precedents: Mapping[str, Ways]
) -> tuple[Precedent | None, ...]:
    """What other reports say for each hypothesis of a pool; nothing if none is of its form."""
    ways = precedents.get(forms.name_form(pool))
    if ways is None:
        return ()
    names = [forms.name_way(pool, place) for place in range(len(pool.hypotheses))]
    return tuple(ways.get(one) if one not in names[:at] else None for at, one in enumerate(names))


def find_practices(facts: Facts) -> tuple[Practice, ...]:
    """What every pool of a report says for its hypotheses.

    Parts of a pool that count in a way of their own are left out: they say nothing about others.
    """
    forms = Forms(facts.report)
    pools: dict[int, list[Ruling]] = defaultdict(list)
    for ruling in facts.rulings:
        if ruling.answer.scope is None:
            pools[id(ruling.answer.pool)].append(ruling)
    return tuple(one for found in pools.values() for one in _of_pool(forms, found))


def _of_pool(forms: Forms, rulings: Sequence[Ruling]) -> Iterator[Practice]:
    answer = rulings[0].answer
    weak = any(one.verdict == "undecided" and one.reason in LIFTED for one in rulings)
    form, digest = forms.name_form(answer.pool), _digest(rulings)
    ways = _find_ways(forms, answer)
    for way, tally in ways.items() or {"": None}.items():
        counts = (tally.held, tally.tested, tally.telling, tally.bits) if tally else (0, 0, 0, 0)
        yield Practice(form, digest, way, *counts, weak=weak)


def _find_ways(forms: Forms, answer: Answer) -> dict[str, Tally]:
    """The hypotheses that come out anywhere. Two of one name cannot be told apart in others."""
    found: dict[str, Tally] = {}
    for place, tally in enumerate(answer.tallies):
        if tally.held:
            found.setdefault(forms.name_way(answer.pool, place), tally)
    return found


def _digest(rulings: Sequence[Ruling]) -> str:
    """The figures that were judged: two reports that print the same say no more than one."""
    about = [(one.answer.question.judged.raw, one.answer.held) for one in rulings]
    return sha256(repr(about).encode()).hexdigest()[:16]
