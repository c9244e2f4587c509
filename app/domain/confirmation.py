"""The confirmation of a listing: "this is right", on a date, and how it ages."""

from datetime import date, timedelta
from enum import StrEnum

CONFIRM_AFTER_WEEKS = 8
"""Until its coordinators are asked again, unless the fellowship says otherwise."""
CONFIRM_AFTER_CHOICES = tuple(range(1, 53))


class Freshness(StrEnum):
    """How sure a reader may be."""

    GREEN = "green"
    AMBER = "amber"
    """Older than it should be: its coordinators are being asked."""
    ASK_FIRST = "ask_first"
    """Never confirmed, or twice as old: call before you go."""


def freshness(confirmed_on: date | None, today: date, after_weeks: int) -> Freshness:
    """Return how a confirmation of a day stands today; the last day of each stage is in it."""
    if confirmed_on is None or today > confirmed_on + timedelta(weeks=2 * after_weeks):
        return Freshness.ASK_FIRST
    if today > confirmed_on + timedelta(weeks=after_weeks):
        return Freshness.AMBER
    return Freshness.GREEN
