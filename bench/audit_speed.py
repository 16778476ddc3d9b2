"""How long the audit of one table takes, by its size.

    python bench/audit_speed.py

Tables of years across and lines down: amounts with shares, differences and rates, subtotals and a
total, from 100 to 20,000 cells. Prints milliseconds of processor time (best of fifteen, as other
work on the machine can only add to it) and microseconds a cell. The collector of cycles runs as
seldom as in kenzan's own processes.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parent))

from audit_documents import Draft, add_table

from kenzan.audit import audit_report
from kenzan.schemas.report import Report

_COLLECT_EVERY = 50_000
_ROUNDS = 15
SIZES = ((6, 20), (25, 20), (100, 20), (400, 20), (1000, 20), (100, 10), (100, 40), (100, 100))


def wide_report(rows: int, columns: int, seed: int = 1) -> Report:
    """A consistent table of ``rows`` × ``columns``: blocks of four columns for each pair of years."""
    random = Random(seed)
    draft = Draft(random)
    groups = max(1, rows // 10)
    labels: list[tuple[tuple[str, ...], str]] = []
    sums: list[list[int]] = []
    for group in range(groups):
        first = len(labels)
        for number in range(rows // groups - 1):
            labels.append(((f"{group}款", f"{group}-{number}項"), "part"))
            sums.append([])
        labels.append(((f"{group}款", "小計"), "subtotal"))
        sums.append(list(range(first, len(labels) - 1)))
    labels[-1] = (("合計",), "total")
    sums[-1] = [place for place, parts in enumerate(sums) if not parts]
    heads, filled = [], []
    after = _fill(random, sums)
    for block in range(columns // 4):
        amounts, after = after, _fill(random, sums)
        heads += list(_block_heads(2026 - block))
        filled += _block(amounts, after)
    body = [
        (path, kind, [column[place] for column in filled])
        for place, (path, kind) in enumerate(labels)
    ]
    add_table(draft, heads, body)
    return draft.to_report()


def _block_heads(year: int) -> Iterator[tuple[tuple[str, ...], str, str, int | None]]:
    label = f"令和{year - 2018}年度"
    yield (label, "予算額"), "budget", "千円", year
    yield (label, "構成比"), "share", "%", year
    yield (label, "前年度増減額"), "change", "千円", None
    yield (label, "増減率"), "change_rate", "%", None


def _block(amounts: list[Decimal], before: list[Decimal]) -> list[list[Decimal]]:
    tenth = Decimal("0.1")
    return [
        amounts,
        [(one / amounts[-1] * 100).quantize(tenth, ROUND_HALF_UP) for one in amounts],
        [one - two for one, two in zip(amounts, before, strict=True)],
        [
            ((one / two - 1) * 100).quantize(tenth, ROUND_HALF_UP)
            for one, two in zip(amounts, before, strict=True)
        ],
    ]


def _fill(random: Random, sums: list[list[int]]) -> list[Decimal]:
    leaves = [Decimal(random.randint(100, 9_000_000)) for _ in sums]
    return [
        sum((leaves[part] for part in parts), Decimal(0)) if parts else leaves[place]
        for place, parts in enumerate(sums)
    ]


def main() -> None:
    gc.set_threshold(_COLLECT_EVERY)
    print("| rows × columns | cells | checks | ms | µs a cell |")
    print("|---|--:|--:|--:|--:|")
    for rows, columns in SIZES:
        report = wide_report(rows, columns)
        times = []
        for _ in range(_ROUNDS):
            start = time.process_time()
            result = audit_report(report)
            times.append(time.process_time() - start)
        best = min(times)
        cells = len(report.observations)
        print(
            f"| {rows} × {columns} | {cells} | {len(result.checks)} "
            f"| {best * 1000:.1f} | {best / cells * 1e6:.1f} |"
        )


if __name__ == "__main__":
    main()
