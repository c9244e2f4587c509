"""Who asks again and again to count the seats reads the same until the group says itself it is full."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.actions.chairs import set_chairs_taken, set_seating
from app.db import db
from app.domain.seating import SEATS, Seating
from app.records.accounts import Account
from app.records.groups import find_group
from app.records.tallies import Contribution
from tests.browsing import submit, words_of
from tests.people import World

pytestmark = pytest.mark.usefixtures("clock")


def taken(app: Flask, number: int, seating: Seating) -> None:
    with app.app_context():
        anna = db.session.query(Account).filter_by(email="anna@example.org").one()
        set_chairs_taken(find_group("oost"), number, by=anna)
        set_seating(find_group("oost"), seating, by=anna)


def told(app: Flask, number: int, contact: str) -> tuple[str, str, str]:
    """Ask as a stranger; return what the page, the file and the group's public page say."""
    browser = app.test_client()
    address = contact.format(number=number)
    answer = submit(browser, "/groups/oost/ask", alias="Kim", consent="y", contact=address)
    page, data = browser.get(answer.location), browser.get(f"{answer.location}/data.json").json
    words = re.sub(r"\s+", " ", words_of(page.text)).replace(address or "\0", "")
    words = re.sub(r"https?://\S+", "", words)
    return (
        words,
        f"{data['place']} {data['place_in_line']}",
        ("wachtlijst" in browser.get("/groups/oost").text and "full") or "free",
    )


@pytest.mark.parametrize("seating", [Seating.SEATS_ITSELF, Seating.WELCOMES])
@pytest.mark.parametrize("contact", ["", "prober{number}@example.org"])
@pytest.mark.parametrize("seats", [4, 11])
def test_asking_more_often_than_there_are_seats_tells_nothing(
    app: Flask, client: FlaskClient, world: World, seating: Seating, contact: str, seats: int
):
    taken(app, seats, seating)

    answers = {told(app, number, contact) for number in range(SEATS + 2)}

    assert len(answers) == 1
    with app.app_context():
        moved = db.session.query(Contribution).filter_by(topic="seats").all()
        assert sum(one.exact + one.few for one in moved) <= seats
