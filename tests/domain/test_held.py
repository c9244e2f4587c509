"""What was held stays as it was: before, during and after the evening, by any zone's clock."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.domain.deviation import Deviation
from app.domain.held import (
    MeetingHasBegun,
    MeetingIsOver,
    MovedToThePast,
    WouldHaveBegun,
    check_slots,
    check_week,
    coming_meeting,
    coming_meetings,
    first_week_to_change,
    has_begun,
    is_over,
)
from app.domain.meeting import Meeting, Schedule, Status
from app.domain.slot import Slot
from app.domain.slot_change import with_slot
from app.domain.week import Week
from tests.domain.days import AMSTERDAM, AUCKLAND, TORONTO, starts, weekdays, weeks, zones

WEEK = Week.parse("2026-W48")
FOUNDED = Week.parse("2026-W02")


def schedule(*slots: Slot, **more) -> Schedule:
    usual = {"zone": AMSTERDAM, "status": Status.ACTIVE, "status_since": FOUNDED.monday}
    return Schedule(**(usual | {"slots": slots} | more))


def at(text: str, zone: ZoneInfo = AMSTERDAM) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


def meeting_in(group: Schedule, week: Week) -> Meeting:
    found = group.meeting_in(week)
    assert found
    return found


THURSDAYS = Slot(FOUNDED, weekday=4, start=time(20))
SUNDAY_NIGHTS = Slot(FOUNDED, weekday=7, start=time(23, 30))


@pytest.mark.parametrize(
    ("slot", "now", "week"),
    [
        (THURSDAYS, "2026-11-23T00:00", "2026-W48"),
        (THURSDAYS, "2026-11-26T19:59", "2026-W48"),
        (THURSDAYS, "2026-11-26T20:00", "2026-W48"),
        (THURSDAYS, "2026-11-26T21:59", "2026-W48"),
        (THURSDAYS, "2026-11-26T22:00", "2026-W49"),
        (THURSDAYS, "2026-11-29T23:59", "2026-W49"),
        (SUNDAY_NIGHTS, "2026-11-29T23:59", "2026-W48"),
        (SUNDAY_NIGHTS, "2026-11-30T01:29", "2026-W48"),
        (SUNDAY_NIGHTS, "2026-11-30T01:30", "2026-W49"),
        (SUNDAY_NIGHTS, "2027-01-04T00:00", "2026-W53"),
        (THURSDAYS, "2026-12-31T21:59", "2026-W53"),
        (THURSDAYS, "2026-12-31T22:00", "2027-W01"),
    ],
)
def test_the_desk_begins_with_the_meeting_that_is_not_over(slot: Slot, now: str, week: str):
    found = coming_meeting(schedule(slot), at(now))

    assert found
    assert str(found.week) == week


@pytest.mark.parametrize(
    ("slot", "now", "week"),
    [
        (THURSDAYS, "2026-11-26T19:59", "2026-W48"),
        (THURSDAYS, "2026-11-26T20:00", "2026-W49"),
        (THURSDAYS, "2026-11-29T23:59", "2026-W49"),
        (SUNDAY_NIGHTS, "2026-11-29T23:29", "2026-W48"),
        (SUNDAY_NIGHTS, "2026-11-29T23:30", "2026-W49"),
        (SUNDAY_NIGHTS, "2026-11-30T00:30", "2026-W49"),
        (THURSDAYS, "2026-12-31T20:00", "2027-W01"),
    ],
)
def test_a_standing_time_begins_with_a_meeting_still_to_come(slot: Slot, now: str, week: str):
    assert str(first_week_to_change(schedule(slot), at(now))) == week


def test_one_that_was_called_off_comes_first_as_long_as_its_hour_has_not_gone():
    group = schedule(THURSDAYS, deviations={WEEK: Deviation(WEEK, cancelled=True)})

    found = coming_meeting(group, at("2026-11-26T18:45"))

    assert found
    assert found.week == WEEK


def test_the_weeks_of_a_group_that_begins_later_begin_there():
    later = Slot(WEEK + 20, weekday=1, start=time(20))

    found = coming_meetings(schedule(later), at("2026-11-26T18:45"), 6)

    assert [one.week - WEEK for one in found] == [20, 21, 22, 23, 24, 25]


@pytest.mark.parametrize(
    ("status", "slots"), [(Status.CLOSED, (THURSDAYS,)), (Status.PREPARING, ())]
)
def test_a_group_that_has_stopped_or_has_no_time_has_no_weeks(status: Status, slots):
    group = schedule(*slots, status=status)

    assert coming_meetings(group, at("2026-11-26T18:45"), 6) == []


# One week

BEFORE, DURING, AFTER = "2026-11-26T19:59", "2026-11-26T20:00", "2026-11-26T22:00"


@pytest.mark.parametrize(
    ("now", "different", "refused"),
    [
        (BEFORE, {"cancelled": True}, None),
        (DURING, {"cancelled": True}, None),
        (AFTER, {"cancelled": True}, MeetingIsOver),
        (AFTER, {"note": "x"}, MeetingIsOver),
        (AFTER, {"weekday": 7}, MeetingIsOver),
        (BEFORE, {"start": time(19, 59)}, MovedToThePast),
        (BEFORE, {"start": time(20, 30)}, None),
        (BEFORE, {"weekday": 3}, MovedToThePast),
        (BEFORE, {"weekday": 4, "start": time(8)}, MovedToThePast),
        (DURING, {"start": time(19, 45)}, MovedToThePast),
        (DURING, {"weekday": 5}, None),
        (DURING, {"note": "x"}, None),
    ],
)
def test_what_may_become_of_a_week(now: str, different: dict, refused: type | None):
    group = schedule(THURSDAYS)
    was = meeting_in(group, WEEK)
    then = meeting_in(group.with_week(Deviation(WEEK, **different)), WEEK)

    if refused is None:
        check_week(was, then, at(now))
    else:
        with pytest.raises(refused):
            check_week(was, then, at(now))


def test_the_night_that_has_an_hour_twice_is_over_once():
    # 25 October 2026: 02:30 comes twice in Amsterdam; 01:00 and three hours end at the second 03:00.
    week = Week.of(date(2026, 10, 25))
    group = schedule(Slot(FOUNDED, weekday=7, start=time(1), minutes=120))
    meeting = meeting_in(group, week)
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)

    assert has_begun(meeting, first)
    assert not is_over(meeting, first)
    assert is_over(meeting, first + timedelta(minutes=30))


def test_a_start_that_spring_skips_has_not_begun_before_the_hour_after_it():
    week = Week.of(date(2026, 3, 29))
    meeting = meeting_in(schedule(Slot(FOUNDED, weekday=7, start=time(2, 30))), week)

    assert not has_begun(meeting, datetime(2026, 3, 29, 1, 29, tzinfo=UTC))
    assert has_begun(meeting, datetime(2026, 3, 29, 1, 30, tzinfo=UTC))


@pytest.mark.parametrize("zone", [TORONTO, AUCKLAND])
def test_the_clock_on_the_groups_own_wall_counts(zone: ZoneInfo):
    group = schedule(THURSDAYS, zone=zone)

    assert first_week_to_change(group, at("2026-11-26T19:59", zone)) == WEEK
    assert first_week_to_change(group, at("2026-11-26T20:00", zone)) == WEEK + 1


# Standing times


def test_a_thursday_that_was_held_is_not_moved_to_the_sunday_after_it():
    group = schedule(THURSDAYS)
    sunday = replace(group, slots=with_slot(group, Slot(WEEK, weekday=7, start=time(18, 11))))

    with pytest.raises(MeetingHasBegun) as refused:
        check_slots(group, sunday, at("2026-11-29T17:00"))

    assert refused.value.day == date(2026, 11, 26)
    assert refused.value.first == WEEK + 1


def test_tonight_is_not_moved_to_last_monday():
    group = schedule(Slot(FOUNDED, weekday=7, start=time(23)))
    monday = replace(group, slots=with_slot(group, Slot(WEEK, weekday=1, start=time(19))))

    with pytest.raises(WouldHaveBegun) as refused:
        check_slots(group, monday, at("2026-11-29T18:45"))

    assert refused.value.first == WEEK + 1


def test_a_first_standing_time_puts_no_meeting_in_the_past():
    group = schedule()
    monday = replace(group, slots=(Slot(WEEK, weekday=1, start=time(19)),))

    with pytest.raises(WouldHaveBegun):
        check_slots(group, monday, at("2026-11-29T18:45"))

    check_slots(group, monday, at("2026-11-23T18:45"))


slots = st.builds(Slot, weeks, weekdays, starts, st.integers(15, 600))


@given(slots, slots, zones, st.integers(0, 7 * 24 * 60), st.integers(-3, 3))
def test_whatever_passes_moves_nothing_held_and_puts_nothing_in_the_past(
    old: Slot, new: Slot, zone: ZoneInfo, minute: int, ahead: int
):
    old = replace(old, since=new.since + -5)
    new = replace(new, since=new.since + ahead)
    now = datetime.combine((old.since + 5).monday, time(), zone) + timedelta(minutes=minute)
    was = schedule(old, zone=zone)
    then = replace(was, slots=with_slot(was, new))
    this = Week.at(now, zone)
    assume(new.since >= this)

    try:
        check_slots(was, then, now)
    except (MeetingHasBegun, WouldHaveBegun) as refused:
        # What to do is told, and it helps.
        first = refused.first
        assert first
        check_slots(was, replace(was, slots=with_slot(was, replace(new, since=first))), now)
        return

    for week in (this + -2, this + -1, this, this + 1):
        before, after = was.meeting_in(week), then.meeting_in(week)
        if before and has_begun(before, now):
            assert after
            assert (after.starts, after.ends) == (before.starts, before.ends)
        elif after:
            assert not has_begun(after, now)
