"""Content lines as icalendar writes them, each different one once.

Nearly all lines of a calendar stand in it sixty times, and its hours in those of other groups too:
typed, escaped and folded anew (RFC 5545 3.1, 3.3.11) they were most of what a calendar costs.
"""

from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Component, vDuration, vText, vUri

MOST = 8192
"""Of lines in each process: hours of some seventy weekly times for a year, and what they are for."""


def line(name: str, value: str | int) -> bytes:
    """Return a property that is a text or a number, with its line's end."""
    return _line(name, value)


@lru_cache(MOST)
def text_line(name: str, text: str) -> bytes:
    """Return a property that icalendar does not know as a text, and would leave commas in."""
    return _written(name, vText(text))


@lru_cache(MOST)
def lasting_line(name: str, time: timedelta, *, said: bool = False) -> bytes:
    """Return a property that is a duration; `said` where RFC 7986 5.7 wants it said that it is."""
    return _written(name, vDuration(time, params={"VALUE": "DURATION"} if said else {}))


def uid_line(uid: str) -> bytes:
    """Return an event's own name: short, and nothing in it to escape."""
    return f"UID:{uid}\r\n".encode()


def hour_line(name: str, moment: datetime) -> bytes:
    """Return a property that is an instant, by the wall clock of its zone or in UTC."""
    # Not the instant itself: one in UTC equals the same one by a wall clock.
    zone = moment.tzinfo
    assert zone is UTC or isinstance(zone, ZoneInfo)
    return _hour_line(name, moment.replace(tzinfo=None), zone)


@lru_cache(MOST)
def link_line(name: str, address: str, feature: str, label: str) -> bytes:
    """Return a property that leads somewhere, and says what for (RFC 7986 5.11)."""
    parameters = {"VALUE": "URI", "FEATURE": feature, "LABEL": label}
    return _written(name, vUri(address, params=parameters))


@lru_cache(MOST)
def _line(name: str, value: str | int) -> bytes:
    return _written(name, value)


@lru_cache(MOST)
def _hour_line(name: str, local: datetime, zone: tzinfo) -> bytes:
    return _written(name, local.replace(tzinfo=zone))


def _written(name: str, value: Any) -> bytes:
    one = Component()
    one.add(name, value)
    written: bytes = one.content_line(name.upper(), one[name], sorted=False).to_ical()
    return written + b"\r\n"
