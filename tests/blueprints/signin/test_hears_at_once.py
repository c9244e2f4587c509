"""A coordinator chooses in their account when to hear of who asks for a seat."""

from flask import Flask

from app.db import db
from app.records.accounts import Account
from tests.browsing import submit
from tests.people import Person


def at_once(app: Flask, person: Person) -> bool:
    with app.app_context():
        return db.session.get_one(Account, person.id).hears_at_once


def test_a_coordinator_chooses_to_hear_at_once_and_back(app: Flask, anna: Person) -> None:
    client = anna.client()
    assert not at_once(app, anna)

    submit(client, "/account", asks="at_once")
    assert at_once(app, anna)
    submit(client, "/account", name="Anna B.")  # as the form stands
    assert at_once(app, anna)
    submit(client, "/account", asks="daily")
    assert not at_once(app, anna)


def test_a_form_without_the_question_leaves_the_choice_as_it_is(app: Flask, anna: Person) -> None:
    client = anna.client()
    submit(client, "/account", asks="at_once")
    submit(client, "/account", asks=None)

    assert at_once(app, anna)


def test_who_coordinates_nothing_is_not_asked(olaf: Person) -> None:
    assert 'name="asks"' not in olaf.client().get("/account").text
