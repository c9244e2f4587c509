"""The second step: for officers and overseers from the first log-in on, for others if they wish."""

import re

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from app.db import db
from tests.blueprints.signing import (
    account,
    app_code,
    is_in,
    letters,
    log_in,
    log_in_twice,
)
from tests.browsing import submit
from tests.people import PASSWORD, TOTP_KEY, Person

STEP = 30
"""Seconds that a code is shown (RFC 6238)."""


@pytest.fixture
def new_olaf(app: Flask, olaf: Person) -> Person:
    """Olaf before his first log-in: no app on his phone yet."""
    with app.app_context():
        account(olaf.email).tf_primary_method = None
        account(olaf.email).tf_totp_secret = None
        db.session.commit()
    return olaf


def set_up(client: FlaskClient) -> str:
    """Begin to set up the second factor; return the key that the page shows."""
    page = submit(client, "/tf-setup", to="/tf-setup", setup="authenticator").text
    return re.search(r"<code>([^<]+)</code>", page)[1].replace("-", "").replace(" ", "")


def confirm(client: FlaskClient, code: str):
    return client.post("/tf-validate", data=_token(client) | {"code": code})


def paper_codes(client: FlaskClient) -> list[str]:
    return re.findall(r"<code>([^<]+)</code>", submit(client, "/mf-recovery-codes", to=None).text)


def _token(client: FlaskClient) -> dict[str, str]:
    page = client.get("/tf-validate").text
    return {"csrf_token": re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]}


def test_the_first_log_in_of_an_officer_sets_it_up_and_hands_out_paper_codes(
    app: Flask, client: FlaskClient, new_olaf: Person
):
    assert log_in(client, new_olaf.email).location == "/tf-setup"
    assert not is_in(client)
    key = set_up(client)

    answer = confirm(client, app_code(key))

    assert answer.location == "/mf-recovery-codes?next=/national/"
    assert is_in(client, "/national/")
    assert len(paper_codes(client)) == 10
    assert [letter["to"] for letter in letters(app, "second_factor_changed")] == [new_olaf.email]


def test_a_wrong_code_at_the_first_time_asks_again_for_the_same_key(
    client: FlaskClient, new_olaf: Person
):
    log_in(client, new_olaf.email)
    key = set_up(client)

    assert confirm(client, "000000").status_code == 422
    assert not is_in(client)
    assert confirm(client, app_code(key)).status_code == 303


def test_what_the_phone_scans_is_drawn_in_the_page_itself(client: FlaskClient, new_olaf: Person):
    log_in(client, new_olaf.email)

    page = submit(client, "/tf-setup", to="/tf-setup", setup="authenticator").text

    assert '<svg class="qr"' in page
    assert "data:" not in page


def test_half_a_log_in_opens_nothing(client: FlaskClient, olaf: Person):
    assert log_in(client, olaf.email).location == "/tf-validate"

    for page in ("/national/", "/account", "/change", "/mf-recovery-codes"):
        assert client.get(page).location.startswith("/login"), page


def test_the_second_step_without_the_first_leads_back_to_it(client: FlaskClient):
    assert client.get("/tf-validate").location == "/login"
    assert client.get("/tf-setup").location == "/login"
    assert client.get("/mf-recovery").location == "/login"


def test_a_code_works_once(app: Flask, olaf: Person):
    code = app_code()
    assert log_in_twice(app.test_client(), olaf.email, code).status_code == 303

    assert log_in_twice(app.test_client(), olaf.email, code).status_code == 422


def test_a_code_of_before_the_last_one_works_no_more(app: Flask, olaf: Person, clock):
    earlier = app_code()
    clock.shift(STEP)
    assert log_in_twice(app.test_client(), olaf.email).status_code == 303

    assert log_in_twice(app.test_client(), olaf.email, earlier).status_code == 422


