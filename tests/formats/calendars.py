"""Groups and their feeds as plain values, and a feed read back, for the tests of the calendar."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from icalendar import Calendar

from app.domain.deviation import Deviation
from app.domain.feeds.appointment import Stamp
from app.domain.feeds.feed import FeedKind, Window
from app.domain.listing import FellowshipCard, Listing
from app.domain.meeting import Schedule, Status
from app.domain.place import Kind, Place
from app.domain.slot import Slot
from app.domain.themes import Rotation, Theme
from app.domain.week import Week
from app.formats.ical.feed import Feed, write_feed

WEEK = Week.parse("2026-W48")
NAMED = UUID("6f9f2f0e-6f3a-4a50-9a5c-0d6f0f6c1a01")
DISCREET = UUID("2b1c7c55-5d0b-4f0e-8a39-93f3a2b7e002")
CHANGED = datetime(2026, 11, 24, 10, 15, tzinfo=UTC)
PAGE = "https://groepen.example/groups/oost"

LINDE = Place(
    id=1,
    kind=Kind.BUILDING,
    name="Buurthuis De Linde",
    street="Lindengracht 93",
    postcode="1015 KD",
    town="Amsterdam",
    directions="De groene deur naast het café.",
)
HARBOUR = Place(
    id=2,
    kind=Kind.BUILDING,
    name="Havenkerk",
    street="Kade 1",
    postcode="1019 AA",
    town="Amsterdam",
    directions="Bel bij de zijdeur.",
)
ONLINE = Place(
    id=3,
    kind=Kind.ONLINE,
    join_url="https://meet.example/oost?pwd=a,b;c",
    join_phone="+31 20 123 45 67",
    join_is_public=True,
)
TITLES = {
    1: Theme(1, "We gaven toe", "Hoofdstuk 1", "Waar liep het vast?"),
    4: Theme(4, "Eerlijk kijken"),
}
OOST = Slot(since=WEEK, weekday=1, start=time(19, 30), place=LINDE, themes=Rotation(WEEK))
STAY_CLEAN = FellowshipCard("stay-clean", "Stay Clean", colour="#0f5e59")


def schedule(
    slot: Slot | None = OOST,
    deviations: Iterable[Deviation] = (),
    *,
    zone: str = "Europe/Amsterdam",
    status: Status = Status.ACTIVE,
    status_since: date = WEEK.monday,
    **more: Any,
) -> Schedule:
    return Schedule(
        zone=ZoneInfo(zone),
        status=status,
        status_since=status_since,
        slots=(slot,) if slot else (),
        deviations={deviation.week: deviation for deviation in deviations},
        **({"titles": TITLES} | more),
    )


def feed_of(meetings: Schedule, kind: FeedKind = FeedKind.NAMED, **more: Any) -> Feed:
    """Return the feed of Oost with these meetings; `more` changes feed or listing."""
    listing = Listing(
        slug="oost",
        name="Oost",
        fellowship=STAY_CLEAN,
        schedule=meetings,
        town="Amsterdam",
        created_at=datetime(2026, 9, 1, 8, tzinfo=UTC),
    )
    of_feed = {name: more.pop(name) for name in set(more) & set(Feed.__dataclass_fields__)}
    feed = Feed(
        listing=replace(listing, **more),
        kind=kind,
        namespace=NAMED if kind is FeedKind.NAMED else DISCREET,
        floor=Stamp(7, CHANGED),
        window=Window(WEEK),
        page=PAGE,
    )
    return replace(feed, **of_feed)


def read(feed: Feed) -> Calendar:
    return Calendar.from_ical(write_feed(feed))


def first_event(feed: Feed) -> Any:
    return read(feed).events[0]


def unfolded(body: bytes) -> list[str]:
    """Return the content lines of a calendar (RFC 5545 3.1)."""
    return body.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def text_of(event: Any, name: str) -> str:
    return str(event[name]) if name in event else ""
