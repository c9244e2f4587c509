"""What a group does in one week: computed from slot, closures and deviation, never stored."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.domain.closure import Closure
from app.domain.deviation import Deviation, as_usual
from app.domain.holiday import Holiday, unanswered
from app.domain.place import Place
from app.domain.slot import Slot, changes_after, hours_on, slot_in
from app.domain.themes import Theme, theme_of, with_title
from app.domain.week import Week


class Status(StrEnum):
    """Of a group."""

    PREPARING = "preparing"
    ACTIVE = "active"
    PAUSED = "paused"
    CLOSED = "closed"


MEETS = (Status.ACTIVE, Status.PREPARING)
"""Whoever stands so meets, or soon will."""


class Difference(StrEnum):
    """What makes one meeting unlike the others."""

    CANCELLED = "cancelled"
    SHUT = "shut"
    PAUSED = "paused"
    MOVED = "moved"
    ELSEWHERE = "elsewhere"
    THEME = "theme"
    OPEN = "open"
    """Anybody may come, and to the group's other meetings not."""
    CLOSED = "closed"
    """Only who takes part, and to the group's other meetings anybody may come."""
    HOLIDAY = "holiday"
    """Its day is a holiday, and the group has not said yet whether it meets: ask first."""
    NOTE = "note"


NOT_ON = frozenset({Difference.CANCELLED, Difference.SHUT, Difference.PAUSED})


@dataclass(frozen=True)
class Meeting:
    """One week's meeting; `starts`, `ends`, `usually_starts` are aware, in the group's zone."""

    week: Week
    starts: datetime
    ends: datetime
    usually_starts: datetime
    place: Place | None
    theme: Theme | None
    differences: frozenset[Difference]
    reason: str = ""
    note: str = ""
    holiday: Holiday | None = None
    """The one that makes it a HOLIDAY."""
    end_said: bool = True
    """Whether `ends` is what somebody said: else nobody is told it."""
    is_open: bool | None = None
    """Whether anybody may come; None where nobody said."""

    @property
    def is_on(self) -> bool:
        return not (self.differences & NOT_ON)

    @property
    def day(self) -> date:
        return self.starts.date()

    def is_under_way(self, instant: datetime) -> bool:
        """Tell whether it is on and has begun, and not ended, at an aware instant."""
        return self.is_on and self.starts.timestamp() <= instant.timestamp() < self.ends.timestamp()

    def seen_in(self, zone: ZoneInfo) -> "Meeting":
        """Return the same meeting by the clock of another zone, where its day may be another too."""
        if self.starts.tzinfo is self.ends.tzinfo is self.usually_starts.tzinfo is zone:
            return self
        return replace(
            self,
            starts=self.starts.astimezone(zone),
            ends=self.ends.astimezone(zone),
            usually_starts=self.usually_starts.astimezone(zone),
        )


