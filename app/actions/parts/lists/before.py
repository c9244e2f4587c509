"""What groups were before an import, and letting them be so again."""

from datetime import date, time
from typing import Any

from app.actions.parts.revision import calendar_follows
from app.db import db
from app.domain.week import Week
from app.records.groups import Group
from app.records.places import PlaceRecord
from app.records.slots import SlotRecord

_COLUMNS = (
    "name", "description", "audience", "language", "language_said", "is_open", "features", "codes", "list_facts",
    "zone", "zone_said", "town", "province", "status", "source_key", "from_list",
)  # fmt: skip
_OF_SLOT = ("weekday", "minutes", "end_said", "visibility", "themes", "open_on", "closed_on")
_OF_PLACE = (
    "kind", "name", "street", "postcode", "town", "province", "country", "latitude", "longitude",
    "directions", "join_url", "join_phone", "join_notes", "join_is_public", "room",
)  # fmt: skip


def as_it_is(group: Group) -> dict[str, Any]:
    """Return all of a group that an import may change, as JSON keeps it."""
    return {
        "id": group.id,
        "columns": {name: getattr(group, name) for name in _COLUMNS},
        "confirmed_on": group.confirmed_on.isoformat() if group.confirmed_on else None,
        "gone_on": group.gone_on.isoformat() if group.gone_on else None,
        "status_since": group.status_since.isoformat(),
        "slots": [_slot(one) for one in group.slots],
    }


def versions(group: Group) -> list[int]:
    """Return what rises with every edit of a group that is not this import's."""
    return [group.version, group.slot_version]


def be_again(group: Group, was: dict[str, Any]) -> None:
    """Let a held group be what it was, its standing times and their places too."""
    with calendar_follows(group):
        for name, value in was["columns"].items():
            setattr(group, name, value)
        day = was["confirmed_on"]
        group.confirmed_on = date.fromisoformat(day) if day else None
        gone = was.get("gone_on")
        group.gone_on = date.fromisoformat(gone) if gone else None
        group.status_since = date.fromisoformat(was["status_since"])
        group.version += 1
        known = {one.since: one for one in group.slots}
        wanted = {Week.parse(one["since"]): one for one in was["slots"]}
        for since, record in known.items():
            if since not in wanted:
                group.slots.remove(record)
        db.session.flush()
        for since, one in wanted.items():
            record = known.get(since) or SlotRecord(since=since)
            if since not in known:
                group.slots.append(record)
            _be_slot(group, record, one)
        group.slot_version += 1
    db.session.flush()


def _slot(record: SlotRecord) -> dict[str, Any]:
    place = record.place
    return {
        "since": str(record.since),
        "start": record.start.isoformat(),
        **{name: getattr(record, name) for name in _OF_SLOT},
        "place": {name: getattr(place, name) for name in _OF_PLACE} if place else None,
    }


def _be_slot(group: Group, record: SlotRecord, was: dict[str, Any]) -> None:
    record.start = time.fromisoformat(was["start"])
    for name in was.keys() & set(_OF_SLOT):
        setattr(record, name, was[name])
    now = {name: getattr(record.place, name) for name in _OF_PLACE} if record.place else None
    if now != was["place"]:
        place = was["place"]
        record.place = PlaceRecord(**place, owner_id=group.id, earlier=[]) if place else None
