"""One evening as a calendar file: one event of the group's own feed, while it is on and near."""

from collections.abc import Iterator
from datetime import datetime

import icalendar
import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from app.actions.weeks import call_off
from app.db import db
from app.domain.week import Week
from app.records.accounts import Account
from app.records.groups import find_group
from tests.people import NOON, World

THIS = Week.of(NOON.date())


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


def evening(client: FlaskClient, week: object = THIS, slug: str = "oost") -> tuple[int, bytes]:
    answer = client.get(f"/groups/{slug}/weeks/{week}/agenda.ics")
    return answer.status_code, answer.data


def test_it_holds_the_one_evening(client: FlaskClient, world: World) -> None:
    status, body = evening(client)

    events = icalendar.Calendar.from_ical(body).walk("VEVENT")
    assert status == 200
    assert [f"{event['DTSTART'].dt:%Y-%m-%dT%H:%M}" for event in events] == ["2026-11-23T19:30"]
    assert not any("RRULE" in event for event in events)


def test_it_names_neither_group_nor_fellowship(client: FlaskClient, world: World) -> None:
    _, body = evening(client)

    assert b"Oost" not in body
    assert b"Stay Clean" not in body


def test_an_evening_that_is_off_is_nothing_to_go_to(
    app: Flask, client: FlaskClient, world: World
) -> None:
    with app.app_context():
        call_off(find_group("oost"), THIS, by=db.session.get_one(Account, world.anna.id))

    assert evening(client)[0] == 404
    assert evening(client, THIS + 1)[0] == 200


@pytest.mark.parametrize("week", ["2026-W99", "x", "1999-W01", "2199-W01", "2026-11-23"])
def test_a_week_that_no_feed_tells_is_not_found(
    client: FlaskClient, world: World, week: str
) -> None:
    assert evening(client, week)[0] == 404


def test_a_group_that_nobody_sees_has_none(app: Flask, client: FlaskClient, world: World) -> None:
    with app.app_context():
        find_group("oost").listed = False
        db.session.commit()

    assert evening(client)[0] == 404
    assert evening(client, slug="nobody")[0] == 404


def test_one_evening_is_one_discreet_event_until_it_is_off(
    app: Flask, client: FlaskClient, world: World
) -> None:
    address = f"/groups/oost/weeks/{THIS}/agenda.ics"
    [event] = icalendar.Calendar.from_ical(client.get(address).data).walk("VEVENT")
    assert event["SUMMARY"] == "Afspraak"
    assert isinstance(event["DTSTART"].dt, datetime)
    assert "Oost" not in client.get(address).text
    assert address in client.get("/groups/oost").text

    with app.app_context():
        call_off(find_group("oost"), THIS, by=None)

    assert client.get(address).status_code == 404
    assert client.get("/groups/oost/weeks/2026-W99/agenda.ics").status_code == 404
    assert client.get("/groups/oost/weeks/2036-W01/agenda.ics").status_code == 404
