"""The security log tells what happened to an account, and nothing of who or where from."""

import json
import logging
import sys

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.blueprints.web import security_log
from tests.blueprints.signing import NEW_PASSWORD, log_in
from tests.browsing import submit
from tests.people import PASSWORD, Person

ADDRESS = "198.51.100.77"
KEY = "x1Y2z3_-x1Y2z3_-x1Y2z3_-"


def test_it_tells_who_logged_in_and_changed_what(log: list[dict], app: Flask, anna: Person):
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = ADDRESS

    log_in(client, anna.email, "niet het goede wachtwoord")
    log_in(client, anna.email)
    submit(client, "/change", password=PASSWORD, new_password=NEW_PASSWORD,
           new_password_confirm=NEW_PASSWORD)  # fmt: skip
    submit(client, "/account", to="/logout")

    assert [line["event"] for line in log] == [
        "log_in_failed",
        "log_in",
        "password_changed",
        "log_out",
    ]
    assert [line["account"] for line in log] == [None, anna.id, anna.id, anna.id]


def test_it_holds_no_address_name_password_or_agent(
    log: list[dict], client: FlaskClient, anna: Person
):
    client.environ_base |= {"REMOTE_ADDR": ADDRESS, "HTTP_USER_AGENT": "Marker/1.0"}

    log_in(client, anna.email)

    written = json.dumps(log)
    for marker in (ADDRESS, "Anna", anna.email, PASSWORD, "Marker"):
        assert marker not in written


def test_a_network_looks_the_same_within_a_day_and_other_the_next(
    log: list[dict], app: Flask, anna: Person, clock
):
    for pause in (0, 3600, 24 * 3600):
        clock.shift(pause)
        log_in(app.test_client(), anna.email)

    first, same_day, next_day = (line["from"] for line in log)
    assert first == same_day
    assert first != next_day


@pytest.mark.parametrize(
    "folder", ["feeds", "feeds/selection", "seat", "start", "invitations", "contacts", "reset"]
)
def test_no_key_stands_in_what_is_logged_of_a_fault(
    app: Flask, caplog: pytest.LogCaptureFixture, folder: str
):
    with caplog.at_level(logging.ERROR):
        app.logger.error("Exception on %s [GET]", f"/{folder}/{KEY}.ics?x={KEY[:3]}")

    assert KEY not in caplog.text
    assert f"/{folder}/…" in caplog.text


def test_what_is_logged_of_a_fault_says_where_it_arose_and_repeats_nothing(
    app: Flask, caplog: pytest.LogCaptureFixture
):
    typed = f"Kim {KEY}"
    with app.test_request_context(f"/seat/{KEY}/name", method="POST"):
        try:
            try:
                int(typed)
            except ValueError as fault:
                raise LookupError(typed) from fault
        except LookupError:
            app.log_exception(sys.exc_info())

    for told in ("Exception on /seat/…/name [POST]", "LookupError", "ValueError", __name__[-8:]):
        assert told in caplog.text
    assert "Kim" not in caplog.text
    assert KEY not in caplog.text


def test_other_paths_are_logged_as_they_are():
    assert security_log.masked("/coordinate/oost/slot") == "/coordinate/oost/slot"
