"""A passkey stands for password and second step, once, for one account, on this site alone."""

import html
import json
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import create_app
from app.blueprints.signin.passkey_question import site
from app.db import db
from app.domain.signin.passkey import MOST_PASSKEYS
from app.records.accounts import Login, open_logins_of
from app.records.signin.passkeys import PasskeyRecord, passkeys_of
from tests.blueprints.signing import account, is_in, letters, log_in
from tests.browsing import form_in, submit
from tests.conftest import settings
from tests.passkey_device import Device
from tests.people import PASSWORD, Person, World

MAKE, LOG_IN, VERIFY = "/account/passkeys", "/login/passkey", "/verify/passkey"
HALF_AN_HOUR = 31 * 60
A_MOMENT = 0.001
"""Seconds: what a quick device takes."""


def question_on(client: FlaskClient, page: str, to: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the options that a page gives the browser, and the form that its answer goes in."""
    text = client.get(page).text
    options = re.search(rf'action="{to}[^"]*" data-passkey="\w+" data-options="([^"]+)"', text)
    assert options, "the page asks for no passkey"
    action = re.search(rf'action="({to}[^"]*)" data-passkey', text)
    return json.loads(html.unescape(options[1])), form_in(text, html.unescape(action[1]))


def make(client: FlaskClient, device: Device) -> TestResponse:
    options, held = question_on(client, MAKE, MAKE)
    return client.post(MAKE, data=held | {"passkey_answer": device.make(options)})


def enter(client: FlaskClient, device: Device, **more: str) -> TestResponse:
    options, held = question_on(client, "/login", LOG_IN)
    return client.post(LOG_IN, data=held | {"passkey_answer": device.prove(options)} | more)


@pytest.fixture
def device() -> Device:
    return Device()


@pytest.fixture
def hers(anna: Person, device: Device, clock) -> Device:
    """A device with a passkey of Anna."""
    assert make(anna.client(), device).location == "/account"
    clock.shift(A_MOMENT)
    return device


@pytest.fixture
def his(olaf: Person, clock) -> Device:
    """A device with a passkey of Olaf, an officer."""
    device = Device()
    assert make(olaf.client(), device).status_code == 303
    clock.shift(A_MOMENT)
    return device


def test_a_coordinator_logs_in_with_a_passkey(client: FlaskClient, hers: Device):
    answer = enter(client, hers)

    assert (answer.status_code, answer.location) == (303, "/coordinate/")
    assert is_in(client)


def test_an_officer_needs_neither_password_nor_code(client: FlaskClient, his: Device):
    assert enter(client, his).location == "/national/"
    assert client.get("/national/").status_code == 200


def test_one_goes_on_to_the_page_that_was_asked_for(client: FlaskClient, hers: Device):
    options, held = question_on(client, "/login?next=/coordinate/oost", LOG_IN)
    to = f"{LOG_IN}?next=/coordinate/oost"

    answer = client.post(to, data=held | {"passkey_answer": hers.prove(options)})

    assert answer.location == "/coordinate/oost"


def test_a_log_in_by_passkey_is_a_device_like_others(app: Flask, client: FlaskClient, hers: Device):
    enter(client, hers, remember="y")

    with app.app_context():
        logins = open_logins_of(account("anna@example.org"))
        assert [login.remembered for login in logins if login.passkey_id is not None] == [True]
    assert "met een passkey" in client.get("/account").text


def test_an_officer_is_never_remembered(app: Flask, client: FlaskClient, his: Device, clock):
    enter(client, his, remember="y")
    clock.shift(HALF_AN_HOUR)

    assert client.get("/national/").status_code == 302


def test_a_second_step_that_was_half_way_is_over(app: Flask, client: FlaskClient, his: Device):
    log_in(client, "olaf@example.org")

    assert enter(client, his).status_code == 303
    assert client.get("/tf-validate").location == "/national/"


def test_an_answer_counts_once(app: Flask, client: FlaskClient, hers: Device):
    options, held = question_on(client, "/login", LOG_IN)
    cookies = client.get_cookie("session").value
    told = held | {"passkey_answer": hers.prove(options)}
    assert client.post(LOG_IN, data=told).status_code == 303

    stranger = app.test_client()
    stranger.set_cookie("session", cookies)
    answer = stranger.post(LOG_IN, data=told)

    assert answer.status_code == 422
    assert "al een keer verstuurd" in answer.text
    assert not is_in(stranger)


def test_an_older_question_is_not_answered_after_a_later_one(
    app: Flask, client: FlaskClient, hers: Device, clock
):
    old_options, old = question_on(client, "/login", LOG_IN)
    clock.shift(A_MOMENT)
    other = app.test_client()
    assert enter(other, hers).status_code == 303

    answer = client.post(LOG_IN, data=old | {"passkey_answer": hers.prove(old_options)})

    assert answer.status_code == 422


def test_a_question_of_another_session_is_not_answered_here(
    app: Flask, client: FlaskClient, hers: Device
):
    options, held = question_on(app.test_client(), "/login", LOG_IN)
    _, mine = question_on(client, "/login", LOG_IN)
    lifted = mine | {
        "passkey_question": held["passkey_question"],
        "passkey_answer": hers.prove(options),
    }

    assert client.post(LOG_IN, data=lifted).status_code == 422


def test_a_question_is_answered_within_five_minutes(client: FlaskClient, hers: Device, clock):
    options, held = question_on(client, "/login", LOG_IN)
    clock.shift(5 * 60 + 1)

    answer = client.post(LOG_IN, data=held | {"passkey_answer": hers.prove(options)})

    assert answer.status_code == 422
    assert enter(client, hers).status_code == 303


@pytest.mark.parametrize(
    "wrong",
    [
        {"unlocked": False},
        {"origin": "http://127.0.0.1:5000"},
        {"origin": "https://localhost.evil.example"},
        {"host": "evil.example"},
        {"handle": b"somebody else"},
    ],
    ids=str,
)
def test_a_device_that_is_locked_or_elsewhere_does_not_get_in(
    client: FlaskClient, hers: Device, wrong: dict[str, Any]
):
    for name, value in wrong.items():
        setattr(hers, name, value)

    assert enter(client, hers).status_code == 422
    assert not is_in(client)


def test_another_key_under_the_same_name_does_not_get_in(client: FlaskClient, hers: Device):
    forged = Device(credential=hers.credential, handle=hers.handle)

    assert enter(client, forged).status_code == 422


def test_a_passkey_that_nobody_made_does_not_get_in(client: FlaskClient, world: World):
    assert enter(client, Device(handle=b"x" * 32)).status_code == 422


def test_a_device_that_counts_backwards_is_a_copy(
    client: FlaskClient, app: Flask, anna: Person, clock
):
    counting = Device(counts=True, count=7)
    make(anna.client(), counting)
    clock.shift(A_MOMENT)
    assert enter(client, counting).status_code == 303
    clock.shift(A_MOMENT)
    counting.count = 3

    answer = enter(app.test_client(), counting)

    assert answer.status_code == 422


def test_a_removed_passkey_no_longer_works_and_ends_what_it_began(
    app: Flask, client: FlaskClient, anna: Person, hers: Device, clock
):
    enter(client, hers)
    at_her_desk = anna.client()

    answer = submit(at_her_desk, "/account", to="/account/passkeys/1/remove")

    assert answer.location == "/account"
    assert not is_in(client)
    assert is_in(at_her_desk)
    clock.shift(A_MOMENT)
    assert enter(app.test_client(), hers).status_code == 422


def test_who_removes_the_passkey_they_came_with_stays(client: FlaskClient, hers: Device):
    enter(client, hers)

    submit(client, "/account", to="/account/passkeys/1/remove")

    assert is_in(client)


def test_nobody_removes_the_passkey_of_another(app: Flask, ben: Person, hers: Device):
    client = ben.client()
    token = form_in(client.get("/account").text, "/account")["csrf_token"]

    client.post("/account/passkeys/1/remove", data={"csrf_token": token})

    with app.app_context():
        assert len(passkeys_of(account("anna@example.org"))) == 1


def test_a_passkey_belongs_to_one_account(app: Flask, ben: Person, hers: Device):
    answer = make(ben.client(), hers)

    assert answer.status_code == 422
    with app.app_context():
        assert passkeys_of(account("ben@example.org")) == []


def test_a_locked_device_makes_no_passkey(anna: Person):
    assert make(anna.client(), Device(unlocked=False)).status_code == 422


def test_the_owner_hears_of_a_passkey_by_letter(app: Flask, anna: Person, hers: Device):
    submit(anna.client(), "/account", to="/account/passkeys/1/remove")

    assert [letter["to"] for letter in letters(app, "passkeys_changed")] == [anna.email] * 2


def test_an_account_has_ten_passkeys_at_most(app: Flask, anna: Person):
    client = anna.client()
    answers = [make(client, Device()).status_code for _ in range(MOST_PASSKEYS + 1)]

    assert answers == [303] * MOST_PASSKEYS + [422]


def test_to_make_one_asks_who_is_there_after_half_an_hour(anna: Person, clock):
    client = anna.client()
    clock.shift(HALF_AN_HOUR)

    assert client.get(MAKE).location == f"/verify?next={MAKE}"


def test_the_question_who_is_there_is_answered_by_a_passkey(anna: Person, hers: Device, clock):
    client = anna.client()
    clock.shift(HALF_AN_HOUR)
    options, held = question_on(client, f"/verify?next={MAKE}", VERIFY)

    answer = client.post(
        f"{VERIFY}?next={MAKE}", data=held | {"passkey_answer": hers.prove(options)}
    )

    assert answer.location == MAKE
    assert client.get(MAKE).status_code == 200


def test_what_was_typed_goes_on_after_a_passkey(anna: Person, hers: Device, clock):
    client = anna.client()
    listing = "/coordinate/oost/people/invite"
    clock.shift(HALF_AN_HOUR)
    asked = client.post(
        "/coordinate/oost/people/invite",
        data={"csrf_token": _token(client), "email": "kim@example.org"},
    )
    options = re.search(r'data-passkey="get" data-options="([^"]+)"', asked.text)
    to = html.unescape(re.search(r'action="(/verify/passkey[^"]*)"', asked.text)[1])
    held = form_in(asked.text, to)

    answer = client.post(
        to,
        data=held | {"passkey_answer": hers.prove(json.loads(html.unescape(options[1])))},
    )

    assert held["email"] == ["kim@example.org"]
    assert (answer.status_code, answer.location) == (307, listing)


def test_a_passkey_of_another_does_not_answer_who_is_there(
    anna: Person, ben: Person, hers: Device, clock
):
    with_one = Device()
    make(ben.client(), with_one)
    client = ben.client()
    clock.shift(HALF_AN_HOUR)
    options, held = question_on(client, f"/verify?next={MAKE}", VERIFY)

    answer = client.post(VERIFY, data=held | {"passkey_answer": hers.prove(options)})

    assert answer.status_code == 422
    assert client.get(MAKE).status_code == 302


def test_a_page_asks_no_passkey_of_who_has_none(ben: Person, clock):
    client = ben.client()
    clock.shift(HALF_AN_HOUR)

    assert "data-passkey" not in client.get("/verify").text


def test_an_answer_for_logging_in_does_not_answer_who_is_there(
    app: Flask, anna: Person, hers: Device, clock
):
    visitor = app.test_client()
    options, held = question_on(visitor, "/login", LOG_IN)
    client = anna.client()
    clock.shift(HALF_AN_HOUR)

    answer = client.post(
        VERIFY,
        data={
            "csrf_token": _token(client),
            "passkey_question": held["passkey_question"],
            "passkey_answer": hers.prove(options),
        },
    )

    assert answer.status_code == 422


def test_a_password_alone_sets_up_no_code_where_there_is_a_passkey(
    app: Flask, client: FlaskClient, his: Device
):
    with app.app_context():
        account("olaf@example.org").tf_primary_method = None
        db.session.commit()

    log_in(client, "olaf@example.org")

    assert client.get("/tf-setup").location == "/login"
    assert enter(client, his).location == "/national/"


def test_an_officer_keeps_a_second_proof(app: Flask, client: FlaskClient, his: Device):
    with app.app_context():
        account("olaf@example.org").tf_primary_method = None
        db.session.commit()
    enter(client, his)

    submit(client, "/account", to="/account/passkeys/1/remove")

    with app.app_context():
        assert len(passkeys_of(account("olaf@example.org"))) == 1


def test_who_is_switched_off_does_not_get_in(app: Flask, client: FlaskClient, hers: Device):
    with app.app_context():
        account("anna@example.org").active = False
        db.session.commit()

    assert enter(client, hers).status_code == 422


RUBBISH = (
    "", "{", "[]", "null", "1", '"x"', "{}", '{"id": 1}', '{"id": "é"}', '{"id": "\\u0000"}',
    "[" * 4000, '{"id": "abc", "rawId": "abc", "type": "x", "response": {}}',
    '{"id": "abc", "rawId": "abc", "type": "public-key", "response": {"clientDataJSON": "%%%"}}',
)  # fmt: skip


@pytest.mark.parametrize("rubbish", RUBBISH, ids=range(len(RUBBISH)))
def test_rubbish_is_refused_with_a_page(client: FlaskClient, world: World, rubbish: str):
    _, held = question_on(client, "/login", LOG_IN)

    assert client.post(LOG_IN, data=held | {"passkey_answer": rubbish}).status_code == 422


@pytest.mark.parametrize("rubbish", RUBBISH, ids=range(len(RUBBISH)))
def test_rubbish_makes_no_passkey(anna: Person, rubbish: str):
    client = anna.client()
    _, held = question_on(client, MAKE, MAKE)

    assert client.post(MAKE, data=held | {"passkey_answer": rubbish}).status_code == 422


def test_a_first_log_in_on_a_phone_offers_a_passkey_once(app: Flask, world: World):
    phone = {"User-Agent": "Mozilla/5.0 (Linux; Android 15) Chrome/140 Mobile"}
    offers = []
    for _ in range(2):
        client = app.test_client()
        held = form_in(client.get("/login").text, "/login")
        told = held | {"email": world.anna.email, "password": PASSWORD}
        answer = client.post("/login", data=told, headers=phone)
        assert answer.location == "/coordinate/"
        offers.append(f'href="{MAKE}"' in client.get("/coordinate/").text)

    assert offers == [True, False]


def test_a_log_in_at_a_desk_offers_none(client: FlaskClient, world: World):
    log_in(client, world.anna.email)

    assert f'href="{MAKE}"' not in client.get("/coordinate/").text


@pytest.mark.parametrize(
    ("public_url", "expected"),
    [
        ("http://127.0.0.1:5000", ("localhost", "http://localhost:5000")),
        ("http://localhost:8000", ("localhost", "http://localhost:8000")),
        ("https://groups.example.org", ("groups.example.org", "https://groups.example.org")),
        (
            "https://groups.example.org:8443",
            ("groups.example.org", "https://groups.example.org:8443"),
        ),
        ("http://groups.example.org", None),
        ("https://192.0.2.7", None),
    ],
)
def test_where_passkeys_are_of_is_what_the_setting_says(
    sqlite_url: str, public_url: str, expected: tuple[str, str] | None
):
    app = create_app(settings(sqlite_url, TWAALF_PUBLIC_URL=public_url))

    with app.test_request_context(headers={"Host": "evil.example"}):
        found = site()

    assert (found and (found.host, found.origin)) == expected


def test_where_there_is_no_place_for_passkeys_nobody_is_asked(sqlite_url: str, clock):
    app = create_app(settings(sqlite_url, TWAALF_PUBLIC_URL="https://192.0.2.7"))
    World(app)

    page = app.test_client().get("/login", base_url="https://192.0.2.7")

    assert page.status_code == 200
    assert "data-passkey" not in page.text


def test_nothing_that_a_thief_of_the_table_could_use_is_kept(app: Flask, hers: Device):
    with app.app_context():
        kept = db.session.query(PasskeyRecord).one()
        secret = hers.key.private_numbers().private_value.to_bytes(32, "big")
        assert secret not in kept.public_key
        assert db.session.query(Login).filter(Login.passkey_id.is_not(None)).count() == 0


def _token(client: FlaskClient) -> list[str]:
    return form_in(client.get("/account").text, "/account")["csrf_token"]
