"""Groups whose names are of another script: found by a part, sorted among the others."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from flask import Flask
from sqlalchemy import insert, select

from app.db import db
from app.domain.geography.alphabet import sorting
from app.domain.search import Search
from app.records.finder import find, resolve
from app.records.group_lists.lines import group_lines
from app.records.group_lists.sight import Sight
from app.records.group_lists.wanted import Wanted
from app.records.groups import Group, find_group
from tests.people import World

pytestmark = pytest.mark.long

MONDAY = datetime(2026, 11, 23, 17, tzinfo=UTC)


@pytest.fixture
def both(app_on_each: Flask) -> Iterator[Flask]:
    """The world of the tests, on each database in turn."""
    with time_machine.travel(MONDAY, tick=False):
        World(app_on_each)
        with app_on_each.app_context():
            yield app_on_each


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("Група Надія", ["надія", "НАДІЯ", "адія", "nadiya"]),
        ("مجموعة الأمل", ["أمل", "الأمل"]),
        ("Ελπίδα", ["ελπίδα", "ΠΊΔΑ", "elpida"]),
        ("ተስፋ", ["ተስፋ", "ስፋ", "tesfa"]),
        ("希望小组", ["希望", "小组", "xiwang"]),
        ("Łódź", ["łódź", "ŁÓDŹ", "lodz"]),
        ("Smørrebrød", ["smørre", "smorre"]),
        ("ışık", ["ışık", "isik"]),
        ("Đàn Þór Œuvre", ["đàn", "dan", "þór", "thor", "œuvre", "oeuvre"]),
    ],
)
def test_a_group_is_found_by_a_part_and_by_our_letters(both: Flask, name: str, asked: list[str]):
    find_group("west").name = name
    db.session.commit()

    for words in asked:
        hits = find(resolve(Search(words=words), MONDAY), MONDAY)
        assert [hit.group.name for hit in hits] == [name], words


def test_both_databases_sort_names_and_towns_as_the_language_does(both: Flask):
    oost, west = find_group("oost"), find_group("west")
    oost.name, west.name = "élan", "Zuid"
    oost.town, west.town = "'s-Hertogenbosch", "Goes"
    db.session.commit()

    def names(**asked: object) -> list[str]:
        wanted = Wanted(**asked)
        return [
            line.name for line in group_lines(Sight(oost.fellowship), wanted, date(2026, 11, 23))
        ]

    assert names() == ["élan", "Zuid"]
    assert names(sort="town") == ["Zuid", "élan"]
    assert names(descending=True) == ["Zuid", "élan"]


def test_a_row_written_at_once_with_others_sorts_as_well(both: Flask):
    like = find_group("oost")
    row = {column.name: getattr(like, column.name) for column in Group.__table__.columns}
    for derived in ("id", "sorts_as", "town_sorts_as"):
        del row[derived]
    row |= {"slug": "bossche", "name": "'t Bossche", "source_key": None}
    row |= {"feed_key": "f1", "discreet_key": "d1"}
    db.session.execute(insert(Group.__table__), [row])
    db.session.commit()

    assert db.session.scalar(select(Group.sorts_as).where(Group.slug == "bossche")) == "bossche"
    assert find_group("bossche").town_sorts_as == sorting(like.town)
