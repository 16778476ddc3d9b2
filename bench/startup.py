"""How long ``kenzan --version`` takes beside a bare typer program: ``python bench/startup.py``.

Each program is started anew, in turn, so that both see the same machine; the fastest of the runs
counts, since noise only ever adds. Prints milliseconds of wall time from start to exit.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

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


def measure(command: list[str]) -> float:
    """Seconds of wall time of one run."""
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def compare(runs: int) -> dict[str, list[float]]:
    """The times of all programs, in seconds, measured in turn."""
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / "bare.py"
        bare.write_text(BARE, encoding="utf-8")
        programs = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "bare typer --version": [sys.executable, str(bare), "--version"],
            "kenzan --version": [sys.executable, "-m", "kenzan", "--version"],
        }
        times: dict[str, list[float]] = {name: [] for name in programs}
        for _ in range(runs):
            for name, command in programs.items():
                times[name].append(measure(command))
    return times


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=20)
    times = compare(parser.parse_args().runs)
    for name, seconds in times.items():
        fastest, middle = min(seconds) * 1e3, median(seconds) * 1e3
        print(f"{name:22} fastest {fastest:6.1f} ms   median {middle:6.1f} ms")
    ratio = min(times["kenzan --version"]) / min(times["bare typer --version"])
    print(f"kenzan / bare typer: {ratio:.2f}")


if __name__ == "__main__":
    main()
