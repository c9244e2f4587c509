"""What an account may be: coordinator of groups, officer of a fellowship, overseer."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

WEEKS_OF_NOTICE = 6
"""So long before a service ends, the desk and a letter ask who follows."""

DAYS_TO_ANSWER = 7
"""So long does a coordinator have to say that they stay, when their office gets no answer."""
DAYS_OF_QUIET = 28
"""So long after they said so, the office does not ask it again."""

DAYS_TO_UNDO_JOINING = 30
"""So long may who coordinated before undo that somebody else began to."""


class Role(StrEnum):
    COORDINATOR = "coordinator"
    OFFICER = "officer"
    OVERSEER = "overseer"

    @property
    def needs_second_factor(self) -> bool:
        return self is not Role.COORDINATOR


def nobody_is_left(ends: Iterable[date | None], today: date) -> bool:
    """Tell whether no service of these goes on; it does on its last day, and without one."""
    return all(until is not None and until < today for until in ends)


def last_day_of_silence(today: date) -> date:
    """Return the last day of who does not answer their office today."""
    return today + timedelta(days=DAYS_TO_ANSWER)


def is_new(since: date, today: date) -> bool:
    """Tell whether who coordinates since a day may still be taken out by who did so before."""
    return today <= since + timedelta(days=DAYS_TO_UNDO_JOINING)


def ends_soon(until: date | None, today: date) -> bool:
    """Tell whether a service that ends on a day should be asked who follows."""
    return until is not None and today + timedelta(weeks=WEEKS_OF_NOTICE) >= until
