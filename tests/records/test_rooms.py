"""Who else stands in the same room at overlapping hours."""

from datetime import time

import pytest
from flask import Flask

from app.db import db
from app.domain.meeting import Status
from app.domain.place import Visibility
from app.domain.week import Week
from app.records.groups import Group, find_group
from app.records.listings import schedule_of
from app.records.rooms import Neighbour, others_in_room, others_in_room_on
from app.records.slots import SlotRecord
from app.records.weeks import DeviationRecord
from tests.people import World
from tests.queries import statements

WEEK = Week.parse("2026-W48")


@pytest.fixture(autouse=True)
def context(app: Flask, world: World):
    with app.app_context():
        yield


def oost() -> Group:
    return find_group("oost")


def west_at(weekday: int, start: time, minutes: int = 120, **of_slot) -> SlotRecord:
    """Let West meet in Oost's own place at this hour."""
    slot = find_group("west").slots[0]
    slot.weekday, slot.start, slot.minutes = weekday, start, minutes
    slot.place_id = oost().slots[0].place_id
    for name, value in of_slot.items():
        setattr(slot, name, value)
    db.session.commit()
    return slot


def others() -> list[Neighbour]:
    return others_in_room(oost(), oost().slots[0].value(), this_week=WEEK)


@pytest.mark.parametrize(
    ("weekday", "start", "minutes", "overlap"),
    [
        (1, time(19, 30), 120, True),
        (1, time(18), 90, False),
        (1, time(18), 91, True),
        (1, time(21, 29), 60, True),
        (1, time(21, 30), 60, False),
        (2, time(19, 30), 120, False),
        (7, time(23), 600, False),
        (7, time(23, 45), 600, False),
    ],
)
def test_hours_in_one_room_overlap_or_only_touch(
    weekday: int, start: time, minutes: int, overlap: bool
):
    west_at(weekday, start, minutes)

    assert bool(others()) is overlap


def test_a_sunday_night_runs_into_an_early_monday():
    oost().slots[0].start = time(0, 30)
    west_at(7, time(23), 120)

    assert others() == [Neighbour("West", 7, time(23), WEEK)]


def test_one_house_is_one_however_it_is_called_or_spelled_and_its_rooms_are_told_apart():
    hall, other = oost().slots[0].place, find_group("west").slots[0].place
    other.town, other.postcode, other.street = hall.town, "1015kd", "Lindengracht  93"
    find_group("west").slots[0].weekday = 1
    db.session.commit()

    assert [one.name for one in others()] == ["West"]

    other.name = "De Zaal"
    hall.room = "zaal 1"
    db.session.commit()
    assert [one.name for one in others()] == ["West"]

    other.room = "Zaal 2"
    db.session.commit()
    assert others() == []


def test_rooms_online_do_not_clash():
    west_at(1, time(19, 30))
    oost().slots[0].place.kind = "online"
    db.session.commit()

    assert others() == []


@pytest.mark.parametrize("status", [Status.PAUSED, Status.CLOSED])
def test_who_does_not_meet_is_in_nobodys_way(status: Status):
    west_at(1, time(19, 30))
    find_group("west").status = status
    db.session.commit()

    assert others() == []


@pytest.mark.parametrize(
    "hide",
    [
        lambda slot: setattr(slot.group, "listed", False),
        lambda slot: setattr(slot, "visibility", Visibility.TOWN),
    ],
)
def test_who_is_not_listed_or_hides_its_place_is_not_named(hide):
    hide(west_at(1, time(19, 30)))
    db.session.commit()

    assert [one.name for one in others()] == [""]


def test_only_weeks_in_which_both_stand_there_count():
    west = find_group("west")
    west_at(1, time(19, 30))
    west.slots.append(SlotRecord(since=WEEK + 4, weekday=5, start=time(19, 30)))
    coming = SlotRecord(
        group_id=oost().id, since=WEEK + 4, weekday=1, start=time(19), place=oost().slots[0].place
    )
    db.session.add(coming)
    db.session.commit()

    assert [one.since for one in others()] == [WEEK]
    assert others_in_room(oost(), coming.value(), this_week=WEEK) == []


def test_a_group_that_comes_later_is_seen_ahead():
    west = find_group("west")
    west.slots.append(
        SlotRecord(since=WEEK + 4, weekday=1, start=time(20), place_id=oost().slots[0].place_id)
    )
    db.session.commit()

    assert others() == [Neighbour("West", 1, time(20), WEEK + 4)]


def test_one_week_elsewhere_meets_who_is_there_that_week(app: Flask):
    west, hall = find_group("west"), oost().slots[0].place_id
    db.session.add(
        DeviationRecord(group_id=west.id, week=WEEK, weekday=1, start=time(20), place_id=hall)
    )
    db.session.commit()

    def meeting(week: Week):
        return schedule_of(oost(), (week, week), public=False).meeting_in(week)

    with statements(app) as sent:
        here = others_in_room_on(oost(), meeting(WEEK))
    assert here == [Neighbour("West", 1, time(20), WEEK)]
    assert others_in_room_on(oost(), meeting(WEEK + 1)) == []
    assert len(sent) < 20
