"""One meeting as GetSearchResults has it: every value is text, and what is not said is empty."""

from dataclasses import dataclass

from app.domain.imported import Entry
from app.domain.place import Kind
from app.formats.bmlt.kinds import kinds_of

VENUES = {Kind.BUILDING: "1", Kind.ONLINE: "2", Kind.BOTH: "3"}
FIELDS = {
    "id_bigint": "Meeting ID",
    "worldid_mixed": "World ID",
    "shared_group_id_bigint": "Shared group ID",
    "service_body_bigint": "Service body ID",
    "weekday_tinyint": "Weekday",
    "venue_type": "Venue type",
    "start_time": "Start time",
    "duration_time": "Duration",
    "time_zone": "Time zone",
    "formats": "Formats",
    "lang_enum": "Language",
    "longitude": "Longitude",
    "latitude": "Latitude",
    "distance_in_km": "Distance in kilometers",
    "distance_in_miles": "Distance in miles",
    "email_contact": "Email contact",
    "published": "Published",
    "root_server_uri": "Root server URI",
    "format_shared_id_list": "Format IDs",
    "meeting_name": "Meeting name",
    "location_text": "Location name",
    "location_info": "Additional location information",
    "location_street": "Street address",
    "location_city_subsection": "Borough",
    "location_neighborhood": "Neighborhood",
    "location_municipality": "Town",
    "location_sub_province": "County",
    "location_province": "State or province",
    "location_postal_code_1": "Postal code",
    "location_nation": "Nation",
    "comments": "Comments",
    "train_lines": "Train lines",
    "bus_lines": "Bus lines",
    "contact_name_1": "Contact 1 name",
    "contact_phone_1": "Contact 1 phone",
    "contact_email_1": "Contact 1 email",
    "contact_name_2": "Contact 2 name",
    "contact_phone_2": "Contact 2 phone",
    "contact_email_2": "Contact 2 email",
    "phone_meeting_number": "Phone meeting number",
    "virtual_meeting_link": "Virtual meeting link",
    "virtual_meeting_additional_info": "Virtual meeting additional information",
    "url": "Page of the group",
    "confirmed_on": "Day on which the group confirmed all this",
}
"""Every key of a row, in the order of BMLT, ours last; what GetFieldKeys calls it."""
LANGUAGE = "nl"


@dataclass(frozen=True)
class Of:
    """What a row says of a group that its entry does not: its number, and its fellowship's."""

    id: int
    fellowship_id: int


def row(entry: Entry, of: Of, root: str) -> dict[str, str]:
    """Return an entry under BMLT's keys. `root` is the address that asks begin with.

    Contact persons are in none: a site shows them beside every other column.
    """
    kinds = kinds_of(entry)
    place = entry.place
    found = {
        "id_bigint": str(of.id),
        "service_body_bigint": str(of.fellowship_id),
        "weekday_tinyint": str(entry.weekday % 7 + 1),
        "venue_type": VENUES[place.kind] if place else VENUES[Kind.BUILDING],
        "start_time": f"{entry.start:%H:%M:%S}",
        "duration_time": _duration(entry.minutes),
        "time_zone": entry.zone or "",
        "formats": ",".join(kind.key for kind in kinds),
        "lang_enum": LANGUAGE,
        "published": "1",
        "root_server_uri": root,
        "format_shared_id_list": ",".join(str(kind.id) for kind in kinds),
        "meeting_name": entry.name,
        "location_municipality": entry.town,
        "location_province": entry.province,
        "comments": entry.description,
        "url": entry.url,
        "confirmed_on": entry.confirmed.isoformat() if entry.confirmed else "",
    }
    if place:
        found |= {
            "location_text": place.name,
            "location_info": place.directions,
            "location_street": place.street,
            "location_postal_code_1": place.postcode,
            "location_nation": place.country,
            "phone_meeting_number": place.join_phone,
            "virtual_meeting_link": place.join_url,
            "virtual_meeting_additional_info": place.join_notes,
        }
        if place.position:
            found["longitude"] = str(place.position.longitude)
            found["latitude"] = str(place.position.latitude)
    return {key: found.get(key, "") for key in FIELDS}


def _duration(minutes: int | None) -> str:
    """Return hours, minutes and seconds; nobody said how long is 00:00:00, as BMLT has it."""
    hours, rest = divmod(minutes or 0, 60)
    return f"{hours:02}:{rest:02}:00"
