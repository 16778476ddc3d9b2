from __future__ import annotations

import sys

import pytest
from office_files import excel, pack, paragraph, word

from kenzan.errors import (
    DamagedError,
    EmptyDocumentError,
    EncryptedError,
    NotFoundError,
    TooLargeError,
    UnsupportedKindError,
)
from kenzan.extract import ReadOptions, read_document
from kenzan.extract.dispatch import find_kind

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def _stream(name):
    return f"{name}\0".encode("utf-16-le")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"\r\njunk before the header\n%PDF-1.4", "pdf"),
        (b"x" * 2000 + b"%PDF-1.4", "text"),
        (word(paragraph("一")), "docx"),
        (excel("<sheetData/>"), "xlsx"),
        (OLE2 + _stream("Workbook"), "xls"),
        (OLE2 + _stream("Book"), "xls"),
        (b"<!DOCTYPE html><p>", "html"),
        (b"\xef\xbb\xbf\n<html>", "html"),
        ("<html>".encode("utf-16"), "html"),
        (b"<?xml version='1.0'?><!-- x --><html>", "html"),
        (b"<table border=1>", "html"),
        ("達成状況 < 目標".encode(), "text"),
        (b"a < b <html>", "text"),
    ],
)
def test_the_content_says_the_kind(data, kind):
    assert find_kind(data) == kind


def test_the_name_is_only_a_hint():
    assert find_kind(word(paragraph("一")), "a.pdf") == "docx"
    assert find_kind(b"<table><tr><td>1", "a.xls") == "html"
    assert find_kind("Ｒ２\t1".encode(), "a.xls") == "text"
    assert read_document(b"%PDF is not at the start", name="a.txt").kind == "text"


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        (b"\x89PNG\r\n\x1a\n123", "", "PNG"),
        (b"{\\rtf1", "", "RTF"),
        (OLE2 + _stream("WordDocument"), "", ".doc"),
        (OLE2, "", "OLE2"),
        (b"hello", "a.pdf", "no %PDF header"),
        (b"<html>404", "a.PDF", "HTML"),
        (pack({"mimetype": "application/vnd.oasis.opendocument.text"}), "", "OpenDocument"),
        (pack({"a.txt": "x"}), "", "zip"),
        (pack({"xl/workbook.bin": "x"}), "", ".xlsb"),
    ],
)
def test_other_kinds_are_named(data, name, told):
    with pytest.raises(UnsupportedKindError) as raised:
        read_document(data, name=name)
    assert told in raised.value.detail


def test_office_files_that_are_none_are_damaged():
    for name in ("a.docx", "a.xlsx"):
        with pytest.raises(DamagedError):
            read_document(b"<html>error", name=name)
    with pytest.raises(DamagedError):
        read_document(b"PK\x03\x04" + bytes(100))


def test_an_office_file_behind_a_password():
    with pytest.raises(EncryptedError):
        read_document(OLE2 + _stream("EncryptedPackage"))


def test_nothing_there(tmp_path):
    with pytest.raises(NotFoundError) as raised:
        read_document(tmp_path / "none.pdf")
    assert raised.value.subject == "none.pdf"
    with pytest.raises(NotFoundError):
        read_document(tmp_path)
    with pytest.raises(NotFoundError):
        read_document("a\0b")


def test_empty_and_too_large(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"")
    with pytest.raises(EmptyDocumentError):
        read_document(path)
    path.write_bytes(b"12345")
    for source in (path, b"12345"):
        with pytest.raises(TooLargeError):
            read_document(source, options=ReadOptions(max_bytes=4))
    assert read_document(path, options=ReadOptions(max_bytes=5)).size == 5


def test_identity_of_a_document(tmp_path):
    path = tmp_path / "資料.txt"
    path.write_bytes(b"abc")
    by_path, by_text = read_document(path), read_document(str(path), name="2023/資料.txt")
    assert (by_path.name, by_text.name, read_document(b"abc").name) == (
        "資料.txt",
        "2023/資料.txt",
        "-",
    )
    assert by_path.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert read_document(bytearray(b"abc")).sha256 == by_path.sha256
    assert by_path.size == 3


def test_options_do_not_show_the_password():
    assert "secret" not in repr(ReadOptions(password="secret"))


def test_a_reader_is_loaded_only_when_needed():
    import subprocess

    code = (
        "import sys; from kenzan.extract import read_document; read_document('目標'.encode());"
        "print(sorted({'lxml', 'pandas', 'pdfplumber', 'pypdfium2', 'xlrd'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
