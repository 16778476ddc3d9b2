"""Cells that list labels with their figures, one on each line: 土　地 1,065,240."""

from __future__ import annotations

import re
from dataclasses import field, replace

from kenzan.interpret.words.label import read_label
from kenzan.normalize.numbers import Entry, parse_cell
from kenzan.schemas.records import dataclass

_FIGURE = (
    r"[(（]?[△▲▽▼+＋\-−－‐]?[ 　]?[\d０-９][\d０-９,，.．]*"
    r"[ 　]?[^\d\s０-９、。()（）/／]{0,4}[)）]?"
)
_LINE = re.compile(
    r"(?P<label>[^\s].*?[^\s,，.．])"
    rf"(?:[ 　\t]|[…‥・.]{{2,}}|[:：])[ 　\t]*(?P<figure>{_FIGURE})[ 　\t]*"
)
_ALONE = re.compile(rf"[ 　\t]*(?P<figure>{_FIGURE})[ 　\t]*")
# What a share is of says how it came about and names nothing: 50％（5/10人）.
_COUNTED = re.compile(
    r"[0-9０-９,，.．\s]+[^\s\d/／:：]{0,3}[/／:：][0-9０-９,，.．\s]+[^\s\d]{0,3}"
)
_REMARKED = re.compile(rf"(?P<figure>{_FIGURE})\s*[(（](?P<remark>[^()（）\n]{{2,40}})[)）]\s*")
_SERIOUS = re.compile(r"[,，.．]|[\d０-９]{3,}|[円人件％%名戸校社]")
_WORDS = re.compile(r"[^\d\s,，.．()（）△▲+\-−－/／]")
_LONGEST_LABEL = 40
_LONGEST_LINE = 60
_LONGEST_CELL = 4000


@dataclass(slots=True)
class _Reader:
    """The lines of a cell taken one by one; ``waiting`` are label lines before their figure."""

    entries: list[Entry] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    serious: bool = False
    bare: int = 0

    def take(self, line: str, start: int) -> bool:
        """Read one line; ``False`` if the cell cannot be such a list."""
        alone = _ALONE.fullmatch(line)
        match = alone or _LINE.fullmatch(line)
        if match is None or len(line) > _LONGEST_LINE or not self._add(match, line, start):
            self.bare += 1
            return self._add_words(line)
        return True

    def _add(self, match: re.Match[str], line: str, start: int) -> bool:
        label = match.groupdict().get("label") or ""
        if len(label) > _LONGEST_LABEL or (label and not _WORDS.search(label)):
            return False
        if not label and not self.waiting:
            return False
        found = parse_cell(match["figure"].rstrip(" 　\t"))
        if len(found) != 1 or found[0].bracketed or found[0].number.missing:
            return False
        if not label:
            label = "".join(self.waiting).strip("()（）〔〕[]")
        self.waiting.clear()
        shift = start + match.start("figure")
        number = found[0].number
        number = replace(number, start=number.start + shift, end=number.end + shift)
        name = read_label(label).text.lstrip("○〇●・◎")
        self.entries.append(Entry(number, (), name, line, start, start + len(line)))
        self.serious = self.serious or bool(_SERIOUS.search(match["figure"]))
        return True

    def _add_words(self, line: str) -> bool:
        if self.entries and line.strip()[:1] not in {"○", "〇", "・", "●"}:
            label = self.entries[-1].label + read_label(line).text
            self.entries[-1] = replace(self.entries[-1], label=label)
        self.waiting = [line.strip()]
        return len(line) <= _LONGEST_LINE


def read_labelled(raw: str, *, lenient: bool = False) -> tuple[Entry, ...]:
    """The figures of a cell of labelled lines, each with its label; ``()`` if it is no such cell.

    At least one figure has to look like one (1,234; 8件) unless ``lenient``: 指標 1 is a name.
    A line without a figure goes on with the label before it, or stands before its figure.
    """
    if "。" in raw or len(raw) > _LONGEST_CELL:
        return ()
    reader = _Reader()
    at = 0
    for line in raw.split("\n"):
        start, at = at, at + len(line) + 1
        if line.strip() and not reader.take(line, start):
            return ()
    if not (reader.serious or lenient) or len(reader.entries) * 3 < reader.bare:
        return ()
    return tuple(reader.entries)


def read_remarked(raw: str) -> tuple[Entry, ...]:
    """A figure with words in brackets behind it: 42,609千円（明見西ポンプ場）; ``()`` if not."""
    match = _REMARKED.fullmatch(raw)
    if match is None or not _SERIOUS.search(match["figure"]):
        return ()
    found = parse_cell(match["figure"])
    if len(found) != 1 or found[0].bracketed or found[0].number.missing:
        return ()
    counted = _COUNTED.fullmatch(match["remark"]) is not None
    label = "" if counted else read_label(match["remark"]).text
    return (replace(found[0], label=label, raw=raw, end=len(raw)),)


def read_overrun(raw: str) -> Entry | None:
    """The one figure of a cell into which words of a neighbour have run; ``None`` if unclear."""
    found: list[Entry] = []
    at = 0
    for line in raw.split("\n"):
        start, at = at, at + len(line) + 1
        if not any(c.isdigit() for c in line):
            continue
        entries = parse_cell(line)
        if len(entries) != 1 or entries[0].label:
            return None
        number = entries[0].number
        number = replace(number, start=number.start + start, end=number.end + start)
        found.append(replace(entries[0], number=number))
    return found[0] if len(found) == 1 and not found[0].bracketed else None
