"""Signing in while others write: nothing is lost, nothing works twice, nobody gets a 500."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app import create_app
from app.actions.parts.outbox import write_letter
from app.actions.parts.transaction import transaction
from app.db import db
from app.domain.signin.passkey import MOST_PASSKEYS
from app.records.accounts import Account, Login
from app.records.signin.passkeys import number_of_passkeys, passkeys_of
from tests.blueprints.signin.test_passkeys import LOG_IN, MAKE, make, question_on
from tests.blueprints.signing import NEW_PASSWORD, account, app_code, letters, log_in
from tests.browsing import form_on
from tests.conftest import settings
from tests.passkey_device import Device
from tests.people import PASSWORD, World

AT_ONCE = 8


@pytest.fixture
def both(app_on_each: Flask) -> Flask:
    """The app on each database in turn."""
    return app_on_each


def at_once(deeds: list[Callable[[], int]]) -> list[int]:
    """Do these at the same moment; return the statuses, sorted."""
    ready, answers = threading.Barrier(len(deeds)), []

    def run(deed: Callable[[], int]) -> None:
        ready.wait(timeout=30)
        answers.append(deed())

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(answers)


@pytest.mark.long
def test_a_password_change_while_another_process_writes_answers_as_ever(both: Flask):
    people = World(both)
    other = create_app(settings(both.config["SQLALCHEMY_DATABASE_URI"]))
    client = people.anna.client()
    held = form_on(client, "/change")
    stop = threading.Event()
    wrong: list[Exception] = []

    def write_on() -> None:
        with other.app_context():
            while not stop.is_set():
                try:
                    transaction(write_letter)("password_changed", to="x@example.org", language="nl")
                except Exception as error:
                    wrong.append(error)
            db.session.remove()
            db.engine.dispose()

    writer = threading.Thread(target=write_on)
    writer.start()
    statuses, password = [], PASSWORD
    for number in range(5):
        wished = f"{NEW_PASSWORD} {number}"
        answer = client.post(
            "/change",
            data=held
            | {"password": password, "new_password": wished, "new_password_confirm": wished},
        )
        statuses.append(answer.status_code)
        password = wished
        held = form_on(client, "/change")
    stop.set()
    writer.join()

    assert (statuses, wrong) == ([303] * 5, [])
    assert log_in(both.test_client(), people.anna.email, password).status_code == 303


def test_a_code_of_the_app_lets_one_in_of_many_at_once(both: Flask):
    people = World(both)
    clients = []
    for _ in range(AT_ONCE):
        client = both.test_client()
        log_in(client, people.olaf.email)
        clients.append((client, form_on(client, "/tf-validate") | {"code": app_code()}))

    answers = at_once(
        [
            lambda client=client, held=held: client.post("/tf-validate", data=held).status_code
            for client, held in clients
        ]
    )

    assert answers == [303] + [422] * (AT_ONCE - 1)


def test_a_mailed_code_lets_one_in_of_many_at_once(both: Flask):
    people = World(both)
    client = both.test_client()
    held = form_on(client, "/login/code", "/login/code/send")
    client.post("/login/code/send", data=held | {"identity": people.anna.email})
    (letter,) = letters(both, "login_code")
    clients = []
    for _ in range(AT_ONCE):
        client = both.test_client()
        held = form_on(client, "/login/code", "/login/code")
        clients.append((client, held | {"identity": people.anna.email, "passcode": letter["code"]}))

    answers = at_once(
        [
            lambda client=client, held=held: client.post("/login/code", data=held).status_code
            for client, held in clients
        ]
    )

    assert answers == [303] + [422] * (AT_ONCE - 1)


def test_a_paper_code_lets_one_in_of_many_at_once(both: Flask):
    people = World(both)
    with both.test_request_context():
        util = both.extensions["security"].mf_recovery_codes_util
        code = util.create_recovery_codes(account(people.olaf.email))[0]
        db.session.commit()
    clients = []
    for _ in range(AT_ONCE):
        client = both.test_client()
        log_in(client, people.olaf.email)
        clients.append((client, form_on(client, "/mf-recovery") | {"code": code}))

    answers = at_once(
        [
            lambda client=client, held=held: client.post("/mf-recovery", data=held).status_code
            for client, held in clients
        ]
    )

    assert answers == [303] + [422] * (AT_ONCE - 1)
    with both.app_context():
        assert len(account(people.olaf.email).mf_recovery_codes) == 9


def test_a_passkeys_answer_lets_one_in_of_many_at_once(both: Flask):
    people, device = World(both), Device()
    make(people.olaf.client(), device)
    with both.app_context():
        passkey = passkeys_of(account(people.olaf.email))[0]
        passkey.asked_at -= timedelta(seconds=1)  # the clock stands still
        db.session.commit()
    client = both.test_client()
    options, held = question_on(client, "/login", LOG_IN)
    told = held | {"passkey_answer": device.prove(options)}
    copies = []
    for _ in range(AT_ONCE):
        copy = both.test_client()
        copy.set_cookie("session", client.get_cookie("session").value)
        copies.append(copy)

    answers = at_once(
        [lambda copy=copy: copy.post(LOG_IN, data=told).status_code for copy in copies]
    )

    assert answers == [303] + [422] * (AT_ONCE - 1)
    with both.app_context():
        login = db.session.scalars(select(Login).where(Login.passkey_id.is_not(None))).one()
        assert login.account.email == people.olaf.email


def test_the_tenth_passkey_is_made_once_by_many_at_once(both: Flask):
    people = World(both)
    client = people.anna.client()
    for _ in range(MOST_PASSKEYS - 1):
        make(client, Device())
    options, held = question_on(client, MAKE, MAKE)
    forms = [held | {"passkey_answer": Device().make(options)} for _ in range(4)]

    answers = at_once(
        [lambda form=form: client.post(MAKE, data=form).status_code for form in forms]
    )

    assert answers == [303] + [422] * 3
    with both.app_context():
        assert number_of_passkeys(people.anna.id) == MOST_PASSKEYS


def test_an_invitation_gives_one_account_to_many_at_once(both: Flask):
    from app.actions.invitations import invite
    from app.domain.roles import Role

    with both.app_context():
        key = invite(email="kim@example.org", role=Role.OVERSEER, by=None)
    clients = []
    for _ in range(AT_ONCE):
        client = both.test_client()
        held = form_on(client, f"/invitations/{key}")
        clients.append((client, held | {"name": "Kim", "password": NEW_PASSWORD}))

    answers = at_once(
        [
            lambda client=client, held=held: (
                client.post(f"/invitations/{key}", data=held).status_code
            )
            for client, held in clients
        ]
    )

    assert answers == [303] + [404] * (AT_ONCE - 1)
    with both.app_context():
        assert len(db.session.scalars(select(Account)).all()) == 1


def test_many_log_ins_at_once_all_begin(both: Flask):
    people = World(both)
    clients = [both.test_client() for _ in range(AT_ONCE)]

    answers = at_once(
        [lambda client=client: log_in(client, people.anna.email).status_code for client in clients]
    )

    assert answers == [303] * AT_ONCE
    with both.app_context():
        assert len(db.session.scalars(select(Login)).all()) == AT_ONCE
