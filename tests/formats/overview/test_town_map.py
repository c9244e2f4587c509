"""The map of a town: water cut to what is shown, names that can be read, rings and a scale."""

import re

import pytest

from app.domain.place import Position
from app.formats.overview.country_map import COUNTRY, KM_A_UNIT, Box, box_around
from app.formats.overview.town_map import MOST_NAMES, town_map

AMSTERDAM, UTRECHT, MIDDELBURG = (52.3676, 4.9041), (52.0907, 5.1214), (51.4988, 3.6136)
TOWNS = {"Amsterdam": AMSTERDAM, "Utrecht": UTRECHT, "Middelburg": MIDDELBURG}


def of(town: str, kilometres: int = 5) -> Box:
    return box_around(Position(*TOWNS[town]), kilometres)


@pytest.mark.parametrize("town", TOWNS)
@pytest.mark.parametrize("kilometres", [5, 10, 25])
def test_water_stays_within_the_map_and_is_small(town: str, kilometres: int):
    box = of(town, kilometres)
    found = town_map(box, kilometres=kilometres)

    assert found is not None
    numbers = [float(one) for one in re.findall(r"[\d.]+", found.water)]
    assert all(box.left - 0.01 <= x <= box.left + box.width + 0.01 for x in numbers[::2])
    assert all(box.top - 0.01 <= y <= box.top + box.height + 0.01 for y in numbers[1::2])
    assert len(found.water) + len(found.rivers) < 40_000


@pytest.mark.parametrize("town", TOWNS)
def test_the_town_itself_is_named_and_names_stand_apart(town: str):
    found = town_map(of(town, 10), kilometres=10)

    assert found is not None
    assert town in [one.text for one in found.names]
    assert len(found.names) <= MOST_NAMES
    spots = {(round(one.x, 1), round(one.y, 1)) for one in found.names}
    assert len(spots) == len(found.names)


def test_rings_and_scale_are_true():
    found = town_map(of("Utrecht", 10), kilometres=10)

    assert found is not None
    assert [one.kilometres for one in found.rings] == [2, 5, 10]
    assert all(one.radius * KM_A_UNIT == pytest.approx(one.kilometres) for one in found.rings)
    length = (found.scale.right - found.scale.left) * KM_A_UNIT
    assert length == pytest.approx(found.scale.kilometres)


def test_the_country_has_none_of_it():
    assert town_map(COUNTRY) is None
