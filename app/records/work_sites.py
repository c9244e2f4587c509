"""Where and when all groups of a fellowship meet, in thin rows: who shares a room, who is double."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import time
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, func, or_, select

from app.db import db
from app.domain.doubles import Site, doubles
from app.domain.meeting import MEETS, Status
from app.domain.place import Kind, Position, Visibility
from app.domain.week import Week
from app.domain.work import Other
from app.records.groups import Group
from app.records.places import PlaceRecord
from app.records.rooms import room_key, together_from
from app.records.slots import SlotRecord


class Standing(NamedTuple):
    """A standing time of a group, and where it is."""

    group_id: int
    fellowship_id: int
    name: str
    town: str
    status: str
    listed: bool
    since: Week
    weekday: int
    start: time
    minutes: int
    visibility: str
    place_id: int | None
    kind: str | None
    place: str
    street: str
    postcode: str
    place_town: str
    latitude: float | None
    longitude: float | None

    @property
    def room(self) -> tuple[str, ...] | None:
        if self.place_id is None or self.kind == Kind.ONLINE:
            return None
        return room_key(self.place_id, self.place, self.street, self.postcode, self.place_town)

    @property
    def position(self) -> Position | None:
        if self.latitude is None or self.longitude is None or self.kind == Kind.ONLINE:
            return None
        return Position(self.latitude, self.longitude)

    @property
    def public_name(self) -> str:
        is_public = self.listed and self.visibility == Visibility.WHOLE
        return self.name if is_public else ""


Slots = dict[int, list[Standing]]
"""By group, the earliest first."""


def slots_of_fellowship(fellowship_id: int) -> Slots:
    """Return the slots of all groups that are not closed. One query."""
    query = _standings().where(Group.fellowship_id == fellowship_id, Group.status != Status.CLOSED)
    return _by_group(query)


def slots_elsewhere(fellowship_id: int) -> Slots:
    """Return the slots of groups of other fellowships that ever stand in the same rooms.

    By postcode or town, so a few too many. One query.
    """
    ours = (
        select(SlotRecord.place_id)
        .join(Group, Group.id == SlotRecord.group_id)
        .where(Group.fellowship_id == fellowship_id, Group.status.in_(MEETS))
    )
    postcode = func.replace(func.lower(PlaceRecord.postcode), " ", "")
    town = func.lower(PlaceRecord.town)
    of_ours = PlaceRecord.id.in_(ours)
    same_room = or_(
        of_ours,
        and_(postcode != "", postcode.in_(select(postcode).where(of_ours))),
        and_(postcode == "", town.in_(select(town).where(of_ours, postcode == ""))),
    )
    rooms = select(PlaceRecord.id).where(PlaceRecord.kind != Kind.ONLINE, same_room)
    users = select(SlotRecord.group_id).where(SlotRecord.place_id.in_(rooms))
    query = _standings().where(
        Group.fellowship_id != fellowship_id, Group.status.in_(MEETS), Group.id.in_(users)
    )
    return _by_group(query)


def now_of(slots: list[Standing], week: Week) -> Standing | None:
    """Return the slot that holds in a week, or the first to come; None without any."""
    begun = [slot for slot in slots if slot.since <= week]
    return begun[-1] if begun else next(iter(slots), None)


def shared_rooms(
    ours: Slots, theirs: Slots, apart: Mapping[int, Collection[int]], *, this_week: Week
) -> dict[int, dict[int, tuple[Week, Other]]]:
    """Return by group of ours who stands in its room at its hours, and since which week.

    `apart` are pairs that another point tells of already.
    """
    in_room = defaultdict(list)
    for slots in (*ours.values(), *theirs.values()):
        for number, slot in enumerate(slots):
            until = slots[number + 1].since if number + 1 < len(slots) else None
            is_over = slot.status not in MEETS or (until is not None and until <= this_week)
            if not is_over and (room := slot.room) is not None:
                in_room[room].append((slot, until))
    found: dict[int, dict[int, tuple[Week, Other]]] = defaultdict(dict)
    for users in in_room.values():
        for one, one_until in users:
            if one.group_id not in ours:
                continue
            for other, other_until in users:
                is_told = other.group_id in apart.get(one.group_id, ())
                if other.group_id == one.group_id or is_told:
                    continue
                if not together_from(one, one_until, other, other_until, this_week=this_week):
                    continue
                since = max(one.since, other.since)
                known = found[one.group_id].get(other.group_id)
                if known is None or since < known[0]:
                    found[one.group_id][other.group_id] = since, _other(one, other)
    return found


def likely_doubles(ours: Slots, this_week: Week) -> dict[int, list[Other]]:
    """Return by group which others of its fellowship may be the same one."""
    now = {id: slot for id, slots in ours.items() if (slot := now_of(slots, this_week))}
    found = doubles(_site(slot) for slot in now.values())
    return {
        id: [
            Other(other, now[other].name, now[other].name if now[other].listed else "", likeness)
            for other, likeness in sorted(others.items())
        ]
        for id, others in found.items()
    }


def _other(one: Standing, other: Standing) -> Other:
    of_one_house = one.fellowship_id == other.fellowship_id
    name = other.name if of_one_house else other.public_name
    return Other(other.group_id, name, other.public_name)


def _site(slot: Standing) -> Site:
    return Site(
        group_id=slot.group_id,
        name=slot.name,
        town=slot.town,
        weekday=slot.weekday,
        start=slot.start,
        room=slot.room,
        position=slot.position,
    )


def _standings():
    return (
        select(
            SlotRecord.group_id,
            Group.fellowship_id,
            Group.name,
            Group.town,
            Group.status,
            Group.listed,
            SlotRecord.since,
            SlotRecord.weekday,
            SlotRecord.start,
            SlotRecord.minutes,
            SlotRecord.visibility,
            SlotRecord.place_id,
            PlaceRecord.kind,
            func.coalesce(PlaceRecord.name, ""),
            func.coalesce(PlaceRecord.street, ""),
            func.coalesce(PlaceRecord.postcode, ""),
            func.coalesce(PlaceRecord.town, ""),
            PlaceRecord.latitude,
            PlaceRecord.longitude,
        )
        .join(Group, Group.id == SlotRecord.group_id)
        .outerjoin(PlaceRecord, PlaceRecord.id == SlotRecord.place_id)
    )


def _by_group(query: Select[Any]) -> Slots:
    found: Slots = defaultdict(list)
    for row in db.session.execute(query):
        slot = Standing(*row)
        found[slot.group_id].append(slot)
    for slots in found.values():
        slots.sort(key=lambda slot: slot.since)
    return found
