"""Rows that hold objects: what they say within is taken out, and a row with several times becomes several."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from app.formats.lists.keys import Row, key_of

_OF_A_PLACE = frozenset({
    "location", "venue", "place", "building", "address", "postal_address", "physical_address", "geo",
    "geolocation", "geo_location", "gps", "latlng", "position", "coordinates", "point", "where",
})  # fmt: skip
_OF_A_CALL = frozenset(
    {"online", "conference", "virtual", "zoom", "video", "online_meeting", "virtual_location"}
)
_OF_HOURS = frozenset(
    {"time", "times", "hours", "schedule", "when", "slot", "recurrence", "event_schedule"}
)
_WRAPPED = frozenset({"acf", "attributes", "custom_fields", "details", "info", "meta"})
_OPENED = _OF_A_PLACE | _OF_A_CALL | _OF_HOURS | _WRAPPED
_SEVERAL = ("meetings", "schedule", "schedules", "times", "days", "slots", "hours", "occurrences")
_NAMES = ("name", "label", "title", "rendered", "text", "value", "code", "slug")
_CODES = ("code", "key", "key_string", "abbreviation", "slug", "name", "label", "title", "value")
_IN_A_CALL = {"url": "conference_url", "link": "conference_url", "href": "conference_url",
    "phone": "conference_phone", "notes": "conference_url_notes", "password": "conference_url_notes",
    "provider": ""}  # fmt: skip
_SAYS_WHEN = frozenset({"day", "weekday", "day_of_week", "time", "start", "start_time"})
_DEEPEST = 3


def rows_within(row: Row) -> Iterator[Row]:
    """Yield a row with nothing nested in it; one for each of its times if it holds a list of them.

    What stands outermost is never written over.
    """
    row = {key: value for key, value in row.items() if not key.startswith("@")}  # of JSON-LD
    for key in _several_in(tuple(row)):
        inner = row[key]
        if _are_times(inner):
            rest = {name: value for name, value in row.items() if name != key}
            for one in inner:
                own = {name: value for name, value in one.items() if value not in (None, "")}
                yield _flat(rest | own)
            return
    yield _flat(row)


@lru_cache(maxsize=500)
def _several_in(keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(key for key in keys if key_of(key) in _SEVERAL)


def _are_times(inner: object) -> bool:
    return (
        isinstance(inner, list)
        and bool(inner)
        and all(isinstance(one, dict) and _SAYS_WHEN & set(map(key_of, one)) for one in inner)
    )


def _flat(row: Row) -> Row:
    nested = [value for value in row.values() if isinstance(value, list | dict)]
    if not any(map(_holds_objects, nested)):
        return row
    found: Row = {}
    deeper: Row = {}
    for key, value in row.items():
        if isinstance(value, dict):
            plain = key_of(key)
            word = _own_word(value, plain)
            found[key] = value if word is None and plain not in _OPENED else word
            deeper |= _taken_out(value, plain, _DEEPEST)
        elif _holds_objects(value):
            found[key] = [word for one in value if (word := _word(one, _CODES)) is not None]
        else:
            found[key] = value
    there = {key_of(key) for key, value in found.items() if value not in (None, "", [], {})}
    return found | {key: value for key, value in deeper.items() if key_of(key) not in there}


def _holds_objects(value: object) -> bool:
    if isinstance(value, list):
        return bool(value) and all(isinstance(one, dict) for one in value)
    return isinstance(value, dict)


def _taken_out(inner: Row, plain: str, depth: int) -> Row:
    """Return what an object says of a place, a call or hours, under keys of the row itself."""
    if depth == 0 or plain not in _OPENED:
        return {}
    found: Row = {}
    for key, value in inner.items():
        own = key_of(key)
        if isinstance(value, dict):
            if (word := _own_word(value, own)) is not None:
                found.setdefault(own, word)
            for name, said in _taken_out(value, own, depth - 1).items():
                found.setdefault(name, said)
        elif plain in _OF_A_CALL:
            found[_IN_A_CALL.get(own, own)] = value
        elif own == "notes" and plain in _OF_A_PLACE:
            found["location_notes"] = value
        elif own == "coordinates" and isinstance(value, list):
            found |= _of_a_point(inner, value)
        elif plain in _WRAPPED or own not in ("id", "type", *_NAMES):
            found[own] = value
    if plain in _OF_A_PLACE and plain not in ("address", "location"):
        found.setdefault("location", _word(inner, _NAMES))
    return {key: value for key, value in found.items() if key and value is not None}


def _of_a_point(inner: Row, spot: list[Any]) -> Row:
    """Return a position of GeoJSON (RFC 7946: longitude first); of two bare numbers nothing is known."""
    if inner.get("type") == "Point" and len(spot) >= 2:
        return {"longitude": spot[0], "latitude": spot[1]}
    return {}


def _own_word(inner: Row, plain: str) -> Any:
    """Return what an object is called; a venue's name is no town, and an address has none."""
    if plain in _OF_A_PLACE and plain != "location":
        return None
    return _word(inner, _CODES if plain in ("language", "lang", "country") else _NAMES)


def _word(inner: Row, keys: tuple[str, ...]) -> Any:
    """Return what an object is called, by the first of those keys that it has."""
    return next(
        (inner[key] for key in keys if isinstance(inner.get(key), str | int) and inner[key] != ""),
        None,
    )
