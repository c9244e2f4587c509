"""The work list as it is read from the tables."""

from datetime import UTC, date, datetime

from flask import Flask

from app.db import db
from app.domain.work import Concern, Likeness
from app.records.groups import find_group
from app.records.work.points import work_of
from tests.people import World


def test_a_group_is_there_since_the_day_it_was_in_its_own_zone(app: Flask, world: World):
    with app.app_context():
        oost = find_group("oost")
        oost.confirmed_on = None
        oost.created_at = datetime(2026, 1, 4, 23, 30, tzinfo=UTC)  # half past midnight
        db.session.commit()

        [point] = [
            one.point
            for one in work_of(oost.fellowship_id, date(2026, 11, 23))
            if (one.slug, one.point.concern) == ("oost", Concern.NOT_CONFIRMED)
        ]

        assert point.since == date(2026, 1, 5)


def test_names_that_only_look_the_same_are_pointed_out_on_both_sides(app: Flask, world: World):
    with app.app_context():
        west = find_group("west")
        west.name = "О\u043est"
        db.session.commit()

        found = [
            (one.slug, [(other.name, other.likeness) for other in one.point.others])
            for one in work_of(west.fellowship_id, date(2026, 11, 23))
            if one.point.concern == Concern.DOUBLE
        ]

    assert found == [
        ("oost", [("О\u043est", Likeness.LOOKS)]),
        ("west", [("Oost", Likeness.LOOKS)]),
    ]
