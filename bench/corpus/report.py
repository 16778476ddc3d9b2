"""Prints what the reading bench found: tables, the worst inputs, the commonest differences."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.corpus.scoring import Comparison, Score, differences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from bench.corpus.model import Fact
    from bench.corpus.producers import Input
    from bench.corpus.scoring import Found

CLASSES = ("native", "ruled pdf", "unruled pdf", "layout text", "linear text")
TARGETS = dict(zip(CLASSES, (0.995, 0.995, 0.98, 0.98, 0.95), strict=True))
MOST_MISPLACED = 0.002


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one input; ``error`` is empty if it was read."""

    item: Input
    comparison: Comparison
    error: str = ""


def _total(results: Iterable[Result]) -> Score:
    total = Score()
    for result in results:
        total.add(result.comparison.score)
    return total


def print_tables(results: Sequence[Result]) -> None:
    for header_set in ("common", "rare"):
        chosen = [r for r in results if r.item.generated.header_set == header_set]
        if not chosen:
            continue
        print(f"\n== {header_set} headings ==")
        _print_rows("class", chosen, lambda r: r.item.input_class)
        _print_rows("producer", chosen, lambda r: r.item.producer)
        _print_rows("family", chosen, lambda r: r.item.generated.family)
        _print_grid(chosen)


def _print_rows(title: str, results: Sequence[Result], key: Callable[[Result], str]) -> None:
    """A line for each group that ``key`` makes, and one for all."""
    groups: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        groups[key(result)].append(result)
    print(
        f"\n{title:20} inputs failed truth    F1     recall  unnamed misplaced unplaced spurious"
        "  unit  group  proj  label   raw  marks   s/doc"
    )
    for name, group in [*groups.items(), ("all", results)]:
        print(f"{name:20} {_line(_total(group))}")


def _line(score: Score) -> str:
    right = max(1, score.right)
    fields = " ".join(
        f"{score.fields[name] / right:6.3f}"
        for name in ("unit", "group", "project", "label", "raw")
    )
    marks = score.marks["status"] / max(1, score.marks["printed"])
    counts = f"{score.inputs:6d} {score.failed:6d} {score.truth:6d}"
    rates = f"{score.f1:7.4f} {score.recall:7.4f} {score.unnamed / max(1, score.truth):8.4f}"
    losses = f"{score.misplacement:8.4f} {score.unplaced:8d} {score.spurious:8d}"
    speed = score.seconds / max(1, score.inputs)
    return f"{counts} {rates} {losses} {fields} {marks:6.3f} {speed:7.3f}"


def _print_grid(results: Sequence[Result]) -> None:
    """F1 by family and class of input."""
    print(f"\n{'F1':20}" + "".join(f"{name:>14}" for name in CLASSES))
    for family in dict.fromkeys(r.item.generated.family for r in results):
        line = ""
        for name in CLASSES:
            score = _total(
                r
                for r in results
                if r.item.generated.family == family and r.item.input_class == name
            )
            line += f"{score.f1:14.4f}" if score.inputs else f"{'':>14}"
        print(f"{family:20}{line}")


def print_worst(results: Sequence[Result], count: int, lines: int) -> None:
    ranked = sorted(
        (r for r in results if r.item.generated.header_set == "common"),
        key=lambda r: r.comparison.score.right - r.comparison.score.truth - len(r.comparison.wrong),
    )
    for result in ranked[:count]:
        score = result.comparison.score
        if score.right == score.truth and not result.comparison.wrong:
            break
        print(f"\n--- {result.item.producer} {result.item.path}")
        wrong = len(result.comparison.wrong)
        print(f"    {score.right}/{score.truth} right, {wrong} wrong {result.error}")
        print(f"    {result.item.generated.traits}")
        _print_difference(result.comparison, lines)


def _print_difference(comparison: Comparison, lines: int) -> None:
    for fact, item in comparison.pairs[:lines]:
        print(f"  expected {_fact_text(fact)}")
        print(f"       got {_found_text(item)}")
    facts, items = _unpaired(comparison)
    for fact in facts[:lines]:
        print(f"  missing  {_fact_text(fact)}")
    for item in items[:lines]:
        print(f"  spurious {_found_text(item)}")


def _fact_text(fact: Fact) -> str:
    return " | ".join(
        (
            fact.group,
            fact.indicator,
            f"{fact.period}({fact.fiscal_year or ''})",
            fact.measure,
            fact.measure_label,
            f"{fact.value} {fact.unit}",
            f"Δ{fact.delta}" if fact.delta is not None else "",
        )
    )


def _found_text(item: Found) -> str:
    return " | ".join(
        (
            item.group,
            item.indicator,
            f"{item.period}({item.fiscal_year or ''})",
            item.measure,
            item.measure_label,
            f"{item.value} {item.unit}",
            f"Δ{item.delta}" if item.delta is not None else "",
        )
    )


def targets_met(results: Sequence[Result]) -> bool:
    met = True
    for name in CLASSES:
        score = _total(
            r
            for r in results
            if r.item.input_class == name and r.item.generated.header_set == "common"
        )
        if not score.inputs:
            continue
        enough = score.f1 >= TARGETS[name] and (
            name != "linear text" or score.misplacement <= MOST_MISPLACED
        )
        met = met and enough
        print(
            f"{'met   ' if enough else 'missed'} {name}: F1 {score.f1:.4f}, target {TARGETS[name]}"
        )
    return met


def print_clusters(results: Sequence[Result], count: int) -> None:
    """The commonest kinds of difference, each with where it happens and one example."""
    clusters: dict[tuple[str, ...], list[tuple[Result, str]]] = defaultdict(list)
    for result in results:
        where = (result.item.generated.family, result.item.input_class)
        for kind, text in _kinds(result):
            clusters[*where, kind].append((result, text))
    ranked = sorted(clusters.items(), key=lambda cluster: -len(cluster[1]))
    for key, members in ranked[:count]:
        inputs = dict.fromkeys(str(result.item.path) for result, _ in members)
        print(f"\n[{len(members)} figures, {len(inputs)} inputs] {' · '.join(key)}")
        print(members[0][1])
        print("    in", *list(inputs)[:3])


def _kinds(result: Result) -> Iterable[tuple[str, str]]:
    """Each figure that is not right: what is wrong with it, and the lines that show it."""
    if result.error:
        yield f"unread ({result.error[:60]})", "    " + result.error
        return
    comparison = result.comparison
    facts, items = _unpaired(comparison)
    for fact, item in comparison.pairs:
        kind = "differs in " + ", ".join(differences(fact, item))
        yield kind, f"    expected {_fact_text(fact)}\n         got {_found_text(item)}"
    for fact in facts:
        yield "missing", f"    missing  {_fact_text(fact)}"
    for item in items:
        yield "spurious", f"    spurious {_found_text(item)}"


def _unpaired(comparison: Comparison) -> tuple[list[Fact], list[Found]]:
    paired_facts = {id(fact) for fact, _ in comparison.pairs}
    paired_items = {id(item) for _, item in comparison.pairs}
    facts = [fact for fact in comparison.missing if id(fact) not in paired_facts]
    return facts, [item for item in comparison.wrong if id(item) not in paired_items]
