"""How fast each format is written, and in how much memory: ``python bench/export_speed.py``.

Writes 100,000 made observations (1,000 documents of 100) to each format, every format in a process
of its own, and prints seconds of the processor, rows a second, megabytes written and the peak
memory of the process beyond what it held before the first row.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path

from kenzan.export.formats import FORMATS
from kenzan.schemas.audit import AuditResult
from kenzan.schemas.report import Header, Origin, Report, TableReading
from kenzan.schemas.tables import DocumentRow, Observation

EACH = 100


def make_report(number: int) -> Report:
    """A document with one table of 100 figures, each with a change."""
    name = f"city-{number:05d}.pdf"
    observations = tuple(
        Observation(
            document=name,
            project="A",
            project_name="小野田ガラスのブランド化推進事業",
            indicator=f"指標 {row}",
            unit="人",
            period="Ｒ３",
            fiscal_year=2021,
            measure="actual",
            measure_label="実績",
            value=Decimal(number * row) / 10,
            delta=Decimal(row - 50),
            status="reported",
            value_raw=f"{number * row / 10}人",
            delta_raw=f"（{row - 50:+}）",
            page=1,
            x0=100.5,
            top=row * 7.25,
            x1=140.5,
            bottom=row * 7.25 + 6,
            origin=Origin(table=0, row=row, col=1),
        )
        for row in range(EACH)
    )
    table = TableReading(
        number=0,
        page=1,
        rows=tuple(Header(row, (f"指標 {row}",)) for row in range(EACH)),
        columns=(Header(1, ("実績",)),),
        cells={(row, 1): (row,) for row in range(EACH)},
    )
    document = DocumentRow(
        document=name,
        sha256="0" * 64,
        bytes=1000,
        kind="pdf",
        pages=1,
        status="done",
        kenzan_version="0",
    )
    return Report(document=document, observations=observations, tables=(table,))


def peak_megabytes() -> float:
    """The most memory this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def write(name: str, rows: int) -> dict[str, float]:
    """Write one format in this process; making the rows is not counted."""
    opener = FORMATS[name].load()
    audit, before, spent = AuditResult(), peak_megabytes(), 0.0
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        started = time.process_time()
        with opener(folder) as add:
            for number in range(rows // EACH):
                making = time.process_time()
                report = make_report(number)
                spent += time.process_time() - making
                add(report, audit)
        seconds = time.process_time() - started - spent
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return {"seconds": seconds, "size": size / 1e6, "memory": peak_megabytes() - before}


def main() -> None:
    """Measure all formats, or one in this process (``--one``, used by the former)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--one", choices=list(FORMATS))
    options = parser.parse_args()
    if options.one:
        print(json.dumps(write(options.one, options.rows)))
        return
    print(f"{options.rows:,} observations, each format in a process of its own")
    print(f"{'format':8} {'seconds':>8} {'rows/s':>9} {'MB':>7} {'peak MB':>8}")
    for name in FORMATS:
        command = [sys.executable, __file__, "--one", name, "--rows", str(options.rows)]
        run = subprocess.run(command, check=True, capture_output=True, text=True)
        found = json.loads(run.stdout)
        rate = options.rows / found["seconds"]
        print(
            f"{name:8} {found['seconds']:8.2f} {rate:9,.0f} {found['size']:7.1f}"
            f" {found['memory']:8.0f}"
        )


if __name__ == "__main__":
    main()
