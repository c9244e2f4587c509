"""The feed: which weeks a group's calendar holds, and how long it outlives its group."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.domain.meeting import Status
from app.domain.week import Week

WEEKS_BACK, WEEKS_AHEAD = 12, 52
WEEKS = WEEKS_BACK + 1 + WEEKS_AHEAD
OF_SEVERAL_BACK, OF_SEVERAL_AHEAD = 2, 8
"""What is asked of many groups at once is where to go soon."""
KEPT_AFTER_CLOSING = timedelta(days=90)
"""Calendars keep what they have on any error: they need this long to see the meetings end."""


WEEKS_SEEN_BACK = WEEKS_BACK + KEPT_AFTER_CLOSING // timedelta(weeks=1) + 2
"""No feed shows more of the past: that of a closed group stands still until it ends."""


class FeedKind(StrEnum):
    NAMED = "named"
    DISCREET = "discreet"
    """Nothing in it tells what the appointment is about: for the lock screen."""


@dataclass(frozen=True)
class Window:
    """The weeks that a feed holds around one week of its group."""

    week: Week
    is_of_several: bool = False
    """Beside the windows of other groups, in one calendar."""

    @property
    def first(self) -> Week:
        return self.week + -(OF_SEVERAL_BACK if self.is_of_several else WEEKS_BACK)

    @property
    def last(self) -> Week:
        return self.week + (OF_SEVERAL_AHEAD if self.is_of_several else WEEKS_AHEAD)

    @property
    def weeks(self) -> int:
        """How many there are."""
        return OF_SEVERAL_BACK + 1 + OF_SEVERAL_AHEAD if self.is_of_several else WEEKS


def window_at(
    now: datetime,
    zone: ZoneInfo,
    status: Status,
    status_since: date,
    *,
    is_of_several: bool = False,
) -> Window:
    """Return the window of a feed at an aware instant: it moves on Mondays of the group's zone.

    That of a closed group stands still at its last week, so that the past stays to be seen.
    """
    week = Week.at(now, zone)
    if status is Status.CLOSED:
        week = min(week, Week.of(status_since))
    return Window(week, is_of_several)


def is_retired(since: date, today: date) -> bool:
    """Tell whether a feed that was given up on a day has ended: on the first Monday from day 90."""
    return Week.of(today).monday >= since + KEPT_AFTER_CLOSING


def is_over(now: datetime, zone: ZoneInfo, status: Status, status_since: date) -> bool:
    """Tell whether a closed group's feed has ended: on the first Monday on or after day 90."""
    if status is not Status.CLOSED:
        return False
    return is_retired(status_since, now.astimezone(zone).date())


def holds_until(now: datetime, zone: ZoneInfo) -> datetime:
    """Return the aware instant until which a feed stays the same if nobody writes.

    Windows move, and feeds end, on Mondays of the group's zone.
    """
    return datetime.combine((Week.at(now, zone) + 1).monday, time(), tzinfo=zone)
