"""A coordinator gives a calendar of the group another address; who has the old one keeps no ghosts."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar

from tests.blueprints.feeds import addresses
from tests.browsing import submit, words_of
from tests.people import World

PAGE = "/coordinate/oost/calendar"


def events(client: FlaskClient, path: str) -> int:
    answer = client.get(path)
    return len(Calendar.from_ical(answer.data).events) if answer.status_code == 200 else 0


@pytest.mark.parametrize(("kind", "place"), [("named", 0), ("discreet", 1)])
def test_the_old_address_is_quiet_for_a_while_and_the_other_calendar_stays(
    app: Flask,
    client: FlaskClient,
    world: World,
    clock: time_machine.Traveller,
    kind: str,
    place: int,
):
    before = addresses(app)
    page = words_of(world.anna.client().get(PAGE).text)
    assert "Een nieuw adres" in page

    done = submit(world.anna.client(), PAGE, kind=kind)

    assert (done.status_code, done.location) == (303, PAGE)
    after = addresses(app)
    assert after[1 - place] == before[1 - place]
    assert after[place] != before[place]
    assert events(client, after[place]) == events(client, after[1 - place]) > 12
    old = client.get(before[place])
    assert (old.status_code, events(client, before[place])) == (200, 1)
    assert b"Oost" not in old.data
    assert after[0].split("/")[2].removesuffix(".ics") in client.get("/groups/oost").text
    clock.shift(timedelta(days=97))
    assert client.get(before[place]).status_code == 410


def test_an_address_that_is_abused_is_gone_at_once(
    app: Flask, client: FlaskClient, world: World, clock: time_machine.Traveller
):
    before = addresses(app)[0]

    submit(world.anna.client(), PAGE, kind="named", is_abused="y")

    assert client.get(before).status_code == 404


def test_one_of_the_two_is_to_be_chosen(app: Flask, world: World, clock: time_machine.Traveller):
    before = addresses(app)

    assert submit(world.anna.client(), PAGE).status_code == 422
    assert addresses(app) == before


def test_the_log_says_so_without_any_address(
    app: Flask, world: World, clock: time_machine.Traveller
):
    submit(world.anna.client(), PAGE, kind="named")

    log = world.anna.client().get("/coordinate/oost/changes").text
    assert "De agenda van de groep kreeg een nieuw adres" in log
    assert addresses(app)[0].split("/")[2].removesuffix(".ics") not in log
