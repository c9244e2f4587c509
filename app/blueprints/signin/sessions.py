"""Sessions: the cookie holds a log-in's key, the table is asked at every request."""

import re
from contextlib import suppress
from datetime import timedelta
from typing import Any

from flask import Flask, flash, g, request, session
from flask_babel import gettext as _
from flask_login import current_user, user_logged_out
from flask_security.signals import (
    password_changed,
    password_reset,
    tf_code_confirmed,
    tf_disabled,
    tf_profile_changed,
    user_authenticated,
)

from app import clock
from app.actions.accounts import (
    begin_login,
    end_login,
    keep_new_password,
    keep_new_second_factor,
)
from app.blueprints.signin.known_devices import is_known
from app.blueprints.signin.leaned_on import (
    is_setting_up,
    know_by_session,
    proved_at,
    take_wish_to_be_remembered,
)
from app.blueprints.signin.passkey_question import site
from app.blueprints.web.security_log import log_event
from app.domain.keys import hash_of
from app.domain.refusal import NotTheirs
from app.records.accounts import Account, Login, devices_of
from app.records.signin.open_logins import find_login
from app.records.signin.passkeys import PasskeyRecord, has_passkey

OFFICER_IDLE = timedelta(minutes=30)
OFFICER_AT_MOST = timedelta(hours=12)
IDLE = timedelta(hours=12)
REMEMBERED = timedelta(days=90)
SEEN_EVERY = 60
"""Seconds between two notes of "last seen" in the signed cookie: a GET writes no table."""

PHONES = ("Android", "iPhone", "iPad")
"""Of the systems below, those that people carry along."""

_BROWSERS = ("Firefox", "Edg", "OPR", "SamsungBrowser", "Chrome", "Safari")
_SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Macintosh", "CrOS", "Linux")
_SPOKEN = {"Edg": "Edge", "OPR": "Opera", "SamsungBrowser": "Samsung", "Macintosh": "Mac"}


def attach(app: Flask) -> None:
    """Ask our table who is logged in; begin and end its rows with Flask-Security's log-ins."""
    manager = app.login_manager  # type: ignore[attr-defined]
    manager.user_loader(_load)
    # Flask-Security would take a token in an address or header for a log-in, past our table.
    manager.request_loader(lambda _request: None)
    # Flask-Login would put a hash of the visitor's address into the cookie.
    manager.session_protection = None
    user_authenticated.connect(_began, app)
    user_logged_out.connect(_ended, app)
    password_changed.connect(_password_changed, app)
    password_reset.connect(_password_changed, app)
    tf_profile_changed.connect(_second_factor_changed, app)
    tf_disabled.connect(_second_factor_changed, app)
    tf_code_confirmed.connect(_second_step_taken, app)


def current_login() -> str | None:
    """Return the hash of the log-in that this request came with."""
    key = session.get("login")
    return hash_of(key) if isinstance(key, str) else None


def renew(account: Account) -> None:
    """Give this session another key, when what its account may do has changed."""
    _begin_anew(account)


def _load(uniquifier: str) -> Account | None:
    """Return the account of the session's log-in while that holds. One query."""
    key_hash = current_login()
    login = find_login(key_hash) if key_hash else None
    if login is None or login.account.fs_uniquifier != uniquifier or not login.account.active:
        return None
    if not _holds(login, session.get("seen", 0)):
        return None
    if _now() - session["seen"] > SEEN_EVERY:
        session["seen"] = _now()
    know_by_session()
    return login.account


def _holds(login: Login, seen: int) -> bool:
    account = login.account
    since = clock.now() - login.began_at
    idle = timedelta(seconds=_now() - seen)
    if account.needs_second_factor:
        # Who became an officer while logged in has shown no second factor yet.
        has_one = account.tf_primary_method is not None or login.passkey_id is not None
        return has_one and idle <= OFFICER_IDLE and since <= OFFICER_AT_MOST
    return since <= REMEMBERED and (login.remembered or idle <= IDLE)


def _began(_app: Flask, user: Account, authn_via: list[str] | None = None, **_more: Any) -> None:
    # Flask-Login's own cookie for this ignores a change of keys: our session lasts instead.
    wished = take_wish_to_be_remembered()
    if authn_via == ["change"]:
        _begin_anew(user)
        g.logged_in_here = user
        return
    _offer_passkey(user)
    passkey: PasskeyRecord | None = g.get("by_passkey")
    _begin(
        user,
        remembered=wished and not user.needs_second_factor,
        passkey_id=passkey.id if passkey else None,
        is_new_device=not is_known(user),
    )
    g.just_logged_in = g.logged_in_here = user
    log_event("log_in", account=user.id)


def _offer_passkey(account: Account) -> None:
    """Offer a passkey on the page after somebody's first log-in on a phone, until they have one."""
    device = device_of(request.user_agent.string)
    phones = {known for known in devices_of(account) if _is_phone(known)}
    if _is_phone(device) and not phones and site() and not has_passkey(account.fs_uniquifier):
        flash(_("Volgende keer met je vinger, je gezicht of je schermcode inloggen?"), "passkey")


def _is_phone(device: str) -> bool:
    return device.endswith(PHONES)


def _begin_anew(account: Account) -> None:
    key_hash = current_login()
    login = find_login(key_hash) if key_hash else None
    _begin(
        account,
        remembered=bool(login and login.remembered),
        passkey_id=login.passkey_id if login else None,
    )


def _begin(
    account: Account, *, remembered: bool, passkey_id: int | None, is_new_device: bool = False
) -> None:
    """Give a session a new key: one that was planted before is worth nothing (fixation)."""
    device = device_of(request.user_agent.string)
    session["login"] = begin_login(
        account,
        device=device,
        remembered=remembered,
        instead_of=current_login(),
        passkey_id=passkey_id,
        is_new_device=is_new_device,
    )
    session["seen"] = _now()
    proved_at(_now())
    session.permanent = remembered
    for held in (session, g):  # forms from before belong to nobody now
        held.pop("csrf_token", None)


def _ended(_app: Flask, user: Account | None = None, **_more: Any) -> None:
    key_hash = current_login()
    if key_hash and user is not None and user.is_authenticated:
        with suppress(NotTheirs):  # another request forgot the row meanwhile
            end_login(key_hash, by=user)
        log_event("log_out", account=user.id)
    forget_session()


def forget_session() -> None:
    """Empty the session on this device, whoever it is of; nobody is logged in from here on."""
    session.clear()
    g.pop("_login_user", None)
    g.just_logged_out = True


def _password_changed(_app: Flask, user: Account, **_more: Any) -> None:
    """Keep only the log-in that was begun with the new password, if there is one."""
    keep_new_password(by=user, but=current_login() if user == current_user else None)
    log_event("password_changed", account=user.id)


def _second_factor_changed(_app: Flask, user: Account, **_more: Any) -> None:
    keep_new_second_factor(by=user, but=current_login())
    log_event("second_factor_changed", account=user.id)


def _second_step_taken(_app: Flask, user: Account, **_more: Any) -> None:
    """See when a first log-in sets the second factor up: Flask-Security calls it a log-in."""
    if is_setting_up():
        keep_new_second_factor(by=user, but=None)
        log_event("second_factor_changed", account=user.id)


def _now() -> int:
    return int(clock.now().timestamp())


def device_of(user_agent: str) -> str:
    """Return a kind of device such as `Firefox, Android`, from a user agent's text."""
    found = [
        next((name for name in names if re.search(rf"\b{name}\b", user_agent)), "")
        for names in (_BROWSERS, _SYSTEMS)
    ]
    return ", ".join(_SPOKEN.get(name, name) for name in found if name)
