"""The groups behind a figure: a fellowship's own list, filtered. No participant is read here."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from app.db import db
from app.domain.confirmation import Freshness
from app.domain.figures import People
from app.domain.meeting import MEETS, Status
from app.domain.roles import Role
from app.domain.search import PartOfDay
from app.domain.tally import Topic
from app.domain.week import Week
from app.records.accounts import RoleRecord
from app.records.fellowships import Fellowship
from app.records.groups import Group
from app.records.tallies import Contribution


@dataclass(frozen=True)
class Wanted:
    """Which groups of a fellowship; None and False ask nothing."""

    status: Status | None = None
    province: str | None = None
    town: str | None = None
    weekday: int | None = None
    part: PartOfDay | None = None
    freshness: Freshness | None = None
    full: bool = False
    """Full, and people wait."""
    listed: bool | None = None


@dataclass(frozen=True)
class GroupLine:
    """One group in an officer's list."""

    slug: str
    name: str
    town: str
    province: str
    status: Status
    listed: bool
    confirmed_on: date | None
    coordinators: int
    people: People
    line: People


def groups_by_status(fellowship_id: int) -> dict[Status, int]:
    """Return how many groups a fellowship has by status, listed or not, as of now. One query."""
    rows = db.session.execute(
        select(Group.status, func.count())
        .where(Group.fellowship_id == fellowship_id)
        .group_by(Group.status)
    )
    return {Status(status): number for status, number in rows}


def count_groups(fellowship: Fellowship, wanted: Wanted, today: date) -> int:
    """Return how many groups the list has. One query."""
    query = select(func.count(Group.id)).where(*_conditions(fellowship, wanted, today))
    return db.session.scalar(query) or 0


def group_lines(
    fellowship: Fellowship,
    wanted: Wanted,
    today: date,
    *,
    offset: int = 0,
    limit: int | None = None,
) -> list[GroupLine]:
    """Return groups by name, with how many coordinate each and as many people as may be known.

    One query.
    """
    coordinators = (
        select(func.count())
        .where(RoleRecord.group_id == Group.id, RoleRecord.kind == Role.COORDINATOR)
        .correlate(Group)
        .scalar_subquery()
    )
    seats, line = aliased(Contribution), aliased(Contribution)
    query = (
        select(
            Group.slug, Group.name, Group.town, Group.province, Group.status, Group.listed,
            Group.confirmed_on, coordinators, seats.exact, seats.few, line.exact, line.few,
        )
        .outerjoin(seats, and_(seats.group_id == Group.id, seats.topic == Topic.SEATS))
        .outerjoin(line, and_(line.group_id == Group.id, line.topic == Topic.LINE))
        .where(*_conditions(fellowship, wanted, today))
        .order_by(Group.name, Group.id)
        .offset(offset)
        .limit(limit)
    )  # fmt: skip
    return [
        GroupLine(
            slug,
            name,
            town,
            province,
            Status(status),
            listed,
            confirmed_on,
            number,
            People(people[0] or 0, people[1] or 0),
            People(people[2] or 0, people[3] or 0),
        )
        for slug, name, town, province, status, listed, confirmed_on, number, *people in (
            db.session.execute(query)
        )
    ]


def _conditions(fellowship: Fellowship, wanted: Wanted, today: date) -> list[ColumnElement[bool]]:
    found = [Group.fellowship_id == fellowship.id]
    if wanted.status:
        found.append(Group.status == wanted.status)
    if wanted.province is not None:
        found.append(Group.province == wanted.province)
    if wanted.town is not None:
        found.append(Group.town == wanted.town)
    if wanted.listed is not None:
        found += [Group.listed.is_(wanted.listed), Group.status != Status.CLOSED]
    if wanted.full:
        found += [_adds(Topic.LINE), Group.status != Status.CLOSED]
    if wanted.freshness:
        found += _fresh(wanted.freshness, today, fellowship.confirm_after)
    if wanted.weekday or wanted.part:
        found.append(_meets(wanted, fellowship.id, Week.of(today)))
    return found


def _adds(topic: Topic) -> ColumnElement[bool]:
    return exists().where(Contribution.group_id == Group.id, Contribution.topic == topic)


def _fresh(wanted: Freshness, today: date, after: int) -> list[ColumnElement[bool]]:
    amber, ask = today - timedelta(weeks=after), today - timedelta(weeks=2 * after)
    is_so = {
        Freshness.GREEN: Group.confirmed_on >= amber,
        Freshness.AMBER: and_(Group.confirmed_on < amber, Group.confirmed_on >= ask),
        Freshness.ASK_FIRST: or_(Group.confirmed_on.is_(None), Group.confirmed_on < ask),
    }[wanted]
    running = Group.status.in_(MEETS)
    return [is_so, Group.listed.is_(True), running]


def _meets(wanted: Wanted, fellowship_id: int, this: Week) -> ColumnElement[bool]:
    """Return whether what a group adds to these hours comes to something this week."""
    values = [
        f"{weekday} {part}"
        for weekday in ([wanted.weekday] if wanted.weekday else range(1, 8))
        for part in ([wanted.part] if wanted.part else PartOfDay)
    ]
    adding = (
        select(Contribution.group_id)
        .where(
            Contribution.fellowship_id == fellowship_id,
            Contribution.topic == Topic.TIME,
            Contribution.value.in_(values),
            Contribution.since <= this,
        )
        .group_by(Contribution.group_id)
        .having(func.sum(Contribution.number) > 0)
    )
    return Group.id.in_(adding)
