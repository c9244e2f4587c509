"""Devices that an account logged in on before: a cookie that says so, and nothing else.

It holds a keyed hash of each such account, so that it tells nobody who logged in here. Who has it
need not wait for strangers that guess at the account elsewhere, and gets no letter about a new
device. It opens no door; with another password it says nothing any more.
"""

import hashlib
import hmac
from datetime import timedelta

from flask import Flask, Response, current_app, g, request

from app.config import secret_keys
from app.records.accounts import Account

KEPT = timedelta(days=365)
MOST = 5
"""Accounts that one browser is known by; the longest ago is forgotten first."""
_HASH_CHARACTERS = 32


def attach(app: Flask) -> None:
    app.after_request(_remember)


def is_known(account: Account) -> bool:
    """Tell whether this request's browser logged in to an account before."""
    ours = [_hash_for(account, secret) for secret in secret_keys(current_app.config)]
    return any(hmac.compare_digest(one, held) for one in ours for held in _held())


def _remember(response: Response) -> Response:
    account: Account | None = g.get("logged_in_here")
    if account is not None:
        ours = _hash_for(account, current_app.config["SECRET_KEY"])
        hashes = [ours, *(held for held in _held() if held != ours)][:MOST]
        response.set_cookie(
            _name(),
            ".".join(hashes),
            max_age=KEPT,
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Lax",
        )
    return response


def _held() -> list[str]:
    hashes = request.cookies.get(_name(), "").split(".")[:MOST]
    return [one for one in hashes if len(one) == _HASH_CHARACTERS and one.isascii()]


def _name() -> str:
    return "__Host-device" if current_app.config["SESSION_COOKIE_SECURE"] else "device"


def _hash_for(account: Account, secret: str) -> str:
    made = hmac.new(secret.encode(), f"device of {account.fs_uniquifier}".encode(), hashlib.sha256)
    return made.hexdigest()[:_HASH_CHARACTERS]
