"""A run of meetings that are all shut, and when it starts again."""

from dataclasses import replace
from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from app.domain.closure import Closure
from app.domain.deviation import Deviation
from app.domain.meeting import Schedule, Status
from app.domain.slot import Slot
from app.domain.standstill import standstill
from app.domain.week import Week

JULY = date(2027, 7, 1)
SUMMER = Closure(JULY, date(2027, 8, 31), "zomerstop", id=1)
MONDAYS = Schedule(
    zone=ZoneInfo("Europe/Amsterdam"),
    status=Status.ACTIVE,
    status_since=date(2026, 1, 1),
    slots=(Slot(since=Week.parse("2026-W01"), weekday=1, start=time(19, 30)),),
    closures=(SUMMER,),
)


@pytest.mark.parametrize(
    ("today", "is_still"),
    [
        (date(2027, 6, 28), False),  # tonight is on
        (date(2027, 6, 29), True),
        (date(2027, 8, 23), True),
        (date(2027, 8, 24), False),  # one meeting is left
        (date(2027, 9, 1), False),
    ],
)
def test_a_group_stands_still_while_its_next_two_meetings_are_shut(today: date, is_still: bool):
    assert (standstill(MONDAYS, today) is not None) is is_still


def test_it_says_from_when_to_when_why_and_when_it_starts_again():
    still = standstill(MONDAYS, date(2027, 7, 20))

    assert still is not None
    assert (still.first, still.last, still.reason) == (JULY, date(2027, 8, 31), "zomerstop")
    assert still.again is not None
    assert still.again.day == date(2027, 9, 6)


def test_a_first_week_that_is_cancelled_is_not_when_it_starts_again():
    week = Week.parse("2027-W36")
    schedule = replace(MONDAYS, deviations={week: Deviation(week, cancelled=True)})

    still = standstill(schedule, date(2027, 7, 20))

    assert still is not None
    assert still.again is not None
    assert still.again.day == date(2027, 9, 13)


def test_who_meets_all_the_same_does_not_stand_still():
    week = Week.parse("2027-W30")
    schedule = replace(MONDAYS, deviations={week: Deviation(week, all_the_same=True)})

    assert standstill(schedule, week.monday) is None


def test_two_closures_in_a_row_are_one_standstill():
    september = Closure(date(2027, 9, 1), date(2027, 9, 12), "zaal dicht", id=2)
    still = standstill(replace(MONDAYS, closures=(SUMMER, september)), date(2027, 8, 24))

    assert still is not None
    assert (still.first, still.last) == (JULY, date(2027, 9, 12))


def test_a_meeting_elsewhere_in_the_middle_ends_it_the_day_before():
    week = Week.parse("2027-W30")
    schedule = replace(MONDAYS, deviations={week: Deviation(week, all_the_same=True)})

    still = standstill(schedule, date(2027, 7, 1))

    assert still is not None
    assert still.again is not None
    assert (still.last, still.again.day) == (date(2027, 7, 25), date(2027, 7, 26))
