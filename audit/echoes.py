"""Where a figure may have come from instead: the cell beside it, last year, another convention."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kenzan.arithmetic.evidence import TELLING_BITS, count_bits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kenzan.audit.figures import Figure
    from kenzan.audit.inference import Answer
    from kenzan.schemas.report import Report
    from kenzan.schemas.tables import Observation

    _Position = tuple[int | None, int | None, int | None]


ECHOES = frozenset({"copied", "stale", "other_convention"})


class Echoes:
    """Finds figures that print the same as a given one where a hand or an eye can slip to."""

    def __init__(
        self, report: Report, figures: Sequence[Figure], answers: Iterable[Answer]
    ) -> None:
        self._rows = report.observations
        self._cells: dict[tuple[int | None, int | None, int | None], list[Figure]] = defaultdict(
            list
        )
        self._names: dict[tuple[str, str, str], list[Figure]] = defaultdict(list)
        for figure in figures:
            row = self._rows[figure.observation]
            origin = row.origin
            self._cells[origin.table, origin.row, origin.col].append(figure)
            self._names[row.project, row.group, row.indicator].append(figure)
        self._others = dict(_other_conventions(answers))

    def find(self, figure: Figure) -> Mapping[str, str]:
        """The ways in which a figure may have come from elsewhere, with the source of each."""
        found: dict[str, str] = {}
        if figure.index in self._others:
            found["other_convention"] = self._others[figure.index]
        if count_bits(figure.value, figure.step) < TELLING_BITS:
            return found
        for kind, others in (("copied", self._beside(figure)), ("stale", self._named(figure))):
            for other in others:
                if other is not figure and other.value == figure.value:
                    found.setdefault(kind, self._describe(self._rows[other.observation]))
        return found

    def _beside(self, figure: Figure) -> Iterator[Figure]:
        origin = self._rows[figure.observation].origin
        if origin.row is None or origin.col is None:
            return
        for down, right in ((-1, 0), (1, 0), (0, -1), (0, 1), (-2, 0), (2, 0), (0, -2), (0, 2)):
            yield from self._cells.get((origin.table, origin.row + down, origin.col + right), ())

    def _named(self, figure: Figure) -> Sequence[Figure]:
        row = self._rows[figure.observation]
        return self._names[row.project, row.group, row.indicator]

    @staticmethod
    def _describe(row: Observation) -> str:
        return " ".join(part for part in (row.indicator, row.period, row.measure_label) if part)


def _other_conventions(answers: Iterable[Answer]) -> Iterator[tuple[int, str]]:
    """Judged figures that only another hypothesis than the governing one fits."""
    for answer in answers:
        if answer.choice is None or answer.fits is not False:
            continue
        if count_bits(answer.question.judged.value, answer.question.judged.step) < TELLING_BITS:
            continue
        for place, held in enumerate(answer.held):
            if held and answer.pool.relation.name in {"delta", "achievement_rate"}:
                yield answer.question.judged.index, answer.pool.hypotheses[place].ja
                break
