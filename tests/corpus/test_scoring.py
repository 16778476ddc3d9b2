"""The score must fall where it should: wrong place, wrong figure, missing, invented."""

from dataclasses import dataclass, replace
from decimal import Decimal

import pytest

from bench.corpus import generate
from bench.corpus.model import Fact, Leeway
from bench.corpus.scoring import compare, fold_name


@dataclass(frozen=True)
class Seen:
    """An observation as a perfect reader would give it."""

    indicator: str
    period: str
    fiscal_year: int | None
    measure: str
    measure_label: str
    group: str
    project: str
    project_name: str
    unit: str
    status: str
    value: Decimal | None
    delta: Decimal | None
    value_raw: str


def see(fact: Fact) -> Seen:
    return Seen(**{name: getattr(fact, name) for name in Seen.__dataclass_fields__})


@pytest.fixture(scope="module")
def facts():
    made = generate(3, "years_by_indicator").facts
    return [fact for fact in made if fact.value is not None]


def test_a_perfect_reader_scores_one(facts):
    score = compare(facts, [see(fact) for fact in facts]).score
    assert (score.f1, score.misplaced, score.unplaced, score.spurious) == (1.0, 0, 0, 0)


def test_a_figure_in_another_year_is_misplaced(facts):
    seen = [see(fact) for fact in facts]
    seen[0] = replace(seen[0], period="H1", fiscal_year=1989)
    score = compare(facts, seen).score
    assert (score.right, score.misplaced, score.unplaced) == (len(facts) - 1, 1, 0)


def test_a_kind_left_open_is_unnamed_not_misplaced(facts):
    seen = [see(fact) for fact in facts]
    seen[0] = replace(seen[0], measure="other")
    score = compare(facts, seen).score
    assert (score.right, score.unnamed, score.misplaced) == (len(facts) - 1, 1, 0)


def test_a_figure_not_given_is_unplaced_not_misplaced(facts):
    score = compare(facts, [see(fact) for fact in facts[1:]]).score
    assert (score.misplaced, score.unplaced, score.spurious) == (0, 1, 0)


def test_another_value_in_the_right_place_is_misplaced(facts):
    seen = [see(fact) for fact in facts]
    seen[0] = replace(seen[0], value=Decimal("123456.789"))
    assert compare(facts, seen).score.misplaced == 1


def test_an_invented_figure_is_spurious_and_costs(facts):
    seen = [see(fact) for fact in facts]
    invented = replace(seen[0], value=Decimal("-1.5"), indicator="電話番号")
    score = compare(facts, [*seen, invented]).score
    assert score.spurious == 1
    assert score.f1 < 1


def test_a_wrong_change_is_not_right():
    fact = Fact("人口", "actual", "R3", 2021, value=Decimal(5), delta=Decimal(1))
    seen = replace(see(fact), delta=None)
    assert compare([fact], [seen]).score.right == 0


def test_leeway_allows_what_it_names_and_no_more():
    fact = Fact("税", "budget", value=Decimal(5), leeway=Leeway(measures=("amount",)))
    assert compare([fact], [replace(see(fact), measure="amount")]).score.right == 1
    assert compare([fact], [replace(see(fact), measure="actual")]).score.right == 0


def test_a_source_of_funding_needs_its_label():
    fact = Fact(
        "道路",
        "amount",
        measure_label="国庫支出金",
        value=Decimal(5),
        leeway=Leeway(label_matters=True),
    )
    assert compare([fact], [see(fact)]).score.right == 1
    assert compare([fact], [replace(see(fact), measure_label="県支出金")]).score.right == 0


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("市　税", "市税"),
        ("1　市税", "市税"),
        ("（１）市民税", "市民税"),
        ("①来館者数", "来館者数"),
        ("来館者数※2", "来館者数"),
        ("ＮＰＯ法人数", "npo法人数"),
    ],
)
def test_names_fold(left, right):
    assert fold_name(left) == fold_name(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("1人1日当たりのごみ排出量", "日当たりのごみ排出量"),
        ("３歳児健診", "歳児健診"),
        ("国庫支出金", "県支出金"),
    ],
)
def test_different_names_stay_different(left, right):
    assert fold_name(left) != fold_name(right)
