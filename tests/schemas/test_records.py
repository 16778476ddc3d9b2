"""The cheap dataclass behaves as the one of the standard library does, but for its guard."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from dataclasses import field, fields, replace

import pytest

from kenzan.schemas.records import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A place."""

    page: int
    boxes: tuple[int, ...] = ()
    secret: str = field(default="", repr=False)
    score: int = field(default=0, compare=False)


@dataclass(slots=True)
class Tally:
    names: list[str] = field(default_factory=list)

    def __repr__(self) -> str:
        return "a tally"


@dataclass(slots=True, eq=False)
class Node:
    name: str


@dataclass(frozen=True, slots=True)
class Nothing:
    pass


def test_it_is_a_dataclass() -> None:
    assert dataclasses.is_dataclass(Place)
    assert [part.name for part in fields(Place)] == ["page", "boxes", "secret", "score"]
    assert replace(Place(1, (2,)), page=3) == Place(3, (2,))
    assert not hasattr(Place(1), "__dict__")


def test_equal_and_hashed_by_the_fields_that_are_compared() -> None:
    assert Place(1, score=5) == Place(1)
    assert hash(Place(1, score=5)) == hash(Place(1))
    assert Place(1) != Place(2)
    assert Place(1) != (1, (), "", 0)
    assert Nothing() == Nothing()
    assert len({Nothing(), Nothing()}) == 1


def test_only_frozen_ones_have_a_hash() -> None:
    with pytest.raises(TypeError, match="unhashable"):
        hash(Tally())
    assert Node("a") != Node("a")
    assert hash(Node("a"))


def test_shown_without_what_is_secret() -> None:
    assert repr(Place(1, secret="x")) == "Place(page=1, boxes=(), score=0)"
    assert repr(Tally()) == "a tally"


@pytest.mark.parametrize("value", [Place(1, (2, 3)), Tally(["a"]), Nothing()])
def test_goes_through_pickle_and_copy(value: object) -> None:
    assert pickle.loads(pickle.dumps(value)) == value
    assert copy.copy(value) == value


def test_defaults_are_made_anew() -> None:
    Tally().names.append("x")
    assert Tally().names == []


@dataclass(kw_only=True)
class Noted:
    name: str
    notes: list[str] = field(default_factory=list)
    seen: int = field(default=0, init=False)
    marks: list[str] = field(default_factory=list, init=False)
    length: int = field(init=False)

    def __post_init__(self) -> None:
        self.length = len(self.name)


@dataclass(slots=True)
class Longer(Tally):
    count: int = 1


def test_fields_that_are_no_arguments_are_set() -> None:
    made = Noted(name="abc", notes=["x"])
    assert (made.name, made.notes, made.seen, made.marks, made.length) == ("abc", ["x"], 0, [], 3)
    assert Noted(name="a").marks is not Noted(name="a").marks
    with pytest.raises(TypeError, match=r"Noted\.__init__.*seen"):
        Noted(name="a", seen=1)  # type: ignore[call-arg]


def test_arguments_by_place_and_by_name() -> None:
    assert Place(1, score=3, boxes=(2,)) == Place(1, (2,))
    assert (Longer(["a"], 2).names, Longer(count=3).count, Longer().names) == (["a"], 3, [])
    with pytest.raises(TypeError, match=r"Place\.__init__.*missing.*'page'"):
        Place()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="positional"):
        Noted("a")  # type: ignore[misc]


def test_a_field_without_a_default_after_one_that_has_one_is_refused() -> None:
    with pytest.raises(TypeError, match="Crossed"):

        @dataclass(slots=True)
        class Crossed:
            first: int = 1
            second: int  # type: ignore[misc]
