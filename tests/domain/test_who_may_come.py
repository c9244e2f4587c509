"""Who may come to one meeting: as the group says, by the month, or as this one week says."""

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.coming import coming_meetings
from app.domain.deviation import Deviation
from app.domain.held import MeetingHasBegun, check_slots
from app.domain.meeting import Difference, Schedule, Status
from app.domain.slot import Slot
from app.domain.slot_change import Fate, change_slots
from app.domain.themes import LAST, TURNS, turns_of
from app.domain.week import Week
from tests.domain.days import AMSTERDAM, days
from tests.domain.test_meeting import FOUNDED, MONDAYS, WEEK, deviating, schedule

THURSDAYS = Slot(FOUNDED, weekday=4, start=time(20))
SAID = st.sampled_from([None, True, False])


@pytest.mark.parametrize(
    ("usually", "this_week", "is_open", "differences"),
    [
        (False, None, False, set()),
        (True, None, True, set()),
        (None, None, None, set()),
        (False, True, True, {Difference.OPEN}),
        (True, False, False, {Difference.CLOSED}),
        (None, True, True, {Difference.OPEN}),
        (None, False, False, {Difference.CLOSED}),
        (True, True, True, set()),
        (False, False, False, set()),
    ],
)
def test_one_week_may_say_otherwise_than_the_group(usually, this_week, is_open, differences):
    group = schedule(is_open=usually, deviations=deviating(is_open=this_week))

    this, following = group.meetings(WEEK, 2)

    assert (this.is_open, this.differences) == (is_open, differences)
    assert (following.is_open, following.differences) == (usually, frozenset())


def test_each_last_thursday_is_open_be_it_the_fourth_or_the_fifth():
    group = schedule(replace(THURSDAYS, open_on=frozenset({LAST})), is_open=False)

    open_days = [one.day for one in group.meetings(Week.of(date(2026, 10, 1)), 14) if one.is_open]

    assert open_days == [date(2026, 10, 29), date(2026, 11, 26), date(2026, 12, 31)]


def test_a_fifth_thursday_is_open_in_the_months_that_have_one_and_in_no_other():
    group = schedule(replace(THURSDAYS, open_on=frozenset({5})), is_open=False)

    open_days = [one.day for one in group.meetings(Week.of(date(2026, 10, 1)), 14) if one.is_open]

    assert open_days == [date(2026, 10, 29), date(2026, 12, 31)]


def test_an_open_group_is_closed_each_first_thursday_and_says_so():
    group = schedule(replace(THURSDAYS, closed_on=frozenset({1})), is_open=True)

    october = [*group.meetings(Week.of(date(2026, 10, 1)), 5)]

    assert [one.is_open for one in october] == [False, True, True, True, True]
    assert [one.differences for one in october[:2]] == [{Difference.CLOSED}, frozenset()]


def test_a_turn_that_is_open_and_closed_is_closed():
    both = replace(THURSDAYS, open_on=frozenset({LAST}), closed_on=frozenset({5}))
    group = schedule(both, is_open=False)

    open_days = [one.day for one in group.meetings(Week.of(date(2026, 10, 1)), 14) if one.is_open]

    assert open_days == [date(2026, 11, 26)]


def test_one_week_says_otherwise_than_the_month_does():
    monthly = replace(MONDAYS, open_on=frozenset(TURNS))
    group = schedule(monthly, is_open=False, deviations=deviating(is_open=False))

    meeting = group.meeting_in(WEEK)

    assert (meeting.is_open, meeting.differences) == (False, frozenset())


def test_moved_to_another_month_it_stays_open_as_its_standing_day_is():
    last_of_november = Week.of(date(2026, 11, 30))
    group = schedule(
        replace(MONDAYS, open_on=frozenset({LAST})),
        is_open=False,
        deviations={last_of_november: Deviation(last_of_november, weekday=3)},
    )

    meeting = group.meeting_in(last_of_november)

    assert (meeting.day, meeting.is_open) == (date(2026, 12, 2), True)


@given(days)
def test_a_day_is_one_of_five_of_its_month_and_the_last_when_a_week_later_is_another(day: date):
    number = next(iter(turns_of(day) - {LAST}))

    assert number in range(1, 6)
    assert (LAST in turns_of(day)) == (date.fromordinal(day.toordinal() + 7).month != day.month)
    assert 7 * (number - 1) < day.day <= 7 * number


TIMES = st.frozensets(st.sampled_from(TURNS))


@given(SAID, SAID, TIMES, TIMES)
def test_it_differs_exactly_when_it_is_otherwise_than_the_group(
    usually, this_week, open_on, closed_on
):
    group = schedule(
        replace(MONDAYS, open_on=open_on, closed_on=closed_on),
        is_open=usually,
        deviations=deviating(is_open=this_week),
    )

    for meeting in group.meetings(WEEK, 9):
        is_told = bool(meeting.differences & {Difference.OPEN, Difference.CLOSED})
        assert is_told == (meeting.is_open != usually)
        assert (Difference.OPEN in meeting.differences) <= (meeting.is_open is True)


def test_an_evening_that_was_held_was_not_closed_afterwards():
    group = schedule(is_open=True)
    now = group.meeting_in(WEEK).ends
    other = replace(group, slots=(replace(MONDAYS, closed_on=frozenset(TURNS)),))

    with pytest.raises(MeetingHasBegun):
        check_slots(group, other, now)


def test_an_evening_that_was_held_was_open_and_stays_so():
    group = schedule(is_open=False)
    now = group.meeting_in(WEEK).ends
    other = replace(group, slots=(replace(MONDAYS, open_on=frozenset(TURNS)),))

    with pytest.raises(MeetingHasBegun):
        check_slots(group, other, now)


def test_an_open_evening_that_keeps_its_day_is_open_beside_a_new_standing_time():
    was = schedule(
        replace(MONDAYS, open_on=frozenset(TURNS)),
        is_open=False,
        deviations=deviating(note="Neem taart mee."),
    )

    change = change_slots(was, [replace(THURSDAYS, since=WEEK)], {WEEK: Fate.KEEP})

    after = change.after.meeting_in(WEEK)
    assert (after.day.isoweekday(), after.is_open) == (1, True)


def test_what_can_be_found_of_a_week_is_whether_anybody_may_come():
    group = schedule(is_open=None, deviations=deviating(is_open=True))
    now = group.meeting_in(WEEK + -1).ends

    found = {one.week: one.is_open for one in coming_meetings(group, now)}

    assert found[WEEK]
    assert not any(is_open for week, is_open in found.items() if week != WEEK)


def test_what_comes_after_all_that_is_known_is_as_the_group_says():
    nothing = Schedule(AMSTERDAM, Status.ACTIVE, FOUNDED.monday, is_open=True)

    assert [one.is_open for one in coming_meetings(nothing, schedule().meeting_in(WEEK).ends)] == [
        True
    ]
