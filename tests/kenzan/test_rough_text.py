"""The sample through rougher text: file in, figures and findings out; nothing stands misplaced.

In row order every figure is read. Programs that give a page column by column lose the order; what
cannot be placed is reported as unreadable, never put into a likely place.
"""

from __future__ import annotations

import csv
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import jaconv
import pytest

import kenzan
from kenzan.normalize.labels import label_key

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
PLACE = ("project", "indicator", "period", "measure")
FIGURE = ("value", "delta", "status")


def by_pdfminer(source: Path) -> str:
    from pdfminer.high_level import extract_text

    return str(extract_text(str(source)))


def by_pdftotext(source: Path, *options: str) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("needs pdftotext")
    command = ["pdftotext", *options, str(source), "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()


def full_width(text: str) -> str:
    return "".join(
        chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else "\u3000" if c == " " else c for c in text
    )


def stripped(text: str) -> str:
    return "\n".join(line.strip() for line in text.split("\n"))


def without_blank_lines(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if line.strip())


def half_width(text: str) -> str:
    return jaconv.z2h(text, kana=True, ascii=True, digit=True)


def given() -> str:
    return (SAMPLES / "siryo6.txt").read_text(encoding="utf-8")


IN_ROWS: dict[str, Callable[[], str]] = {
    "as given": given,
    "pdftotext -raw": lambda: by_pdftotext(SAMPLES / "siryo6.pdf", "-raw"),
    "pdftotext -layout": lambda: by_pdftotext(SAMPLES / "siryo6.pdf", "-layout"),
    "stripped": lambda: stripped(given()),
    "without blank lines": lambda: without_blank_lines(given()),
    "half-width": lambda: half_width(given()),
    "full-width": lambda: full_width(given()),
}
IN_COLUMNS: dict[str, Callable[[], str]] = {
    f"{program.__name__} {name}": lambda program=program, name=name: program(SAMPLES / name)
    for program in (by_pdfminer, by_pdftotext)
    for name in ("siryo6.pdf", "siryo6-rects.pdf")
}
ENCODINGS = ("cp932", "euc_jp", "utf-8-sig")


def read_back(data: bytes, tmp_path: Path) -> kenzan.Report:
    path = tmp_path / "siryo6.txt"
    path.write_bytes(data)
    return kenzan.read_report(path)


def figures_in(report: kenzan.Report) -> dict[tuple[str, ...], tuple[str, ...]]:
    rows = report.to_frames()["observations"].to_dict("records")
    return {
        tuple(label_key(row[key]) for key in PLACE): tuple(
            "" if row[key] is None else str(row[key]) for key in FIGURE
        )
        for row in rows
    }


def truth() -> dict[tuple[str, ...], tuple[str, ...]]:
    with (SAMPLES / "siryo6.observations.csv").open(encoding="utf-8") as file:
        return {
            tuple(label_key(row[key]) for key in PLACE): tuple(row[key] for key in FIGURE)
            for row in csv.DictReader(file)
        }


def graver(report: kenzan.Report) -> list[tuple[str, str, str]]:
    """The findings that are no notices."""
    found = kenzan.audit_report(report).findings
    told = found[found["severity"] != "notice"]
    return sorted(zip(told["severity"], told["rule"], told["expected"], strict=True))


@pytest.mark.parametrize("shape", IN_ROWS)
def test_in_row_order_every_figure_is_read(tmp_path: Path, shape: str) -> None:
    report = read_back(IN_ROWS[shape]().encode(), tmp_path)
    assert figures_in(report) == truth()
    assert graver(report) == [("error", "KZ301", "-173"), ("warning", "KZ303", "73.4")]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    text = given().replace("～", "〜") if encoding == "euc_jp" else given()  # which has no ～
    assert figures_in(read_back(text.encode(encoding), tmp_path)) == truth()


@pytest.mark.parametrize("shape", IN_COLUMNS)
def test_columns_find_their_rows_again(tmp_path: Path, shape: str) -> None:
    report = read_back(IN_COLUMNS[shape]().encode(), tmp_path)
    read, right_ones = figures_in(report), truth()
    right = [place for place in right_ones if read.get(place) == right_ones[place]]
    open_places = [place for place in read if read[place] == ("", "", "unreadable")]
    assert len(right) >= 70
    assert set(read) == {*right, *open_places}
    assert ("error", "KZ301", "-173") in graver(report)
