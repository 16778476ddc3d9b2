"""How fast kenzan reads, beside named peers, in one run on the same files and one core.

    python bench/speed.py [--repeat 10] [--rounds 5] [--peers PYTHON]

Reads the sample PDFs joined ``repeat`` times into one file (4 pages each), so that start-up does
not count. All stages take turns within a round, and the least of the rounds counts, after one
that does not, since noise only ever adds; processor time is what to compare, since the clock runs
on for other work. Ratios within one run are what to trust: absolute figures depend on the machine.
The collector of cycles runs as seldom as in kenzan's own processes, for all that is measured.
``--peers`` names an interpreter that has other table readers (see ``table_readers.py``).
"""

from __future__ import annotations

import argparse
import gc
import io
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLES = Path(__file__).parent.parent / "samples"
FLOOR = "PDFium floor (page + text page)"
TABLES = "pdfplumber.extract_tables"
WHOLE = "kenzan: extract + interpret + audit + store"
_COLLECT_EVERY = 50_000
_STORED = ("projects", "indicators", "observations", "narratives", "checks", "findings")


def join_pdf(path: Path, times: int) -> bytes:
    """One PDF holding the pages of ``path`` that many times over."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as source, pypdfium2.PdfDocument.new() as joined:
        for _ in range(times):
            joined.import_pages(source)
        target = io.BytesIO()
        joined.save(target)
    return target.getvalue()


def floor(data: bytes) -> int:
    """PDFium's floor: load every page and its text page, read nothing."""
    import pypdfium2

    with pypdfium2.PdfDocument(data) as pdf:
        for page in pdf:
            page.get_textpage().close()
            page.close()
        return len(pdf)


