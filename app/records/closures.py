"""Closures that are now or to come: whose they are, and who is to be told of them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, or_, select, union
from sqlalchemy.orm import joinedload

from app.db import db
from app.domain.geography.alphabet import sorting
from app.domain.roles import Role
from app.domain.undoing import UNDONE_WITHIN
from app.domain.week import Week
from app.records.accounts import Account, RoleRecord
from app.records.changes import Change, ChangeOfGroup
from app.records.groups import Group
from app.records.houses import groups_meeting_in, in_one_house
from app.records.places import PlaceRecord
from app.records.slots import SlotRecord
from app.records.weeks import ClosureRecord, DeviationRecord

UNDOABLE = (
    "close_group", "close_place", "close_fellowship", "change_closure", "withdraw_closure"
)  # fmt: skip


@dataclass(frozen=True)
class Reader:
    """A coordinator to write to, and of which group."""

    group_id: int
    account_id: int
    name: str
    email: str
    language: str


def closures_about(group: Group, today: date) -> list[ClosureRecord]:
    """Return what is or will be shut of a group, its houses and its fellowship, by first day.

    Three queries. Its places are those it wrote down, and those it has a slot or a coming week in.
    """
    slots = select(SlotRecord.place_id).where(SlotRecord.group_id == group.id)
    weeks = select(DeviationRecord.place_id).where(
        DeviationRecord.group_id == group.id, DeviationRecord.week >= Week.of(today)
    )
    owned = select(PlaceRecord.id).where(PlaceRecord.owner_id == group.id)
    ours: CompoundSelect[Any] = union(
        slots.where(SlotRecord.place_id.is_not(None)),
        weeks.where(DeviationRecord.place_id.is_not(None)),
        owned,
    )
    found = _from(
        today,
        or_(
            ClosureRecord.group_id == group.id,
            ClosureRecord.fellowship_id == group.fellowship_id,
            ClosureRecord.place_id.in_(select(PlaceRecord.id).where(in_one_house(ours))),
        ),
    )
    own = set(db.session.scalars(ours))
    return [one for one in found if one.places is None or one.places & own]


def closures_of_group(group_id: int, today: date) -> list[ClosureRecord]:
    """Return what a group itself has shut, now or later, by first day. One query."""
    return _from(today, ClosureRecord.group_id == group_id)


def closures_of_fellowship(fellowship_id: int, today: date) -> list[ClosureRecord]:
    """Return what a fellowship itself has shut, now or later, by first day. One query."""
    return _from(today, ClosureRecord.fellowship_id == fellowship_id)


def can_be_undone(change: Change, now: datetime) -> bool:
    """Tell whether a change is a deed of the last hour to a closure."""
    return change.deed in UNDOABLE and change.at > now - UNDONE_WITHIN


def last_closing(
    account_id: int, now: datetime, *, group_id: int | None = None, fellowship_id: int | None = None
) -> Change | None:
    """Return what this person last did to closures of a group or fellowship, if it can be undone.

    One query.
    """
    query = select(Change).where(Change.account_id == account_id, Change.deed.in_(UNDOABLE))
    if group_id is not None:
        about = select(ChangeOfGroup.change_id).where(ChangeOfGroup.group_id == group_id)
        query = query.where(Change.id.in_(about), Change.fellowship_id.is_(None))
    else:
        query = query.where(Change.fellowship_id == fellowship_id)
    change = db.session.scalar(query.order_by(Change.id.desc()).limit(1))
    return change if change and can_be_undone(change, now) else None


def places_owned_by(group: Group) -> list[PlaceRecord]:
    """Return the places that a group wrote down, by name. One query."""
    query = select(PlaceRecord).where(PlaceRecord.owner_id == group.id)
    return sorted(db.session.scalars(query), key=lambda one: (sorting(one.name), one.id))


def group_ids_of(fellowship_id: int) -> set[int]:
    """Return the ids of all groups of a fellowship. One query."""
    return set(db.session.scalars(select(Group.id).where(Group.fellowship_id == fellowship_id)))


def groups_under(places: frozenset[int] | None, fellowship_id: int | None) -> list[Group]:
    """Return the groups that meet in these places, or all of a fellowship. At most two queries."""
    query = select(Group).order_by(Group.id)
    if places is not None:
        query = query.where(Group.id.in_(groups_meeting_in(places)))
    else:
        query = query.where(Group.fellowship_id == fellowship_id)
    return list(db.session.scalars(query))


def readers_of(group_ids: Iterable[int]) -> list[Reader]:
    """Return the coordinators of groups, each as often as they have a group. One query."""
    query = (
        select(RoleRecord.group_id, Account.id, Account.name, Account.email, Account.language)
        .join(Account, Account.id == RoleRecord.account_id)
        .where(RoleRecord.kind == Role.COORDINATOR, RoleRecord.group_id.in_(list(group_ids)))
        .order_by(Account.id, RoleRecord.group_id)
    )
    return [
        Reader(group_id, account_id, name, email, language)
        for group_id, account_id, name, email, language in db.session.execute(query)
        if group_id is not None
    ]


def weeks_all_the_same(
    group_ids: Collection[int], first: Week, last: Week
) -> list[DeviationRecord]:
    """Return the weeks, both included, in which groups said that they meet all the same."""
    query = select(DeviationRecord).where(
        DeviationRecord.group_id.in_(group_ids),
        DeviationRecord.week.between(first, last),
        DeviationRecord.all_the_same,
    )
    return list(db.session.scalars(query))


def _from(today: date, condition: ColumnElement[bool]) -> list[ClosureRecord]:
    query = (
        select(ClosureRecord)
        .where(ClosureRecord.last_day >= today, condition)
        .options(joinedload(ClosureRecord.place))
        .order_by(ClosureRecord.first_day, ClosureRecord.id)
    )
    return list(db.session.scalars(query))


def same_closure(
    record: ClosureRecord, first: date, last: date, reason: str
) -> ClosureRecord | None:
    """Return the closure that says this already: somebody pressed twice. One query."""
    query = select(ClosureRecord).where(
        ClosureRecord.group_id.is_not_distinct_from(record.group_id),
        ClosureRecord.place_id.is_not_distinct_from(record.place_id),
        ClosureRecord.fellowship_id.is_not_distinct_from(record.fellowship_id),
        ClosureRecord.only_room.is_(bool(record.only_room)),
        ClosureRecord.first_day == first,
        ClosureRecord.last_day == last,
        ClosureRecord.reason == reason,
    )
    return db.session.scalar(query.limit(1))
