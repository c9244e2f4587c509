"""The page on which somebody is asked to stand in from a day to a day."""

from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask

from app.db import db
from app.records.letters import Letter
from tests.browsing import submit
from tests.people import NOON, Person

STAND_IN = "/coordinate/oost/stand-in"
DAYS = {"email": "bas@example.org", "first": "2026-11-24", "last": "2026-12-08"}


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


def test_who_is_asked_stands_among_who_coordinates(app: Flask, anna: Person) -> None:
    client = anna.client()

    assert submit(client, STAND_IN, to=STAND_IN, **DAYS).location == "/coordinate/oost/people"

    assert "bas@example.org" in client.get("/coordinate/oost/people").text
    with app.app_context():
        letter = db.session.query(Letter).filter_by(kind="invitation").one()
        assert f"{letter.due_at:%Y-%m-%d}" == DAYS["first"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"last": "2026-11-20"},
        {"first": "2026-13-01"},
        {"first": ""},
        {"email": "bas"},
        {"last": "2036-01-01"},
    ],
)
def test_what_cannot_be_is_refused_and_kept_in_the_form(anna: Person, wrong: dict[str, str]):
    answer = submit(anna.client(), STAND_IN, to=STAND_IN, **(DAYS | wrong))

    assert answer.status_code == 422
    assert (DAYS | wrong)["email"] in answer.text


def test_another_groups_coordinator_finds_no_such_page(ben: Person) -> None:
    assert ben.client().get(STAND_IN).status_code == 404
