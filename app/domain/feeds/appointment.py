"""What a feed tells of a meeting: its stamp rises when this is other than it was, and only then.

A calendar program takes an event anew when its SEQUENCE and LAST-MODIFIED rise (RFC 5545 3.8.7.4,
3.8.7.3), and some refuse one that rises without news.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from app.domain.feeds.feed import FeedKind
from app.domain.listing import Listing
from app.domain.meeting import Difference, Meeting, Schedule, Status
from app.domain.place import Place
from app.domain.seating import Availability
from app.domain.week import Week
from app.domain.zones import HOME

WORDED = ("en", "nl", "de", "fr", "pl", "tr", "uk", "ar")
"""The languages that feeds are worded in; a group of any other has its feed in the first."""
SAID_AFTER_CLOSING = 4
"""So many meetings of a group that has stopped are there, cancelled; then nothing more."""
SEEN_LATE = timedelta(days=1)
"""Google and Outlook show what they fetched a day ago."""

Facts = tuple[object, ...]


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


def marks_told(
    listing: Listing, whole: Schedule, first: Week, weeks: int, *, week: Week, is_listed: bool
) -> dict[Week, tuple[int, ...]]:
    """Return by week, in order, a mark of what is told of its meeting, one for each Telling.

    Two marks differ when anything that is told does, within one process. `week` is the one it is
    now, `whole` the schedule with what the public does not see of its places. A group that is not
    listed has no page to lead to.
    """
    page = listing.slug if is_listed else ""
    wheres = _Wheres(listing)
    own_ones = public_ones = list(meetings_told(whole, first, weeks))
    # Where nothing is hidden the public sees the same meetings.
    if (whole.slots, whole.deviations) != (listing.schedule.slots, listing.schedule.deviations):
        public_ones = list(meetings_told(listing.schedule, first, weeks))
    told = {}
    for public, own in zip(public_ones, own_ones, strict=True):
        seats = seats_told(public, listing.availability, listing.status, week)
        said, discreet = own_said, own_discreet = _marks(public, listing, wheres)
        if own is not public:
            own_said, own_discreet = _marks(own, listing, wheres)
        title = _title(public, listing)
        of_meeting: dict[Telling, Facts] = {
            Telling.NAMED: (page, title, said, seats),
            Telling.DISCREET: (discreet,),
            Telling.OWN: (page, title, said, own_said),
            Telling.OWN_DISCREET: (discreet, own_discreet),
            Telling.AMONG_OTHERS: (listing.slug, listing.name, title, said, seats),
        }
        told[public.week] = tuple([hash(of_meeting[telling]) for telling in Telling])
    return told


def _marks(meeting: Meeting, listing: Listing, wheres: "_Wheres") -> tuple[int, int]:
    """Return a mark of what is said of a meeting with its name, and of what is said discreetly."""
    hours, (where, discreet, way_in) = _hours(meeting, listing), wheres.of(meeting.place)
    way_in = way_in if meeting.is_on else ()
    return hash((hours, where, *_said(meeting, listing), way_in)), hash((hours, discreet))


def _hours(meeting: Meeting, listing: Listing) -> Facts:
    at_home = listing.zone == HOME.key
    language = listing.language if listing.language in WORDED else WORDED[0]
    return meeting.starts.timestamp(), meeting.ends.timestamp(), at_home, language, meeting.is_on


def _title(meeting: Meeting, listing: Listing) -> Facts:
    theme = meeting.theme
    if theme is None or not (theme.step or theme.title.strip()):
        return (listing.name,)
    return theme.step, theme.title


def _said(meeting: Meeting, listing: Listing) -> Facts:
    """Return what DESCRIPTION and LOCATION are made of, beside the hours and the place."""
    differs, stopped = meeting.differences, listing.status is Status.CLOSED
    return (
        meeting.note,
        _on(meeting) if meeting.is_on else (Difference.PAUSED in differs, stopped, meeting.reason),
    )


def _on(meeting: Meeting) -> Facts:
    differs, theme = meeting.differences, meeting.theme
    usual = meeting.usually_starts
    return (
        (usual.isoweekday(), usual.time()) if Difference.MOVED in differs else None,
        Difference.ELSEWHERE in differs,
        Difference.THEME in differs,
        (Difference.OPEN in differs, Difference.CLOSED in differs),
        meeting.holiday.name if meeting.holiday else None,
        (theme.reading, theme.question) if theme else None,
    )


def _where(place: Place | None, listing: Listing) -> Facts:
    if place is None:
        return ()
    if not place.has_building:
        return (place.kind,)
    if place.hidden:
        return place.kind, True, place.town or listing.town
    return place.kind, False, place.name, place.address


class _Wheres:
    """What is told of places: once of each, for most meetings are in the same one."""

    def __init__(self, listing: Listing) -> None:
        self._listing = listing
        self._known: dict[int, tuple[Place | None, tuple[Facts, Facts, Facts]]] = {}

    def of(self, place: Place | None) -> tuple[Facts, Facts, Facts]:
        """Return where it is, that again for a discreet reader, and how one gets in."""
        known = self._known.get(id(place))
        if known is None:  # the place is kept beside it, so that no other gets its id
            known = self._known[id(place)] = place, self._told(place)
        return known[1]

    def _told(self, place: Place | None) -> tuple[Facts, Facts, Facts]:
        where = _where(place, self._listing)
        if place is None:
            return where, where, ()
        way_in = place.way_in, place.join_url, place.join_phone, place.join_notes
        return where, where[-1:] if place.has_building else where, way_in
