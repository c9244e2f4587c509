"""Two programs that know nothing of each other read every meeting as the domain computes it."""

import json
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid5
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from icalendar import Calendar

from app.domain.deviation import Deviation
from app.domain.feeds.appointment import Stamp, meetings_told, seats_told
from app.domain.feeds.feed import WEEKS, FeedKind, Window
from app.domain.meeting import Schedule, Status
from app.domain.week import Week
from app.formats.ical import words
from app.formats.ical.feed import TEMPLATE, Feed, write_feed
from tests.formats.calendars import (
    HARBOUR,
    LINDE,
    ONLINE,
    OOST,
    WEEK,
    feed_of,
    schedule,
    text_of,
    unfolded,
)

READER = Path(__file__).parents[1] / "read_ical.mjs"
SINCE = replace(OOST, since=WEEK + -100)
CHANGES = [
    Deviation(WEEK, weekday=3, start=time(20, 15)),
    Deviation(WEEK + 1, cancelled=True, reason="Zaal, stuk; tot \\ later"),
    Deviation(WEEK + 2, place=HARBOUR, note="Let op:\nandere ingang 👋"),
    Deviation(Week.parse("2026-W53"), weekday=7),
    Deviation(Week.parse("2027-W01"), weekday=1, start=time(0, 30)),
]
IN_SPRING, IN_AUTUMN = Week.parse("2027-W12"), Week.parse("2027-W43")

SCHEDULES = {
    "a year of Mondays": schedule(SINCE),
    "moved, cancelled, elsewhere, week 53 and New Year": schedule(SINCE, CHANGES),
    "no place yet": schedule(replace(SINCE, place=None)),
    "online": schedule(replace(SINCE, place=ONLINE)),
    "Toronto": schedule(SINCE, CHANGES, zone="America/Toronto"),
    "Tokyo": schedule(SINCE, CHANGES, zone="Asia/Tokyo"),
    "paused": schedule(SINCE, status=Status.PAUSED),
    "closed": schedule(SINCE, status=Status.CLOSED),
    "in preparation": schedule(replace(SINCE, since=WEEK + 9), status=Status.PREPARING),
    "no standing time": schedule(None, status=Status.PREPARING),
    "nights across both clock changes": schedule(
        replace(SINCE, weekday=6, start=time(23), minutes=360)
    ),
    "in the hour that spring skips": schedule(replace(SINCE, weekday=7, start=time(2, 30))),
    "in the hour that autumn repeats": schedule(
        replace(SINCE, weekday=7, start=time(1, 45), minutes=60)
    ),
    "a new time from the new year": replace(
        schedule(SINCE),
        slots=(
            SINCE,
            replace(SINCE, since=Week.parse("2026-W53"), weekday=4, start=time(10), place=LINDE),
        ),
    ),
}

every_schedule = pytest.mark.parametrize("meetings", SCHEDULES.values(), ids=SCHEDULES)


def computed(feed: Feed) -> list[tuple]:
    """Return the meetings as the domain has them: UID, start, end in seconds, words, status."""
    listing = feed.listing
    return [
        (
            str(uuid5(feed.namespace, str(meeting.week))),
            int(meeting.starts.timestamp()),
            int(meeting.ends.timestamp()),
            words.summary(meeting, listing),
            words.description(
                meeting,
                listing,
                feed.page,
                words.seats(
                    seats_told(meeting, listing.availability, listing.status, feed.window.week),
                    listing.language,
                ),
            ),
            words.location(meeting.place, listing),
            "CONFIRMED" if meeting.is_on else "CANCELLED",
        )
        for meeting in meetings_told(listing.schedule, feed.window.first, WEEKS)
    ]


def expanded(body: bytes) -> list[tuple]:
    """Read a feed with icalendar and recurring-ical-events."""
    calendar = Calendar.from_ical(body)
    found = recurring_ical_events.of(calendar).between(
        datetime(2025, 1, 1, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC)
    )
    return sorted(
        (
            (
                str(event["UID"]),
                int(event.DTSTART.timestamp()),
                int(event.DTEND.timestamp()),
                *(text_of(event, name) for name in ("SUMMARY", "DESCRIPTION", "LOCATION")),
                str(event["STATUS"]),
            )
            for event in found
        ),
        key=lambda row: row[1],
    )


def read_by_node(body: bytes) -> list[dict[str, Any]]:
    ran = subprocess.run(
        ["node", str(READER)], input=body, capture_output=True, timeout=60, check=True
    )
    return json.loads(ran.stdout)


@every_schedule
def test_an_expander_reads_every_meeting_as_computed(meetings: Schedule):
    feed = feed_of(meetings)

    assert expanded(write_feed(feed)) == computed(feed)


@pytest.mark.server
@every_schedule
def test_ical_js_reads_every_meeting_as_computed(meetings: Schedule):
    feed = feed_of(meetings)

    told = read_by_node(write_feed(feed))

    names = ("uid", "starts", "ends", "summary", "description", "location", "status")
    assert [tuple(event[name] for name in names) for event in told] == computed(feed)


@pytest.mark.parametrize("name", ["moved, cancelled, elsewhere, week 53 and New Year", "Tokyo"])
def test_the_discreet_twin_is_read_at_the_same_hours(name: str):
    named = feed_of(SCHEDULES[name])
    discreet = feed_of(SCHEDULES[name], FeedKind.DISCREET)

    read = expanded(write_feed(discreet))

    assert [row[1:3] for row in read] == [row[1:3] for row in computed(named)]


def test_week_53_has_its_own_meeting_and_new_year_skips_no_step():
    feed = feed_of(schedule(SINCE))

    around = [row[3] for row in computed(feed) if "2026-12-20" < _day(row[1]) < "2027-01-12"]

    # 21 December, 28 December (W53), 4 January (2027-W01), 11 January.
    assert around == ["Stap 5", "Stap 6", "Stap 7", "Stap 8"]


@pytest.mark.parametrize(
    ("week", "offsets"),
    [(IN_SPRING, ("+01:00", "+02:00")), (IN_AUTUMN, ("+02:00", "+01:00"))],
)
def test_half_past_seven_stays_half_past_seven_over_a_clock_change(week: Week, offsets):
    feed = feed_of(schedule(SINCE), window=Window(week))

    read = expanded(write_feed(feed))
    around = [
        datetime.fromtimestamp(row[1], ZoneInfo("Europe/Amsterdam"))
        for row in read
        if week.monday <= datetime.fromtimestamp(row[1], UTC).date() <= week.monday + timedelta(7)
    ]

    assert [moment.isoformat()[11:] for moment in around] == [
        f"19:30:00{offset}" for offset in offsets
    ]


def test_a_changed_feed_keeps_every_uid_and_rises():
    before = feed_of(schedule(SINCE))
    after = feed_of(schedule(SINCE, CHANGES), floor=Stamp(8, before.floor.changed_at))

    assert [row[0] for row in computed(before)] == [row[0] for row in computed(after)]
    assert f"SEQUENCE:{2 * 7 + TEMPLATE}" in unfolded(write_feed(before))
    assert f"SEQUENCE:{2 * 8 + TEMPLATE}" in unfolded(write_feed(after))


def _day(seconds: int) -> str:
    return str(datetime.fromtimestamp(seconds, UTC).date())
