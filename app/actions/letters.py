"""Delivering letters: leased, sent outside any lock, tried again, given up in the end."""

import logging
import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from sqlalchemy import select

from app import clock
from app.db import db, writing
from app.records.letters import Letter

log = logging.getLogger(__name__)

SMTP_SECONDS = 10
LEASE = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=1)
GIVEN_UP_AFTER = timedelta(hours=24)
AT_ONCE = 50


@dataclass(frozen=True)
class Delivery:
    """How a run went."""

    sent: int = 0
    later: int = 0
    given_up: int = 0

    def __add__(self, other: "Delivery") -> "Delivery":
        return Delivery(
            self.sent + other.sent, self.later + other.later, self.given_up + other.given_up
        )


def send_letters(mail_url: str, write_mail: Callable[[Letter], EmailMessage]) -> Delivery:
    """Send what is due, oldest first; without a mail address everything stays in the outbox.

    Each letter is leased first, so that two runs at once send it but once; a run that dies
    between the server's yes and ours sends it again, under the same Message-ID. No transaction
    is open while the server is asked. Waits 1, 2, 4, … 60 minutes after a failure, and gives up
    a day after the first.
    """
    done = Delivery()
    if not mail_url:
        return done
    while letters := _lease():
        try:
            with _connect(mail_url) as server:
                while letters:
                    done += _send(server, letters[0], write_mail)
                    del letters[0]
        except (smtplib.SMTPException, OSError) as gone:
            # No server, or it hung up: the rest waits, and there is no use in asking on.
            log.warning("The mail server did not answer: %s", type(gone).__name__)
            for letter_id in letters:
                done += _put_off(letter_id)
            break
    return done


def _send(
    server: smtplib.SMTP, letter_id: int, write_mail: Callable[[Letter], EmailMessage]
) -> Delivery:
    """Send one letter. Raises only when the server is gone; other faults are this letter's."""
    letter = db.session.get(Letter, letter_id)
    if letter is None:  # erased meanwhile, with its reader
        return Delivery()
    try:
        mail = write_mail(letter)
    except Exception as fault:
        # It must not keep the others from going. The fault may quote an address: its type will do.
        log.error("Letter %s (%s): %s", letter_id, letter.kind, type(fault).__name__)
        return _put_off(letter_id)
    try:
        server.send_message(mail)
    except smtplib.SMTPServerDisconnected:
        raise
    except smtplib.SMTPException:
        return _put_off(letter_id)  # such as 451, or an address that is refused
    return _mark_sent(letter_id)


def _lease() -> list[int]:
    """Take the ids of the next letters that are due, and move them on so that no other run takes them."""
    now = clock.now()
    with writing():
        due = (
            select(Letter)
            .where(Letter.sent_at.is_(None), Letter.given_up_at.is_(None), Letter.due_at <= now)
            .order_by(Letter.due_at, Letter.id)
            .limit(AT_ONCE)
            .with_for_update(skip_locked=True)
        )
        letters = list(db.session.scalars(due))
        for letter in letters:
            letter.due_at = now + LEASE
            letter.tries += 1
        return [letter.id for letter in letters]


def _mark_sent(letter_id: int) -> Delivery:
    with writing():
        if letter := db.session.get(Letter, letter_id):
            letter.sent_at = clock.now()
    return Delivery(sent=1)


def _put_off(letter_id: int) -> Delivery:
    now = clock.now()
    with writing():
        letter = db.session.get(Letter, letter_id)
        if letter is None:
            return Delivery()
        if now - letter.written_at >= GIVEN_UP_AFTER:
            letter.given_up_at = now
            return Delivery(given_up=1)
        wait = timedelta(minutes=2 ** min(letter.tries - 1, 6))
        letter.due_at = now + min(wait, LONGEST_WAIT)
    return Delivery(later=1)


def _connect(mail_url: str) -> smtplib.SMTP:
    parts = urlsplit(mail_url)
    secure = parts.scheme == "smtps"
    kind = smtplib.SMTP_SSL if secure else smtplib.SMTP
    server = kind(parts.hostname or "", parts.port or (465 if secure else 25), timeout=SMTP_SECONDS)
    server.ehlo()
    if not secure and server.has_extn("starttls"):
        server.starttls()
        server.ehlo()
    if parts.username:
        server.login(unquote(parts.username), unquote(parts.password or ""))
    return server
