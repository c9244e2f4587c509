"""A content line is written once, and stands for nothing but itself."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from icalendar import Event, vUri

from app.formats.ical.lines import hour_line, line, link_line, uid_line

NOW = datetime(2026, 11, 30, 19, tzinfo=UTC)


def written(name: str, value: object) -> bytes:
    """Return the line as the library writes it within an event."""
    event = Event()
    event.add(name, value)
    return event.to_ical(sorted=False).split(b"\r\n", 1)[1].removesuffix(b"END:VEVENT\r\n")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("summary", "Oost; ‘s avonds, met koffie\nen thee"),
        ("description", "é" * 200),
        ("sequence", 17),
        ("url", "https://groups.example.org/groups/oost"),
        ("status", "CONFIRMED"),
    ],
)
def test_a_line_is_as_the_library_writes_it(name: str, value: str | int):
    assert line(name, value) == line(name, value) == written(name, value)


def test_one_instant_by_two_clocks_is_two_lines():
    by_wall = NOW.astimezone(ZoneInfo("Europe/Amsterdam"))
    assert by_wall == NOW

    assert hour_line("dtstart", NOW) == written("dtstart", NOW) == b"DTSTART:20261130T190000Z\r\n"
    assert hour_line("dtstart", by_wall) == b"DTSTART;TZID=Europe/Amsterdam:20261130T200000\r\n"
    assert hour_line("dtstamp", by_wall) == b"DTSTAMP:20261130T190000Z\r\n"


def test_a_name_and_a_link_are_as_the_library_writes_them():
    uid = "5cd0b2c0-33a3-5ef6-93de-4d2f7c6fdbd6"
    assert uid_line(uid) == written("uid", uid)
    join, label = "https://example.org/j/1,2;3", "Online: meedoen"
    uri = vUri(join, params={"VALUE": "URI", "FEATURE": "VIDEO", "LABEL": label})
    assert link_line("conference", join, "VIDEO", label) == written("conference", uri)
