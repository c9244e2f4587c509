"""Rows of BMLT: what GetSearchResults answers, and its admin API."""

from collections.abc import Iterable, Mapping
from typing import Any

from babel import Locale

from app.formats.lists.keys import Row
from app.formats.lists.na_formats import codes_of_world, world_of_key
from app.formats.lists.type_names import code_in, is_named
from app.formats.meeting_guide.types import CODE_OF_LANGUAGE

_VIRTUAL, _BOTH = "2", "3"
_WAYS = {_VIRTUAL: "online", _BOTH: "hybrid"}


def is_bmlt(row: dict[str, Any]) -> bool:
    """Tell a row of either shape by keys that no other list has."""
    return "weekday_tinyint" in row or {"startTime", "venueType"} <= row.keys()


def rows(found: Iterable[Any], beside: dict[str, Any], own: Mapping[str, str]) -> list[Row]:
    """Return the rows; `beside` may hold the formats that explain their types, `own` the codes of
    kinds that the fellowship named, by name."""
    formats = beside.get("formats")
    known = [one for one in formats if isinstance(one, dict)] if isinstance(formats, list) else []
    by_id = {_said(one, "id"): one for one in known}
    by_key = {_said(one, "key_string"): one for one in known}
    return [
        _row(_admin(one) if "startTime" in one else one, by_id, by_key, own)
        if isinstance(one, dict)
        else {}
        for one in found
    ]


def _row(one: Row, by_id: dict[str, Row], by_key: dict[str, Row], own: Mapping[str, str]) -> Row:
    day = _said(one, "weekday_tinyint")
    way = _said(one, "venue_type")
    codes, language, names = _types(one, by_id, by_key, own)
    url, phone = _said(one, "virtual_meeting_link"), _said(one, "phone_meeting_number")
    info = _said(one, "virtual_meeting_additional_info")
    notes = [_said(one, "comments"), _said(one, "format_comments"), *names]
    location_notes = [
        _said(one, key) for key in ("location_info", "train_lines", "bus_lines", "public_transport")
    ]
    return {
        "slug": _said(one, "id_bigint"),
        "name": _said(one, "meeting_name"),
        "day": int(day) - 1 if day in "1234567" and day else day,
        "time": _said(one, "start_time"),
        "duration": "" if _said(one, "duration_time") in ("00:00:00", "00:00") else _said(one, "duration_time"),
        "timezone": _said(one, "time_zone"),
        "types": codes,
        "language": language,
        "location": _said(one, "location_text"),
        "address": _said(one, "location_street"),
        "city": _said(one, "location_municipality") or _said(one, "location_city_subsection"),
        "sub_region": _part_of_town(one),
        "state": _said(one, "location_province") or _said(one, "location_sub_province"),
        "postal_code": _said(one, "location_postal_code_1"),
        "country": _said(one, "location_nation"),
        "latitude": _said(one, "latitude"),
        "longitude": _said(one, "longitude"),
        "location_notes": "\n".join(part for part in location_notes if part),
        "notes": "\n".join(part for part in notes if part),
        "conference_url": url,
        "conference_phone": phone,
        "conference_url_notes" if url else "conference_phone_notes": info,
        "attendance_option": _WAYS.get(way, ""),
        "is_shut": way == _VIRTUAL and "TC" in _said(one, "formats").split(","),
        "unpublished": "1" if _said(one, "published") in ("0", "false", "False") else "",
        "url": _said(one, "url"),
        "confirmed_on": _said(one, "confirmed_on"),
    }  # fmt: skip


def _part_of_town(one: Row) -> str:
    """Return a borough or quarter beside its town; where only that is said it is the town."""
    parts = [_said(one, "location_city_subsection"), _said(one, "location_neighborhood")]
    known = _said(one, "location_municipality") or parts.pop(0)
    return ", ".join(part for part in parts if part and part != known)


def _types(
    one: Row, by_id: dict[str, Row], by_key: dict[str, Row], own: Mapping[str, str]
) -> tuple[list[str], str, list[str]]:
    """Return codes, the language, and the names of formats that have no code of the world's."""
    ids = _said(one, "format_shared_id_list").split(",")
    keys = [key.strip() for key in _said(one, "formats").split(",") if key.strip()]
    formats = [by_id[id] for id in ids if id in by_id] or [by_key[k] for k in keys if k in by_key]
    codes: list[str] = []
    language, names = "", []
    for one_format in formats:
        world, key = _said(one_format, "world_id"), _said(one_format, "key_string")
        name = _said(one_format, "name_string")
        if world == "LANG" or _said(one_format, "format_type_enum") == "LANG":
            language = language or _language(key)
            codes += filter(None, [CODE_OF_LANGUAGE.get(_language(key))])
        elif world:
            codes += codes_of_world([world])
        elif name == key or is_named(key, name) or key in own.values():
            codes.append(key)
        elif named := code_in(own, name):
            codes.append(named)
        else:
            names.append(name)
    for key in [] if formats else keys:
        if key.islower() and _language(key):
            language = language or _language(key)
        else:
            codes += codes_of_world([world_of_key(key)])
    return list(dict.fromkeys(codes)), language, names


def _language(key: str) -> str:
    code = key.lower()
    return code if code in Locale("en").languages else ""


def _said(one: Row, key: str) -> str:
    """Return a field as text; old servers write what it asks for before it: `prompt#@-@#value`."""
    value = one.get(key)
    if value is None or isinstance(value, dict | list | bool):
        return "" if not isinstance(value, bool) else str(value)
    return str(value).rpartition("#@-@#")[2].strip()


def _admin(one: Row) -> Row:
    """Return a row of the admin API under the names of GetSearchResults: there Sunday is 0."""
    day = one.get("day")
    names = {
        "id": "id_bigint", "name": "meeting_name", "startTime": "start_time",
        "duration": "duration_time", "timeZone": "time_zone", "venueType": "venue_type",
    }  # fmt: skip
    found = {key: value for key, value in one.items() if key not in names}
    found |= {new: one.get(old) for old, new in names.items()}
    ids = one.get("formatIds")
    found |= {
        "weekday_tinyint": day + 1 if isinstance(day, int) and 0 <= day <= 6 else day,
        "format_shared_id_list": ",".join(map(str, ids)) if isinstance(ids, list) else "",
        "published": "1" if one.get("published", True) else "0",
        "location_nation": one.get("location_nation"),
    }
    custom = one.get("customFields")
    return found | (custom if isinstance(custom, dict) else {})
