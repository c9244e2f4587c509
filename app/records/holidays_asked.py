"""Which coordinators are to be asked about holidays, and what they were asked before."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import exists, select

from app.db import db
from app.domain.holiday import ASKED_AHEAD
from app.domain.meeting import MEETS
from app.domain.roles import Role
from app.records.accounts import Account, RoleRecord
from app.records.calendars import ZONE, holidays_of
from app.records.changes import Change
from app.records.groups import Group
from app.records.listings import with_fellowship
from app.records.slots import SlotRecord

DEED = "ask_about_holidays"


def groups_near_a_holiday(today: date) -> list[Group]:
    """Return the groups with a coordinator and a standing weekday that a holiday touches soon.

    Two queries. That is rough: whether there is anything to ask, their schedules tell.
    """
    weekdays = defaultdict(set)
    for group_id, weekday in db.session.execute(select(SlotRecord.group_id, SlotRecord.weekday)):
        weekdays[group_id].add(weekday)
    query = (
        select(Group)
        .where(
            Group.zone == ZONE,
            Group.status.in_(MEETS),
            exists().where(RoleRecord.group_id == Group.id, RoleRecord.kind == Role.COORDINATOR),
        )
        .options(with_fellowship())
        .order_by(Group.id)
    )
    return [
        group
        for group in db.session.scalars(query)
        if any(
            weekdays[group.id]
            if not one.is_one_day
            else one.first.isoweekday() in weekdays[group.id]
            for one in holidays_of(group, today, today + ASKED_AHEAD)
        )
    ]


def asked_before(today: date) -> dict[tuple[int, str], list[date]]:
    """Return the days on which coordinators were asked, by group and key of the holiday. One query.

    The log remembers it, which outlives the letters.
    """
    since = datetime.combine(today - 2 * ASKED_AHEAD, time(), tzinfo=ZoneInfo(ZONE))
    found = defaultdict(list)
    for change in db.session.scalars(select(Change).where(Change.deed == DEED, Change.at >= since)):
        day = change.at.astimezone(ZoneInfo(ZONE)).date()
        for group_id, keys in change.after["asked"].items():
            for key in keys:
                found[int(group_id), key].append(day)
    return found


def coordinators_by_group(group_ids: Iterable[int]) -> dict[int, list[Account]]:
    """Return who coordinates each group. One query."""
    found: dict[int, list[Account]] = defaultdict(list)
    query = (
        select(Group.id, Account)
        .join(RoleRecord, RoleRecord.group_id == Group.id)
        .join(Account, Account.id == RoleRecord.account_id)
        .where(RoleRecord.kind == Role.COORDINATOR, Group.id.in_(list(group_ids)))
        .order_by(Account.id)
    )
    for group_id, account in db.session.execute(query):
        found[group_id].append(account)
    return found
