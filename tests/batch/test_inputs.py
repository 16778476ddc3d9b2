"""Every file under what was given is found once, and named once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kenzan.batch.inputs import find_inputs
from kenzan.errors import NotFoundError, say_detail


def touch(root, *names):
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def test_a_folder_is_searched_through_and_names_are_relative(tmp_path):
    touch(tmp_path, "r2/a.pdf", "r3/a.pdf", "r3/deep/b.TXT")
    assert [entry.name for entry in find_inputs([str(tmp_path)])] == [
        "r2/a.pdf",
        "r3/a.pdf",
        "r3/deep/b.TXT",
    ]


def test_other_files_are_accounted_for(tmp_path):
    touch(tmp_path, "a.pdf", "photo.jpg")
    assert [(e.name, bool(e.problem)) for e in find_inputs([str(tmp_path)])] == [
        ("a.pdf", False),
        ("photo.jpg", True),
    ]


def test_what_programs_put_beside_documents_and_archives_have_their_own_reasons(tmp_path):
    touch(tmp_path, "~$評価.docx", "._評価.pdf", "過年度.ZIP", "評価.PDF")
    reasons = {entry.name: entry.problem for entry in find_inputs([str(tmp_path)])}
    assert reasons["評価.PDF"] == ""
    assert "lock file" in reasons["~$評価.docx"]
    assert "macOS" in reasons["._評価.pdf"]
    assert "archive" in reasons["過年度.ZIP"]
    assert all(say_detail(reason, "ja") != reason for reason in reasons.values() if reason)


def test_a_file_that_is_named_is_tried_whatever_its_ending(tmp_path):
    touch(tmp_path, "report.dat")
    assert not find_inputs([str(tmp_path / "report.dat")])[0].problem


def test_patterns(tmp_path):
    touch(tmp_path, "r2/a.pdf", "r3/a.pdf", "r3/b.txt")
    found = find_inputs([str(tmp_path / "*" / "*.pdf")])
    assert [entry.name for entry in found] == ["r2/a.pdf", "r3/a.pdf"]


def test_equal_names_from_two_folders_are_told_apart(tmp_path):
    touch(tmp_path, "x/a.pdf", "y/a.pdf")
    names = [entry.name for entry in find_inputs([str(tmp_path / "x"), str(tmp_path / "y")])]
    assert len(set(names)) == 2


def test_what_is_given_twice_is_found_once(tmp_path):
    touch(tmp_path, "a.pdf")
    assert len(find_inputs([str(tmp_path), str(tmp_path)])) == 1


def test_links_in_a_circle_end(tmp_path):
    touch(tmp_path, "sub/a.pdf")
    (tmp_path / "sub" / "loop").symlink_to(tmp_path)
    found = find_inputs([str(tmp_path)])
    assert [e.name for e in found if not e.problem] == ["sub/a.pdf"]
    assert any("circle" in e.problem for e in found)


def test_a_link_to_nothing_is_a_failure(tmp_path):
    (tmp_path / "gone.pdf").symlink_to(tmp_path / "nowhere.pdf")
    (entry,) = find_inputs([str(tmp_path)])
    assert entry.failed
    assert "cannot be opened" in entry.problem


def test_a_folder_named_like_a_document_is_told_and_searched(tmp_path):
    touch(tmp_path, "old.pdf/a.pdf")
    assert [(e.name, e.problem) for e in find_inputs([str(tmp_path)])] == [
        ("old.pdf", "a folder, named like a document"),
        ("old.pdf/a.pdf", ""),
    ]


def test_a_pipe_is_never_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe.pdf")
    (entry,) = find_inputs([str(tmp_path)])
    assert entry.problem == "not a regular file"


def test_names_of_any_bytes_can_be_written_down(tmp_path):
    touch(tmp_path, "two\nlines.pdf", "全角　名前.pdf")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/bad\xff.pdf")).write_bytes(b"x")
    names = [entry.name for entry in find_inputs([str(tmp_path)])]
    assert len(names) == 3
    assert "bad\\xff.pdf" in names
    for name in names:
        name.encode("utf-8")


def test_the_output_inside_the_input_is_left_out(tmp_path):
    touch(tmp_path, "a.pdf", "out/old.csv")
    found = find_inputs([str(tmp_path)], leave_out=tmp_path / "out")
    assert [entry.name for entry in found] == ["a.pdf"]


def test_nothing_there_is_an_error(tmp_path):
    with pytest.raises(NotFoundError):
        find_inputs([str(tmp_path / "missing")])
    with pytest.raises(NotFoundError):
        find_inputs([str(tmp_path / "*.pdf")])


def test_what_an_earlier_conversion_wrote_is_no_document(tmp_path):
    (tmp_path / "html").mkdir()
    own = ["observations.csv", "kenzan.xlsx", "html/index.html", "html/a.pdf-0123abcd.html"]
    others = ["report.csv", "html/page.html", "kept.txt"]
    for name in [*own, *others]:
        (tmp_path / name).write_text("1", encoding="utf-8")
    assert [entry.name for entry in find_inputs([str(tmp_path)]) if entry.problem] == []
    (tmp_path / "kenzan.duckdb").write_bytes(b"")
    found = find_inputs([str(tmp_path)])
    assert sorted(entry.name for entry in found if not entry.problem) == sorted(others)
    assert {e.name for e in found if e.problem == "written by kenzan"} == set(own)
    named = find_inputs([str(tmp_path / "observations.csv")])
    assert [entry.problem for entry in named] == [""]
