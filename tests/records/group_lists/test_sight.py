"""What an officer of regions sees is what lies in these regions, as the database and the domain say."""

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from app.db import db
from app.domain.roles import Role
from app.records.accounts import Account, RoleRecord
from app.records.fellowships import Fellowship
from app.records.group_lists.lines import count_groups, group_lines, groups_with, ids_of, lines_of
from app.records.group_lists.sight import Sight, officers_for, sight_of
from app.records.group_lists.wanted import Wanted
from app.records.groups import Group
from app.records.regions import Region
from tests.people import NOON, World

TODAY = NOON.date()
PLACES = {"gr": "Groningen", "dr": "Drenthe", "li": "Limburg", "no": ""}


@pytest.fixture
def world(app_on_each: Flask) -> World:
    """A group in each of three provinces and in none; a region of each province, in two bodies."""
    world = World(app_on_each)
    with app_on_each.app_context():
        ours = db.session.get_one(Fellowship, world.fellowship_id)
        other = Fellowship(slug="rust", name="Rust", created_at=NOON)
        db.session.add(other)
        db.session.flush()
        for body, prefix in ((ours, ""), (other, "x-")):
            for slug, province in PLACES.items():
                world.group(body, prefix + slug, slug, "Dorp", weekday=2, province=province)
                if province:
                    db.session.add(
                        Region(
                            fellowship_id=body.id,
                            name=province,
                            kept_parts=[["province", province]],
                        )
                    )
        db.session.commit()
    return world


def region(world: World, name: str) -> Region:
    return db.session.scalars(
        select(Region).where(Region.name == name, Region.fellowship_id == world.fellowship_id)
    ).one()


def officer(world: World, *names: str) -> Account:
    person = world.person("rita@example.org", "Rita", Role.REGIONAL, region=region(world, names[0]))
    for name in names[1:]:
        more = {"account_id": person.id, "region_id": region(world, name).id}
        db.session.add(RoleRecord(kind=Role.REGIONAL, since=TODAY, **more))
    db.session.commit()
    return db.session.get_one(Account, person.id)


@pytest.mark.parametrize(
    ("names", "seen"),
    [(("Groningen",), {"gr"}), (("Groningen", "Limburg"), {"gr", "li"})],
)
def test_every_list_is_of_what_lies_in_sight(
    world: World, names: tuple[str, ...], seen: set[str]
) -> None:
    with world.app.app_context():
        ours = db.session.get_one(Fellowship, world.fellowship_id)
        sight = sight_of(officer(world, *names), ours)
        assert sight is not None
        every = {one.id: one.slug for one in db.session.scalars(select(Group))}

        assert {one.slug for one in group_lines(sight, Wanted(), TODAY)} == seen
        assert {every[id] for id in ids_of(sight, Wanted(), TODAY)} == seen
        assert count_groups(sight, Wanted(), TODAY) == len(seen)
        assert {one.slug for one in lines_of(sight, every, TODAY)} == seen
        assert {one.slug for one in groups_with(sight, every, TODAY)} == seen
        assert {slug for id, slug in every.items() if sight.has([id], TODAY)} == seen
        assert not sight.has(every, TODAY)


def test_of_another_fellowship_nothing_is_seen(world: World) -> None:
    with world.app.app_context():
        other = db.session.scalars(select(Fellowship).where(Fellowship.slug == "rust")).one()

        assert sight_of(officer(world, "Groningen"), other) is None


def test_who_is_officer_of_all_and_of_a_region_sees_all(world: World) -> None:
    with world.app.app_context():
        ours = db.session.get_one(Fellowship, world.fellowship_id)
        rita = officer(world, "Groningen")
        both = {"account_id": rita.id, "fellowship_id": ours.id}
        db.session.add(RoleRecord(kind=Role.OFFICER, since=TODAY, **both))
        db.session.commit()

        assert sight_of(rita, ours) == Sight(ours)


def test_a_group_concerns_the_officers_of_where_it_lies(world: World) -> None:
    with world.app.app_context():
        rita = officer(world, "Groningen")
        of_ours = select(Group).where(Group.fellowship_id == world.fellowship_id)
        told = {one.slug: officers_for(one, NOON) for one in db.session.scalars(of_ours)}

        assert {slug for slug, officers in told.items() if rita in officers} == {"gr"}


def test_a_region_that_goes_takes_the_office_with_it_and_makes_nobody_officer_of_all(
    world: World,
) -> None:
    with world.app.app_context():
        rita = officer(world, "Groningen")
        db.session.execute(text("DELETE FROM region WHERE name = 'Groningen'"))
        db.session.commit()

        held = select(RoleRecord).where(RoleRecord.account_id == rita.id)
        assert db.session.scalars(held).all() == []


@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE role SET region_id = NULL WHERE kind = 'regional'",
        "UPDATE role SET fellowship_id = 1 WHERE kind = 'regional'",
        "UPDATE role SET kind = 'officer' WHERE kind = 'regional'",
        "UPDATE role SET kind = 'overseer' WHERE kind = 'regional'",
        "UPDATE role SET kind = 'regional' WHERE kind = 'officer'",
    ],
)
def test_the_database_keeps_an_officer_of_a_region_one(world: World, deed: str) -> None:
    with world.app.app_context():
        officer(world, "Groningen")

        with pytest.raises(IntegrityError):
            db.session.execute(text(deed))
        db.session.rollback()
