"""Sessions: the cookie holds a log-in's key, the table is asked at every request."""

import re
from datetime import timedelta
from typing import Any

from flask import Flask, g, request, session
from flask_login import user_logged_out
from flask_security.signals import password_changed, password_reset, user_authenticated
from flask_security.utils import set_request_attr

from app import clock
from app.actions.accounts import begin_login, end_login, end_logins
from app.domain.keys import hash_of
from app.records.accounts import Account, Login, find_login

OFFICER_IDLE = timedelta(minutes=30)
OFFICER_AT_MOST = timedelta(hours=12)
IDLE = timedelta(hours=12)
REMEMBERED = timedelta(days=90)
SEEN_EVERY = 60
"""Seconds between two notes of "last seen" in the signed cookie: a GET writes no table."""

_BROWSERS = ("Firefox", "Edg", "OPR", "SamsungBrowser", "Chrome", "Safari")
_SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Macintosh", "CrOS", "Linux")
_SPOKEN = {"Edg": "Edge", "OPR": "Opera", "SamsungBrowser": "Samsung", "Macintosh": "Mac"}


def attach(app: Flask) -> None:
    """Ask our table who is logged in; begin and end its rows with Flask-Security's log-ins."""
    app.login_manager.user_loader(_load)  # type: ignore[attr-defined]
    # Flask-Login would put a hash of the visitor's address into the cookie.
    app.login_manager.session_protection = None  # type: ignore[attr-defined]
    user_authenticated.connect(_began, app)
    user_logged_out.connect(_ended, app)
    password_changed.connect(_password_changed, app)
    password_reset.connect(_password_reset, app)


def current_login() -> str | None:
    """Return the hash of the log-in that this request came with."""
    key = session.get("login")
    return hash_of(key) if isinstance(key, str) else None


def _load(uniquifier: str) -> Account | None:
    """Return the account of the session's log-in while that holds. Two queries."""
    key_hash = current_login()
    if key_hash is None:
        return None
    login = find_login(key_hash)
    if login is None or login.account.fs_uniquifier != uniquifier or not login.account.active:
        return None
    seen = session.get("seen", 0)
    if not _holds(login, seen):
        return None
    if _now() - seen > SEEN_EVERY:
        session["seen"] = _now()
    # As Flask-Security's own loader: without it, its views take nobody for logged in.
    set_request_attr("fs_authn_via", "session")
    set_request_attr("fs_paa", session.get("fs_paa", 0))
    return login.account


def _holds(login: Login, seen: float) -> bool:
    now = clock.now()
    idle = timedelta(seconds=now.timestamp() - seen)
    if login.account.needs_second_factor:
        return idle <= OFFICER_IDLE and now - login.began_at <= OFFICER_AT_MOST
    if login.remembered:
        return now - login.began_at <= REMEMBERED
    return idle <= IDLE


def _began(_app: Flask, user: Account, authn_via: list[str] | None = None, **_: Any) -> None:
    """Give each log-in a new key: one that was planted before is worth nothing (fixation)."""
    if authn_via == ["change"]:
        end_logins(by=user)
    # Flask-Login's own cookie for this ignores a change of keys: our session lasts instead.
    remembered = session.pop("_remember", None) == "set" and not user.needs_second_factor
    session.pop("_remember_seconds", None)
    key = begin_login(
        user,
        device=device_of(request.user_agent.string),
        remembered=remembered,
        codes_used=g.pop("codes_used", None),
    )
    session["login"] = key
    session["seen"] = _now()
    session["fs_paa"] = _now()
    session.permanent = remembered
    g.just_logged_in = user


def _ended(_app: Flask, user: Account | None = None, **_: Any) -> None:
    key_hash = current_login()
    if key_hash and user is not None and user.is_authenticated:
        end_login(key_hash, by=user)
    session.clear()
    g.just_logged_out = True


def _password_changed(_app: Flask, user: Account, **_: Any) -> None:
    end_logins(by=user, but=current_login())


def _password_reset(_app: Flask, user: Account, **_: Any) -> None:
    end_logins(by=user)


def _now() -> int:
    return int(clock.now().timestamp())


def device_of(user_agent: str) -> str:
    """Return a kind of device such as `Firefox, Android`, from a user agent's text."""
    found = [
        next((name for name in names if re.search(rf"\b{name}\b", user_agent)), "")
        for names in (_BROWSERS, _SYSTEMS)
    ]
    return ", ".join(_SPOKEN.get(name, name) for name in found if name)
