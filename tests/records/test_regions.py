"""Which groups lie in a region, as the database tells it, is what the domain says of each."""

import random
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from app.db import db
from app.domain.geography.netherlands import PROVINCES, locate
from app.domain.geography.region import parts_in, region_of
from app.domain.place import Visibility
from app.records.fellowships import Fellowship
from app.records.group_lists.by_region import by_region
from app.records.groups import Group
from app.records.places import PlaceRecord
from app.records.regions import NOWHERE, Region, regions_of
from tests.people import NOON, World

pytestmark = pytest.mark.long
CODES = ["1011", "1013", "1018", "1101", "1382", "2011", "3511", "6851", "8011", "9401", "9711"]
PARTS = [
    "Noord-Holland", "Drenthe", "Groningen", "gemeente Utrecht", "gemeente Amsterdam", "gemeente Groningen", "Zwolle",
    "1011-1015", "1000-1109", "9401", "9400-9408", "2000-2100",
]  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_the_database_draws_as_the_domain_does(app_on_each: Flask, seed: int) -> None:
    dice = random.Random(seed)
    world = World(app_on_each)
    with app_on_each.app_context():
        fellowship = db.session.get_one(Fellowship, world.fellowship_id)
        known: dict[int, tuple[tuple[str, str], int | None]] = {}
        for number in range(40):
            code = dice.choice(CODES)
            spot = locate(code)
            assert spot is not None
            province = dice.choice([spot.province, spot.province, dice.choice(PROVINCES), ""])
            group = world.group(
                fellowship, f"g{number}", f"G{number}", spot.town, weekday=1, province=province
            )
            shows = dice.choice([*Visibility])
            place = PlaceRecord(kind="building", name="Huis", postcode=f"{code} AB", town=spot.town)
            db.session.add(place)
            db.session.flush()
            has_place = dice.random() < 0.8
            group.slots[0].place_id = place.id if has_place else None
            group.slots[0].visibility = shows
            seen = has_place and shows == Visibility.WHOLE
            known[group.id] = ((spot.town, province), int(code) if seen else None)
        some = dice.sample(PARTS, 8)
        for number in range(4):
            parts = parts_in(",".join(some[2 * number : 2 * number + 2]))
            db.session.add(
                Region(
                    fellowship_id=fellowship.id,
                    name=f"R{number}",
                    kept_parts=[[*part] for part in parts],
                )
            )
        db.session.commit()
        regions = regions_of(fellowship.id)
        areas = {one.id: one.area for one in regions}
        among = by_region(fellowship.id, regions, NOON.date())
        found = {row.group_id: row.region for row in db.session.execute(select(among))}

        for id, (town, code) in known.items():
            assert found[id] == (region_of(areas, town, code) or NOWHERE)
        for region in regions:
            in_it = set(
                db.session.scalars(select(among.c.group_id).where(among.c.region == region.id))
            )
            assert in_it == {id for id, one in found.items() if one == region.id}
        assert found.keys() == set(db.session.scalars(select(Group.id)))


def test_a_fellowship_without_regions_has_its_groups_in_none(app: Flask, world: World) -> None:
    with app.app_context():
        among = by_region(world.fellowship_id, [], date(2026, 11, 23))

        assert {row.region for row in db.session.execute(select(among))} == {NOWHERE}
