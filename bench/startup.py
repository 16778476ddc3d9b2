"""How long kenzan takes to start: ``python bench/startup.py``.

``kenzan --version`` beside a bare typer program, and the audit of a small report beside the
shortest script that extracts its tables with pdfplumber. Each program is started anew, in turn, so
that all see the same machine; the fastest of the runs counts, since noise only ever adds. Prints
milliseconds from start to exit.

Measured on 2 cores, Python 3.11: Python alone 26, a bare typer program 61,
``kenzan --version`` 26: it is answered before the command line's own library is loaded.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

BARE = """
import typer

app = typer.Typer(add_completion=False)


def show(asked: bool) -> None:
    if asked:
        typer.echo("bare 0.1.0")
        raise typer.Exit


@app.command()
def bare(version: bool = typer.Option(False, "--version", callback=show, is_eager=True)) -> None:
    pass


app()
"""

REPORT = str(Path(__file__).parent.parent / "samples" / "siryo6.pdf")
SCRIPT = f"import pdfplumber\nfor p in pdfplumber.open({REPORT!r}).pages: print(p.extract_tables())"


@dataclass(frozen=True)
class Spent:
    """Seconds of one run, from start to exit."""

    processor: float
    clock: float


def measure(command: list[str], environment: dict[str, str]) -> Spent:
    """One run; that ``audit`` finds something is no failure."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, env=environment)
    clock, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Spent(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, clock)


def compare(runs: int) -> dict[str, list[Spent]]:
    """What all programs take, measured in turn, after one run that does not count."""
    # Installed packages are compiled; a checkout must be allowed to keep what it compiles.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / "bare.py"
        bare.write_text(BARE, encoding="utf-8")
        kenzan = [sys.executable, "-m", "kenzan"]
        programs = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "bare typer --version": [sys.executable, str(bare), "--version"],
            "kenzan --version": [*kenzan, "--version"],
            "import numpy": [sys.executable, "-c", "import numpy"],
            "pdfplumber script": [sys.executable, "-c", SCRIPT],
            "kenzan audit FILE": [*kenzan, "audit", REPORT],
        }
        times: dict[str, list[Spent]] = {name: [] for name in programs}
        for turn in range(runs + 1):
            for name, command in programs.items():
                spent = measure(command, environment)
                if turn:
                    times[name].append(spent)
    return times


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=20)
    times = compare(parser.parse_args().runs)
    least = {name: min(spent.processor for spent in all_) for name, all_ in times.items()}
    for name, all_ in times.items():
        clock = min(spent.clock for spent in all_)
        print(f"{name:22} processor {least[name] * 1e3:6.0f} ms   clock {clock * 1e3:6.0f} ms")
    print(f"kenzan / bare typer: {least['kenzan --version'] / least['bare typer --version']:.2f}")
    print(f"audit / pdfplumber: {least['kenzan audit FILE'] / least['pdfplumber script']:.2f}")


if __name__ == "__main__":
    main()
