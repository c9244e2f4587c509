"""Delivering letters: leased, sent outside any lock, tried again, given up, taken back."""

import logging
import smtplib
import ssl
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any
from urllib.parse import unquote, urlsplit

from sqlalchemy import select, update

from app import clock
from app.actions.parts.arrival import mark_arrived, mark_refused
from app.actions.parts.news.as_sent import as_sent
from app.actions.parts.timer.duties import in_turns
from app.db import db, writing
from app.records.letters import PUSHED, Letter

log = logging.getLogger(__name__)

WriteMail = Callable[[Letter, dict[str, Any]], EmailMessage]
"""Words a letter with what it says now."""
SMTP_SECONDS = 10
LOOPBACK = ("127.0.0.1", "::1", "localhost")
LEASE = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=1)
GIVEN_UP_AFTER = timedelta(hours=24)
UNTRIED_WAIT = timedelta(minutes=1)
AT_ONCE = 50
DROPPED_ENOUGH = 5
"""So many connections in a row that end without a letter are not the letters' fault."""
SAID_OF_US = frozenset({500, 502, 503, 504, 530, 534, 535, 538})
"""Refusals of how we ask or who we are (RFC 5321 4.2.2, RFC 4954 6): they are ours to mend."""


@dataclass(frozen=True)
class Delivery:
    """How a run went."""

    sent: int = 0
    later: int = 0
    given_up: int = 0
    is_away: bool = False
    """The server did not answer, or hangs up on everybody."""

    def __add__(self, other: "Delivery") -> "Delivery":
        return Delivery(
            self.sent + other.sent,
            self.later + other.later,
            self.given_up + other.given_up,
            self.is_away or other.is_away,
        )


def send_letters(mail_url: str, write_mail: WriteMail) -> Delivery:
    """Send what is due, oldest first; without a mail address everything stays in the outbox.

    Each letter is leased first, so that two runs at once send it but once; a run that dies
    between the server's yes and ours sends it again, under the same Message-ID. No transaction
    is open while the server is asked. A letter that is refused for good (5xx) is given up at once,
    and its address marked. One that fails for now waits 1, 2, 4, … 60 minutes, and is given up a
    day after its first failure. Where the connection drops, that letter waits, and the others go
    on over a new one.
    """
    done, dropped = Delivery(), 0
    while mail_url and (letters := lease()):
        while letters:
            try:
                with _connect(mail_url) as server:
                    for letter_id in in_turns(tuple(letters)):
                        letters.remove(letter_id)
                        done += _send(server, letter_id, write_mail)
                        dropped = 0 if server.sock is not None else dropped + 1
                        if dropped:
                            break
                if dropped >= DROPPED_ENOUGH and letters:
                    raise smtplib.SMTPServerDisconnected
            except (smtplib.SMTPException, OSError) as gone:
                # No server, or it hangs up on everybody: there is no use in asking on.
                log.error("Mail does not leave: %s", type(gone).__name__)  # noqa: TRY400
                _wait(letters)
                return done + Delivery(later=len(letters), is_away=True)
    if done.given_up:
        log.error("Given up on %s letters", done.given_up)
    return done


def take_back(message_ids: Iterable[str]) -> int:
    """Give up the letters of these Message-IDs, which came back, and mark their addresses.

    Returns how many those were. Twice the same is as once; an id that no letter has says nothing.
    """
    returned = 0
    for message_id in message_ids:
        with writing():
            letter_id = db.session.scalar(select(Letter.id).where(Letter.message_id == message_id))
            if letter_id is not None and _give_up(letter_id):
                returned += 1
    return returned


def _send(server: smtplib.SMTP, letter_id: int, write_mail: WriteMail) -> Delivery:
    """Send one letter. Raises nothing; a connection that dropped has no `sock` any more."""
    try:
        with writing():
            now_so = as_sent(letter_id, clock.now() + LEASE)
        if now_so is None:
            return Delivery()
        letter, values = now_so
        mail = write_mail(letter, values)
    except Exception as fault:  # noqa: BLE001 - it must not keep the others from going
        # The fault may quote an address: its type will do.
        log.error("Letter %s: %s", letter_id, type(fault).__name__)  # noqa: TRY400
        return put_off(letter_id, is_worded=False)
    try:
        server.send_message(mail, mail_options=_asked_of(server, letter))
    except smtplib.SMTPRecipientsRefused as refused:
        answers = [code for code, _words in refused.recipients.values()]
        is_final = all(map(_is_final, answers))
    except smtplib.SMTPDataError as refused:
        is_final = _is_final(refused.smtp_code)
    except (smtplib.SMTPException, OSError):
        is_final = False  # of the connection or the sender: nothing is said of the address
    else:
        return _mark_sent(letter_id)
    return _refused(letter_id) if is_final else put_off(letter_id)


