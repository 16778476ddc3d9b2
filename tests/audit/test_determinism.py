"""One report, one audit: to the last detail the same in every process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
SCRIPT = """
import sys
from random import Random
sys.path[:0] = sys.argv[1:]
import audit_documents
from test_rules import make_report, read_cases
from kenzan.audit import audit_report, with_conventions
reports = [make_report(*one.values[1:]) for one in read_cases()]
makers = {**audit_documents.MAKERS, **audit_documents.TRAPS}
reports += [make(Random(seed)) for make in makers.values() for seed in range(2)]
for report in reports:
    result = audit_report(report)
    print(repr(result), repr(with_conventions(report, result).indicators))
"""


def start(seed: str) -> subprocess.Popen[bytes]:
    call = [sys.executable, "-c", SCRIPT, str(HERE), str(HERE.parents[1] / "bench")]
    return subprocess.Popen(
        call, env={**os.environ, "PYTHONHASHSEED": seed}, stdout=subprocess.PIPE
    )


def test_the_order_of_sets_does_not_show() -> None:
    first, second = (start(seed) for seed in ("1", "7"))
    shown, again = first.communicate()[0], second.communicate()[0]
    assert (first.returncode, second.returncode) == (0, 0)
    assert len(shown.splitlines()) > 200
    assert shown == again
