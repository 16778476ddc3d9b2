"""The main job, file to file: samples in, the hand-keyed figures and the known findings out."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import unicodedata
from decimal import Decimal
from pathlib import Path

import pytest

import kenzan

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
NAMES = ("project", "project_name", "indicator", "unit")
FIGURES = (
    "period",
    "fiscal_year",
    "measure",
    "value",
    "delta",
    "status",
    "value_raw",
    "delta_raw",
)
DOCUMENTS = ("siryo6.pdf", "siryo6-rects.pdf", "siryo6.docx", "siryo6.txt")


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))


def _figure(row: dict[str, str]) -> tuple[str, ...]:
    """A figure as both tables say it; names are keyed as printed, and published folded."""
    names = [unicodedata.normalize("NFKC", row[column]) for column in NAMES]
    return (*names, *(row[column] for column in FIGURES))


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that all samples were converted to."""
    folder = tmp_path_factory.mktemp("main") / "out"
    kenzan.convert_reports([SAMPLES / name for name in DOCUMENTS], folder)
    return folder


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_hand_keyed_figure_is_there_and_no_other(out: Path, name: str) -> None:
    truth = _rows(SAMPLES / "siryo6.observations.csv")
    assert len(truth) == 72
    read = [row for row in _rows(out / "observations.csv") if row["document"] == name]
    assert sorted(map(_figure, read)) == sorted(map(_figure, truth))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_known_findings_and_nothing_more(out: Path, name: str) -> None:
    found = {
        (row["severity"], row["project"], row["period"], row["printed"], row["expected"])
        for row in _rows(out / "findings.csv")
        if row["document"] == name
    }
    assert {entry[:4] for entry in found if entry[0] != "notice"} == {
        ("error", "C", "Ｒ３", "（-173101）"),
        ("warning", "C", "当初", "74.3％"),
    }
    assert ("error", "C", "Ｒ３", "（-173101）", "-173") in found
    notices = [entry for entry in found if entry[0] == "notice"]
    assert len(notices) == 2
    assert [entry[1:4] for entry in notices if entry[3]] == [("A", "Ｒ３", "（33）")]


def test_the_same_in_python() -> None:
    report = kenzan.read_report(SAMPLES / "siryo6.pdf")
    audit = kenzan.audit_report(report)
    frame = audit.to_frames()["observations"]
    assert len(frame) == 72
    odd = frame[frame["delta_raw"] == "（-173101）"].iloc[0]
    assert (odd["value"], odd["delta"], odd["page"]) == (Decimal(-173), Decimal(-173101), 3)
    assert 0 < odd["x0"] < odd["x1"]
    assert sorted(audit.findings["severity"]) == ["error", "notice", "notice", "warning"]
    assert not audit.consistent
    (whole,) = [c for c in audit.conventions if c.relation == "delta" and c.scope == "document"]
    assert (whole.held, whole.tested) == (39, 40)


def test_bytes_and_paths_read_the_same() -> None:
    data = (SAMPLES / "siryo6.txt").read_bytes()
    from_bytes = kenzan.read_report(data, name="siryo6.txt")
    from_path = kenzan.read_report(SAMPLES / "siryo6.txt")
    assert from_bytes.content.observations == from_path.content.observations
    assert from_bytes.document.sha256 == from_path.document.sha256


def test_a_folder_named_kenzan_in_the_current_one_is_not_taken_for_the_package(
    tmp_path: Path,
) -> None:
    decoy = tmp_path / "here" / "kenzan"
    decoy.mkdir(parents=True)
    (decoy / "__init__.py").write_text("raise RuntimeError('the decoy')\n", encoding="utf-8")
    script = tmp_path / "bin" / "kenzan"
    script.parent.mkdir()
    script.write_text(
        "import sys\nfrom kenzan.cli import main\nsys.exit(main())\n", encoding="utf-8"
    )
    sample = SAMPLES / "siryo6.txt"
    command = [sys.executable, script, "convert", sample, "-o", tmp_path / "out"]
    ran = subprocess.run(
        command, cwd=decoy.parent, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert len(_rows(tmp_path / "out" / "observations.csv")) == 72
