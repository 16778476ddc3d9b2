"""Figures of real municipal papers, read off the page images by hand, against what is read.

The papers themselves are not part of the project; where they are not at hand the tests skip.
In the tables an empty period stands for a header without one, no word before a figure for a cell
with one figure.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from kenzan.extract import read_document
from kenzan.interpret import interpret_document
from kenzan.normalize.labels import label_key

GOLD = Path(__file__).parent / "gold"
REAL = Path(__file__).parents[3] / "shared" / "documents" / "real"
SIGNS = str.maketrans({"△": "-", "▲": "-", ",": None})


@dataclass(frozen=True)
class Keyed:
    """One figure: labels before it, period and header over it, what its cell says before it."""

    labels: tuple[str, ...]
    period: str
    header: str
    qualifier: str
    value: Decimal

    def is_read_as(self, other: Keyed) -> bool:
        return (
            (self.labels, self.header, self.value) == (other.labels, other.header, other.value)
            and self.period in {"", other.period}
            and self.qualifier in {"", other.qualifier}
        )


def read_gold(path: Path) -> list[Keyed]:
    found: list[Keyed] = []
    header: list[str] = []
    for row in csv.reader(path.read_text(encoding="utf-8").splitlines()):
        if row[0].startswith("page "):
            header = row
            continue
        labels = tuple(label_key(label) for label in row[0].split("/"))
        for place, cell in enumerate(row[1:], 1):
            period, wording = (label_key(part) for part in header[place].split("|"))
            for entry in cell.split("; ") if cell else []:
                *name, figure = entry.split(" ")
                value = Decimal(re.sub(r"千円$", "", figure).translate(SIGNS))
                found.append(Keyed(labels, period, wording, label_key("".join(name)), value))
    return found


def read_found(document: Path, page: int) -> list[Keyed]:
    found = []
    for row in interpret_document(read_document(document)).observations:
        if row.page != page or row.value is None:
            continue
        labels = [*(row.group.split(" / ") if row.group else []), row.indicator]
        qualifier = row.origin.qualifier
        wording = row.measure_label.removesuffix(f" / {qualifier}")
        keys = tuple(label_key(label) for label in labels)
        found.append(
            Keyed(keys, label_key(row.period), label_key(wording), label_key(qualifier), row.value)
        )
    return found


@pytest.mark.parametrize("gold", sorted(GOLD.glob("*.csv")), ids=lambda path: path.stem)
def test_figures_keyed_by_hand_are_read(gold: Path) -> None:
    document = REAL / f"{gold.stem}.pdf"
    if not document.exists():
        pytest.skip("the paper is not at hand")
    page = int(gold.read_text(encoding="utf-8").split(",")[0].removeprefix("page "))
    keyed, found = read_gold(gold), read_found(document, page)
    missed = []
    for want in keyed:
        match = next((item for item in found if want.is_read_as(item)), None)
        if match is None:
            missed.append(want)
        else:
            found.remove(match)
    assert len(missed) <= 0.01 * len(keyed), missed
