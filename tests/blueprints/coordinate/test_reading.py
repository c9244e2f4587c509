"""A newcomer whom the office brought in walks through every page of the desk, and meets no name."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import db
from app.domain.roles import Reading
from app.records.accounts import RoleRecord
from app.records.contacts import ContactRecord
from app.records.participants import ParticipantRecord
from tests.addresses import SEAT_KEY, Grounds, csrf_token, lay_out, rules
from tests.people import World

MARK = "zilvermeeuw"
SHOWN = {"circle.show", "circle.seat", "evenings.task", "contacts.index", "contacts.edit"}
"""Where a coordinator does meet one of the planted names: else the walk proves nothing."""


@pytest.fixture
def grounds(app: Flask, world: World) -> Grounds:
    laid = lay_out(app, world)
    with app.app_context():
        for person in db.session.scalars(select(ParticipantRecord)):
            if person.alias is not None:
                person.alias = f"{MARK}{person.id}"
        for number, contact in enumerate(db.session.scalars(select(ContactRecord))):
            contact.email, contact.agreed_at = f"{MARK}{number}@example.org", None
            contact.name = f"{MARK}{number}"
        db.session.commit()
    return laid


def pages_with_names(
    app: Flask, grounds: Grounds, client: FlaskClient, method: str = "GET"
) -> set[str]:
    """Return the endpoints of the desk that answer a method with a planted name."""
    token = csrf_token(app, client)
    found = set()
    for rule in rules(app, method):
        door = getattr(app.view_functions[rule.endpoint], "door", "")
        if door != "coordinator" or rule.endpoint == "people.leave":
            continue
        answer = client.open(
            grounds.address(rule),
            method=method,
            data={"csrf_token": token} if method == "POST" else None,
            follow_redirects=True,
        )
        if MARK in answer.get_data(as_text=True).lower():
            found.add(rule.endpoint)
    return found


def test_the_walk_of_a_coordinator_meets_names(app: Flask, grounds: Grounds):
    assert pages_with_names(app, grounds, grounds.world.anna.client()) >= SHOWN


@pytest.mark.parametrize("reading", [Reading.WAITS, Reading.ASKED, Reading.REFUSED])
def test_the_walk_of_who_waits_meets_none(app: Flask, grounds: Grounds, reading: Reading):
    with app.app_context():
        role = db.session.scalars(
            select(RoleRecord).where(RoleRecord.account_id == grounds.newcomer.id)
        ).one()
        role.reading = reading
        db.session.commit()

    client = grounds.newcomer.client()
    assert pages_with_names(app, grounds, client) == set()
    assert pages_with_names(app, grounds, client, "POST") == set()


def test_who_waits_reads_why_and_does_the_rest(app: Flask, grounds: Grounds):
    client = grounds.newcomer.client()

    assert "Je ziet nog geen namen" in client.get("/coordinate/oost").text
    assert client.get("/coordinate/oost/circle").status_code == 403
    for page in ("listing", "places", "slot", "closures"):
        assert client.get(f"/coordinate/oost/{page}").status_code == 200, page


def test_a_coordinator_lets_a_newcomer_in(app: Flask, grounds: Grounds):
    anna = grounds.world.anna.client()
    people = "/coordinate/oost/people"
    assert "Sanne mag de namen zien" in anna.get(people).text

    anna.post(f"{people}/{grounds.newcomer.id}/reads", data={"csrf_token": csrf_token(app, anna)})

    assert grounds.newcomer.client().get("/coordinate/oost/circle").status_code == 200
    assert "mag de namen zien" not in anna.get(people).text


def test_somebody_with_a_seat_says_no_on_their_own_page(app: Flask, grounds: Grounds):
    kim = app.test_client()
    page = f"/seat/{SEAT_KEY}"
    assert "Iemand nieuws coördineert deze groep" in kim.get(page).text

    kim.post(f"{page}/reader/no", data={"csrf_token": csrf_token(app, kim)})

    assert "Iemand nieuws coördineert deze groep" not in kim.get(page).text
    assert "zei nee" in grounds.newcomer.client().get("/coordinate/oost").text
