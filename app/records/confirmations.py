"""Which listings want a new confirmation, and how often whom was asked for it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import and_, false, or_, select
from sqlalchemy.orm import joinedload

from app.db import db
from app.domain.confirmation import is_to_ask
from app.domain.meeting import MEETS
from app.records.accounts import Account, RoleRecord
from app.records.fellowships import Fellowship
from app.records.groups import Group
from app.records.links import Link, LinkToGroup


def confirmations_due(
    account_ids: Sequence[int], today: date, *, weekly: bool = False
) -> list[tuple[Account, Group]]:
    """Return which of these coordinators are to be asked now, about which groups. Three queries.

    Those who want one letter a week are asked in that one: `weekly`.
    """
    asked = _asked_at(account_ids)
    return [
        (role.account, role.group)
        for role in coordinators_of_aged(today, account_ids)
        if role.group
        and role.account.hears_weekly is weekly
        and is_to_ask(
            [role.group.day_of(at) for at in asked.get((role.account_id, role.group.id), ())],
            role.group.confirmed_on,
            today,
        )
    ]


def coordinators_of_aged(today: date, account_ids: Sequence[int]) -> list[RoleRecord]:
    """Return who of them coordinates a group that meets, or prepares to, and is no longer green.

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
        .where(
            RoleRecord.account_id.in_(account_ids), Account.active, aged, Group.status.in_(MEETS)
        )
        .options(
            joinedload(RoleRecord.account),
            joinedload(RoleRecord.group).joinedload(Group.fellowship),
        )
        .order_by(RoleRecord.account_id, Group.sorts_as)
    )
    return list(db.session.scalars(query))


def _asked_at(account_ids: Sequence[int]) -> dict[tuple[int, int], list[datetime]]:
    """Return when each account was asked about each group, by (account id, group id). One query."""
    found = defaultdict(list)
    rows = select(Link.account_id, LinkToGroup.group_id, Link.created_at).join(LinkToGroup)
    theirs = rows.where(Link.kind == "confirm", Link.account_id.in_(account_ids))
    for account_id, group_id, at in db.session.execute(theirs):
        found[account_id, group_id].append(at)
    return found
