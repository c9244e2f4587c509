"""Places left: free, full with a line, or in preparation; in public never a number."""

import json
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.actions.chairs import set_chairs_taken
from app.actions.groups import set_status
from app.actions.seats import Ask, ask_for_seat, confirm_seat
from app.db import db
from app.domain.meeting import Status
from app.records.accounts import Account
from app.records.groups import find_group
from tests.blueprints.feeds import addresses
from tests.browsing import words_of

pytestmark = pytest.mark.usefixtures("clock", "world")


def by_anna(app: Flask, deed, *args) -> None:
    with app.app_context():
        anna = db.session.query(Account).filter_by(email="anna@example.org").one()
        deed(find_group("oost"), *args, by=anna)


def take(app: Flask, chairs: int) -> None:
    by_anna(app, set_chairs_taken, chairs)


def everywhere(client: FlaskClient, app: Flask, language: str) -> dict[str, str]:
    """Return what each public answer says of Oost."""
    row = next(
        one for one in json.loads(client.get("/meetings.json").text) if one["slug"] == "oost"
    )
    named, discreet = addresses(app)
    return {
        "card": words_of(client.get(f"/?lang={language}").text),
        "page": words_of(client.get(f"/groups/oost?lang={language}").text),
        "ask": words_of(client.get(f"/groups/oost/ask?lang={language}").text),
        "feed": client.get(named).text.replace("\r\n ", ""),
        "discreet": client.get(discreet).text.replace("\r\n ", ""),
        "export": row["places"],
    }


@pytest.mark.parametrize("taken", [0, 1, 7, 11])
def test_a_free_seat_is_free_however_many_there_are(client: FlaskClient, app: Flask, taken: int):
    take(app, 0)
    as_empty = everywhere(client, app, "nl")

    take(app, taken)
    said = everywhere(client, app, "nl")

    assert "plek vrij" in said["card"]
    assert "plek vrij" in said["page"]
    assert "Vraag een plek" in said["page"]
    assert "\\nEr is plek." in said["feed"] or "DESCRIPTION:Er is plek." in said["feed"]
    assert said["export"] == "free"
    assert said["feed"] == as_empty["feed"], "not a byte tells how many"
    assert said["discreet"] == as_empty["discreet"]


def test_a_full_group_says_so_and_leads_to_the_line(client: FlaskClient, app: Flask):
    take(app, 12)

    dutch, english = everywhere(client, app, "nl"), everywhere(client, app, "en")

    assert "vol – wachtlijst" in dutch["card"]
    assert "Kom op de wachtlijst" in dutch["page"]
    assert "De groep is vol. Je komt op de wachtlijst." in dutch["ask"]
    assert "De groep is vol\\; er is een wachtlijst." in dutch["feed"]
    assert dutch["export"] == "full"
    assert "Join the waiting list" in english["page"]
    assert "The group is full." in english["ask"]


def test_a_group_in_preparation_is_that(client: FlaskClient, app: Flask):
    by_anna(app, set_status, Status.PREPARING)

    dutch, english = everywhere(client, app, "nl"), everywhere(client, app, "en")

    assert "Doe mee vanaf het begin" in dutch["page"]
    assert dutch["export"] == "preparing"
    assert "Be there from the beginning" in english["page"]
    assert "Er is plek" not in dutch["feed"]


def test_the_discreet_feed_never_tells(client: FlaskClient, app: Flask):
    for chairs in (3, 12):
        take(app, chairs)
        assert not re.search("plek|wacht|vol", everywhere(client, app, "nl")["discreet"])


def test_the_feed_tells_at_the_next_request(client: FlaskClient, app: Flask):
    take(app, 11)
    feed = addresses(app)[0]
    etag = client.get(feed).headers["ETag"]

    with app.app_context():
        asked = ask_for_seat(find_group("oost"), Ask("Kim", "1"), ask_key="a-form-key")
    assert client.get(feed, headers={"If-None-Match": etag}).status_code == 304, "not known yet"
    with app.app_context():
        confirm_seat(asked.key, by_mail=True)

    answer = client.get(feed, headers={"If-None-Match": etag})
    assert answer.status_code == 200
    assert "er is een wachtlijst" in answer.text.replace("\r\n ", "")
