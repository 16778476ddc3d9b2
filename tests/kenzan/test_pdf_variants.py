"""The same document stored in other ways is read the same, and its boxes stand where it is shown."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parent))

from pdf_variants import VARIANTS, turn_view, vary

import kenzan
from kenzan.schemas.geometry import Box

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "siryo6.pdf"


def keyed() -> list[tuple[str, ...]]:
    """The hand-keyed figures of the sample, sorted."""
    text = (SAMPLE.parent / "siryo6.observations.csv").read_text("utf-8-sig")
    rows = csv.DictReader(text.splitlines())
    return sorted((row["value_raw"], row["delta_raw"], row["period"]) for row in rows)


@pytest.mark.parametrize("backend", ["pdfium", "pdfplumber"])
@pytest.mark.parametrize("name", VARIANTS)
def test_every_variant_has_all_figures_and_the_known_findings(name: str, backend: str) -> None:
    data = vary(SAMPLE, VARIANTS[name])
    report = kenzan.read_report(data, name="x.pdf", backend=backend)  # type: ignore[arg-type]
    rows = report.content.observations
    assert sorted((r.value_raw, r.delta_raw, r.period) for r in rows) == keyed()
    found = kenzan.audit_report(report).result.findings
    assert sorted(one.rule for one in found) == ["KZ301", "KZ302", "KZ303", "KZ501"]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_boxes_stand_on_the_page_as_it_is_shown(turn: int) -> None:
    plain = kenzan.read_report(SAMPLE).content.observations
    turned = kenzan.read_report(vary(SAMPLE, turn_view(turn)), name="x.pdf").content.observations
    width, height = (595.28, 841.89) if turn == 180 else (841.89, 595.28)
    for before, after in zip(plain, turned, strict=True):
        assert before.x0 is not None
        box = Box(*(float(getattr(before, side)) for side in ("x0", "top", "x1", "bottom")))
        expected = box.turned(turn // 90, width, height)
        sides = [float(getattr(after, side)) for side in ("x0", "top", "x1", "bottom")]
        assert sides == pytest.approx(
            [expected.x0, expected.top, expected.x1, expected.bottom], abs=1.5
        )
        place = after.origin.value_place or after.origin.delta_place
        assert place is not None
        assert place.box is not None
        assert place.box.width < width
