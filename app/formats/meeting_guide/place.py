"""Where a Meeting Guide row meets: in a building, online, both, or in a town and no more is known."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from sys import intern
from typing import Any

from app.domain.geography.gazetteer import province_named
from app.domain.geography.netherlands import NETHERLANDS, PROVINCES
from app.domain.geography.whereabouts import spot_of
from app.domain.imported import EntryPlace, Problem
from app.domain.place import Kind, Position
from app.formats.lists.addresses import Address, Hints, completed
from app.formats.lists.countries import country_code, country_in_zone, lies_in
from app.formats.meeting_guide import fields
from app.formats.meeting_guide.fields import Unreadable
from app.formats.plain_text import cut

Remark = Callable[[str, Problem, str], None]
"""Keeps what is odd in a row: its field, the problem, the value."""
Public = Callable[[str, str], str]
"""Takes what is private out of a field's text, and keeps it apart."""

_LINK = re.compile(r"https?://[^\s<>\"\x00-\x1f\x7f-\x9f\ud800-\udfff]+", re.IGNORECASE)
_AMPERSAND = re.compile(r"&(?:amp;)+")
_YES = frozenset({"ja", "j", "yes", "y", "x", "true", "1", "online", "waar", "wahr", "oui"})
_NO = frozenset({"nee", "n", "no", "nein", "false", "0", "onwaar", "falsch", "non", "-"})
_WAYS = {
    "virtual": "online", "online_only": "online", "remote": "online", "zoom": "online", "telephone": "online",
    "both": "hybrid", "mixed": "hybrid", "hybride": "hybrid", "in_person_and_online": "hybrid",
    "inperson": "in_person", "physical": "in_person", "fysiek": "in_person", "face_to_face": "in_person",
    "live": "in_person", "op_locatie": "in_person", "offline": "in_person",
}  # fmt: skip
_SAY_ONLINE = ("conference_url", "is_online", "online", "virtual", "is_virtual")
_NO_REGIONS = ("online", "virtual", "telephone", "zoom")


@dataclass(frozen=True)
class Around:
    """What is known of a row beside its address."""

    usual: str = ""
    """The fellowship's country; empty when it has none."""
    zone: str | None = None
    language: str | None = None
    is_shut: bool = False
    """The building is closed for a time: what is online goes on without it."""
    is_online: bool = False
    """Its types say that it meets online, with or without a link."""


def place_of(
    row: dict[str, Any], around: Around, remark: Remark, public: Public
) -> tuple[EntryPlace | None, str, str]:
    """Return the place, or None when only a town is known; the town; the province."""
    position = _position(row, remark)
    address = _address(row, around, position)
    online = _online(row, remark, public)
    is_rough = fields.text(row.get("approximate")).lower() == "yes"
    written = "" if is_rough else public("street", address.street)
    street = cut_to("address", written, 160, remark)
    name = cut_to("location", public("place_name", fields.text(row.get("location"))), 120, remark)
    town = intern(cut_to("city", public("town", address.town), 80, remark))
    given = cut_to("state", address.province, 80, remark)
    province = province_of(address.country, address.postcode, town, given)
    attendance = _attendance(row)
    said_online = around.is_online and attendance != "in_person"
    if "join_url" not in online and (street or name or attendance == "in_person"):
        online = {}  # notes alone, left of a call that is no more
    is_online = bool(online) or said_online or attendance in ("online", "hybrid")
    in_building = bool(street or (name and not is_online)) and attendance != "online"
    if is_online and around.is_shut:
        in_building = False
    elif attendance == "hybrid":
        in_building = True
    if not (is_online or in_building):
        return None, town, province
    directions = public("directions", fields.long_text(row.get("location_notes")))
    building: dict[str, Any] = {}
    if in_building:
        if position and not lies_in(position, address.country):
            remark("latitude", Problem.NOT_THERE, address.country)
            position = None
        building = {
            "street": street,
            "postcode": "" if is_rough else address.postcode[:12].strip(),
            "town": town,
            "province": province,
            "position": None if is_rough else position,
        }
    place = EntryPlace(
        kind=_kind(is_online, in_building),
        name=name,
        country=address.country,
        directions=cut_to("location_notes", directions, 600, remark),
        **building,
        **online,
    )
    return place, town, province


