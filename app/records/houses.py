"""Who meets in the same house, and the places that a group may choose from."""

from collections.abc import Collection, Hashable
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Select,
    String,
    and_,
    bindparam,
    exists,
    or_,
    select,
    union,
)

from app.db import db
from app.domain.geography.alphabet import sorting
from app.domain.geography.house import is_one_room, plain
from app.domain.place import Visibility
from app.records.accounts import RoleRecord
from app.records.groups import Group
from app.records.places import OneHouse, PlaceRecord
from app.records.slots import SlotRecord
from app.records.weeks import DeviationRecord


@dataclass(frozen=True)
class Housemate:
    """Another group in the house; `name` is empty when the public does not see it there."""

    group_id: int
    name: str
    room: str


def in_one_house(
    place_ids: Collection[int] | Select[Any] | CompoundSelect[Any] | BindParameter[Any],
) -> ColumnElement[bool]:
    """Return the condition that a place is one of these, or in a house with one of them."""
    other = PlaceRecord.__table__.alias()
    houses = select(other.c.house).where(other.c.id.in_(place_ids), other.c.house.is_not(None))
    return or_(PlaceRecord.id.in_(place_ids), PlaceRecord.house.in_(houses))


def places_with(place: PlaceRecord) -> list[PlaceRecord]:
    """Return the places in a place's house, itself among them, by id. One query."""
    return list(db.session.scalars(_with(), {"places": [place.id]}))


@cache
def _with() -> Select[PlaceRecord]:
    in_house = in_one_house(bindparam("places", expanding=True))
    return select(PlaceRecord).where(in_house).order_by(PlaceRecord.id)


def shut_with(place: PlaceRecord, *, only_room: bool) -> frozenset[int]:
    """Return the ids of the places that are shut when a place's house is, or its room alone.

    A room of which nobody said which it is stays open when one room is shut. One query.
    """
    return frozenset({place.id}) | {
        one.id for one in places_with(place) if not only_room or is_one_room(one.room, place.room)
    }


def groups_meeting_in(place_ids: Collection[int]) -> set[int]:
    """Return the ids of the groups with a slot or a week in one of these places. One query."""
    return set(db.session.scalars(_meeting_in(), {"places": [*place_ids]}))


@cache
def _meeting_in() -> CompoundSelect[int]:
    places: BindParameter[Any] = bindparam("places", expanding=True)
    slots = select(SlotRecord.group_id).where(SlotRecord.place_id.in_(places))
    weeks = select(DeviationRecord.group_id).where(DeviationRecord.place_id.in_(places))
    return union(slots, weeks)


def housemates(group: Group, place: PlaceRecord) -> list[Housemate]:
    """Return the other groups that meet in a place's house, by name. One query.

    Whom the public does not see there is there without a name.
    """
    rows = db.session.execute(_mates(), {"places": [place.id], "group": group.id})
    found = {
        id: Housemate(id, name if listed and seen == Visibility.WHOLE else "", room)
        for id, name, listed, seen, room in rows
    }
    return list(found.values())


@cache
def _mates() -> Select[int, str, bool, str, str]:
    """Return the statement of the groups that meet in the house of some places, but for one."""
    in_house = in_one_house(bindparam("places", expanding=True))
    return (
        select(Group.id, Group.name, Group.listed, SlotRecord.visibility, PlaceRecord.room)
        .join(SlotRecord, SlotRecord.group_id == Group.id)
        .join(PlaceRecord, PlaceRecord.id == SlotRecord.place_id)
        .where(in_house, Group.id != bindparam("group"), Group.status != "closed")
        .order_by(Group.sorts_as, Group.id, SlotRecord.since)
    )


@dataclass(frozen=True)
class House:
    """A building as an office sees it; where a group keeps its address to itself, the town."""

    place_id: int
    """Of one place in it: the key would tell the address."""
    where: str
    groups: tuple[str, ...]
    is_said: bool
    """An officer said that several addresses are this one house."""


