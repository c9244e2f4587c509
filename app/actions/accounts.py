"""What happens to accounts: log-ins begin and end, fail, and people name themselves."""

import secrets
from datetime import timedelta

from sqlalchemy import delete, select, update

from app import clock
from app.actions.transaction import note, transaction
from app.db import db
from app.domain.keys import KEY_BYTES, hash_of
from app.records.accounts import Account, FailedLogin, Login

FAILURES_KEPT = timedelta(days=1)


@transaction
def begin_login(
    account: Account, *, device: str, remembered: bool, codes_used: dict[str, int] | None = None
) -> str:
    """Begin a log-in and return its key, for the session cookie alone: the table has its hash.

    `codes_used` are the time steps of one-time codes that were accepted, by secret: they are
    kept, so that no code works twice (RFC 6238 5.2).
    """
    key = secrets.token_urlsafe(KEY_BYTES)
    db.session.add(
        Login(
            key_hash=hash_of(key),
            account_id=account.id,
            device=device[:60],
            remembered=remembered,
            began_at=clock.now(),
        )
    )
    if codes_used:
        account.totp_counters = {**(account.totp_counters or {}), **codes_used}
    note("begin_login", by=account)
    return key


@transaction
def end_login(key_hash: str, *, by: Account) -> None:
    """End one of an account's own log-ins, here or on another device, at the server."""
    db.session.execute(
        update(Login)
        .where(Login.key_hash == key_hash, Login.account_id == by.id, Login.ended_at.is_(None))
        .values(ended_at=clock.now())
    )
    note("end_login", by=by)


@transaction
def end_logins(*, by: Account, but: str | None = None) -> None:
    """End all log-ins of an account, but the one with this hash."""
    open_logins = update(Login).where(Login.account_id == by.id, Login.ended_at.is_(None))
    if but is not None:
        open_logins = open_logins.where(Login.key_hash != but)
    db.session.execute(open_logins.values(ended_at=clock.now()))
    note("end_logins", by=by)


@transaction
def note_failed_login(identity_hash: str, network_hash: str) -> None:
    """Count a wrong password or code, and forget those of more than a day ago."""
    now = clock.now()
    db.session.execute(delete(FailedLogin).where(FailedLogin.at < now - FAILURES_KEPT))
    db.session.add(FailedLogin(identity_hash=identity_hash, network_hash=network_hash, at=now))


@transaction
def name_oneself(*, name: str, language: str, by: Account) -> None:
    """Set the name others see of an account, and the language of its letters."""
    account = db.session.scalar(select(Account).where(Account.id == by.id))
    assert account is not None
    account.name, account.language = name, language
    note("name_oneself", by=account)
