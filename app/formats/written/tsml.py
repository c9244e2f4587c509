"""TSML's CSV: the columns of its own export, for WordPress and for whoever reads that."""

from collections.abc import Iterable

from app.domain.imported import Entry
from app.domain.place import Kind
from app.formats.lists.type_names import code_named, name_of
from app.formats.meeting_guide.facts import given_back
from app.formats.meeting_guide.place import link_of
from app.formats.meeting_guide.types import types_said
from app.formats.spreadsheet import Table
from app.formats.written.hours import DAYS, end_of, way_of

COLUMNS = (
    "Name", "Day", "Time", "End Time", "Types", "Notes", "Conference URL", "Conference URL Notes",
    "Conference Phone", "Conference Phone Notes", "Location", "Address", "City", "State",
    "Postal Code", "Country", "Region", "Sub Region", "Location Notes", "Latitude", "Longitude", "Approximate",
    "Attendance Option", "Timezone", "Slug", "Updated", "URL", "Entity", "Entity URL",
    "Group", "District", "Sub District", "Website", "Website 2", "Feedback URL",
)  # fmt: skip


def table(entries: Iterable[Entry], title: str) -> Table:
    """Return the list as a table; names of days and types are English, as its importer has them."""
    return Table(title, COLUMNS, [_row(entry) for entry in entries])


def _row(entry: Entry) -> list[str]:
    place = entry.place
    says = {
        "Name": entry.name,
        "Day": DAYS[entry.weekday - 1],
        "Time": f"{entry.start:%H:%M}",
        "End Time": end_of(entry),
        "Types": ", ".join(types_of(entry)),
        "Notes": entry.description,
        "City": entry.town,
        "Region": entry.province,
        "Approximate": "yes" if place and place.kind is Kind.ONLINE else "no",
        "Attendance Option": way_of(entry),
        "Timezone": entry.zone or "",
        "Slug": entry.slug,
        "Updated": f"{entry.confirmed} 00:00:00" if entry.confirmed else "",
        "URL": entry.url,
        "Entity": entry.entity,
        "Entity URL": entry.entity_url,
    }
    says |= {_column_of(key): value for key, value in given_back(entry.facts, link_of).items()}
    if place:
        notes = "Conference URL Notes" if place.join_url else "Conference Phone Notes"
        says |= {
            "Conference URL": place.join_url,
            "Conference Phone": place.join_phone,
            notes: place.join_notes,
            "Location": place.name,
            "Address": place.street,
            "Postal Code": place.postcode,
            "Country": place.country,
            "Location Notes": place.directions,
        }
        if place.position:
            says["Latitude"] = str(place.position.latitude)
            says["Longitude"] = str(place.position.longitude)
    return [says.get(column, "") for column in COLUMNS]


def _column_of(key: str) -> str:
    """Return `Feedback URL` for feedback_url."""
    return key.replace("_", " ").title().replace("Url", "URL")


def types_of(entry: Entry) -> list[str]:
    """Return the types by their English names; by their code where a name is not known, or not sure."""
    pairs = types_said(entry)
    found = []
    for program, code in pairs:
        name = name_of(program, code, "en") or ""
        is_sure = name and "," not in name and code_named(name) == code
        found.append(name if is_sure else code)
    return list(dict.fromkeys(found))
