"""The groups behind a figure: a fellowship's own list, filtered and sorted. No participant is read."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select

from app.db import db
from app.domain.geography.alphabet import sorting
from app.domain.meeting import Status
from app.domain.people_known import People
from app.domain.roles import Role
from app.domain.tally import Topic
from app.domain.zones import day_at_home
from app.records.accounts import Account, RoleRecord
from app.records.group_lists.sight import Sight
from app.records.group_lists.this_week import NOW, PLACE, with_slot
from app.records.group_lists.wanted import Wanted, conditions, this_morning
from app.records.groups import Group
from app.records.invitations import Invitation

AT_ONCE = 500
"""Ids in one query."""


@dataclass(frozen=True)
class GroupLine:
    """One group in an officer's list: its standing time and place as this week has them."""

    id: int
    slug: str
    name: str
    town: str
    province: str
    status: Status
    listed: bool
    language: str
    confirmed_on: date | None
    source: str
    """The format of the list it came from; empty when it began here."""
    coordinators: int
    weekday: int | None
    start: time | None
    kind: str
    """Of its place; empty when that is not known."""
    people: People
    line: People


@dataclass(frozen=True)
class Held:
    """Who coordinates a group, and when somebody was last invited to, if nobody said yes yet."""

    names: Sequence[str] = ()
    until: date | None = None
    """When the last of them stopped, if nobody goes on."""
    invited_at: datetime | None = None


def groups_by_status(fellowship_id: int) -> dict[Status, int]:
    """Return how many groups a fellowship has by status, listed or not, as of now. One query."""
    rows = db.session.execute(
        select(Group.status, func.count())
        .where(Group.fellowship_id == fellowship_id)
        .group_by(Group.status)
    )
    return {Status(status): number for status, number in rows}


def count_groups(sight: Sight, wanted: Wanted, today: date) -> int:
    """Return how many groups the list has. One query."""
    query = select(func.count(Group.id))
    if wanted.kind:
        query = with_slot(query.select_from(Group), today)
    return db.session.scalar(query.where(*conditions(sight, wanted, today))) or 0


def ids_of(sight: Sight, wanted: Wanted, today: date) -> list[int]:
    """Return the groups of the whole list, in its order. One query."""
    query = _ordered(select(Group.id).select_from(Group), wanted, today)
    return list(db.session.scalars(query.where(*conditions(sight, wanted, today))))


def group_lines(
    sight: Sight,
    wanted: Wanted,
    today: date,
    *,
    offset: int = 0,
    limit: int | None = None,
) -> list[GroupLine]:
    """Return groups in the order asked for, with as many people as may be known. One query."""
    query = _ordered(_columns(today), wanted, today).where(*conditions(sight, wanted, today))
    return [_line(row) for row in db.session.execute(query.offset(offset).limit(limit))]


def lines_of(sight: Sight, ids: Collection[int], today: date) -> list[GroupLine]:
    """Return those of these groups that are in sight, by name. A query for 500."""
    found: list[GroupLine] = []
    every = sorted(ids)
    for first in range(0, len(every), AT_ONCE):
        query = _ordered(_columns(today), Wanted(), today).where(
            *sight.conditions(today), Group.id.in_(every[first : first + AT_ONCE])
        )
        found += [_line(row) for row in db.session.execute(query)]
    return sorted(found, key=lambda line: (sorting(line.name), line.id))


def groups_with(sight: Sight, ids: Collection[int], today: date) -> Iterator[Group]:
    """Yield those of these groups that are in sight, by id. A query for 500."""
    every = sorted(ids)
    for first in range(0, len(every), AT_ONCE):
        yield from db.session.scalars(
            select(Group)
            .where(*sight.conditions(today), Group.id.in_(every[first : first + AT_ONCE]))
            .order_by(Group.id)
        ).all()


def languages_of(sight: Sight, today: date) -> list[str]:
    """Return the languages that the groups in sight speak. One query."""
    query = select(Group.language).where(*sight.conditions(today)).distinct()
    return sorted(db.session.scalars(query))


