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
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.append(str(Path(__file__).resolve().parents[1]))

from bench.corpus import FAMILIES, generate
from bench.corpus.producers import PRODUCERS, Input, draw_producers, make_inputs
from bench.corpus.report import Result, print_clusters, print_tables, print_worst, targets_met
from bench.corpus.scoring import compare

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.corpus.model import HeaderSet
    from bench.corpus.scoring import Found


def main() -> int:
    """Generate, read, score, print. Returns 1 if a target is missed on the common headings."""
    options = _parse()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(options.keep or scratch)
        inputs = _inputs(options, folder)
        print(f"{len(inputs)} inputs", file=sys.stderr, flush=True)
        results = _read_all(inputs, options.jobs)
    print_tables(results)
    print_clusters(results, options.clusters)
    print_worst(results, options.worst, options.lines)
    return 0 if targets_met(results) else 1


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
    parser.add_argument(
        "--rules", choices=("full", "horizontal", "outline", "none"), help="rule all tables so"
    )
    parser.add_argument("--headers", default="common,rare", help="header sets")
    parser.add_argument(
        "--rare-every", type=int, default=4, help="one rare document to this many common"
    )
    parser.add_argument(
        "--keep", default="", help="folder for the documents; files there are used again"
    )
    parser.add_argument("--worst", type=int, default=0, help="how many of the worst inputs to show")
    parser.add_argument("--clusters", type=int, default=0, help="kinds of difference to show")
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
                made = generate(seed, family, _header_set(header_set), options.rules)
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


if __name__ == "__main__":
    sys.exit(main())
