"""A group that people walk into: every page, file and sheet says so, and none speaks of a line."""

import json
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.actions.chairs import set_chairs_taken, set_seating
from app.db import db
from app.domain.seating import Seating
from app.records.accounts import Account
from app.records.findables import FindableRecord
from app.records.groups import find_group
from tests.browsing import words_of
from tests.people import World

pytestmark = pytest.mark.usefixtures("clock")

READ = {
    "page": "/groups/oost",
    "finder": "/?near=Amsterdam",
    "embed": "/embed/stay-clean",
    "JSON": "/fellowships/stay-clean/meetings.json",
}
OF_SEATS = re.compile(
    r"wachtlijst|\bvol\b|plek vrij|Er is plek|er is plek|is full|free seat", re.IGNORECASE
)


def by_anna(app: Flask, deed, *args) -> None:
    with app.app_context():
        anna = db.session.query(Account).filter_by(email="anna@example.org").one()
        deed(find_group("oost"), *args, by=anna)


@pytest.fixture(params=[0, 9, 12])
def walk_in(request: pytest.FixtureRequest, app: Flask, world: World) -> World:
    """Oost is walked into, whatever number of seats somebody noted; West is not listed."""
    by_anna(app, set_chairs_taken, request.param)
    by_anna(app, set_seating, Seating.WALK_IN)
    with app.app_context():
        find_group("west").listed = False
        db.session.commit()
    return world


def read(client: FlaskClient, app: Flask, where: str) -> str:
    if where == "calendar":
        with app.app_context():
            key = find_group("oost").feed_key
        return client.get(f"/feeds/{key}.ics").text.replace("\r\n ", "")
    answer = client.get(READ[where])
    assert answer.status_code == 200
    if where == "JSON":
        return " ".join(str(row.get("places", "")) for row in json.loads(answer.text))
    return words_of(answer.text)


@pytest.mark.parametrize("where", [*READ, "calendar"])
def test_it_says_walk_in_and_nothing_else_of_its_seats(
    client: FlaskClient, app: Flask, walk_in: World, where: str
):
    said = read(client, app, where)

    assert re.search("oop gewoon binnen|gewoon binnenlopen|walk_in", said)
    assert not [
        found for found in OF_SEATS.findall(said) if found != "plek vrij" or where != "finder"
    ]


def test_who_looks_for_a_free_seat_is_not_promised_one(
    client: FlaskClient, app: Flask, walk_in: World
):
    with app.app_context():
        assert not any(row.free for row in db.session.query(FindableRecord))
        find_group("west").listed = True
        db.session.commit()

    found = client.get("/?near=Amsterdam&free=yes").text
    assert "/groups/west" in found
    assert "/groups/oost" not in found


@pytest.mark.parametrize("where", [*READ, "calendar"])
def test_a_group_from_a_list_that_said_nothing_of_seats_says_nothing_of_them(
    client: FlaskClient, app: Flask, walk_in: World, where: str
):
    with app.app_context():
        find_group("oost").seating_said = False
        db.session.commit()

    said = read(client, app, where)

    assert not re.search("oop gewoon binnen|gewoon binnenlopen|walk_in", said)
    assert not [
        found for found in OF_SEATS.findall(said) if found != "plek vrij" or where != "finder"
    ]


def test_choosing_how_seats_are_given_is_saying_so(client: FlaskClient, app: Flask, world: World):
    with app.app_context():
        oost = find_group("oost")
        oost.seating, oost.seating_said = Seating.WALK_IN, False
        db.session.commit()

    by_anna(app, set_seating, Seating.WALK_IN)

    assert "gewoon binnenlopen" in read(client, app, "page")
