"""Do with an installed kenzan what the main job asks: ``python .ci/try_installed.py SAMPLES``.

Run by the Python that kenzan is installed for, from a folder away from the checkout; nothing but
the standard library and kenzan is needed. It ends with the first thing that is not as it should be.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

DOCUMENTS = ("siryo6.txt", "siryo6.pdf", "siryo6-rects.pdf", "siryo6.docx")
FORMATS = "csv,json,jsonl,parquet,xlsx,sqlite,duckdb"
WRITTEN = (
    "observations.csv",
    "datapackage.json",
    "kenzan.json",
    "observations.jsonl",
    "observations.parquet",
    "kenzan.xlsx",
    "kenzan.sqlite",
    "tables.duckdb",
    "html/index.html",
)
FIGURES = ("period", "measure", "value", "delta", "status", "value_raw", "delta_raw")


def call(code: int, *words: str, given: bytes = b"") -> bytes:
    """Run ``kenzan`` and give what it prints; it has to end with this code, without a traceback."""
    command = [sys.executable, "-m", "kenzan", *words]
    run = subprocess.run(command, input=given, capture_output=True, check=False)
    told = run.stderr.decode("utf-8", "replace")
    expect(run.returncode == code and "Traceback" not in told, f"{words}: {run.returncode} {told}")
    return run.stdout


def expect(held: bool, what: str) -> None:  # noqa: FBT001  reads as a sentence
    """Stop where something does not hold."""
    if not held:
        sys.exit(f"not as it should be: {what}")


def try_audits(samples: Path) -> None:
    """Every sample of the report: the hand-keyed figures, one error and one warning."""
    text = (samples / "siryo6.observations.csv").read_text(encoding="utf-8-sig")
    truth = sorted(tuple(row[name] for name in FIGURES) for row in csv.DictReader(text.split("\n")))
    for name in DOCUMENTS:
        told = json.loads(call(1, "audit", str(samples / name), "--format", "json"))
        read = [tuple(str(row[key] or "") for key in FIGURES) for row in told["observations"]]
        expect(sorted(read) == truth, f"figures of {name}")
        severities = [finding["severity"] for finding in told["findings"]]
        expect(severities.count("error") == severities.count("warning") == 1, f"findings of {name}")


def try_outputs(samples: Path, out: Path) -> None:
    """Every format, the pages and the marked-up copy."""
    given = [str(samples / name) for name in DOCUMENTS]
    call(0, "convert", *given, "-o", str(out), "--to", FORMATS, "--html")
    missing = [name for name in WRITTEN if not (out / name).stat().st_size]
    expect(not missing, f"files: {missing}")
    page, copy = out / "page.html", out / "copy.pdf"
    call(1, "audit", str(samples / "siryo6.pdf"), "--html", str(page), "--pdf-out", str(copy))
    expect("-173101" in page.read_text(encoding="utf-8"), "the page")
    expect(copy.read_bytes().startswith(b"%PDF"), "the marked-up copy")


def try_the_rest(samples: Path, out: Path) -> None:
    """Standard input, what the program says of itself, bad input, and the library."""
    import kenzan

    call(1, "audit", "-", given=(samples / "siryo6.txt").read_bytes())
    call(0, "--version")
    expect("前年度" in call(0, "rules", "KZ301", "--lang", "ja").decode(), "rules")
    expect(json.loads(call(0, "schema", "observations"))["type"] == "object", "schema")
    (out / "cut.pdf").write_bytes((samples / "siryo6.pdf").read_bytes()[:20_000])
    call(3, "audit", str(out / "cut.pdf"))
    call(3, "convert", str(out / "missing.pdf"), "-o", str(out / "nothing"))
    expect(not (out / "nothing").exists(), "nothing is written where nothing can be read")
    audit = kenzan.audit_report(kenzan.read_report(samples / "siryo6.pdf"))
    expect(len(audit.to_frames()["observations"]) == 72, "frames")
    expect(len(audit.findings) == 4, "findings as a frame")


def main() -> None:
    """Try all of it."""
    samples = Path(sys.argv[1]).resolve()
    with TemporaryDirectory() as folder:
        try_audits(samples)
        try_outputs(samples, Path(folder) / "out")
        try_the_rest(samples, Path(folder) / "out")
    print("all as it should be")


if __name__ == "__main__":
    main()
