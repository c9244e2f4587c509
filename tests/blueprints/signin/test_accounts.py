"""One's own account: the devices that are logged in, and which mail one gets."""

from flask import Flask
from sqlalchemy import select

from app.db import db
from app.records.accounts import Account, Login
from tests.blueprints.signing import is_in
from tests.browsing import form_on, submit
from tests.people import Person


def test_one_device_is_ended_from_another(anna: Person):
    here, there = anna.client(), anna.client()
    page = here.get("/account").text
    (action,) = [
        part.split('"')[0]
        for part in page.split('action="')
        if part.startswith("/account/devices/") and "/devices/end" not in part.split('"')[0]
    ]

    submit(here, "/account", to=action)

    assert is_in(here)
    assert not is_in(there)


def test_all_other_devices_are_ended_at_once(anna: Person):
    here, *others = (anna.client() for _ in range(3))

    submit(here, "/account", to="/account/devices/end")

    assert is_in(here)
    assert not any(is_in(other) for other in others)


def test_nobody_ends_the_device_of_another_person(app: Flask, anna: Person, ben: Person):
    client = anna.client()
    with app.app_context():
        key_hash = db.session.scalars(select(Login.key_hash)).one()
    bens = ben.client()
    held = form_on(bens, "/account", "/account")
    bens.post(f"/account/devices/{key_hash}/end", data={"csrf_token": held["csrf_token"][0]})

    assert is_in(client)


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


def test_who_coordinates_nothing_is_not_asked_when_to_hear_of_askers(olaf: Person) -> None:
    assert 'name="asks"' not in olaf.client().get("/account").text


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


def test_who_coordinates_nothing_is_not_asked_for_one_letter_a_week(olaf: Person) -> None:
    assert 'name="questions"' not in olaf.client().get("/account").text
