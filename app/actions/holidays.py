"""Holidays: coordinators are asked before they come, and answer with one tap."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from app import clock
from app.actions.parts.links import hold_link, make_link
from app.actions.parts.news.everybody import telling_everybody
from app.actions.parts.outbox import write_letter
from app.actions.parts.revision import calendar_follows, confirmed
from app.actions.parts.transaction import hold_group, hold_groups, note, transaction
from app.db import db
from app.domain.closure import Closure
from app.domain.closure_effect import weeks_of
from app.domain.held import has_begun, is_over
from app.domain.holiday import Holiday, HolidayIsOver, NoSuchHoliday
from app.domain.holiday_question import Question
from app.domain.week import Week
from app.records.accounts import Account
from app.records.groups import Group
from app.records.holidays import HolidayAnswer, holiday_named
from app.records.holidays_asked import coordinators_by_group, questions_due
from app.records.listings import schedule_of
from app.records.weeks import ClosureRecord, DeviationRecord

Due = list[tuple[Group, Question, int]]
"""With how often it was asked before."""


@transaction
def answer_holiday(group: Group, key: str, meets: bool, *, reason: str, by: Account | None) -> None:
    """Say whether a group meets on a holiday, or say otherwise than before.

    "No" cancels the meeting of that day, or shuts the group for the rest of a school holiday, with
    `reason`: the holiday's name in the group's language. "Yes" takes that back as far as nobody
    changed it since. Raises NoSuchHoliday, HolidayIsOver, NotTheirs.
    """
    group = hold_group(group.id, by)
    today = group.day_of(clock.now())
    holiday = holiday_named(group, key)
    if holiday is None:
        raise NoSuchHoliday(key)
    if holiday.last < today or _is_held(group, holiday):
        raise HolidayIsOver(holiday.last)
    answer = db.session.get(HolidayAnswer, (group.id, key))
    before = {} if answer is None else {"meets": answer.meets}
    with calendar_follows(group), telling_everybody(group):
        if answer is None:
            answer = HolidayAnswer(group_id=group.id, holiday=key, last_day=holiday.last)
            db.session.add(answer)
        answer.meets = meets
        if holiday.is_one_day:
            _settle_day(group, holiday, meets, reason)
        else:
            _settle_weeks(group, holiday, meets, reason, today)
    confirmed(group, by=by)
    note(
        "answer_holiday",
        by=by,
        groups=[group],
        before=before,
        after={"holiday": key, "meets": meets},
    )


@transaction
def answer_by_link(key: str, meets: bool, *, reason: str) -> None:
    """Say so by the link in a letter, which is used up.

    Raises LinkIsOver, and what answer_holiday does, which leaves the link open.
    """
    link, groups = hold_link(key, "holiday")
    assert link.holiday is not None
    link.used_at = clock.now()
    answer_holiday(groups[0], link.holiday, meets, reason=reason, by=link.account)


@transaction
def ask_about_holidays(today: date, group_ids: Sequence[int] | None = None) -> int:
    """Write to the coordinators of groups that have not answered, once and once more.

    One letter to each person, about all of these groups that are due; None is every group, and
    for few. Returns how many letters that were. Run it as often as you like: it notes a change
    only when it wrote one.
    """
    ids = list(db.session.scalars(select(Group.id))) if group_ids is None else group_ids
    hold_groups(ids, None)
    of_account: dict[Account, Due] = defaultdict(list)
    due = questions_due(ids, today)
    coordinators = coordinators_by_group({group.id for group, _, _ in due})
    for one in due:
        for account in coordinators[one[0].id]:
            if not account.hears_weekly:
                of_account[account].append(one)
    due = [one for one in due if any(one in asked for asked in of_account.values())]
    for account, asked in of_account.items():
        _ask(account, asked)
    if due:
        keys: dict[str, list[str]] = defaultdict(list)
        for group, question, _ in due:
            keys[str(group.id)].append(question.holiday.key)
        note(
            "ask_about_holidays",
            by=None,
            groups={group for group, _, _ in due},
            after={"asked": keys},
        )
    return len(of_account)


def _settle_day(group: Group, holiday: Holiday, meets: bool, reason: str) -> None:
    week = Week.of(holiday.first)
    slot = group.slot_in(week)
    if slot is None or week.day(slot.weekday) != holiday.first:
        return
    record = db.session.get(DeviationRecord, (group.id, week))
    if meets:
        if record and record.cancelled and record.reason == reason:
            record.cancelled, record.reason = False, ""
            record.version += 1
        return
    if record is None:
        record = DeviationRecord(group_id=group.id, week=week)
        db.session.add(record)
    elif record.cancelled or record.weekday not in (None, slot.weekday):
        return
    else:
        record.version += 1
    record.cancelled, record.reason = True, reason


def _settle_weeks(group: Group, holiday: Holiday, meets: bool, reason: str, today: date) -> None:
    made = select(ClosureRecord).where(
        ClosureRecord.group_id == group.id,
        ClosureRecord.first_day >= holiday.first,
        ClosureRecord.last_day == holiday.last,
        ClosureRecord.reason == reason,
    )
    records = db.session.scalars(made).all()
    if meets:
        for record in records:
            _take_back(record, today)
    elif not records:
        # What has been is not rewritten.
        first = max(holiday.first, today)
        if first == today and _has_begun_today(group, today):
            first += timedelta(days=1)
        if first <= holiday.last:
            _shut(group, Closure(first, holiday.last, reason))


def _is_held(group: Group, holiday: Holiday) -> bool:
    """Tell whether the meeting of a holiday of one day is over."""
    week = Week.of(holiday.first)
    meeting = schedule_of(group, (week, week), public=False).meeting_in(week)
    is_its = meeting is not None and meeting.day == holiday.first and holiday.is_one_day
    return is_its and meeting is not None and is_over(meeting, clock.now())


def _has_begun_today(group: Group, today: date) -> bool:
    week = Week.of(today)
    meeting = schedule_of(group, (week, week), public=False).meeting_in(week)
    return meeting is not None and meeting.day == today and has_begun(meeting, clock.now())


def _shut(group: Group, closure: Closure) -> None:
    # Whoever met all the same while a hall was shut now says otherwise.
    for meeting in schedule_of(group, weeks_of(closure), public=False).shut_by(closure):
        week = db.session.get(DeviationRecord, (group.id, meeting.week))
        if week and week.all_the_same:
            week.all_the_same = False
            week.version += 1
    db.session.add(
        ClosureRecord(
            group_id=group.id,
            first_day=closure.first,
            last_day=closure.last,
            reason=closure.reason,
            said_at=clock.now(),
        )
    )


def _take_back(closure: ClosureRecord, today: date) -> None:
    if closure.first_day >= today:
        db.session.delete(closure)
    else:
        closure.last_day = today - timedelta(days=1)
        closure.version += 1


def _ask(account: Account, asked: Due) -> None:
    about = sorted(f"{group.id} {question.holiday.key} {times}" for group, question, times in asked)
    digest = hashlib.sha256("\n".join(about).encode()).hexdigest()[:32]
    groups: dict[Group, list[Question]] = defaultdict(list)
    for group, question, _ in asked:
        groups[group].append(question)
    write_letter(
        "holidays",
        to=account.email,
        language=account.language,
        values={
            "name": account.name,
            "groups": [
                {
                    "name": group.name,
                    "slug": group.slug,
                    "holidays": [_in_letter(group, one.holiday, account) for one in some],
                }
                for group, some in groups.items()
            ],
        },
        dedupe_key=f"holidays:{account.id}:{digest}",
    )


def _in_letter(group: Group, holiday: Holiday, account: Account) -> dict[str, Any]:
    """Return a question with its own link, which works until the holiday is over."""
    ends = datetime.combine(holiday.last + timedelta(days=1), time(), group.timezone)
    key = make_link(
        "holiday",
        account=account,
        groups=[group],
        lasts=ends - clock.now(),
        holiday=holiday.key,
    )
    return {
        "name": str(holiday.name),
        "first": holiday.first.isoformat(),
        "last": holiday.last.isoformat(),
        "key": key,
    }
