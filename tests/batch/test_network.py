"""Nothing is opened over the network unless a URL was given."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kenzan.batch.inputs import find_inputs
from kenzan.batch.options import BatchOptions
from kenzan.batch.run import run_batch
from kenzan.errors import NotFoundError, UsageError

SAMPLES = Path(__file__).parents[2] / "samples"

# Sockets between processes of this machine (AF_UNIX) are how workers are talked to.
GUARD = """
import socket, sys
def refuse(event, args):
    if event == "socket.__new__" and args[1] not in (socket.AF_UNIX, -1):
        raise SystemExit(f"NETWORK: socket of family {args[1]}")
    if event in ("socket.getaddrinfo", "socket.gethostbyname") or (
        event == "socket.connect" and isinstance(args[1], tuple)
    ):
        raise SystemExit(f"NETWORK: {event} {args[1:]}")
sys.addaudithook(refuse)
"""
CALL = "import sys; from kenzan.cli import main; sys.exit(main())"


@pytest.fixture
def guarded(tmp_path, monkeypatch):
    """An environment in which every Python process ends at its first socket for the network."""
    place = tmp_path / "site"
    place.mkdir()
    path = [entry for entry in sys.path if entry]
    inherited = "".join(f"sys.path.append({entry!r})\n" for entry in path)
    (place / "sitecustomize.py").write_text(GUARD + inherited, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(place))
    return tmp_path


def python(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, "-c", code, *arguments]
    return subprocess.run(call, capture_output=True, encoding="utf-8", check=False)


def test_the_guard_notices(guarded):
    assert "NETWORK" in python("import socket; socket.create_connection(('127.0.0.1', 9))").stderr
    assert "NETWORK" in python("import socket; socket.socket()").stderr


@pytest.mark.parametrize("name", ["siryo6.pdf", "siryo6.docx"])
def test_an_audit_opens_no_socket(guarded, name):
    pages = ["--html", str(guarded / "page.html")]
    ran = python(CALL, "audit", str(SAMPLES / name), *pages)
    assert ran.returncode == 1, ran.stderr
    assert "NETWORK" not in ran.stderr


def test_a_conversion_opens_no_socket(guarded):
    (guarded / "in").mkdir()
    shutil.copy(SAMPLES / "siryo6.pdf", guarded / "in")
    formats = "csv,json,jsonl,parquet,xlsx,sqlite,duckdb"
    call = ["convert", str(guarded / "in"), "-o", str(guarded / "out"), "--to", formats, "--html"]
    ran = python(CALL, *call)
    assert ran.returncode == 0, ran.stderr
    assert (guarded / "out" / "kenzan.xlsx").exists()


def test_a_kind_of_url_whose_driver_is_not_there_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "s3fs", None)
    with pytest.raises(UsageError, match="s3fs"):
        find_inputs(["s3://reports/2024"])


def test_documents_in_memory_are_found():
    import fsspec

    with fsspec.open("memory://reports/r6/評価.PDF", "wb") as file:
        file.write(b"%PDF")
    found = find_inputs(["memory://reports/"])
    assert [(entry.name, entry.path) for entry in found] == [
        ("r6/評価.PDF", "memory:///reports/r6/評価.PDF")
    ]


@pytest.fixture
def site(tmp_path):
    """A web server of this machine with one document."""
    root = tmp_path / "www"
    root.mkdir()
    shutil.copy(SAMPLES / "siryo6.txt", root / "report.txt")

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=root)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_document_is_read_over_http(site, tmp_path):
    pytest.importorskip("aiohttp", reason="fsspec reads http through aiohttp")
    found = find_inputs([f"{site}/report.txt"])
    assert [entry.name for entry in found] == ["report.txt"]
    assert run_batch(found, tmp_path / "out", BatchOptions(jobs=1)).counts == {"done": 1}


def test_a_document_that_is_not_on_the_web_is_told(site, tmp_path):
    pytest.importorskip("aiohttp", reason="fsspec reads http through aiohttp")
    with pytest.raises(NotFoundError):
        find_inputs([f"{site}/missing.txt"])
