"""The sample through programs that give a page column by column: most is read, nothing misplaced."""

from __future__ import annotations

import csv
import shutil
import subprocess
from pathlib import Path

import pytest

from kenzan.extract import read_document
from kenzan.interpret import interpret_document
from kenzan.normalize.labels import label_key

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
PLACE = ("project", "indicator", "period", "measure")
FIGURE = ("value", "delta", "status")


def by_pdfminer(source: Path) -> str:
    from pdfminer.high_level import extract_text

    return str(extract_text(str(source)))


def by_pdftotext(source: Path) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("needs pdftotext")
    done = subprocess.run(["pdftotext", str(source), "-"], capture_output=True, check=True)
    return done.stdout.decode()


@pytest.mark.parametrize("program", [by_pdfminer, by_pdftotext])
@pytest.mark.parametrize("name", ["siryo6.pdf", "siryo6-rects.pdf"])
def test_columns_find_their_rows_again(tmp_path: Path, name: str, program) -> None:
    path = tmp_path / "siryo6.txt"
    path.write_text(program(SAMPLES / name), encoding="utf-8")
    read = {
        tuple(label_key(getattr(row, key)) for key in PLACE): tuple(
            "" if getattr(row, key) is None else str(getattr(row, key)) for key in FIGURE
        )
        for row in interpret_document(read_document(path)).observations
    }
    with (SAMPLES / "siryo6.observations.csv").open(encoding="utf-8") as file:
        truth = {
            tuple(label_key(row[key]) for key in PLACE): tuple(row[key] for key in FIGURE)
            for row in csv.DictReader(file)
        }
    right = [place for place in truth if read.get(place) == truth[place]]
    open_places = [place for place in read if read[place] == ("", "", "unreadable")]
    assert len(right) >= 70
    assert set(read) == {*right, *open_places}