def held_by(ids: Collection[int], now: datetime) -> dict[int, Held]:
    """Return who coordinates each of the groups on a page, or was invited to. Two queries."""
    names: dict[int | None, list[str]] = defaultdict(list)
    ended: dict[int | None, date] = {}
    held = (
        select(RoleRecord.group_id, RoleRecord.until, Account.name)
        .join(Account, Account.id == RoleRecord.account_id)
        .where(RoleRecord.group_id.in_(ids), RoleRecord.kind == Role.COORDINATOR)
    )
    for group_id, until, name in db.session.execute(held.order_by(RoleRecord.since, RoleRecord.id)):
        if until is None or until >= day_at_home(now):
            names[group_id].append(name)
        else:
            ended[group_id] = max(until, ended.get(group_id, until))
    asked = (
        select(Invitation.group_id, func.max(Invitation.created_at))
        .where(
            Invitation.group_id.in_(ids),
            Invitation.accepted_at.is_(None),
            Invitation.revoked_at.is_(None),
            Invitation.expires_at > now,
        )
        .group_by(Invitation.group_id)
    )
    invited = {row[0]: row[1] for row in db.session.execute(asked)}
    return {id: Held(names[id], ended.get(id), invited.get(id)) for id in ids}


_PARTS = ("exact", "few")
_COORDINATORS = (
    select(func.count())
    .where(RoleRecord.group_id == Group.id, RoleRecord.kind == Role.COORDINATOR)
    .correlate(Group)
    .scalar_subquery()
)
# A small group sorts as a small one: the order betrays no number that the column does not say.
SORTS: dict[str, Topic | tuple[ColumnElement[Any] | Any, ...]] = {
    "name": (),
    "town": (Group.town_sorts_as,),
    "time": (NOW.weekday, NOW.start),
    "kind": (PLACE.kind,),
    "status": (Group.status,),
    "seats": Topic.SEATS,
    "waiting": Topic.LINE,
    "confirmed": (Group.confirmed_on,),
    "coordinators": (_COORDINATORS,),
    "source": (Group.source_key,),
}
"""By the name in the address; each of them ends by name."""


def _columns(today: date) -> Select[Any]:
    seen = [
        this_morning(topic, part, today) for topic in (Topic.SEATS, Topic.LINE) for part in _PARTS
    ]
    names = ("seated", "few", "waiting", "few_waiting")
    query: Select[Any] = select(  # type: ignore[assignment]  # mypy counts at most ten columns
        Group.id, Group.slug, Group.name, Group.town, Group.province, Group.status, Group.listed,
        Group.language, Group.confirmed_on, Group.source_key, _COORDINATORS.label("coordinators"),
        NOW.weekday, NOW.start, PLACE.kind,
        *(one.label(name) for one, name in zip(seen, names, strict=True)),
    )  # fmt: skip
    return query.select_from(Group)


def _ordered(query: Select[Any], wanted: Wanted, today: date) -> Select[Any]:
    return with_slot(query, today).order_by(*_order(wanted, today), Group.sorts_as, Group.id)


def _order(wanted: Wanted, today: date) -> Iterator[Any]:
    """Yield the columns to sort by; what is not known comes last, whichever way."""
    by = SORTS[wanted.sort]
    if isinstance(by, Topic):
        is_any = this_morning(by, "number", today) > 0
        by = tuple(case((is_any, this_morning(by, part, today))) for part in _PARTS)
    for column in by or ((Group.sorts_as,) if wanted.descending else ()):
        yield (column.desc() if wanted.descending else column.asc()).nulls_last()


def _line(row: Any) -> GroupLine:
    return GroupLine(
        id=row.id,
        slug=row.slug,
        name=row.name,
        town=row.town,
        province=row.province,
        status=Status(row.status),
        listed=row.listed,
        language=row.language,
        confirmed_on=row.confirmed_on,
        source=(row.source_key or "").partition(":")[0],
        coordinators=row.coordinators,
        weekday=row.weekday,
        start=row.start,
        kind=row.kind or "",
        people=People(row.seated, row.few),
        line=People(row.waiting, row.few_waiting),
    )
