"""What was held stays held whatever is written down later, and what was not stays told apart."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar

from app.actions.closures import change_closure, close_group
from app.actions.groups import set_status
from app.db import db
from app.domain.meeting import Status
from app.domain.week import Week
from app.records.accounts import Account
from app.records.groups import find_group
from tests.people import World

MONDAY = date(2026, 11, 23)
"""Oost meets on Mondays at 19.30, which is 18.30 in UTC."""


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


def states(app: Flask, client: FlaskClient) -> dict[date, str]:
    with app.app_context():
        key = find_group("oost").feed_key
    events = Calendar.from_ical(client.get(f"/feeds/{key}/agenda.ics").data).events
    return {one.start.date(): str(one["STATUS"]) for one in events}


def turn(app: Flask, world: World, status: Status) -> None:
    with app.app_context():
        anna = db.session.get_one(Account, world.anna.id)
        set_status(find_group("oost"), status, by=anna)


def shut(app: Flask, world: World, first: date, last: date) -> int:
    with app.app_context():
        anna = db.session.get_one(Account, world.anna.id)
        return close_group(find_group("oost"), first, last, "zaal dicht", by=anna).id


@pytest.mark.parametrize("status", [Status.PAUSED, Status.CLOSED])
@pytest.mark.parametrize(
    ("stops", "goes_on", "off"),
    [
        (at(MONDAY, 12), at(MONDAY + timedelta(15), 12), [0, 1, 2]),
        (at(MONDAY, 20), at(MONDAY + timedelta(15), 12), [1, 2]),
        (at(MONDAY, 20), at(MONDAY + timedelta(14), 12), [1]),
        (at(MONDAY, 20), at(MONDAY + timedelta(14), 19), [1, 2]),
        (at(MONDAY, 12), at(MONDAY, 13), []),
        (at(MONDAY, 18, 15), at(MONDAY, 18, 45), [0]),
    ],
)
def test_weeks_of_a_pause_are_told_apart_when_it_is_over(
    app: Flask,
    world: World,
    client: FlaskClient,
    status: Status,
    stops: datetime,
    goes_on: datetime,
    off: list[int],
):
    with time_machine.travel(stops, tick=False) as clock:
        turn(app, world, status)
        clock.move_to(goes_on)
        turn(app, world, Status.ACTIVE)
        clock.move_to(at(MONDAY + timedelta(28), 12))
        found = states(app, client)

    days = [MONDAY + timedelta(weeks=number) for number in range(-1, 5)]
    cancelled = [day for day in days if found[day] == "CANCELLED"]
    assert cancelled == [MONDAY + timedelta(weeks=number) for number in off]


@pytest.mark.parametrize(("said", "off"), [(at(MONDAY, 12), [0, 1]), (at(MONDAY, 20), [1])])
def test_a_closure_written_into_the_past_shuts_nothing_that_was_held(
    app: Flask, world: World, client: FlaskClient, said: datetime, off: list[int]
):
    with time_machine.travel(said, tick=False):
        before = states(app, client)
        shut(app, world, MONDAY - timedelta(21), MONDAY + timedelta(9))
        after = states(app, client)

    changed = sorted(day for day in before if before[day] != after[day])
    assert changed == [MONDAY + timedelta(weeks=number) for number in off]


def test_a_closure_is_not_drawn_out_over_what_was_held(
    app: Flask, world: World, client: FlaskClient
):
    with time_machine.travel(at(MONDAY - timedelta(28), 12), tick=False) as clock:
        number = shut(app, world, MONDAY, MONDAY + timedelta(9))
        clock.move_to(at(MONDAY - timedelta(1), 12))
        with app.app_context():
            anna = db.session.get_one(Account, world.anna.id)
            first, last = MONDAY - timedelta(21), MONDAY + timedelta(9)
            change_closure(number, first, last, "zaal dicht", by=anna)
        found = states(app, client)

    assert Week.of(MONDAY) in {Week.of(day) for day, one in found.items() if one == "CANCELLED"}
    assert [day for day in sorted(found) if found[day] == "CANCELLED"] == [
        MONDAY,
        MONDAY + timedelta(7),
    ]
