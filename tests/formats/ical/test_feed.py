"""The shape of a feed: RFC 5545 and RFC 7986, and what real calendar programs make of it."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from app.domain.deviation import Deviation
from app.domain.feeds.appointment import Stamp
from app.domain.feeds.feed import FeedKind, Window
from app.domain.meeting import Status
from app.domain.seating import Availability
from app.domain.themes import NoThemes, Theme
from app.formats.ical.feed import TEMPLATE, TEMPLATE_CHANGED_AT, write_feed
from tests.formats.calendars import (
    ONLINE,
    OOST,
    PAGE,
    WEEK,
    feed_of,
    first_event,
    read,
    schedule,
    unfolded,
)

LONG_STANDING = replace(OOST, since=WEEK + -200)
FORBIDDEN = [
    "METHOD",
    "ORGANIZER",
    "ATTENDEE",
    "CONTACT",
    "GEO",
    "CATEGORIES",
    "RRULE",
    "RDATE",
    "EXDATE",
    "RECURRENCE-ID",
    "SOURCE",
    "X-APPLE-STRUCTURED-LOCATION",
]


def test_a_feed_holds_twelve_weeks_back_and_a_year_ahead():
    events = read(feed_of(schedule(LONG_STANDING))).events

    assert len(events) == 12 + 1 + 52
    assert events[0].DTSTART.date() == WEEK.monday - timedelta(weeks=12)
    assert events[-1].DTSTART.date() == WEEK.monday + timedelta(weeks=52)


@pytest.mark.parametrize("kind", FeedKind)
def test_an_event_says_the_same_alone_as_among_sixty(kind: FeedKind):
    """What events say alike is worded once: none says what only another one does."""
    weeks = {
        WEEK + 1: {"cancelled": True, "reason": "Ziek"},
        WEEK + 2: {"cancelled": True, "reason": "Zaal dicht"},
        WEEK + 3: {"weekday": 3},
        WEEK + 4: {"weekday": 4},
        WEEK + 5: {"start": time(21)},
        WEEK + 6: {"place": ONLINE},
        WEEK + 7: {"note": "Neem koek mee"},
        WEEK + 8: {"note": "Neem thee mee"},
        WEEK + 9: {"theme": Theme(title="Hoop")},
        WEEK + 10: {"is_open": True},
        WEEK + 11: {"all_the_same": True},
    }
    feed = feed_of(
        schedule(
            replace(LONG_STANDING, themes=NoThemes()),
            [Deviation(week, **what) for week, what in weeks.items()],
            is_open=False,
        ),
        kind=kind,
        page=PAGE,
        stamps={WEEK + 20: Stamp(9, TEMPLATE_CHANGED_AT + timedelta(days=5))},
    )
    whole = write_feed(feed)
    begins, *events = whole.split(b"BEGIN:VEVENT\r\n")
    first = feed.window.first

    alone = [
        write_feed(feed, only=first + number).split(b"BEGIN:VEVENT\r\n")
        for number in range(feed.window.weeks)
    ]

    ends = b"END:VCALENDAR\r\n"
    assert [one.removesuffix(ends) for one in events] == [
        one.removesuffix(ends) for _begins, one in alone
    ]
    assert len(events) == 65
    assert all(one == begins for one, _event in alone)


def test_the_calendar_begins_as_agreed():
    lines = unfolded(write_feed(feed_of(schedule(), name="Oost, of West; \\ dus")))

    assert lines[:11] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Twaalf//agenda {TEMPLATE}//NL",
        "CALSCALE:GREGORIAN",
        r"NAME:Oost\, of West\; \\ dus",
        r"X-WR-CALNAME:Oost\, of West\; \\ dus",
        "X-WR-TIMEZONE:Europe/Amsterdam",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        "COLOR:teal",
        "BEGIN:VTIMEZONE",
    ]


@pytest.mark.parametrize("kind", FeedKind)
def test_no_feed_holds_what_calendars_misread_or_what_names_a_person(kind: FeedKind):
    lines = unfolded(write_feed(feed_of(schedule(replace(OOST, place=ONLINE)), kind)))
    events = lines[lines.index("BEGIN:VEVENT") :]
    names = {line.partition(":")[0].partition(";")[0] for line in events}

    assert not names & set(FORBIDDEN)
    assert not any(line.startswith("METHOD") for line in lines)
    assert "BEGIN:VALARM" not in lines


def test_the_time_zone_changes_at_one_in_utc():
    body = write_feed(feed_of(schedule()))

    assert b"\r\nDTSTART:19700329T020000\r\n" in body
    assert b"\r\nDTSTART:19701025T030000\r\n" in body
    assert body.count(b"BEGIN:VTIMEZONE") == 1
    assert b"RDATE" not in body


def test_an_event_has_wall_clock_hours_and_stable_stamps():
    lines = unfolded(write_feed(feed_of(schedule(), availability=Availability.WALK_IN)))
    event = lines[lines.index("BEGIN:VEVENT") : lines.index("END:VEVENT")]

    assert "DTSTART;TZID=Europe/Amsterdam:20261123T193000" in event
    assert "DTEND;TZID=Europe/Amsterdam:20261123T213000" in event
    assert "DTSTAMP:20261124T101500Z" in event
    assert "LAST-MODIFIED:20261124T101500Z" in event
    assert "CREATED:20260901T080000Z" in event
    assert f"SEQUENCE:{2 * 7 + TEMPLATE}" in event
    assert f"URL:{PAGE}" in event
    assert [line for line in event if line[:5] in ("STATU", "TRANS", "CLASS")] == [
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        "CLASS:PUBLIC",
    ]


def test_new_words_in_the_code_make_every_event_newer():
    before = feed_of(schedule(), floor=Stamp(7, TEMPLATE_CHANGED_AT - timedelta(days=30)))

    event = first_event(before)

    assert event.DTSTAMP == event.LAST_MODIFIED == TEMPLATE_CHANGED_AT


def test_the_same_group_is_the_same_bytes():
    assert write_feed(feed_of(schedule())) == write_feed(feed_of(schedule()))


def test_a_paused_group_keeps_its_weeks_cancelled_from_that_day_on():
    paused = schedule(LONG_STANDING, status=Status.PAUSED, status_since=WEEK.monday)

    statuses = [event["STATUS"] for event in read(feed_of(paused)).events]

    assert statuses == ["CONFIRMED"] * 12 + ["CANCELLED"] * 53


def test_a_group_in_preparation_has_nothing_before_its_first_week():
    preparing = schedule(replace(OOST, since=WEEK + 10), status=Status.PREPARING)

    events = read(feed_of(preparing)).events

    assert len(events) == 52 - 10 + 1
    assert events[0].DTSTART.date() == (WEEK + 10).monday


def test_a_group_without_a_standing_time_has_a_calendar_that_is_not_empty():
    calendar = read(feed_of(schedule(None, status=Status.PREPARING)))

    assert [component.name for component in calendar.subcomponents] == ["VTIMEZONE"]


def test_a_closed_group_keeps_its_past_and_is_seen_to_stop_for_four_weeks():
    closed = schedule(LONG_STANDING, status=Status.CLOSED, status_since=WEEK.monday)

    events = read(feed_of(closed)).events

    assert [event["STATUS"] for event in events] == ["CONFIRMED"] * 13 + ["CANCELLED"] * 4
    assert events[-1].DTSTART.date() == WEEK.monday + timedelta(weeks=4)
    assert events[-1]["SUMMARY"].startswith("GAAT NIET DOOR")
    assert events[-1]["DESCRIPTION"] == "De groep is gestopt."


@pytest.mark.parametrize(
    ("zone", "starts"),
    [("America/Toronto", "20261124T003000Z"), ("Asia/Tokyo", "20261123T103000Z")],
)
def test_other_zones_are_written_in_utc(zone: str, starts: str):
    lines = unfolded(write_feed(feed_of(schedule(zone=zone))))

    assert f"DTSTART:{starts}" in lines
    assert "TZID:Europe/Amsterdam" in lines
    assert not any(line.startswith("DTSTART;") for line in lines)


def test_an_hour_that_autumn_repeats_is_written_in_utc():
    night = replace(OOST, since=WEEK, weekday=7, start=time(1, 30), minutes=90)

    feed = feed_of(schedule(night), window=Window(WEEK + 47))
    body = write_feed(feed).decode()

    # Sunday 31 October 2027: from 01.30 summer time to 02.00 winter time is an hour and a half.
    assert "DTSTART:20271030T233000Z\r\nDTEND:20271031T010000Z" in body


def test_every_week_has_at_most_one_event_whatever_happens():
    weeks = [WEEK + number for number in range(-12, 53)]
    restless = [
        Deviation(week, weekday=1 + week.number % 7, cancelled=week.number % 3 == 0)
        for week in weeks
    ]

    events = read(feed_of(schedule(LONG_STANDING, restless))).events

    assert len({event.DTSTART.isocalendar()[:2] for event in events}) == len(events) == 65
    assert len({event["UID"] for event in events}) == 65


def test_a_group_without_a_page_has_no_url():
    lines = unfolded(write_feed(feed_of(schedule(), page="")))

    assert not any(line.startswith("URL") for line in lines)


def test_a_colour_that_has_no_name_is_left_out():
    plain = replace(feed_of(schedule()).listing.fellowship, colour="groen")

    assert b"COLOR" not in write_feed(feed_of(schedule(), fellowship=plain))
