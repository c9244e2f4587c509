"""What a feed tells of a meeting: its stamp rises when this is other than it was, and only then.

A calendar program takes an event anew when its SEQUENCE and LAST-MODIFIED rise (RFC 5545 3.8.7.4,
3.8.7.3), and some refuse one that rises without news.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from app.domain.feeds.feed import FeedKind
from app.domain.meeting import Meeting, Schedule, Status
from app.domain.seating import Availability
from app.domain.week import Week

WORDED = ("en", "nl", "de", "fr", "pl", "tr", "uk", "ar")
"""The languages that feeds are worded in; a group of any other has its feed in the first."""
SAID_AFTER_CLOSING = 4
"""So many meetings of a group that has stopped are there, cancelled; then nothing more."""
SEEN_LATE = timedelta(days=1)
"""Google and Outlook show what they fetched a day ago."""


class Telling(StrEnum):
    """How much a feed tells, by who reads it; each has stamps of its own."""

    NAMED = "named"
    DISCREET = "discreet"
    OWN = "own"
    """A participant's: it offers no seats, and shows the whole place once the seat is theirs."""
    OWN_DISCREET = "own_discreet"
    AMONG_OTHERS = "among_others"
    """Beside other groups, so with its name."""

    @property
    def turns(self) -> bool:
        """Tell whether an event says less as its week comes: then its stamp rises once more."""
        return self in (Telling.NAMED, Telling.AMONG_OTHERS)


@dataclass(frozen=True)
class Stamp:
    """Of an event: neither number nor instant (aware) ever falls."""

    revision: int
    changed_at: datetime


MOST_SAID = 98
"""So often at most does it count that somebody says they cannot come to one evening, or can."""


@dataclass(frozen=True)
class Said:
    """What the reader of an own feed said of a week, how often, and when last (aware)."""

    is_away: bool
    times: int
    at: datetime | None

    @property
    def counts(self) -> int:
        return min(self.times, MOST_SAID)


def telling_of(
    kind: FeedKind, *, is_personal: bool = False, is_of_several: bool = False
) -> Telling:
    """Return what is told by a kind of feed."""
    if kind is FeedKind.DISCREET:
        return Telling.OWN_DISCREET if is_personal else Telling.DISCREET
    if is_personal:
        return Telling.OWN
    return Telling.AMONG_OTHERS if is_of_several else Telling.NAMED


def meetings_told(schedule: Schedule, first: Week, weeks: int) -> Iterator[Meeting]:
    """Yield the meetings that a feed has; of a closed group a few more, so that it is seen to stop.

    Those are not on. Calendar programs keep what they have of an event that is merely gone.
    """
    left = SAID_AFTER_CLOSING
    stopped = replace(schedule, status=Status.PAUSED)
    for number in range(weeks):
        meeting = schedule.meeting_in(first + number)
        if meeting is None and schedule.status is Status.CLOSED and left:
            meeting = stopped.meeting_in(first + number)
            left -= meeting is not None
        if meeting is not None:
            yield meeting


def seen_by_public(schedule: Schedule) -> Schedule:
    """Return a schedule without what the visibility of each place hides."""
    deviations = {week: one.seen_by_public() for week, one in schedule.deviations.items()}
    slots = tuple(slot.seen_by_public() for slot in schedule.slots)
    return replace(schedule, slots=slots, deviations=deviations, public=True)


def quiet_from(meeting: Meeting) -> Week:
    """Return the first week in which an event says no more whether there is a seat.

    Who sees it a day late comes to a full room else: of a Monday's meeting it is the week before.
    """
    return Week.of((meeting.starts - SEEN_LATE).date())


def seats_told(
    meeting: Meeting, availability: Availability, status: Status, week: Week
) -> Availability | None:
    """Return what an event says of seats when it is `week` where the group is.

    A free seat and a line are said while that can hold until they are read. Where nobody keeps a
    list it holds until the week is over. Of what is not on nothing is said.
    """
    if not meeting.is_on or status is not Status.ACTIVE:
        return None
    if availability is Availability.WALK_IN:
        return availability if week <= meeting.week else None
    return availability if week < quiet_from(meeting) else None
