"""Where a Meeting Guide row meets: in a building, online, both, or in a town and no more is known."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from app.domain.country import PROVINCES, locate, spot_of_town
from app.domain.imported import EntryPlace, Problem
from app.domain.place import Kind, Position
from app.formats import meeting_guide_fields as fields
from app.formats.meeting_guide_fields import Unreadable
from app.formats.plain_text import cut

Remark = Callable[[str, Problem, str], None]

_LINK = re.compile(r"https?://[^\s<>\"\x00-\x1f\x7f-\x9f\ud800-\udfff]+", re.IGNORECASE)
_AMPERSAND = re.compile(r"&(?:amp;)+")


def place_of(
    row: dict[str, Any], country: str, remark: Remark, *, is_shut: bool
) -> tuple[EntryPlace | None, str, str]:
    """Return the place, or None when only a town is known; the town; the province.

    `is_shut` says that the building is closed for a time: what is online goes on without it.
    """
    parts = _address(row)
    online = _online(row, remark)
    is_rough = fields.text(row.get("approximate")).lower() == "yes"
    street = "" if is_rough else cut_to("address", parts["address"], 160, remark)
    name = cut_to("location", fields.text(row.get("location")), 120, remark)
    town = cut_to("city", parts["city"], 80, remark)
    given = cut_to("state", parts["state"] or _region(row), 80, remark)
    province = province_of(parts["country"] or country, parts["postal_code"], town, given)
    attendance = fields.text(row.get("attendance_option"))
    is_online = bool(online) or attendance in ("online", "hybrid")
    in_building = bool(street or (name and not is_online)) and attendance != "online"
    if is_online and is_shut:
        in_building = False
    elif attendance == "hybrid":
        in_building = True
    if not (is_online or in_building):
        return None, town, province
    place = EntryPlace(
        kind=_kind(is_online, in_building),
        name=name,
        country=parts["country"] or country,
        directions=cut_to(
            "location_notes", fields.long_text(row.get("location_notes")), 600, remark
        ),
        **online,
    )
    if in_building:
        place = replace(
            place,
            street=street,
            postcode="" if is_rough else parts["postal_code"],
            town=town,
            province=province,
            position=None if is_rough else _position(row, remark),
        )
    return place, town, province


def link(row: dict[str, Any], key: str) -> str:
    """Return an http(s) address, or nothing: no other scheme may become a link."""
    url = row.get(key)
    return link_of(url) if isinstance(url, str) else ""


def link_of(text: str) -> str:
    """Return text if it is an http(s) address, else nothing; a query keeps its `&copy=1`."""
    url = _AMPERSAND.sub("&", text.strip())
    return url if _LINK.fullmatch(url) else ""


def cut_to(field: str, text: str, most: int, remark: Remark) -> str:
    if len(text) > most:
        remark(field, Problem.CUT, str(most))
    return cut(text, most)


def province_of(country: str, postcode: str, town: str, given: str) -> str:
    """Return the Dutch province of a postcode or town; what was given where that is not known.

    A list's region may be anything, such as `Regio Amsterdam`: figures count provinces.
    """
    if country != "NL" or given in PROVINCES:
        return given
    spot = locate(postcode) or spot_of_town(town)
    return spot.province if spot else given


def street_of(text: str) -> str:
    """Return a street as readers take it: TSML cuts an address at its first `@`."""
    return text.partition("@")[0].strip(" ,")


def _online(row: dict[str, Any], remark: Remark) -> dict[str, Any]:
    """Return the join fields of a place; empty when nothing opens a call."""
    url = link(row, "conference_url")
    if not url and (written := fields.text(row.get("conference_url"))):
        remark("conference_url", Problem.NOT_A_LINK, written)
    if len(url) > 500:
        raise Unreadable("conference_url", Problem.TOO_LONG, "500")
    phone = fields.text(row.get("conference_phone"))
    if not (url or phone):
        return {}
    notes = [fields.long_text(row.get("conference_url_notes")) if url else ""]
    notes.append(fields.long_text(row.get("conference_phone_notes")) if phone else "")
    return {
        "join_url": url,
        "join_phone": cut_to("conference_phone", phone, 60, remark),
        "join_notes": cut_to("conference_url_notes", "\n".join(filter(None, notes)), 300, remark),
    }


def _kind(is_online: bool, in_building: bool) -> Kind:
    if is_online:
        return Kind.BOTH if in_building else Kind.ONLINE
    return Kind.BUILDING


def _address(row: dict[str, Any]) -> dict[str, str]:
    """Return address, postal_code, city, state and country, `""` where not said."""
    keys = ("address", "postal_code", "city", "state")
    parts = {key: fields.text(row.get(key)) for key in keys}
    parts["country"] = fields.country_code(row.get("country")) or ""
    whole = fields.text(row.get("formatted_address"))
    if whole and not (parts["address"] and parts["city"]):
        found = fields.take_apart(whole)
        parts = {key: value or found.get(key, "") for key, value in parts.items()}
    parts["address"] = street_of(parts["address"])
    parts["postal_code"] = parts["postal_code"][:12]
    return parts


def _region(row: dict[str, Any]) -> str:
    regions = row.get("regions")
    if isinstance(regions, list) and regions:
        return fields.text(regions[0])
    return fields.text(row.get("region"))


def _position(row: dict[str, Any], remark: Remark) -> Position | None:
    try:
        return fields.position(row)
    except Unreadable as fault:
        remark(fault.field, fault.problem, fault.value)
        return None