def _asked_of(server: smtplib.SMTP, letter: Letter) -> list[str]:
    """Return what a server that reports on delivery (RFC 3461 4.3, 4.4) is asked: to name the
    letter by its Message-ID, and not to send its words round again."""
    return ["RET=HDRS", f"ENVID={letter.message_id}"] if server.has_extn("dsn") else []


def _is_final(code: int) -> bool:
    return 500 <= code < 600 and code not in SAID_OF_US


def lease(*, pushed: bool = False) -> list[int]:
    """Take the ids of the next letters that are due, and move them on so that no other run takes
    them; those that go by mail, or the messages that are `pushed` to devices.
    """
    now = clock.now()
    goes = Letter.kind == PUSHED if pushed else Letter.kind != PUSHED
    with writing():
        due = (
            select(Letter)
            .where(
                Letter.sent_at.is_(None), Letter.given_up_at.is_(None), Letter.due_at <= now, goes
            )
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
            mark_arrived(letter)
            set_fate(letter_id, sent_at=clock.now())
    return Delivery(sent=1)


def _refused(letter_id: int) -> Delivery:
    with writing():
        return Delivery(given_up=int(_give_up(letter_id)))


def put_off(letter_id: int, *, is_worded: bool = True) -> Delivery:
    """Let a letter that failed wait; one that could not be worded tells nothing of its address."""
    now = clock.now()
    with writing():
        letter = db.session.get(Letter, letter_id)
        if letter is None:
            return Delivery()
        letter.first_failed_at = letter.first_failed_at or now
        if now - letter.first_failed_at >= GIVEN_UP_AFTER:
            return Delivery(given_up=int(_give_up(letter_id, marks=is_worded)))
        wait = timedelta(minutes=2 ** min(letter.tries - 1, 6))
        letter.due_at = now + min(wait, LONGEST_WAIT)
    return Delivery(later=1)


def _give_up(letter_id: int, *, marks: bool = True) -> bool:
    """Try a letter no more; tell whether it was still to arrive. Within a transaction."""
    letter = db.session.get(Letter, letter_id)
    if letter is None or letter.given_up_at is not None:
        return False
    if marks:
        mark_refused(letter)
    set_fate(letter_id, given_up_at=clock.now())
    return True


def set_fate(letter_id: int, **values: datetime) -> None:
    """Write a letter's fate by its number: it may be erased meanwhile, with its reader."""
    db.session.execute(update(Letter).where(Letter.id == letter_id).values(values))


def _wait(letter_ids: list[int]) -> None:
    """Leave letters that were not tried to the next run: none of them has failed."""
    with writing():
        for letter in db.session.scalars(select(Letter).where(Letter.id.in_(letter_ids))):
            letter.tries -= 1
            letter.due_at = clock.now() + UNTRIED_WAIT


def _connect(mail_url: str) -> smtplib.SMTP:
    parts = urlsplit(mail_url)
    host = parts.hostname or ""
    # The mail server of the machine itself may well have signed its own certificate.
    trust = None if host in LOOPBACK else ssl.create_default_context()
    server: smtplib.SMTP
    if parts.scheme == "smtps":
        server = smtplib.SMTP_SSL(host, parts.port or 465, timeout=SMTP_SECONDS, context=trust)
    else:
        server = smtplib.SMTP(host, parts.port or 25, timeout=SMTP_SECONDS)
    server.ehlo()
    if parts.scheme != "smtps" and server.has_extn("starttls"):
        server.starttls(context=trust)
        server.ehlo()
    if parts.username:
        server.login(unquote(parts.username), unquote(parts.password or ""))
    return server
