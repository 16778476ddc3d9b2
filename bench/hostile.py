"""Make a folder of damaged and hostile files out of good ones, the same for the same seed.

    python bench/hostile.py OUT [--seed 1] [--base samples]

At least 500 files: truncations, flipped bytes, bombs, endless trees, wrong kinds, odd names.
Every one must be accounted for by ``kenzan convert``; the good files among them are named good-*.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import zipfile
import zlib
from pathlib import Path


def make_corpus(out: Path, base: Path, seed: int = 1) -> dict[str, int]:
    """Write the corpus; how many files of each sort."""
    rng = random.Random(seed)
    out.mkdir(parents=True, exist_ok=True)
    counts: dict[str, int] = {}
    sources = {
        path.name: path.read_bytes()
        for path in sorted(base.glob("siryo6*"))
        if path.suffix != ".csv"
    }

    def put(sort: str, name: str, data: bytes) -> None:
        (out / name).write_bytes(data)
        counts[sort] = counts.get(sort, 0) + 1

    for name, data in sources.items():
        stem, suffix = Path(name).stem, Path(name).suffix
        for number in range(5):
            put(
                "good",
                f"good-{stem}-{number}{suffix}",
                data + b"\n" * number if suffix in (".pdf", ".txt") else data,
            )
        for number in range(50):
            put("truncated", f"cut-{stem}-{number}{suffix}", data[: rng.randrange(1, len(data))])
        for number in range(50):
            put("flipped", f"flip-{stem}-{number}{suffix}", _flip(data, rng, 1 + number * 4))
        for number in range(5):
            middle = rng.randrange(len(data))
            put(
                "spliced",
                f"splice-{stem}-{number}{suffix}",
                data[:middle] + rng.randbytes(500) + data[middle:],
            )
    for number in range(30):
        put(
            "random",
            f"noise-{number}{rng.choice(['.pdf', '.txt', '.docx', '.xlsx', '.xls', '.html'])}",
            rng.randbytes(rng.randrange(1, 20_000)),
        )
    for name, data in _crafted().items():
        put("crafted", name, data)
    for name in (
        "改行\nの名前.pdf",
        "全角　スペース.pdf",
        "'; DROP TABLE documents; --.pdf",
        "<script>alert(1)<／script>.pdf",
        "=1+1.pdf",
        "\x1b[31mred.pdf",
        "a" * 240 + ".pdf",
    ):
        put("names", name, sources["siryo6.pdf"])
    (out / "folder.pdf").mkdir(exist_ok=True)
    (out / "loop").unlink(missing_ok=True)
    (out / "loop").symlink_to(out, target_is_directory=True)
    (out / "gone.pdf").unlink(missing_ok=True)
    (out / "gone.pdf").symlink_to(out / "nowhere.pdf")
    locked = out / "locked.pdf"
    locked.write_bytes(sources["siryo6.pdf"])
    locked.chmod(0)
    if not (out / "pipe.pdf").exists():
        os.mkfifo(out / "pipe.pdf")
    counts["entries"] = 5
    return counts


def _flip(data: bytes, rng: random.Random, times: int) -> bytes:
    changed = bytearray(data)
    for _ in range(times):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def _pdf(*objects: bytes, trailer: bytes = b"/Root 1 0 R") -> bytes:
    """A PDF of these object bodies, numbered from 1, with a right cross-reference table."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for place in places:
        out += b"%010d 00000 n \n" % place
    out += b"trailer\n<</Size %d %s>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        trailer,
        start,
    )
    return bytes(out)


def _stream(data: bytes, extra: bytes = b"") -> bytes:
    return b"<</Length %d %s>>\nstream\n%s\nendstream" % (len(data), extra, data)


def _page(contents: bytes, box: bytes = b"[0 0 595 842]") -> bytes:
    return _pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox %s/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
        % box,
        contents,
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )


