"""Bad input, read for real: one clear line in the reader's language, the right exit code."""

from __future__ import annotations

import csv
import io
import json
import random
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest
from fpdf import FPDF
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
PASSWORD = "ひみつ"


def _encrypted(path: Path) -> None:
    with pikepdf.open(SAMPLES / "siryo6.pdf") as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(user=PASSWORD, owner="owner", R=6))


def _scan(path: Path) -> None:
    pdf = FPDF()
    pdf.add_page()
    picture = Image.new("L", (200, 300), 255)
    picture.paste(0, (20, 20, 180, 60))
    pdf.image(picture, w=150)
    pdf.output(str(path))


def _prose(path: Path) -> None:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", size=12)
    pdf.multi_cell(0, 8, "A letter without any table.\nIt speaks of nothing in particular.")
    pdf.output(str(path))


def _noise(path: Path) -> None:
    path.write_bytes(random.Random(1).randbytes(5000))


MAKERS: dict[str, Callable[[Path], object]] = {
    "empty.pdf": lambda path: path.write_bytes(b""),
    "noise.pdf": _noise,
    "noise.txt": _noise,
    "truncated.pdf": lambda path: path.write_bytes((SAMPLES / "siryo6.pdf").read_bytes()[:60_000]),
    "encrypted.pdf": _encrypted,
    "scan.pdf": _scan,
    "picture.png": lambda path: Image.new("L", (9, 9)).save(path),
}

EXPECTED = {
    "empty.pdf": ("中身が空です", "the file is empty"),
    "truncated.pdf": ("壊れているか", "damaged or cut off"),
    "encrypted.pdf": ("暗号化されて", "is encrypted"),
    "scan.pdf": ("スキャン", "looks like a scan"),
    "noise.txt": ("文字コード", "no encoding that fits"),
}


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """A folder of bad files."""
    folder = tmp_path / "bad"
    folder.mkdir()
    for name, make in MAKERS.items():
        make(folder / name)
    return folder


@pytest.mark.parametrize("name", MAKERS)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_one_clear_line_and_a_hint(run: Callable, bad: Path, name: str, lang: str) -> None:
    ran = run("audit", str(bad / name), "--lang", lang)
    assert (ran.code, ran.out) == (3, "")
    message, hint = ran.err.splitlines()
    assert name in message
    assert bool(re.search("[ぁ-ん]", message)) == (lang == "ja")
    assert bool(re.search("[ぁ-ん]", hint)) == (lang == "ja")
    if name in EXPECTED:
        assert EXPECTED[name][lang == "en"] in message


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("ja", "エラー: no-such.pdf: ファイルがないか、開けません"),
        ("en", "error: no-such.pdf: no such file, or it may not be opened"),
    ],
)
def test_a_missing_file(run: Callable, lang: str, told: str) -> None:
    ran = run("audit", "no-such.pdf", "--lang", lang)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.splitlines()[0] == told


@pytest.mark.parametrize("command", ["audit", "convert"])
@pytest.mark.parametrize(
    ("lang", "told"), [("ja", "読み取れる文書がありません"), ("en", "there is no document in it")]
)
def test_a_folder_without_documents(
    run: Callable, tmp_path: Path, command: str, lang: str, told: str
) -> None:
    folder, out = tmp_path / "folder", tmp_path / "out"
    folder.mkdir()
    (folder / "notes.bin").write_bytes(b"1")
    extra = ("-o", str(out)) if command == "convert" else ()
    ran = run(command, str(folder), *extra, "--lang", lang)
    assert (ran.code, ran.out) == (3, "")
    assert told in ran.err.splitlines()[0]
    assert not out.exists()


@pytest.mark.parametrize(("lang", "told"), [("ja", "書き込めません"), ("en", "cannot be written")])
def test_a_folder_that_cannot_be_written(
    run: Callable, tmp_path: Path, lang: str, told: str
) -> None:
    (tmp_path / "file").write_text("in the way")
    out = tmp_path / "file" / "out"
    ran = run("convert", str(SAMPLES / "siryo6.txt"), "-o", str(out), "--lang", lang)
    assert (ran.code, ran.out) == (5, "")
    assert told in ran.err
    assert "Traceback" not in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_nothing_is_written_where_nothing_can_be_opened(run: Callable, tmp_path: Path) -> None:
    out = tmp_path / "out"
    ran = run("convert", "no-such.pdf", "nor-this.pdf", "-o", str(out), "--lang", "ja")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("エラー: no-such.pdf, nor-this.pdf: ファイルがないか、開けません")
    assert not out.exists()
    ran = run("convert", "no-such.pdf", str(SAMPLES / "siryo6.txt"), "-o", str(out))
    assert ran.code == 4
    assert (out / "documents.csv").exists()


