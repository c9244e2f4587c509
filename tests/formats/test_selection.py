"""Selections packed into an address, and the calendar of several groups."""

import base64
import json
import subprocess
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from icalendar import Calendar

from app.domain.deviation import Deviation
from app.domain.feeds.appointment import Stamp
from app.domain.feeds.feed import FeedKind, Window
from app.domain.listing import Subject
from app.domain.search import Day, PartOfDay, Search, Sort, Whom
from app.formats.ical.feed import write_feed_of_several
from app.formats.selection import (
    LONGEST,
    MOST_CHOSEN,
    Selection,
    pack,
    selection_of,
    slugs_among,
    unpack,
)
from tests.formats.calendars import CHANGED, OOST, WEEK, feed_of, schedule

READER = Path(__file__).with_name("read_ical.mjs")
SINCE = replace(OOST, since=WEEK + -100)
WEST = UUID("9d1c7c55-5d0b-4f0e-8a39-93f3a2b7e009")


def packed(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "selection",
    [
        Selection(),
        Selection(slugs=("oost", "west-2"), language="en", is_discreet=True),
        Selection(search=Search(near="’s-Hertogenbosch", within=25, whom=Whom.RELATIVES)),
        Selection(
            search=Search(
                words="café & bar=1",
                day=Day.MONDAY,
                time=PartOfDay.EVENING,
                subject=Subject.ALCOHOL,
                online=False,
                free=True,
            )
        ),
    ],
)
def test_what_was_packed_is_read_again(selection: Selection):
    assert unpack(pack(selection)) == selection


@pytest.mark.parametrize(
    "text",
    [
        "",
        "!!!",
        "a",
        "é",
        packed("near"),
        packed("day=someday&lang=nl"),
        packed("near=Utrecht&shop=1&lang=nl"),
        packed("g=Oost&lang=nl"),
        packed("g=oost"),
        packed("g=oost&near=Utrecht&lang=nl"),
        packed("lang=xx"),
        packed(
            "g=" + " ".join(f"groep-{number}" for number in range(MOST_CHOSEN + 1)) + "&lang=nl"
        ),
        base64.urlsafe_b64encode(b"\xff\xfe").decode().rstrip("="),
        "A" * (LONGEST + 1),
    ],
)
def test_what_was_not_packed_here_selects_nothing(text: str):
    assert unpack(text) is None


def test_twenty_of_the_longest_names_fit():
    slugs = tuple("a" * 78 + f"{number:02}" for number in range(MOST_CHOSEN))

    assert unpack(pack(Selection(slugs=slugs))) == Selection(slugs=slugs)


def test_of_thousands_of_names_the_first_twenty_are_taken_once():
    found = slugs_among(["oost", "oost", "../x", "", *(f"g-{number}" for number in range(5000))])

    assert found[:2] == ["oost", "g-0"]
    assert len(found) == MOST_CHOSEN


def test_a_calendar_is_of_no_single_day_and_of_no_order():
    asked = Search(near="Utrecht", day=Day.TODAY, sort=Sort.NEAREST)

    assert selection_of(asked, "nl").search == Search(near="Utrecht")


def both(kind: FeedKind = FeedKind.NAMED) -> bytes:
    """Return the calendar of Oost and West, with Oost cancelled and moved."""
    window = Window(WEEK, is_of_several=True)
    changes = [
        Deviation(WEEK, cancelled=True, reason="ziek"),
        Deviation(WEEK + 1, weekday=3),
    ]
    oost = feed_of(schedule(SINCE, changes), kind, window=window)
    west = feed_of(
        schedule(replace(SINCE, weekday=3, themes=None)),
        kind,
        window=window,
        name="West, een groep met een bijzonder lange naam",
        namespace=WEST,
        floor=Stamp(9, CHANGED),
    )
    return write_feed_of_several([oost, west], kind, name="Groepen, in Utrecht", language="nl")


def test_titles_begin_with_the_name_of_the_group():
    titles = [str(event["SUMMARY"]) for event in Calendar.from_ical(both()).events]

    assert titles[2] == "Oost: GAAT NIET DOOR – Stap 1: We gaven toe"
    assert titles[3].startswith("Oost: Stap 2")
    assert titles[3].endswith("(verplaatst)")
    assert titles[11].startswith("West, een groep met een")
    assert max(map(len, titles)) <= 60


def test_the_window_is_of_two_weeks_back_and_eight_ahead():
    events = Calendar.from_ical(both()).events

    assert len(events) == 2 * 11
    assert len({str(event["UID"]) for event in events}) == 22
    assert {int(event["SEQUENCE"]) for event in events[:11]} != {
        int(event["SEQUENCE"]) for event in events[11:]
    }


def test_the_discreet_calendar_names_no_group_and_no_search():
    body = both(FeedKind.DISCREET)

    for telling in (b"Oost", b"West", b"oost", b"Utrecht", b"Stap", b"Twaalf", b"Linde,"):
        assert telling not in body
    assert body.count(b"SUMMARY:Afspraak\r\n") == 21
    assert b"X-WR-CALNAME:Agenda\r\n" in body


def test_another_program_reads_the_same():
    ran = subprocess.run(
        ["node", READER], input=both(), capture_output=True, check=True, cwd=READER.parents[2]
    )

    theirs, ours = json.loads(ran.stdout), Calendar.from_ical(both()).events
    assert len(str(theirs)) > 1000
    for event in ours:
        assert str(event["UID"]) in ran.stdout.decode()


def test_a_calendar_of_nothing_is_a_calendar():
    body = write_feed_of_several([], FeedKind.NAMED, name="Groepen", language="nl")

    assert Calendar.from_ical(body).events == []
    assert b"BEGIN:VTIMEZONE" in body


def test_the_address_of_a_calendar_tells_no_place_closer_than_a_kilometre():
    near = Search(near="52.373456, 4.891234")

    assert selection_of(near, "nl").search.near == "52.37,4.89"
    assert unpack(pack(Selection(search=near))) is None
