"""How much patience a form for anyone asks: none of a person, some where much comes from."""

from datetime import datetime, timedelta

FILL_TIME = timedelta(seconds=2)
"""Nobody types faster."""
BURST = 5
"""Of one form, from one network, within an hour: so many are taken without any wait."""
MOST = 60
"""More than a clinic or a phone company sends within an hour."""
WINDOW = timedelta(hours=1)
"""So long what came from a network counts; who sent too much tries again after it."""
EACH_MORE = timedelta(seconds=5)
LONGEST = timedelta(seconds=60)
WINDOW_PARTS = 12
"""A window of an hour forgets by five minutes: few rows, and never a count that lasts for long."""


def patience(sent: int) -> timedelta | None:
    """Return how long a form must have been open, when so many came within the hour.

    Who writes a message has mostly waited so long already. None when no more are taken.
    """
    if sent >= MOST:
        return None
    return min(FILL_TIME + EACH_MORE * max(0, sent - BURST + 1), LONGEST)


def part_of_window(now: datetime, window: timedelta) -> tuple[datetime, datetime]:
    """Return when the part of a window that holds an instant began, and when it no longer counts."""
    seconds = max(1, int(window.total_seconds()) // WINDOW_PARTS)
    since = datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, now.tzinfo)
    return since, since + timedelta(seconds=seconds) + window
