"""docs/normalize.md shows the case tables, and shows them as they are."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

import kenzan.normalize

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "normalize.md"
Row = dict[str, Any]


def read_rows(name: str) -> list[Row]:
    rows: list[Row] = tomllib.loads((HERE / "cases" / f"{name}.toml").read_text("utf-8"))["case"]
    return rows


def code(text: str) -> str:
    shown = text.strip("\n").replace("\n", " ⏎ ").replace("|", "\\|")
    return f"`{shown}`" if shown else "(blank)"


def table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


_NOTABLE = ("sign", "bound", "high", "bracketed", "decimals", "missing", "prefix", "word")


def number_rows() -> str:
    shown = [row for row in read_rows("numbers") if "docs" in row]
    order = list(dict.fromkeys(row["docs"] for row in shown))
    rows = []
    for row in sorted(shown, key=lambda row: order.index(row["docs"])):
        notes = [f"{key} {row[key]}" for key in _NOTABLE if key in row]
        notes += ["misgrouped"] if row.get("grouping") == "misgrouped" else []
        value = row.get("value", "")
        rows.append([row["docs"], code(row["text"]), value, row.get("unit", ""), ", ".join(notes)])
    return table(["", "printed", "value", "unit", "and"], rows)


def cell_rows() -> str:
    rows = []
    for row in read_rows("cells"):
        entries = [
            f"{label + ': ' if label else ''}{value}{' ' + unit if unit else ''}"
            + "".join(f" ({inner})" for inner in inside)
            for value, unit, label, inside in row["entries"]
        ]
        if row.get("docs"):
            rows.append([code(row["text"]), "; ".join(entries) or "text"])
    return table(["cell", "read as"], rows)


def period_rows() -> str:
    rows = [
        [code(r["text"]), r["kind"], str(r.get("fiscal_year", "")), r.get("why", "")]
        for r in read_rows("periods")
        if r.get("docs")
    ]
    return table(["label", "kind", "fiscal_year", ""], rows)


def unit_rows() -> str:
    rows = [
        [code(r["text"]), r["dimension"], r["scale"], "yes" if r.get("exact") else "no"]
        for r in read_rows("units")
        if "dimension" in r
    ]
    return table(["unit", "dimension", "scale", "counted exactly"], rows)


TABLES = {"numbers": number_rows, "cells": cell_rows, "periods": period_rows, "units": unit_rows}


def fill(page: str, name: str) -> str:
    pattern = rf"(<!-- {name} -->\n).*?(<!-- end -->)"
    body = TABLES[name]()
    return re.sub(pattern, lambda m: f"{m[1]}\n{body}\n\n{m[2]}", page, flags=re.DOTALL)


@pytest.mark.parametrize("name", TABLES)
def test_the_page_shows_the_cases(name: str) -> None:
    page = PAGE.read_text("utf-8")
    assert f"<!-- {name} -->" in page
    assert fill(page, name) == page


MODULES = [m.name for m in pkgutil.iter_modules(kenzan.normalize.__path__, "kenzan.normalize.")]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_the_code_run(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_the_code_has_examples() -> None:
    finder = doctest.DocTestFinder()
    found = [t for n in MODULES for t in finder.find(importlib.import_module(n)) if t.examples]
    assert len(found) >= 15


if __name__ == "__main__":
    text = PAGE.read_text("utf-8")
    for each in TABLES:
        text = fill(text, each)
    PAGE.write_text(text, "utf-8")
