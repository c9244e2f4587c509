"""The discreet twin: the same hours, and nothing that tells."""

from app.domain.deviation import Deviation
from app.domain.feeds.feed import FeedKind
from app.formats.ical.feed import write_feed
from tests.formats.calendars import (
    WEEK,
    feed_of,
    read,
    schedule,
    unfolded,
)


def test_the_discreet_twin_says_nothing_and_cannot_be_linked():
    wordy = Deviation(WEEK, weekday=3, note="Kleine groep vandaag")
    meetings = schedule(deviations=[wordy, Deviation(WEEK + 1, cancelled=True, reason="Griep")])
    named, discreet = feed_of(meetings), feed_of(meetings, FeedKind.DISCREET)

    calendar, lines = read(discreet), unfolded(write_feed(discreet))

    assert {event["SUMMARY"] for event in calendar.events} == {
        "Afspraak",
        "Gaat niet door: afspraak",
    }
    assert {event["CLASS"] for event in calendar.events} == {"PRIVATE"}
    assert {event["LOCATION"] for event in calendar.events} == {
        "Lindengracht 93, 1015 KD Amsterdam"
    }
    assert "X-WR-CALNAME:Agenda" in lines
    assert "NAME:Agenda" in lines
    assert not any(line.startswith(("DESCRIPTION", "URL", "CONF", "COLOR")) for line in lines)
    text = "\n".join(lines).lower()
    for telling in ("oost", "stay", "twaalf", "stap", "linde\\", "buurthuis", "griep", "kleine"):
        assert telling not in text
    assert not {event["UID"] for event in calendar.events} & {
        event["UID"] for event in read(named).events
    }


def test_both_twins_have_the_same_hours_stamps_and_states():
    meetings = schedule(
        deviations=[Deviation(WEEK + 2, weekday=3), Deviation(WEEK + 3, cancelled=True)]
    )
    kept = ("DTSTART", "DTEND", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "STATUS", "TRANSP")

    twins = [
        [[event[name] for name in kept] for event in read(feed_of(meetings, kind)).events]
        for kind in FeedKind
    ]

    saying_no_more_of_seats = 2
    assert twins[0][saying_no_more_of_seats:] == twins[1][saying_no_more_of_seats:]
