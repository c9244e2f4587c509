"""Guessing passwords and codes is slowed down, and locks nobody out elsewhere."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app import create_app
from app.actions.contacts import ContactEdit, write_contact
from app.blueprints.web.limits import network
from app.db import db
from app.records.accounts import FailedLogin
from app.records.groups import find_group
from tests.blueprints.signing import app_code, letters, log_in
from tests.browsing import form_on, submit
from tests.conftest import settings
from tests.people import PASSWORD, World

WRONG = "niet het goede wachtwoord"
ELSEWHERE = {"REMOTE_ADDR": "198.51.100.7"}
MINUTE = 60
OTHERWISE = (
    "anna@example.org", "ANNA@example.org", " anna@example.org", "anna@\uff45xample.org",
    "anna@e\uff58ample.org", "anna@example\u3002org", "Anna@EX\uff21MPLE.org",
)  # fmt: skip
"""Anna's address as it may be typed, in full-width letters too: the log-in finds her by each."""


@pytest.fixture
def guarded(sqlite_url: str, clock) -> Iterator[Flask]:
    """The app with its limits on."""
    app = create_app(settings(sqlite_url, TWAALF_LIMITS="on"))
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def people(guarded: Flask) -> World:
    return World(guarded)


def tries(client: FlaskClient, email: str, number: int, **more) -> list[int]:
    """Try a wrong password so many times; return the statuses."""
    held = form_on(client, "/login", "/login")
    return [
        client.post("/login", data=held | {"email": email, "password": WRONG}, **more).status_code
        for _ in range(number)
    ]


@pytest.mark.parametrize("email", ["anna@example.org", "niemand@example.org"])
def test_after_five_wrong_passwords_one_has_to_wait(guarded: Flask, people: World, email: str):
    assert tries(guarded.test_client(), email, 8) == [422] * 5 + [429] * 3


@pytest.mark.parametrize(
    ("page", "field", "secret"),
    [("/login", "email", "password"), ("/login/code", "identity", "passcode")],
)
def test_an_address_in_other_letters_is_the_same_person(
    guarded: Flask, people: World, page: str, field: str, secret: str
):
    client = guarded.test_client()
    held = form_on(client, page, page)

    answers = [
        client.post(page, data=held | {field: typed, secret: WRONG}).status_code
        for typed in OTHERWISE
    ]

    assert answers == [422] * 5 + [429] * 2


def test_who_has_to_wait_is_told_for_how_long(guarded: Flask, people: World):
    client = guarded.test_client()
    tries(client, people.anna.email, 5)

    answer = log_in(client, people.anna.email)

    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "60"


def test_the_right_password_has_to_wait_as_well_and_then_works(
    guarded: Flask, people: World, clock
):
    client = guarded.test_client()
    tries(client, people.anna.email, 5)
    too_soon = log_in(client, people.anna.email).status_code

    clock.shift(MINUTE)

    assert (too_soon, log_in(client, people.anna.email).status_code) == (429, 303)


