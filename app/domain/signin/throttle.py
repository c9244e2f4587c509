"""How long to wait after wrong passwords: longer each time, never for ever."""

from collections.abc import Sequence
from datetime import datetime, timedelta

FREE_TRIES = 5
FREE_TRIES_ANYWHERE = 8
"""Of one account from all networks together, on devices that it never logged in on."""
FIRST_WAIT = timedelta(minutes=1)
LONGEST = timedelta(minutes=15)
LONGEST_ANYWHERE = timedelta(minutes=5)
"""Shorter, as it may keep its owner waiting who has a new device: twelve guesses an hour."""
REMEMBERED = timedelta(hours=1)
TOLD_AFTER = 10
"""Wrong passwords within REMEMBERED, after which the owner hears of it."""


def wait_until(failures: Sequence[datetime]) -> datetime | None:
    """Return when the next try may be made in one network, or None for at once.

    `failures` are aware instants within REMEMBERED, of one person in one network. After
    FREE_TRIES comes FIRST_WAIT, and each next failure doubles it, up to LONGEST: a delay and not
    a lock-out, with which others could lock people out.
    """
    return _wait(failures, FREE_TRIES, LONGEST)


def wait_anywhere_until(failures: Sequence[datetime]) -> datetime | None:
    """Return when somebody may try again on a device the account does not know, or None.

    `failures` are those of one person in all networks: who guesses from many is slowed as well.
    """
    return _wait(failures, FREE_TRIES_ANYWHERE, LONGEST_ANYWHERE)


def _wait(failures: Sequence[datetime], free: int, longest: timedelta) -> datetime | None:
    if len(failures) < free:
        return None
    doublings = min(len(failures) - free, 10)
    wait: timedelta = min(FIRST_WAIT * 2**doublings, longest)
    return max(failures) + wait
