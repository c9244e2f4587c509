"""Logging in as people do, and the letters that come of it."""

from typing import Any

import pyotp
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app import clock
from app.db import db
from app.records.accounts import Account
from app.records.letters import Letter
from tests.browsing import submit
from tests.people import PASSWORD, TOTP_KEY

NEW_PASSWORD = "een heel ander rijtje woorden"


def log_in(
    client: FlaskClient, email: str, password: str = PASSWORD, page: str = "/login", **more: Any
) -> TestResponse:
    """Fill in the log-in form; an officer is asked for the second step after it."""
    return submit(client, page, to="/login", email=email, password=password, **more)


def log_in_twice(client: FlaskClient, email: str, code: str | None = None) -> TestResponse:
    """Log in with password and a code from the app."""
    assert log_in(client, email).location == "/tf-validate"
    return submit(client, "/tf-validate", code=code or app_code())


def app_code(key: str = TOTP_KEY) -> str:
    """Return what an authenticator app shows now."""
    return pyotp.TOTP(key).at(clock.now())


def letters(app: Flask, kind: str) -> list[dict[str, Any]]:
    """Return the values of the letters of a kind in the outbox, with `to`, oldest first."""
    with app.app_context():
        found = db.session.scalars(select(Letter).where(Letter.kind == kind).order_by(Letter.id))
        return [{"to": letter.recipient} | letter.values for letter in found]


def account(email: str) -> Account:
    """Return an account; inside an app context."""
    return db.session.scalars(select(Account).where(Account.email == email)).one()


def is_in(client: FlaskClient, page: str = "/account") -> bool:
    """Tell whether this client is logged in."""
    return client.get(page).status_code == 200
