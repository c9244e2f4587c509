"""NAWS' CSV: the 52 columns that NA World Services takes, in their order."""

from collections.abc import Iterable

from app.domain.imported import Entry
from app.domain.place import Kind
from app.formats.bmlt.kinds import MeetingKind, kinds_of
from app.formats.plain_text import one_line
from app.formats.spreadsheet import Table
from app.formats.written.hours import DAYS

COLUMNS = (
    "Committee", "CommitteeName", "AddDate", "AreaRegion", "ParentName", "ComemID", "ContactID",
    "ContactName", "CompanyName", "ContactAddrID", "ContactAddress1", "ContactAddress2",
    "ContactCity", "ContactState", "ContactZip", "ContactCountry", "ContactPhone", "MeetingID",
    "Room", "Closed", "WheelChr", "Day", "Time", "Language1", "Language2", "Language3",
    "LocationId", "Place", "Address", "City", "LocBorough", "State", "Zip", "Country",
    "Directions", "Institutional", "Format1", "Format2", "Format3", "Format4", "Format5",
    "Delete", "LastChanged", "Longitude", "Latitude", "ContactGP", "PhoneMeetingNumber",
    "VirtualMeetingLink", "VirtualMeetingInfo", "TimeZone", "bmlt_id", "unpublished",
)  # fmt: skip
MISSING = "WORLD_ID_MISSING"
FORMATS = 5
_FIRST = ("VM", "TC", "HYBR", "W", "M", "GL")
_ELSEWHERE = ("OPEN", "CLOSED", "WCHR", "LANG")


def table(entries: Iterable[tuple[int, Entry]], title: str) -> Table:
    """Return the list as a table; each entry with the number that its group has here."""
    return Table(title, COLUMNS, [_row(number, entry) for number, entry in entries])


def _row(number: int, entry: Entry) -> list[str]:
    kinds = kinds_of(entry)
    place = entry.place
    worlds = {kind.world for kind in kinds}
    says = {
        "CommitteeName": entry.name,
        "AreaRegion": MISSING,
        "ParentName": entry.entity,
        "Closed": "CLOSED" if "CLOSED" in worlds else "OPEN" if "OPEN" in worlds else "",
        "WheelChr": "TRUE" if "WCHR" in worlds else "FALSE",
        "Day": DAYS[entry.weekday - 1],
        "Time": f"{entry.start:%H%M}",
        "Language1": entry.language or "",
        "City": entry.town,
        "State": entry.province,
        "Institutional": "FALSE",
        "LastChanged": f"{entry.confirmed.month}/{entry.confirmed.day}/{entry.confirmed:%y}"
        if entry.confirmed
        else "",
        "TimeZone": entry.zone or "",
        "bmlt_id": str(number),
    }
    says |= {f"Format{at}": world for at, world in enumerate(_formats(kinds), 1)}
    if place:
        says |= {
            "Place": place.name,
            "Address": place.street,
            "Zip": place.postcode,
            "Country": place.country,
            "Directions": _directions(entry),
            "PhoneMeetingNumber": place.join_phone,
            "VirtualMeetingLink": place.join_url,
            "VirtualMeetingInfo": one_line(place.join_notes),
        }
        if place.position:
            says["Longitude"] = str(place.position.longitude)
            says["Latitude"] = str(place.position.latitude)
    return [says.get(column, "") for column in COLUMNS]


def _formats(kinds: Iterable[MeetingKind]) -> list[str]:
    """Return five world ids at most, those first that say how one comes in."""
    worlds = [kind.world for kind in kinds if kind.world and kind.world not in _ELSEWHERE]
    in_order = [*(one for one in _FIRST if one in worlds), *(w for w in worlds if w not in _FIRST)]
    return in_order[:FORMATS]


def _directions(entry: Entry) -> str:
    place = entry.place
    if place is None or place.kind is Kind.ONLINE:
        return ""
    return one_line(place.directions)
