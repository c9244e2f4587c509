"""The confirmation of a listing: "this is right", on a date, and how it ages."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from app.domain.refusal import Refusal

CONFIRM_AFTER_WEEKS = 8
"""Until its coordinators are asked again, unless the fellowship says otherwise."""
LINK_LASTS = timedelta(days=30)
"""The link in a letter that asks."""
CONFIRM_AFTER_CHOICES = tuple(range(1, 53))


class NothingTicked(Refusal):
    """Whoever confirms says of at least one group that it is right."""


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


ASKS_IN_A_ROW = 3
WEEKS_BETWEEN_ASKS = 4


def is_to_ask(asked_on: Iterable[date], confirmed_on: date | None, today: date) -> bool:
    """Tell whether a coordinator is asked today about a listing that is no longer green.

    `asked_on` are the days on which this coordinator was asked about it. Who stays silent is left
    in peace after the third time, until somebody confirms.
    """
    since = [day for day in asked_on if confirmed_on is None or day > confirmed_on]
    if not since:
        return True
    is_time = today >= max(since) + timedelta(weeks=WEEKS_BETWEEN_ASKS)
    return is_time and len(since) < ASKS_IN_A_ROW
