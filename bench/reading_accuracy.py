"""How well tables are read: a corpus with exact truth, read in every format, scored by figure.

    python bench/reading_accuracy.py         # the published table
    python bench/reading_accuracy.py --n 3 --families budget --producers writer,calc --worst 5

See bench/corpus/README.md for what the corpus holds and what counts as right.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.corpus import FAMILIES, generate
from bench.corpus.producers import PRODUCERS, Input, draw_producers, make_inputs
from bench.corpus.scoring import Comparison, Score, compare

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bench.corpus.model import Fact, HeaderSet
    from bench.corpus.scoring import Found

_CLASSES = ("native", "ruled pdf", "unruled pdf", "layout text", "linear text")
_TARGETS = {
    "native": 0.995,
    "ruled pdf": 0.995,
    "unruled pdf": 0.98,
    "layout text": 0.98,
    "linear text": 0.95,
}


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one input; ``error`` is empty if it was read."""

    item: Input
    comparison: Comparison
    error: str = ""


def main() -> int:
    """Generate, read, score, print. Returns 1 if a target is missed on the common headings."""
    options = _parse()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(options.keep or scratch)
        inputs = _inputs(options, folder)
        print(f"{len(inputs)} inputs", file=sys.stderr, flush=True)
        results = _read_all(inputs, options.jobs)
    _print_tables(results)
    _print_worst(results, options.worst, options.lines)
    return 0 if _targets_met(results) else 1


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--n", type=int, default=10, help="documents per family and header set")
    parser.add_argument("--seed", type=int, default=0, help="first seed")
    parser.add_argument("--families", default="", help=f"of {','.join(FAMILIES)}")
    parser.add_argument(
        "--producers", default="", help=f"of {','.join(PRODUCERS)}; five each if not given"
    )
    parser.add_argument("--headers", default="common,rare", help="header sets")
    parser.add_argument(
        "--rare-every", type=int, default=4, help="one rare document to this many common"
    )
    parser.add_argument(
        "--keep", default="", help="folder for the documents; files there are used again"
    )
    parser.add_argument("--worst", type=int, default=0, help="how many of the worst inputs to show")
    parser.add_argument("--lines", type=int, default=12, help="lines of difference for each")
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    return parser.parse_args()