def houses_of(fellowship_id: int, words: str = "") -> list[House]:
    """Return the houses in which a fellowship's groups meet, by town and address. Two queries.

    `words` leaves those of which the address or a group's name holds them.
    """
    rows = db.session.execute(
        select(PlaceRecord, Group.name, Group.listed, SlotRecord.visibility)
        .join(SlotRecord, SlotRecord.place_id == PlaceRecord.id)
        .join(Group, Group.id == SlotRecord.group_id)
        .where(
            Group.fellowship_id == fellowship_id,
            Group.status != "closed",
            PlaceRecord.house.is_not(None),
        )
        .order_by(PlaceRecord.town, PlaceRecord.street, Group.sorts_as)
    )
    said = set(db.session.scalars(select(OneHouse.same_as)))
    wheres: dict[str, dict[str, None]] = {}
    groups: dict[str, dict[str, None]] = {}
    ids: dict[str, int] = {}
    for place, name, listed, visibility in rows:
        key = place.house or ""
        is_public = listed and visibility == Visibility.WHOLE
        address = ", ".join(part for part in (place.name, place.value().address) if part)
        ids.setdefault(key, place.id)
        wheres.setdefault(key, {})[address if is_public else place.town] = None
        groups.setdefault(key, {})[name] = None
    found = [
        House(ids[key], " / ".join(wheres[key]), tuple(groups[key]), key in said) for key in ids
    ]
    wanted = plain(words)
    return [one for one in found if wanted in plain(one.where + " ".join(one.groups))]


def places_for(group: Group, account_id: int) -> list[PlaceRecord]:
    """Return the places a coordinator may choose for a group, by town and name. One query.

    Those of their own groups, and those in the group's town that another listed group shows whole
    to the public: never one that a group keeps to itself. One for each room of a house, this
    group's own before another's.
    """
    asked = {"account": account_id, "town": group.town}
    found = sorted(
        db.session.scalars(_open_to(), asked),
        key=lambda place: (sorting(place.town), sorting(place.name), place.id),
    )
    own = {_room(place) for place in found if place.owner_id == group.id}
    seen: set[Hashable] = set()
    offered = []
    for place in found:
        is_own = place.owner_id == group.id
        if is_own or not (_room(place) in own or _room(place) in seen):
            offered.append(place)
            seen.add(_room(place))
    return offered


def may_use_place(place_id: int, group: Group, account_id: int) -> bool:
    """Tell whether `places_for` would offer this place."""
    query = _open_to().where(PlaceRecord.id == place_id)
    return db.session.scalar(query, {"account": account_id, "town": group.town}) is not None


def place_owned_by(group: Group, place_id: int) -> PlaceRecord | None:
    """Return one of a group's own places; None for any other. One query."""
    place = db.session.get(PlaceRecord, place_id)
    return place if place and place.owner_id == group.id else None


def places_owned_by(group_id: int) -> set[int | None]:
    """Return the ids of a group's own places. One query."""
    return set(db.session.scalars(select(PlaceRecord.id).where(PlaceRecord.owner_id == group_id)))


@cache
def _open_to() -> Select[PlaceRecord]:
    """Return the statement of the places open to an account for a group in a town."""
    mine = select(RoleRecord.group_id).where(RoleRecord.account_id == bindparam("account"))
    used_by_mine = exists().where(
        SlotRecord.place_id == PlaceRecord.id, SlotRecord.group_id.in_(mine)
    )
    shown_in_town = exists().where(
        SlotRecord.place_id == PlaceRecord.id,
        SlotRecord.visibility == Visibility.WHOLE,
        Group.id == SlotRecord.group_id,
        Group.listed,
    )
    town: BindParameter[str] = bindparam("town", type_=String)
    is_open = or_(
        PlaceRecord.owner_id.in_(mine),
        used_by_mine,
        and_(PlaceRecord.town == town, PlaceRecord.town != "", shown_in_town),
    )
    return select(PlaceRecord).where(is_open).order_by(PlaceRecord.id)


def _room(place: PlaceRecord) -> Hashable:
    return (place.house, plain(place.room)) if place.house else place.id
