"""Which coordinators, or circles, are to be asked now: of holidays, and what they were asked before."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import exists, select

from app.db import db
from app.domain.holiday import ASKED_AHEAD, WEEKS_AHEAD
from app.domain.holiday_question import Question, is_to_ask, questions
from app.domain.meeting import MEETS
from app.domain.roles import Reading, Role
from app.domain.week import Week
from app.records.accounts import Account, RoleRecord
from app.records.changes import Change, ChangeOfGroup
from app.records.groups import Group
from app.records.holidays import ZONE, holidays_of
from app.records.listings import schedules_of, with_fellowship
from app.records.slots import SlotRecord

DEED = "ask_about_holidays"
SISTERS = 500
"""Groups that are asked together at most: whoever coordinates more gets more letters than one."""


def questions_due(group_ids: Sequence[int], today: date) -> list[tuple[Group, Question, int]]:
    """Return what the coordinators of some groups are to be asked now, and how often they were."""
    groups = _groups_near_a_holiday(group_ids, today)
    if not groups:
        return []
    week = Week.of(today)
    schedules = schedules_of(groups, (week, week + WEEKS_AHEAD), public=False)
    asked = asked_before([group.id for group in groups], today)
    return [
        (group, question, len(asked.get((group.id, question.holiday.key), ())))
        for group in groups
        for question in questions(schedules[group.id], today)
        if is_to_ask(question, asked.get((group.id, question.holiday.key), ()), today)
    ]


def coordinators_after(account_id: int, most: int) -> list[int]:
    """Return the ids of the next accounts that coordinate. One query."""
    query = (
        select(RoleRecord.account_id)
        .where(RoleRecord.kind == Role.COORDINATOR, RoleRecord.account_id > account_id)
        .distinct()
        .order_by(RoleRecord.account_id)
        .limit(most)
    )
    return list(db.session.scalars(query))


def groups_with_their_sisters(account_ids: Sequence[int]) -> list[int]:
    """Return the ids of groups that accounts coordinate, and of all groups of who does so with them.

    So that each of them gets one letter. At most SISTERS; two queries for every step between them.
    """
    accounts, groups = set(account_ids), set[int]()
    of_coordinators = RoleRecord.kind == Role.COORDINATOR
    new: set[int] = set(accounts)
    while new and len(groups) < SISTERS:
        theirs = select(RoleRecord.group_id).where(
            of_coordinators, RoleRecord.account_id.in_(sorted(new)[:SISTERS])
        )
        found = {one for one in db.session.scalars(theirs) if one is not None} - groups
        groups |= found
        beside = select(RoleRecord.account_id).where(
            of_coordinators, RoleRecord.group_id.in_(sorted(found)[:SISTERS])
        )
        new = set(db.session.scalars(beside)) - accounts
        accounts |= new
    return sorted(groups)[:SISTERS]


def _groups_near_a_holiday(group_ids: Sequence[int], today: date) -> list[Group]:
    """Return those with a coordinator and a standing weekday that a holiday touches soon.

    Two queries. That is rough: whether there is anything to ask, their schedules tell.
    """
    weekdays = defaultdict(set)
    slots = select(SlotRecord.group_id, SlotRecord.weekday)
    for group_id, weekday in db.session.execute(slots.where(SlotRecord.group_id.in_(group_ids))):
        weekdays[group_id].add(weekday)
    query = (
        select(Group)
        .where(
            Group.id.in_(group_ids),
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


def asked_before(group_ids: Sequence[int], today: date) -> dict[tuple[int, str], list[date]]:
    """Return the days on which coordinators were asked, by group and key of the holiday. One query.

    The log remembers it, which outlives the letters.
    """
    since = datetime.combine(today - 2 * ASKED_AHEAD, time(), tzinfo=ZoneInfo(ZONE))
    found = defaultdict(list)
    of_groups = select(ChangeOfGroup.change_id).where(ChangeOfGroup.group_id.in_(group_ids))
    rows = select(Change).where(Change.deed == DEED, Change.at >= since, Change.id.in_(of_groups))
    for change in db.session.scalars(rows):
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


def groups_where_somebody_waits_to_read(group_id: int, most: int) -> list[int]:
    """Return the ids of the next groups where a newcomer waits to be let in. One query."""
    query = (
        select(RoleRecord.group_id)
        .where(RoleRecord.reading == Reading.WAITS, RoleRecord.group_id > group_id)
        .distinct()
        .order_by(RoleRecord.group_id)
        .limit(most)
    )
    return [one for one in db.session.scalars(query) if one is not None]
