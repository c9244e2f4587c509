"""The fields of a Meeting Guide row, as tolerant as real lists make it necessary."""

import re
from datetime import UTC, datetime, time
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global

from app.domain.imported import Problem
from app.domain.place import Position
from app.formats.plain_text import one_line, plain

_SPOKEN_IN = ("en", "nl", "de", "fr", "es")
_ALSO_COUNTRIES = {
    "usa": "US", "u.s.a.": "US", "united states of america": "US", "uk": "GB",
    "the netherlands": "NL", "holland": "NL", "the united states": "US",
}  # fmt: skip

_TIME = re.compile(
    r"(\d{1,2})(?:[:.](\d{2})(?::\d{2})?)?\s*(?:([ap])\.?m\.?|h|uur)?", re.IGNORECASE
)
_ISO_STAMP = re.compile(r"(\d{4})-(\d{2})-(\d{2})[T ]*(?:(\d{2}):(\d{2})(?::(\d{2}))?)?.*")
_US_STAMP = re.compile(
    r"(\d{1,2})/(\d{1,2})/(\d{4})(?:\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AP])?M?)?", re.IGNORECASE
)
_POSTCODE_FIRST = re.compile(r"((?:\d{4}\s?[A-Z]{2}|\d{4,5}))\s+(\D.*)")
_STATE_AND_ZIP = re.compile(r"([A-Z]{2})\s+(\d{5}(?:-\d{4})?|[A-Z]\d[A-Z]\s?\d[A-Z]\d)")
_POSTCODE_LAST = re.compile(r"(.+?)\s+([A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2})")


class Unreadable(Exception):
    """A field says something that cannot be understood and must not be guessed."""

    def __init__(self, field: str, problem: Problem, value: object = ""):
        super().__init__(field)
        self.field, self.problem, self.value = field, problem, str(value)[:80]


def text(value: object) -> str:
    """Return one line of plain text; null, lists and objects are empty."""
    return one_line(_written(value))


def long_text(value: object) -> str:
    """Return plain text, its lines kept."""
    return plain(_written(value))


def days(value: object) -> list[int]:
    """Return weekdays, 1 for Monday to 7 for Sunday, from 0 to 6, a name, or a list of them.

    Empty when there is none: the meeting is by appointment. Raises Unreadable.
    """
    if isinstance(value, str) and "," in value:
        value = value.split(",")
    wanted = value if isinstance(value, list) else [value]
    found = [_day(one) for one in wanted if text(one)]
    return list(dict.fromkeys(found))


def start(value: object, field: str = "time") -> time | None:
    """Return a time of day from `19:30`, `7:30 PM`, `Noon`; None when there is none.

    `24:00` is midnight, as the end of an evening may be. Raises Unreadable.
    """
    words = text(value).lower()
    if not words:
        return None
    if words in ("noon", "midnight"):
        return time(12 if words == "noon" else 0)
    match = _TIME.fullmatch(words)
    if not match or (match[2] is None and match[3] is None):
        raise Unreadable(field, Problem.NOT_A_TIME, words)
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour == 24 and minute == 0 and field == "end_time":
        hour = 0
    if hour > 23 or minute > 59:
        raise Unreadable(field, Problem.NOT_A_TIME, words)
    return time(hour, minute)


def zone(value: object) -> str | None:
    """Return an IANA name, or None when there is none. Raises Unreadable."""
    name = text(value)
    if name and name not in _zones():
        raise Unreadable("timezone", Problem.NOT_A_ZONE, name)
    return name or None


