"""The corpus is only worth what its truth is worth."""

from collections import Counter

import pytest

from bench.corpus import FAMILIES, generate
from bench.corpus.arithmetic import holds
from bench.corpus.model import Figure

SEEDS = range(6)
SETS = ("common", "rare")


@pytest.fixture(scope="module", params=FAMILIES)
def documents(request):
    return [generate(seed, request.param, name) for seed in SEEDS for name in SETS]


def figures(made):
    for table in made.document.tables():
        for cell in table.cells:
            yield from (part for part in cell.parts if isinstance(part, Figure))


def test_same_seed_gives_the_same_document():
    for family in FAMILIES:
        assert generate(5, family) == generate(5, family)
        assert generate(5, family).facts != generate(6, family).facts


def test_every_sum_holds(documents):
    for made in documents:
        broken = [relation for relation in made.relations if not holds(relation, made.facts)]
        assert broken == []
    assert sum(len(made.relations) for made in documents) > 10


def test_every_fact_is_printed_once_as_it_says(documents):
    for made in documents:
        printed = Counter((figure.fact, figure.side) for figure in figures(made))
        texts = {(figure.fact, figure.side): figure.text for figure in figures(made)}
        for number, fact in enumerate(made.facts):
            if fact.value_raw:
                assert printed[number, "value"] == 1
                assert texts[number, "value"] == fact.value_raw
            if fact.delta is not None:
                assert printed[number, "delta"] == 1
                assert texts[number, "delta"] == fact.delta_raw


def test_cells_do_not_overlap(documents):
    for made in documents:
        for table in made.document.tables():
            covered = Counter(
                (row, col)
                for cell in table.cells
                for row in range(cell.row, cell.row + cell.rowspan)
                for col in range(cell.col, cell.col + cell.colspan)
            )
            assert max(covered.values()) == 1


def test_a_misprint_breaks_the_sums_it_enters():
    made = generate(1, "budget")
    relation = next(item for item in made.relations if item.kind == "total")
    number = relation.result.fact
    value = made.facts[number].value + 1
    wrong = made.misprint(number, "value", str(value), value)
    assert not holds(relation, wrong.facts)
    assert str(value) in {figure.text for figure in figures(wrong)}
    assert made.facts[number].value == value - 1


def test_header_sets_differ():
    common = {cell.text for cell in generate(2, "indicator_rows").document.blocks[-1].cells}
    rare = {cell.text for cell in generate(2, "indicator_rows", "rare").document.blocks[-1].cells}
    assert common != rare
