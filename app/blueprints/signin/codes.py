"""What Flask-Security asks of us: codes that work once, passwords nobody guesses, letters."""

import hashlib
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from flask import current_app
from flask_security import EmailValidateException, MailUtil, PasswordUtil, hash_password
from passlib.totp import TokenError

from app import clock
from app.actions.parts.outbox import write_letter
from app.actions.parts.transaction import transaction
from app.blueprints.signin.common_words import DUTCH_WORDS
from app.blueprints.signin.leaned_on import (
    SealedTotp,
    get_message,
    mailed_code_secrets,
    password_length_validator,
)
from app.domain.signin.passwords import is_made_of, words_in
from app.formats.mail_address import read_address
from app.formats.printed.qr import QrCode, qr_code
from app.records.accounts import Account
from app.records.signin.names import names_about

COMMON_SCORE = 3
"""zxcvbn's score below which a password is common or soon guessed: some 10^8 guesses."""
OF_THE_SITE = ("twaalf", "wachtwoord", "welkom", "groep", "kring", "zelfhulp", "zelfhulpgroep")
"""Ours, of all sites, is the one where people try these."""
LONGEST_PASSWORD = 128
"""Characters; Flask-Security takes no more of a new one."""
LONGEST_GUESSED = 72
"""zxcvbn takes too long over more, and nobody guesses what is longer."""
SAME_LETTER_SECONDS = {"reset_password": 600, "login_code": 60}
"""Who asks again within this time has a letter under way: nobody's mailbox is flooded."""


class SingleUseTotp(SealedTotp):
    """One-time codes that work once: the time step of the last one stands in the account."""

    def verify_totp(self, token: str, totp_secret: str, user: Any, window: int = 0) -> bool:
        """Tell whether a code is right and not used before, and note that it is used now.

        A code that we mailed holds for twice `window` seconds from then on; an app's code for
        `window` seconds before and after, as clocks differ.
        """
        used = dict(user.totp_counters or {})
        name = hashlib.sha256(totp_secret.encode()).hexdigest()[:16]
        mailed = totp_secret in mailed_code_secrets(user).values()
        try:
            match = self.match(
                token,
                totp_secret,
                window=window,
                skew=-window if mailed else 0,
                last_counter=used.get(name),
            )
        except TokenError:
            return False
        user.totp_counters = used | {name: match.counter}
        return True

    def generate_qrcode(self, username: str, totp: str) -> QrCode:  # type: ignore[override]  # no data address
        """Return a QR code for the page to draw: the content policy allows no data address."""
        return qr_code(self.get_totp_uri(username, totp))


class Passwords(PasswordUtil):
    """Twelve to 128 characters, none of the common ones, and no further rules."""

    def normalize(self, password: str) -> str:
        """Return a password as it is hashed: of a longer one so much that it fits nobody's.

        To decompose takes as long as the square of the marks on one letter, and a hash of more
        than 4096 characters is refused by an error.
        """
        return super().normalize(password[: LONGEST_PASSWORD + 1])

    def validate(
        self,
        password: str,
        is_register: bool,
        *,
        user: Any = None,
        about: Sequence[str] = (),
        **_: Any,
    ) -> tuple[list[str] | None, str]:
        """Return why a password will not do, or None, and how it is hashed.

        `about` are names that belong to its owner, beside those of the account `user`.
        """
        if user is not None:
            about = [*about, *names_about(user)]
        normal = self.normalize(password)
        refused = password_length_validator(normal)
        if not refused and len(normal) <= LONGEST_GUESSED:
            own = words_in([*OF_THE_SITE, *_about_site(), *about])
            from zxcvbn import zxcvbn

            guessed = zxcvbn(normal, user_inputs=[*own, *DUTCH_WORDS])
            if guessed["score"] < COMMON_SCORE or is_made_of(normal, own):
                refused = [get_message("PASSWORD_TOO_SIMPLE")[0]]
        return refused, normal


def _about_site() -> list[str]:
    return [urlsplit(current_app.config["TWAALF_PUBLIC_URL"]).hostname or ""]


class OutboxMail(MailUtil):
    """Reads addresses as all our forms do; writes a letter and sends nothing.

    The request knows no mail server.
    """

    def normalize(self, email: str) -> str:
        address = read_address(email)
        if address is None:
            raise EmailValidateException(get_message("INVALID_EMAIL_ADDRESS")[0])
        return address

    validate = normalize

    def send_mail(self, template: str, *_: Any, **context: Any) -> None:
        """Write a letter; `template` is its kind: signin_settings.py names them so."""
        user: Account = context["user"]
        values = {"name": user.name}
        if template == "reset_password":
            hash_password("nobody's")  # as long as it takes for an address that is not known
            values["token"] = context["reset_token"]
        if template == "login_code":
            values["code"] = context["login_token"]
        transaction(write_letter)(
            template,
            to=user.email,
            language=user.language,
            values=values,
            dedupe_key=_same_letter(template, user),
        )


def _same_letter(kind: str, user: Account) -> str | None:
    seconds = SAME_LETTER_SECONDS.get(kind)
    if seconds is None:
        return None
    moment = int(clock.now().timestamp()) // seconds
    used = f"{user.fs_uniquifier}{user.totp_counters}{current_app.config['SECRET_KEY']}"
    return f"{kind}:{moment}:{hashlib.sha256(used.encode()).hexdigest()[:32]}"
