"""The names that lists give to what they say, and the specification's own."""

import re
from functools import lru_cache
from typing import Any

_ALIASES = {
    "slug": ("id", "post_name", "record_id", "meeting_id", "uid", "key", "guid"),
    "name": ("meeting", "meeting_name", "title", "group_name"),
    "day": ("weekday", "day_of_week", "dow", "weekdays", "days"),
    "time": ("start_time", "start", "starts_at", "begin", "time_start", "from"),
    "end_time": ("end", "finish", "ends_at", "time_end", "until", "endtime"),
    "timezone": ("time_zone", "tz", "zone"),
    "postal_code": ("zip", "zipcode", "zip_code", "postcode", "post_code", "postal"),
    "location": ("location_name", "venue", "building", "place_name"),
    "address": ("street", "street_address", "address_1", "address1", "address_line_1"),
    "city": ("town", "municipality", "city_name", "place"),
    "state": ("province", "province_name"),
    "formatted_address": ("full_address",),
    "latitude": ("lat",),
    "longitude": ("lng", "lon", "long"),
    "location_notes": ("directions", "venue_notes"),
    "conference_url": ("online_url", "zoom_url", "zoom_link", "join_url", "meeting_url", "video_url"),
    "conference_url_notes": ("conference_notes", "online_notes", "zoom_notes"),
    "conference_phone": ("dial_in", "dialin", "phone_in"),
    "language": ("lang", "spoken_language"),
    "notes": ("note", "description", "details", "comments", "remarks", "info"),
    "types": ("type_codes", "meeting_types"),
    "updated": ("updated_at", "last_updated", "modified", "date_modified", "last_modified"),
    "program": ("programme", "fellowship"),
    "url": ("link", "permalink"),
    "entity_url": ("entity_website_url",),
}  # fmt: skip
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
Row = dict[str, Any]
WEEKS = "(weeks)"
"""Under a key that no list can write: the weeks of a calendar's event that are otherwise."""


def by_own_keys(row: Row) -> Row:
    """Return a row under the specification's keys: a sheet writes `Start Time`, others `startTime`."""
    plain = {_key(key): value for key, value in row.items()}
    if "meeting" in plain and isinstance(plain["meeting"], dict):
        plain |= {_key(key): value for key, value in plain.pop("meeting").items()}
    for key, others in _ALIASES.items():
        if _is_nothing(plain.get(key)):
            plain[key] = next(
                (plain[one] for one in others if not _is_nothing(plain.get(one))), None
            )
    return plain


def _is_nothing(value: object) -> bool:
    return value in (None, "", []) or (isinstance(value, str) and not value.strip())


@lru_cache(maxsize=2000)
def _key(key: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", _HUMP.sub("_", key[:80]).lower()).strip("_")
