"""What is built is what stands in the tree: every module and data file, in wheel and sdist."""

from __future__ import annotations

import email
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

import kenzan

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
FOLDERS = SETTINGS["tool"]["setuptools"]["package-dir"]
# What .gitignore names: made by tools, and no part of the project.
LEFT_OUT = tuple((ROOT / ".gitignore").read_text(encoding="utf-8").replace("/", "").split())


def _source_files() -> dict[str, Path]:
    """Every file of the installed packages, by its path in the wheel."""
    found: dict[str, Path] = {}
    for package, folder in FOLDERS.items():
        base = ROOT / folder
        for path in base.rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                inside = path.relative_to(base).as_posix()
                found[f"{package.replace('.', '/')}/{inside}"] = path
    return found


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a wheel and an sdist, built from a copy of what the tree holds."""
    import shutil

    out = tmp_path_factory.mktemp("built")
    copy = out / "source"
    ignored = shutil.ignore_patterns(
        "__pycache__",
        "*.egg-info",
        ".*_cache",
        ".hypothesis",
        ".git",
        ".dev",
        "build",
        "dist",
        ".venv*",
    )
    shutil.copytree(ROOT, copy, ignore=ignored, symlinks=True)
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(copy)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    told = run.stdout + run.stderr
    assert run.returncode == 0, told[-4000:]
    assert "is absent from the `packages` configuration" not in told
    return out


def test_every_package_is_listed() -> None:
    listed = set(SETTINGS["tool"]["setuptools"]["packages"])
    there = {
        Path(name).parent.as_posix().replace("/", ".")
        for name in _source_files()
        if name.endswith("/__init__.py")
    }
    assert there == listed


def test_every_folder_of_modules_is_a_package() -> None:
    loose = {
        str(path.parent.relative_to(ROOT))
        for path in _source_files().values()
        if path.suffix == ".py" and not (path.parent / "__init__.py").exists()
    }
    assert loose == set()


def test_the_wheel_holds_every_module_and_data_file(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        inside = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert inside == set(_source_files())


def test_the_sdist_holds_the_whole_project(built: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        inside = {Path(*Path(name).parts[1:]).as_posix() for name in archive.getnames()}
    tracked = {path.relative_to(ROOT).as_posix() for path in _source_files().values()}
    for folder in ("samples", "tests", "bench", ".ci"):
        tracked |= {
            path.relative_to(ROOT).as_posix()
            for path in (ROOT / folder).rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }
    tracked |= {"README.md", "README.ja.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md"}
    assert tracked - inside == set()


def test_the_metadata_say_what_it_is(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        metadata = email.message_from_bytes(archive.read(name))
        folder = name.rpartition("/")[0]
        assert f"{folder}/licenses/LICENSE" in archive.namelist()
        entry_points = archive.read(f"{folder}/entry_points.txt").decode()
    assert metadata["Version"] == kenzan.__version__
    assert metadata["License-Expression"] == "Apache-2.0"
    assert metadata["Requires-Python"] == ">=3.11"
    assert "kenzan = kenzan.cli:main" in entry_points
