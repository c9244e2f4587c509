"""Passkeys: what one is, which answers count, and when the last one may go."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.domain.refusal import Refusal

MOST_PASSKEYS = 10
"""Of one account: a person has so many devices at most."""
ANSWERED_WITHIN = timedelta(minutes=5)
"""How long a device may take over a question."""


class QuestionTooOld(Refusal):
    """A question is answered within minutes, and once."""


class UnknownPasskey(Refusal):
    """An answer counts when it comes from a passkey of this account that was not removed."""


class PasskeyIsCopied(Refusal):
    """A device that counts never counts backwards: if it does, there are two of it."""


class PasskeyIsKnown(Refusal):
    """A passkey belongs to one account, once."""


@dataclass(eq=False)
class EnoughPasskeys(Refusal):
    """An account has so many passkeys at most."""

    most: int


class LastProof(Refusal):
    """Who must prove themselves twice keeps a way to do so."""


@dataclass(frozen=True)
class NewPasskey:
    """What a device hands over when it makes a passkey; nothing of it is secret."""

    credential: str
    """The device's own name for it, base64url."""
    public_key: bytes
    count: int
    """How often it was used, by its own count; 0 for ever on devices that do not count."""
    transports: tuple[str, ...] = field(default=())


def check_asked(asked_at: datetime, now: datetime) -> None:
    """Raise QuestionTooOld unless a question of then may still be answered."""
    if not timedelta() <= now - asked_at <= ANSWERED_WITHIN:
        raise QuestionTooOld


def check_answer(*, asked_at: datetime, last_asked_at: datetime, count: int, last: int) -> None:
    """Raise unless this answer comes after the last one that counted.

    Each passkey answers later and later questions only, so that an answer that was overheard
    never counts again, also for devices that do not count themselves.
    """
    if asked_at <= last_asked_at:
        raise QuestionTooOld
    if (count or last) and count <= last:
        raise PasskeyIsCopied
