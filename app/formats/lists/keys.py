"""The names that lists give to what they say, and the specification's own."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

_ALIASES = {
    "slug": ("id", "post_name", "record_id", "meeting_id", "uid", "key", "guid"),
    "name": ("meeting", "meeting_name", "title", "group_name", "post_title"),
    "day": ("weekday", "day_of_week", "dow", "weekdays", "days", "by_day"),
    "time": ("start_time", "start", "starts_at", "begin", "time_start", "from", "time_from"),
    "end_time": ("end", "finish", "ends_at", "time_end", "until", "endtime", "time_to", "to"),
    "duration": ("duration_minutes", "minutes", "length", "duration_time", "duration_in_minutes"),
    "timezone": ("time_zone", "tz", "zone", "time_zone_id"),
    "postal_code": ("zip", "zipcode", "zip_code", "postcode", "post_code", "postal"),
    "location": ("location_name", "venue", "building", "place_name"),
    "address": ("street", "street_address", "street_name", "address_1", "address1", "address_line_1", "line1"),
    "house_number": ("housenumber", "house_no", "street_number", "huisnummer"),
    "city": ("town", "municipality", "city_name", "address_locality", "locality", "place"),
    "state": ("province", "province_name", "address_region"),
    "country": ("country_code", "country_name", "address_country", "nation"),
    "formatted_address": ("full_address", "address_formatted", "display_address"),
    "latitude": ("lat",),
    "longitude": ("lng", "lon", "long"),
    "location_notes": ("directions", "venue_notes", "access_notes", "how_to_get_in"),
    "conference_url": ("online_url", "zoom_url", "zoom_link", "join_url", "meeting_url", "video_url", "zoom", "online_link", "virtual_url", "virtual_meeting_link", "meeting_link", "online", "virtual"),
    "conference_url_notes": ("conference_notes", "online_notes", "zoom_notes", "zoom_password", "online_password"),
    "conference_phone": ("dial_in", "dialin", "phone_in", "dial_in_number", "conference_telephone"),
    "language": ("lang", "spoken_language", "in_language", "language_code"),
    "notes": ("note", "description", "details", "comments", "remarks", "info", "content", "body", "post_content", "extra_info", "additional_info"),
    "types": ("type_codes", "meeting_types", "meeting_type"),
    "updated": ("updated_at", "last_updated", "modified", "date_modified", "last_modified"),
    "program": ("programme", "fellowship"),
    "url": ("link", "permalink"),
    "entity_url": ("entity_website_url",),
}  # fmt: skip
_ALSO_READ = frozenset({
    "approximate", "attendance_option", "communities", "conference_phone_notes", "confirmed_on", "coordinates",
    "entity", "features", "formats", "group_notes", "languages", "meeting", "open", "region", "regions", "type",
    "unpublished", "group", "district", "sub_district", "sub_region", "website", "website_2", "feedback_url", "is_online", "is_virtual",
})  # fmt: skip
_LEFT = frozenset({
    "confirmation", "places", "feedback_emails", "feedback_email", "edit_url", "image", "author",
    "entity_email", "entity_phone", "entity_location", "entity_logo", "venmo", "square", "paypal",
    "homegroup_online", "source", "data_source", "data_source_name", "location_url", "location_id",
    "group_id", "district_id", "region_id", "email", "phone", "mailing_address", "contact", "created", "created_at", "search",
})  # fmt: skip
"""What docs/exchange.md says is left out, with the reason."""
_LEFT_TOO = re.compile(r"contact_\d\w*|last_contact|.*(?:_id|_formatted|_url_qr)")
MOST_NAMED = 40
_READ = _ALSO_READ.union(_ALIASES, *_ALIASES.values())
_DAY_AND_HOURS = re.compile(
    r"(?P<day>\D+?)[,;:\s]*\b(?:om|van|vanaf|at|from|um|von|ab)?\s*(?P<hours>\d{1,2}\D.*)",
    re.IGNORECASE,
)
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
Row = dict[str, Any]
WEEKS = "(weeks)"
"""Under a key that no list can write: the weeks of a calendar's event that are otherwise."""


def by_own_keys(row: Row) -> Row:
    """Return a row under the specification's keys: a sheet writes `Start Time`, others `startTime`.

    Without what says nothing; a row of nothing else stays as it is.
    """
    plain = {key_of(key): value for key, value in row.items() if not _is_nothing(value)}
    if isinstance(plain.get("meeting"), dict):
        inner = plain.pop("meeting")
        plain |= {key_of(key): value for key, value in inner.items() if not _is_nothing(value)}
    for key, other in _aliases_in(tuple(plain)):
        plain[key] = plain[other]
    if isinstance(said := plain.get("day"), str) and "time" not in plain:
        plain |= _day_and_hours(said)
    return plain or row


@lru_cache(maxsize=500)
def _aliases_in(keys: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return which of the specification's keys are missing and there by another name, and by which."""
    missing = {key: others for key, others in _ALIASES.items() if key not in keys}
    found = {
        key: next((one for one in others if one in keys), "") for key, others in missing.items()
    }
    return tuple((key, other) for key, other in found.items() if other)


def _day_and_hours(said: str) -> Row:
    """Return `dinsdag, 19.30-21.00` in two; nothing where no hours follow a day."""
    match = _DAY_AND_HOURS.fullmatch(said.strip())
    return {"day": match["day"], "time": match["hours"]} if match else {}


def unknown_in(row: Row) -> Iterator[str]:
    """Yield the keys under which a row says something that nobody reads.

    Without what docs/exchange.md tells that it is left out.
    """
    return (key for key in _unknown_keys(tuple(row)) if not _is_nothing(row[key]))


@lru_cache(maxsize=500)
def _unknown_keys(keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(key for key in keys if not _is_known(key))


@lru_cache(maxsize=2000)
def _is_known(key: str) -> bool:
    plain = key_of(key)
    return not plain or plain in _READ | _LEFT or bool(_LEFT_TOO.fullmatch(plain))


def _is_nothing(value: object) -> bool:
    if isinstance(value, str):
        return not value or value.isspace()
    return value is None or value == []


@lru_cache(maxsize=2000)
def key_of(key: str) -> str:
    """Return a key as the specification would write it: `start_time` for `Start Time`, `startTime`."""
    return re.sub(r"[^a-z0-9]+", "_", _HUMP.sub("_", key[:80]).lower()).strip("_")
