"""The groups that came from a list elsewhere, held by whoever imports that list again."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import date, time
from typing import NamedTuple

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import selectinload

from app.db import db, is_trying
from app.domain.imported import EntryPlace
from app.domain.meeting import Status
from app.domain.place import Kind, Position, Visibility
from app.domain.roles import Role
from app.domain.week import Week
from app.records.accounts import RoleRecord
from app.records.groups import FormerSlug, Group
from app.records.places import PlaceRecord
from app.records.slots import SlotRecord
from app.records.weeks import ClosureRecord, DeviationRecord

AT_ONCE = 500
"""Ids in one query: PostgreSQL takes 65,535 values, SQLite 32,766."""


def hold_imported(fellowship_id: int, source: str) -> dict[str, int]:
    """Lock a fellowship's groups from one list, in the order of their ids; return them by key. One query."""
    query = (
        select(Group.source_key, Group.id)
        .where(
            Group.fellowship_id == fellowship_id,
            Group.source_key.startswith(f"{source}:", autoescape=True),
        )
        .order_by(Group.id)
    )
    if not is_trying():
        query = query.with_for_update(of=Group)
    return {key or "": id for key, id in db.session.execute(query)}


def some_imported(ids: Iterable[int]) -> Iterator[dict[int, Group]]:
    """Yield held groups with their slots and places, by id, AT_ONCE at a time: three queries each.

    Whoever keeps no hold of them has no more than these in memory.
    """
    in_order = list(ids)
    for first in range(0, len(in_order), AT_ONCE):
        some = in_order[first : first + AT_ONCE]
        query = select(Group).where(Group.id.in_(some)).options(selectinload(Group.slots))
        found = db.session.scalars(query, execution_options={"populate_existing": True})
        yield {group.id: group for group in found}


class SlotInList(NamedTuple):
    """A standing time, as far as a list says one."""

    since: Week
    weekday: int
    start: time
    minutes: int
    end_said: bool
    place: EntryPlace | None


class GroupInList(NamedTuple):
    """A group, as far as a list says one: all that an import compares."""

    id: int
    slug: str
    name: str
    description: str
    audience: str
    language: str
    language_said: bool
    is_open: bool | None
    features: list[str]
    codes: list[list[str]]
    list_facts: list[list[str]]
    zone: str
    zone_said: bool
    town: str
    province: str
    status: str
    confirmed_on: date | None
    gone_on: date | None
    from_list: dict[str, str] | None
    slots: list[SlotInList]


_OF_GROUP = [getattr(Group, name) for name in GroupInList._fields if name != "slots"]
_OF_SLOT = [getattr(SlotRecord, name) for name in SlotInList._fields if name != "place"]
_NAMES_OF_PLACE = [one.name for one in fields(EntryPlace) if one.name not in ("kind", "position")]
_OF_PLACE = [getattr(PlaceRecord, name) for name in _NAMES_OF_PLACE]


def as_imported(ids: list[int]) -> dict[int, GroupInList]:
    """Return AT_ONCE held groups at most, by id, as values: most of a list is only looked at. Two queries."""
    slots = defaultdict(list)
    of_slots = (
        select(
            SlotRecord.group_id, PlaceRecord.kind, PlaceRecord.latitude, PlaceRecord.longitude,
            *_OF_SLOT, *_OF_PLACE,
        )
        .outerjoin(PlaceRecord, PlaceRecord.id == SlotRecord.place_id)
        .where(SlotRecord.group_id.in_(ids))
        .order_by(SlotRecord.group_id, SlotRecord.since)
    )  # fmt: skip
    for group_id, kind, latitude, longitude, *rest in db.session.execute(of_slots):
        of_slot, of_place = rest[: len(_OF_SLOT)], rest[len(_OF_SLOT) :]
        position = None if latitude is None else Position(latitude, longitude)
        said = dict(zip(_NAMES_OF_PLACE, of_place, strict=True))
        place = EntryPlace(kind=Kind(kind), position=position, **said) if kind else None
        slots[group_id].append(SlotInList._make((*of_slot, place)))
    groups = db.session.execute(select(*_OF_GROUP).where(Group.id.in_(ids)))
    return {row[0]: GroupInList._make((*row, slots[row[0]])) for row in groups}


def coordinated_groups(fellowship_id: int) -> set[int]:
    """Return the ids of a fellowship's groups that have a coordinator."""
    query = (
        select(RoleRecord.group_id)
        .join(Group, Group.id == RoleRecord.group_id)
        .where(Group.fellowship_id == fellowship_id, RoleRecord.kind == Role.COORDINATOR)
    )
    return {group_id for group_id in db.session.scalars(query) if group_id is not None}


def taken_slugs() -> set[str]:
    """Return every address that a group has, or had. One query."""
    return set(db.session.scalars(select(Group.slug).union(select(FormerSlug.slug))))


class Beside(NamedTuple):
    """A group that is not of a list, as far as the public may see it."""

    id: int
    slug: str
    name: str
    town: str
    weekday: int
    start: time
    street: str
    position: Position | None


def groups_beside(fellowship_id: int, source: str, week: Week) -> list[Beside]:
    """Return a fellowship's other groups that are not closed, where they stand in a week. One query.

    An address that only participants know stays out: who sends a list could look for it.
    """
    query = (
        select(
            Group.id, Group.slug, Group.name, Group.town, SlotRecord.weekday, SlotRecord.start,
            SlotRecord.visibility, PlaceRecord.street, PlaceRecord.latitude, PlaceRecord.longitude,
            PlaceRecord.kind, SlotRecord.since,
        )
        .join(SlotRecord, SlotRecord.group_id == Group.id)
        .outerjoin(PlaceRecord, PlaceRecord.id == SlotRecord.place_id)
        .where(
            Group.fellowship_id == fellowship_id,
            Group.status != Status.CLOSED,
            or_(
                Group.source_key.is_(None),
                ~Group.source_key.startswith(f"{source}:", autoescape=True),
            ),
        )
        .order_by(Group.id, SlotRecord.since)
    )  # fmt: skip
    found: dict[int, Beside] = {}
    for *of_group, visibility, street, latitude, longitude, kind, since in db.session.execute(
        query
    ):
        if of_group[0] in found and since > week:
            continue
        is_seen = visibility == Visibility.WHOLE and kind in (Kind.BUILDING, Kind.BOTH)
        at = Position(latitude, longitude) if is_seen and latitude is not None else None
        found[of_group[0]] = Beside._make((*of_group, street if is_seen else "", at))
    return list(found.values())


def unused_places(place_ids: list[int]) -> list[PlaceRecord]:
    """Return those of these places where nobody meets, now or in any week. A query for 500."""
    found: list[PlaceRecord] = []
    for first in range(0, len(place_ids), AT_ONCE):
        query = select(PlaceRecord).where(
            PlaceRecord.id.in_(place_ids[first : first + AT_ONCE]),
            ~or_(
                exists().where(SlotRecord.place_id == PlaceRecord.id),
                exists().where(DeviationRecord.place_id == PlaceRecord.id),
                exists().where(ClosureRecord.place_id == PlaceRecord.id),
            ),
        )
        found += db.session.scalars(query)
    return found
