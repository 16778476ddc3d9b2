"""Convert onto disks that get full at many moments, and onto one that may not be written.

    python bench/full_disk.py [--steps 12] [--files 24]

The disks are small tmpfs mounts, so this wants root (Linux). On each the run must end with code 5
and its reason in Japanese, and the store must open; on a disk made larger the same command must
then end as an undisturbed run does, with equal tables and nothing else left.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from kills import fill, read_tables
from watched import convert

AMPLE = "200000k"


@contextmanager
def small_disk(place: Path, size: str) -> Iterator[Path]:
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def remount(place: Path, option: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{option}", str(place)], check=True)


def run(folder: Path, out: Path) -> tuple[int, str]:
    call = convert(str(folder), "-o", str(out), "-j", "1", "--lang", "ja", "--to", "csv,json,xlsx")
    ran = subprocess.run(call, capture_output=True, text=True, check=False)
    return ran.returncode, ran.stderr


def what_opens(out: Path) -> str:
    """How many documents the store of a run that failed holds."""
    if not (out / "kenzan.duckdb").exists():
        return "no store"
    try:
        return f"{len(read_tables(out)['documents'])} documents"
    except Exception as error:
        return f"DOES NOT OPEN: {str(error)[:80]}"


class Bench:
    """Runs on one disk after the other, each compared with the run on an ample one."""

    def __init__(self, place: Path, folder: Path) -> None:
        self._place, self._folder = place, folder
        with small_disk(place / "ample", AMPLE) as disk:
            self.code, _ = run(folder, disk / "out")
            self.size = sum(path.stat().st_size for path in (disk / "out").iterdir())
            self.truth = read_tables(disk / "out")
            self.names = {path.name for path in (disk / "out").iterdir()}

    def try_size(self, kilobytes: int) -> bool:
        """A disk of this size, then the same disk made larger; whether all went well."""
        with small_disk(self._place / f"d{kilobytes}", f"{kilobytes}k") as disk:
            code, told = run(self._folder, disk / "out")
            opens = what_opens(disk / "out")
            remount(disk, f"size={AMPLE}")
            return self._resume(disk, f"{kilobytes} kB", code, "空き容量" in told, opens)

    def try_read_only(self) -> bool:
        with small_disk(self._place / "barred", AMPLE) as disk:
            remount(disk, "ro")
            code, told = run(self._folder, disk / "out")
            opens = what_opens(disk / "out")
            remount(disk, "rw")
            return self._resume(disk, "read-only", code, "読み取り専用" in told, opens)

    def _resume(self, disk: Path, what: str, code: int, said: bool, opens: str) -> bool:
        again, _ = run(self._folder, disk / "out")
        same = again == self.code and read_tables(disk / "out") == self.truth
        stray = {path.name for path in (disk / "out").iterdir()} - self.names
        failed_well = code == self.code or (code == 5 and said and "NOT" not in opens)
        print(
            f"{what}: code {code}, reason {'told' if said else 'not told'}, store: {opens};"
            f" resumed: code {again}, {'equal' if same else 'DIFFERENT'}, stray: {len(stray)}",
            flush=True,
        )
        return failed_well and same and not stray


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=12)
    parser.add_argument("--files", type=int, default=24)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "in"
        fill(folder, given.files)
        bench = Bench(Path(place), folder)
        print(f"undisturbed: code {bench.code}, {bench.size // 1024} kB", flush=True)
        step = bench.size // 1024 // given.steps
        good = [bench.try_size(max(8, step * turn)) for turn in range(given.steps)]
        good.append(bench.try_read_only())
    print(f"{len(good)} disks, {good.count(False)} wrong")
    sys.exit(not all(good))


if __name__ == "__main__":
    main()