def _crafted() -> dict[str, bytes]:
    bomb = zlib.compress(b"0 0 m 1 1 l S\n" * 20_000_000, 9)
    twice = zlib.compress(zlib.compress(b"\0" * 400_000_000, 9), 9)
    rules = b"".join(b"%d 10 m %d 800 l S\n" % (x, x) for x in range(10, 580)) * 40
    nested = b"q " * 200_000
    deep = b"[" * 100_000 + b"]" * 100_000
    text = b"BT /F 10 Tf " + b"1 0 0 1 50 50 Tm (1,234) Tj " * 200_000 + b"ET"
    digits = b"BT /F 10 Tf 50 50 Td (" + b"9" * 2_000_000 + b") Tj ET"
    kids = b" ".join(b"3 0 R" for _ in range(200_000))
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>/Length 5>>\nstream\n/X Do\nendstream"
    return {
        "empty.pdf": b"",
        "empty.txt": b"",
        "header-only.pdf": b"%PDF-1.7\n",
        "not-a-pdf.pdf": b"This is not a PDF.",
        "zeros.pdf": bytes(1_000_000),
        "spaces.txt": b" " * 5_000_000,
        "one-line.txt": b"1,234 " * 1_000_000,
        "many-lines.txt": "当初 0円 0円\n".encode() * 100_000,
        "digits.txt": b"9" * 20_000_000,
        "hundred-megabytes.txt": "令和３年度　１２３円\n".encode() * 3_500_000,
        "brackets.txt": b"(" * 1_000_000 + b")" * 1_000_000,
        "controls.txt": bytes(range(32)) * 1000,
        "stream-bomb.pdf": _page(_stream(bomb, b"/Filter/FlateDecode")),
        "double-bomb.pdf": _page(_stream(twice, b"/Filter[/FlateDecode/FlateDecode]")),
        "rules.pdf": _page(_stream(rules)),
        "nested-states.pdf": _page(_stream(nested)),
        "deep-array.pdf": _pdf(
            b"<</Type/Catalog/Pages 2 0 R/X " + deep + b">>", b"<</Type/Pages/Kids[]/Count 0>>"
        ),
        "much-text.pdf": _page(_stream(text)),
        "long-number.pdf": _page(_stream(digits)),
        "huge-page.pdf": _page(_stream(b"0 0 m 9 9 l S"), b"[0 0 1e9 1e9]"),
        "negative-page.pdf": _page(_stream(b"0 0 m 9 9 l S"), b"[0 0 -5 0]"),
        "page-loop.pdf": _pdf(
            b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"
        ),
        "million-pages.pdf": _pdf(
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1000000>>",
            b"<</Type/Page/Parent 2 0 R>>",
        ),
        "same-page-200k.pdf": _pdf(
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[" + kids + b"]/Count 200000>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        ),
        "form-loop.pdf": _pdf(
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</X 6 0 R>>>>>>",
            _stream(b"/X Do"),
            b"null",
            form,
        ),
        "prev-loop.pdf": b"%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 1/Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF",
        "zip-bomb.xlsx": _zip(
            {"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": b" " * 300_000_000}
        ),
        "zip-bomb.docx": _zip({"word/document.xml": b"<w/>" + b" " * 300_000_000}),
        "not-xml.docx": _zip(
            {"word/document.xml": b"\xff\xfe garbage", "[Content_Types].xml": b""}
        ),
        "entities.docx": _zip(
            {"word/document.xml": _billion_laughs(), "[Content_Types].xml": b"<a/>"}
        ),
        "outside.docx": _zip(
            {
                "word/document.xml": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
            }
        ),
        "slip.xlsx": _zip({"../../../../tmp/evil.txt": b"x", "xl/workbook.xml": b"<a/>"}),
        "deep.html": b"<div>" * 200_000,
        "wide.html": b"<table><tr>" + b"<td colspan=1000000>1</td>" * 50 + b"</tr></table>",
        "spans.html": b"<table>"
        + b"<tr><td rowspan=65535 colspan=1000>1</td></tr>" * 200
        + b"</table>",
        "script.html": b"<script>while(1);</script><table><tr><td>1</td></tr></table>",
        "ole.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000),
    }


def _zip(members: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return target.getvalue()


def _billion_laughs() -> bytes:
    lines = [b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a0 "ha">']
    lines += [b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12)]
    return b"".join(lines) + b"]><l>&a11;</l>"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--base", type=Path, default=Path(__file__).parent.parent / "samples")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    made = make_corpus(given.out, given.base, given.seed)
    print(sum(made.values()), made)
