"""Oost, West and others in one hall, and what the tests of closures ask of them."""

from datetime import date, time

from flask import Flask
from sqlalchemy import select

from app.actions.parts.new_place import own_place
from app.db import db
from app.domain.week import Week
from app.records.accounts import Account
from app.records.fellowships import Fellowship
from app.records.groups import Group, find_group
from app.records.letters import Letter
from app.records.listings import schedule_of
from app.records.places import PlaceRecord
from app.records.slots import SlotRecord
from app.records.weeks import DeviationRecord
from tests.people import FOUNDED, Person, World

WEEK = Week.parse("2026-W50")
"""Monday 7 December; the clock stands at Tuesday 24 November."""


def share_the_hall(app: Flask) -> None:
    """Let West meet in the hall that Oost meets in."""
    with app.app_context():
        west = find_group("west")
        west.slots[0].place = own_place(west, hall_of_oost().id)
        db.session.commit()


def fill_the_hall(app: Flask, world: World, number: int) -> None:
    """Let so many more groups meet in Oost's hall, each with a coordinator of its own."""
    with app.app_context():
        fellowship = db.session.get_one(Fellowship, world.fellowship_id)
        hall = hall_of_oost()
        for one in range(number):
            group = world.group(fellowship, f"zaal-{one}", f"Zaal {one}", "Amsterdam", weekday=1)
            group.slots[0].place = own_place(group, hall.id)
            group.slots[0].weekday, group.slots[0].start = one % 7 + 1, time(8 + one % 12)
        db.session.commit()


def hall_of_oost() -> PlaceRecord:
    place = find_group("oost").slots[0].place
    assert place is not None
    return place


def account(person: Person) -> Account:
    return db.session.get_one(Account, person.id)


def is_on(slug: str, week: Week = WEEK) -> bool:
    meeting = schedule_of(find_group(slug), (week, week), public=True).meeting_in(week)
    assert meeting is not None
    return meeting.is_on


def reason(slug: str, week: Week = WEEK) -> str:
    meeting = schedule_of(find_group(slug), (week, week), public=True).meeting_in(week)
    assert meeting is not None
    return meeting.reason


def letters() -> list[Letter]:
    return list(db.session.scalars(select(Letter).order_by(Letter.id)))


def said_yes(slug: str) -> list[Week]:
    query = select(DeviationRecord.week).where(
        DeviationRecord.group_id == find_group(slug).id, DeviationRecord.all_the_same
    )
    return sorted(db.session.scalars(query))


def add_slot(group: Group, since: Week, place_id: int | None, weekday: int = 1) -> None:
    group.slots.append(
        SlotRecord(since=since, weekday=weekday, start=time(19, 30), place_id=place_id)
    )


MONDAY, SUNDAY = WEEK.monday, WEEK.sunday
LONG_AGO = date(2026, 10, 1)
assert LONG_AGO > FOUNDED
