"""What is packed comes back equal, whatever it holds."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest

from kenzan.audit import audit_report, with_conventions
from kenzan.batch.packing import pack, unpack
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
