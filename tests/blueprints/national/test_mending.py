"""An office puts a group right: everybody reads it, its coordinators hear it, and put it back."""

from collections.abc import Iterator
from datetime import time

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import db
from app.domain.week import Week
from app.records.changes import Change
from app.records.groups import find_group
from app.records.letters import Letter
from tests.browsing import submit, words_of
from tests.people import NOON, Person, World

MEND = "/national/groups/oost/mend"
NEXT = str(Week.of(NOON.date()) + 1)


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def office(olaf: Person) -> FlaskClient:
    return olaf.client()


def told(app: Flask) -> list[str]:
    with app.app_context():
        letters = db.session.scalars(select(Letter).where(Letter.kind == "office_did"))
        return [one.recipient for one in letters if one.values["did"] == "mended"]


def restore(app: Flask, anna: Person, deed: str) -> None:
    with app.app_context():
        change = db.session.scalars(
            select(Change).where(Change.deed == deed).order_by(Change.id.desc())
        ).first()
        assert change is not None
        page = f"/coordinate/oost/changes/{change.id}/restore"
    submit(anna.client(), page)


def test_a_wrong_hour_is_mended_and_put_back_by_its_coordinator(
    office: FlaskClient, anna: Person, app: Flask
):
    fields = {"time-since": NEXT, "time-weekday": "2", "time-start": "20:15", "time-minutes": "90"}
    answer = submit(office, MEND, to=f"{MEND}/time", **fields)

    assert answer.status_code == 303
    with app.app_context():
        group = find_group("oost")
        assert group is not None
        slot = group.slot_in(Week.parse(NEXT))
        assert slot is not None
        assert (slot.weekday, slot.start, slot.minutes) == (2, time(20, 15), 90)
        assert slot.place is not None
    assert told(app) == ["anna@example.org"]

    restore(app, anna, "set_slot")
    with app.app_context():
        group = find_group("oost")
        assert group is not None
        slot = group.slot_in(Week.parse(NEXT))
        assert slot is not None
        assert (slot.weekday, slot.start) == (1, time(19, 30))


def test_one_week_is_cancelled_moved_and_as_usual(office: FlaskClient, app: Flask):
    off = {"week-week": NEXT, "week-what": "off", "week-reason": "zaal onder water"}
    submit(office, MEND, to=f"{MEND}/week", **off)
    assert "zaal onder water" in words_of(office.get("/groups/oost").text)

    moved = {"week-week": NEXT, "week-what": "moved", "week-weekday": "4", "week-start": "18:00"}
    submit(office, MEND, to=f"{MEND}/week", **moved)
    assert "18.00" in words_of(office.get("/groups/oost").text)

    submit(office, MEND, to=f"{MEND}/week", **{"week-week": NEXT, "week-what": "usual"})
    page = words_of(office.get("/groups/oost").text)
    assert "zaal onder water" not in page
    assert "18.00" not in page
    assert len(told(app)) == 3


def test_a_place_is_mended_and_what_is_for_participants_is_neither_read_nor_lost(
    office: FlaskClient, app: Flask
):
    with app.app_context():
        group = find_group("oost")
        assert group is not None
        slot = group.slots[0]
        assert slot.place is not None
        slot.visibility, slot.place.kind = "town", "both"
        slot.place.join_url, slot.place.join_notes = "https://geheim.example/kring", "code 1234"
        db.session.commit()

    page = words_of(office.get(MEND).text)
    assert "alleen deelnemers" in page
    for hidden in ("Lindengracht", "geheim.example", "1234"):
        assert hidden not in office.get(MEND).text

    fields = {
        "time-since": NEXT, "time-weekday": "1", "time-start": "19:30", "time-minutes": "120",
        "time-street": "Kerkstraat 1", "time-postcode": "1017 GA",
    }  # fmt: skip
    answer = submit(office, MEND, to=f"{MEND}/time", **fields)

    assert answer.status_code == 303, words_of(answer.text)
    with app.app_context():
        group = find_group("oost")
        assert group is not None
        slot = group.slot_in(Week.parse(NEXT))
        assert slot is not None
        assert slot.place is not None
        assert (slot.visibility, slot.place.street) == ("town", "Kerkstraat 1")
        assert slot.place.join_url == "https://geheim.example/kring"


def test_a_listing_is_mended_and_a_number_in_it_asked_about(office: FlaskClient, app: Flask):
    page = office.get(MEND)
    assert page.status_code == 200
    refused = submit(
        office, MEND, to=f"{MEND}/listing", **{"listing-description": "Bel 06 12345678."}
    )
    assert refused.status_code == 422

    submit(office, MEND, to=f"{MEND}/listing", **{"listing-name": "Oost aan de gracht"})
    with app.app_context():
        assert find_group("oost").name == "Oost aan de gracht"  # type: ignore[union-attr]  # renamed, still found
    assert told(app) == ["anna@example.org"]


def test_a_coordinator_of_another_group_and_a_stranger_find_no_such_page(ben: Person, world: World):
    assert ben.client().get(MEND).status_code == 404
    assert world.app.test_client().get(MEND).status_code == 302
