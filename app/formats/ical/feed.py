"""A group's calendar feed: one VEVENT per ISO week, after RFC 5545 and RFC 7986.

No recurrence rule and no exceptions: several calendars show a moved or cancelled exception twice.
A week keeps its UID whatever happens to its meeting; only its content changes.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid5

from icalendar import Event

from app.domain.feeds.appointment import (
    MOST_SAID,
    Said,
    Stamp,
    Telling,
    meetings_told,
    quiet_from,
    seats_told,
    telling_of,
)
from app.domain.feeds.feed import FeedKind, Window
from app.domain.listing import Listing
from app.domain.meeting import Difference, Meeting
from app.domain.seating import Availability
from app.domain.week import Week
from app.domain.zones import HOME
from app.formats.ical import words
from app.formats.ical.colour_names import colour_name
from app.formats.ical.lines import hour_line, lasting_line, line, link_line, text_line, uid_line
from app.formats.ical.zone import AMSTERDAM
from app.formats.wording import gettext_in, known

TEMPLATE = 5
TEMPLATE_CHANGED_AT = datetime(2026, 11, 23, tzinfo=UTC)
"""Raise both whenever this file or its words write something else for the same group: calendars
take an event only when its SEQUENCE and LAST-MODIFIED rise."""

POLL_EVERY = timedelta(hours=1)
"""A cancellation on the day itself matters, and an answer without news is cheap."""


@dataclass(frozen=True)
class Feed:
    """All that decides the bytes of a feed: the same feed is the same bytes."""

    listing: Listing
    """Its schedule knows the weeks of the window."""
    kind: FeedKind
    namespace: UUID
    """Of the event UIDs; another one for the discreet twin, so that nobody can link the two."""
    floor: Stamp
    """Of the events that have none of their own."""
    window: Window
    stamps: Mapping[Week, Stamp] = field(default_factory=dict)
    page: str = ""
    """Address of the group's page; empty when it has none."""
    is_personal: bool = False
    """For a participant: who has a seat need not read whether there is one."""
    said: Mapping[Week, Said] = field(default_factory=dict)
    """By whose own this is: weeks in which they cannot come."""

    @property
    def telling(self) -> Telling:
        return telling_of(
            self.kind, is_personal=self.is_personal, is_of_several=self.window.is_of_several
        )

    @property
    def is_discreet(self) -> bool:
        return self.kind is FeedKind.DISCREET


def write_feed(feed: Feed, *, only: Week | None = None) -> bytes:
    """Write a feed, or `only` one week of it: UTF-8, CRLF, folded at 75 octets (RFC 5545 3.1)."""
    listing = feed.listing
    frame = _frame(listing.name, listing.language, feed.kind, zone=listing.zone)
    colour = colour_name(feed.listing.fellowship.colour)
    if colour and not feed.is_discreet:
        frame.append(line("color", colour))
    return _written(frame, _events(feed, only))


def write_feed_of_several(
    feeds: Iterable[Feed], kind: FeedKind, *, name: str, language: str
) -> bytes:
    """Write the feeds of several groups as one calendar, in the order given.

    Each title begins with the name of its group, unless the calendar is discreet.
    """
    frame = _frame(name, language, kind)
    return _written(frame, (event for feed in feeds for event in _events(feed)))


