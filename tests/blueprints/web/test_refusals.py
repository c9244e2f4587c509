"""Every refusal has its sentence, in both languages, filled with what it holds."""

import dataclasses
import importlib
import typing
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask

from app.blueprints.web.languages import speaking
from app.blueprints.web.refusal_words import WORDS
from app.blueprints.web.refusals import refusal_in_words
from app.domain.evening import TooManyGuests
from app.domain.exchange.archive import (
    AddressesInUse,
    BrokenArchive,
    FellowshipHasMore,
)
from app.domain.imported import BrokenList
from app.domain.refusal import ChangedMeanwhile, Refusal
from app.domain.seating import AsksElsewhere, Seating
from app.domain.week import Week
from app.formats.wording import DESKS
from tests.source import modules

BY_THEIR_PAGE = {BrokenList, AddressesInUse, BrokenArchive, FellowshipHasMore}
"""What is the matter with a list or an archive is said where it is sent: formats/lists/words.py, commands/archives.py."""
EXAMPLES: dict[Any, Any] = {
    int: 3,
    str: "kim",
    date: date(2026, 11, 29),
    datetime: datetime(2026, 11, 29, 19, 30, tzinfo=UTC),
    Week: Week.parse("2026-W48"),
    tuple[str, ...]: ("kim", "bo"),
    typing.Any: None,
}


def refusals() -> Iterator[type[Refusal]]:
    for module in modules():
        if module.folder == "domain":
            for value in vars(importlib.import_module(module.name)).values():
                if isinstance(value, type) and issubclass(value, Refusal) and value is not Refusal:
                    yield value


ALL = sorted(set(refusals()), key=lambda one: one.__name__)


def example(kind: type[Refusal]) -> Refusal:
    """Return one such refusal, with something in each field."""
    if not dataclasses.is_dataclass(kind):
        return kind()
    types = typing.get_type_hints(kind)
    return kind(*(EXAMPLES[types[field.name]] for field in dataclasses.fields(kind)))


def test_every_refusal_of_the_domain_is_worded_and_nothing_else():
    assert set(ALL) - BY_THEIR_PAGE == WORDS.keys()
    assert len(ALL) > 50


@pytest.mark.parametrize("kind", WORDS, ids=lambda kind: kind.__name__)
def test_a_refusal_is_one_whole_sentence_in_each_language(app: Flask, kind: type[Refusal]):
    said = set()
    for language in DESKS:
        with app.test_request_context(), speaking(language):
            field, sentence = refusal_in_words(example(kind))
        said.add(sentence)
        assert sentence[0].isupper() or sentence[0].isdigit()
        assert sentence[-1] in ".?"
        assert "%" not in sentence
        assert "{" not in sentence
        assert field is None or field.isidentifier()

    assert len(said) == len(DESKS), "it is not translated"


@pytest.mark.parametrize(
    ("refused", "dutch", "english"),
    [
        (
            TooManyGuests(1),
            "Er is plek voor 1 gast: wie een plek heeft, gaat voor.",
            "1 guest",
        ),
        (ChangedMeanwhile("Anna", None), "veranderd door Anna.", "Anna changed this"),
        (ChangedMeanwhile("", None), "veranderd door iemand anders.", "someone else changed this"),
        (AsksElsewhere(Seating.WALK_IN), "gewoon binnenlopen", "walk in"),
        (AsksElsewhere(Seating.BY_CONTACT), "de contactpersoon", "the contact person"),
    ],
)
def test_a_refusal_says_what_it_holds(app: Flask, refused: Refusal, dutch: str, english: str):
    with app.test_request_context():
        with speaking("nl"):
            assert dutch in refusal_in_words(refused)[1]
        with speaking("en"):
            assert english in refusal_in_words(refused)[1]


def test_a_refusal_stands_in_the_file_of_its_rule():
    """What is left in refusal.py belongs to no file of the domain."""
    general = {one.__name__ for one in ALL if one.__module__ == "app.domain.refusal"}

    assert general <= {
        "ChangedMeanwhile",
        "FellowshipHasGroups",
        "FellowshipIsClosed",
        "LinkIsOver",
        "NobodyCoachesHimself",
        "NotTheirs",
    }
