"""How a document counts, told once however many tables count so."""

from __future__ import annotations

import pkgutil

import pytest

import kenzan.arithmetic.relations as relations
from kenzan.export.conventions import tell_conventions
from kenzan.schemas.audit import Convention


def convention(scope: str, held: int, *, title: str = "本年度 − 前年度", certain: bool = False):
    return Convention("difference", scope, "minus", title, "this − last", held, held, certain)


def test_tables_that_count_alike_are_one_entry():
    told = tell_conventions([convention(f"measure:table:{n}", 3, certain=n == 2) for n in range(4)])
    assert [(one.places, one.held, one.tested, one.certain) for one in told] == [(4, 12, 12, True)]


def test_measures_are_parts_of_the_document_and_tables_are_not():
    given = [
        convention("document", 9),
        convention("measure:actual", 4),
        convention("measure:table:1", 5, certain=True),
    ]
    (told,) = tell_conventions(given)
    assert told.parts == [("actual", 4, 4)]
    assert (told.held, told.places, told.certain) == (9, 0, True)


def test_the_document_comes_first_and_then_what_has_most_support():
    given = [
        convention("table:1", 2, title="甲"),
        convention("table:2", 7, title="乙"),
        convention("document", 1, title="丙"),
    ]
    assert [one.title_ja[-1] for one in tell_conventions(given)] == ["丙", "乙", "甲"]


@pytest.mark.parametrize(
    "name", [module.name for module in pkgutil.iter_modules(relations.__path__)]
)
def test_every_relation_has_words_in_both_languages(name: str):
    (told,) = tell_conventions([Convention(name, "document", "x", "式", "formula", 1, 1, True)])
    assert told.title_ja.endswith("は式")
    assert told.title_en.endswith(": formula")
