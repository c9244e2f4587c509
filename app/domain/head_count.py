"""The head count after a meeting: a number, and nothing about who."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.domain.meeting import Meeting, Schedule
from app.domain.refusal import Refusal
from app.domain.seating import SEATS
from app.domain.week import Week

MORE = SEATS + 1
"""Stands for "more than twelve": not an error, but a reason to start a second group."""
COUNTS = tuple(range(MORE + 1))
WEEKS_BACK = 12
"""How long ago a meeting may be that is counted yet."""
LINK_LASTS = timedelta(days=7)
"""The link in a letter that asks."""
ASKED_WITHIN = timedelta(days=2)
"""A letter that asks about a meeting longer ago would only puzzle."""


@dataclass(eq=False)
class NoSuchCount(Refusal):
    """A head count is nought to twelve, or more than twelve."""

    people: int


class NoMeetingToCount(Refusal):
    """There was no meeting that week, it was called off, or it is too long ago."""


@dataclass(eq=False)
class NotBegun(Refusal):
    """Heads are counted when the meeting has begun, not before."""

    day: date


def weeks_to_count(now: datetime, zone: ZoneInfo) -> tuple[Week, Week]:
    """Return the first and last week that can hold a meeting to count at an aware instant."""
    this = Week.at(now, zone)
    return this + -WEEKS_BACK, this


def check_count(schedule: Schedule, week: Week, people: int, now: datetime) -> None:
    """Raise NoMeetingToCount, NotBegun or NoSuchCount when this cannot be a week's count."""
    if people not in COUNTS:
        raise NoSuchCount(people)
    meeting = schedule.meeting_in(week)
    if meeting is None or not meeting.is_on or week < weeks_to_count(now, schedule.zone)[0]:
        raise NoMeetingToCount
    if meeting.starts > now.astimezone(UTC):
        raise NotBegun(meeting.day)


def last_to_count(schedule: Schedule, now: datetime) -> Meeting | None:
    """Return the last meeting that was on and has begun, or None when it is too long ago."""
    first, last = weeks_to_count(now, schedule.zone)
    for number in range(last - first + 1):
        meeting = schedule.meeting_in(last + -number)
        if meeting and meeting.is_on and meeting.starts <= now.astimezone(UTC):
            return meeting
    return None


def is_to_ask(meeting: Meeting | None, now: datetime) -> bool:
    """Tell whether a meeting has ended, and not longer ago than a letter makes sense."""
    instant = now.astimezone(UTC)
    return meeting is not None and meeting.ends <= instant < meeting.ends + ASKED_WITHIN
