"""The marks and words of notation.toml, compiled once: signs, missing marks, bounds, prefixes."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import regex

from kenzan.normalize.characters import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kenzan.normalize.figure import Bound, Missing, Sign


def read_words(name: str) -> dict[str, Any]:
    """A data file of this folder, every string in it folded as the texts will be."""
    raw = files("kenzan.normalize").joinpath(name).read_text("utf-8")
    return {key: _folded(value) for key, value in tomllib.loads(raw).items()}


def _folded(value: Any) -> Any:
    if isinstance(value, dict):
        return {fold(key): _folded(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_folded(part) for part in value]
    return fold(value) if isinstance(value, str) else value


def any_of(words: Iterable[str]) -> str:
    """A group that takes the longest of these words."""
    return f"(?:{'|'.join(map(regex.escape, sorted(set(words), key=len, reverse=True)))})"


def _by_word(table: Mapping[str, Iterable[str]]) -> dict[str, Any]:
    return {word: name for name, words in table.items() for word in words}


_DATA = read_words("notation.toml")
_SIGNS = _DATA["signs"]
CURRENCY: dict[str, str] = _DATA["currency"]
BOUND_BEFORE: dict[str, Bound] = _by_word(_DATA["bound_prefix"])
BOUND_BEHIND: dict[str, Bound] = _by_word(_DATA["bound_suffix"])
SIGN_BEHIND: dict[str, Sign] = dict.fromkeys(_DATA["sign_suffix"]["minus"], "-") | dict.fromkeys(
    _DATA["sign_suffix"]["plus"], "+"
)
REMARKS: frozenset[str] = frozenset(_DATA["remark"]["words"])
SCOPES: frozenset[str] = frozenset(_DATA["scope_prefix"]["words"])
CELL_LABELS: frozenset[str] = frozenset(_DATA["cell_label"]["words"])
CHANGES: frozenset[str] = frozenset(_DATA["missing"]["words_of_change"]["words"])
_MISSING = {name: _DATA["missing"][name] for name in ("not_reported", "not_applicable", "withheld")}
MISSING_WORDS: dict[str, Missing] = _by_word({n: entry["words"] for n, entry in _MISSING.items()})

_MINUS, _TOUCHING, _PLUS, _EITHER = (
    any_of(_SIGNS[kind]) for kind in ("minus", "minus_touching", "plus", "either")
)
_PLUS_SET, _EITHER_SET = frozenset(_SIGNS["plus"]), frozenset(_SIGNS["either"])
TRIANGLES = "△▲▽▼▵▴▿▾∆Δ⊿"

SIGN = regex.compile(rf"(?:{_MINUS}|{_PLUS}|{_EITHER})\s*+(?=[0-9.¥$€\\])|{_TOUCHING}(?=[0-9.¥])")
SIGN_BEFORE = regex.compile(
    rf"(?:(?<![0-9A-Za-z])(?:-|−|{_PLUS}|{_EITHER})|[{TRIANGLES}]\s?|(?<![0-9A-Za-zぁ-ヿ一-鿿々]){_TOUCHING})\Z"
)
PREFIX = regex.compile(rf"(?:(?:{any_of(BOUND_BEFORE)}|{any_of(SCOPES)})\s*[:：]?\s*)*+")
PREFIX_BEFORE = regex.compile(rf"(?:{any_of(BOUND_BEFORE)}|{any_of(SCOPES)})\s?\Z")
_BEHIND = any_of([*BOUND_BEHIND, *SIGN_BEHIND, *REMARKS])
SUFFIX_PATTERN = rf"(?: ?(?:{_BEHIND}|\({any_of(REMARKS)}\)))"
SUFFIX = regex.compile(SUFFIX_PATTERN)
LABEL_PATTERN = any_of([*CELL_LABELS, *SCOPES])
ORDINAL = regex.compile(any_of(_DATA["ordinal_suffix"]["words"]))
_DOTS = any_of(_MISSING["not_reported"]["marks"])
_DASH = any_of(_MISSING["not_applicable"]["marks"])
_HIDDEN = any_of(_MISSING["withheld"]["marks"])
MISSING = regex.compile(
    rf"(?P<word>{any_of(MISSING_WORDS)})|(?P<change>{any_of(CHANGES)})"
    rf"|(?P<not_reported>{_DOTS}{{1,6}}+[・･.]?)|(?P<not_applicable>{_DASH}{{1,8}}+)|(?P<withheld>{_HIDDEN}{{1,5}}+)"
)


def sign_of(mark: str) -> Sign:
    """The sign that a mark stands for; ± (and its kin) stands for none."""
    bare = mark.strip()
    if bare in _PLUS_SET:
        return "+"
    return "" if not bare or bare in _EITHER_SET else "-"
