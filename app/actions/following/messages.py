"""Messages to devices: out of the same outbox as letters, once, and forgotten where none is wanted."""

import logging
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from time import monotonic

from app import clock
from app.actions.letters import LEASE, Delivery, lease, put_off, set_fate
from app.actions.parts.news.as_sent import as_sent
from app.actions.parts.timer.duties import in_turns
from app.actions.parts.timer.outward import NotOutside, post
from app.db import db, erased, writing
from app.domain.news.following import Answer, carrier_of
from app.records.followers import Follower

log = logging.getLogger(__name__)

Push = Callable[[str, str, str], Answer]
"""Sends a message: where to, as its browser gave it; the language; the key of its own page. It is
called by several threads, and asks no database."""
AT_ONCE = 8
SECONDS_IN_A_RUN = 30.0
"""A service that answers slowly is asked on in the next run."""
IN_VAIN_ENOUGH = 3
"""So often a service fails in a run before the rest of its messages waits for the next."""
SLOW_SECONDS = 2.0
"""Services that carry messages take them within a tenth of it; whoever is slower has failed."""


@dataclass(frozen=True)
class _Message:
    letter_id: int
    follower_id: int
    to: str
    language: str
    key: str


@dataclass
class _Run:
    """Asks services, and leaves alone for the rest of a run which of them let others wait."""

    push: Push
    in_vain: Counter[str] = field(default_factory=Counter)
    """By who runs the service. Threads may count one less: then it is asked once more."""

    def answer(self, message: _Message) -> Answer:
        carrier = carrier_of(message.to)
        if self.in_vain[carrier] >= IN_VAIN_ENOUGH:
            return Answer.LATER
        began = monotonic()
        try:
            answer = self.push(message.to, message.language, message.key)
        except Exception as fault:  # noqa: BLE001 - it must not keep the others from going
            # The fault may quote an address: its type will do.
            log.error("Message %s: %s", message.letter_id, type(fault).__name__)  # noqa: TRY400
            answer = Answer.LATER
        if answer is Answer.LATER or monotonic() - began > SLOW_SECONDS:
            self.in_vain[carrier] += 1
        return answer


def send_messages(push: Push) -> Delivery:
    """Send the messages that are due, oldest first, each leased as letters are.

    No transaction is open while a service is asked. Who wants none any more is forgotten. Anybody
    names a service: one that is slow, or fails, keeps the messages of others no longer than a moment.
    """
    done, began, run = Delivery(), monotonic(), _Run(push)
    while monotonic() - began < SECONDS_IN_A_RUN and (letters := lease(pushed=True)):
        messages = [one for id in in_turns(letters) if (one := _message(id))]
        with ThreadPoolExecutor(AT_ONCE) as asked:
            answers = list(asked.map(run.answer, messages))
        for message, answer in in_turns(zip(messages, answers, strict=True)):
            done += _note(message, answer)
    if done.given_up:
        log.error("Given up on %s messages", done.given_up)
    return done


def push_message(
    address: str, headers: dict[str, str], body: bytes, trusted: frozenset[str]
) -> Answer:
    """Post a sealed message to the service that carries it, and return what that says of it."""
    try:
        status = post(address, headers, body, trusted)
    except NotOutside:
        return Answer.REFUSED
    if status in (404, 410):  # RFC 8030 7.3
        return Answer.GONE
    if 200 <= status < 300:
        return Answer.TAKEN
    return Answer.LATER if status in (401, 403, 429) or status >= 500 else Answer.REFUSED


def _message(letter_id: int) -> _Message | None:
    """Return what is to be sent, or None when there is no news any more."""
    try:
        with writing():
            now_so = as_sent(letter_id, clock.now() + LEASE)
            if now_so is None or now_so[0].follower_id is None:
                return None
            letter, values = now_so
            return _Message(
                letter.id, now_so[0].follower_id, letter.recipient, letter.language, values["key"]
            )
    except Exception as fault:  # noqa: BLE001 - it must not keep the others from going
        # The fault may quote an address: its type will do.
        log.error("Message %s: %s", letter_id, type(fault).__name__)  # noqa: TRY400
        put_off(letter_id, is_worded=False)
        return None


def _note(message: _Message, answer: Answer) -> Delivery:
    if answer is Answer.LATER:
        return put_off(message.letter_id, is_worded=False)
    with writing():
        follower = db.session.get(Follower, message.follower_id)
        if answer is Answer.GONE and follower is not None:
            db.session.delete(follower)
            db.session.flush()
            erased()
        elif answer is Answer.TAKEN:
            set_fate(message.letter_id, sent_at=clock.now())
            if follower is not None:
                follower.used_at = clock.now()
            return Delivery(sent=1)
        else:
            set_fate(message.letter_id, given_up_at=clock.now())
            return Delivery(given_up=1)
    return Delivery()
