"""The question that a passkey answers: for this site, this session and this purpose, for minutes."""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import current_app, request, session
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from itsdangerous import BadSignature, Signer

from app import clock
from app.config import secret_keys
from app.domain.signin.passkey import NewPasskey, QuestionTooOld
from app.formats.passkey import Site, ask_for_new, ask_for_proof
from app.records.accounts import Account
from app.records.signin.passkeys import passkeys_of

LOG_IN, VERIFY, MAKE = "log in", "verify", "make"
_BIRTH = datetime(1970, 1, 1, tzinfo=UTC)
_TIME_BYTES, _RANDOM_BYTES = 8, 24


@dataclass(frozen=True)
class PasskeyQuestion:
    """What a page's form takes along: options for the browser, and the signed question itself."""

    options: str
    signed: str
    origin: str


def site() -> Site | None:
    """Return where passkeys are of, by the setting of the public address alone; None for nowhere.

    Browsers know passkeys of names on https, and of `localhost` while one tries things out.
    """
    parts = urlsplit(current_app.config["TWAALF_PUBLIC_URL"])
    host = parts.hostname or ""
    try:
        loopback, is_name = ip_address(host).is_loopback, False
    except ValueError:
        loopback, is_name = host == "localhost", True
    if loopback:
        port = f":{parts.port}" if parts.port else ""
        return Site("localhost", f"{parts.scheme}://localhost{port}")
    if not is_name or parts.scheme != "https":
        return None
    return Site(host, f"https://{parts.netloc}")


def question_to_log_in() -> PasskeyQuestion | None:
    return _asked(LOG_IN, lambda where, question: ask_for_proof(where, question=question, known=[]))


def question_to_verify() -> PasskeyQuestion | None:
    """Return a question for who is logged in, or None when they have no passkey."""
    known = _known()
    if not known:
        return None
    return _asked(
        VERIFY, lambda where, question: ask_for_proof(where, question=question, known=known)
    )


def question_to_make() -> PasskeyQuestion | None:
    known = _known()
    handle = handle_of(current_user)
    return _asked(
        MAKE,
        lambda where, question: ask_for_new(
            where, question=question, handle=handle, name=current_user.email, known=known
        ),
    )


def handle_of(account: Account) -> bytes:
    """Return by what a device knows an account: nobody else learns from it who that is."""
    key = current_app.config["SECRET_KEY"].encode()
    return hmac.digest(key, f"passkey of account {account.id}".encode(), hashlib.sha256)


def question_answered(purpose: str) -> tuple[bytes, datetime]:
    """Return the question that this request answers, and when it was asked.

    Raises QuestionTooOld for one that was not ours, not this session's or not for this.
    """
    try:
        given = _signer(purpose).unsign(request.form.get("passkey_question", ""))
        question = urlsafe_b64decode(given)
    except (BadSignature, ValueError):
        raise QuestionTooOld from None
    microseconds = int.from_bytes(question[:_TIME_BYTES], "big")
    return question, _BIRTH + timedelta(microseconds=microseconds)


def _known() -> list[NewPasskey]:
    return [passkey.key for passkey in passkeys_of(current_user)]


def _asked(purpose: str, ask: Callable[[Site, bytes], str]) -> PasskeyQuestion | None:
    where = site()
    if where is None:
        return None
    microseconds = (clock.instant() - _BIRTH) // timedelta(microseconds=1)
    question = microseconds.to_bytes(_TIME_BYTES, "big") + secrets.token_bytes(_RANDOM_BYTES)
    generate_csrf()  # so that the session has what the signature is bound to
    signed = _signer(purpose).sign(urlsafe_b64encode(question)).decode()
    return PasskeyQuestion(options=ask(where, question), signed=signed, origin=where.origin)


def _signer(purpose: str) -> Signer:
    of_session = f"{session.get('csrf_token')}:{session.get('login')}"
    # The last of them signs (itsdangerous, "Key Rotation").
    return Signer(secret_keys(current_app.config)[::-1], salt=f"passkey to {purpose}:{of_session}")