@dataclass(frozen=True)
class Schedule:
    """All that decides a group's meetings.

    `status_since` is the day the status began, and `status_at` the instant; a closed group has no
    meeting that begins after it, a paused one none that is on. `public` leaves out of each place
    what its visibility hides.
    """

    zone: ZoneInfo
    status: Status
    status_since: date
    status_at: datetime | None = field(default=None, kw_only=True)
    """None where only the day is known: then a group closed after that day's meeting, and paused
    before it."""
    slots: tuple[Slot, ...] = ()
    deviations: Mapping[Week, Deviation] = field(default_factory=dict)
    closures: tuple[Closure, ...] = ()
    titles: Mapping[int, Theme] = field(default_factory=dict)
    holidays: tuple[Holiday, ...] = ()
    """Of its country and school region."""
    answers: Mapping[str, bool] = field(default_factory=dict)
    """Whether it meets, by the key of a holiday; a key that is missing is still to be asked."""
    public: bool = True
    is_open: bool | None = None
    """Whether anybody may come to its meetings, unless one says otherwise."""

    def slot_in(self, week: Week) -> Slot | None:
        return slot_in(week, self.slots)

    def slot_from(self, week: Week) -> Slot | None:
        """Return the slot that holds in a week, or else the first to come."""
        return self.slot_in(week) or min(self.slots, key=lambda slot: slot.since, default=None)

    def with_week(self, deviation: Deviation) -> "Schedule":
        """Return the schedule as it would be with this deviation in its week."""
        return replace(self, deviations={**self.deviations, deviation.week: deviation})

    def changes_ahead(self, week: Week) -> list[Slot]:
        """Return the slots after a week that are news: see `changes_after`."""
        return changes_after(week, self.slots)

    def meeting_in(self, week: Week) -> Meeting | None:
        """Return what the group does in a week; None before its first and after its last."""
        slot = self.slot_in(week)
        if slot is None:
            return None
        deviation = self.deviations.get(week) or as_usual(week)
        day, moved_to = week.day(slot.weekday), week.day(deviation.weekday or slot.weekday)
        starts, ends = hours_on(moved_to, deviation.start or slot.start, slot.minutes, self.zone)
        usually = starts
        if deviation.weekday or deviation.start:
            usually, _ = hours_on(day, slot.start, slot.minutes, self.zone)
        if self.status is Status.CLOSED and self._has_ended_before(starts):
            return None
        place, is_elsewhere = self.place_in(week, slot, deviation)
        differences, reason = self._differences(
            deviation,
            place,
            is_moved=starts != usually,
            is_elsewhere=is_elsewhere,
            starts=starts,
        )
        is_open = deviation.is_open
        if is_open is None:
            is_open = slot.is_open_on(day, self.is_open)
        if is_open is not None and is_open != self.is_open:
            differences |= {Difference.OPEN if is_open else Difference.CLOSED}
        holiday = None
        if not (deviation.all_the_same or differences & (NOT_ON | {Difference.MOVED})):
            holiday = unanswered(usually.date(), self.holidays, self.answers)
        return Meeting(
            week=week,
            starts=starts,
            ends=ends,
            usually_starts=usually,
            place=place,
            theme=with_title(deviation.theme, self.titles)
            or theme_of(slot.themes, week=week, day=day, titles=self.titles),
            differences=differences | {Difference.HOLIDAY} if holiday else differences,
            reason=reason,
            note=deviation.note_for(public=self.public),
            holiday=holiday,
            end_said=slot.end_said,
            is_open=is_open,
        )

    def is_usual_in(self, week: Week) -> bool:
        """Tell at a glance, without putting its meeting together, that a week is as any other.

        Of a group that meets; not whether its day is a holiday. False where it takes a closer look.
        """
        slot = self.slot_in(week)
        if slot is None:
            return True
        if week in self.deviations or slot.open_on or slot.closed_on or self.status not in MEETS:
            return False
        return not any(one.is_of(slot.place.id if slot.place else None) for one in self.closures)

    def meetings(self, first: Week, weeks: int) -> Iterator[Meeting]:
        """Yield the meetings of so many weeks in order, also those that are not on."""
        for number in range(weeks):
            meeting = self.meeting_in(first + number)
            if meeting is not None:
                yield meeting

    def shut_by(self, closure: Closure) -> Iterator[Meeting]:
        """Yield the meetings that a closure falls on, as they are without counting it anew.

        One of them `is_on` when nothing else has cancelled it: no other closure, or the group
        meets all the same.
        """
        first, last = Week.of(closure.first), Week.of(closure.last)
        for meeting in self.meetings(first, last - first + 1):
            if closure.falls_on(meeting.starts, meeting.place.id if meeting.place else None):
                yield meeting

    def closures_in(self, week: Week) -> set[int]:
        """Return the ids of the closures that fall on a week's meeting, answered or not."""
        meeting = self.meeting_in(week)
        if meeting is None:
            return set()
        place_id = meeting.place.id if meeting.place else None
        return {
            one.id
            for one in self.closures
            if one.id is not None and one.falls_on(meeting.starts, place_id)
        }

    def next_meeting(self, now: datetime, weeks: int = 8) -> Meeting | None:
        """Return the first meeting that is on and has not ended at an aware instant, or None.

        It may be last week's: on Sunday night a meeting ends after midnight.
        """
        # In UTC: two datetimes of one zone are compared by their digits, which an autumn repeats.
        instant = now.astimezone(UTC)
        for meeting in self.meetings(Week.at(now, self.zone) + -1, weeks + 1):
            if meeting.is_on and meeting.ends > instant:
                return meeting
        return None

    def next_or_off(self, now: datetime) -> Meeting | None:
        """Return the next meeting that is on; during a long closure the first that is not."""
        meeting = self.next_meeting(now)
        if meeting is None:
            coming, today = (
                self.meetings(Week.at(now, self.zone), 2),
                now.astimezone(self.zone).date(),
            )
            meeting = next((one for one in coming if one.day >= today), None)
        return meeting

    def place_in(self, week: Week, slot: Slot, deviation: Deviation) -> tuple[Place | None, bool]:
        """Return where a week's meeting is, and whether that is elsewhere than usual."""
        said = slot if deviation.place is None else deviation
        is_elsewhere = (said.place, said.visibility) != (slot.place, slot.visibility)
        if (place := said.place and said.place.in_week(week)) and self.public:
            place = place.seen_by_public(said.visibility)
        return place, is_elsewhere

    def _has_ended_before(self, starts: datetime) -> bool:
        """Tell whether the group had closed when a meeting would begin."""
        if self.status_at is None:
            return starts.date() > self.status_since
        return starts.astimezone(UTC) > self.status_at.astimezone(UTC)

    def _has_paused_before(self, starts: datetime) -> bool:
        if self.status_at is None:
            return starts.date() >= self.status_since
        return starts.astimezone(UTC) > self.status_at.astimezone(UTC)

    def _differences(
        self,
        deviation: Deviation,
        place: Place | None,
        *,
        is_moved: bool,
        is_elsewhere: bool,
        starts: datetime,
    ) -> tuple[frozenset[Difference], str]:
        found = set()
        reason = ""
        if is_moved:
            found.add(Difference.MOVED)
        if is_elsewhere:
            found.add(Difference.ELSEWHERE)
        if deviation.theme is not None:
            found.add(Difference.THEME)
        if deviation.note_for(public=self.public):
            found.add(Difference.NOTE)
        shut = _shut(self.closures, starts, place)
        if self.status is Status.PAUSED and self._has_paused_before(starts):
            found.add(Difference.PAUSED)
        elif deviation.cancelled:
            found.add(Difference.CANCELLED)
            reason = deviation.reason
        elif shut and not deviation.all_the_same:
            found.add(Difference.SHUT)
            reason = shut.reason
        return frozenset(found), reason


def _shut(closures: Iterable[Closure], starts: datetime, place: Place | None) -> Closure | None:
    place_id = place.id if place else None
    return next((closure for closure in closures if closure.falls_on(starts, place_id)), None)