@pytest.mark.parametrize(
    ("steps", "is_good"), [(-3, False), (-1, True), (0, True), (1, True), (3, False)]
)
def test_a_clock_may_be_one_step_off(app: Flask, olaf: Person, clock, steps: int, is_good: bool):
    clock.shift(steps * STEP)
    code = app_code()
    clock.shift(-steps * STEP)

    answer = log_in_twice(app.test_client(), olaf.email, code)

    assert answer.status_code == (303 if is_good else 422)


def test_a_paper_code_logs_in_and_works_once(app: Flask, olaf: Person):
    code, *others = paper_codes(olaf.client())

    answers = []
    for typed in (code.upper(), code, others[0]):
        client = app.test_client()
        log_in(client, olaf.email)
        answers.append(submit(client, "/mf-recovery", code=typed).status_code)

    assert answers == [303, 422, 303]


def test_paper_codes_and_the_key_are_sealed(app: Flask, new_olaf: Person):
    client = app.test_client()
    log_in(client, new_olaf.email)
    key = set_up(client)
    confirm(client, app_code(key))
    codes = paper_codes(client)

    with app.app_context():
        stored = (
            f"{account(new_olaf.email).mf_recovery_codes}{account(new_olaf.email).tf_totp_secret}"
        )

    assert not [secret for secret in (*codes, key) if secret in stored]


@time_machine.travel("2026-11-23T12:00:00Z", tick=False)
def test_a_sealed_key_opens_after_another_key_came_first(app: Flask, sqlite_url: str):
    from cryptography.fernet import Fernet

    from app import create_app
    from tests.conftest import SEALING_KEY, settings

    def factory(keys: str):
        return (
            create_app(settings(sqlite_url, TWAALF_SEALING_KEYS=keys))
            .extensions["security"]
            .totp_factory
        )

    first, last = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    sealed = factory(f"{SEALING_KEY},{last}").generate_totp_secret()
    code = factory(f"{SEALING_KEY},{last}").generate_totp_password(sealed)

    assert factory(f"{first},{SEALING_KEY}").generate_totp_password(sealed) == code
    resealed = factory(f"{first},{SEALING_KEY}").generate_totp_secret()
    with pytest.raises(KeyError):  # the new one seals
        factory(SEALING_KEY).generate_totp_password(resealed)


def test_a_coordinator_may_set_it_up_and_is_then_asked_for_it(app: Flask, anna: Person):
    client, other = anna.client(), anna.client()
    key = set_up(client)

    assert confirm(client, app_code(key)).location == "/mf-recovery-codes"

    assert is_in(client)
    assert not is_in(other)
    assert log_in(app.test_client(), anna.email).location == "/tf-validate"
    assert len(letters(app, "second_factor_changed")) == 1


def test_a_coordinator_may_switch_it_off_again_and_an_officer_not(
    app: Flask, anna: Person, olaf: Person
):
    client = anna.client()
    confirm(client, app_code(set_up(client)))

    off = submit(client, "/tf-setup", setup="disable")
    refused = submit(olaf.client(), "/tf-setup", to="/tf-setup", setup="disable")

    assert off.location == "/account"
    assert refused.status_code == 422
    assert log_in(app.test_client(), anna.email).location == "/coordinate/"
    assert log_in(app.test_client(), olaf.email).location == "/tf-validate"


def test_who_becomes_an_officer_while_logged_in_is_logged_out_until_it_is_set_up(
    app: Flask, new_olaf: Person
):
    """A role may come from anywhere; rights without a second step must not."""
    client = new_olaf.client()

    assert client.get("/national/").location.startswith("/login")


def test_the_key_of_the_tests_is_what_an_app_reads(app: Flask, olaf: Person):
    assert log_in_twice(app.test_client(), olaf.email, app_code(TOTP_KEY)).status_code == 303


def test_a_wrong_password_says_nothing_of_a_second_step(client: FlaskClient, olaf: Person):
    answer = log_in(client, olaf.email, PASSWORD + "!")

    assert (answer.status_code, answer.location) == (422, None)
