"""What was held stays as it was: which meetings may still change, and into what."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from app.domain.meeting import Meeting, Schedule
from app.domain.refusal import Refusal
from app.domain.slot import Slot
from app.domain.slot_change import change_slots, with_slot
from app.domain.week import Week


@dataclass(eq=False)
class MeetingIsOver(Refusal):
    """A meeting that is over takes a head count, and nothing else."""

    day: date


@dataclass(eq=False)
class MeetingHasBegun(Refusal):
    """A standing time begins with a meeting still to come: what was held never moves."""

    day: date
    first: Week
    """The first week that a standing time may begin with."""


@dataclass(eq=False)
class MovedToThePast(Refusal):
    """A meeting is moved to an instant to come: nobody could be there any more."""

    starts: datetime
    """By the wall clock of the group."""


@dataclass(eq=False)
class WouldHaveBegun(Refusal):
    """A standing time puts no meeting at an instant that has been."""

    starts: datetime
    """By the wall clock of the group."""
    first: Week
    """The first week that it may begin with."""


def has_begun(meeting: Meeting, now: datetime) -> bool:
    # In UTC: two datetimes of one zone are compared by their digits, which an autumn repeats.
    return meeting.starts.astimezone(UTC) <= now.astimezone(UTC)


def is_over(meeting: Meeting, now: datetime) -> bool:
    return meeting.ends.astimezone(UTC) <= now.astimezone(UTC)


def coming_meeting(schedule: Schedule, now: datetime, weeks: int = 8) -> Meeting | None:
    """Return the first meeting that is not over, on or not; the desk begins with it.

    It may be last week's: on Sunday night a meeting ends after midnight.
    """
    first = Week.at(now, schedule.zone) + -1
    coming = schedule.meetings(first, weeks + 1)
    return next((one for one in coming if not is_over(one, now)), None)


def coming_meetings(schedule: Schedule, now: datetime, number: int) -> list[Meeting]:
    """Return so many meetings in order from the first that is not over; fewer near the end."""
    meeting, this = coming_meeting(schedule, now), Week.at(now, schedule.zone)
    first = min((slot.since for slot in schedule.slots), default=this)
    return list(schedule.meetings(meeting.week if meeting else max(first, this), number))


def check_week(was: Meeting, would_be: Meeting, now: datetime) -> None:
    """Tell whether one week's meeting may become another by now.

    Until it is over it may be called off, told of or held elsewhere; it moves only to an instant
    to come. Raises MeetingIsOver, MovedToThePast.
    """
    if is_over(was, now):
        raise MeetingIsOver(was.day)
    is_moved = would_be.starts.astimezone(UTC) != was.starts.astimezone(UTC)
    if is_moved and has_begun(would_be, now):
        raise MovedToThePast(would_be.starts)


def first_week_to_change(schedule: Schedule, now: datetime) -> Week:
    """Return the first week that a standing time may begin with: its meeting has not begun."""
    this = Week.at(now, schedule.zone)
    meeting = schedule.meeting_in(this)
    return this + 1 if meeting and has_begun(meeting, now) else this


def first_week_for(schedule: Schedule, slot: Slot, now: datetime) -> Week:
    """Return the first week, not before the slot's own, that it may begin with.

    Its meeting is still to come, and so is the one that it replaces.
    """
    first = max(slot.since, first_week_to_change(schedule, now))
    slots = with_slot(schedule, replace(slot, since=first))
    meeting = change_slots(schedule, slots).after.meeting_in(first)
    return first + 1 if meeting and has_begun(meeting, now) else first


def check_slots(was: Schedule, would_be: Schedule, now: datetime) -> None:
    """Raise when other standing times would rewrite what was held, or put a meeting in the past.

    Asked of this week and the one before: further back nothing differs, and nothing later has
    begun. Raises MeetingHasBegun, WouldHaveBegun.
    """
    this, first = Week.at(now, was.zone), first_week_to_change(was, now)
    for week in (this + -1, this):
        before, after = was.meeting_in(week), would_be.meeting_in(week)
        if before and has_begun(before, now):
            if after is None or _held(before) != _held(after):
                raise MeetingHasBegun(before.day, first)
        elif after and has_begun(after, now):
            raise WouldHaveBegun(after.starts, this + 1)


def _held(meeting: Meeting) -> tuple[object, ...]:
    """Return what people remember of an evening."""
    return (
        meeting.starts,
        meeting.ends,
        meeting.is_on,
        meeting.place,
        meeting.theme,
        meeting.note,
        meeting.is_open,
    )
