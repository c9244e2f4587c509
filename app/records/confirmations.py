"""Which listings want a new confirmation, and how often whom was asked for it."""

from collections import defaultdict
from datetime import date, datetime, timedelta

from sqlalchemy import and_, false, or_, select
from sqlalchemy.orm import joinedload

from app.db import db
from app.domain.meeting import MEETS
from app.records.accounts import Account, RoleRecord
from app.records.fellowships import Fellowship
from app.records.groups import Group
from app.records.links import Link, LinkToGroup


def coordinators_of_aged(today: date) -> list[RoleRecord]:
    """Return who coordinates a group that meets, or prepares to, and is no longer green.

    With account, group and fellowship loaded, in the order of accounts. Two queries.
    """
    terms = db.session.scalars(select(Fellowship.confirm_after).distinct())
    aged = or_(
        false(),
        *(
            and_(
                Fellowship.confirm_after == weeks,
                or_(
                    Group.confirmed_on.is_(None),
                    Group.confirmed_on < today - timedelta(weeks=weeks),
                ),
            )
            for weeks in terms
        ),
    )
    query = (
        select(RoleRecord)
        .join(Group, RoleRecord.group_id == Group.id)
        .join(Fellowship, Group.fellowship_id == Fellowship.id)
        .join(Account, RoleRecord.account_id == Account.id)
        .where(Account.active, aged, Group.status.in_(MEETS))
        .options(
            joinedload(RoleRecord.account),
            joinedload(RoleRecord.group).joinedload(Group.fellowship),
        )
        .order_by(RoleRecord.account_id, Group.name)
    )
    return list(db.session.scalars(query))


def asked_at() -> dict[tuple[int, int], list[datetime]]:
    """Return when each account was asked about each group, by (account id, group id). One query."""
    found = defaultdict(list)
    rows = select(Link.account_id, LinkToGroup.group_id, Link.created_at).join(LinkToGroup)
    for account_id, group_id, at in db.session.execute(rows.where(Link.kind == "confirm")):
        found[account_id, group_id].append(at)
    return found
