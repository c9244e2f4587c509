"""Which holidays groups were asked about and are silent on, for thousands of groups at once."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache

from sqlalchemy import Row, or_, select

from app.db import db
from app.domain.holiday import Holiday, Region, holiday_on
from app.domain.holiday_question import questions
from app.domain.meeting import Status
from app.domain.school_region import region_of
from app.domain.week import Week
from app.domain.work import ANSWER_DUE
from app.records.calendars import ZONE, HolidayAnswer, holidays_between
from app.records.groups import Group
from app.records.listings import schedules_of, with_fellowship
from app.records.weeks import ClosureRecord, DeviationRecord
from app.records.work_sites import Slots, Standing

MEETING = (Status.ACTIVE, Status.PREPARING)
WEEKS = ANSWER_DUE // timedelta(weeks=1) + 1

_region = cache(region_of)


def unanswered_of(
    fellowship_id: int, groups: Sequence[Row], slots: Slots, today: date
) -> dict[int, tuple[Holiday, ...]]:
    """Return by group the holidays within ANSWER_DUE that it has not answered, the first first.

    The rule is `questions`. A group none of whose weeks is different is decided by its weekdays
    and what is shut, which costs next to nothing; only the schedules of the others are read.
    Nine queries.
    """
    asked = [one for one in groups if one.zone == ZONE and one.status in MEETING]
    calendars = {region: _calendar(region, today) for region in Region}
    if not any(calendars.values()):
        return {}
    answered = _answered(today)
    shut = _shut(fellowship_id, today)
    odd = _odd(today)
    found: dict[int, tuple[Holiday, ...]] = {}
    to_read = []
    for group in asked:
        days = calendars[_region(group.province, group.town)]
        silent = _by_weekday(slots.get(group.id, []), days, answered[group.id], shut, today)
        if silent and group.id in odd:
            to_read.append(group.id)
        elif silent:
            found[group.id] = silent
    return found | _by_schedule(to_read, today)


def _calendar(region: Region, today: date) -> dict[date, Holiday]:
    holidays = holidays_between(today, today + ANSWER_DUE, region)
    days = [today + timedelta(days=number) for number in range(ANSWER_DUE.days + 1)]
    return {day: holiday for day in days if (holiday := holiday_on(day, holidays))}


Shut = dict[tuple[str, int], list[tuple[date, date]]]
"""First and last days, by what is shut: a group, a place, the fellowship."""


def _by_weekday(
    slots: list[Standing], days: dict[date, Holiday], answered: set[str], shut: Shut, today: date
) -> tuple[Holiday, ...]:
    found: dict[str, Holiday] = {}
    this = Week.of(today)
    for number in range(WEEKS):
        week = this + number
        slot = next((one for one in reversed(slots) if one.since <= week), None)
        if slot is None:
            continue
        day = week.day(slot.weekday)
        holiday = days.get(day)
        if holiday is None or holiday.key in answered:
            continue
        closures = (
            *shut.get(("group", slot.group_id), ()),
            *shut.get(("place", slot.place_id or 0), ()),
            *shut.get(("fellowship", slot.fellowship_id), ()),
        )
        if not any(first <= day <= last for first, last in closures):
            found.setdefault(holiday.key, holiday)
    return tuple(found.values())


def _answered(today: date) -> dict[int, set[str]]:
    found = defaultdict(set)
    rows = select(HolidayAnswer.group_id, HolidayAnswer.holiday).where(
        HolidayAnswer.last_day >= today
    )
    for group_id, key in db.session.execute(rows):
        found[group_id].add(key)
    return found


def _shut(fellowship_id: int, today: date) -> Shut:
    found: Shut = defaultdict(list)
    rows = select(ClosureRecord).where(
        ClosureRecord.first_day <= today + ANSWER_DUE, ClosureRecord.last_day >= today
    )
    for row in db.session.scalars(rows):
        for what, id in (
            ("group", row.group_id),
            ("place", row.place_id),
            ("fellowship", row.fellowship_id),
        ):
            if id is not None:
                found[what, id].append((row.first_day, row.last_day))
    return found


def _odd(today: date) -> set[int]:
    """Return the groups that settled what happens in a week, which no question then asks."""
    first = Week.of(today)
    weeks = select(DeviationRecord.group_id).where(
        DeviationRecord.week.between(first, first + WEEKS),
        or_(
            DeviationRecord.cancelled,
            DeviationRecord.all_the_same,
            DeviationRecord.weekday.is_not(None),
            DeviationRecord.start.is_not(None),
        ),
    )
    return set(db.session.scalars(weeks))


def _by_schedule(ids: list[int], today: date) -> dict[int, tuple[Holiday, ...]]:
    if not ids:
        return {}
    query = select(Group).where(Group.id.in_(ids)).options(with_fellowship())
    groups = db.session.scalars(query).all()
    week = Week.of(today)
    schedules = schedules_of(groups, (week, week + WEEKS), public=False)
    found = {}
    for group in groups:
        silent = tuple(
            one.holiday
            for one in questions(schedules[group.id], today)
            if one.meets is None and one.meeting.usually_starts.date() <= today + ANSWER_DUE
        )
        if silent:
            found[group.id] = silent
    return found
