"""Which groups of a fellowship somebody of its office sees and helps: all, or those of a region."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, or_, select

from app.db import db
from app.domain.roles import Role
from app.domain.zones import day_at_home
from app.records.accounts import Account, RoleRecord, officers_of
from app.records.fellowships import Fellowship
from app.records.group_lists.by_region import in_regions
from app.records.groups import Group
from app.records.regions import Region


@dataclass(frozen=True)
class Sight:
    """The groups of a fellowship that an officer sees: of its regions, or without them of all of it.

    Every list that such a person is shown is asked with one; a group that moves out of a region is
    out of sight at the next request.
    """

    fellowship: Fellowship
    regions: tuple[Region, ...] | None = None

    @property
    def is_whole(self) -> bool:
        return self.regions is None

    @property
    def region_ids(self) -> frozenset[int]:
        return frozenset(one.id for one in self.regions or ())

    def sees(self, region_id: int) -> bool:
        """Tell whether a region of this fellowship lies in sight."""
        return self.is_whole or region_id in self.region_ids

    def conditions(self, today: date) -> list[ColumnElement[bool]]:
        """Return what the groups in sight answer to. One query for the regions, if it has any."""
        found = [Group.fellowship_id == self.fellowship.id]
        if self.regions is not None:
            within = in_regions(self.fellowship.id, self.region_ids, today)
            found.append(Group.id.in_(within))
        return found

    def has(self, group_ids: Collection[int], today: date) -> bool:
        """Tell whether each of these groups is in sight, asked of the tables."""
        every = set(group_ids)
        query = select(Group.id).where(Group.id.in_(every), *self.conditions(today))
        return set(db.session.scalars(query)) == every


def sight_of(account: Account, fellowship: Fellowship) -> Sight | None:
    """Return what an account sees of a fellowship, asked of the tables themselves; None: nothing."""
    query = (
        select(RoleRecord)
        .outerjoin(Region, Region.id == RoleRecord.region_id)
        .where(
            RoleRecord.account_id == account.id,
            or_(
                and_(RoleRecord.kind == Role.OFFICER, RoleRecord.fellowship_id == fellowship.id),
                and_(RoleRecord.kind == Role.REGIONAL, Region.fellowship_id == fellowship.id),
            ),
        )
        .order_by(RoleRecord.id)
    )
    roles = db.session.scalars(query).all()
    if any(role.kind == Role.OFFICER for role in roles):
        return Sight(fellowship)
    regions = tuple(role.region for role in roles if role.region is not None)
    return Sight(fellowship, regions) if regions else None


def sees_group(account: Account, group: Group, now: datetime) -> bool:
    """Tell whether a group is in the sight of an account as officer, asked of the tables."""
    sight = sight_of(account, group.fellowship)
    return sight is not None and sight.has([group.id], day_at_home(now))


def is_of_the_office(account: Account, fellowship: Fellowship) -> bool:
    """Tell whether an account is officer of a fellowship, or of a region of it."""
    return sight_of(account, fellowship) is not None


def officers_for(group: Group, now: datetime) -> list[Account]:
    """Return the officers whom a group concerns: of its whole fellowship, and of where it lies."""
    today = day_at_home(now)
    found = officers_of(group.fellowship_id)
    for role in regional_officers_of(group.fellowship_id):
        assert role.region is not None
        sight = Sight(group.fellowship, (role.region,))
        if role.account not in found and sight.has([group.id], today):
            found.append(role.account)
    return found


def regional_officers_of(fellowship_id: int) -> list[RoleRecord]:
    """Return the offices of the regions of a fellowship, by region, the longest serving first."""
    query = (
        select(RoleRecord)
        .join(Region, Region.id == RoleRecord.region_id)
        .join(Account, Account.id == RoleRecord.account_id)
        .where(Region.fellowship_id == fellowship_id, Account.active)
        .order_by(Region.name, RoleRecord.since, RoleRecord.id)
    )
    return list(db.session.scalars(query))
