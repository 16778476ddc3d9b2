"""The data files that lie beside the modules: word lists, tables, templates."""

from __future__ import annotations

import pkgutil
import tomllib
from typing import Any


def read_text(package: str, name: str) -> str:
    """A file of a package, from wherever the package was loaded.

    ``importlib.resources`` would do, but brings along what takes longer to load than all files.

    Raises:
        FileNotFoundError: the package has no such file.
    """
    data = pkgutil.get_data(package, name)
    if data is None:
        raise FileNotFoundError(name)
    return data.decode("utf-8")


def read_toml(package: str, name: str) -> dict[str, Any]:
    """A TOML file of a package."""
    return tomllib.loads(read_text(package, name))
