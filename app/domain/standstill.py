"""A run of meetings that are all shut, such as a summer stop, and when it starts again."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

from app.domain.closure import Closure
from app.domain.meeting import Difference, Meeting, Schedule
from app.domain.week import Week

WEEKS_READ = 55
"""A closure lasts at most a year."""
FEWEST = 2


@dataclass(frozen=True)
class Standstill:
    """First and last day of what shuts them; `again` is the first meeting that is on, if known."""

    first: date
    last: date
    reason: str
    again: Meeting | None


def standstill(schedule: Schedule, today: date) -> Standstill | None:
    """Return the run that the next meetings fall in, or None when fewer than two do.

    The schedule reaches over WEEKS_READ weeks.
    """
    meetings = (one for one in schedule.meetings(Week.of(today), WEEKS_READ) if one.day >= today)
    run: list[Meeting] = []
    after: Meeting | None = None
    for meeting in meetings:
        if Difference.SHUT not in meeting.differences:
            after = meeting
            break
        run.append(meeting)
    if len(run) < FEWEST:
        return None
    again = next((one for one in chain([after] if after else [], meetings) if one.is_on), None)
    shutting = [one for one in schedule.closures if _falls_on(one, run)]
    last = max(one.last for one in shutting)
    if after and after.day <= last:  # it meets elsewhere, or all the same, before that
        last = after.day - timedelta(days=1)
    return Standstill(
        min(one.first for one in shutting),
        last,
        run[0].reason,
        again,
    )


def _falls_on(closure: Closure, run: list[Meeting]) -> bool:
    return any(closure.falls_on(one.starts, one.place.id if one.place else None) for one in run)