def extract_tables(data: bytes) -> int:
    """What a script with pdfplumber does."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.extract_tables()
            page.close()
        return len(pdf.pages)


def extract(data: bytes, backend: str) -> Any:
    from kenzan.extract import ReadOptions, read_document

    return read_document(data, name="bench.pdf", options=ReadOptions(backend=backend))  # type: ignore[arg-type]


class Line:
    """The stages of the line, each on what the one before gave."""

    def __init__(self, data: bytes, folder: Path) -> None:
        self.data, self.folder, self.stores = data, folder, 0
        self.run()

    def run(self) -> None:
        """All stages, one after the other."""
        self.extract()
        self.interpret()
        self.audit()
        self.pack()
        self.store()

    def extract(self) -> None:
        self.document = extract(self.data, "auto")

    def interpret(self) -> None:
        from kenzan.interpret import interpret_document

        self.report = interpret_document(self.document)

    def audit(self) -> None:
        from kenzan.audit import audit_report

        self.result = audit_report(self.report)

    def pack(self) -> None:
        """What a worker does with its result: the whole of it packed, and its rows as Arrow."""
        from kenzan.batch.packing import pack
        from kenzan.batch.rows import MODELS, rows_of, to_stream

        self.record = pack(self.report, self.result)
        self.tables = {
            name: to_stream(MODELS[name], rows_of(name, self.report, self.result))
            for name in _STORED
        }

    def store(self) -> None:
        """What the run does with it: one transaction of a new store."""
        from kenzan.batch.rows import from_bytes
        from kenzan.batch.store import Entry, Store

        self.stores += 1
        tables = {name: from_bytes(data) for name, data in self.tables.items()}
        with Store(self.folder / f"{self.stores}.duckdb") as store:
            store.write([Entry(self.report.document, "bench", tables=tables, record=self.record)])


@dataclass
class Times:
    """Seconds of processor and clock of every call, by what was called."""

    spent: dict[str, list[tuple[float, float]]] = field(default_factory=dict)

    def take(self, name: str, call: Callable[[], object]) -> None:
        cpu, wall = time.process_time(), time.perf_counter()
        call()
        spent = time.process_time() - cpu, time.perf_counter() - wall
        self.spent.setdefault(name, []).append(spent)

    def least(self, name: str) -> tuple[float, float]:
        cpu, wall = zip(*self.spent[name], strict=True)
        return min(cpu), min(wall)


def measure_file(data: bytes, rounds: int, folder: Path) -> Times:
    """Every stage of kenzan and pdfplumber beside the floor, in turns."""
    line, times = Line(data, folder), Times()
    calls: dict[str, Callable[[], object]] = {
        FLOOR: lambda: floor(data),
        "kenzan extract, pdfium": line.extract,
        "kenzan interpret": line.interpret,
        "kenzan audit": line.audit,
        "kenzan pack (record and Arrow)": line.pack,
        "kenzan store (DuckDB)": line.store,
        WHOLE: line.run,
        "kenzan extract, pdfplumber": lambda: extract(data, "pdfplumber"),
        TABLES: lambda: extract_tables(data),
    }
    extract_tables(data)
    for _ in range(rounds):
        for name, call in calls.items():
            times.take(name, call)
    return times


def measure_peers(python: str, path: Path, pages: int) -> list[str]:
    """What ``table_readers.py`` says, run by another interpreter, as rows."""
    script = str(Path(__file__).parent / "table_readers.py")
    command = [python, script, str(path), "--pages", str(pages)]
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    found = subprocess.run(command, capture_output=True, text=True, env=clean)
    return found.stdout.splitlines()


def small_report(rounds: int) -> dict[str, tuple[float, float]]:
    """Process start to exit for one 4-page report, beside the shortest pdfplumber script."""
    path = str(SAMPLES / "siryo6.pdf")
    script = (
        f"import pdfplumber\nfor p in pdfplumber.open({path!r}).pages: print(p.extract_tables())"
    )
    programs = {
        "kenzan audit FILE": [sys.executable, "-m", "kenzan", "audit", path],
        "shortest pdfplumber script": [sys.executable, "-c", script],
    }
    # Installed packages are compiled; a checkout must be allowed to keep what it compiles.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    spent: dict[str, list[tuple[float, float]]] = {name: [] for name in programs}
    for turn in range(rounds + 1):
        for name, command in programs.items():
            before, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
            subprocess.run(command, capture_output=True, env=environment)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            if turn:
                spent[name].append((cpu, time.perf_counter() - wall))
    return {name: min(one) for name, one in spent.items()}


def print_file(name: str, given: argparse.Namespace) -> None:
    data = join_pdf(SAMPLES / name, given.repeat)
    pages = floor(data)
    print(f"\n{name} x {given.repeat}: {pages} pages, best of {given.rounds}\n")
    print(f"| ms a page | processor | clock | x floor | {TABLES} takes |")
    print("| --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        times = measure_file(data, given.rounds, Path(folder))
        base, slow = times.least(FLOOR)[0], times.least(TABLES)[0]
        for label in times.spent:
            cpu, wall = (seconds * 1000 / pages for seconds in times.least(label))
            print_row(label, cpu, wall, base * 1000 / pages, slow * 1000 / pages)
        if given.peers:
            joined = Path(folder) / "joined.pdf"
            joined.write_bytes(data)
            for row in measure_peers(given.peers, joined, pages):
                label, *figures = row.split("\t")
                if len(figures) == 2:
                    cpu, wall = map(float, figures)
                    print_row(label, cpu, wall, base * 1000 / pages, slow * 1000 / pages)
                else:
                    print(f"| {label} | {figures[0]} | | | |")


def print_row(label: str, cpu: float, wall: float, base: float, slow: float) -> None:
    print(f"| {label} | {cpu:.2f} | {wall:.2f} | {cpu / base:.1f} x | {slow / cpu:.1f} x |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeat", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--peers", metavar="PYTHON", help="an interpreter that has the peers")
    given = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    gc.set_threshold(_COLLECT_EVERY)
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    for name in ("siryo6.pdf", "siryo6-rects.pdf"):
        print_file(name, given)
    print("\n| one small report, best run | processor | clock |\n| --- | --- | --- |")
    for label, (cpu, wall) in small_report(given.rounds).items():
        print(f"| {label} | {cpu:.2f} s | {wall:.2f} s |")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\npeak memory of this process {peak:.0f} MB")


if __name__ == "__main__":
    main()
