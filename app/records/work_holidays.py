"""Which holidays groups were asked about and are silent on, for thousands of groups at once."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, time, timedelta
from functools import cache

from sqlalchemy import Row, or_, select

from app.db import db
from app.domain.holiday import Holiday, Region, holiday_on
from app.domain.meeting import MEETS
from app.domain.school_region import region_of
from app.domain.week import Week
from app.domain.work import ANSWER_DUE
from app.records.calendars import ZONE, HolidayAnswer, holidays_between
from app.records.weeks import ClosureRecord, DeviationRecord
from app.records.work_sites import Slots, Standing

_region = cache(region_of)


def unanswered_of(
    fellowship_id: int, groups: Sequence[Row], slots: Slots, today: date
) -> dict[int, tuple[Holiday, ...]]:
    """Return by group the holidays within ANSWER_DUE that it has not answered, the first first.

    The rule is `questions` (a test holds the two together), read from thin rows: the schedules of
    thousands of groups would take seconds. Three queries.
    """
    calendars = {region: _calendar(region, today) for region in Region}
    if not any(calendars.values()):
        return {}
    answered, shut, settled = _answered(today), _shut(fellowship_id, today), _settled(today)
    found: dict[int, tuple[Holiday, ...]] = {}
    for group in groups:
        if group.zone != ZONE or group.status not in MEETS:
            continue
        own = slots.get(group.id, [])
        told: Collection[str] = answered.get(group.id, ())
        silent: dict[str, Holiday] = {}
        for week, weekday, day, holiday in calendars[_region(group.province, group.town)]:
            slot = next((one for one in reversed(own) if one.since <= week), None)
            if slot is None or slot.weekday != weekday or holiday.key in told:
                continue
            if not (_is_shut(slot, day, shut) or _is_settled(slot, week, settled)):
                silent.setdefault(holiday.key, holiday)
        if silent:
            found[group.id] = tuple(silent.values())
    return found


def _calendar(region: Region, today: date) -> list[tuple[Week, int, date, Holiday]]:
    """Return the days to come that are in a holiday, each with its week and weekday."""
    holidays = holidays_between(today, today + ANSWER_DUE, region)
    days = (today + timedelta(days=number) for number in range(ANSWER_DUE.days + 1))
    return [
        (Week.of(day), day.isoweekday(), day, holiday)
        for day in days
        if (holiday := holiday_on(day, holidays))
    ]


Shut = dict[tuple[str, int], list[tuple[date, date]]]
"""First and last days, by what is shut: a group, a place, the fellowship."""
Settled = dict[tuple[int, Week], tuple[bool, int | None, time | None]]
"""By group and week: whether it is cancelled or held all the same, and where it moved to."""


def _is_shut(slot: Standing, day: date, shut: Shut) -> bool:
    closures = (
        *shut.get(("group", slot.group_id), ()),
        *shut.get(("place", slot.place_id or 0), ()),
        *shut.get(("fellowship", slot.fellowship_id), ()),
    )
    return any(first <= day <= last for first, last in closures)


def _is_settled(slot: Standing, week: Week, settled: Settled) -> bool:
    said, weekday, start = settled.get((slot.group_id, week), (False, None, None))
    return said or (weekday or slot.weekday, start or slot.start) != (slot.weekday, slot.start)


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


def _settled(today: date) -> Settled:
    rows = select(
        DeviationRecord.group_id,
        DeviationRecord.week,
        or_(DeviationRecord.cancelled, DeviationRecord.all_the_same),
        DeviationRecord.weekday,
        DeviationRecord.start,
    ).where(DeviationRecord.week.between(Week.of(today), Week.of(today + ANSWER_DUE)))
    return {
        (group_id, week): (said, weekday, start)
        for group_id, week, said, weekday, start in db.session.execute(rows)
    }
