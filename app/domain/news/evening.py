"""The news of one evening, or some: what somebody knew of a week, beside what is so now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.domain.closure_effect import weeks_of
from app.domain.meeting import Difference, Meeting, Schedule
from app.domain.news.agreement import Agreed, agreements, place_mark, what_in
from app.domain.week import Week

TOLD_AHEAD = timedelta(days=7)
"""So long before it is told what is other than it was; sooner, it stands in the calendar."""
UNUSUAL = frozenset(
    {
        Difference.CANCELLED,
        Difference.SHUT,
        Difference.PAUSED,
        Difference.MOVED,
        Difference.ELSEWHERE,
    }
)


@dataclass(frozen=True)
class Known:
    """What somebody knows of one week's meeting."""

    week: Week
    starts: datetime
    """Aware."""
    is_on: bool
    place: str
    """What tells one place from another, for nobody to read."""


@dataclass(frozen=True)
class Evening:
    """One meeting as it was known, and as it is."""

    was: datetime
    now: datetime
    was_on: bool
    is_on: bool
    is_elsewhere: bool

    @property
    def is_moved(self) -> bool:
        return self.was.astimezone(UTC) != self.now.astimezone(UTC)


def known_of(meeting: Meeting) -> Known:
    return Known(meeting.week, meeting.starts, meeting.is_on, place_mark(meeting.place))


def changed(
    before: Schedule, after: Schedule, now: datetime, weeks: int
) -> list[tuple[Known, Evening]]:
    """Return what was known of the meetings to come that a deed made others, and the news, in order.

    A new standing time is told as one: its meetings are not, unless something else is the matter
    with one of them.
    """
    found = []
    agreed = agreements(before), agreements(after)
    for week in _touched(before, after, Week.at(now, before.zone), weeks):
        was, is_now = before.meeting_in(week), after.meeting_in(week)
        if was is None or is_now is None or _is_new_standing(was, is_now, *agreed):
            continue
        if news := news_of(known_of(was), is_now, now):
            found.append((known_of(was), news))
    return found


def news_of(known: Known, meeting: Meeting | None, now: datetime) -> Evening | None:
    """Return what is to be told of an evening at an aware instant, or None.

    None when it is as it was known, and once it has begun.
    """
    if meeting is None:
        return None
    evening = Evening(
        was=known.starts,
        now=meeting.starts,
        was_on=known.is_on,
        is_on=meeting.is_on,
        is_elsewhere=known.place != place_mark(meeting.place),
    )
    if not (evening.is_on or evening.was_on):
        return None
    if evening.is_on and evening.was_on and not (evening.is_moved or evening.is_elsewhere):
        return None
    begins = evening.now if evening.is_on else evening.was
    return evening if begins.astimezone(UTC) > now.astimezone(UTC) else None


def due(evenings: Iterable[Evening], now: datetime) -> datetime:
    """Return when the first of some evenings is to be told of."""
    first = min(min(one.was.astimezone(UTC), one.now.astimezone(UTC)) for one in evenings)
    return max(now, first - TOLD_AHEAD)


def first_known(some: Iterable[Iterable[Known]]) -> list[Known]:
    """Return what was known of each week before any of some letters, oldest letter first."""
    found: dict[Week, Known] = {}
    for letter in some:
        for one in letter:
            found.setdefault(one.week, one)
    return [found[week] for week in sorted(found)]


def _touched(before: Schedule, after: Schedule, this: Week, weeks: int) -> list[Week]:
    """Return the weeks, from last week on, in which two schedules may tell something else."""
    first, last = this + -1, this + weeks
    if _whole(before) != _whole(after):
        return [first + number for number in range(last - first + 1)]
    found = _unlike(before.deviations, after.deviations)
    for closure in set(before.closures) ^ set(after.closures):
        begins, ends = weeks_of(closure)
        found |= {begins + number for number in range(ends - begins + 1)}
    return sorted(week for week in found if first <= week <= last)


def _whole(schedule: Schedule) -> tuple[object, ...]:
    """Return what may make every week another."""
    return schedule.zone, schedule.status, schedule.status_at, schedule.slots


def _unlike(before: Mapping[Week, object], after: Mapping[Week, object]) -> set[Week]:
    return {week for week in before.keys() | after.keys() if before.get(week) != after.get(week)}


def _is_new_standing(
    was: Meeting, is_now: Meeting, before: Sequence[Agreed], after: Sequence[Agreed]
) -> bool:
    if (was.differences | is_now.differences) & UNUSUAL:
        return False
    return what_in(before, was.week) != what_in(after, was.week)
