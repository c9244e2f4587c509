"""What officers and overseers see: groups and figures. No participant's name is read here."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from app.db import db
from app.domain.meeting import Status
from app.domain.roles import Role
from app.records.accounts import Account, RoleRecord
from app.records.fellowships import Fellowship
from app.records.groups import Group


@dataclass(frozen=True)
class GroupLine:
    """One group in an officer's list."""

    slug: str
    name: str
    town: str
    status: Status
    listed: bool
    confirmed_on: date | None
    coordinators: int


def fellowships_of_officer(account: Account) -> list[Fellowship]:
    """Return the fellowships this account is an officer of, by name. One query."""
    query = (
        select(Fellowship)
        .join(RoleRecord, RoleRecord.fellowship_id == Fellowship.id)
        .where(RoleRecord.account_id == account.id, RoleRecord.kind == Role.OFFICER)
        .order_by(Fellowship.name)
    )
    return list(db.session.scalars(query))


def group_lines(fellowship_id: int, *, offset: int, limit: int) -> list[GroupLine]:
    """Return a fellowship's groups by name, with how many coordinate each. One query."""
    coordinators = (
        select(func.count())
        .where(RoleRecord.group_id == Group.id, RoleRecord.kind == Role.COORDINATOR)
        .correlate(Group)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(
            Group.slug,
            Group.name,
            Group.town,
            Group.status,
            Group.listed,
            Group.confirmed_on,
            coordinators,
        )
        .where(Group.fellowship_id == fellowship_id)
        .order_by(Group.name, Group.id)
        .offset(offset)
        .limit(limit)
    )
    return [
        GroupLine(slug, name, town, Status(status), listed, confirmed_on, number)
        for slug, name, town, status, listed, confirmed_on, number in rows
    ]


def groups_by_status(fellowship_id: int) -> dict[Status, int]:
    """Return how many groups a fellowship has by status, listed or not. One query."""
    rows = db.session.execute(
        select(Group.status, func.count())
        .where(Group.fellowship_id == fellowship_id)
        .group_by(Group.status)
    )
    return {Status(status): number for status, number in rows}


def groups_by_fellowship() -> list[tuple[Fellowship, int]]:
    """Return every fellowship with how many groups it has, by name. One query."""
    rows = db.session.execute(
        select(Fellowship, func.count(Group.id))
        .outerjoin(Group, Group.fellowship_id == Fellowship.id)
        .group_by(Fellowship.id)
        .order_by(Fellowship.name)
    )
    return [(fellowship, number) for fellowship, number in rows]
