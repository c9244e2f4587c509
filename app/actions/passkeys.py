"""What happens to passkeys: made, used, removed."""

from datetime import datetime

from sqlalchemy import delete, select, update

from app import clock
from app.actions.parts.outbox import write_letter
from app.actions.parts.transaction import note, transaction
from app.db import db
from app.domain.signin.passkey import (
    MOST_PASSKEYS,
    EnoughPasskeys,
    LastProof,
    NewPasskey,
    PasskeyIsKnown,
    UnknownPasskey,
    check_answer,
    check_asked,
)
from app.records.accounts import Account, Login
from app.records.signin.passkeys import PasskeyRecord, find_passkey, number_of_passkeys


@transaction
def make_passkey(
    made: NewPasskey, *, handle: bytes, device: str, asked_at: datetime, by: Account
) -> None:
    """Keep a new passkey of one's own account, and tell its owner by letter.

    Raises QuestionTooOld, PasskeyIsKnown, EnoughPasskeys.
    """
    now = clock.now()
    check_asked(asked_at, clock.instant())
    account = _held(by)
    if find_passkey(made.credential) is not None:
        raise PasskeyIsKnown
    if number_of_passkeys(account.id) >= MOST_PASSKEYS:
        raise EnoughPasskeys(MOST_PASSKEYS)
    db.session.add(
        PasskeyRecord(
            account_id=account.id,
            credential=made.credential,
            public_key=made.public_key,
            handle=handle,
            transports=list(made.transports),
            count=made.count,
            device=device[:60],
            made_at=now,
            asked_at=asked_at,
        )
    )
    _tell(account)
    note("make_passkey", by=account)


@transaction
def use_passkey(
    credential: str, *, count: int, asked_at: datetime, of: Account | None = None
) -> PasskeyRecord:
    """Let a passkey's answer, which its device signed, count once; return the passkey.

    `of` is the account that must have given it, where somebody is logged in already. Raises
    QuestionTooOld, PasskeyIsCopied, and UnknownPasskey also for an account that is switched off.
    """
    now = clock.now()
    check_asked(asked_at, clock.instant())
    query = select(PasskeyRecord).where(PasskeyRecord.credential == credential)
    passkey = db.session.scalar(
        query.with_for_update(of=PasskeyRecord), execution_options={"populate_existing": True}
    )
    if passkey is None or not passkey.account.active:
        raise UnknownPasskey
    if of is not None and passkey.account_id != of.id:
        raise UnknownPasskey
    check_answer(asked_at=asked_at, last_asked_at=passkey.asked_at, count=count, last=passkey.count)
    passkey.count, passkey.asked_at, passkey.used_at = count, asked_at, now
    note("use_passkey", by=passkey.account)
    return passkey


@transaction
def remove_passkey(passkey_id: int, *, by: Account, here: str | None) -> None:
    """Remove one of one's own passkeys, and end the log-ins that were begun with it.

    The log-in with the hash `here` goes on. Raises UnknownPasskey, LastProof.
    """
    account = _held(by)
    own = (PasskeyRecord.id == passkey_id, PasskeyRecord.account_id == account.id)
    if db.session.scalar(select(PasskeyRecord.id).where(*own)) is None:
        raise UnknownPasskey
    must_keep_one = account.needs_second_factor and account.tf_primary_method is None
    if must_keep_one and number_of_passkeys(account.id) == 1:
        raise LastProof
    another = select(PasskeyRecord.id).where(
        PasskeyRecord.account_id == account.id, PasskeyRecord.id != passkey_id
    )
    begun_with_it = Login.passkey_id == passkey_id
    db.session.execute(
        update(Login)
        .where(begun_with_it, Login.key_hash == here)
        .values(passkey_id=db.session.scalar(another.limit(1)))
    )
    db.session.execute(
        update(Login)
        .where(begun_with_it, Login.key_hash != (here or ""))
        .values(ended_at=clock.now(), passkey_id=None)
    )
    db.session.execute(delete(PasskeyRecord).where(*own))
    _tell(account)
    note("remove_passkey", by=account)


def _held(account: Account) -> Account:
    """Lock an account, so that two requests cannot both count its passkeys and go on."""
    query = select(Account).where(Account.id == account.id).with_for_update(of=Account)
    held = db.session.scalar(query, execution_options={"populate_existing": True})
    assert held is not None
    return held


def _tell(account: Account) -> None:
    write_letter(
        "passkeys_changed",
        to=account.email,
        language=account.language,
        values={"name": account.name},
    )
