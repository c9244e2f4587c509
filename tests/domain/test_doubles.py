"""Groups that may be one, written down twice."""

from dataclasses import replace
from datetime import time
from time import process_time

import pytest

from app.domain.doubles import CROWD, Site, doubles
from app.domain.place import Position
from app.domain.work import Likeness

HERE = Position(52.3702, 4.8952)
OOST = Site(1, "Oost", "Amsterdam", 1, time(19, 30), room="hall", position=HERE)
ALONE = Site(1, "Groep", "Amsterdam", 1, time(19, 30))
OTHER = Site(2, "De Kade", "Amsterdam", 1, time(19, 30), room="elsewhere")


@pytest.mark.parametrize(
    ("change", "likeness"),
    [
        ({}, None),
        ({"room": "hall"}, Likeness.PLACE),
        ({"room": "hall", "weekday": 2}, None),
        ({"room": "hall", "start": time(19, 45)}, None),
        ({"room": "hall", "name": "Groep Oost"}, Likeness.BOTH),
        ({"position": Position(52.3722, 4.8952)}, Likeness.PLACE),
        ({"position": Position(52.3726, 4.8952)}, None),
        ({"position": Position(52.3702, 4.8986)}, Likeness.PLACE),
        ({"position": Position(52.3702, 4.8994)}, None),
        ({"name": "Oost"}, Likeness.NAME),
        ({"name": "Oost Amsterdam"}, Likeness.NAME),
        ({"name": "Oost", "town": "Rotterdam"}, None),
        ({"name": "West"}, None),
    ],
)
def test_doubles_share_day_and_hour_and_a_place_or_a_name(change: dict, likeness):
    found = doubles([OOST, replace(OTHER, **change)])

    assert found == ({1: {2: likeness}, 2: {1: likeness}} if likeness else {})


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Lindengracht", "Lindegracht", True),
        ("De Brug", "Brug", True),
        ("Zuid 1", "Zuid 2", False),
        ("Zuid 1", "Zuid  1", True),
        ("De Brug", "De Kade", False),
    ],
)
def test_names_are_alike_but_for_a_slip_of_the_pen(one: str, other: str, alike: bool):
    first = replace(OTHER, group_id=1, name=one, room=None)
    second = replace(OTHER, group_id=2, name=other, room=None)

    assert bool(doubles([first, second])) is alike


def test_ten_thousand_that_are_numbered_in_one_town_are_told_apart_at_once():
    sites = [replace(ALONE, group_id=number, name=f"Groep {number}") for number in range(10_000)]

    began = process_time()
    assert doubles(sites) == {}
    assert process_time() - began < 5


def test_in_a_crowd_of_one_name_each_is_held_to_a_few():
    found = doubles(replace(ALONE, group_id=number, name="Groep") for number in range(500))

    assert len(found) == 500
    assert max(map(len, found.values())) <= 2 * CROWD
