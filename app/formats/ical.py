"""A group's calendar feed: one VEVENT per ISO week, after RFC 5545 and RFC 7986.

No recurrence rule and no exceptions: several calendars show a moved or cancelled exception twice.
A week keeps its UID whatever happens to its meeting; only its content changes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from icalendar import Calendar, Event, Timezone, vDuration, vText, vUri

from app.domain.feed import FeedKind, Window
from app.domain.listing import Listing
from app.domain.meeting import Meeting
from app.formats import ical_words as words
from app.formats.colour_names import colour_name
from app.formats.wording import gettext_in, known

TEMPLATE = 3
TEMPLATE_CHANGED_AT = datetime(2026, 11, 23, 3, tzinfo=UTC)
"""Raise both whenever this file or its words write something else for the same group: calendars
take an event only when its SEQUENCE and LAST-MODIFIED rise."""

POLL_EVERY = timedelta(hours=1)
"""A cancellation on the day itself matters, and an answer without news is cheap."""

# By hand: icalendar's own is a list of dates until 2038, which Outlook misreads by an hour, and
# begins summer time an hour late. DTSTART is local time in TZOFFSETFROM (RFC 5545 3.6.5).
_AMSTERDAM = Timezone.from_ical(
    b"""BEGIN:VTIMEZONE\r
TZID:Europe/Amsterdam\r
X-LIC-LOCATION:Europe/Amsterdam\r
BEGIN:DAYLIGHT\r
TZOFFSETFROM:+0100\r
TZOFFSETTO:+0200\r
TZNAME:CEST\r
DTSTART:19700329T020000\r
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r
END:DAYLIGHT\r
BEGIN:STANDARD\r
TZOFFSETFROM:+0200\r
TZOFFSETTO:+0100\r
TZNAME:CET\r
DTSTART:19701025T030000\r
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r
END:STANDARD\r
END:VTIMEZONE\r
"""
)


@dataclass(frozen=True)
class Feed:
    """All that decides the bytes of a feed: the same feed is the same bytes."""

    listing: Listing
    """Its schedule knows the weeks of the window."""
    kind: FeedKind
    namespace: UUID
    """Of the event UIDs; another one for the discreet twin, so that nobody can link the two."""
    revision: int
    """Rises with every change of anything printed here, and never falls."""
    changed_at: datetime
    """Aware: when the revision rose."""
    window: Window
    page: str = ""
    """Address of the group's page; empty when it has none."""
    is_personal: bool = False
    """For a participant: who has a seat need not read whether there is one."""

    @property
    def is_discreet(self) -> bool:
        return self.kind is FeedKind.DISCREET


def write_feed(feed: Feed) -> bytes:
    """Write a feed as text/calendar: UTF-8, CRLF, folded at 75 octets (RFC 5545 3.1)."""
    calendar = _calendar(feed.listing.name, feed.listing.language, feed.kind)
    colour = colour_name(feed.listing.fellowship.colour)
    if colour and not feed.is_discreet:
        calendar.add("color", colour)
    calendar.add_component(_AMSTERDAM)
    _add_events(calendar, feed)
    return calendar.to_ical(sorted=False)


def write_feed_of_several(
    feeds: Iterable[Feed], kind: FeedKind, *, name: str, language: str
) -> bytes:
    """Write the feeds of several groups as one calendar, in the order given.

    Each title begins with the name of its group, unless the calendar is discreet.
    """
    calendar = _calendar(name, language, kind)
    calendar.add_component(_AMSTERDAM)
    for feed in feeds:
        _add_events(calendar, feed)
    return calendar.to_ical(sorted=False)


def _add_events(calendar: Calendar, feed: Feed) -> None:
    for meeting in feed.listing.schedule.meetings(feed.window.first, feed.window.weeks):
        calendar.add_component(_event(meeting, feed))