def test_each_next_wrong_password_doubles_the_wait(guarded: Flask, people: World, clock):
    client = guarded.test_client()
    tries(client, people.anna.email, 5)
    waits = []

    for _ in range(5):
        waits.append(int(log_in(client, people.anna.email).headers["Retry-After"]) // MINUTE)
        clock.shift(waits[-1] * MINUTE)
        assert tries(client, people.anna.email, 1) == [422]

    assert waits == [1, 2, 4, 8, 15]


def test_the_person_is_not_locked_out_on_another_network(guarded: Flask, people: World):
    tries(guarded.test_client(), people.anna.email, 8)
    phone = guarded.test_client()
    held = form_on(phone, "/login", "/login")

    answer = phone.post(
        "/login",
        data=held | {"email": people.anna.email, "password": PASSWORD},
        environ_overrides=ELSEWHERE,
    )

    assert answer.status_code == 303


def from_everywhere(app: Flask, email: str, number: int, first: int = 0) -> list[int]:
    """Try a wrong password once from each of so many networks; return the statuses."""
    return [
        tries(app.test_client(), email, 1, environ_overrides={"REMOTE_ADDR": f"198.51.100.{n}"})[0]
        for n in range(first, first + number)
    ]


def test_who_guesses_from_many_networks_is_slowed_as_well(guarded: Flask, people: World):
    assert from_everywhere(guarded, people.anna.email, 12) == [422] * 8 + [429] * 4


def test_an_address_without_an_account_is_slowed_just_so(guarded: Flask, people: World):
    assert from_everywhere(guarded, "niemand@example.org", 12) == [422] * 8 + [429] * 4


def test_the_wait_for_all_networks_stays_short(guarded: Flask, people: World, clock):
    from_everywhere(guarded, people.anna.email, 8)
    waits = []

    for number in range(6):
        asked = {"REMOTE_ADDR": f"203.0.113.{number}"}
        client = guarded.test_client()
        held = form_on(client, "/login", "/login") | {"email": people.anna.email}
        answer = client.post("/login", data=held | {"password": WRONG}, environ_overrides=asked)
        waits.append(int(answer.headers["Retry-After"]) // MINUTE)
        clock.shift(waits[-1] * MINUTE)
        assert from_everywhere(guarded, people.anna.email, 1, first=50 + number) == [422]

    assert waits == [1, 2, 4, 5, 5, 5]


def test_the_owner_does_not_wait_on_a_device_of_their_own(guarded: Flask, people: World):
    own = guarded.test_client()
    assert log_in(own, people.anna.email).status_code == 303
    submit(own, "/account", to="/logout")
    from_everywhere(guarded, people.anna.email, 10)

    assert log_in(own, people.anna.email).status_code == 303


def test_a_device_of_one_is_no_device_of_another(guarded: Flask, people: World):
    own = guarded.test_client()
    log_in(own, people.ben.email)
    submit(own, "/account", to="/logout")
    from_everywhere(guarded, people.anna.email, 10)

    assert log_in(own, people.anna.email).status_code == 429


def test_the_owner_hears_once_a_day_that_somebody_guesses(guarded: Flask, people: World, clock):
    from_everywhere(guarded, people.anna.email, 8)
    assert letters(guarded, "someone_guesses") == []

    for number in range(5):
        clock.shift(5 * MINUTE)
        from_everywhere(guarded, people.anna.email, 1, first=100 + number)

    assert [letter["to"] for letter in letters(guarded, "someone_guesses")] == [people.anna.email]


def test_nobody_hears_of_guesses_at_an_address_without_an_account(
    guarded: Flask, people: World, clock
):
    from_everywhere(guarded, "niemand@example.org", 8)
    for number in range(5):
        clock.shift(5 * MINUTE)
        from_everywhere(guarded, "niemand@example.org", 1, first=100 + number)

    assert letters(guarded, "someone_guesses") == []


def test_what_is_kept_of_a_network_is_gone_with_the_process(
    guarded: Flask, people: World, monkeypatch
):
    tries(guarded.test_client(), people.anna.email, 1)
    monkeypatch.setattr("app.blueprints.web.security_log._salt", ("", b""))
    tries(guarded.test_client(), people.anna.email, 1)

    with guarded.app_context():
        kept = [failed.network_hash for failed in db.session.scalars(select(FailedLogin))]
    assert len(set(kept)) == 2


def test_others_on_the_same_network_are_not_locked_out(guarded: Flask, people: World):
    tries(guarded.test_client(), people.anna.email, 8)

    assert log_in(guarded.test_client(), people.ben.email).status_code == 303


def test_a_forged_address_does_not_help(guarded: Flask, people: World):
    client = guarded.test_client()
    held = form_on(client, "/login", "/login")

    answers = [
        client.post(
            "/login",
            data=held | {"email": people.anna.email, "password": WRONG},
            headers={"X-Forwarded-For": f"203.0.113.{number}", "X-Real-IP": f"10.0.0.{number}"},
        ).status_code
        for number in range(8)
    ]

    assert answers == [422] * 5 + [429] * 3


def test_behind_a_proxy_the_address_it_saw_counts_and_not_what_the_visitor_claims(
    sqlite_url: str, clock
):
    app = create_app(settings(sqlite_url, TWAALF_LIMITS="on", TWAALF_TRUSTED_PROXIES="1"))
    email = World(app).anna.email
    client = app.test_client()
    held = form_on(client, "/login", "/login")

    def guess(claimed: str, seen: str) -> TestResponse:
        return client.post(
            "/login",
            data=held | {"email": email, "password": WRONG},
            headers={"X-Forwarded-For": f"{claimed}, {seen}"},
        )

    same = [guess(f"203.0.113.{number}", "192.0.2.1").status_code for number in range(7)]
    other = guess("203.0.113.1", "192.0.2.2").status_code

    assert same == [422] * 5 + [429] * 2
    assert other == 422


def test_forty_log_ins_a_minute_is_all_that_a_network_may_try(guarded: Flask, people: World, clock):
    client = guarded.test_client()
    held = form_on(client, "/login", "/login")

    def try_as(number: int) -> TestResponse:
        return client.post(
            "/login", data=held | {"email": f"n{number}@example.org", "password": WRONG}
        )

    answers = [try_as(number).status_code for number in range(42)]

    assert answers == [422] * 40 + [429] * 2
    wait = int(try_as(99).headers["Retry-After"])
    assert MINUTE <= wait <= MINUTE + 10
    clock.shift(wait)
    assert try_as(99).status_code == 422


def test_wrong_codes_of_the_second_step_count_too(guarded: Flask, people: World):
    client = guarded.test_client()
    log_in(client, people.olaf.email)
    held = form_on(client, "/tf-validate")

    answers = [
        client.post(
            "/tf-validate",
            data=held | {"code": f"{number:06}", "email": f"invented-{number}@example.org"},
        ).status_code
        for number in range(7)
    ]

    assert answers == [422] * 5 + [429] * 2
    assert client.post("/tf-validate", data=held | {"code": app_code()}).status_code == 429


def test_wrong_paper_codes_count_too(guarded: Flask, people: World):
    client = guarded.test_client()
    log_in(client, people.olaf.email)
    held = form_on(client, "/mf-recovery")

    answers = [
        client.post(
            "/mf-recovery",
            data=held | {"code": "0000-0000-0000", "identity": f"invented-{number}@example.org"},
        ).status_code
        for number in range(7)
    ]

    assert answers == [422] * 5 + [429] * 2


def test_wrong_mailed_codes_count_too(guarded: Flask, people: World):
    client = guarded.test_client()
    held = form_on(client, "/login/code", "/login/code")

    answers = [
        client.post(
            "/login/code",
            data=held
            | {
                "identity": people.anna.email,
                "passcode": "00000000",
                "email": f"invented-{number}@example.org",
            },
        ).status_code
        for number in range(7)
    ]

    assert answers == [422] * 5 + [429] * 2


def test_letters_are_asked_for_ten_times_an_hour(guarded: Flask, people: World):
    client = guarded.test_client()
    held = form_on(client, "/reset")

    answers = [
        client.post("/reset", data=held | {"email": f"n{number}@example.org"}).status_code
        for number in range(12)
    ]

    assert answers == [200] * 10 + [429] * 2


def test_failures_are_kept_without_address_or_name(guarded: Flask, people: World):
    tries(guarded.test_client(), people.anna.email, 1, environ_overrides=ELSEWHERE)

    with guarded.app_context():
        failed = db.session.scalars(select(FailedLogin)).one()
        kept = f"{failed.identity_hash} {failed.network_hash}"

    assert "anna" not in kept
    assert "198.51" not in kept


def test_failures_are_forgotten_after_a_day(guarded: Flask, people: World, clock):
    tries(guarded.test_client(), people.anna.email, 3)
    clock.shift(25 * 3600)

    tries(guarded.test_client(), people.ben.email, 1)

    with guarded.app_context():
        assert len(db.session.scalars(select(FailedLogin)).all()) == 1


def test_without_limits_nobody_waits(app: Flask, world: World):
    assert tries(app.test_client(), world.anna.email, 12) == [422] * 12


@pytest.mark.parametrize("seconds", [0, 1])
def test_a_form_that_was_filled_in_faster_than_one_can_type_is_not_sent_on(
    guarded: Flask, people: World, clock, seconds: int
):
    assert _messages_after(guarded, clock, seconds) == 0


def test_a_form_that_took_a_while_is_sent_on(guarded: Flask, people: World, clock):
    assert _messages_after(guarded, clock, 5) == 1


def test_what_is_written_in_the_trap_is_asked_about_and_not_lost(
    guarded: Flask, people: World, clock
):
    assert _messages_after(guarded, clock, 5, trap="https://spam.example") == 0
    assert "Mag ik komen?" in _answer_after(guarded, clock, 5, trap="https://spam.example").text


def _messages_after(app: Flask, clock, seconds: int, **more: str) -> int:
    """Write to a contact person after so many seconds; return how many letters that gives."""
    _answer_after(app, clock, seconds, **more)
    return len(letters(app, "contact_message"))


def _answer_after(app: Flask, clock, seconds: int, **more: str) -> TestResponse:
    _give_contact(app)
    client = app.test_client()
    held = form_on(client, "/groups/oost/contact")
    clock.shift(seconds)
    fields = {"reply_to": "kim@example.org", "message": "Mag ik komen?"} | more
    answer = client.post("/groups/oost/contact", data=held | fields)
    assert answer.status_code in (303, 422)
    return answer


def test_the_trap_is_not_a_field_that_people_see(guarded: Flask, people: World):
    _give_contact(guarded)

    page = guarded.test_client().get("/groups/oost/contact").text

    assert '<div class="honey" aria-hidden="true">' in page


def test_a_household_is_one_network_in_ipv6(guarded: Flask, people: World):
    answers = [
        tries(
            guarded.test_client(),
            people.anna.email,
            1,
            environ_overrides={"REMOTE_ADDR": f"2001:db8:1:2::{number:x}"},
        )[0]
        for number in range(1, 8)
    ]

    assert answers == [422] * 5 + [429] * 2


@pytest.mark.parametrize(
    ("address", "whole"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("", "unknown"),
    ],
)
def test_a_network_is_an_address_or_a_household(app: Flask, address: str, whole: str):
    with app.test_request_context(environ_base={"REMOTE_ADDR": address}):
        assert network() == whole


def test_an_empty_form_is_not_a_wrong_password_of_anyone(guarded: Flask, people: World):
    client = guarded.test_client()

    for _ in range(8):
        assert submit(client, "/login", to="/login", email="", password="").status_code in (
            422,
            429,
        )

    assert log_in(client, people.anna.email).status_code == 303


def _give_contact(app: Flask) -> None:
    with app.app_context():
        write_contact(find_group("oost"), ContactEdit("Noor", "noor@example.org"), by=None)
        find_group("oost").contacts[0].agreed_at = find_group("oost").created_at
        db.session.commit()
