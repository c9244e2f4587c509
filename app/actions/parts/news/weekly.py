"""What the letter of Sunday evening says of each group, when it is written and when it is sent."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from app import clock
from app.actions.parts.links import make_link
from app.actions.parts.news.coordinators import is_counted, is_unanswered, still_old
from app.db import db
from app.domain.confirmation import LINK_LASTS
from app.domain.head_count import LINK_LASTS as COUNT_LASTS
from app.domain.holiday_question import questions
from app.domain.meeting import Difference, Meeting, Schedule
from app.domain.news.weekly import to_count
from app.domain.seating import Hold
from app.domain.week import Week
from app.records.accounts import Account, RoleRecord
from app.records.groups import Group
from app.records.head_counts import counted
from app.records.letters import Letter
from app.records.listings import schedules_of
from app.records.participants import ParticipantRecord

Values = dict[str, Any]
AHEAD = 8
"""Weeks: as far as holidays are asked about."""


def values_of(
    account: Account, groups: Sequence[Group], unconfirmed: Sequence[Group], week: Week
) -> Values:
    """Return what a letter tells of some groups, with a link of its own for each open question."""
    now = clock.now()
    schedules = schedules_of(groups, (week + -3, week + AHEAD), public=False)
    asked = _asked(groups)
    told = []
    for group in groups:
        schedule = schedules[group.id]
        told.append(
            {
                "slug": group.slug,
                "name": group.name,
                "meeting": _meeting(schedule, week),
                **asked[group.id],
                "holidays": _holidays(account, group, schedule, now),
                "count": _count(account, group, schedule, week, now),
            }
        )
    confirm = None
    if unconfirmed:
        key = make_link("confirm", account=account, groups=unconfirmed, lasts=LINK_LASTS)
        confirm = {"groups": [group.name for group in unconfirmed], "key": key}
    return {"name": account.name, "account": account.id, "week": week.number, "groups": told,
            "confirm": confirm}  # fmt: skip


def says_something(values: Values) -> bool:
    """Tell whether there is anything to read: a group that has stopped for long has no Sunday."""
    return bool(values["confirm"]) or any(
        group["meeting"]
        or group["asked"]
        or group["greeted"]
        or group["holidays"]
        or group["count"]
        for group in values["groups"]
    )


def as_it_is_sent(letter: Letter) -> Values | None:
    """Return it with the meetings as they are now, and without what was answered meanwhile."""
    values, week = letter.values, Week(letter.values["week"])
    theirs = {
        group.slug: group
        for group in db.session.scalars(
            select(Group)
            .join(RoleRecord, RoleRecord.group_id == Group.id)
            .where(RoleRecord.account_id == values["account"])
        )
    }
    schedules = schedules_of(list(theirs.values()), (week, week), public=False) if theirs else {}
    asked = _asked(list(theirs.values()))
    groups = [
        one
        | asked[theirs[one["slug"]].id]
        | {
            "meeting": _meeting(schedules[theirs[one["slug"]].id], week),
            "holidays": [each for each in one["holidays"] if is_unanswered(each)],
            "count": one["count"] if one["count"] and not is_counted(one["count"]) else None,
        }
        for one in values["groups"]
        if one["slug"] in theirs
    ]
    confirm = values["confirm"]
    if confirm:
        old = still_old(confirm["key"], letter.written_at)
        confirm = confirm | {"groups": old} if old else None
    is_now = values | {"groups": groups, "confirm": confirm}
    return is_now if says_something(is_now) else None


def _meeting(schedule: Schedule, week: Week) -> Values | None:
    meeting = schedule.meeting_in(week)
    if meeting is None or Difference.PAUSED in meeting.differences:
        return None
    place, theme = meeting.place, meeting.theme
    return {
        "starts": f"{meeting.starts:%Y-%m-%dT%H:%M}",
        "is_on": meeting.is_on,
        "reason": meeting.reason,
        "online": place is not None and not place.has_building,
        "where": (place.name or place.address) if place and place.has_building else "",
        "step": theme.step if theme else None,
        "theme": theme.title if theme else "",
        "who": _who(meeting),
    }


def _who(meeting: Meeting) -> str:
    ways = (Difference.OPEN, Difference.CLOSED)
    return next((str(one) for one in ways if one in meeting.differences), "")


def _asked(groups: Sequence[Group]) -> dict[int, Values]:
    """Return by group how many wait for its coordinators' yes or welcome. One query."""
    query = select(ParticipantRecord.group_id, ParticipantRecord.hold).where(
        ParticipantRecord.group_id.in_([group.id for group in groups]),
        ParticipantRecord.hold.in_((Hold.ASKED, Hold.GREETED)),
    )
    how = Counter((group_id, hold) for group_id, hold in db.session.execute(query))
    return {
        group.id: {"asked": how[group.id, Hold.ASKED], "greeted": how[group.id, Hold.GREETED]}
        for group in groups
    }


def _holidays(account: Account, group: Group, schedule: Schedule, now: datetime) -> list[Values]:
    found = []
    for one in questions(schedule, group.day_of(now)):
        if one.meets is None:
            holiday = one.holiday
            ends = datetime.combine(holiday.last + timedelta(days=1), time(), group.timezone)
            key = make_link(
                "holiday",
                account=account,
                groups=[group],
                lasts=ends - now,
                holiday=holiday.key,
            )
            found.append(
                {
                    "name": str(holiday.name),
                    "first": holiday.first.isoformat(),
                    "last": holiday.last.isoformat(),
                    "key": key,
                }
            )
    return found


def _count(
    account: Account, group: Group, schedule: Schedule, week: Week, now: datetime
) -> Values | None:
    meeting = to_count(schedule, week, now) if group.counts_heads else None
    if meeting is None or counted([group.id], (meeting.week, meeting.week)):
        return None
    key = make_link("count", account=account, groups=[group], week=meeting.week, lasts=COUNT_LASTS)
    return {"day": meeting.day.isoformat(), "key": key}
