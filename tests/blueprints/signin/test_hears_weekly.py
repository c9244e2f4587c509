"""A coordinator chooses one letter a week in their account; nobody has it who did not choose it."""

from flask import Flask

from app.db import db
from app.records.accounts import Account
from tests.browsing import submit
from tests.people import Person


def weekly(app: Flask, person: Person) -> bool:
    with app.app_context():
        return db.session.get_one(Account, person.id).hears_weekly


def test_a_coordinator_chooses_one_letter_a_week_and_back(app: Flask, anna: Person) -> None:
    client = anna.client()
    assert not weekly(app, anna)

    submit(client, "/account", questions="weekly")
    assert weekly(app, anna)
    submit(client, "/account", name="Anna B.")  # as the form stands
    assert weekly(app, anna)
    submit(client, "/account", questions="separate")
    assert not weekly(app, anna)


def test_who_coordinates_nothing_is_not_asked(olaf: Person) -> None:
    assert 'name="questions"' not in olaf.client().get("/account").text
