"""Which headings name projects, and what is told of each: overview, KPI status, reason."""

from __future__ import annotations

import re
from dataclasses import field
from typing import TYPE_CHECKING

from kenzan.interpret.tables.narrative import join_lines
from kenzan.interpret.text.headings import Heading, is_generic
from kenzan.interpret.text.plans import year_at_start
from kenzan.interpret.words.lexicon import sections
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from kenzan.interpret.text.stream import Item

_OMITTED: list[tuple[re.Pattern[str], re.Pattern[str]]] = []
_OUTER = ("第n", "Ⅰ", "A", "一", "n.", "n-n", "(n)", "①", "n)", "ア", "(ア)", "(a)", "n ", "named")


@dataclass(slots=True)
class Section:
    """One project: items ``start`` to ``end`` of the stream, its heading the first."""

    key: str
    name: str
    start: int
    end: int
    headings: list[Heading] = field(default_factory=list)
    overview: str = ""
    omitted: str | None = None


def _omitted() -> tuple[re.Pattern[str], re.Pattern[str]]:
    if not _OMITTED:
        words = sections()["omitted"]
        _OMITTED.append((re.compile("|".join(words["patterns"])), re.compile(words["endings"])))
    return _OMITTED[0]


def find_projects(
    items: Sequence[Item], headings: Sequence[Heading], kpi_items: Collection[int]
) -> list[Section]:
    """The projects of a document: the style of heading whose parts hold KPIs or say 省略."""
    best: tuple[float, list[Heading]] = (0.0, [])
    for style in dict.fromkeys(h.style for h in headings):
        chosen = _sequence([h for h in headings if h.style == style and h.says is None])
        if chosen:
            score = _score(style, chosen, items, headings, kpi_items)
            if score > best[0]:
                best = score, chosen
    return _cut(items, headings, best[1]) if best[1] else []


def _sequence(found: list[Heading]) -> list[Heading]:
    """Headings whose numbers rise one by one (all of them where there are no numbers)."""
    if all(h.value == 0 for h in found):
        return found
    run: list[Heading] = []
    for heading in found:
        if not run:
            if heading.value == 1:
                run.append(heading)
        elif heading.value == run[-1].value + 1:
            run.append(heading)
    if len(run) * 2 < len(found):
        return []
    return run


def _score(
    style: str,
    chosen: list[Heading],
    items: Sequence[Item],
    headings: Sequence[Heading],
    kpi_items: Collection[int],
) -> float:
    if all(is_generic(h.name) for h in chosen):
        return 0.0
    ends = tuple(sections()["name_ends"]["words"])
    parts = _cut(items, headings, chosen)
    tell = _omitted()[0]
    with_kpi = 0
    for part in parts:
        held = any(part.start <= k < part.end for k in kpi_items)
        said = any(h.says == "kpi" for h in part.headings) and any(
            tell.search(items[k].text) for k in range(part.start, part.end)
        )
        with_kpi += held or said
    if not with_kpi:
        return 0.0
    named = sum(h.name.endswith(ends) for h in chosen) / len(chosen)
    generic = sum(is_generic(h.name) for h in chosen) / len(chosen)
    depth = _OUTER.index(style) if style in _OUTER else len(_OUTER)
    share = with_kpi / len(parts)
    return with_kpi * share * (1.0 + named) * (1.0 - generic) * (1.0 - depth * 0.01)


def _cut(
    items: Sequence[Item], headings: Sequence[Heading], chosen: list[Heading]
) -> list[Section]:
    starts = [h.item for h in chosen]
    parts: list[Section] = []
    for place, heading in enumerate(chosen):
        end = starts[place + 1] if place + 1 < len(starts) else len(items)
        inner = [h for h in headings if heading.item < h.item < end]
        key = heading.key or str(place + 1)
        parts.append(Section(key, heading.name, heading.item, end, inner))
    return parts


def read_section(part: Section, items: Sequence[Item], *, tabulated: bool) -> None:
    """Fill in the overview, and the reason if the KPIs are said to be left out."""
    part.overview = part.overview or _overview(part, items)
    if not tabulated:
        part.omitted = _omission(part, items)


def _overview(part: Section, items: Sequence[Item]) -> str:
    opening = next((h.item for h in part.headings if h.says == "overview"), None)
    start = (opening if opening is not None else part.start) + 1
    stops = {h.item for h in part.headings}
    lines: list[str] = []
    for item in items[start : part.end]:
        if item.grid is not None or item.index in stops or year_at_start(item.text):
            break
        if item.line is not None and item.text and not item.running:
            lines.append(item.line.text)
    return join_lines(lines)


def _omission(part: Section, items: Sequence[Item]) -> str | None:
    """The reason given for leaving the KPIs out; ``None`` if nothing says that they are."""
    tell, ending = _omitted()
    opening = next((h.item for h in part.headings if h.says == "kpi"), part.start)
    for item in items[opening : part.end]:
        if item.line is not None and not item.running and tell.search(item.text):
            text = item.line.text.strip(" 　")
            return ending.sub("", text).strip(" 　、。")
    return None
