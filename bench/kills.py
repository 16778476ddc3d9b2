"""Kill a conversion, or single workers of it, at random moments; resume; compare the tables.

    python bench/kills.py [--times 20] [--files 40] [--seed 1]

Half of the runs are killed whole with SIGKILL, in the other half workers are. Every run is then
started again with the same command, and its tables must equal those of an undisturbed run, row
for row. Told are the runs, how much of each was done when it was killed, and what differs.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import signal
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from watched import convert, descendants_of, run_watched

SAMPLES = Path(__file__).parent.parent / "samples"
TABLES = ("projects", "indicators", "observations", "narratives", "checks", "findings")


def fill(folder: Path, files: int) -> None:
    """Good files that differ in their last bytes, a copy of one, and one cut off, in ten."""
    folder.mkdir()
    content = (SAMPLES / "siryo6.pdf").read_bytes()
    for number in range(files):
        data = content + b"%%%d\n" % (number - number % 10 // 9)
        (folder / f"r{number:03}.pdf").write_bytes(data[:30_000] if number % 10 == 5 else data)


def read_tables(out: Path) -> dict[str, list[tuple[object, ...]]]:
    import duckdb

    with duckdb.connect(str(out / "kenzan.duckdb"), read_only=True) as db:
        found = {name: db.execute(f"SELECT * FROM {name}").fetchall() for name in TABLES}
        query = "SELECT * EXCLUDE (seconds) FROM documents ORDER BY document"
        return found | {"documents": db.execute(query).fetchall()}


class Killer:
    """Kills after a while: the run itself, or some of its workers one after the other."""

    def __init__(self, rng: random.Random, longest: float, *, whole: bool) -> None:
        self._rng, self._longest, self._whole = rng, longest, whole

    def __call__(self, pid: int) -> None:
        for _ in range(1 if self._whole else 3):
            time.sleep(self._rng.uniform(0.1, self._longest))
            victims = [pid] if self._whole else descendants_of(pid)
            with contextlib.suppress(ProcessLookupError, IndexError):
                os.kill(self._rng.choice(victims), signal.SIGKILL)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--files", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    rng = random.Random(given.seed)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "in"
        fill(folder, given.files)
        whole = run_watched(convert(str(folder), "-o", f"{place}/whole", "-j", "2"))
        truth = read_tables(Path(place) / "whole")
        names = {path.name for path in (Path(place) / "whole").iterdir()}
        print(f"undisturbed: {whole.wall:.1f} s, code {whole.code}", flush=True)
        wrong = 0
        for turn in range(given.times):
            out = Path(place) / f"out{turn}"
            call = convert(str(folder), "-o", str(out), "-j", "2")
            all_of_it = turn % 2 == 0
            longest = whole.wall if all_of_it else whole.wall / 3
            hit = run_watched(call, Killer(rng, longest, whole=all_of_it))
            again = run_watched(call)
            same = read_tables(out) == truth and again.code == whole.code
            left = len(hit.left_behind) + len(again.left_behind)
            stray = {path.name for path in out.iterdir()} - names
            wrong += not same or bool(left) or bool(stray)
            print(
                f"{turn + 1}: {'run' if all_of_it else 'workers'} killed, {hit.wall:.1f} s, code"
                f" {hit.code}; resumed in {again.wall:.1f} s, code {again.code}; tables"
                f" {'equal' if same else 'DIFFER'}; left: {left} processes, {len(stray)} files",
                flush=True,
            )
    print(f"{given.times} runs, {wrong} wrong")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
