"""Coming meetings: at each instant exactly one is a group's next, and it is the one the schedule says."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.closure import Closure
from app.domain.coming import BEGINNING, END, WEEKS_AHEAD, coming_meetings
from app.domain.deviation import Deviation
from app.domain.meeting import Schedule, Status
from app.domain.slot import Slot
from app.domain.week import Week

AMSTERDAM, TORONTO = ZoneInfo("Europe/Amsterdam"), ZoneInfo("America/Toronto")
W48 = Week.parse("2026-W48")
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)

WEEKS = st.integers(-1, WEEKS_AHEAD).map(lambda ahead: W48 + ahead)
DEVIATIONS = st.builds(
    Deviation,
    WEEKS,
    cancelled=st.booleans(),
    weekday=st.none() | st.integers(1, 7),
    start=st.none() | st.sampled_from([time(0, 15), time(10), time(23)]),
    all_the_same=st.booleans(),
)
CLOSURES = st.builds(
    lambda first, days: Closure(first, first + timedelta(days=days), "dicht"),
    st.dates(date(2026, 11, 16), date(2027, 2, 14)),
    st.integers(0, 40),
)
SCHEDULES = st.builds(
    lambda zone, weekday, start, minutes, deviations, closures, paused: Schedule(
        zone=zone,
        status=Status.PAUSED if paused else Status.ACTIVE,
        status_since=date(2026, 12, 7),
        slots=(Slot(W48 + -10, weekday, start, minutes),),
        deviations={one.week: one for one in deviations},
        closures=tuple(closures),
    ),
    st.sampled_from([AMSTERDAM, TORONTO, ZoneInfo("Pacific/Auckland")]),
    st.integers(1, 7),
    st.sampled_from([time(0, 30), time(10), time(19, 30), time(23, 15)]),
    st.sampled_from([15, 90, 120, 600]),
    st.lists(DEVIATIONS, max_size=4),
    st.lists(CLOSURES, max_size=2),
    st.booleans(),
)
INSTANTS = st.integers(0, 8 * 7 * 24 * 4).map(
    lambda quarters: NOW + quarters * timedelta(minutes=15)
)


@given(SCHEDULES, INSTANTS)
def test_at_each_instant_one_meeting_is_next_and_it_is_the_one_of_the_schedule(
    schedule: Schedule, instant: datetime
):
    kept = list(coming_meetings(schedule, NOW))

    (following,) = [
        one for one in kept if one.next_from is not None and one.next_from <= instant < one.ends
    ]
    asked = schedule.next_meeting(instant, WEEKS_AHEAD + 1)
    if following.starts is None:
        assert asked is None or asked.week >= following.week
    else:
        assert asked is not None
        assert (following.week, following.starts) == (asked.week, asked.starts)


@given(SCHEDULES)
def test_every_meeting_of_the_weeks_is_kept_as_it_is(schedule: Schedule):
    kept = {one.week: one for one in coming_meetings(schedule, NOW)}

    for meeting in schedule.meetings(W48, 8):
        one = kept[meeting.week]
        here = meeting.starts.astimezone(AMSTERDAM)
        assert (one.starts, one.ends, one.is_on) == (meeting.starts, meeting.ends, meeting.is_on)
        assert (one.day, one.minute) == (here.date(), here.hour * 60 + here.minute)


def test_a_group_without_a_time_has_one_row_that_says_so():
    schedule = Schedule(AMSTERDAM, Status.ACTIVE, date(2026, 1, 5))

    (only,) = coming_meetings(schedule, NOW)

    assert (only.starts, only.next_from, only.ends, only.is_on) == (None, BEGINNING, END, False)


@pytest.mark.parametrize(
    ("zone", "day", "minute"),
    [(AMSTERDAM, date(2026, 11, 23), 23 * 60), (TORONTO, date(2026, 11, 24), 5 * 60)],
)
def test_the_day_is_that_of_who_looks(zone: ZoneInfo, day: date, minute: int):
    slots = (Slot(W48 + -1, 1, time(23)),)

    kept = list(coming_meetings(Schedule(zone, Status.ACTIVE, day, slots), NOW))

    assert (kept[1].day, kept[1].minute) == (day, minute)
    assert kept[1].is_soon


def test_after_a_week_without_the_next_is_not_soon():
    slots = (Slot(W48 + -9, 1, time(19, 30)),)
    off = {W48: Deviation(W48, cancelled=True)}

    kept = list(coming_meetings(Schedule(AMSTERDAM, Status.ACTIVE, NOW.date(), slots, off), NOW))

    assert [one.is_soon for one in kept[:4]] == [False, False, False, True]
    assert kept[2].next_from == kept[0].ends


@given(SCHEDULES, st.sampled_from([True, False, None]), st.dates(date(2026, 1, 1), NOW.date()))
def test_groups_that_agreed_the_same_are_told_the_same_as_if_a_week_were_asked_alone(
    schedule: Schedule, is_open: bool | None, since: date
):
    """Without a week otherwise they are put together once; one that is nothing lets each be."""
    if schedule.status is Status.ACTIVE:
        schedule = replace(schedule, status_since=since)
    schedule = replace(schedule, deviations={}, closures=(), is_open=is_open)

    alone = coming_meetings(schedule.with_week(Deviation(W48)), NOW)

    assert list(coming_meetings(schedule, NOW)) == list(alone)
