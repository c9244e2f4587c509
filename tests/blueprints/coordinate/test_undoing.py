"""One tap puts the latest deed back for an hour, by who coordinates that group, once."""

import re
from collections.abc import Iterator

import pytest
import time_machine
from flask.testing import FlaskClient

from tests.addresses import csrf_token
from tests.browsing import submit
from tests.people import NOON, Person

WEEK = "/coordinate/oost/weeks/2026-W48"
DESK = "/coordinate/oost"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def hers(anna: Person) -> FlaskClient:
    """Anna, who has just moved this week's meeting to nine o'clock."""
    client = anna.client()
    begin_at(client, "21:00")
    return client


def begin_at(client: FlaskClient, hour: str) -> None:
    page = f"{WEEK}?change=move"
    assert submit(client, page, to=WEEK, start=hour, do="save").status_code == 303


def way_back(client: FlaskClient) -> str:
    found = re.search(r'action="(/coordinate/oost/changes/\d+/undo)"', client.get(DESK).text)
    assert found, "the desk offers no way back"
    return found[1]


def press(client: FlaskClient, address: str) -> int:
    token = csrf_token(client.application, client)
    return client.post(address, data={"csrf_token": token}).status_code


def test_it_is_again_as_it_was(hers: FlaskClient) -> None:
    assert "21.00" in hers.get("/groups/oost").text

    assert press(hers, way_back(hers)) == 303

    assert "21.00" not in hers.get("/groups/oost").text


def test_after_an_hour_it_is_too_late(hers: FlaskClient, clock: time_machine.Traveller) -> None:
    address = way_back(hers)
    clock.shift(61 * 60)

    press(hers, address)

    assert "21.00" in hers.get("/groups/oost").text
    assert address not in hers.get(DESK).text


def test_a_deed_is_put_back_once(hers: FlaskClient) -> None:
    address = way_back(hers)
    press(hers, address)
    begin_at(hers, "20:45")

    press(hers, address)

    assert "20.45" in hers.get("/groups/oost").text


def test_nobody_puts_back_what_another_group_did(hers: FlaskClient, ben: Person) -> None:
    theirs = ben.client()
    number = re.search(r"/changes/(\d+)/", way_back(hers))[1]

    assert press(theirs, f"/coordinate/oost/changes/{number}/undo") == 404
    assert press(theirs, f"/coordinate/west/changes/{number}/undo") == 404
    assert "21.00" in hers.get("/groups/oost").text
