"""Who wants one letter a week, and of which groups it tells."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import exists, select

from app.db import db
from app.domain.roles import Role
from app.records.accounts import Account, RoleRecord
from app.records.groups import Group
from app.records.listings import with_fellowship

_COORDINATES = (RoleRecord.account_id == Account.id, RoleRecord.kind == Role.COORDINATOR)


def hearing_weekly_after(account_id: int, most: int) -> list[int]:
    """Return the ids of the next accounts that coordinate and want it. One query."""
    query = select(Account.id).where(
        Account.id > account_id,
        Account.active,
        Account.hears_weekly,
        exists().where(*_COORDINATES),
    )
    return list(db.session.scalars(query.order_by(Account.id).limit(most)))


def hearing_weekly(account_ids: Collection[int]) -> Sequence[Account]:
    """Return those of some accounts that want it. One query."""
    query = select(Account).where(Account.id.in_(account_ids), Account.active, Account.hears_weekly)
    return db.session.scalars(query.order_by(Account.id)).all()


def groups_of(account_ids: Collection[int]) -> dict[int, list[Group]]:
    """Return the groups that each of some accounts coordinates, by name. One query."""
    found: dict[int, list[Group]] = defaultdict(list)
    query = (
        select(RoleRecord.account_id, Group)
        .join(Group, RoleRecord.group_id == Group.id)
        .where(RoleRecord.kind == Role.COORDINATOR, RoleRecord.account_id.in_(account_ids))
        .options(with_fellowship())
        .order_by(Group.name)
    )
    for account_id, group in db.session.execute(query):
        found[account_id].append(group)
    return found