def write_quiet_feed(namespace: UUID, since: date, language: str) -> bytes:
    """Write what is left of a feed that somebody gave up on a day: one neutral day that has been.

    It is not empty, since some programs refuse a feed that became so and keep what they had.
    """
    _ = gettext_in(language)
    frame = _frame("", language, FeedKind.DISCREET)
    stamp = datetime.combine(since, time(), tzinfo=UTC)
    event = Event()
    event.add("uid", str(uuid5(namespace, "over")))
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("sequence", TEMPLATE)
    event.add("dtstart", since - timedelta(days=1))
    event.add("dtend", since)
    event.add("summary", _("Afspraak"))
    event.add("status", "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    return _written(frame, [event.to_ical(sorted=False)])


def _written(frame: Iterable[bytes], events: Iterable[bytes]) -> bytes:
    """Return a calendar with its time zone and events."""
    return b"".join((b"BEGIN:VCALENDAR\r\n", *frame, AMSTERDAM, *events, b"END:VCALENDAR\r\n"))


def _events(feed: Feed, only: Week | None = None) -> Iterator[bytes]:
    window = feed.window
    said: dict[Hashable, bytes] = {}
    for meeting in meetings_told(feed.listing.schedule, window.first, window.weeks):
        if only in (None, meeting.week):
            yield b"".join(_event(meeting, feed, said))


def _frame(name: str, language: str, kind: FeedKind, *, zone: str = "") -> list[bytes]:
    """Return what a calendar says of itself, without METHOD, so that DTSTAMP may be stable.

    RFC 5545 3.8.7.2. `_written` adds the time zone always: a calendar is never empty (RFC 5545 3.6).
    """
    _ = gettext_in(language)
    name = words.one_line(name, words.NAME_LENGTH) or _("Agenda")
    maker = "Twaalf"
    if kind is FeedKind.DISCREET:
        name, maker = _("Agenda"), "agenda"
    return [
        line("version", "2.0"),
        line("prodid", f"-//{maker}//agenda {TEMPLATE}//{known(language).upper()}"),
        line("calscale", "GREGORIAN"),
        text_line("name", name),
        text_line("x-wr-calname", name),
        *([line("x-wr-timezone", zone)] if zone else []),
        lasting_line("refresh-interval", POLL_EVERY, said=True),
        lasting_line("x-published-ttl", POLL_EVERY),
    ]


def _event(meeting: Meeting, feed: Feed, said: dict[Hashable, bytes]) -> Iterator[bytes]:
    """Yield the lines of one week; what events of this feed `said` before is not worded again.

    A year has some sixty, and most say what another one of the same theme does.
    """
    seats = _seats(meeting, feed)
    sequence, changed_at = _stamp(meeting, feed, seats)
    starts, ends = _hours(meeting, feed)
    yield b"BEGIN:VEVENT\r\n"
    yield uid_line(str(uuid5(feed.namespace, str(meeting.week))))
    if changed_at not in said:
        said[changed_at] = b"".join(_stamped(changed_at, feed))
    yield said[changed_at]
    yield line("sequence", sequence)
    yield hour_line("dtstart", starts)
    yield hour_line("dtend", ends)
    decides = _what_is_told(meeting, feed, seats)
    if decides not in said:
        said[decides] = b"".join(_lines_told(meeting, feed))
    yield said[decides]


def _stamped(changed_at: datetime, feed: Feed) -> Iterator[bytes]:
    yield hour_line("dtstamp", changed_at)
    if feed.listing.created_at is not None:
        yield hour_line("created", feed.listing.created_at)
    yield hour_line("last-modified", changed_at)


def _what_is_told(meeting: Meeting, feed: Feed, seats: Availability | None) -> Hashable:
    """Return all of a meeting that decides `_lines_told`, but for what is the same in a whole feed."""
    usually = meeting.usually_starts if Difference.MOVED in meeting.differences else None
    return (
        meeting.differences, meeting.place, meeting.theme, meeting.reason, meeting.note,
        meeting.holiday, usually and (usually.isoweekday(), usually.time()),
        seats, _is_away(meeting, feed),
    )  # fmt: skip


def _lines_told(meeting: Meeting, feed: Feed) -> Iterator[bytes]:
    yield from (_nothing_told if feed.is_discreet else _told)(meeting, feed)
    yield line("status", "CONFIRMED" if meeting.is_on else "CANCELLED")
    # Who follows several groups is not busy at each of their hours.
    is_busy = meeting.is_on and not feed.window.is_of_several and not _is_away(meeting, feed)
    yield line("transp", "OPAQUE" if is_busy else "TRANSPARENT")
    yield line("class", "PRIVATE" if feed.is_discreet or feed.is_personal else "PUBLIC")
    yield b"END:VEVENT\r\n"


def _stamp(meeting: Meeting, feed: Feed, seats: Availability | None) -> tuple[int, datetime]:
    """Return SEQUENCE and LAST-MODIFIED of an event: both rise when it tells something else.

    A revision counts twice, so that a week that comes, and says no more of seats, rises by one.
    """
    week = meeting.week
    stamp = max(feed.floor, feed.stamps.get(week, feed.floor), key=lambda one: one.revision)
    sequence, changed_at = 2 * stamp.revision, max(stamp.changed_at, TEMPLATE_CHANGED_AT)
    if feed.telling.turns and not seats and feed.window.week >= quiet_from(meeting):
        is_over = week < feed.window.week
        sequence += 1
        changed_at = max(changed_at, _began(week + 1 if is_over else quiet_from(meeting), feed))
    if feed.is_personal:
        sequence, changed_at = _as_said(week, feed, sequence, changed_at)
    return sequence + TEMPLATE, changed_at


def _seats(meeting: Meeting, feed: Feed) -> Availability | None:
    listing = feed.listing
    return seats_told(meeting, listing.availability, listing.status, feed.window.week)


def _as_said(week: Week, feed: Feed, sequence: int, changed_at: datetime) -> tuple[int, datetime]:
    """Return both as what the reader said of a week raises them; what has been is forgotten soon."""
    if week < feed.window.week:
        return sequence + MOST_SAID + 1, max(changed_at, _began(week + 1, feed))
    said = feed.said.get(week)
    if said is None:
        return sequence, changed_at
    return sequence + said.counts, max(changed_at, said.at or changed_at)


def _began(week: Week, feed: Feed) -> datetime:
    """Return when a week began, where the group is."""
    monday = datetime.combine(week.monday, time(), tzinfo=feed.listing.schedule.zone)
    return monday.astimezone(UTC)


def _is_away(meeting: Meeting, feed: Feed) -> bool:
    said = feed.said.get(meeting.week)
    return bool(said and said.is_away and meeting.is_on and meeting.week >= feed.window.week)


def _told(meeting: Meeting, feed: Feed) -> Iterator[bytes]:
    listing = feed.listing
    summary = words.summary_among_others if feed.window.is_of_several else words.summary
    away = _is_away(meeting, feed)
    title = summary(meeting, listing)
    yield line("summary", words.away(title, listing.language) if away else title)
    seats = "" if feed.is_personal else words.seats(_seats(meeting, feed), listing.language)
    description = words.description(meeting, listing, feed.page, seats)
    if away:
        description = f"{words.said_away(listing.language)}\n{description}"
    if description:
        yield line("description", description)
    if location := words.location(meeting.place, listing):
        yield line("location", location)
    if feed.page:
        yield line("url", feed.page)
    if meeting.is_on and meeting.place and (join := words.link(meeting.place.join_url)):
        # Google and Outlook read the description only, so the link is there too.
        _ = gettext_in(listing.language)
        yield link_line("conference", join, "VIDEO", _("Online meedoen"))


def _nothing_told(meeting: Meeting, feed: Feed) -> Iterator[bytes]:
    listing = feed.listing
    _ = gettext_in(listing.language)
    title = _("Afspraak") if meeting.is_on else _("Gaat niet door: afspraak")
    yield line("summary", words.away(title, listing.language) if _is_away(meeting, feed) else title)
    if location := words.discreet_location(meeting.place, listing):
        yield line("location", location)


def _hours(meeting: Meeting, feed: Feed) -> tuple[datetime, datetime]:
    """Return both by the wall clock of Amsterdam, else both in UTC: other zones need no VTIMEZONE.

    Also in UTC when either falls in the hour that autumn repeats: with a TZID that means the first
    run (RFC 5545 3.3.5), but ical.js, which Thunderbird reads with, takes the second.
    """
    starts, ends = meeting.starts, meeting.ends
    if feed.listing.zone != HOME.key or _is_repeated(starts) or _is_repeated(ends):
        return starts.astimezone(UTC), ends.astimezone(UTC)
    return starts, ends


def _is_repeated(moment: datetime) -> bool:
    return moment.replace(fold=1 - moment.fold).utcoffset() != moment.utcoffset()