def _attendance(row: dict[str, Any]) -> str:
    """Return how one takes part, as the specification writes it; a link that says `yes` is online."""
    said = fields.text(row.get("attendance_option"))
    if said:
        said = re.sub(r"[\W_]+", "_", said.lower()).strip("_")
    if not said and any(_is_yes(row[key]) for key in _SAY_ONLINE if key in row):
        return "online"
    return _WAYS.get(said, said)


def _is_yes(value: object) -> bool:
    return value is True or fields.text(value).lower() in _YES


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

    A list's region may be anything, such as `Regio Amsterdam`: figures count provinces. Outside
    the Netherlands nothing is in one of its provinces.
    """
    if country != NETHERLANDS:
        is_dutch = bool(province_named(given)) and country not in ("", "BE")
        return "" if is_dutch else given
    if named := province_named(given):
        return named
    spot = spot_of(country, postcode, town)
    return spot.province if spot else given


def is_region(text: str) -> bool:
    """Tell whether a list's region is one, and not a country or the word for online."""
    return text.casefold() not in _NO_REGIONS and country_code(text) is None


def street_of(text: str) -> str:
    """Return a street as readers take it: TSML cuts an address at its first `@`."""
    return text.partition("@")[0].strip(" ,")


def _online(row: dict[str, Any], remark: Remark, public: Public) -> dict[str, Any]:
    """Return the join fields of a place; empty when nothing opens a call."""
    url = link(row, "conference_url")
    written = fields.text(row.get("conference_url"))
    if not url and written and written.lower() not in _YES | _NO:
        remark("conference_url", Problem.NOT_A_LINK, written)
    if len(url) > 500:
        raise Unreadable("conference_url", Problem.TOO_LONG, "500")
    phone = fields.text(row.get("conference_phone"))
    notes = [fields.long_text(row.get("conference_url_notes")) if url or not phone else ""]
    notes.append(fields.long_text(row.get("conference_phone_notes")) if phone else "")
    said = public("join_notes", "\n".join(filter(None, notes)))
    if not (url or phone):
        return {"join_notes": cut_to("conference_url_notes", said, 300, remark)} if said else {}
    return {
        "join_url": url,
        "join_phone": cut_to("conference_phone", phone, 60, remark),
        "join_notes": cut_to("conference_url_notes", said, 300, remark),
    }


def _kind(is_online: bool, in_building: bool) -> Kind:
    if is_online:
        return Kind.BOTH if in_building else Kind.ONLINE
    return Kind.BUILDING


def _address(row: dict[str, Any], around: Around, position: Position | None) -> Address:
    """Return the address in parts, its country as far as it is said or can be told."""
    region = _region(row)
    given = Address(
        street=street_of(_street(row)),
        postcode=fields.text(row.get("postal_code")),
        town=fields.text(row.get("city")),
        province=fields.text(row.get("state")),
        country=country_code(row.get("country")) or "",
    )
    hints = Hints(
        of_zone=country_in_zone(around.zone) if around.zone else "",
        usual=around.usual,
        position=position,
        language=around.language or "",
    )
    found = completed(given, fields.text(row.get("formatted_address")), hints, region=region)
    if not found.province and is_region(region):
        found = replace(found, province=region)
    if not found.country and found.province in PROVINCES and found.town:
        found = replace(found, country=NETHERLANDS)
    street = street_of(found.street)
    return found if street == found.street else replace(found, street=street)


def _street(row: dict[str, Any]) -> str:
    """Return the street with its number, which some lists keep apart."""
    street, number = fields.text(row.get("address")), fields.text(row.get("house_number"))
    return f"{street} {number}" if street and number and number not in street.split() else street


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
