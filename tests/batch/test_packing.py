"""What is packed comes back equal, whatever it holds."""

from __future__ import annotations

import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from kenzan.audit import audit_report, with_conventions
from kenzan.batch import packing
from kenzan.batch.packing import FEW, Kept, pack, unpack
from kenzan.export.formats import FORMATS
from kenzan.extract import read_document
from kenzan.interpret import interpret_document
from kenzan.schemas.audit import AuditResult
from kenzan.schemas.report import Report
from kenzan.schemas.tables import DocumentRow

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.mark.parametrize("name", ["siryo6.pdf", "siryo6.txt", "siryo6.docx"])
def test_a_report_and_its_audit_come_back_equal(name):
    content = interpret_document(read_document(SAMPLES / name))
    result = audit_report(content)
    content = with_conventions(content, result)
    assert unpack(pack(content, result)) == (content, result)


@pytest.fixture(scope="module")
def long():
    """A report that holds the rows of the sample very many times."""
    content = interpret_document(read_document(SAMPLES / "siryo6.pdf"))
    result = audit_report(content)
    times = 2 * FEW // len(content.observations) + 1
    return (
        replace(content, observations=content.observations * times),
        replace(result, checks=result.checks * times, details=result.details * times),
    )


def test_a_long_report_comes_back_equal(long):
    assert unpack(pack(*long)) == long
    assert unpack(pack(*unpack(pack(*long), lazily=True))) == long


def test_a_long_report_is_read_as_it_is_gone_through(long):
    content, result = unpack(pack(*long), lazily=True)
    for kept, whole in [
        (content.observations, long[0].observations),
        (result.checks, long[1].checks),
        (result.details, long[1].details),
    ]:
        assert isinstance(kept, Kept)
        assert tuple(kept) == whole
        assert [kept[at] for at in (0, FEW - 1, FEW, -1)] == [
            whole[at] for at in (0, FEW - 1, FEW, -1)
        ]
        assert kept[FEW - 2 : FEW + 2] == whole[FEW - 2 : FEW + 2]
        with pytest.raises(IndexError):
            kept[len(whole)]


def test_what_was_left_packed_can_be_followed_by_more(long):
    _, result = unpack(pack(*long), lazily=True)
    more = long[1].checks[:3]
    whole, joined = (*long[1].checks, *more), result.checks.followed_by(more)
    assert tuple(joined) == whole
    assert len(joined) == len(whole)
    assert [joined[at] for at in (0, -4, -3, -1)] == [whole[at] for at in (0, -4, -3, -1)]
    assert joined[-5:] == whole[-5:]
    with pytest.raises(IndexError):
        joined[len(whole)]


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_format_can_be_written_from_it(name, long, tmp_path):
    opener = FORMATS[name].load()
    for place, pair in [("whole", long), ("kept", unpack(pack(*long), lazily=True))]:
        (tmp_path / place).mkdir()
        with opener(tmp_path / place) as write:
            write(*pair)
    whole, kept = (
        {path.name: path.read_bytes() for path in (tmp_path / place).iterdir()}
        for place in ("whole", "kept")
    )
    assert whole.keys() == kept.keys()
    if name in ("csv", "json", "jsonl", "sqlite"):
        assert whole == kept


def test_an_empty_report_comes_back_equal():
    row = DocumentRow(
        document="名\udcff前\n.pdf",
        sha256="",
        bytes=0,
        kind="",
        pages=0,
        status="failed",
        kenzan_version="1",
    )
    assert unpack(pack(Report(row), AuditResult())) == (Report(row), AuditResult())


@pytest.mark.parametrize("data", [b"", b"junk", zlib.compress(b"[1, 2]"), zlib.compress(b"{}")])
def test_other_bytes_are_refused(data):
    with pytest.raises(ValueError):
        unpack(data)


def test_checks_are_written_once_and_read_where_they_were_written_twice(long, monkeypatch):
    once = pack(*long)
    monkeypatch.setattr(packing, "_tells_checks", lambda *_: False)
    twice = pack(*long)
    assert len(once) < len(twice)
    assert unpack(once) == unpack(twice) == long


def test_checks_that_are_not_those_of_the_details_are_kept():
    content = interpret_document(read_document(SAMPLES / "siryo6.txt"))
    result = audit_report(content)
    other = replace(result, checks=tuple(reversed(result.checks)))
    assert unpack(pack(content, other)) == (content, other)
