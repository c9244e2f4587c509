"""Which holidays groups were asked about and are silent on, for thousands of groups at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, time, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Row, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from app.db import db
from app.domain.holiday import Holiday, Region, holiday_on
from app.domain.meeting import MEETS
from app.domain.school_region import region_of
from app.domain.week import Week
from app.domain.work import ANSWER_DUE
from app.records.groups import Group
from app.records.holidays import ZONE, HolidayAnswer, holidays_between
from app.records.weeks import ClosureRecord, DeviationRecord
from app.records.work.sites import SlotRow, Slots

_region = cache(region_of)

Calendar = dict[int, list[tuple[Week, date, str, Holiday]]]
"""The days of holidays by weekday, in order; with the key of each."""
Shut = dict[tuple[str, int], list[tuple[date, date]]]
"""First and last days, by what is shut: a group, a place, the fellowship."""
Settled = dict[tuple[int, Week], tuple[bool, int | None, time | None]]
"""By group and week: whether it is cancelled or held all the same, and where it moved to."""


def unanswered_of(
    fellowship_id: int, groups: Iterable[Row[Any]], slots: Slots, today: date
) -> dict[int, tuple[Holiday, ...]]:
    """Return by group the holidays within ANSWER_DUE that it has not answered, the first first.

    The rule is `questions` (a test holds the two together), read from thin rows: the schedules of
    thousands of groups would take seconds. Three queries.
    """
    calendars = {region: _calendar(region, today) for region in Region}
    if not any(calendars.values()):
        return {}
    answered = _answered(fellowship_id, today)
    shut, settled = _shut(fellowship_id, today), _settled(fellowship_id, today)
    weekdays = {weekday for calendar in calendars.values() for weekday in calendar}
    found: dict[int, tuple[Holiday, ...]] = {}
    for group in groups:
        own = [slot for slot in slots.get(group.id, ()) if slot.weekday in weekdays]
        if not own or group.zone != ZONE or group.status not in MEETS:
            continue
        calendar = calendars[_region(group.province, group.town)]
        told: Collection[str] = answered.get(group.id, ())
        silent: dict[str, Holiday] = {}
        for slot in own:
            for week, day, key, holiday in calendar.get(slot.weekday, ()):
                if key in told or week < slot.since or (slot.until and week >= slot.until):
                    continue
                if not (
                    _is_shut(slot, fellowship_id, day, shut) or _is_settled(slot, week, settled)
                ):
                    silent.setdefault(key, holiday)
        if silent:
            found[group.id] = tuple(silent.values())
    return found


def _calendar(region: Region, today: date) -> Calendar:
    """Return the days to come that are in a holiday."""
    holidays = holidays_between(today, today + ANSWER_DUE, region)
    found: Calendar = defaultdict(list)
    for day in (today + timedelta(days=number) for number in range(ANSWER_DUE.days + 1)):
        if holiday := holiday_on(day, holidays):
            found[day.isoweekday()].append((Week.of(day), day, holiday.key, holiday))
    return found


def _is_shut(slot: SlotRow, fellowship_id: int, day: date, shut: Shut) -> bool:
    closures = (
        *shut.get(("group", slot.group_id), ()),
        *shut.get(("place", slot.place_id or 0), ()),
        *shut.get(("fellowship", fellowship_id), ()),
    )
    return any(first <= day <= last for first, last in closures)


def _is_settled(slot: SlotRow, week: Week, settled: Settled) -> bool:
    said, weekday, start = settled.get((slot.group_id, week), (False, None, None))
    return said or (weekday or slot.weekday, start or slot.start) != (slot.weekday, slot.start)


def _of(group_id: InstrumentedAttribute[Any], fellowship_id: int) -> ColumnElement[bool]:
    return group_id.in_(select(Group.id).where(Group.fellowship_id == fellowship_id))


def _answered(fellowship_id: int, today: date) -> dict[int, set[str]]:
    found = defaultdict(set)
    rows = select(HolidayAnswer.group_id, HolidayAnswer.holiday).where(
        HolidayAnswer.last_day >= today, _of(HolidayAnswer.group_id, fellowship_id)
    )
    for group_id, key in db.session.execute(rows):
        found[group_id].add(key)
    return found


def _shut(fellowship_id: int, today: date) -> Shut:
    """Return the closures of this fellowship, its groups, and any place."""
    found: Shut = defaultdict(list)
    row = ClosureRecord
    query = select(row).where(
        row.first_day <= today + ANSWER_DUE,
        row.last_day >= today,
        or_(
            _of(row.group_id, fellowship_id),
            row.place_id.is_not(None),
            row.fellowship_id == fellowship_id,
        ),
    )
    for closure in db.session.scalars(query):
        days = (closure.first_day, closure.last_day)
        for place_id in closure.places or ():
            found["place", place_id].append(days)
        if closure.group_id is not None:
            found["group", closure.group_id].append(days)
        if closure.fellowship_id is not None:
            found["fellowship", closure.fellowship_id].append(days)
    return found


def _settled(fellowship_id: int, today: date) -> Settled:
    row = DeviationRecord
    query = select(
        row.group_id, row.week, or_(row.cancelled, row.all_the_same), row.weekday, row.start
    ).where(
        row.week.between(Week.of(today), Week.of(today + ANSWER_DUE)),
        _of(row.group_id, fellowship_id),
    )
    return {
        (group_id, week): (said, weekday, start)
        for group_id, week, said, weekday, start in db.session.execute(query)
    }
