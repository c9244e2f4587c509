"""The drill: a new secret key logs nobody out, and what the old one signed holds for a while."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.blueprints.signin.known_devices import _hash_for
from app.db import db
from app.domain.keys import mail_proof
from app.records.accounts import Account
from tests.blueprints.signing import log_in
from tests.browsing import submit
from tests.conftest import SECRET_KEY, settings
from tests.people import Person, World

NEW = "another-key-for-tests-only-" + "1" * 32


@contextmanager
def restarted(url: str, **keys: str) -> Iterator[Flask]:
    app = create_app(settings(url, **keys))
    try:
        yield app
    finally:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def with_cookies_of(app: Flask, client: FlaskClient) -> FlaskClient:
    """Return the same browser, of the restarted server."""
    other = app.test_client()
    for cookie in client._cookies.values():
        other.set_cookie(cookie.key, cookie.value)
    return other


@pytest.fixture
def logged_in(app: Flask, anna: Person) -> FlaskClient:
    client = app.test_client()
    log_in(client, anna.email)
    return client


def test_who_is_logged_in_stays_so_and_their_session_outlives_the_old_key(
    logged_in: FlaskClient, sqlite_url: str
):
    with restarted(sqlite_url, TWAALF_SECRET_KEY=NEW, TWAALF_OLD_SECRET_KEYS=SECRET_KEY) as app:
        client = with_cookies_of(app, logged_in)
        assert client.get("/coordinate/").status_code == 200
    with restarted(sqlite_url, TWAALF_SECRET_KEY=NEW) as app:
        assert with_cookies_of(app, client).get("/coordinate/").status_code == 200


def test_without_the_old_key_everybody_logs_in_again(logged_in: FlaskClient, sqlite_url: str):
    with restarted(sqlite_url, TWAALF_SECRET_KEY=NEW) as app:
        assert with_cookies_of(app, logged_in).get("/coordinate/").status_code == 302


@pytest.mark.parametrize(("old", "stays"), [(SECRET_KEY, True), ("", False)])
def test_a_link_in_a_letter_of_before_still_confirms_a_seat(
    client: FlaskClient, world: World, sqlite_url: str, old: str, stays: bool
):
    page = submit(
        client, "/groups/oost/ask", alias="Kim", contact="kim@example.org", consent="1"
    ).location
    proof = mail_proof(SECRET_KEY, page.removeprefix("/seat/"))

    with restarted(sqlite_url, TWAALF_SECRET_KEY=NEW, TWAALF_OLD_SECRET_KEYS=old) as app:
        other = app.test_client()
        answer = other.get(f"{page}?m={proof}")

        assert answer.status_code == 200
        assert (f'value="{proof}"' in answer.text) is stays


def test_a_device_that_was_known_is_known(
    app: Flask, logged_in: FlaskClient, anna: Person, sqlite_url: str
):
    with restarted(sqlite_url, TWAALF_SECRET_KEY=NEW, TWAALF_OLD_SECRET_KEYS=SECRET_KEY) as other:
        with other.app_context():
            account = db.session.get_one(Account, anna.id)
            hashes = {_hash_for(account, key) for key in (SECRET_KEY, NEW)}
        device = next(one for one in logged_in._cookies.values() if one.key == "device")

        assert device.value in hashes
        from app.blueprints.signin.known_devices import is_known

        with (
            other.test_request_context(headers={"Cookie": f"device={device.value}"}),
            other.app_context(),
        ):
            assert is_known(db.session.get_one(Account, anna.id))
