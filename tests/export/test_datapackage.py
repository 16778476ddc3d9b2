"""The data package beside the CSV files, as the frictionless tools see it."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from kenzan.export.formats import FORMATS

if TYPE_CHECKING:
    from pathlib import Path

    from kenzan.schemas.audit import AuditResult
    from kenzan.schemas.report import Report


@pytest.fixture
def package(tmp_path: Path, report: Report, audit: AuditResult) -> Path:
    """A folder with CSV files, some of their texts hostile."""
    hostile = replace(
        report.observations[0], indicator='=1+1,"x"\r\n@y', value=Decimal("0.50"), group="'a / b"
    )
    observations = (*report.observations, hostile)
    with FORMATS["csv"].load()(tmp_path) as add:
        add(replace(report, observations=observations), audit)
    return tmp_path


def _validate(folder: Path) -> tuple[int, dict[str, object]]:
    run = subprocess.run(
        [sys.executable, "-m", "frictionless", "validate", "--json", "datapackage.json"],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return run.returncode, json.loads(run.stdout)


def test_the_frictionless_command_finds_it_valid(package: Path) -> None:
    code, verdict = _validate(package)
    assert (code, verdict["valid"]) == (0, True)
    tasks = verdict["tasks"]
    assert isinstance(tasks, list)
    assert [(task["name"], task["stats"]["rows"]) for task in tasks] == [
        ("documents", 1),
        ("projects", 2),
        ("indicators", 1),
        ("observations", 4),
        ("narratives", 1),
        ("checks", 2),
        ("findings", 3),
    ]


def test_a_broken_table_is_found(package: Path) -> None:
    path = package / "observations.csv"
    text = path.read_bytes().replace(b"not_reported", b"forgotten")
    path.write_bytes(text.replace(b",-339,", b",minus 339,"))
    code, verdict = _validate(package)
    assert code == 1
    assert verdict["valid"] is False


def test_every_table_says_what_its_columns_mean(package: Path) -> None:
    descriptor = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    fields = [field for entry in descriptor["resources"] for field in entry["schema"]["fields"]]
    assert len(fields) > 80
    assert [field["name"] for field in fields if not field["description"]] == []
