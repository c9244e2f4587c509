"""What happens to accounts: log-ins begin and end, fail, and people name themselves."""

import secrets
from datetime import timedelta

from sqlalchemy import delete, select, update

from app import clock
from app.actions.outbox import write_letter
from app.actions.transaction import note, transaction
from app.db import db
from app.domain.keys import KEY_BYTES, hash_of
from app.records.accounts import Account, FailedLogin, Login

FAILURES_KEPT = timedelta(days=1)
LOGINS_KEPT = timedelta(days=90)


@transaction
def begin_login(
    account: Account, *, device: str, remembered: bool, instead_of: str | None = None
) -> str:
    """Begin a log-in and return its key, for the session cookie alone: the table has its hash.

    `instead_of` is the hash of the log-in that this one takes the place of. Of the account's
    log-ins of more than 90 days ago nothing is kept.
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
            began_at=now,
        )
    )
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


def _end_others(account: Account, but: str | None) -> None:
    open_logins = update(Login).where(Login.account_id == account.id, Login.ended_at.is_(None))
    if but is not None:
        open_logins = open_logins.where(Login.key_hash != but)
    db.session.execute(open_logins.values(ended_at=clock.now()))
