"""What happens to accounts: log-ins begin and end, fail, and people name themselves."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app import clock
from app.actions.parts.outbox import write_letter
from app.actions.parts.transaction import note, transaction
from app.db import db
from app.domain.keys import KEY_BYTES, hash_of
from app.domain.patience import part_of_window
from app.domain.refusal import NotTheirs
from app.domain.signin.throttle import REMEMBERED, TOLD_AFTER
from app.domain.zones import day_at_home
from app.records.accounts import Account, FailedLogin, Login, failures_anywhere_since
from app.records.changes import has_done
from app.records.request_counts import RequestCount, requests_counted

FAILURES_KEPT = timedelta(days=1)
LOGINS_KEPT = timedelta(days=90)


@transaction
def begin_login(
    account: Account,
    *,
    device: str,
    remembered: bool,
    instead_of: str | None = None,
    passkey_id: int | None = None,
    is_new_device: bool = False,
) -> str:
    """Begin a log-in and return its key, for the session cookie alone: the table has its hash.

    `instead_of` is the hash of the log-in that this one takes the place of. Of the account's
    log-ins of more than 90 days ago nothing is kept. Its owner hears of a new device by letter,
    but not of the very first log-in.
    """
    now = clock.now()
    key = secrets.token_urlsafe(KEY_BYTES)
    of_account = Login.account_id == account.id
    db.session.execute(
        delete(Login).where(
            of_account, (Login.key_hash == instead_of) | (Login.began_at < now - LOGINS_KEPT)
        )
    )
    db.session.add(
        Login(
            key_hash=hash_of(key),
            account_id=account.id,
            device=device[:60],
            remembered=remembered,
            passkey_id=passkey_id,
            began_at=now,
        )
    )
    if is_new_device and has_done(account, "begin_login"):
        values = {"name": account.name, "device": device}
        write_letter("new_device", to=account.email, language=account.language, values=values)
    note("begin_login", by=account)
    return key


@transaction
def end_login(key_hash: str, *, by: Account) -> None:
    """End one of an account's own log-ins, here or on another device, at the server.

    Ended already it stays so. Raises NotTheirs.
    """
    login = db.session.get(Login, key_hash, populate_existing=True)
    if login is None or login.account_id != by.id:
        raise NotTheirs
    login.ended_at = login.ended_at or clock.now()
    note("end_login", by=by)


@transaction
def end_logins(*, by: Account, but: str | None = None) -> None:
    """End all log-ins of an account, but the one with this hash."""
    _end_others(by, but)
    note("end_logins", by=by)


@transaction
def keep_new_password(*, by: Account, but: str | None) -> None:
    """End the log-ins made with the former password, all but the one with this hash."""
    _end_others(by, but)
    note("change_password", by=by)


@transaction
def keep_new_second_factor(*, by: Account, but: str | None) -> None:
    """End the log-ins made without the second factor as it is now, and tell its owner.

    The paper codes that belonged to the former one are forgotten.
    """
    _end_others(by, but)
    by.mf_recovery_codes = None
    write_letter(
        "second_factor_changed", to=by.email, language=by.language, values={"name": by.name}
    )
    note("change_second_factor", by=by)


@transaction
def note_failed_login(
    identity_hash: str, network_hash: str, *, account: Account | None = None
) -> None:
    """Count a wrong password or code, and forget those of more than a day ago.

    The owner of the `account`, if there is one, hears once a day that somebody guesses often.
    """
    now = clock.now()
    before = failures_anywhere_since(identity_hash, now - REMEMBERED)
    if account is not None and len(before) + 1 >= TOLD_AFTER:
        write_letter(
            "someone_guesses",
            to=account.email,
            language=account.language,
            values={"name": account.name},
            dedupe_key=f"someone_guesses:{day_at_home(now)}:{hash_of(identity_hash)}",
        )
    db.session.execute(delete(FailedLogin).where(FailedLogin.at < now - FAILURES_KEPT))
    db.session.add(FailedLogin(identity_hash=identity_hash, network_hash=network_hash, at=now))


@transaction
def count_request(key_hash: str, window: timedelta, most: int) -> datetime | None:
    """Count one more of what a keyed hash stands for, and forget all that counts no more.

    Returns None, or when one may be tried again if `most` came within the window already.
    """
    now = clock.now()
    db.session.execute(delete(RequestCount).where(RequestCount.ends_at <= now))
    number, first = requests_counted(key_hash, now)
    if number >= most:
        return first
    since, ends_at = part_of_window(now, window)
    part = {"key_hash": key_hash, "since": since, "number": 1, "ends_at": ends_at}
    insert = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
    statement: Any = insert[db.session.connection().dialect.name](RequestCount)
    one_more = {"number": RequestCount.number + 1}
    db.session.execute(
        statement.values(part).on_conflict_do_update(
            index_elements=["key_hash", "since"], set_=one_more
        )
    )
    return None


@transaction
def name_oneself(
    *,
    name: str,
    language: str,
    hears_at_once: bool | None = None,
    hears_weekly: bool | None = None,
    by: Account,
) -> None:
    """Set the name others see of an account, the language of its letters, whether it hears of each
    ask at once, and of all other questions on Sunday; None leaves that as it is."""
    account = db.session.scalar(select(Account).where(Account.id == by.id))
    assert account is not None
    account.name, account.language = name, language
    if hears_at_once is not None:
        account.hears_at_once = hears_at_once
    if hears_weekly is not None:
        account.hears_weekly = hears_weekly
    note("name_oneself", by=account)


def _end_others(account: Account, but: str | None) -> None:
    open_logins = update(Login).where(Login.account_id == account.id, Login.ended_at.is_(None))
    if but is not None:
        open_logins = open_logins.where(Login.key_hash != but)
    db.session.execute(open_logins.values(ended_at=clock.now()))
