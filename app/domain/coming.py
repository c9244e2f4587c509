"""The coming meetings of a group, each with the stretch of time in which it is the next one."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from app.domain.meeting import MEETS, Meeting, Schedule, Status
from app.domain.slot import Slot
from app.domain.themes import NoThemes
from app.domain.week import Week
from app.domain.zones import HOME

WEEKS_BACK = 1
"""Sunday night runs into Monday, and somewhere in the world it is still the week before."""
WEEKS_AHEAD = 12
"""Eight that are asked, and four in which nobody need roll them on."""
SOON = timedelta(days=8)
"""Between the end of one weekly meeting and the start of the next, moved by a day or not."""
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
END = datetime(2999, 12, 31, tzinfo=UTC)


@dataclass(frozen=True)
class Coming:
    """One week's meeting as whoever looks for it asks; instants are aware, in UTC.

    At each instant exactly one of a group's has `next_from` <= instant < `ends`: its next that is
    on. The last of all has no `starts`: it says that nothing is known from then on.
    """

    week: Week
    starts: datetime | None
    ends: datetime
    next_from: datetime | None
    """The end of the one before that was on; None for one that is not on."""
    day: date | None = None
    """By the clock of whoever looks, as is the minute."""
    minute: int | None = None
    is_open: bool = False
    """Somebody said that anybody may come."""

    @cached_property
    def is_on(self) -> bool:
        return self.starts is not None and self.next_from is not None

    @cached_property
    def is_soon(self) -> bool:
        """It begins so shortly after the one before that no other day of the week lies between."""
        return (
            self.starts is not None
            and self.next_from is not None
            and self.starts - self.next_from <= SOON
        )


def weeks_kept(schedule: Schedule, now: datetime) -> tuple[Week, Week]:
    """Return the first and the last week of which a group's meetings are kept at an instant."""
    this = Week.at(now, schedule.zone)
    return this + -WEEKS_BACK, this + WEEKS_AHEAD


def coming_meetings(schedule: Schedule, now: datetime) -> Iterator[Coming]:
    """Yield the meetings of the weeks kept, in order, and what comes after them.

    The schedule reaches over these weeks.
    """
    first, last = weeks_kept(schedule, now)
    if schedule.deviations or schedule.closures:
        yield from _put_together(schedule, first, last)
    else:
        yield from _of_all_alike(_agreement(schedule), first, last)


class _Agreement(NamedTuple):
    """All that decides when a group meets of which no week is otherwise, and who may come."""

    zone: ZoneInfo
    status: Status
    since: date
    at: datetime | None
    is_open: bool | None
    slots: tuple[Slot, ...]


def _agreement(schedule: Schedule) -> _Agreement:
    stands = schedule.status_since, schedule.status_at
    if schedule.status in MEETS:
        stands = date.min, None  # it does, whenever it began to
    return _Agreement(
        schedule.zone,
        schedule.status,
        *stands,
        schedule.is_open,
        tuple(replace(slot, place=None, themes=NoThemes()) for slot in schedule.slots),
    )


@lru_cache(maxsize=1024)
def _of_all_alike(agreed: _Agreement, first: Week, last: Week) -> tuple[Coming, ...]:
    """Return the meetings of every group that agreed the same: in a long list those are many."""
    schedule = Schedule(
        agreed.zone,
        agreed.status,
        agreed.since,
        agreed.slots,
        status_at=agreed.at,
        is_open=agreed.is_open,
    )
    return tuple(_put_together(schedule, first, last))


def _put_together(schedule: Schedule, first: Week, last: Week) -> Iterator[Coming]:
    free_from = BEGINNING
    for meeting in schedule.meetings(first, last - first + 1):
        coming = _as_asked(meeting, free_from)
        yield coming
        if meeting.is_on:
            free_from = max(free_from, coming.ends)
    yield Coming(last + 1, None, END, free_from, is_open=schedule.is_open is True)


def _as_asked(meeting: Meeting, free_from: datetime) -> Coming:
    here = meeting.starts.astimezone(HOME)
    return Coming(
        week=meeting.week,
        starts=meeting.starts.astimezone(UTC),
        ends=meeting.ends.astimezone(UTC),
        next_from=free_from if meeting.is_on else None,
        day=here.date(),
        minute=here.hour * 60 + here.minute,
        is_open=meeting.is_open is True,
    )
