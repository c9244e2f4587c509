"""What was held stays as it was, and what is to come is settled, on each database in turn."""

from collections.abc import Iterator
from datetime import UTC, datetime, time

import pytest
import time_machine
from flask import Flask

from app.actions.groups import set_status
from app.actions.restoring import restore_slots
from app.actions.slots import set_slot
from app.actions.undoing import undo
from app.actions.weeks import call_off
from app.db import db
from app.domain.held import MeetingHasBegun, MeetingIsOver
from app.domain.meeting import Status
from app.domain.slot import Slot
from app.domain.slot_change import Fate
from app.domain.week import Week
from app.records.accounts import Account
from app.records.changes import changes_of
from app.records.groups import Group, find_group
from app.records.listings import schedule_ahead
from tests.people import World

MONDAY = datetime(2026, 11, 23, 12, tzinfo=UTC)
WEEK = Week.parse("2026-W48")


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def house(clock: time_machine.Traveller, app_on_each: Flask) -> Iterator[tuple[Group, Account]]:
    world = World(app_on_each)
    with app_on_each.app_context():
        group = find_group("oost")
        assert group
        yield group, db.session.get_one(Account, world.anna.id)


def meets(group: Group, week: Week, now: datetime = MONDAY) -> tuple[str, bool]:
    meeting = schedule_ahead(group, now).meeting_in(week)
    assert meeting
    return f"{meeting.starts:%a %H:%M}", meeting.is_on


def test_an_evening_that_was_held_is_neither_moved_nor_called_off(
    house: tuple[Group, Account], clock: time_machine.Traveller
) -> None:
    group, anna = house
    clock.move_to(datetime(2026, 11, 29, 22, 59, tzinfo=UTC))  # Sunday 23.59

    with pytest.raises(MeetingHasBegun):
        set_slot(group, Slot(WEEK, weekday=7, start=time(23, 59)), by=anna)
    with pytest.raises(MeetingIsOver):
        call_off(group, WEEK, by=anna)

    assert meets(group, WEEK) == ("Mon 19:30", True)
    assert changes_of(group.id) == []


def test_another_day_settles_the_weeks_that_were_off_and_goes_back_whole(
    house: tuple[Group, Account],
) -> None:
    group, anna = house
    for ahead in (2, 3, 4):
        call_off(group, WEEK + ahead, by=anna)
    fates = {WEEK + 2: Fate.KEEP, WEEK + 3: Fate.CARRY, WEEK + 4: Fate.DROP}

    set_slot(group, Slot(WEEK + 1, weekday=4, start=time(20)), by=anna, fates=fates)

    days = [meets(group, WEEK + ahead) for ahead in range(5)]
    assert days == [
        ("Mon 19:30", True),
        ("Thu 20:00", True),
        ("Mon 19:30", False),
        ("Thu 20:00", False),
        ("Thu 20:00", True),
    ]
    last = changes_of(group.id, most=1)[0]
    restore_slots(group, last.id, WEEK, by=anna, version=None)
    assert meets(group, WEEK + 1) == ("Mon 19:30", True)
    assert [slot.weekday for slot in group.slots] == [1, 1]


@pytest.mark.parametrize("status", [Status.PAUSED, Status.CLOSED, Status.PREPARING])
def test_a_status_goes_back_to_the_minute(house: tuple[Group, Account], status: Status) -> None:
    group, anna = house
    stood = (group.status, group.status_since, group.status_at)
    set_status(group, status, by=anna)

    undo(group, changes_of(group.id, most=1)[0].id, by=anna)

    assert (group.status, group.status_since, group.status_at) == stood
