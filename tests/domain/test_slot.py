"""The standing time: from its own week on, until the next one begins."""

import itertools
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.slot import LEAST_MINUTES, MINUTES, MOST_MINUTES, Slot, TooShortOrTooLong, slot_in
from app.domain.week import NoSuchWeekday, Week
from tests.domain.days import EVERY_WEEK

HALF_PAST_SEVEN = time(19, 30)
SOME_WEEK = Week.parse("2026-W48")
sinces = st.lists(st.sampled_from(EVERY_WEEK), min_size=1, max_size=6, unique=True)


def slot(since: Week, **more) -> Slot:
    return Slot(since, **({"weekday": 1, "start": HALF_PAST_SEVEN} | more))


@given(sinces)
def test_no_week_before_the_first_slot_has_one_and_every_later_week_has_exactly_one(
    begins: list[Week],
):
    slots = [slot(since) for since in begins]

    for week in EVERY_WEEK:
        found = slot_in(week, slots)
        if week < min(begins):
            assert found is None
        else:
            assert found is not None
            assert found.since == max(since for since in begins if since <= week)


@given(sinces, st.randoms())
def test_the_order_in_which_slots_were_written_does_not_matter(begins: list[Week], random):
    slots = [slot(since) for since in begins]
    shuffled = random.sample(slots, len(slots))

    assert [slot_in(week, slots) for week in EVERY_WEEK] == [
        slot_in(week, shuffled) for week in EVERY_WEEK
    ]


@given(sinces)
def test_a_slot_holds_from_its_own_week_to_the_week_before_the_next(begins: list[Week]):
    slots = [slot(since) for since in begins]
    ordered = sorted(begins)

    for this, following in itertools.pairwise(ordered):
        assert slot_in(this, slots).since == this
        assert slot_in(following + -1, slots).since == this
        assert slot_in(following, slots).since == following


def test_a_group_without_a_slot_has_none_in_any_week():
    assert slot_in(SOME_WEEK, []) is None


def test_a_meeting_takes_two_hours_unless_said_otherwise():
    assert slot(SOME_WEEK).minutes == MINUTES == 120


@pytest.mark.parametrize("weekday", range(1, 8))
def test_a_slot_stands_on_any_of_the_seven_days(weekday: int):
    assert slot(SOME_WEEK, weekday=weekday).weekday == weekday


@pytest.mark.parametrize("weekday", [-1, 0, 8, 9])
def test_a_slot_on_an_eighth_day_is_refused(weekday: int):
    with pytest.raises(NoSuchWeekday):
        slot(SOME_WEEK, weekday=weekday)


@pytest.mark.parametrize("minutes", [LEAST_MINUTES, LEAST_MINUTES + 1, 120, MOST_MINUTES])
def test_a_length_within_the_limits_is_taken(minutes: int):
    assert slot(SOME_WEEK, minutes=minutes).minutes == minutes


@pytest.mark.parametrize("minutes", [-1, 0, LEAST_MINUTES - 1, MOST_MINUTES + 1])
def test_a_meeting_of_no_length_or_without_end_is_refused(minutes: int):
    with pytest.raises(TooShortOrTooLong):
        slot(SOME_WEEK, minutes=minutes)
