"""Whatever anyone types anywhere: no line and no property more, RFC 5545 kept, UIDs the same."""

from dataclasses import replace
from datetime import time
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.domain.deviation import Deviation
from app.domain.feeds.appointment import Stamp
from app.domain.feeds.feed import FeedKind
from app.domain.meeting import Schedule, Status
from app.domain.themes import Theme
from app.formats.ical.feed import Feed, write_feed
from tests.formats.calendars import (
    CHANGED,
    HARBOUR,
    LINDE,
    ONLINE,
    OOST,
    WEEK,
    feed_of,
    read,
    schedule,
)

NASTY = [
    "\r\nATTENDEE:mailto:kim@example.org",
    "x\nEND:VEVENT\nEND:VCALENDAR",
    "a\x0bb\x0c\x1c\x1d\x1e\x85c\u2028d\u2029e\x00",
    "\u202e30.91\u202c \u2066\u200f\u061c\ufeff",
    '"; VALUE=URI:,\\n\\N\\',
    "\ud800\udfff",
    "👩‍👩‍👧" * 30,
    "é" * 200,
    "",
    "   ",
    "%(subject)s %s %",
]
any_text = st.one_of(st.sampled_from(NASTY), st.text(st.characters(codec=None), max_size=300))


def filled(text: str) -> Feed:
    """Return a feed in which every text is this one: usual, cancelled, elsewhere, online."""
    place = replace(LINDE, name=text, street=text, postcode=text, town=text, directions=text)
    online = replace(ONLINE, join_url=f"https://x.example/{text}", join_phone=text, join_notes=text)
    theme = Theme(title=text, reading=text, question=text)
    return feed_of(
        schedule(
            replace(OOST, since=WEEK + 44, place=place),
            [
                Deviation(WEEK + 45, cancelled=True, reason=text),
                Deviation(WEEK + 46, place=replace(HARBOUR, name=text, directions=text)),
                Deviation(WEEK + 47, place=online, theme=theme, note=text),
                Deviation(WEEK + 48, theme=theme, note=text, weekday=2),
            ],
            titles={step: Theme(step, text, text, text) for step in range(1, 13)},
        ),
        name=text,
        town=text,
    )


def names(body: bytes) -> list[str]:
    return [
        line.partition(b":")[0].partition(b";")[0].decode()
        for line in body.replace(b"\r\n ", b"").splitlines()
    ]


HARMLESS = filled("tekst")
OPTIONAL = {"DESCRIPTION", "LOCATION", "CONFERENCE"}
"""What has no words is left out."""


@pytest.mark.long
@given(any_text)
@settings(max_examples=150, deadline=None)
def test_no_text_adds_a_line_or_a_property(text: str):
    found = names(write_feed(filled(text)))
    agreed = names(write_feed(HARMLESS))

    assert [name for name in found if name not in OPTIONAL] == [
        name for name in agreed if name not in OPTIONAL
    ]
    for name in OPTIONAL:
        assert found.count(name) <= agreed.count(name)


@pytest.mark.long
@given(any_text)
@settings(max_examples=150, deadline=None)
@example("€" * 100)
def test_lines_are_folded_at_75_octets_between_characters(text: str):
    body = write_feed(filled(text))

    lines = body.split(b"\r\n")
    assert lines.pop() == b""
    for line in lines:
        assert len(line) <= 75
        line.decode()
        assert not set(line) & ({*range(32), 127} - {9})
    assert not set(body.decode()) & set("\x85\u2028\u2029\u202e\u2066\u200f\ufeff")


@pytest.mark.long
@given(any_text)
@settings(max_examples=100, deadline=None)
def test_titles_and_places_are_one_line_of_a_bounded_length(text: str):
    for event in read(filled(text)).events:
        assert 0 < len(event["SUMMARY"]) <= 60
        assert "\n" not in event["SUMMARY"] + str(event.get("LOCATION", ""))
        assert len(str(event.get("LOCATION", ""))) <= 230


def test_an_evening_whose_words_are_all_stripped_is_a_meeting_still():
    titles = {str(event["SUMMARY"]) for event in read(filled("\x00\u202e")).events}

    assert "Bijeenkomst" in titles


deviations = st.builds(
    Deviation,
    week=st.integers(-12, 52).map(lambda number: WEEK + number),
    cancelled=st.booleans(),
    weekday=st.none() | st.integers(1, 7),
    start=st.none() | st.times().map(lambda moment: moment.replace(microsecond=0, fold=0)),
    place=st.none() | st.just(HARBOUR),
    note=st.text("abc ", max_size=5),
)
slots = st.builds(
    replace,
    st.just(OOST),
    since=st.just(WEEK + -60),
    weekday=st.integers(1, 7),
    start=st.times().map(lambda moment: moment.replace(microsecond=0, fold=0)),
    minutes=st.integers(15, 600),
    place=st.sampled_from([None, LINDE, ONLINE]),
)


def events_by_uid(meetings: Schedule, **more: Any) -> dict[str, Any]:
    return {str(event["UID"]): event for event in read(feed_of(meetings, **more)).events}


@pytest.mark.long
@given(slots, st.lists(deviations, max_size=6), st.sampled_from(["Europe/Amsterdam", "Asia/Tokyo"]))
@settings(max_examples=60, deadline=None)
def test_no_edit_changes_a_uid_or_gives_a_week_two_meetings(slot, changed, zone):
    usual = events_by_uid(schedule(replace(OOST, since=WEEK + -60)))
    meetings = schedule(slot, changed, zone=zone)

    edited = events_by_uid(meetings, floor=Stamp(8, CHANGED), name="Anders")

    assert list(edited) == list(usual)
    weeks = [event.DTSTART.astimezone(meetings.zone).isocalendar()[:2] for event in edited.values()]
    assert len(set(weeks)) == len(weeks) == 65
    assert all(event.DTEND > event.DTSTART for event in edited.values())


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("kind", FeedKind)
def test_no_status_changes_a_uid(status: Status, kind: FeedKind):
    usual = events_by_uid(schedule(), kind=kind)

    others = events_by_uid(schedule(start_of(status), status=status), kind=kind)

    assert set(others) <= set(usual)


def start_of(status: Status):
    return replace(OOST, start=time(9), place=None if status is Status.PREPARING else LINDE)