def test_the_password_opens_it(run: Callable, bad: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = str(bad / "encrypted.pdf")
    wrong = run("audit", path, "--password", "wrong")
    assert wrong.code == 3
    assert "the password does not open it" in wrong.err
    opened = run("audit", path, "--password", PASSWORD)
    assert opened.code == 1
    assert "-173" in opened.out
    monkeypatch.setenv("KENZAN_PASSWORD", PASSWORD)
    assert run("audit", path).code == 1


def test_a_document_without_tables_says_so(run: Callable, tmp_path: Path) -> None:
    _prose(tmp_path / "letter.pdf")
    for lang, told in (("en", "No table of KPI"), ("ja", "数値の表が見つかりませんでした")):
        ran = run("audit", str(tmp_path / "letter.pdf"), "--lang", lang)
        assert ran.code == 0
        assert told in ran.out.replace("\n ", "")
    data = json.loads(run("audit", str(tmp_path / "letter.pdf"), "--format", "json").out)
    assert data["observations"] == []
    assert data["documents"][0]["status"] == "done"


def test_a_folder_of_them_is_recorded_and_the_rest_goes_on(
    run: Callable, bad: Path, tmp_path: Path
) -> None:
    (bad / "good.txt").write_bytes((SAMPLES / "siryo6.txt").read_bytes())
    ran = run("convert", str(bad), "-o", str(tmp_path / "out"))
    assert ran.code == 4
    text = (tmp_path / "out" / "documents.csv").read_bytes().decode("utf-8-sig")
    rows = {row["document"]: row for row in csv.DictReader(io.StringIO(text))}
    failed = {name for name, row in rows.items() if row["status"] == "failed"}
    assert failed == set(MAKERS) - {"picture.png"}
    assert rows["good.txt"]["status"] == "done"
    assert rows["picture.png"]["status"] == "skipped"
    assert all(row["error"] for name, row in rows.items() if name != "good.txt")
    for name in failed:
        assert [line for line in ran.err.splitlines() if line.startswith(f"error: {name}: ")]


def test_text_in_a_stated_encoding(run: Callable, tmp_path: Path) -> None:
    text = (SAMPLES / "siryo6.txt").read_text(encoding="utf-8")
    (tmp_path / "sjis.txt").write_bytes(text.encode("cp932", errors="replace"))
    ran = run("audit", str(tmp_path / "sjis.txt"), "--encoding", "cp932")
    assert "（-173101）" in ran.out


def test_standard_input(run: Callable) -> None:
    ran = run("audit", "-", stdin=(SAMPLES / "siryo6.txt").read_bytes())
    assert ran.code == 1
    assert "（-173101）" in ran.out
    assert run("audit", "-", stdin=b"").code == 3


def test_a_marked_up_copy_of_something_else_than_a_pdf(run: Callable, tmp_path: Path) -> None:
    given, target = tmp_path / "a.txt", tmp_path / "marked.pdf"
    given.write_text("資料１", encoding="utf-8")
    ran = run("audit", str(given), "--pdf-out", str(target))
    assert ran.code == 2
    assert "can be made of a PDF only" in ran.err
    assert not target.exists()


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_folder_that_holds_no_conversion(run: Callable, tmp_path: Path, lang: str) -> None:
    ran = run("export", str(tmp_path), "--to", "csv", "--lang", lang)
    assert ran.code == 3
    assert "kenzan convert" in ran.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("option", ["--html", "--pdf-out"])
@pytest.mark.parametrize("way", ["as given", "through a link", "inside a folder"])
def test_a_document_is_never_written_over(
    run: Callable, tmp_path: Path, option: str, way: str
) -> None:
    original = (SAMPLES / "siryo6.pdf").read_bytes()
    (tmp_path / "siryo6.pdf.pdf").write_bytes(original)
    (tmp_path / "siryo6.pdf.html").write_bytes(original)
    (tmp_path / "siryo6.pdf").write_bytes(original)
    (tmp_path / "link").symlink_to(tmp_path / "siryo6.pdf")
    given, target = {
        "as given": ("siryo6.pdf", "siryo6.pdf"),
        "through a link": ("siryo6.pdf", "link"),
        "inside a folder": (".", "."),
    }[way]
    before = sorted(path.name for path in tmp_path.iterdir())
    done = run("audit", str(tmp_path / given), option, str(tmp_path / target), "--lang", "en")
    assert done.code == 2
    assert "is not written over" in done.err
    assert "hint: Give another name for the output." in done.err
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert (tmp_path / "siryo6.pdf").read_bytes() == original


def test_an_empty_name_is_not_the_working_directory(run: Callable) -> None:
    done = run("audit", "", "--lang", "en")
    assert done.code == 3
    assert "no such file" in done.err


def test_pages_of_documents_whose_names_fold_into_one_are_all_kept(
    run: Callable, tmp_path: Path
) -> None:
    (tmp_path / "in" / "a").mkdir(parents=True)
    text = (SAMPLES / "siryo6.txt").read_bytes()
    for name in ("a/b.txt", "a_b.txt", "A_B.txt"):
        (tmp_path / "in" / name).write_bytes(text + name.encode())
    done = run("audit", str(tmp_path / "in"), "--html", str(tmp_path / "pages"))
    assert done.code == 1
    assert len(list((tmp_path / "pages").iterdir())) == 3
