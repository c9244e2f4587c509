"""The work list of a fellowship, read from its tables in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Row, func, or_, select

from app.db import db
from app.domain.closure import Closure
from app.domain.holiday import Holiday
from app.domain.look_alike import look_alikes
from app.domain.meeting import Status
from app.domain.roles import Role, nobody_is_left
from app.domain.week import Week
from app.domain.work import (
    Concern,
    Facts,
    Likeness,
    Other,
    Point,
    fact_of,
    is_hidden,
    points_of,
)
from app.domain.zones import day_at_home
from app.records.accounts import RoleRecord
from app.records.changes import Change, ChangeOfGroup
from app.records.exchange.list_sources import sources_of
from app.records.group_lists.sight import Sight
from app.records.groups import Group
from app.records.tallies import Occupancy
from app.records.weeks import ClosureRecord
from app.records.work.holidays import unanswered_of
from app.records.work.marks import marks_of, owners_of
from app.records.work.sites import (
    SlotRow,
    Slots,
    likely_doubles,
    shared_rooms,
    slot_of,
    slots_elsewhere,
    slots_of_fellowship,
)


class Work(NamedTuple):
    """A point with what the list says of its group. `until` is when a snoozed one comes back."""

    point: Point
    slug: str
    name: str
    town: str
    province: str
    has_coordinator: bool
    is_hidden: bool
    until: date | None
    owner_id: int | None = None
    owner: str = ""
    """The officer who looks after it."""


def work_of(fellowship_id: int, today: date) -> list[Work]:
    """Return every point of a fellowship, hidden ones too, the oldest first.

    Twelve queries at most, however many groups. No participant is read for it.
    """
    week = Week.of(today)
    groups = {group.id: group for group in _groups(fellowship_id, today)}
    slots = slots_of_fellowship(fellowship_id)
    now = {id: slot for id, own in slots.items() if (slot := slot_of(own, week))}
    services = _services(fellowship_id)
    served = {id for id, ends in services.items() if not nobody_is_left(ends, today)}
    asked = (group for id, group in groups.items() if id in served)
    unanswered = unanswered_of(fellowship_id, asked, slots, today)
    facts = _facts(fellowship_id, groups, services, unanswered, slots, now, today)
    points = [point for one in facts for point in points_of(one, today)]
    points += _of_two(groups, slots, now, fellowship_id, week)
    marks, owners = marks_of(fellowship_id), owners_of(fellowship_id)
    found = []
    for point in points:
        group = groups[point.group_id]
        mark = marks.get((point.group_id, point.concern))
        hidden = is_hidden(mark, point.fact, today)
        owner = owners.get((point.group_id, point.concern))
        found.append(
            Work(
                point=point,
                slug=group.slug,
                name=group.name,
                town=group.town,
                province=group.province,
                has_coordinator=point.group_id in served,
                is_hidden=hidden,
                until=mark[1] if mark and hidden else None,
                owner_id=owner[0] if owner else None,
                owner=owner[1] if owner else "",
            )
        )
    return sorted(found, key=lambda one: (one.point.since, one.name, one.point.concern))


def work_in(sight: Sight, today: date) -> list[Work]:
    """Return the points of the groups in sight; of other groups, names as everybody reads them.

    Two queries more than `work_of` when it is of regions.
    """
    found = work_of(sight.fellowship.id, today)
    if sight.is_whole:
        return found
    seen = set(db.session.scalars(select(Group.id).where(*sight.conditions(today))))
    return [_as_seen(one, seen) for one in found if one.point.group_id in seen]


def _as_seen(one: Work, seen: Collection[int]) -> Work:
    others = (
        other if other.id in seen else replace(other, name=other.public)
        for other in one.point.others
    )
    return one._replace(point=replace(one.point, others=tuple(others)))


def _groups(fellowship_id: int, today: date) -> list[Row[Any]]:
    full_since, empty_since = Occupancy.this_morning(today)
    query = (
        select(
            Group.id,
            Group.slug,
            Group.name,
            Group.town,
            Group.province,
            Group.status,
            Group.listed,
            Group.created_at,
            Group.confirmed_on,
            Group.zone,
            Group.gone_on,
            Group.source_key,
            full_since.label("full_since"),
            empty_since.label("empty_since"),
        )
        .outerjoin(Occupancy, Occupancy.group_id == Group.id)
        .where(Group.fellowship_id == fellowship_id, Group.status != Status.CLOSED)
    )
    return list(db.session.execute(query))


def _facts(
    fellowship_id: int,
    groups: Mapping[int, Row[Any]],
    services: Mapping[int, list[date | None]],
    unanswered: Mapping[int, tuple[Holiday, ...]],
    slots: Slots,
    now: Mapping[int, SlotRow],
    today: date,
) -> Iterator[Facts]:
    left = _left(fellowship_id)
    closures = _closures(fellowship_id, today)
    is_any_gone = any(group.gone_on for group in groups.values())
    sources = {one.key: one.name for one in sources_of(fellowship_id)} if is_any_gone else {}
    for id, group in groups.items():
        founded = group.created_at.astimezone(ZoneInfo(group.zone)).date()
        place_id = now[id].place_id if id in now else None
        of_place = closures.get(("place", place_id), []) if place_id else []
        yield Facts(
            group_id=id,
            status=Status(group.status),
            listed=group.listed,
            founded=founded,
            confirmed_on=group.confirmed_on,
            services=tuple(services.get(id, ())),
            left_on=left.get(id),
            placeless_since=None
            if place_id
            else _placeless_since(slots.get(id, []), founded, today),
            unanswered=unanswered.get(id, ()),
            closures=(*closures.get(("group", id), ()), *of_place),
            full_since=group.full_since,
            empty_since=group.empty_since,
            gone_since=group.gone_on,
            source=sources.get((group.source_key or "").partition(":")[0], ""),
        )


def _placeless_since(slots: list[SlotRow], founded: date, today: date) -> date:
    """Return the day from which a group has had no place, through slots that change other things."""
    now = slot_of(slots, Week.of(today))
    if now is None:
        return founded
    since = now.since
    for slot in reversed([one for one in slots if one.since < now.since]):
        if slot.place_id is not None:
            break
        since = slot.since
    return founded if since > Week.of(today) else since.monday


def _services(fellowship_id: int) -> dict[int, list[date | None]]:
    rows = db.session.execute(
        select(RoleRecord.group_id, RoleRecord.until)
        .join(Group, Group.id == RoleRecord.group_id)
        .where(
            Group.fellowship_id == fellowship_id,
            RoleRecord.kind == Role.COORDINATOR,
            RoleRecord.stands_in.is_(False),
        )
    )
    found: dict[int, list[date | None]] = defaultdict(list)
    for group_id, until in rows:
        if group_id is not None:
            found[group_id].append(until)
    return found


def _left(fellowship_id: int) -> dict[int, date]:
    """Return the day on which a coordinator last left each group, as far as the log remembers."""
    rows = db.session.execute(
        select(ChangeOfGroup.group_id, func.max(Change.at))
        .join(Change, Change.id == ChangeOfGroup.change_id)
        .join(Group, Group.id == ChangeOfGroup.group_id)
        .where(Group.fellowship_id == fellowship_id, Change.deed == "leave_group")
        .group_by(ChangeOfGroup.group_id)
    )
    return {group_id: day_at_home(at) for group_id, at in rows}


def _closures(fellowship_id: int, today: date) -> dict[tuple[str, int], list[Closure]]:
    """Return the closures of now, of groups and of places; its own ones the office knows."""
    ours = select(Group.id).where(Group.fellowship_id == fellowship_id)
    rows = db.session.scalars(
        select(ClosureRecord)
        .where(
            ClosureRecord.first_day <= today,
            ClosureRecord.last_day >= today,
            or_(ClosureRecord.group_id.in_(ours), ClosureRecord.place_id.is_not(None)),
        )
        .order_by(ClosureRecord.last_day, ClosureRecord.id)
    )
    found: dict[tuple[str, int], list[Closure]] = defaultdict(list)
    for row in rows:
        if row.group_id is not None:
            found["group", row.group_id].append(row.value())
        elif row.place_id is not None:
            for place_id in row.places or ():
                found["place", place_id].append(row.value())
    return found


def _of_two(
    groups: Mapping[int, Row[Any]],
    slots: Slots,
    now: Mapping[int, SlotRow],
    fellowship_id: int,
    week: Week,
) -> Iterator[Point]:
    """Yield the points that two groups make together; a likely double is not told twice."""
    alike = likely_doubles(now, {id: group.town for id, group in groups.items()})
    mistaken = look_alikes({id: group.name for id, group in groups.items()})
    for id in sorted(alike.keys() | mistaken.keys()):
        others = [*alike.get(id, ()), *(_looks_like(groups[one]) for one in mistaken.get(id, ()))]
        two = [groups[one] for one in (id, *(other.id for other in others))]
        since = max(one.created_at.astimezone(ZoneInfo(one.zone)).date() for one in two)
        if id in alike:
            begun = max(now[one].since for one in (id, *(other.id for other in alike[id])))
            since = begun.monday
        fact = fact_of(*(f"{other.id}:{other.likeness}" for other in others))
        yield Point(Concern.DOUBLE, id, since, fact, others=tuple(others))
    apart = {id: {other.id for other in others} for id, others in alike.items()}
    rooms = shared_rooms(slots, slots_elsewhere(fellowship_id), apart, this_week=week)
    for id, met in rooms.items():
        others = [other for _, other in sorted(met.values(), key=lambda one: one[1].id)]
        first = min(since_week for since_week, _ in met.values())
        fact = fact_of(*(other.id for other in others))
        yield Point(Concern.SAME_ROOM, id, first.monday, fact, others=tuple(others))


def _looks_like(group: Row[Any]) -> Other:
    return Other(group.id, group.name, group.name if group.listed else "", Likeness.LOOKS)
