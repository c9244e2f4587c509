"""Another standing time and the weeks that were arranged otherwise: kept, carried or dropped."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.closure import Closure
from app.domain.deviation import Deviation
from app.domain.holiday import Holiday, HolidayName
from app.domain.meeting import Meeting, Schedule, Status
from app.domain.place import Kind, Place
from app.domain.slot import Slot
from app.domain.slot_change import Fate, SlotChange, change_slots, touched_from, with_slot
from app.domain.themes import Theme
from app.domain.week import Week
from tests.domain.days import AMSTERDAM, starts, weekdays

FOUNDED = Week.parse("2026-W02")
WEEK = Week.parse("2026-W52")
LINDE = Place(id=1, kind=Kind.BUILDING, name="De Linde", town="Amsterdam")
KADE = Place(id=2, kind=Kind.BUILDING, name="De Kade", town="Amsterdam")
FRIDAYS = Slot(FOUNDED, weekday=5, start=time(20), place=LINDE)
TUESDAYS = Slot(WEEK + -3, weekday=2, start=time(19, 30), place=KADE)
CHRISTMAS = Holiday(date(2026, 12, 25), date(2026, 12, 25), HolidayName.CHRISTMAS_DAY)
SECOND = Holiday(date(2026, 12, 26), date(2026, 12, 26), HolidayName.SECOND_CHRISTMAS_DAY)
BREAK = Holiday(date(2026, 12, 19), date(2027, 1, 3), HolidayName.CHRISTMAS_BREAK)


def schedule(**more) -> Schedule:
    usual = {"zone": AMSTERDAM, "status": Status.ACTIVE, "status_since": FOUNDED.monday}
    return Schedule(**(usual | {"slots": (FRIDAYS,), "public": False} | more))


def change(group: Schedule, slot: Slot = TUESDAYS, fate: Fate | None = None) -> SlotChange:
    return change_slots(group, with_slot(group, slot), {WEEK: fate} if fate else {})


def of_week(deviation: Deviation, **more) -> Schedule:
    return schedule(deviations={deviation.week: deviation}, **more)


def meeting(group: Schedule, week: Week = WEEK) -> Meeting:
    found = group.meeting_in(week)
    assert found
    return found


CANCELLED = Deviation(WEEK, cancelled=True, reason="zaal dicht")
MOVED = Deviation(WEEK, weekday=6, start=time(11))
NOTED = Deviation(WEEK, note="Neem koek mee", theme=Theme(title="Spreker"))


@pytest.mark.parametrize(
    ("deviation", "fate", "day", "is_on", "note"),
    [
        (CANCELLED, Fate.KEEP, 5, False, ""),
        (CANCELLED, Fate.CARRY, 2, False, ""),
        (CANCELLED, Fate.DROP, 2, True, ""),
        (MOVED, Fate.KEEP, 6, True, ""),
        (MOVED, Fate.CARRY, 2, True, ""),
        (MOVED, Fate.DROP, 2, True, ""),
        (NOTED, Fate.KEEP, 5, True, "Neem koek mee"),
        (NOTED, Fate.CARRY, 2, True, "Neem koek mee"),
        (NOTED, Fate.DROP, 2, True, ""),
    ],
)
def test_what_becomes_of_a_week_that_was_different(
    deviation: Deviation, fate: Fate, day: int, is_on: bool, note: str
):
    then = meeting(change(of_week(deviation), fate=fate).after)

    assert (then.starts.isoweekday(), then.is_on, then.note) == (day, is_on, note)


@pytest.mark.parametrize(
    ("deviation", "fate"), [(CANCELLED, Fate.CARRY), (NOTED, Fate.CARRY), (MOVED, Fate.KEEP)]
)
def test_when_nobody_says_a_move_stays_and_the_rest_goes_along(deviation: Deviation, fate: Fate):
    [one] = change(of_week(deviation)).arranged

    assert one.fate is fate


def test_weeks_before_the_new_time_and_weeks_as_usual_are_not_asked_about():
    before = Deviation(TUESDAYS.since + -1, cancelled=True)
    nothing = Deviation(WEEK)

    assert change(schedule(deviations={before.week: before, WEEK: nothing})).arranged == ()


def test_another_hour_on_the_same_day_asks_about_moves_alone():
    later = Slot(TUESDAYS.since, weekday=5, start=time(20, 30), place=LINDE)

    assert change(of_week(CANCELLED), later).arranged == ()
    assert len(change(of_week(MOVED), later).arranged) == 1


def test_a_new_place_on_the_same_day_and_hour_asks_nothing():
    kade = Slot(TUESDAYS.since, weekday=5, start=time(20), place=KADE)

    assert change(of_week(CANCELLED), kade).arranged == ()


def test_an_evening_that_stays_stays_in_its_place():
    then = meeting(change(of_week(NOTED), fate=Fate.KEEP).after)

    assert then.place == LINDE


def test_the_no_of_a_holiday_goes_with_its_day_unless_somebody_keeps_it():
    christmas = Deviation(WEEK, cancelled=True, reason="Eerste kerstdag")
    group = of_week(christmas, holidays=(CHRISTMAS,), answers={CHRISTMAS.key: False})

    [one] = change(group).arranged
    assert (one.holiday, one.meets, one.fate) == (CHRISTMAS, False, Fate.DROP)
    assert meeting(change(group).after).is_on
    assert not meeting(change(group, fate=Fate.CARRY).after).is_on
    kept = meeting(change(group, fate=Fate.KEEP).after)
    assert (kept.day, kept.is_on) == (CHRISTMAS.first, False)


def test_a_yes_goes_along_to_the_holiday_of_the_new_day():
    group = schedule(holidays=(CHRISTMAS, SECOND), answers={CHRISTMAS.key: True})
    saturdays = Slot(TUESDAYS.since, weekday=6, start=time(20), place=LINDE)

    assert change(group, saturdays).answers == {SECOND.key: True}
    assert change(group, saturdays, Fate.DROP).answers == {}
    assert meeting(change(group, saturdays, Fate.DROP).after).holiday == SECOND


def test_a_yes_to_a_day_that_is_theirs_no_more_asks_nothing():
    group = schedule(holidays=(CHRISTMAS,), answers={CHRISTMAS.key: True})

    assert change(group).arranged == ()


def test_a_school_holiday_that_holds_both_days_asks_nothing():
    closure = Closure(BREAK.first, BREAK.last, "Kerstvakantie", id=1)
    group = schedule(holidays=(BREAK,), answers={BREAK.key: False}, closures=(closure,))

    assert change(group).arranged == ()


def test_a_week_that_leaves_a_school_holiday_is_asked_about():
    # The break begins on a Saturday: who met that day, and then on Tuesdays, meets before it.
    closure = Closure(BREAK.first, BREAK.last, "Kerstvakantie", id=1)
    saturdays = Slot(FOUNDED, weekday=6, start=time(20), place=LINDE)
    group = schedule(
        slots=(saturdays,), holidays=(BREAK,), answers={BREAK.key: False}, closures=(closure,)
    )

    found = {one.week - WEEK: one.meets for one in change(group).arranged}

    assert found == {-1: False}


def test_another_time_touches_a_holiday_that_runs_by_then_from_its_first_week():
    group = schedule(holidays=(BREAK,))

    assert touched_from(group, Week.of(BREAK.last)) == Week.of(BREAK.first)
    assert touched_from(group, Week.of(BREAK.last) + 1) == Week.of(BREAK.last) + 1
    assert touched_from(group, FOUNDED) == FOUNDED


def test_meeting_all_the_same_does_not_set_aside_a_closure_of_the_new_day():
    same = Deviation(WEEK, all_the_same=True)
    friday = Closure(date(2026, 12, 25), date(2026, 12, 25), "zaal dicht", id=1)
    tuesday = Closure(date(2026, 12, 22), date(2026, 12, 22), "verbouwing", id=2)
    group = of_week(same, closures=(friday, tuesday))

    assert not meeting(change(group, fate=Fate.CARRY).after).is_on
    assert meeting(change(group, fate=Fate.KEEP).after).is_on


deviations = st.builds(
    Deviation,
    st.just(WEEK),
    cancelled=st.booleans(),
    weekday=st.none() | weekdays,
    start=st.none() | starts,
    place=st.sampled_from([None, LINDE, KADE]),
    note=st.sampled_from(["", "x"]),
)


@given(deviations, weekdays, starts)
def test_what_is_kept_is_to_the_minute_and_the_door_what_it_was(
    deviation: Deviation, weekday: int, start: time
):
    group = of_week(deviation)
    slot = Slot(WEEK + -1, weekday=weekday, start=start, minutes=120, place=KADE)
    found = change(group, slot, Fate.KEEP)

    was, then = meeting(group), meeting(found.after)

    if found.arranged:
        assert (then.starts, then.ends, then.place) == (was.starts, was.ends, was.place)
        assert (then.is_on, then.note) == (was.is_on, was.note)
    else:
        assert found.after.deviations == group.deviations


@given(deviations, weekdays, starts, st.sampled_from(Fate))
def test_a_change_and_its_way_back_never_leave_a_week_twice_or_out(
    deviation: Deviation, weekday: int, start: time, fate: Fate
):
    group = of_week(deviation)
    slot = Slot(WEEK + -1, weekday=weekday, start=start, place=KADE)

    then = change(group, slot, fate).after

    assert [one.week for one in then.meetings(WEEK + -2, 5)] == [WEEK + n for n in range(-2, 3)]