def _inputs(options: argparse.Namespace, folder: Path) -> list[Input]:
    families = options.families.split(",") if options.families else FAMILIES
    named = tuple(options.producers.split(",")) if options.producers else ()
    wanted = []
    for family in families:
        for header_set in options.headers.split(","):
            count = options.n if header_set == "common" else -(-options.n // options.rare_every)
            for seed in range(options.seed, options.seed + count):
                made = generate(seed, family, _header_set(header_set))
                wanted += [(made, name) for name in named or draw_producers(made)]
    return make_inputs(wanted, folder)


def _header_set(name: str) -> HeaderSet:
    if name == "common":
        return "common"
    if name == "rare":
        return "rare"
    raise SystemExit(f"unknown header set {name!r}")


def _read_all(inputs: Sequence[Input], jobs: int) -> list[Result]:
    if jobs < 2:
        return [_read(item) for item in inputs]
    with multiprocessing.Pool(jobs) as pool:
        return pool.map(_read, inputs, chunksize=4)


def _read(item: Input) -> Result:
    """Read one input and score it; a crash of the reader is an unread document, and is named."""
    from kenzan.extract import read_document
    from kenzan.interpret import interpret_document

    start = time.perf_counter()
    found: Sequence[Found] = ()
    error = ""
    try:
        found = interpret_document(read_document(item.path)).observations
    except Exception as reason:
        error = f"{type(reason).__name__}: {reason}"
    comparison = compare(item.generated.facts, found)
    comparison.score.seconds = time.perf_counter() - start
    comparison.score.failed = int(bool(error))
    return Result(item, comparison, error)


def _total(results: Iterable[Result]) -> Score:
    total = Score()
    for result in results:
        total.add(result.comparison.score)
    return total


def _print_tables(results: Sequence[Result]) -> None:
    for header_set in ("common", "rare"):
        chosen = [r for r in results if r.item.generated.header_set == header_set]
        if not chosen:
            continue
        print(f"\n== {header_set} headings ==")
        _print_rows("class", chosen, lambda r: r.item.input_class)
        _print_rows("producer", chosen, lambda r: r.item.producer)
        _print_rows("family", chosen, lambda r: r.item.generated.family)
        _print_grid(chosen)


def _print_rows(title, results, key) -> None:
    groups = defaultdict(list)
    for result in results:
        groups[key(result)].append(result)
    print(
        f"\n{title:20} inputs failed truth    F1     recall misplaced unplaced spurious"
        "  unit  group  proj  label   raw  marks   s/doc"
    )
    for name, group in [*groups.items(), ("all", results)]:
        print(f"{name:20} {_line(_total(group))}")


def _line(score: Score) -> str:
    right = max(1, score.right)
    fields = " ".join(
        f"{score.fields[name] / right:6.3f}"
        for name in ("unit", "group", "project", "label", "raw")
    )
    marks = score.marks["status"] / max(1, score.marks["printed"])
    return (
        f"{score.inputs:6d} {score.failed:6d} {score.truth:6d} {score.f1:7.4f} {score.recall:7.4f}"
        f" {score.misplacement:8.4f} {score.unplaced:8d} {score.spurious:8d} {fields} {marks:6.3f}"
        f" {score.seconds / max(1, score.inputs):7.3f}"
    )


def _print_grid(results: Sequence[Result]) -> None:
    """F1 by family and class of input."""
    print(f"\n{'F1':20}" + "".join(f"{name:>14}" for name in _CLASSES))
    for family in dict.fromkeys(r.item.generated.family for r in results):
        line = ""
        for name in _CLASSES:
            score = _total(
                r
                for r in results
                if r.item.generated.family == family and r.item.input_class == name
            )
            line += f"{score.f1:14.4f}" if score.inputs else f"{'':>14}"
        print(f"{family:20}{line}")


def _print_worst(results: Sequence[Result], count: int, lines: int) -> None:
    ranked = sorted(
        (r for r in results if r.item.generated.header_set == "common"),
        key=lambda r: r.comparison.score.right - r.comparison.score.truth - len(r.comparison.wrong),
    )
    for result in ranked[:count]:
        score = result.comparison.score
        if score.right == score.truth and not result.comparison.wrong:
            break
        print(f"\n--- {result.item.producer} {result.item.path}")
        wrong = len(result.comparison.wrong)
        print(f"    {score.right}/{score.truth} right, {wrong} wrong {result.error}")
        print(f"    {result.item.generated.traits}")
        _print_difference(result.comparison, lines)


def _print_difference(comparison: Comparison, lines: int) -> None:
    paired = [(fact, item) for fact, item in comparison.pairs]
    for fact, item in paired[:lines]:
        print(f"  expected {_fact_text(fact)}")
        print(f"       got {_found_text(item)}")
    facts = [fact for fact in comparison.missing if all(fact is not pair[0] for pair in paired)]
    items = [item for item in comparison.wrong if all(item is not pair[1] for pair in paired)]
    for fact in facts[:lines]:
        print(f"  missing  {_fact_text(fact)}")
    for item in items[:lines]:
        print(f"  spurious {_found_text(item)}")


def _fact_text(fact: Fact) -> str:
    return " | ".join(
        (
            fact.group,
            fact.indicator,
            f"{fact.period}({fact.fiscal_year or ''})",
            fact.measure,
            fact.measure_label,
            f"{fact.value} {fact.unit}",
            f"Δ{fact.delta}" if fact.delta is not None else "",
        )
    )


def _found_text(item: Found) -> str:
    return " | ".join(
        (
            item.group,
            item.indicator,
            f"{item.period}({item.fiscal_year or ''})",
            item.measure,
            item.measure_label,
            f"{item.value} {item.unit}",
            f"Δ{item.delta}" if item.delta is not None else "",
        )
    )


def _targets_met(results: Sequence[Result]) -> bool:
    met = True
    for name in _CLASSES:
        score = _total(
            r
            for r in results
            if r.item.input_class == name and r.item.generated.header_set == "common"
        )
        if not score.inputs:
            continue
        enough = score.f1 >= _TARGETS[name] and (
            name != "linear text" or score.misplacement <= 0.002
        )
        met = met and enough
        print(
            f"{'met   ' if enough else 'missed'} {name}: F1 {score.f1:.4f}, target {_TARGETS[name]}"
        )
    return met


if __name__ == "__main__":
    sys.exit(main())
