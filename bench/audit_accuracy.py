"""How well the audit finds slips, and how seldom it accuses what is right.

    python bench/audit_accuracy.py [--slips N] [--clean N] [--seed S] [--real FOLDER]

Prints, for each kind of slip: how many were found, at the right place, with the right repair first,
and for the clean documents how many checked figures were accused all the same.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parent))

from audit_documents import FEW, MAKERS, TRAPS
from audit_slips import KINDS, Outcome, inject_slip, judge_injection

from kenzan.audit import audit_report
from kenzan.audit.facts import Facts
from kenzan.schemas.report import Report


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--slips", type=int, default=2400)
    parser.add_argument("--clean", type=int, default=400)
    parser.add_argument("--seed", type=int, default=20250401)
    parser.add_argument("--real", type=Path, help="also a folder of real documents")
    parser.add_argument("--show", type=int, default=0, help="show so many misses")
    given = parser.parse_args()
    random = Random(given.seed)
    real = read_real(given.real) if given.real else []
    print_clean(random, given.clean, real)
    outcomes = measure_slips(random, given.slips, real, given.show)
    print_slips(outcomes)


def read_real(folder: Path) -> list[Report]:
    """The real documents of a folder, read and understood."""
    from kenzan.extract import read_document
    from kenzan.interpret import interpret_document

    return [
        interpret_document(read_document(path, name=path.name))
        for path in sorted(folder.glob("*.pdf"))
    ]


def print_clean(random: Random, count: int, real: list[Report]) -> None:
    """False alarms on documents that are consistent."""
    print("| layout | documents | figures | checked | undecided | errors, warnings | notices |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    totals: Counter[str] = Counter()
    makers = {
        **MAKERS,
        **{f"trap: {name}": maker for name, maker in TRAPS.items()},
        **{f"few: {name}": maker for name, maker in FEW.items()},
    }
    made = {
        name: [maker(random) for _ in range(count // len(makers))] for name, maker in makers.items()
    }
    for name, reports in {**made, **({"real": real} if real else {})}.items():
        tally: Counter[str] = Counter()
        for report in reports:
            result = audit_report(report)
            tally["figures"] += result.counts.figures
            tally["checked"] += result.counts.checked
            tally["undecided"] += result.counts.undecided
            for one in result.findings:
                tally["notices" if one.severity == "notice" else "alarms"] += 1
        totals += tally
        print(
            f"| {name} | {len(reports)} | {tally['figures']} | {tally['checked']} | "
            f"{tally['undecided']} | {tally['alarms']} | {tally['notices']} |"
        )
    rate = 1000 * totals["alarms"] / max(totals["checked"], 1)
    print(
        f"\nFalse alarms: {totals['alarms']} on {totals['checked']} checked figures ({rate:.2f} ‰)\n"
    )


def measure_slips(random: Random, count: int, real: list[Report], show: int) -> list[Outcome]:
    """Inject so many slips, kinds and layouts by turns."""
    outcomes: list[Outcome] = []
    makers = list(MAKERS.values())
    clean: list[tuple[Report, Facts]] = []
    while len(outcomes) < count:
        if len(clean) < 1:
            maker = makers[len(outcomes) % len(makers)]
            report = random.choice(real) if real and random.random() < 0.3 else maker(random)
            clean = [(report, Facts(report))] * 6
        report, facts = clean.pop()
        kind = random.choice(KINDS)
        injection = inject_slip(report, facts, random, kind)
        if injection is None:
            continue
        result = audit_report(injection.report)
        outcome = judge_injection(injection, result)
        outcomes.append(outcome)
        if show > 0 and (outcome.others or not (outcome.found and outcome.repaired)):
            show -= 1
            print_miss(injection, outcome, result)
    return outcomes


def print_miss(injection, outcome, result) -> None:
    row = injection.report.observations[injection.figure.observation]
    print("\nMISS", outcome)
    print(
        "  ",
        row.document,
        row.origin.table,
        row.origin.row,
        row.origin.col,
        row.indicator,
        row.measure_label,
        row.period,
        injection.figure.field,
        injection.meant,
        "->",
        injection.printed,
    )
    for one in result.findings:
        print(
            "   ",
            one.rule,
            one.severity,
            one.indicator,
            one.printed,
            "->",
            one.expected,
            one.message_ja[:300],
        )


def print_slips(outcomes: list[Outcome]) -> None:
    """One line for each kind, and one for all."""
    by_kind: dict[str, list[Outcome]] = defaultdict(list)
    for one in outcomes:
        by_kind[one.kind].append(one)
    print(
        "| slip | injected | recall | right place | place named | right repair first | precision |"
    )
    print("|---|--:|--:|--:|--:|--:|--:|")
    for kind, found in [*sorted(by_kind.items()), ("all", outcomes)]:
        hits = [one for one in found if one.found]
        fixed = [one for one in hits if one.fixed]
        flagged = sum(one.flagged for one in found)
        wrong = sum(one.others for one in found)
        print(
            f"| {kind} | {len(found)} | {len(hits) / len(found):.3f} "
            f"| {sum(one.placed for one in hits) / max(len(hits), 1):.3f} "
            f"| {sum(one.named for one in hits) / max(len(hits), 1):.3f} "
            f"| {sum(one.repaired for one in fixed) / max(len(fixed), 1):.3f} "
            f"| {1 - wrong / max(flagged, 1):.3f} |"
        )


if __name__ == "__main__":
    main()
