"""How long to wait after wrong passwords: longer each time, never for ever."""

from collections.abc import Sequence
from datetime import datetime, timedelta

FREE_TRIES = 5
FIRST_WAIT = timedelta(minutes=1)
LONGEST = timedelta(minutes=15)
REMEMBERED = timedelta(hours=1)


def wait_until(failures: Sequence[datetime]) -> datetime | None:
    """Return when the next try may be made, or None for at once.

    `failures` are aware instants within REMEMBERED, of one person in one network. After
    FREE_TRIES comes FIRST_WAIT, and each next failure doubles it, up to LONGEST: a delay and not
    a lock-out, with which others could lock people out.
    """
    if len(failures) < FREE_TRIES:
        return None
    doublings = min(len(failures) - FREE_TRIES, 10)
    return max(failures) + min(FIRST_WAIT * 2**doublings, LONGEST)