def stamp(value: object) -> datetime | None:
    """Return an aware datetime in UTC from the ways lists write one; None for any other."""
    words = text(value)
    parts: list[int] = []
    if match := _ISO_STAMP.fullmatch(words):
        parts = [int(part or 0) for part in match.groups()]
    elif match := _US_STAMP.fullmatch(words):
        month, day, year, *clock = (int(part or 0) for part in match.groups()[:6])
        if match[7] and 1 <= clock[0] <= 12:
            clock[0] = clock[0] % 12 + (12 if match[7] in "pP" else 0)
        parts = [year, month, day, *clock]
    try:
        return datetime(*parts, tzinfo=UTC) if parts else None  # type: ignore[misc, arg-type]
    except ValueError:
        return None


def position(row: dict[str, Any]) -> Position | None:
    """Return where `latitude` and `longitude`, or `coordinates`, point; None for 0, 0.

    Four numbers are an area: None. Raises Unreadable.
    """
    given = text(row.get("coordinates"))
    if given.count(",") == 1:
        latitude, longitude = given.split(",")
    else:
        latitude, longitude = text(row.get("latitude")), text(row.get("longitude"))
    if not latitude or not longitude:
        return None
    try:
        found = Position(float(latitude), float(longitude))
    except ValueError:
        raise Unreadable("latitude", Problem.NOT_A_POSITION, f"{latitude}, {longitude}") from None
    if not (abs(found.latitude) <= 90 and abs(found.longitude) <= 180):
        raise Unreadable("latitude", Problem.NOT_A_POSITION, f"{latitude}, {longitude}")
    return found if found.latitude or found.longitude else None


def country_code(value: object) -> str | None:
    """Return the ISO 3166 code of a country's code or name, None when it is not known."""
    return _countries().get(text(value).casefold())


@cache
def country_of_zone(name: str) -> str:
    """Return the country a zone belongs to: `NL` for Europe/Amsterdam, and where it is not known."""
    code = get_global("zone_territories").get(name, "NL")
    return code if len(code) == 2 and code.isalpha() else "NL"


def take_apart(address: str) -> dict[str, str]:
    """Return address, postal_code, city, state and country from an address on one line.

    `Lindengracht 93, 1015 KD Amsterdam, Nederland`; `12 Main St, Anytown, OK 12345, USA`. A level
    that cannot be told is left out.
    """
    parts = [part.strip() for part in address.split(",") if part.strip()]
    found = {}
    if len(parts) > 1 and (code := country_code(parts[-1])):
        found["country"] = code
        parts.pop()
    last = parts.pop() if parts else ""
    if match := _POSTCODE_FIRST.fullmatch(last):
        found |= {"postal_code": match[1], "city": match[2]}
    elif parts and (match := _STATE_AND_ZIP.fullmatch(last)):
        found |= {"state": match[1], "postal_code": match[2], "city": parts.pop()}
    elif match := _POSTCODE_LAST.fullmatch(last):
        found |= {"city": match[1], "postal_code": match[2]}
    elif parts or not any(letter.isdigit() for letter in last):
        found["city"] = last
    else:
        parts.append(last)
    return found | {"address": ", ".join(parts)}


def _written(value: object) -> str:
    match value:
        case bool() | None:
            return ""
        case str():
            return value
        case int() if abs(value) < 10**30:
            return str(value)
        case float():
            return str(int(value)) if value.is_integer() else repr(value)
    return ""


def _day(value: object) -> int:
    name = text(value).casefold()
    if name in ("0", "1", "2", "3", "4", "5", "6"):
        return int(name) or 7
    if name not in _weekdays():
        raise Unreadable("day", Problem.NOT_A_DAY, name)
    return _weekdays()[name]


@cache
def _weekdays() -> dict[str, int]:
    return {
        name.casefold(): number + 1
        for language in _SPOKEN_IN
        for number, name in Locale(language).days["format"]["wide"].items()
    }


@cache
def _countries() -> dict[str, str]:
    found = {}
    for language in _SPOKEN_IN:
        for code, name in Locale(language).territories.items():
            if len(str(code)) == 2:
                found[str(name).casefold()] = str(code)
                found[str(code).casefold()] = str(code)
    return found | _ALSO_COUNTRIES


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
