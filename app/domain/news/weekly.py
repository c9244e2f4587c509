"""The letter of Sunday evening: when it is written, and about which week."""

from datetime import datetime, time

from app.domain.head_count import last_to_count
from app.domain.meeting import Meeting, Schedule
from app.domain.week import Week
from app.domain.zones import HOME

SUNDAY, MONDAY = 7, 1
WRITTEN_FROM = time(18)
"""By the clock of most readers, on Sunday."""
WRITTEN_UNTIL = time(12)
"""On Monday: after that the week has begun without it."""
COUNTED_BACK = 2
"""Weeks: a meeting longer ago is not asked about."""


def week_to_tell(now: datetime) -> Week | None:
    """Return the week that a letter tells of at an aware instant, or None when none is written."""
    here = now.astimezone(HOME)
    if here.isoweekday() == SUNDAY and here.time() >= WRITTEN_FROM:
        return Week.of(here.date()) + 1
    if here.isoweekday() == MONDAY and here.time() < WRITTEN_UNTIL:
        return Week.of(here.date())
    return None


def to_count(schedule: Schedule, week: Week, now: datetime) -> Meeting | None:
    """Return the last meeting that is over and so near to a week that its heads are asked for."""
    meeting = last_to_count(schedule, now)
    if meeting is None or meeting.ends > now or week - meeting.week > COUNTED_BACK:
        return None
    return meeting