def _calendar(name: str, language: str, kind: FeedKind) -> Calendar:
    """Return the calendar without events, and without METHOD, so that DTSTAMP may be stable.

    RFC 5545 3.8.7.2. Add the time zone always: a calendar is never empty (RFC 5545 3.6).
    """
    _ = gettext_in(language)
    name = words.one_line(name, words.NAME_LENGTH) or _("Agenda")
    maker = "Twaalf"
    if kind is FeedKind.DISCREET:
        name, maker = _("Agenda"), "agenda"
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//{maker}//agenda {TEMPLATE}//{known(language).upper()}")
    calendar.add("calscale", "GREGORIAN")
    # As vText: icalendar leaves the comma in a plain name unescaped.
    calendar.add("name", vText(name))
    calendar.add("x-wr-calname", vText(name))
    calendar.add("x-wr-timezone", "Europe/Amsterdam")
    calendar.add("refresh-interval", vDuration(POLL_EVERY), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(POLL_EVERY))
    return calendar


def _event(meeting: Meeting, feed: Feed) -> Event:
    changed_at = max(feed.changed_at, TEMPLATE_CHANGED_AT)
    starts, ends = _hours(meeting, feed)
    event = Event()
    event.add("uid", str(uuid5(feed.namespace, str(meeting.week))))
    event.add("dtstamp", changed_at)
    if feed.listing.created_at is not None:
        event.add("created", feed.listing.created_at)
    event.add("last-modified", changed_at)
    event.add("sequence", feed.revision + TEMPLATE)
    event.add("dtstart", starts)
    event.add("dtend", ends)
    if feed.is_discreet:
        _tell_nothing(event, meeting, feed.listing)
    else:
        _tell(event, meeting, feed)
    event.add("status", "CONFIRMED" if meeting.is_on else "CANCELLED")
    event.add("transp", "OPAQUE" if meeting.is_on else "TRANSPARENT")
    event.add("class", "PRIVATE" if feed.is_discreet or feed.is_personal else "PUBLIC")
    return event


def _tell(event: Event, meeting: Meeting, feed: Feed) -> None:
    listing = feed.listing
    summary = words.summary_among_others if feed.window.is_of_several else words.summary
    event.add("summary", summary(meeting, listing))
    # On past weeks too: what a week says may change with its stamp only, not with the clock.
    seats = "" if feed.is_personal else words.seats(meeting, listing)
    if description := words.description(meeting, listing, feed.page, seats):
        event.add("description", description)
    if location := words.location(meeting.place, listing):
        event.add("location", location)
    if feed.page:
        event.add("url", feed.page)
    if meeting.is_on and meeting.place and (join := words.link(meeting.place.join_url)):
        # RFC 7986 5.11. Google and Outlook read the description only, so the link is there too.
        label = gettext_in(listing.language)("Online meedoen")
        parameters = {"VALUE": "URI", "FEATURE": "VIDEO", "LABEL": label}
        event.add("conference", vUri(join, params=parameters))


def _tell_nothing(event: Event, meeting: Meeting, listing: Listing) -> None:
    _ = gettext_in(listing.language)
    event.add("summary", _("Afspraak") if meeting.is_on else _("Gaat niet door: afspraak"))
    if location := words.discreet_location(meeting.place, listing):
        event.add("location", location)


def _hours(meeting: Meeting, feed: Feed) -> tuple[datetime, datetime]:
    """Return both by the wall clock of Amsterdam, else both in UTC: other zones need no VTIMEZONE.

    Also in UTC when either falls in the hour that autumn repeats: with a TZID that means the first
    run (RFC 5545 3.3.5), but ical.js, which Thunderbird reads with, takes the second.
    """
    starts, ends = meeting.starts, meeting.ends
    if feed.listing.zone != "Europe/Amsterdam" or _is_repeated(starts) or _is_repeated(ends):
        return starts.astimezone(UTC), ends.astimezone(UTC)
    return starts, ends


def _is_repeated(moment: datetime) -> bool:
    return moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset()
