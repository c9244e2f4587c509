"""Where and when all groups of a fellowship meet, in thin rows: who shares a room, who is double."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import time
from typing import NamedTuple

from sqlalchemy import ColumnElement, select

from app.db import db
from app.domain.doubles import CROWD, Site, doubles
from app.domain.geography.house import is_one_room
from app.domain.meeting import MEETS, Status
from app.domain.place import Kind, Position, Visibility
from app.domain.week import Week
from app.domain.work import Other
from app.records.groups import Group
from app.records.houses import in_one_house
from app.records.places import PlaceRecord
from app.records.rooms import together_from
from app.records.slots import SlotRecord


class Room(NamedTuple):
    """Where in a building; `key` is the same in every row for it, `name` empty when not said."""

    key: tuple[str, ...]
    name: str
    position: Position | None


class SlotRow(NamedTuple):
    """A standing time of a group, and where it is; online it has no room."""

    group_id: int
    since: Week
    weekday: int
    start: time
    minutes: int
    visibility: str
    place_id: int | None
    name: str
    status: str
    listed: bool
    room: Room | None
    until: Week | None
    """The week in which another replaces it."""

    @property
    def public_name(self) -> str:
        is_public = self.listed and self.visibility == Visibility.WHOLE
        return self.name if is_public else ""


Slots = dict[int, list[SlotRow]]
"""By group, the earliest first."""


def slots_of_fellowship(fellowship_id: int) -> Slots:
    """Return the slots of all groups that are not closed. One query."""
    return _slots(Group.fellowship_id == fellowship_id, Group.status != Status.CLOSED)


def slots_elsewhere(fellowship_id: int) -> Slots:
    """Return the slots of groups of other fellowships that ever stand in the same houses. One query."""
    ours = (
        select(SlotRecord.place_id)
        .join(Group, Group.id == SlotRecord.group_id)
        .where(Group.fellowship_id == fellowship_id, Group.status.in_(MEETS))
    )
    rooms = select(PlaceRecord.id).where(PlaceRecord.kind != Kind.ONLINE, in_one_house(ours))
    users = select(SlotRecord.group_id).where(SlotRecord.place_id.in_(rooms))
    return _slots(
        Group.fellowship_id != fellowship_id, Group.status.in_(MEETS), Group.id.in_(users)
    )


def slot_of(slots: list[SlotRow], week: Week) -> SlotRow | None:
    """Return the slot that holds in a week, or the first to come; None without any."""
    begun = (slot for slot in reversed(slots) if slot.since <= week)
    return next(begun, slots[0] if slots else None)


def shared_rooms(
    ours: Slots, theirs: Slots, apart: Mapping[int, Collection[int]], *, this_week: Week
) -> dict[int, dict[int, tuple[Week, Other]]]:
    """Return by group of ours who stands in its room at its hours, and since which week.

    `apart` are pairs that another point tells of already; who is told of a CROWD is told no more.
    """
    in_room: dict[tuple[str, ...], list[SlotRow]] = defaultdict(list)
    for slots in (*ours.values(), *theirs.values()):
        for slot in slots:
            is_over = slot.until is not None and slot.until <= this_week
            if slot.room is not None and slot.status in MEETS and not is_over:
                in_room[slot.room.key].append(slot)
    found: dict[int, dict[int, tuple[Week, Other]]] = defaultdict(dict)
    for users in in_room.values():
        for one, other in _met(users, ours, apart, found):
            since = together_from(one, one.until, other, other.until, this_week=this_week)
            if since is None:
                continue
            begun = max(one.since, other.since)
            known = found[one.group_id].get(other.group_id)
            if known is None or begun < known[0]:
                name = other.name if other.group_id in ours else other.public_name
                told = Other(other.group_id, name, other.public_name)
                found[one.group_id][other.group_id] = begun, told
    return found


def _met(
    users: list[SlotRow],
    ours: Slots,
    apart: Mapping[int, Collection[int]],
    found: Mapping[int, Mapping[int, object]],
) -> Iterator[tuple[SlotRow, SlotRow]]:
    """Yield who of ours may meet whom in one house, as long as `found` has no CROWD for them."""
    for one in users:
        told = apart.get(one.group_id, ())
        if one.group_id not in ours or len(told) >= CROWD:
            continue
        for other in users:
            if len(found.get(one.group_id, ())) >= CROWD:
                break
            is_told = other.group_id == one.group_id or other.group_id in told
            if not is_told and not _are_apart(one, other):
                yield one, other


def _are_apart(one: SlotRow, other: SlotRow) -> bool:
    """Tell whether two groups in one house said that they are in different rooms."""
    return bool(one.room and other.room and is_one_room(one.room.name, other.room.name) is False)


def likely_doubles(now: Mapping[int, SlotRow], towns: Mapping[int, str]) -> dict[int, list[Other]]:
    """Return by group which others of its fellowship may be the same one, by their slots of now."""
    found = doubles(_site(slot, towns[id]) for id, slot in now.items())
    return {
        id: [
            Other(other, now[other].name, now[other].name if now[other].listed else "", likeness)
            for other, likeness in sorted(others.items())
        ]
        for id, others in found.items()
    }


def _site(slot: SlotRow, town: str) -> Site:
    return Site(
        group_id=slot.group_id,
        name=slot.name,
        town=town,
        weekday=slot.weekday,
        start=slot.start,
        room=slot.room.key if slot.room else None,
        position=slot.room.position if slot.room else None,
    )


def _slots(*conditions: ColumnElement[bool]) -> Slots:
    query = (
        select(
            SlotRecord.group_id, SlotRecord.since, SlotRecord.weekday, SlotRecord.start,
            SlotRecord.minutes, SlotRecord.visibility, SlotRecord.place_id,
            Group.name, Group.status, Group.listed,
            PlaceRecord.kind, PlaceRecord.house, PlaceRecord.room,
            PlaceRecord.latitude, PlaceRecord.longitude,
        )
        .join(Group, Group.id == SlotRecord.group_id)
        .outerjoin(PlaceRecord, PlaceRecord.id == SlotRecord.place_id)
        .where(*conditions)
        .order_by(SlotRecord.group_id, SlotRecord.since.desc())
    )  # fmt: skip
    found: Slots = defaultdict(list)
    rooms: dict[int, Room | None] = {}
    for *slot, kind, house, room, latitude, longitude in db.session.execute(query):
        group_id, place_id = slot[0], slot[6]
        if kind and kind != Kind.ONLINE and place_id not in rooms:
            position = None if latitude is None else Position(latitude, longitude)
            rooms[place_id] = Room((house or f"#{place_id}",), room, position)
        own = found[group_id]
        until = own[-1].since if own else None
        own.append(SlotRow._make((*slot, rooms.get(place_id), until)))
    for own in found.values():
        own.reverse()
    return found
