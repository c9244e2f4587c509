"""How long to wait after wrong passwords: longer each time, never for ever."""

from collections.abc import Sequence
from datetime import datetime, timedelta

FREE_TRIES = 5
LONGEST = timedelta(seconds=60)
REMEMBERED = timedelta(minutes=15)


def wait_until(failures: Sequence[datetime]) -> datetime | None:
    """Return when the next try may be made, or None for at once.

    `failures` are aware instants within REMEMBERED. After FREE_TRIES each next one doubles
    the wait, up to LONGEST: a delay and not a lock-out, with which others could lock people out.
    """
    if len(failures) < FREE_TRIES:
        return None
    seconds = 2 ** min(len(failures) - FREE_TRIES + 2, 10)
    return max(failures) + min(timedelta(seconds=seconds), LONGEST)
