"""Who else stands in the same room at overlapping hours: a warning, never a refusal."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, time
from typing import Protocol

from sqlalchemy import or_, select

from app.db import db
from app.domain.geography.house import is_one_room
from app.domain.meeting import MEETS, Meeting
from app.domain.place import Kind, Place, Visibility
from app.domain.slot import Slot
from app.domain.week import Week
from app.records.groups import Group
from app.records.houses import places_with
from app.records.listings import schedules_of
from app.records.places import PlaceRecord
from app.records.slots import SlotRecord
from app.records.weeks import DeviationRecord

A_WEEK = 7 * 24 * 60
"""Minutes."""


class Hours(Protocol):
    """A weekly time from a week on: a slot, or a row that is read like one."""

    @property
    def since(self) -> Week: ...
    @property
    def weekday(self) -> int: ...
    @property
    def start(self) -> time: ...
    @property
    def minutes(self) -> int: ...


@dataclass(frozen=True)
class Neighbour:
    """Another group in the room, as the public may know it; without a name it is `another group`.

    `since` is the week from which the two overlap.
    """

    name: str
    weekday: int
    start: time
    since: Week


def others_in_room(group: Group, slot: Slot, *, this_week: Week) -> list[Neighbour]:
    """Return who overlaps with a slot of a group, from this week or the slot's own on.

    By the wall clock, until this group's or the other's next slot. Two queries.
    """
    if not _is_room(slot.place):
        return []
    rooms = _same_rooms(slot.place)
    ends = min((one.since for one in group.slots if one.since > slot.since), default=None)
    found = []
    for other, name_is_public, record, until in _slots_of_users(rooms, group.id):
        since = together_from(slot, ends, record, until, this_week=this_week)
        if record.place_id not in rooms or since is None:
            continue
        found.append(
            Neighbour(other if name_is_public else "", record.weekday, record.start, since)
        )
    return sorted(found, key=lambda one: (one.since, one.weekday, one.start, one.name))


def others_in_room_on(group: Group, meeting: Meeting) -> list[Neighbour]:
    """Return who meets in a room while one meeting of a group, not seen as public, is there.

    For a week that is moved or elsewhere too. Six queries.
    """
    if not _is_room(meeting.place) or not meeting.is_on:
        return []
    rooms = _same_rooms(meeting.place)
    first = meeting.week + -1  # a Sunday night runs into the next week
    users = _users(rooms, first, group.id)
    schedules = schedules_of(users, (first, first + 2), public=True)
    found = []
    for other in users:
        for theirs in schedules[other.id].meetings(first, 3):
            is_here = theirs.is_on and theirs.place and theirs.place.id in rooms
            if is_here and theirs.place and _at_once(meeting, theirs):
                name = other.name if other.listed and not theirs.place.hidden else ""
                weekday, start = theirs.starts.isoweekday(), theirs.starts.time()
                found.append(Neighbour(name, weekday, start, theirs.week))
    return found


def together_from(
    one: Hours, one_until: Week | None, other: Hours, other_until: Week | None, *, this_week: Week
) -> Week | None:
    """Return the first week, this one or later, in which two standing times are held at once.

    Each `until` is the week of the slot that replaces it. None when they never are.
    """
    if not _overlap(one, other):
        return None
    since = max(one.since, other.since, this_week)
    is_over = any(until is not None and since >= until for until in (one_until, other_until))
    return None if is_over else since


def _is_room(place: Place | None) -> bool:
    return place is not None and place.has_building


def _same_rooms(place: Place | None) -> set[int]:
    """Return the ids of the places in this house, without those in a room that is another."""
    assert place is not None
    row = db.session.get_one(PlaceRecord, place.id)
    return {
        one.id
        for one in places_with(row)
        if one.kind != Kind.ONLINE and is_one_room(one.room, row.room) is not False
    }


def _slots_of_users(
    rooms: Collection[int], group_id: int
) -> Iterator[tuple[str, bool, SlotRecord, Week | None]]:
    """Yield the slots of the groups that ever stand in these rooms: name, whether it may be told,
    the slot, and the week in which the next one replaces it."""
    here = select(SlotRecord.group_id).where(SlotRecord.place_id.in_(rooms))
    rows = db.session.execute(
        select(SlotRecord, Group.name, Group.listed)
        .join(Group, Group.id == SlotRecord.group_id)
        .where(Group.id.in_(here), Group.id != group_id, Group.status.in_(MEETS))
        .order_by(SlotRecord.group_id, SlotRecord.since)
    ).all()
    for number, (record, name, listed) in enumerate(rows):
        after = rows[number + 1][0] if number + 1 < len(rows) else None
        until = after.since if after and after.group_id == record.group_id else None
        yield name, listed and record.visibility == Visibility.WHOLE, record, until


def _users(rooms: Collection[int], first: Week, group_id: int) -> list[Group]:
    slots = select(SlotRecord.group_id).where(SlotRecord.place_id.in_(rooms))
    weeks = select(DeviationRecord.group_id).where(
        DeviationRecord.place_id.in_(rooms), DeviationRecord.week.between(first, first + 2)
    )
    query = select(Group).where(
        or_(Group.id.in_(slots), Group.id.in_(weeks)),
        Group.id != group_id,
        Group.status.in_(MEETS),
    )
    return list(db.session.scalars(query.order_by(Group.sorts_as, Group.id)))


def _overlap(one: Hours, other: Hours) -> bool:
    """Tell whether two weekly times touch by the wall clock, over midnight and Sunday too."""
    apart = (_minute(other.weekday, other.start) - _minute(one.weekday, one.start)) % A_WEEK
    return apart < one.minutes or A_WEEK - apart < other.minutes


def _minute(weekday: int, start: time) -> int:
    return (weekday - 1) * 24 * 60 + start.hour * 60 + start.minute


def _at_once(one: Meeting, other: Meeting) -> bool:
    return one.starts.astimezone(UTC) < other.ends.astimezone(UTC) and other.starts.astimezone(
        UTC
    ) < one.ends.astimezone(UTC)
