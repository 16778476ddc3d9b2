"""Find what a batch has to read, and account for all that it will not.

Folders are searched recursively; patterns (``past/**/*.pdf``) are expanded; URLs are listed
through fsspec, which is imported only if one is given. Nothing but regular files is ever opened:
a named pipe or a device in a folder would stop the run.
"""

from __future__ import annotations

import glob
import stat
from dataclasses import dataclass, replace
from itertools import takewhile
from pathlib import Path, PurePath, PurePosixPath
from typing import TYPE_CHECKING

from kenzan.batch.outputs import find_outputs
from kenzan.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SUFFIXES = frozenset(
    {".pdf", ".txt", ".text", ".docx", ".xlsx", ".xlsm", ".xls", ".html", ".htm", ".csv", ".tsv"}
)
_ARCHIVES = frozenset({".zip", ".lzh", ".7z", ".rar", ".gz", ".tgz", ".tar", ".cab"})
_COMPANIONS = {
    "~$": "a lock file of Office, not a document",
    "._": "a note of macOS about another file",
}
"""Files that programs put beside a document, with its name after these characters."""


@dataclass(frozen=True, slots=True, order=True)
class Input:
    """One thing found: its ``name`` in the data contract, its path or URL, and its size.

    ``problem`` says why it will not be read (empty if it will be); ``failed`` tells a document
    that could not be opened from a thing that is none.
    """

    name: str
    path: str
    size: int = 0
    problem: str = ""
    failed: bool = False


def find_inputs(given: Iterable[str], *, leave_out: Path | None = None) -> list[Input]:
    """All inputs under what was given, sorted by name, each name once.

    ``leave_out`` is a folder whose content is not searched (the output, if it lies inside).

    Raises:
        NotFoundError: something given does not exist.
        UsageError: a URL is given and fsspec is not installed.
    """
    found: list[tuple[Input, str]] = []
    for item in given:
        if "://" in item:
            found += [(entry, item) for entry in _find_urls(item)]
        else:
            found += [(entry, item) for entry in _find_paths(item, leave_out)]
    return _name_apart(found)


def _name_apart(found: list[tuple[Input, str]]) -> list[Input]:
    """Give inputs of equal name the path as it was given, and drop what was found twice."""
    by_path = {entry.path: (entry, given) for entry, given in reversed(found)}
    owners: dict[str, int] = {}
    for entry, _ in by_path.values():
        owners[entry.name] = owners.get(entry.name, 0) + 1
    named: list[Input] = []
    for entry, _ in by_path.values():
        name = entry.name if owners[entry.name] == 1 else printable(Path(entry.path).as_posix())
        named.append(replace(entry, name=name))
    return sorted(named)


def _find_paths(item: str, leave_out: Path | None) -> Iterator[Input]:
    path = Path(item)
    if path.is_dir():
        yield from _walk(path, leave_out)
    elif path.exists() or path.is_symlink():
        yield _describe(path, printable(path.name), chosen=True)
    else:
        matches = _expand(item)
        if not matches:
            raise NotFoundError(printable(item))
        root = _fixed_part(item)
        for match in matches:
            place = Path(match)
            if place.is_dir():
                continue
            yield _describe(place, printable(place.relative_to(root).as_posix()), chosen=True)


def _expand(pattern: str) -> list[str]:
    """The paths a pattern stands for; none if it holds no wildcard."""
    if not glob.has_magic(pattern):
        return []
    return sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207  the pattern may be absolute


def _fixed_part(pattern: str) -> Path:
    """The folder before the first wildcard of a pattern."""
    parts = Path(pattern).parts
    fixed = takewhile(lambda part: not glob.has_magic(part), parts)
    return Path(*fixed)


def _walk(root: Path, leave_out: Path | None) -> Iterator[Input]:
    """Every file under ``root``; folders reached again (links in a circle) are not entered."""
    barred = leave_out.resolve() if leave_out is not None else None
    seen: set[tuple[int, int]] = set()
    pending = [root]
    while pending:
        folder = pending.pop()
        try:
            info = folder.stat()
            names = sorted(entry.name for entry in folder.iterdir())
        except OSError as error:
            reason = f"folder cannot be opened: {error.strerror}"
            yield replace(_skip(folder, root, reason), failed=True)
            continue
        if (info.st_dev, info.st_ino) in seen:
            yield _skip(folder, root, "folder already searched (a link in a circle)")
            continue
        seen.add((info.st_dev, info.st_ino))
        outputs = find_outputs(folder, names)
        for name in names:
            path = folder / name
            if name in outputs:
                yield _skip(path, root, "written by kenzan")
            elif path.is_dir():
                if barred is not None and path.resolve() == barred:
                    continue
                if path.suffix.lower() in SUFFIXES:
                    yield _skip(path, root, "a folder, named like a document")
                pending.append(path)
            else:
                yield _describe(path, printable(path.relative_to(root).as_posix()))


def _skip(path: Path, root: Path, reason: str) -> Input:
    name = path.relative_to(root).as_posix() if path != root else path.name
    return Input(printable(name), str(path), 0, reason)


def _describe(path: Path, name: str, *, chosen: bool = False) -> Input:
    """One directory entry; a file named by the user (``chosen``) is tried whatever its ending."""
    try:
        info = path.stat()
    except OSError as error:
        return Input(name, str(path), 0, f"cannot be opened: {error.strerror}", failed=True)
    if not stat.S_ISREG(info.st_mode):
        return Input(name, str(path), 0, "not a regular file")
    problem = "" if chosen else _why_not(path)
    return Input(name, str(path), info.st_size, problem)


def _why_not(path: PurePath) -> str:
    """Why a file that was found will not be read; empty if it will be."""
    if path.name[:2] in _COMPANIONS:
        return _COMPANIONS[path.name[:2]]
    suffix = path.suffix.lower()
    if suffix in _ARCHIVES:
        return "an archive: unpack it to read what is in it"
    return "" if suffix in SUFFIXES else "not a kind of file that kenzan reads"


def _find_urls(item: str) -> Iterator[Input]:
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise UsageError(item, "reading URLs needs: pip install 'kenzan[cluster]'") from error
    try:
        filesystem, root = url_to_fs(item)
        single = not glob.has_magic(item) and filesystem.isfile(root)
        if glob.has_magic(root):
            paths = filesystem.glob(root)
            base = str(_fixed_part(root))
        else:
            paths = [root] if single else filesystem.find(root)
            base = root.rpartition("/")[0] if single else root
    except ImportError as error:  # each kind of URL has a driver of its own; this names it
        raise UsageError(printable(item), str(error)) from error
    except (OSError, ValueError) as error:
        raise NotFoundError(printable(item), str(error)) from error
    if not paths:
        raise NotFoundError(printable(item))
    for path in paths:
        name = printable(path[len(base) :].lstrip("/") if path.startswith(base) else path)
        reason = "" if single else _why_not(PurePosixPath(path))
        yield Input(name, filesystem.unstrip_protocol(path), 0, reason)


def printable(name: str) -> str:
    """A name that any file can hold: undecodable bytes of a path become hex escapes."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
